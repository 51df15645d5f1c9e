"""Text that knows where each of its characters came from."""

from array import array
from dataclasses import dataclass

from scamcheck.types import Span


@dataclass(frozen=True, slots=True)
class MappedText:
    """A text derived from a source: character `i` stands for `source[starts[i]:ends[i]]`.

    Starts never decrease, and neither do ends, so a span of the text maps to one span of the source.
    """

    text: str
    starts: "array[int]"
    ends: "array[int]"

    def __post_init__(self) -> None:
        if not len(self.text) == len(self.starts) == len(self.ends):
            raise ValueError("a mapped text needs one source range for each character")

    def to_source(self, span: Span) -> Span:
        """Return the span of the source that a span of the text stands for.

        >>> MappedText.identity("abc").to_source(Span(1, 2))
        Span(start=1, end=2)
        """
        if not len(span):
            at = self.starts[span.start] if span.start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return Span(at, at)
        return Span(self.starts[span.start], self.ends[span.end - 1])

    def part(self, span: Span) -> "MappedText":
        """Return a stretch of the text, mapped to the same source."""
        kept = slice(span.start, span.end)
        return MappedText(self.text[kept], self.starts[kept], self.ends[kept])

    def through(self, inner: "MappedText", offset: int = 0) -> "MappedText":
        """Return this text, whose source is `inner.text` from `offset` on, mapped to the source of `inner`."""
        last = len(inner.text) - 1
        starts = array("l", (inner.starts[min(max(at - offset, 0), last)] for at in self.starts))
        ends = array("l", (inner.ends[min(max(at - 1 - offset, 0), last)] for at in self.ends))
        return MappedText(self.text, starts, ends)

    @classmethod
    def identity(cls, text: str) -> "MappedText":
        """Return the text mapped onto itself."""
        return cls(text, array("l", range(len(text))), array("l", range(1, len(text) + 1)))


class MappedTextBuilder:
    """Collects pieces of derived text with their source ranges."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._starts: array[int] = array("l")
        self._ends: array[int] = array("l")
        self.last = ""
        """The last piece added."""

    def __len__(self) -> int:
        return len(self._starts)

    @property
    def last_start(self) -> int:
        """Where the last character added starts in the source. Raises IndexError while nothing was added."""
        return self._starts[-1]

    def add(self, piece: str, start: int, end: int) -> None:
        """Append a piece that as a whole stands for `source[start:end]`."""
        if piece:
            self._pieces.append(piece)
            self._starts.extend([start] * len(piece))
            self._ends.extend([end] * len(piece))
            self.last = piece

    def copy(self, piece: str, start: int) -> None:
        """Append a piece that stands in the source at `start`, character by character."""
        if piece:
            self._pieces.append(piece)
            self._starts.extend(range(start, start + len(piece)))
            self._ends.extend(range(start + 1, start + len(piece) + 1))
            self.last = piece

    def build(self) -> MappedText:
        """Return what was collected."""
        return MappedText("".join(self._pieces), self._starts, self._ends)
