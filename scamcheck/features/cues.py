"""Cues: the phrases of a claim, written for people and compiled to linear patterns.

A cue is a regular expression over folded text (no marks, any letter case) with four shorthands:

- a space stands for any white space;
- `…` stands for up to 50 characters of the same sentence;
- `#` stands for a number in digits or words;
- `<secret>` stands for one quoted or spelled-out word that the sender claims to know.

A cue matches whole words. Unbounded repetition is refused, so that a cue cannot be made slow by hostile text.
"""

import re
from collections.abc import Iterator
from functools import cache

from scamcheck.languages import LANGUAGES, load_language
from scamcheck.text.unicode import strip_marks

_GAP = r"(?:[^.!?\n]|\n(?![ \t]*\n)|[.](?=\w)){0,50}?"
_QUOTED_WORD = r"[\s:\"'«»„“”*\-–=]{1,6}(?P<secret%d>[^\s\"'«»„“”]{4,40})"
_UNBOUNDED = re.compile(r"(?<!\\)[*+]|\{\d*,\}")


class CueError(ValueError):
    """A cue breaks the syntax; raised while scamcheck is being developed, never for user input."""


def expand(cue: str, number: str, place: int) -> str:
    """Return the regular expression of one cue. `number` is the pattern that `#` stands for."""
    plain = "…".join(strip_marks(piece) for piece in cue.split("…"))  # compatibility form would spell the ellipsis out
    if _UNBOUNDED.search(plain.replace(r"\w*", "")):
        raise CueError(f"unbounded repetition in the cue {cue!r}")
    pattern = plain.replace(r"\w*", r"\w{0,20}").replace("#", f"(?:{number})")
    pattern = pattern.replace("<secret>", _QUOTED_WORD % place)
    pattern = re.sub(r" ?… ?", lambda _: rf"\b{_GAP}\b", pattern)
    # Possessive, so that a run of spaces is split in one way only.
    pattern = pattern.replace(" ?", r"\s{0,5}+").replace(" ", r"\s{1,5}+")
    return rf"(?<!\w)(?:{pattern})" + ("" if "<secret>" in cue else r"(?!\w)")


@cache
def number_pattern(language: str) -> str:
    """Return the pattern of a number, in digits or in the words of a language."""
    words = sorted((strip_marks(word) for word in load_language(language).number_words), key=len, reverse=True)
    return "|".join([r"\d{1,4}", *map(re.escape, words)])


@cache
def compile_cues(name: str, language: str) -> re.Pattern[str] | None:
    """Return one pattern for all cues of an indicator in a language, or None where it has none."""
    cues = load_language(language).cues(name)
    if not cues:
        return None
    number = number_pattern(language)
    return re.compile("|".join(expand(cue, number, place) for place, cue in enumerate(cues)), re.IGNORECASE)


def languages_for(language: str) -> tuple[str, ...]:
    """Return the languages whose cues are tried on a text in `language`: its own and English, or all where unknown."""
    return tuple(dict.fromkeys((language, "en"))) if language in LANGUAGES else LANGUAGES


def find_cues(name: str, text: str, language: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield each match of an indicator's cues in folded text, with the language whose cue it was."""
    for code in languages_for(language):
        pattern = compile_cues(name, code)
        if pattern:
            yield from ((match, code) for match in pattern.finditer(text))
