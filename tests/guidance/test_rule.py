"""The rule above all others: a real victim, or a minor, is never told that it is a bluff."""

import itertools
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamcheck.guidance import (
    COUNTRIES,
    SITUATIONS,
    TOPICS,
    Answers,
    Done,
    Helper,
    How,
    ImageShared,
    Mine,
    Minor,
    Urgent,
    guide,
    topic,
)
from scamcheck.guidance.advice import MAX_LEAD_WORDS, count_words
from scamcheck.guidance.contacts import MAX_CONTACTS
from scamcheck.guidance.steps import MAX_STEPS
from scamcheck.languages import LANGUAGES, load_language
from scamcheck.types import Verdict
from tests.guidance.cases import READY, assessment, may_say_bluff, shown

BLUFF_WORDS = tomllib.loads(Path(__file__).with_name("bluff_words.toml").read_text(encoding="utf-8"))
ANSWERS = st.builds(
    Answers,
    image_shared=st.sampled_from(ImageShared),
    how=st.frozensets(st.sampled_from(How)),
    minor=st.sampled_from(Minor),
    done=st.frozensets(st.sampled_from(Done)),
    mine=st.frozensets(st.sampled_from(Mine)),
    online=st.booleans(),
    known_person=st.booleans(),
    fee_offer=st.booleans(),
    police_letter=st.booleans(),
    for_other=st.sampled_from([None, *Helper]),
    urgent=st.frozensets(st.sampled_from(Urgent)),
)


def keep_the_rule(verdict, answers, language, country="BE"):
    """Check one reader against everything that must hold for each."""
    guidance = guide(assessment(verdict), answers, country=country, language=language)
    words = load_language(language)
    seen = shown(guidance, verdict)
    if may_say_bluff(answers):
        assert bool(guidance.asserted) == (verdict is Verdict.SEXTORTION_SCAM)
    else:
        assert not guidance.asserted
        assert not guidance.weigh_claims
        for text in seen:
            assert not [word for word in BLUFF_WORDS[language] if word in text]
    assert words.text("steps.never_pay") in guidance.steps[:3]
    assert all(guidance.crisis_text.casefold() in text for text in seen[1:])
    lead = (guidance.headline, guidance.text, guidance.question, *guidance.routes)
    lead += guidance.steps[: guidance.first_steps]
    assert sum(map(count_words, lead)) <= MAX_LEAD_WORDS, guidance.situation
    assert 1 <= guidance.first_steps <= len(guidance.steps) == len(set(guidance.steps)) <= MAX_STEPS
    ids = [contact.id for contact in guidance.contacts]
    assert len(ids) == len(set(ids)) <= MAX_CONTACTS
    assert guidance.crisis.purpose
    assert guidance.danger.purpose
    if country in ("BE", "NL", "FR", "DE", "US"):
        assert guidance.crisis.phone_text
    decided = answers.real or answers.young or answers.urgent
    if answers.image_shared is ImageShared.UNANSWERED and not decided:
        assert guidance.question
        assert len(guidance.routes) == 2
    else:
        assert not guidance.question
        assert not guidance.routes
    return guidance


FIRST = list(
    itertools.product(Verdict, ImageShared, Minor, (False, True), (False, True), (None, Helper.PARENT, Helper.HELPDESK))
)


@pytest.mark.parametrize("language", READY)
def test_every_combination_of_the_first_answers_keeps_the_rule(language):
    for verdict, image, minor, online, known, helper in FIRST:
        answers = Answers(image, minor=minor, online=online, known_person=known, for_other=helper)
        keep_the_rule(verdict, answers, language)


@settings(max_examples=300, deadline=None)
@given(answers=ANSWERS, verdict=st.sampled_from(Verdict), language=st.sampled_from(READY), data=st.data())
def test_every_set_of_answers_keeps_the_rule(answers, verdict, language, data):
    keep_the_rule(verdict, answers, language, data.draw(st.sampled_from(COUNTRIES)))


@settings(max_examples=150, deadline=None)
@given(answers=ANSWERS, first=st.sampled_from(Verdict), second=st.sampled_from(Verdict))
def test_for_a_real_case_or_a_minor_the_verdict_changes_nothing(answers, first, second):
    real = answers.image_shared in (ImageShared.YES, ImageShared.UNKNOWN) or answers.minor in (Minor.YES, Minor.UNKNOWN)
    if real:
        assert guide(assessment(first), answers) == guide(assessment(second), answers)


@settings(max_examples=150, deadline=None)
@given(answers=ANSWERS, verdict=st.sampled_from(Verdict))
def test_a_minor_always_finds_the_child_helpline_and_may_keep_the_image_to_themselves(answers, verdict):
    guidance = guide(assessment(verdict), answers)
    words = load_language("en")
    if answers.young and not answers.urgent:
        assert guidance.contacts[0].id == "be-childfocus"
        asks = answers.for_other in (None, Helper.FRIEND)
        assert (words.text("steps.grown_up") in guidance.steps) == asks
    if answers.real and not answers.urgent:
        assert words.text("steps.no_image") in guidance.steps


@pytest.mark.parametrize("language", READY)
def test_each_bluff_word_list_catches_the_texts_that_are_tagged(language):
    for key in ("no.sextortion_scam", "password", "personal_data", "own_address"):
        case = SITUATIONS[key]
        guidance = guide(assessment(case.verdict), case.answers, language=language)
        for text in guidance.asserted[:1]:
            assert any(word in text.casefold() for word in BLUFF_WORDS[language]), text


@pytest.mark.parametrize("language", READY)
def test_no_topic_says_bluff(language):
    for country, name in itertools.product(("BE", "XX"), TOPICS):
        found = topic(name, country=country, language=language)
        text = " ".join((found.title, *found.body)).casefold()
        assert not [word for word in BLUFF_WORDS[language] if word in text], name


def test_word_lists_are_there_for_eight_languages():
    assert set(LANGUAGES) <= set(BLUFF_WORDS)
    assert len(BLUFF_WORDS) == 8
    assert all(word == word.casefold() for words in BLUFF_WORDS.values() for word in words)
