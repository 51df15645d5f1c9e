"""Who is in which situation, and what each answer adds."""

import pytest
from click.testing import CliRunner

from scamcheck.cli import main
from scamcheck.errors import LanguageError
from scamcheck.guidance import (
    SITUATIONS,
    TOPICS,
    Answers,
    Case,
    Done,
    Helper,
    How,
    ImageShared,
    Mine,
    Minor,
    Urgent,
    guide,
    guide_case,
    topic,
)
from scamcheck.guidance.situations import situation
from scamcheck.guidance.steps import steps
from scamcheck.languages import load_language
from scamcheck.types import Finding, Span, Verdict
from tests.guidance.cases import READY, assessment

NO, YES, UNKNOWN = ImageShared.NO, ImageShared.YES, ImageShared.UNKNOWN
MAIL = Verdict.SEXTORTION_SCAM


def of(*values):
    return frozenset(values)


@pytest.mark.parametrize("key", SITUATIONS)
def test_every_situation_can_be_reached(key):
    assert situation(SITUATIONS[key]) == key


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        (Answers(), "open.sextortion_scam"),
        (Answers(done=of(Done.PAID)), "open.sextortion_scam"),
        (Answers(NO), "no.sextortion_scam"),
        (Answers(NO, minor=Minor.NO), "no.sextortion_scam"),
        (Answers(NO, minor=Minor.UNKNOWN), "minor_mail"),
        (Answers(NO, minor=Minor.YES, online=True), "minor"),
        (Answers(minor=Minor.YES), "minor"),
        (Answers(UNKNOWN, minor=Minor.UNKNOWN), "minor"),
        # Of answers that contradict each other the more careful one counts.
        (Answers(NO, how=of(How.FAKED)), "faked"),
        (Answers(NO, how=of(How.SENT)), "unknown"),
        (Answers(NO, online=True), "online"),
        (Answers(NO, known_person=True), "known_person"),
        (Answers(known_person=True), "known_person"),
        (Answers(YES, how=of(How.SENT, How.FAKED)), "yes"),
        (Answers(YES, online=True, known_person=True), "online"),
        # What was done comes before what is in the mail, and nothing of it before a real image.
        (Answers(NO, done=of(Done.PAID, Done.REPLIED), mine=of(Mine.PASSWORD)), "paid"),
        (Answers(NO, done=of(Done.CLICKED), fee_offer=True), "responded"),
        (Answers(NO, fee_offer=True, police_letter=True), "fee_offer"),
        (Answers(NO, mine=of(Mine.PASSWORD_STILL_USED, Mine.PHONE)), "password"),
        (Answers(NO, mine=of(Mine.HOUSE_PHOTO, Mine.OWN_ADDRESS)), "personal_data"),
        (Answers(YES, done=of(Done.PAID)), "yes"),
        # Somebody else's case.
        (Answers(NO, for_other=Helper.TEACHER), "no.sextortion_scam"),
        (Answers(for_other=Helper.TEACHER), "open.sextortion_scam"),
        (Answers(UNKNOWN, for_other=Helper.TEACHER), "other"),
        (Answers(NO, minor=Minor.YES, for_other=Helper.PARENT), "other_minor"),
        # Safety first.
        (Answers(NO, urgent=of(Urgent.DANGER)), "danger_near"),
        (Answers(YES, minor=Minor.YES, urgent=of(Urgent.DANGER, Urgent.DESPAIR)), "despair"),
    ],
)
def test_the_more_urgent_and_the_more_careful_situation_comes_first(answers, wanted):
    assert situation(Case(MAIL, answers)) == wanted


@pytest.mark.parametrize("verdict", [Verdict.PERSONAL_SEXTORTION, Verdict.UNCERTAIN])
def test_a_text_that_may_be_real_stays_so_whatever_was_done(verdict):
    answers = Answers(NO, done=of(Done.PAID), mine=of(Mine.PASSWORD), fee_offer=True)
    assert situation(Case(verdict, answers)) == f"no.{verdict}"
    assert not guide_case(Case(verdict, answers)).asserted


