"""Cutting a text into sentences: what a claim is made in, and what evidence is shown as."""

import re

from scamcheck.types import Span

MAX_SENTENCE_CHARS = 400
"""Longer stretches without a full stop are cut at a space; a claim is made in less."""

# A stop ends a sentence where space, a quote or the end follows; in scripts without spaces it always does.
_END = re.compile(r"(?:[.!?…;]+[)\"'»”’\]]{0,3}(?=\s|$)|[。！？]+[」』）]{0,3}|\n)")
_ABBREVIATION = re.compile(
    r"(?<!\w)(?:\w|mr|mrs|ms|dr|nr|no|st|bzw|ca|usw|etc|resp|inkl|bijv|tel|art|pag|str|vgl|approx|min|max)\.$",
    re.IGNORECASE,
)


def split_sentences(text: str) -> list[Span]:
    r"""Return the spans of the sentences of a text, in order, without the white space around them.

    >>> [span.of("Hi. Pay me!\nNow") for span in split_sentences("Hi. Pay me!\nNow")]
    ['Hi.', 'Pay me!', 'Now']
    """
    spans: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if match.group()[0] == "." and _ABBREVIATION.search(text, max(start, match.start() - 8), match.start() + 1):
            continue
        spans += _trimmed(text, start, match.end())
        start = match.end()
    return spans + _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> list[Span]:
    """Return the range without white space at its ends, cut where it is too long; nothing where nothing is left."""
    spans = []
    while start < end:
        cut = end
        if end - start > MAX_SENTENCE_CHARS:
            space = text.rfind(" ", start, start + MAX_SENTENCE_CHARS)
            cut = space if space > start else start + MAX_SENTENCE_CHARS
        piece = text[start:cut]
        left = len(piece) - len(piece.lstrip())
        if stripped := piece.strip():
            spans.append(Span(start + left, start + left + len(stripped)))
        start = cut
    return spans
