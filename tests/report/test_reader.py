"""The page for the reader: the order of need, and never a bluff too early."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamcheck.guidance import Answers, ImageShared, Minor, Urgent, guide
from scamcheck.languages import LANGUAGES, load_language
from scamcheck.report import html, pdf
from scamcheck.report.document import Heading
from scamcheck.report.reader import reader_page
from scamcheck.types import Verdict
from tests.guidance.cases import may_say_bluff
from tests.guidance.test_rule import ANSWERS, BLUFF_WORDS
from tests.report.made import MAILS, PASSWORD, reasons
from tests.report.printed import AT, FORMATS, Seen, own_words, read_back, text_of


@settings(max_examples=60, deadline=None)
@given(
    answers=ANSWERS,
    name=st.sampled_from(sorted(MAILS)),
    verdict=st.sampled_from(Verdict),
    language=st.sampled_from(LANGUAGES),
)
def test_no_page_asserts_a_bluff_too_early(answers, name, verdict, language):
    given_mail = replace(MAILS[name], verdict=verdict)
    guidance = guide(given_mail, answers, language=language)
    seen = " ".join(Seen.of(html.render(reader_page(given_mail, guidance, made_at=AT))).text.split())
    words = load_language(language)
    assert words.text("steps.never_pay") in seen
    assert guidance.crisis_text in seen
    assert guidance.crisis.phone_text in seen
    assert bool(guidance.question) == (words.text("guidance.question") in seen)
    if not may_say_bluff(answers):
        said = own_words(seen, language)
        assert not [word for word in BLUFF_WORDS[language] if word in said]
        truths = [words.text(f"indicators.{found.indicator}.truth") for found in given_mail.findings]
        assert not [truth for truth in truths if truth in seen]
    if answers.real or answers.young:
        assert words.text("verdicts.sextortion_scam") not in seen


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", FORMATS)
def test_a_page_reads_in_the_order_of_need(language, kind):
    given_mail = MAILS["mass"]
    guidance = guide(given_mail, language=language)
    seen = "".join(read_back(reader_page(given_mail, guidance, made_at=AT), kind).split())
    words = load_language(language)
    order = [
        guidance.headline,
        guidance.question,
        guidance.routes[0],
        words.text("ui.what_now"),
        words.text("steps.never_pay"),
        words.text("ui.who_helps"),
        guidance.contacts[0].name,
        guidance.crisis_text,
        words.text("ui.noticed"),
        words.text("indicators.hacked_device.title"),
        words.text("ui.how_sure"),
    ]
    places = [seen.find("".join(each.split()), 1 if each == order[0] else 0) for each in order]
    assert -1 not in places
    assert places == sorted(places)
    assert PASSWORD not in seen
    assert words.text("indicators.hacked_device.truth") not in seen


@pytest.mark.parametrize("kind", FORMATS)
def test_after_a_no_it_is_said_what_is_true_and_how_sure(kind):
    given_mail = MAILS["mass"]
    measured = reasons(given_mail).reliability
    page = reader_page(given_mail, guide(given_mail, Answers(ImageShared.NO)), made_at=AT, reliability=measured)
    seen, words = " ".join(read_back(page, kind).split()), load_language("en")
    assert words.text("indicators.hacked_device.truth") in seen
    assert words.text("verdicts.sextortion_scam") in seen
    assert str(measured.right) in seen
    without = reader_page(given_mail, guide(given_mail, Answers(ImageShared.NO)), made_at=AT)
    assert words.text("explain.not_measured") in " ".join(read_back(without, kind).split())


def test_signs_of_a_real_case_are_always_shown_under_a_heading_of_their_own():
    given_mail = MAILS["personal"]
    words = load_language("en")
    for answers in (Answers(), Answers(ImageShared.NO), Answers(ImageShared.YES), Answers(minor=Minor.YES)):
        blocks = reader_page(given_mail, guide(given_mail, answers), made_at=AT).blocks
        headings = [block.text for block in blocks if isinstance(block, Heading)]
        assert words.text("explain.really_known") in headings


def test_who_should_call_first_finds_the_number_first_and_no_reasons():
    for urgent in Urgent:
        guidance = guide(MAILS["mass"], Answers(urgent=frozenset((urgent,))))
        seen = text_of(pdf.render(reader_page(MAILS["mass"], guidance, made_at=AT)))
        words = load_language("en")
        assert seen.index(guidance.crisis.phone_text) < seen.index(words.text("ui.what_now"))
        assert words.text("ui.how_sure") not in seen
        assert words.text("ui.noticed") not in seen


def test_a_page_without_a_mail_holds_the_guidance_alone():
    seen = text_of(pdf.render(reader_page(None, guide(None), made_at=AT)))
    words = load_language("en")
    assert words.text("ui.who_helps") in seen
    assert words.text("ui.how_sure") not in seen


def test_the_page_shows_a_number_as_a_link_that_can_be_tapped():
    source = html.render(reader_page(None, guide(None, language="nl"), made_at=AT))
    assert 'href="tel:' in source
