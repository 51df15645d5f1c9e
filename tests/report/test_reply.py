"""The reply of a helpdesk: kind, short, with a way to help for everybody, and never a bluff too early."""

import itertools
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamcheck.guidance import COUNTRIES, SITUATIONS, Answers, Helper, ImageShared, Minor, Urgent, guide, guide_case
from scamcheck.guidance.advice import count_words
from scamcheck.guidance.organisations import load_organisations
from scamcheck.languages import LANGUAGES, load_language
from scamcheck.report.reply import MAX_REPLY_CONTACTS, MAX_REPLY_STEPS, MAX_REPLY_WORDS, reply
from scamcheck.report.text import contact_line
from scamcheck.types import Verdict
from tests.guidance.cases import assessment, may_say_bluff
from tests.guidance.test_rule import ANSWERS, BLUFF_WORDS
from tests.report import golden_replies
from tests.report.made import ADDRESS, CALL, CONTACT, HANDLE, MAILS, NAME, PASSWORD, PHONE, WALLET

SEEN = re.compile(r"https?://\S+?(?=[,.]?(?:\s|$))|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def flat(text):
    """Return a text without its line breaks."""
    return " ".join(text.split())


def known():
    """Return every mail and web address of the records that somebody has seen on a page."""
    found = set()
    for record in load_organisations().values():
        for field in ("email", "url"):
            value, status = record.get(field, ""), record["status"].get(field, "none")
            values = value if isinstance(value, dict) else {"": value}
            for code, each in values.items():
                if (status.get(code, "none") if isinstance(status, dict) else status) != "none":
                    found.add(each)
    return found


KNOWN = known()


def keep_the_rule(verdict, answers, language, country="BE"):
    """Check one reply against everything that must hold for each."""
    guidance = guide(assessment(verdict), answers, country=country, language=language)
    text, words = reply(guidance), load_language(language)
    said = flat(text)
    if may_say_bluff(answers):
        assert all(each in guidance.asserted or not words_of(each, language) for each in paragraphs(text))
    else:
        assert not words_of(said, language), guidance.situation
    assert flat(guidance.headline) in said
    assert flat(words.text("steps.never_pay")) in said
    assert flat(guidance.crisis_text) in said
    assert flat(contact_line(guidance.crisis)) in said
    assert flat(words.text("reply.no_reopen")) in said
    assert (flat(words.text("reply.first_question")) in said) == bool(guidance.question)
    assert flat(guidance.question) in said
    assert all(flat(route) in said for route in guidance.routes)
    assert words.text("ui.what_now") in said
    before = said.split(flat(words.text("ui.who_helps")) + ":")[0]
    for urgent in (guidance.crisis_text, guidance.danger_text):
        before = before.split(flat(urgent))[0] if guidance.situation in ("despair", "danger_near") else before
    assert count_words(before.partition(words.text("reply.greeting"))[2]) <= MAX_REPLY_WORDS, guidance.situation
    assert 1 <= len(re.findall(r"^\d\. ", text, re.MULTILINE)) <= MAX_REPLY_STEPS
    named = [each for each in guidance.contacts if flat(contact_line(each)) in said]
    assert len(named) <= MAX_REPLY_CONTACTS + 2
    assert all(match in KNOWN for match in SEEN.findall(said)), [m for m in SEEN.findall(said) if m not in KNOWN]
    if "(*)" in text:
        assert flat(guidance.third_party_note) in said
    assert all(len(line) <= 76 or " " not in line.strip() for line in text.splitlines())
    return text


def paragraphs(text):
    """Return the paragraphs and the steps of a reply, each on one line."""
    return [flat(each) for each in re.split(r"\n\n|\n(?=\d\. |- )|^\d\. |(?<=\n)\d\. ", text)]


def words_of(text, language):
    """Return the words of a text that assert a bluff."""
    return [word for word in BLUFF_WORDS[language] if word in text.casefold()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_combination_of_the_first_answers_keeps_the_rule(language):
    for verdict, image, minor, helper in itertools.product(
        Verdict, ImageShared, (Minor.UNANSWERED, Minor.YES), (None, Helper.PARENT)
    ):
        keep_the_rule(verdict, Answers(image, minor=minor, for_other=helper), language)


@settings(max_examples=150, deadline=None)
@given(answers=ANSWERS, verdict=st.sampled_from(Verdict), language=st.sampled_from(LANGUAGES), data=st.data())
def test_every_set_of_answers_keeps_the_rule(answers, verdict, language, data):
    keep_the_rule(verdict, answers, language, data.draw(st.sampled_from(COUNTRIES)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_situation_names_somebody_and_nothing_of_a_page(language):
    words = load_language(language)
    keys = [key for key in words.keys() if key.startswith("reply.steps.")]  # noqa: SIM118
    of_pages = {words.text(key.removeprefix("reply.")) for key in keys}
    for case in SITUATIONS.values():
        guidance = guide_case(case, country="BE", language=language)
        said = flat(reply(guidance))
        named = [each for each in (*guidance.contacts, guidance.crisis) if flat(contact_line(each)) in said]
        assert 2 <= len(named) <= MAX_REPLY_CONTACTS + 1
        assert not [text for text in of_pages if flat(text) in said]


def test_a_reply_holds_nothing_of_the_mail():
    for given_mail in MAILS.values():
        for image in ImageShared:
            text = reply(guide(given_mail, Answers(image)))
            for private in (PASSWORD, ADDRESS, PHONE, NAME, WALLET, CONTACT, HANDLE, CALL):
                assert private not in text


def test_an_urgent_reply_names_the_number_before_anything_else():
    for urgent, number in ((Urgent.DESPAIR, "1813"), (Urgent.DANGER, "101")):
        text = reply(guide(None, Answers(urgent=frozenset((urgent,))), language="nl"))
        assert number in text.split(load_language("nl").text("ui.what_now"))[0]


def test_a_step_never_points_at_a_service_that_the_mail_does_not_name():
    words = load_language("en")
    step = flat(words.text("reply.steps.takedown"))
    for country, case in itertools.product(COUNTRIES, SITUATIONS.values()):
        said = flat(reply(guide_case(case, country=country)))
        assert (step in said) <= ("StopNCII" in said)


@pytest.mark.parametrize(
    ("service", "signed"),
    [
        ("IT helpdesk", "IT helpdesk"),
        ("", "{name of the service}"),
        ("  ", "{name of the service}"),
        ("A\nBcc: x@example.org", "A Bcc: x@example.org"),
        ("A\u202eB", "A B"),
        ("x" * 200, "x" * 80),
    ],
)
def test_who_signs(service, signed):
    assert reply(guide(None), service=service).endswith(f"\nKind regards,\n{signed}\n")


@pytest.mark.parametrize(("path", "text"), [pytest.param(*each, id=each[0].stem) for each in golden_replies.files()])
def test_replies_are_as_in_the_golden_file(path, text):
    assert path.is_file(), "Write the golden files anew: python -m tests.report.golden_replies"
    assert path.read_text(encoding="utf-8") == text, "Look at the change; then: python -m tests.report.golden_replies"


def test_no_golden_file_is_left_over():
    assert {path for path, _ in golden_replies.files()} == set(golden_replies.FOLDER.glob("*"))


def test_the_texts_of_a_reply_are_there_in_eight_languages_with_the_same_placeholders():
    folder = Path(__file__).parents[2] / "scamcheck" / "languages"
    tables = {path.name[:2]: leaves(tomllib.loads(path.read_text("utf-8"))) for path in folder.glob("*.report.toml")}
    assert len(tables) == 8
    for code, table in tables.items():
        assert list(table) == list(tables["en"])
        for key, text in table.items():
            assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", tables["en"][key])), key
            assert not words_of(text, code), (code, key)


def leaves(table, prefix=""):
    """Return the texts of a table by their dotted keys."""
    found = {}
    for key, value in table.items():
        found |= leaves(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key: value}
    return found
