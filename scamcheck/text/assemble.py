"""One text from the parts of a message: what a person sees, and its folding."""

from dataclasses import dataclass, field

from scamcheck.limits import MAX_TEXT_CHARS
from scamcheck.text.language import identify
from scamcheck.text.offsets import MappedText
from scamcheck.text.spelling import unspell
from scamcheck.text.unicode import fold, merge
from scamcheck.text.visible import VisibleText, read_html, read_plain
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


def _read(part: Part) -> VisibleText:
    return read_html(part.source) if part.media_type == "text/html" else read_plain(part.source)


def _join(subject: str, bodies: list[tuple[int, VisibleText]]) -> Text:
    pieces = [(SUBJECT, MappedText.identity(subject))] if subject else []
    pieces += [(index, body.shown) for index, body in bodies if body.shown.text.strip()]
    visible, segments = "", []
    for index, mapped in pieces:
        if visible:
            visible += _GAP
        room = MAX_TEXT_CHARS - len(visible)
        if room <= 0:
            break
        mapped = MappedText(mapped.text[:room], mapped.starts[:room], mapped.ends[:room])
        segments.append(Segment(index, Span(len(visible), len(visible) + len(mapped.text)), mapped))
        visible += mapped.text
    unicode = fold(visible)
    folded, respelled = unspell(unicode.mapped)
    return Text(
        visible=visible,
        folded=folded,
        hidden=" ".join(body.hidden for _, body in bodies if body.hidden)[:MAX_TEXT_CHARS],
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
