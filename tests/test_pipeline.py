import subprocess

import pytest

import scamcheck
from scamcheck.types import Attachment, Message, Part, Verdict
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
    attachment = Attachment("doc.jpg", "image/jpeg", b"\xff\xd8\xff no picture")
    loaded = Message((Part("text/plain", NOTE),), subject="Plan", attachments=(attachment,))
    assert scamcheck.check(bare).verdict is Verdict.UNRELATED
    found = scamcheck.check(loaded)
    assert (found.verdict, found.reason) == (Verdict.UNCERTAIN, "not_all_read")
    assert found.defects


GERMAN = (
    "Ich habe Ihr Gerät gehackt und ein Video von Ihnen aufgenommen, während Sie Pornoseiten besuchten. Überweisen Sie "
    "900 Euro in Bitcoin, sonst schicke ich das Video an alle Ihre Kontakte. Sie haben 48 Stunden Zeit."
)
DUTCH = (
    "Ik heb uw computer gehackt en een video van u gemaakt terwijl u pornosites bezocht. Betaal 900 euro in bitcoin, "
    "anders stuur ik de video naar al uw contacten. U hebt 48 uur om te betalen."
)
FRENCH = (
    "J'ai piraté votre ordinateur et enregistré une vidéo de vous pendant que vous visitiez des sites pour adultes. "
    "Envoyez 900 euros en bitcoin, sinon j'enverrai la vidéo à tous vos contacts. Vous avez 48 heures."
)
LETTER = (
    "I hacked your device and recorded a video of you while you visited adult sites. Send 900 dollars in bitcoin, or I "
    "send the video to all your contacts. You have 48 hours. Do not go to the police."
)


@pytest.mark.parametrize(
    "line",
    [
        "The problem is that I really had a video call with someone two weeks ago and was naked.",
        "You enjoyed our little show on Chatroulette, do you remember me?",
        "Ich war mit dir auf Omegle.",
        "Het probleem is dat ik echt een foto naar mijn ex heb gestuurd.",
        "Le problème, c'est que je lui ai envoyé une vidéo, mon ex l'a peut-être.",
    ],
)
def test_a_shared_past_beats_every_likeness_to_the_mass_mail(line):
    language = {"Ich": "de", "Het": "nl", "Le ": "fr"}.get(line[:3], "en")
    letter = {"de": GERMAN, "nl": DUTCH, "fr": FRENCH, "en": LETTER}[language]
    assert scamcheck.check(letter).verdict is Verdict.SEXTORTION_SCAM
    assert scamcheck.check(f"{line}\n\n{letter}").verdict in (Verdict.UNCERTAIN, Verdict.PERSONAL_SEXTORTION)


def test_hostile_headers_do_not_stop_a_check():
    deep = Message((Part("text/plain", LETTER),), sender="(" * 5000, recipients="a@b")
    assert scamcheck.check(deep).verdict is Verdict.SEXTORTION_SCAM


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
    measured = json.loads((ROOT / "docs" / "measured" / "real-mail.json").read_text())
    assert json.loads(json.dumps(figures)) == {key: measured[key] for key in figures}


def test_the_makefile_helps_itself():
    from tests.conftest import ROOT

    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "make app" in shown
    assert "make test" in shown
