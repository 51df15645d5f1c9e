"""Concepts: what a text speaks of, by the cue stems of its language.

A text becomes places of concepts (`camera`, `payment`, `shame` ...) that mean the same in every language; so the
classifier carries what it learnt in one language over to the others. The stems stand in `languages/<code>.cues.toml`:

- a stem matches at the start of a word, whatever its ending: `record` finds "records" and "recorded";
- `*stem` matches anywhere inside a word, `stem$` only up to the word's end;
- a space in a stem parts words, each of which is matched so;
- in languages that write no spaces every stem matches anywhere.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from scamcheck.languages import MAIL_LANGUAGES, load_cues
from scamcheck.text.unicode import strip_marks
from scamcheck.types import Span

UNSPACED = frozenset(("ja", "zh", "ko"))
"""Languages whose stems match anywhere: written without spaces, or with endings that run on."""

NEAR = {"sv": ("da", "nb"), "da": ("nb", "sv"), "nb": ("da", "sv"), "cs": ("sk",), "sk": ("cs",), "uk": ("ru",),
        "ru": ("uk",), "pt": ("es",), "es": ("pt",)}  # fmt: skip
"""Languages that a short text is easily taken for. Their stems are tried as well."""

_WORD = re.compile(r"[^\W_]+|[$€£¥₽₴]")
_MAX_PARTING = 3  # characters between the words of one stem: a space, a hyphen, an apostrophe


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """One place where a text speaks of a concept: the span of the words, in the text that was searched."""

    span: Span
    concept: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """One word of a stem. `whole`: the word of the text must be the piece, not only begin with it."""

    text: str
    whole: bool


Stem = tuple[str, tuple[_Piece, ...]]
"""A concept, and the words of a stem."""


def _pieces(stem: str) -> Iterator[_Piece]:
    for chunk in strip_marks(stem).lower().split(" "):
        words = _WORD.findall(chunk.removesuffix("$") or chunk)
        # "e-mail" is two words for the search; only the last one of them may go on.
        yield from (_Piece(word, whole=True) for word in words[:-1])
        if words:
            yield _Piece(words[-1], whole=chunk[-1] in "$+")


class _Stems:
    """The stems of one language, looked up by the beginning of a word."""

    def __init__(self, language: str) -> None:
        self.starts: dict[str, list[Stem]] = {}
        self.anywhere: dict[str, list[Stem]] = {}
        self.phrases: dict[tuple[str, str], list[Stem]] = {}
        """Stems of several words, by their first word and the first letter of the second."""
        for concept, stems in load_cues(language).items():
            for stem in stems:
                pieces = tuple(_pieces(stem.lstrip("*")))
                if stem.startswith("*") or language in UNSPACED:
                    self.anywhere.setdefault(pieces[0].text, []).append((concept, pieces))
                elif len(pieces) > 1:
                    self.phrases.setdefault((pieces[0].text, pieces[1].text[0]), []).append((concept, pieces))
                else:
                    self.starts.setdefault(pieces[0].text, []).append((concept, pieces))
        self.start_sizes = sorted({len(stem) for stem in self.starts} | {len(first) for first, _ in self.phrases})
        self.anywhere_sizes = sorted({len(stem) for stem in self.anywhere})


@cache
def _stems(language: str) -> _Stems:
    return _Stems(language)


def concepts() -> tuple[str, ...]:
    """Return the ids of all concepts, in the order of the English file."""
    return tuple(load_cues("en"))


def languages_for(language: str) -> tuple[str, ...]:
    """Return the languages whose stems are tried on a text: its own and those it is easily taken for, or English."""
    return (language, *NEAR.get(language, ())) if language in MAIL_LANGUAGES else ("en",)


def _end(pieces: tuple[_Piece, ...], words: Sequence[re.Match[str]], at: int, end: int) -> int | None:
    """Return the place behind a stem whose first piece ends at `end` in `words[at]`, or None where it breaks off."""
    if pieces[0].whole and end != words[at].end():
        return None
    for step, piece in enumerate(pieces[1:], start=1):
        if at + step >= len(words) or words[at + step].start() - words[at + step - 1].end() > _MAX_PARTING:
            return None
        word = words[at + step].group()
        if not (word == piece.text if piece.whole else word.startswith(piece.text)):
            return None
        end = words[at + step].start() + len(piece.text)
    return end


def _hits(words: Sequence[re.Match[str]], stems: _Stems) -> Iterator[Hit]:
    for at, match in enumerate(words):
        word = match.group()
        found = [(0, size, stems.starts.get(word[:size], ())) for size in stems.start_sizes if size <= len(word)]
        if at + 1 < len(words):
            following = words[at + 1].group()[0]
            found += [(0, size, stems.phrases.get((word[:size], following), ())) for size in stems.start_sizes]
        found += [
            (start, size, stems.anywhere.get(word[start : start + size], ()))
            for start in range(len(word) if stems.anywhere else 0)
            for size in stems.anywhere_sizes
            if start + size <= len(word)
        ]
        for start, size, entries in found:
            for concept, pieces in entries:
                end = _end(pieces, words, at, match.start() + start + size)
                if end is not None:
                    yield Hit(Span(match.start() + start, end), concept)


def find_concepts(text: str, language: str) -> list[Hit]:
    """Return the hits in folded text, in order. Time is linear in the length of the text.

    >>> [hit.concept for hit in find_concepts("a webcam", "en")]
    ['camera']
    """
    lowered = text.lower()
    if len(lowered) != len(text):  # a few capitals have longer small letters; the places matter more
        lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    words = list(_WORD.finditer(lowered))
    return sorted({hit for code in languages_for(language) for hit in _hits(words, _stems(code))})
