import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcheck.text.sentences import MAX_SENTENCE_CHARS, split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("I see you. Pay now! Or else?", ["I see you.", "Pay now!", "Or else?"]),
        ("one line\nanother line", ["one line", "another line"]),
        ("Mr. Smith has approx. 3.5 kg. Good.", ["Mr. Smith has approx. 3.5 kg.", "Good."]),
        ("録画しました。払ってください！「はい」と", ["録画しました。", "払ってください！", "「はい」と"]),
        ('He wrote: "pay." Then nothing.', ['He wrote: "pay."', "Then nothing."]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_sentences(text, sentences):
    assert [span.of(text) for span in split_sentences(text)] == sentences


@given(st.text(max_size=1500))
def test_sentences_tile_the_text_but_for_white_space(text):
    spans = split_sentences(text)
    assert all(0 < len(span) <= MAX_SENTENCE_CHARS for span in spans)
    assert "".join(span.of(text) for span in spans).split() == text.split() or "".join(
        "".join(span.of(text) for span in spans).split()
    ) == "".join(text.split())