@pytest.mark.parametrize(
    ("answers", "there", "not_there"),
    [
        (Answers(NO), {"report", "nothing_to_remove"}, {"mass_mail", "paid", "password"}),
        (Answers(NO, done=of(Done.PAID)), {"paid", "mass_mail"}, {"if_paid"}),
        (Answers(YES, done=of(Done.PAID)), {"paid", "evidence"}, {"if_paid", "mass_mail"}),
        (Answers(YES), {"if_paid", "minor", "takedown"}, {"paid", "report"}),
        (Answers(YES, minor=Minor.NO), {"takedown"}, {"minor", "takedown_young"}),
        (Answers(YES, minor=Minor.YES), {"grown_up", "evidence_young", "takedown_young"}, {"evidence", "takedown"}),
        (Answers(NO, mine=of(Mine.PASSWORD)), {"password"}, {"password_leak", "password_now"}),
        (Answers(NO, done=of(Done.CLICKED), mine=of(Mine.PASSWORD)), {"password_leak", "mass_mail", "clicked"}, set()),
        (Answers(NO, done=of(Done.OPENED), mine=of(Mine.PASSWORD)), {"opened"}, {"password_leak", "mass_mail"}),
        (Answers(NO, done=of(Done.GAVE_ACCESS)), {"access"}, {"mass_mail", "nothing_to_remove"}),
        (Answers(NO, done=of(Done.REPLIED)), {"replied", "nothing_to_remove"}, {"no_reply"}),
        (Answers(YES, mine=of(Mine.PASSWORD_STILL_USED)), {"password_now"}, {"password", "password_leak"}),
        (Answers(NO, fee_offer=True), {"mass_mail"}, {"fee_offer", "nothing_to_remove"}),
        (Answers(YES, fee_offer=True), {"fee_offer"}, {"nothing_to_remove"}),
        (Answers(YES, minor=Minor.YES, for_other=Helper.PARENT), {"helper_parent", "police"}, {"grown_up"}),
        (Answers(YES, minor=Minor.YES, for_other=Helper.FRIEND), {"helper_friend", "grown_up"}, set()),
        (Answers(police_letter=True), {"police_letter"}, set()),
        (Answers(YES, online=True), {"online_report"}, set()),
        (Answers(YES, how=of(How.PARTNER)), {"known_person"}, set()),
        (Answers(YES, for_other=Helper.FRIEND), {"listen", "helper_friend"}, {"tell_someone", "helper_parent"}),
        (Answers(urgent=of(Urgent.DESPAIR)), {"call_now"}, {"danger_near"}),
    ],
)
def test_each_answer_adds_its_steps(answers, there, not_there):
    found = set(steps(Case(MAIL, answers)))
    assert there <= found
    assert not found & not_there


def test_safety_comes_before_money():
    case = Case(MAIL, Answers(YES, urgent=of(*Urgent), done=of(*Done), for_other=Helper.FRIEND))
    assert steps(case)[:4] == ("danger_near", "call_now", "never_pay", "listen")


def test_without_an_assessment_it_is_as_after_an_abstention():
    assert guide(None) == guide(assessment(Verdict.UNCERTAIN))


@pytest.mark.parametrize(
    ("language", "address"),
    [("nl", "verdacht@"), ("fr", "suspect@"), ("de", "suspekt@"), ("en", "suspicious@")],
)
def test_the_report_goes_to_the_address_of_the_language(language, address):
    guidance = guide(assessment(MAIL), Answers(NO), language=language)
    assert any(f"{address}safeonweb.be" in step for step in guidance.steps)
    assert guidance.contacts[0].email == f"{address}safeonweb.be"


@pytest.mark.parametrize("language", READY)
def test_where_nobody_takes_the_mail_no_step_names_anybody(language):
    guidance = guide(assessment(MAIL), Answers(NO), country="XX", language=language)
    assert load_language(language).text("steps.report_spam") in guidance.steps
    assert not any("{" in step for step in guidance.steps)
    assert guidance.no_contact_note


