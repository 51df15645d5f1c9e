import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import scamcheck
from scamcheck.errors import ModelError
from scamcheck.model import explain as module
from scamcheck.model.corpus import load_corpus
from scamcheck.model.disguise import disguise
from scamcheck.model.explain import HOW_IT_IS_WRITTEN, explain, judge, leading
from scamcheck.model.store import load_model
from scamcheck.types import (
    THREATS,
    Attachment,
    Contribution,
    Counterfactuals,
    Explanation,
    Finding,
    Message,
    Part,
    Prediction,
    Span,
    Verdict,
    Writing,
)
from tests.conftest import MAILS, ROOT

SCAM, UNCERTAIN = Verdict.SEXTORTION_SCAM, Verdict.UNCERTAIN
RECORDED = "I recorded a video of you while you visited adult sites."
DEMAND = "Send 900 dollars in bitcoin, or I send the video to all your contacts."
WEAK = f"Hello there. {RECORDED} {DEMAND} Regards."
STRONG = (MAILS / "plain.eml").read_text().split("\n\n", 1)[1]
CALL = "The problem is that I really had a video call with someone two weeks ago and was naked."
NOTE = "Hello Karen, here is the plan for Thursday. We meet at ten in the small room. Best wishes, Tom from the office"


def without(text, spans):
    for span in reversed(spans):
        text = text[: span.start] + text[span.end :]
    return text


