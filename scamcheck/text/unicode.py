"""Folding: the text without what disguises it, with every character's place in the text it came from.

Folded away, in this order: character references left in plain text, characters that show nothing, compatibility letters
(NFKC), marks on Latin, Greek, Cyrillic and Arabic letters, and letters of another script inside a word. Letter case
stays. A token wholly in one script other than Latin stays too, unless the text around it is Latin and every letter of
the token has a Latin double, so real Russian and Greek are not touched.
"""

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from scamcheck.text.offsets import MappedText, MappedTextBuilder
from scamcheck.types import Span

_REFERENCE = re.compile(r"&(?:amp;){0,3}(?:#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6})|[A-Za-z][A-Za-z0-9]{1,31});")
_TOKEN = re.compile(r"[^\W_](?:[^\W_]|\u00a1)*")  # an inverted exclamation mark inside a word stands for an i
# Fillers that are letters or marks by category, and the stroke that stretches an Arabic word.
_INVISIBLE_EXTRA = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u0640"
_MARKS_RANGE = ("\u0300", "\u036f")  # Combining Diacritical Marks
_ARABIC_MARKS = ("\u064b", "\u0655")  # vowel signs: a matter of taste, not of meaning
_MARKED_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "ARABIC")
_LATIN_IN = {
    "CYRILLIC": str.maketrans("aceopxyiAOEPCTXHKMByuk", "асеорхуіАОЕРСТХНКМВуик"),
    "GREEK": str.maketrans("aovuipxnkwABEZHIKMNOPTYX", "αονυιρχηκωΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"),
}
"""Latin letters that stand in for those of another script, where the text around them is in that script."""
_MAX_EXPANSION = 4  # "㎏" and "ﬃ" are letters in disguise; a whole phrase in one character (U+FDFA) is not
_STROKED = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T", "ı": "i",
     "ɨ": "i", "ð": "d", "Ð": "D", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ß": "ss", "ẞ": "SS", "þ": "th"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text, mapped to its source, and the spans of the source where a disguise was undone."""

    mapped: MappedText
    disguises: tuple[Span, ...]


@cache
def _confusables() -> dict[str, str]:
    rows = files("scamcheck.text").joinpath("confusables.tsv").read_text(encoding="ascii").splitlines()
    return {chr(int(code, 16)): letter for code, letter, _ in (row.split("\t") for row in rows)}


def is_invisible(char: str) -> bool:
    """Return whether a character shows nothing and parts no words: format characters, fillers, variation selectors."""
    return (
        unicodedata.category(char) == "Cf" or char in _INVISIBLE_EXTRA or "\ufe00" <= char <= "\ufe0f" or char == "\0"
    )


@cache
def _script(char: str) -> str:
    """Return the script of a letter by the first word of its Unicode name, '' for anything that is no letter."""
    if not char.isalpha():
        return ""
    return unicodedata.name(char, "").partition(" ")[0]


@cache
def _plain(char: str) -> str:
    """Return one character in compatibility form, without marks where its script is Latin, Greek or Cyrillic."""
    compatible = unicodedata.normalize("NFKC", char)
    char = compatible if len(compatible) <= _MAX_EXPANSION else char
    decomposed = unicodedata.normalize("NFD", char)
    if len(decomposed) > 1 and _script(decomposed[0]) in _MARKED_SCRIPTS:
        char = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return char.translate(_STROKED)


def strip_marks(text: str) -> str:
    """Return the text as folding leaves its letters: what the words of cues are compared with.

    >>> strip_marks("Größe, déjà vu")
    'Grosse, deja vu'
    """
    return "".join(_plain(char) for char in unicodedata.normalize("NFC", text))


def _unescape(reference: str) -> str:
    """Return the character of a reference that was escaped up to four times over."""
    for _ in range(4):
        reference = html.unescape(reference)
    return reference


def _references(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the characters of a text with their places; a character reference counts as its character."""
    at = 0
    for match in _REFERENCE.finditer(text):
        yield from ((char, at + i, at + i + 1) for i, char in enumerate(text[at : match.start()]))
        char = _unescape(match.group())
        if len(char) == 1:
            yield char, match.start(), match.end()
        else:  # no known name: an ampersand in a web address
            yield from ((each, match.start() + i, match.start() + i + 1) for i, each in enumerate(match.group()))
        at = match.end()
    yield from ((char, at + i, at + i + 1) for i, char in enumerate(text[at:]))


def _honest_reading(token: str, text_script: str) -> str | None:
    """Return the reading of a token that mixes scripts or imitates another, or None for an honest token."""
    scripts = {_script(char) for char in token} - {""}
    if text_script in _LATIN_IN and scripts == {"LATIN", text_script}:
        reading = token.translate(_LATIN_IN[text_script])
        if all(_script(char) != "LATIN" for char in reading):
            return reading
    mixed = "LATIN" in scripts and (len(scripts) > 1 or "\u00a1" in token)
    doubles = _confusables()
    imitates = text_script == "LATIN" and bool(scripts) and all(char in doubles for char in token if not char.isdigit())
    # Phonetic letters are Latin by name; in a token they are a disguise as well.
    phonetic = any(char in doubles and _script(char) == "LATIN" for char in token)
    if not (mixed or phonetic or (imitates and "LATIN" not in scripts)):
        return None
    reading = "".join(doubles.get(char, char) for char in token)
    return reading if reading != token else None


def fold(text: str) -> Folded:
    """Return the text folded, with offsets into `text`, and the spans of `text` that were disguised."""
    if text.isascii() and "&" not in text and "\0" not in text:
        return Folded(MappedText.identity(text), ())
    cleaned = MappedTextBuilder()
    disguises: list[Span] = []
    hidden: Span | None = None
    for char, start, end in _references(text):
        if is_invisible(char):
            hidden = Span(hidden.start if hidden and hidden.end == start else start, end)
            continue
        if hidden and hidden.end == start and cleaned.last.isalnum() and char.isalnum() and ord(char) < 0x590:
            # Inside a word of a script that needs no joiners (all below Hebrew), an invisible character is a disguise.
            disguises.append(Span(cleaned.last_start, end))
        if end - start > 1 and char.isalpha():
            disguises.append(Span(start, end))
        if _ARABIC_MARKS[0] <= char <= _ARABIC_MARKS[1]:
            continue
        if not (_MARKS_RANGE[0] <= char <= _MARKS_RANGE[1]):
            cleaned.add(_plain(char), start, end)
        elif cleaned.last.isascii() and cleaned.last.isalpha():
            disguises.append(Span(start - 1 if start else 0, end))
    middle = cleaned.build()
    return _unmix(middle, disguises)


def _main_script(text: str) -> str:
    """Return the script of more than half of the letters, or '' where there is none."""
    counts = Counter(map(_script, text))
    del counts[""]
    script, count = max(counts.items(), key=lambda item: item[1], default=("", 0))
    return script if count * 2 > counts.total() else ""


def _unmix(middle: MappedText, disguises: list[Span]) -> Folded:
    text_script = _main_script(middle.text)
    folded = list(middle.text)
    for match in _TOKEN.finditer(middle.text):
        if match.group().isascii():
            continue
        reading = _honest_reading(match.group(), text_script)
        if reading is not None:
            folded[match.start() : match.end()] = reading
            disguises.append(middle.to_source(Span(*match.span())))
    return Folded(MappedText("".join(folded), middle.starts, middle.ends), merge(disguises))


def merge(spans: list[Span], *, gap: int = 1) -> tuple[Span, ...]:
    """Return the spans in order, those less than `gap` characters apart joined into one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start - merged[-1].end < gap:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
