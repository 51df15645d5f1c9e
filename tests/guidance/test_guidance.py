"""The rule above all others: a real victim is never told that it is a bluff."""

import itertools
import re

import pytest

from scamcheck.errors import LanguageError
from scamcheck.guidance import Answers, ImageShared, guide
from scamcheck.guidance.organisations import NONE, contact, load_organisations
from scamcheck.languages import LANGUAGES, load_language
from scamcheck.types import LABELS, Assessment, Finding, Span, Verdict

BLUFF = re.compile(r"\b(?:bluff?\w*|they have nothing|heeft niets|n'a rien|hat nichts)\b", re.IGNORECASE)
SAFE = re.compile(r"\b(?:is safe|is veilig|est sûr|ist sicher|harmless|onschuldig|inoffensif|harmlos)\b", re.IGNORECASE)


def assessment(verdict, findings=()):
    return Assessment(
        verdict, dict.fromkeys(LABELS, 1 / 6), tuple(findings), "your password is abc1!", "", "en", "", (), "test"
    )


def words_of(guidance):
    return " ".join([guidance.headline, guidance.text, guidance.question, *guidance.routes, *guidance.steps])


EVERY = list(itertools.product(Verdict, ImageShared, LANGUAGES))


@pytest.mark.parametrize(("verdict", "answer", "language"), EVERY)
def test_bluff_is_said_only_after_the_answer_no_to_a_mass_mail(verdict, answer, language):
    guidance = guide(assessment(verdict), Answers(answer), language=language)
    said = bool(BLUFF.search(words_of(guidance)))
    assert said == (verdict is Verdict.SEXTORTION_SCAM and answer is ImageShared.NO)
    assert not SAFE.search(words_of(guidance))


@pytest.mark.parametrize(("verdict", "answer", "language"), EVERY)
def test_never_pay_and_a_crisis_line_are_always_there(verdict, answer, language):
    guidance = guide(assessment(verdict), Answers(answer), language=language)
    assert guidance.steps[0] == load_language(language).text("steps.never_pay")
    assert guidance.crisis.phone
    assert guidance.danger.phone == "101"


@pytest.mark.parametrize(("verdict", "language"), list(itertools.product(Verdict, LANGUAGES)))
def test_yes_and_dont_know_win_over_every_verdict(verdict, language):
    for answer in (ImageShared.YES, ImageShared.UNKNOWN):
        guidance = guide(assessment(verdict), Answers(answer), language=language)
        assert guidance.situation == str(answer)
        ids = [each.id for each in guidance.contacts]
        assert ids[:5] == ["be-childfocus", "be-police-local", "be-igvm", "int-stopncii", "int-takeitdown"]
        assert guidance.contacts[0].phone == "116 000"


@pytest.mark.parametrize(("verdict", "language"), list(itertools.product(Verdict, LANGUAGES)))
def test_every_verdict_asks_and_shows_both_ways_while_open(verdict, language):
    guidance = guide(assessment(verdict), language=language)
    assert "?" in guidance.question
    assert len(guidance.routes) == 2
    assert {"be-safeonweb", "be-childfocus"} <= {each.id for each in guidance.contacts}


def test_without_an_assessment_it_is_as_after_an_abstention():
    assert guide(None) == guide(assessment(Verdict.UNCERTAIN))


@pytest.mark.parametrize(
    ("language", "address"),
    [("nl", "verdacht@"), ("fr", "suspect@"), ("de", "suspekt@"), ("en", "suspicious@")],
)
def test_the_report_goes_to_the_address_of_the_language(language, address):
    guidance = guide(assessment(Verdict.SEXTORTION_SCAM), Answers(ImageShared.NO), language=language)
    assert any(f"{address}safeonweb.be" in step for step in guidance.steps)
    assert guidance.contacts[0].email == f"{address}safeonweb.be"


def test_the_password_step_stands_only_where_a_password_is_named():
    found = [Finding("leaked_password", Span(0, 22), {"quoted": True}, secret=Span(17, 22))]
    step = load_language("en").text("steps.password")
    answers = Answers(ImageShared.NO)
    assert step in guide(assessment(Verdict.SEXTORTION_SCAM, found), answers).steps
    assert step not in guide(assessment(Verdict.SEXTORTION_SCAM), answers).steps


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_field_that_nobody_saw_is_not_shown(language):
    for name, record in load_organisations().items():
        shown = contact(name, language)
        for field, status in record["status"].items():
            seen = status.get(language, NONE) if isinstance(status, dict) else status
            if seen == NONE:
                assert getattr(shown, field) == ""
            assert (field in shown.third_party) == (seen == "third_party" and bool(getattr(shown, field)))
        assert shown.name
        assert shown.purpose


def test_known_gaps_stay_gaps():
    assert contact("be-police-local", "de").url == ""
    assert contact("be-igvm", "en").url == ""
    assert contact("be-safeonweb", "fr").third_party == ("email",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_text(language):
    assert load_language(language).keys() == load_language("en").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_survive_translation(language):
    words, english = load_language(language), load_language("en")
    for key in english.keys() - {"alphabet"}:
        wanted = re.findall(r"\{\w+\}", english.text(key))
        assert re.findall(r"\{\w+\}", words.text(key)) == wanted, key
        assert words.text(key).strip(), key


def test_unknown_languages_and_countries_are_refused():
    with pytest.raises(LanguageError):
        guide(None, country="XX")
    with pytest.raises(LanguageError):
        guide(None, language="xx")