def some_mails():
    """Return mails of ours in many languages, of every label, half of them disguised."""
    ways = ("zero_width", "look_alikes", "mathematical", "letter_spacing", "letter_elements")
    mails = load_corpus(ROOT / "data", languages=["en", "de", "fr", "el", "ru", "ar", "zh", "ja", "tr", "pl"])
    chosen = mails[:: len(mails) // 50 + 1]
    return [
        disguise(ways[place // 2 % len(ways)], mail.text, seed=mail.id) if place % 2 else mail.message()
        for place, mail in enumerate(chosen)
    ]


@pytest.mark.parametrize("name", ["plain.eml", "html.eml", "lookalikes.eml", "dutch.txt"])
def test_contributions_are_the_sentences_of_the_visible_text(name):
    found = scamcheck.check((MAILS / name).read_bytes(), filename=name)
    spans = [each.span for each in found.explanation.contributions]
    assert len(spans) >= 3
    assert spans[-1].end <= len(found.text)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert not without(found.text, spans).strip()
    assert found.explanation.label is found.verdict
    assert found.explanation.score > 0


def test_the_sentences_that_threaten_lead():
    found = scamcheck.check(f"{NOTE}\n\n{RECORDED} {DEMAND} Thank you for the nice flowers.")
    speaking, against = leading(replace(found.explanation), 2)
    assert found.explanation.label is SCAM
    assert {each.span.of(found.text) for each in speaking} == {RECORDED, DEMAND}
    assert all(each.amount < 0 for each in against)


def test_an_abstention_is_explained_by_the_likeliest_class():
    found = scamcheck.check(f"{CALL}\n\n{STRONG}")
    assert found.verdict is UNCERTAIN
    assert found.explanation.label is max(found.probabilities, key=found.probabilities.get)


@settings(deadline=None, max_examples=30)
@given(
    st.text(alphabet="aé\u00adﬁ½…。？ \n\u200bpay", min_size=1, max_size=60).filter(
        lambda text: text.strip("\0 \t\r\n")
    )
)
def test_spans_stay_inside_whatever_the_text(text):
    found = scamcheck.check(Message((Part("text/plain", text),)))
    assert all(each.span.end <= len(found.text) and len(each.span) for each in found.explanation.contributions)


def test_the_text_judged_again_is_judged_the_same():
    model, mails = load_model(), some_mails()
    assert len(mails) >= 45
    for message in mails:
        found = scamcheck.check(message)
        (again,) = judge(found, [found.text], model)
        assert again.probabilities == pytest.approx(found.probabilities, abs=1e-9)
        assert (again.verdict, again.reason) == (found.verdict, found.reason)


def test_a_counterfactual_is_what_a_check_of_the_shortened_mail_says():
    changed = 0
    for message in some_mails()[::3]:
        found = scamcheck.check(message)
        told = explain(found)
        for each in {*told.each, *told.needed}:
            short = without(found.text, each.spans)
            if short.strip():
                again = scamcheck.check(Message((Part("text/plain", short),)))
                assert (again.verdict, again.reason) == (each.verdict, each.reason)
                assert again.probabilities[found.explanation.label] == pytest.approx(each.probability, abs=1e-9)
                changed += each in told.needed
    assert changed


def test_every_indicator_of_a_letter_is_left_out_once():
    found = scamcheck.check(WEAK)
    told = explain(found)
    names = [name for each in told.each for name in each.indicators]
    assert sorted(names) == sorted({finding.indicator for finding in found.findings})
    weights = {each.span: each.amount for each in found.explanation.contributions}
    heaviest = [sum(weights[span] for span in each.spans) for each in told.each]
    assert heaviest == pytest.approx(sorted(heaviest, reverse=True))
    (recording,) = (each for each in told.each if each.indicators == ("recording",))
    assert [span.of(found.text) for span in recording.spans] == [RECORDED]
    assert recording.probability < found.probabilities[SCAM]


@pytest.fixture
def hanging(monkeypatch):
    """Return a letter of four sentences with an indicator each, and a way to say which words its verdict hangs on."""
    text = "One of us. Two of us. Three of us. Four of us."
    spans = [Span(*match.span()) for match in re.finditer(r"\w+ of us\.", text)]
    findings = tuple(Finding(span.of(text).split()[0].lower(), span) for span in spans)
    amounts = [Contribution(span, amount) for span, amount in zip(spans, (1.0, 3.0, 2.0, 0.5), strict=True)]
    shipped = scamcheck.check(text)
    given = replace(shipped, verdict=SCAM, findings=findings, explanation=Explanation(SCAM, 6.5, 0.0, tuple(amounts)))
    asked = []

    def told(holds, other=UNCERTAIN):
        def judge(assessment, texts, model):
            asked.extend(texts)
            return [Prediction(assessment.verdict if holds(text) else other, shipped.probabilities) for text in texts]

        monkeypatch.setattr(module, "judge", judge)
        return explain(given), asked

    return told


def test_the_heaviest_indicator_comes_first(hanging):
    told, asked = hanging(lambda text: "Four" in text)
    assert [each.indicators for each in told.each] == [("two",), ("three",), ("one",), ("four",)]
    assert [each.indicators for each in told.needed] == [("four",)]
    assert asked[0] == "One of us.  Three of us. Four of us."
    assert len(asked) == 4


def test_all_single_ones_that_change_the_verdict_are_needed(hanging):
    told, _ = hanging(lambda text: "One" in text and "Two" in text)
    assert [each.indicators for each in told.needed] == [("two",), ("one",)]


def test_where_no_single_one_is_needed_the_heaviest_pair_is(hanging):
    told, asked = hanging(lambda text: "Two" in text or ("Three" in text and "Four" in text))
    assert [each.verdict for each in told.each] == [SCAM] * 4
    assert [(each.indicators, each.verdict) for each in told.needed] == [(("two", "three"), UNCERTAIN)]
    assert [span.start for span in told.needed[0].spans] == [11, 22]
    assert asked[4] == "One of us.   Four of us."


def test_where_no_pair_changes_it_nothing_is_needed(hanging):
    told, asked = hanging(lambda text: True)
    assert told.needed == ()
    assert len(asked) == 4 + 3


def test_nothing_is_said_to_stand_between_a_mail_and_the_mass_mail(hanging, monkeypatch):
    told, _ = hanging(lambda text: False, other=SCAM)
    assert {each.verdict for each in told.each} == {SCAM}
    assert told.needed == ()
    found = scamcheck.check(f"{CALL}\n\n{STRONG}")
    monkeypatch.undo()
    told = explain(replace(found, findings=(Finding("recording", Span(0, len(CALL))),)))
    assert [each.verdict for each in told.each] == [SCAM]
    assert told.needed == ()


@pytest.mark.parametrize(("room", "tried"), [(0, 1), (3.5, 3), (4, 4), (5, 5), (6.9, 6), (50, 7)])
def test_of_a_very_long_text_only_the_heaviest_are_tried(hanging, monkeypatch, room, tried):
    monkeypatch.setattr(module, "MAX_REJUDGED_CHARS", int(room * len("One of us. Two of us. Three of us. Four of us.")))
    told, asked = hanging(lambda text: True)
    assert len(asked) == tried
    assert len(told.each) == min(tried, 4)


def test_what_stands_in_no_sentence_and_how_a_text_is_written_is_left_out():
    found = scamcheck.check(WEAK)
    odd = (Finding("of_the_headers", Span(0, 0)), Finding(HOW_IT_IS_WRITTEN, Span(0, len(found.text))))
    assert explain(replace(found, findings=odd)) == Counterfactuals()
    assert explain(scamcheck.check("hi")) == Counterfactuals()


def test_without_its_only_sentence_a_mail_is_too_short():
    found = scamcheck.check(f"{RECORDED[:-1]}: send 900 dollars in bitcoin, or I send the video to all your contacts.")
    told = explain(found)
    assert told.each
    assert {(each.verdict, each.reason) for each in told.each} == {(UNCERTAIN, "too_short")}


def test_a_shared_past_in_the_rest_stops_the_mass_mail_there_too():
    found = scamcheck.check(f"{CALL}\n\n{STRONG}")
    told = explain(found)
    assert (found.verdict, found.past_outside) == (UNCERTAIN, False)
    kept = [each for each in told.each if CALL not in [span.of(found.text) for span in each.spans]]
    assert len(kept) > 8
    assert {each.verdict for each in kept} == {UNCERTAIN}
    assert judge(found, [STRONG], load_model())[0].verdict is SCAM


def test_a_shared_past_around_the_letter_counts_for_every_shortened_one():
    inner = Message((Part("text/plain", STRONG),), subject="Read this")
    outer = Message((Part("text/plain", f"Please help me. {CALL}"),), subject="Fwd", enclosed=(inner,))
    assert scamcheck.check(inner).verdict is SCAM
    found = scamcheck.check(outer)
    assert "hacked your computer" in found.text
    assert found.past_outside
    assert found.verdict is UNCERTAIN
    told = explain(found)
    assert told.each
    assert all(each.verdict is not SCAM for each in told.each)


def test_the_same_words_in_two_alternatives_are_no_past_outside():
    text = f"{CALL}\n\n{STRONG}"
    both = Message((Part("text/plain", text), Part("text/html", f"<p>{CALL}</p><p>{STRONG}</p>")))
    found = scamcheck.check(both)
    assert found.verdict is not SCAM
    assert not found.past_outside


def test_what_was_not_read_counts_for_every_shortened_mail():
    attachment = Attachment("doc.jpg", "image/jpeg", b"\xff\xd8\xff no picture")
    found = scamcheck.check(Message((Part("text/plain", f"{NOTE}. {RECORDED} {DEMAND}"),), attachments=(attachment,)))
    (again,) = judge(found, [NOTE], load_model())
    assert found.pictures[0].writing is Writing.NOT_READ
    assert found.verdict in THREATS
    assert (again.verdict, again.reason) == (UNCERTAIN, "not_all_read")


def test_another_model_than_that_of_the_assessment_is_refused():
    with pytest.raises(ModelError, match="another model"):
        explain(replace(scamcheck.check(WEAK), model_version="000000000000"))


def test_a_model_of_ones_own_is_asked_where_it_is_given():
    shipped = load_model()
    strict = replace(
        shipped,
        card=replace(shipped.card, sha256="f" * 64, thresholds={**shipped.card.thresholds, "sextortion_scam": 1.1}),
    )
    own = replace(scamcheck.check(WEAK), model_version="f" * 12)
    assert {each.verdict for each in explain(own, strict).each} == {UNCERTAIN}
    assert {each.verdict for each in explain(scamcheck.check(WEAK)).each} != {UNCERTAIN}


def test_the_same_mail_is_explained_the_same():
    raw = (MAILS / "lookalikes.eml").read_bytes()
    assert repr(scamcheck.check(raw).explanation) == repr(scamcheck.check(raw).explanation)
    assert repr(explain(scamcheck.check(raw))) == repr(explain(scamcheck.check(raw)))


def test_it_is_a_public_name():
    assert scamcheck.explain is explain
    assert "explain" in scamcheck.__all__
