"""What is fuzzed: reading bytes and finding their layers, with everything that must hold of the answer."""

from scamcheck.errors import UnreadableInputError
from scamcheck.features.vectorize import sample
from scamcheck.limits import MAX_LAYERS, MAX_PART_CHARS, MAX_TEXT_CHARS
from scamcheck.readers import child, read_all
from scamcheck.text import layers
from scamcheck.types import Message, Span

NAMES = (None, "a.eml", "a.txt", "a.html", "a.mbox", "a.zip", "a.docx", "a.ics", "a.msg")
"""Names that push the choice of the reader where the content leaves it open."""


def run(data: bytes) -> int:
    """Read the bytes (the first one chooses the file name), check every message, return how many there were.

    Anything raised but UnreadableInputError is a defect. The child process that reads pictures and PDF is left out: it
    is a process of its own, and the bytes that reach it are fuzzed in tests/readers/.
    """
    if not data:
        return 0
    count, refused = 0, None
    try:
        for item in read_all(data[1:], filename=NAMES[data[0] % len(NAMES)]):
            assert (item.message is None) != (item.error is None)
            if item.message is not None:
                check(item.message)
                count += 1
    except UnreadableInputError as error:
        refused = error
    assert refused is None or (refused.code and str(refused).endswith("."))
    return count


def check(message: Message) -> None:
    """Assert what must hold of every message: caps, characters that can be shown, offsets that lead back."""
    for inner in message.enclosed:
        check(inner)
    for part in message.parts:
        part.source.encode("utf-8")
        assert len(part.hidden) <= MAX_PART_CHARS
        assert all(span.end <= len(part.source) for span, _ in part.boxes)
    found = layers(message)
    assert 1 <= len(found) <= MAX_LAYERS
    for layer in found:
        text = layer.text
        text.visible.encode("utf-8")
        assert len(text.visible) <= MAX_TEXT_CHARS + 2
        assert len(text.folded.text) == len(text.folded.starts) == len(text.folded.ends)
        for sentence in sample(text.folded.text, text.language).sentences[:50]:
            visible = text.folded.to_source(sentence.span)
            assert visible.end <= len(text.visible)
            place = text.to_part(visible)
            if place is not None:
                number, span = place
                source = layer.source.parts[number].source if number >= 0 else layer.source.subject
                assert span.end <= len(source)
        for segment in text.segments:
            whole = segment.mapped.to_source(Span(0, len(segment.mapped.text)))
            assert whole.start <= whole.end


def without_child() -> None:
    """Make the readers of pictures and PDF answer at once that they cannot: they are fuzzed on their own."""

    def refuse(*_: object, **__: object) -> None:
        raise UnreadableInputError("Left out of this run.", code="too_slow")

    child.Child.ask = refuse  # type: ignore[method-assign]
