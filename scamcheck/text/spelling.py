"""Undoing disguises of spelling: spaced-out letters, words cut by punctuation, junk in brackets, digits for letters.

Each of them also occurs in honest text ("N.A.T.O.", "e-mail", "mp3"), so three of the four are undone only where a text
is full of them: a disguise is a habit of the whole letter, not of one word.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable

from scamcheck.text.offsets import MappedText
from scamcheck.types import Span

_LETTER = r"[^\W\d_]"
_WORD = re.compile(rf"{_LETTER}+")
_LONE = re.compile(rf"(?<!\w){_LETTER}(?!\w)")
_DOTS = r"[.\-_*·•,'|/~+]"
_PARTED = rf"(?<!\w){_LETTER}(%s){_LETTER}(?:\1{_LETTER}){{%d,2000}}(?!\w)"
_CUT = re.compile(rf"(?<=[^\W\d_])(?:(?P<odd>[_*|·•~^+\\])|[.\-,/:;!]){{1,2}}(?={_LETTER})")
_BETWEEN_STUMPS = re.compile(rf"{_LETTER}{{2}}\W{{1,2}}{_LETTER}{{2}}")
_BRACKETS = re.compile(rf"\s?(?:\({_LETTER}{{3,14}}\)|\[{_LETTER}{{3,14}}\]|\{{{_LETTER}{{3,14}}\}})")
_LEET_TOKEN = re.compile(r"(?<![\w@$€])[a-zA-Z013457@$€!]{2,15}(?![\w@$€])")
_LEET_CLEAR = re.compile(r"[a-zA-Z][013457@$€!]{1,2}[a-zA-Z]|^[@$€][a-zA-Z]{2}")
_LEET = str.maketrans("013457@$€!", "oieastasei")
_NO_WORD = re.compile(r"\S{0,200}(?:@[\w-]{1,60}\.|://|www\.)\S{0,500}")

MIN_LONE_SHARE = 0.6
"""Of the tokens, single letters: above it, also runs of two letters are words."""
MIN_COUNT = 4
MIN_ODD_CUT_SHARE = 0.05
MIN_CUT_SHARE = 0.3
"""Cuts for each word, by odd signs (as in "vi*deo"), and by any: hyphens and stops stand in ordinary prose as well."""
MIN_BRACKET_SHARE = 0.03
MIN_LEET_SHARE = 0.05

Edit = tuple[int, int, str]
"""Replace `text[start:end]`; the new text is as long as the old, or empty."""


def unspell(source: MappedText) -> tuple[MappedText, list[Span]]:
    """Return the text without disguises of spelling, and the spans of its source where one was undone."""
    disguises: list[Span] = []
    for find in (_dotted_letters, _spaced_letters, _junk_in_brackets, _cut_words, _digits_for_letters):
        edits = find(source.text)
        if edits:
            disguises += [source.to_source(Span(start, end)) for start, end, _ in edits]
            source = _apply(source, edits)
    return source, disguises


def _apply(source: MappedText, edits: list[Edit]) -> MappedText:
    pieces, starts, ends, at = [], array("l"), array("l"), 0
    for start, end, new in [*edits, (len(source.text), len(source.text), "")]:
        pieces += [source.text[at:start], new]
        kept = end if new else start
        starts += source.starts[at:kept]
        ends += source.ends[at:kept]
        at = end
    return MappedText("".join(pieces), starts, ends)


def _dotted_letters(text: str) -> list[Edit]:
    return _parted_letters(text, _DOTS)


def _spaced_letters(text: str) -> list[Edit]:
    return _parted_letters(text, " ")


def _parted_letters(text: str, mark: str) -> list[Edit]:
    lone = sum(1 for _ in _LONE.finditer(text))
    if lone < MIN_COUNT:
        return []
    everywhere = lone >= MIN_LONE_SHARE * sum(1 for _ in _WORD.finditer(text))
    # Four letters are a word in any text; fewer only where the text is written that way.
    pattern = re.compile(_PARTED % (mark, 0 if everywhere else 2))
    return [(at, at + 1, "") for match in pattern.finditer(text) for at in range(match.start() + 1, match.end(), 2)]


def _frequent(text: str, count: int, share: float) -> bool:
    return count >= MIN_COUNT and count >= share * sum(1 for _ in _WORD.finditer(text))


def _junk_in_brackets(text: str) -> list[Edit]:
    edits = [(*match.span(), "") for match in _BRACKETS.finditer(text)]
    return edits if _frequent(text, len(edits), MIN_BRACKET_SHARE) else []


def _outside_links(text: str) -> Callable[[int], bool]:
    """Return the test whether a place lies in no web or mail address."""
    links = [match.span() for match in _NO_WORD.finditer(text)] if "." in text else []
    begins = [start for start, _ in links]

    def outside(place: int) -> bool:
        before = bisect_left(begins, place + 1) - 1
        return before < 0 or place >= links[before][1]

    return outside


def _cut_words(text: str) -> list[Edit]:
    outside = _outside_links(text)
    cuts = [match for match in _CUT.finditer(text) if outside(match.start())]
    # Initials and abbreviations have one letter on a side; a word that is cut has more on both.
    clear = [match for match in cuts if _BETWEEN_STUMPS.match(text, match.start() - 2)]
    odd = sum(1 for match in clear if match["odd"])
    if not _frequent(text, odd, MIN_ODD_CUT_SHARE) and not _frequent(text, len(clear), MIN_CUT_SHARE):
        return []
    return [(*match.span(), "") for match in cuts]


def _digits_for_letters(text: str) -> list[Edit]:
    tokens = [match for match in _LEET_TOKEN.finditer(text) if not match.group().isalpha()]
    clear = sum(1 for match in tokens if _LEET_CLEAR.search(match.group()))
    if not _frequent(text, clear, MIN_LEET_SHARE):
        return []
    return [
        (*match.span(), match.group().translate(_LEET))
        for match in tokens
        if any(char.isalpha() for char in match.group())
    ]
