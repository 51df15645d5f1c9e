"""What a printed document is made of: blocks of text that HTML and PDF show alike.

Texts of any origin stand in them as they are; `plain` makes them harmless where they are shown.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import ClassVar

_SHOWN = frozenset(("L", "M", "N", "P", "S"))
_LINE_ENDS = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")


class Style(StrEnum):
    """How a paragraph is set."""

    LEAD = "lead"
    PLAIN = "plain"
    STRONG = "strong"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading over the blocks that follow."""

    kind: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of our own words."""

    kind: ClassVar[str] = "paragraph"
    text: str
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a mail, in their own direction; every line of them is a line of its own."""

    kind: ClassVar[str] = "quote"
    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list, numbered from `start`, or with dashes where that is 0."""

    kind: ClassVar[str] = "items"
    items: tuple[str, ...]
    start: int = 0


@dataclass(frozen=True, slots=True)
class Fields:
    """Names with their values."""

    kind: ClassVar[str] = "fields"
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Exact:
    """A string that is copied letter by letter (a wallet, a digest): on a line of its own, in a fixed width."""

    kind: ClassVar[str] = "exact"
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """A service: its name, how to reach it, what it is for. `link` is the `tel:` address of `call`, or empty."""

    kind: ClassVar[str] = "card"
    name: str
    call: str
    link: str
    lines: tuple[str, ...]


Block = Heading | Paragraph | Quote | Items | Fields | Exact | Card


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its title, its language (ISO 639-1), when it was made, and its blocks.

    `cut` is what is said where the rest is left out, because it would fill too many pages. `large` asks for large type.
    """

    title: str
    language: str
    made_at: datetime
    blocks: tuple[Block, ...]
    cut: str
    large: bool = False


def stamp(moment: datetime) -> str:
    """Return a time in UTC, to the second.

    >>> stamp(datetime(2026, 3, 4, 10, 0, tzinfo=UTC))
    '2026-03-04 10:00:00'
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def lines(text: str) -> list[str]:
    """Return the lines of a text, however they end."""
    return _LINE_ENDS.split(text)


def plain(text: str, can_show: Callable[[str], bool] = lambda char: True) -> str:
    r"""Return a text on one line in which every character is seen and none steers the display.

    Blanks of any kind become spaces. What shows nothing, turns the direction of the text, is no character or cannot be
    shown stands as its code point in brackets, with its number where there are several of them in a row.

    >>> plain("a\u202eb\u200b\u200b\u200b\tc")
    'a[U+202E]b[U+200B×3] c'
    """
    return "".join(_plain(text, can_show))


def _plain(text: str, can_show: Callable[[str], bool]) -> Iterator[str]:
    code, count = "", 0
    for char in text:
        category = unicodedata.category(char)
        blank = category in ("Zs", "Zl", "Zp") or char in "\t\n\r\x0b\x0c\x85"
        unseen = not blank and (category[0] not in _SHOWN or not can_show(char))
        if count and not (unseen and char == code):
            yield _code(code, count)
            count = 0
        if unseen:
            code, count = char, count + 1
        else:
            yield " " if blank else char
    if count:
        yield _code(code, count)


def _code(char: str, count: int) -> str:
    times = f"×{count}" if count > 1 else ""
    return f"[U+{ord(char):04X}{times}]"
