"""One text from the parts of a message: what a person sees, and its folding."""

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise

from scamcheck.limits import MAX_TEXT_CHARS
from scamcheck.text.language import identify
from scamcheck.text.offsets import MappedText
from scamcheck.text.spelling import unspell
from scamcheck.text.unicode import fold, merge
from scamcheck.text.visible import VisibleText, read_html
from scamcheck.types import Message, Part, Span

SUBJECT = -1
"""The place of the subject in `Segment.part`, which else is an index into the parts of the message."""

_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the visible text that comes from one part: its span there, and its map to the part's source."""

    part: int
    span: Span
    mapped: MappedText


@dataclass(frozen=True, slots=True)
class Text:
    """One reading of a message. `folded` maps to `visible`; `segments` map `visible` to the parts."""

    visible: str
    folded: MappedText
    hidden: str
    segments: tuple[Segment, ...]
    disguises: tuple[Span, ...]
    language: str
    truncated: bool = field(default=False)

    def to_part(self, span: Span) -> tuple[int, Span] | None:
        """Return the part (or `SUBJECT`) and the span of its source that a span of the visible text stands for.

        None where the span begins in no part (the blank line between two) or reaches over the end of one.
        """
        for segment in self.segments:
            if segment.span.start <= span.start and span.end <= segment.span.end and len(span):
                inner = Span(span.start - segment.span.start, span.end - segment.span.start)
                return segment.part, segment.mapped.to_source(inner)
        return None

    def inner(self, subject: str, body: MappedText) -> "Text":
        """Return a message that stands in this one as a text of its own.

        `body` is its text mapped to `visible`; `subject` is looked for in front of it, so that it keeps its place.
        """
        at = self.visible.rfind(subject, 0, body.starts[0]) if subject and len(body.text) else -1
        pieces = [self._piece(MappedText.identity(self.visible).part(Span(at, at + len(subject))))] if at >= 0 else []
        pieces += [self._piece(body.part(span)) for span in self._by_segment(body)]
        return _text([piece for piece in pieces if piece[1].text], self.hidden)

    def _by_segment(self, body: MappedText) -> list[Span]:
        """Return the stretches of a body that each come from one segment."""
        edges = [edge for segment in self.segments for edge in (segment.span.start, segment.span.end)]
        cuts = sorted({0, len(body.text), *(bisect_left(body.starts, edge) for edge in edges)})
        return [Span(start, end) for start, end in pairwise(cuts)]

    def _piece(self, mapped: MappedText) -> tuple[int, MappedText]:
        """Return a stretch that is mapped to `visible`, mapped to the source of its part."""
        for segment in self.segments:
            if mapped.text and segment.span.start <= mapped.starts[0] < segment.span.end:
                return segment.part, mapped.through(segment.mapped, segment.span.start)
        return SUBJECT, MappedText.identity("")


def _read(part: Part) -> VisibleText:
    if part.media_type == "text/html":
        return read_html(part.source)
    return VisibleText(MappedText.identity(part.source), part.hidden)


def _join(subject: str, bodies: list[tuple[int, VisibleText]]) -> Text:
    pieces = [(SUBJECT, MappedText.identity(subject))] if subject else []
    pieces += [(index, body.shown) for index, body in bodies if body.shown.text.strip()]
    return _text(pieces, " ".join(body.hidden for _, body in bodies if body.hidden)[:MAX_TEXT_CHARS])


def _text(pieces: list[tuple[int, MappedText]], hidden: str) -> Text:
    visible, segments = "", []
    for index, mapped in pieces:
        if visible:
            visible += _GAP
        room = MAX_TEXT_CHARS - len(visible)
        if room <= 0:
            break
        mapped = mapped.part(Span(0, min(room, len(mapped.text))))
        segments.append(Segment(index, Span(len(visible), len(visible) + len(mapped.text)), mapped))
        visible += mapped.text
    unicode = fold(visible)
    folded, respelled = unspell(unicode.mapped)
    return Text(
        visible=visible,
        folded=folded,
        hidden=hidden,
        segments=tuple(segments),
        disguises=merge([*unicode.disguises, *respelled]),
        language=identify(visible, folded.text),
        truncated=sum(len(mapped.text) + len(_GAP) for _, mapped in pieces) - len(_GAP) > MAX_TEXT_CHARS,
    )


def assemble(message: Message) -> tuple[Text, ...]:
    """Return the readings of a message: one, or two where plain text and HTML stand side by side.

    A mail program shows either alternative, and scam mail puts the threat in the one that the filter does not read, so
    both are judged. At least one reading always comes back, though its text may be empty.
    """
    read = [(index, _read(part)) for index, part in enumerate(message.parts)]
    html = [pair for pair in read if message.parts[pair[0]].media_type == "text/html"]
    plain = [pair for pair in read if message.parts[pair[0]].media_type != "text/html"]
    readings = [_join(message.subject, bodies) for bodies in (plain, html) if bodies]
    return tuple(readings) or (_join(message.subject, []),)
