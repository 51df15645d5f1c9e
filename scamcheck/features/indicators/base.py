"""What a detector is, and the plain detector that only looks for cues."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from scamcheck.features.cues import find_cues
from scamcheck.text import Text
from scamcheck.types import Finding, Message, Span

Find = Callable[[Text, Message], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Detector:
    """One indicator: its id, which names its texts and cues in the language files, and how it is found."""

    id: str
    find: Find


def visible_span(text: Text, start: int, end: int) -> Span:
    """Return the span of the visible text for a range of the folded text."""
    return text.folded.to_source(Span(start, end))


def cue_detector(indicator: str) -> Detector:
    """Return the detector of an indicator that is found by its cues alone."""

    def find(text: Text, message: Message) -> Iterator[Finding]:
        for match, _ in find_cues(indicator, text.folded.text, text.language):
            yield Finding(indicator, visible_span(text, *match.span()))

    return Detector(indicator, find)
