"""The lines of a text as a forward is told from: their quote marks, header labels and marker phrases.

The words, by language, are in `forward_words.toml`.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from scamcheck.limits import MAX_HEADER_CHARS

_MARKS = "\u200b\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"  # not seen, direction
SPACE = "".join(filter(str.isspace, map(chr, range(0x3001)))) + _MARKS
BOLD = SPACE + "*_|"  # bold as copying marks it, and the edges of a table drawn in characters
_RULE = BOLD + "-=~<>#+—–―─━"
_LINE = re.compile(r"((?:[ \t\u00a0]{0,3}[>＞]\|?){0,60})([^\r\n\u2028]*)(?:\r\n|[\r\n\u2028]|\Z)")
MARKED = re.compile(r"-{3,20}\s?([^-]{3,60}?)\s?-{3,20}\s*(.*)")
_SEPARATOR = re.compile(r"[:：|]")
_MAX_LABEL, _MAX_MARKER, MAX_ATTRIBUTION = 48, 160, 400  # characters; an attribution line has its parts joined


def fold_label(text: str) -> str:
    """Return a label or phrase without case, accents, vowel marks and decoration. Nothing of a mail is cached here."""
    text = text.strip(_RULE).replace("’", "'").casefold()
    if not text.isascii():
        marks = unicodedata.normalize("NFKD", text).replace("ı", "i")
        text = "".join(c for c in marks if unicodedata.category(c)[0] != "M").strip(SPACE)
    return " ".join(text.split())


def _either(words: Iterable[str]) -> str:
    """Return a pattern of words, longest first; only alphabets that part words with spaces need bounds."""
    ordered = [re.escape(word) for word in sorted(words, key=len, reverse=True)]
    bare = [word for word in ordered if re.search(r"[\u3040-\u9fff\uac00-\ud7a3]", word)]
    return "|".join([rf"(?<!\w)(?:{'|'.join(word for word in ordered if word not in bare)})(?!\w)", *bare])


@cache
class Words:
    """The table of words: roles by label, kinds by marker, and patterns of verbs, openings and labels."""

    def __init__(self) -> None:
        source = files("scamcheck.text").joinpath("forward_words.toml").read_text(encoding="utf-8")
        self._tables: list[dict[str, list[str]]] = list(tomllib.loads(source).values())
        labels = self._every("from", "to", "cc", "subject", "date", "reply_to", "other")
        long = sorted((re.escape(label) for label in labels if len(label) > 1), key=len, reverse=True)
        self.roles = {form: role for label, role in labels.items() for form in (label, fold_label(label))}
        self.markers = {
            fold_label(phrase): kind for phrase, kind in self._every("ends", "returned", "forwarded").items()
        }
        self.wrote = re.compile(_either(self._every("wrote")), re.IGNORECASE)
        self.on = re.compile(rf"\A(?:{_either(self._every('on'))})", re.IGNORECASE)
        self.by = re.compile(rf"\A(?:{_either(self._every('by'))})", re.IGNORECASE)
        self.stuck = re.compile(rf"(?<![^>\w\s)\]])({'|'.join(long)})\s?[:：]")

    def _every(self, *keys: str) -> dict[str, str]:
        return {word: key for key in keys for table in self._tables for word in table.get(key, ())}


class Line(NamedTuple):
    """A line of the visible text, seen through its quote marks."""

    row: int
    start: int  # behind the quote marks
    end: int  # past the line break
    depth: int
    content: str
    role: str  # of the header label at its start
    marker: str  # "forwarded", "ends", "returned", "rule" or nothing
    colon: bool  # ends as an attribution line does


def read_label(content: str) -> tuple[str, str]:
    """Return the role of the header label at the start of a line, or nothing, and what stands behind it."""
    content = content.lstrip(BOLD)
    mark = _SEPARATOR.search(content, 0, _MAX_LABEL)
    label, roles = content[: mark.start()] if mark else "", Words().roles
    value = content[mark.end() if mark else 0 :][:MAX_HEADER_CHARS]
    return roles.get(label) or roles.get(fold_label(label), ""), value.strip(BOLD)


def _marker(content: str) -> str:
    """Return what kind of marker a line is: a known phrase between dashes or with a colon, or a drawn line."""
    if content[0] not in _RULE and not content.endswith((":", "：")):
        return ""
    if len(content) > 3 and not content.strip(_RULE):
        return "rule"
    marked = MARKED.match(content)
    phrase = fold_label((marked[1] if marked else content[:_MAX_MARKER]).strip(_RULE + ":：.…"))
    found = Words().markers.get
    return found(phrase, "") or found(phrase.split(" from ", 1)[0], "")  # mutt: "Forwarded message from X"


def split_lines(visible: str) -> list[Line]:
    """Return the lines of a text with their quote marks, labels and markers."""
    lines: list[Line] = []
    for row, match in enumerate(_LINE.finditer(visible)):
        marks, rest = match.groups()
        content = rest.strip(SPACE)
        start = match.start(2) + (1 if marks and rest[:1] in (" ", "\u00a0") else 0)
        depth = marks.count(">") + marks.count("＞") if marks else 0
        role, marker, colon = "", "", False
        if content:
            role = read_label(content)[0] if _SEPARATOR.search(content, 0, _MAX_LABEL) else ""
            marker = _marker(content)
            colon = len(content) <= MAX_ATTRIBUTION and content.rstrip(_RULE).endswith((":", "："))
        lines.append(Line(row, start, match.end(), depth, content, role, marker, colon))
    return lines
