import subprocess

import pytest

import scamcheck
from scamcheck.types import Message, Part, Verdict
from tests.conftest import MAILS

NOTE = "Hello Karen, here is the plan for Thursday. We meet at ten in the small room. Best wishes, Tom from the office"


@pytest.mark.parametrize("name", ["plain.eml", "html.eml", "lookalikes.eml", "dutch.txt"])
def test_our_sample_mails_are_found_however_they_are_written(name):
    assert scamcheck.check((MAILS / name).read_bytes(), filename=name).verdict is Verdict.SEXTORTION_SCAM


def test_the_three_kinds_of_source_give_the_same_answer():
    raw = (MAILS / "plain.eml").read_bytes()
    message = scamcheck.read(raw)
    found = {scamcheck.check(raw).verdict, scamcheck.check(raw.decode()).verdict, scamcheck.check(message).verdict}
    assert found == {Verdict.SEXTORTION_SCAM}


def test_spans_are_the_very_words():
    assessment = scamcheck.check((MAILS / "html.eml").read_bytes())
    words = {finding.indicator: finding.span.of(assessment.text) for finding in assessment.findings}
    assert "hacked your device" in words["hacked_device"]
    assert "rose" in assessment.hidden_text
    assert "rose" not in assessment.text


def test_the_more_threatening_alternative_is_judged():
    assert "recorded you" in scamcheck.check((MAILS / "html.eml").read_bytes()).text


def test_a_harmless_text_with_an_unread_attachment_is_an_abstention():
    bare = Message((Part("text/plain", NOTE),), subject="Plan")
    loaded = Message((Part("text/plain", NOTE),), subject="Plan", attachments=("doc.jpg (image/jpeg)",))
    assert scamcheck.check(bare).verdict is Verdict.UNRELATED
    found = scamcheck.check(loaded)
    assert (found.verdict, found.reason) == (Verdict.UNCERTAIN, "attachment_not_read")
    assert found.defects


@pytest.mark.parametrize("text", ["hi", "ok thanks bye", "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"])
def test_too_little_text_is_an_abstention(text):
    assert scamcheck.check(text).reason == "too_short"


def test_the_same_input_gives_the_same_answer():
    raw = (MAILS / "lookalikes.eml").read_bytes()
    assert scamcheck.check(raw) == scamcheck.check(raw)


@pytest.mark.corpus
def test_every_real_mail_is_checked_and_none_stops_the_run(corpus, tmp_path):
    """The figures themselves are those of `make measure`; here they must still hold."""
    import json

    from scamcheck.evaluation import evaluate
    from tests.conftest import ROOT

    figures = evaluate(corpus, workers=2)
    assert figures["mails"] == sum(sum(counts.values()) for counts in figures["verdicts_by_label"].values())
    measured = json.loads((ROOT / "docs" / "measured" / "real-mail.json").read_text())["real_mail"]
    assert measured["labels_sha256"] == figures["labels_sha256"]
    assert figures == measured


def test_the_makefile_helps_itself():
    from tests.conftest import ROOT

    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "make app" in shown
    assert "make test" in shown