def test_the_password_step_stands_only_where_a_password_is_named():
    found = [Finding("leaked_password", Span(0, 22), {"quoted": True}, secrets=(Span(17, 22),))]
    step = load_language("en").text("steps.password")
    assert step in guide(assessment(MAIL, found), Answers(NO)).steps
    assert step not in guide(assessment(MAIL), Answers(NO)).steps


def test_a_real_case_has_the_services_for_it():
    adult = [each.id for each in guide(assessment(MAIL), Answers(YES, minor=Minor.NO)).contacts]
    assert adult[:2] == ["be-igvm", "be-police-local"]
    assert "be-childfocus" not in adult
    either = [each.id for each in guide(assessment(MAIL), Answers(YES)).contacts]
    assert either[0] == "be-childfocus"
    assert {"be-igvm", "int-stopncii", "int-takeitdown"} <= set(either)


def test_in_despair_the_crisis_line_is_the_first_contact():
    guidance = guide(assessment(MAIL), Answers(urgent=of(Urgent.DESPAIR)), language="nl")
    assert guidance.contacts[0] == guidance.crisis
    danger = guide(assessment(MAIL), Answers(urgent=of(Urgent.DANGER)), language="nl")
    assert danger.contacts[0] == danger.danger


@pytest.mark.parametrize("name", TOPICS)
@pytest.mark.parametrize("country", ["BE", "XX"])
def test_every_topic_has_sentences(name, country):
    found = topic(name, country=country)
    assert found.title
    assert 4 <= len(found.body) <= 9
    assert all(found.body)


def test_belgian_law_is_told_in_belgium_only():
    assert "2022" in " ".join(topic("law").body)
    assert "Belgi" not in " ".join(topic("law", country="XX").body)


def test_every_topic_is_found_from_some_situation():
    found = {name for case in SITUATIONS.values() for name in guide_case(case).topics}
    assert found == set(TOPICS)


def test_what_is_not_there_is_refused():
    with pytest.raises(LanguageError):
        guide(None, country="ZZ")
    with pytest.raises(LanguageError):
        guide(None, language="xx")
    with pytest.raises(LanguageError):
        topic("weather")


def run(*arguments):
    return CliRunner().invoke(main, ["guidance", *arguments])


@pytest.mark.parametrize("key", SITUATIONS)
def test_the_command_prints_a_situation(key):
    result = run("--situation", key, "--country", "BE", "--language", "nl")
    assert result.exit_code == 0, result.output
    words = load_language("nl")
    assert words.text(f"guidance.{key}.headline") in result.output
    assert words.text("steps.never_pay") in result.output


def test_the_command_lists_situations_and_topics():
    assert [line.split()[0] for line in run("--list").output.splitlines()] == list(SITUATIONS)
    assert [line.split()[0] for line in run("--topics").output.splitlines()] == list(TOPICS)
    assert load_language("en").text("topics.law.title") in run("--topic", "law").output


@pytest.mark.parametrize("arguments", [(), ("--list", "--topics"), ("--situation", "weather"), ("--topic", "weather")])
def test_the_command_says_what_it_needs(arguments):
    assert run(*arguments).exit_code == 2


def test_the_answers_are_options_of_check(mails, monkeypatch):
    monkeypatch.setattr("scamcheck.cli.check.check", lambda data, filename: assessment(MAIL))

    def checked(*options):
        result = CliRunner().invoke(main, ["check", str(mails / "plain.eml"), "--language", "en", *options])
        assert result.exit_code == 0, result.output
        return result.output.splitlines()[0]

    words = load_language("en")
    no = ("--image-shared", "no")
    assert checked(*no, "--done", "paid", "--mine", "password") == words.text("guidance.paid.headline")
    assert checked(*no, "--minor", "unknown") == words.text("guidance.minor_mail.headline")
    assert checked(*no, "--how", "faked", "--how", "sent", "--online") == words.text("guidance.online.headline")
    assert checked("--for", "parent", "--minor", "yes") == words.text("guidance.other_minor.headline")
    assert checked("--urgent", "despair", "--known-person") == words.text("guidance.despair.headline")
    assert checked(*no, "--police-letter") == words.text("guidance.police_letter.headline")
    assert checked(*no, "--fee-offer") == words.text("guidance.fee_offer.headline")
