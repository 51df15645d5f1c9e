from hypothesis import given
from hypothesis import strategies as st

from scamcheck.text import assemble
from scamcheck.text.assemble import SUBJECT
from scamcheck.text.language import identify
from scamcheck.text.redact import redact
from scamcheck.types import Message, Part, Span


def test_both_alternatives_are_readings():
    message = Message((Part("text/plain", "harmless"), Part("text/html", "<p>threat</p>")), subject="S")
    assert [text.visible.strip() for text in assemble(message)] == ["S\n\nharmless", "S\n\nthreat"]


def test_an_empty_message_has_one_empty_reading():
    assert [text.visible for text in assemble(Message(()))] == [""]


def test_spans_lead_to_the_part_they_come_from():
    part = "<p>I h&aacute;cked <b>you</b></p>"
    text = assemble(Message((Part("text/html", part),), subject="Hi there"))[0]
    at = text.visible.index("hácked you")
    place = text.to_part(Span(at, at + len("hácked you")))
    assert place is not None
    assert place[0] == 0
    assert place[1].of(part) == "h&aacute;cked <b>you"
    assert text.to_part(Span(0, 2)) == (SUBJECT, Span(0, 2))
    assert text.to_part(Span(7, 12)) is None


@given(st.text(max_size=120), st.text(alphabet="<>b/ &#105;aе\u200b\n", max_size=120))
def test_every_folded_character_leads_to_the_source(subject, body):
    message = Message((Part("text/html", body),), subject=subject)
    for text in assemble(message):
        for place in range(len(text.folded.text)):
            span = text.folded.to_source(Span(place, place + 1))
            assert 0 <= span.start < span.end <= len(text.visible)
            home = text.to_part(span)
            if home is not None:
                assert home[1].end <= len(subject if home[0] == SUBJECT else body)


def test_languages():
    assert identify("Ik heb uw computer gehackt en een video gemaakt.") == "nl"
    assert identify("J'ai piraté votre ordinateur et filmé une vidéo.") == "fr"
    assert identify("Ich habe Ihren Computer gehackt und ein Video gemacht.") == "de"
    assert identify("I have hacked your computer and made a video.") == "en"
    assert identify("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2") == "und"
    assert identify("") == "und"


def test_redaction_keeps_the_length_and_the_rest():
    text = "Your password hunter2! was sent to ann@example.org, call +32 470 00 00 00 before 2026"
    masked = redact(text, ["hunter2!"])
    assert len(masked) == len(text)
    assert "hunter2" not in masked
    assert "ann@" not in masked
    assert "470" not in masked
    assert masked.endswith("before 2026")
