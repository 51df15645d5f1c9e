"""Passwords that a text quotes: which characters are one, and which only speak of it."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from scamcheck.text.unicode import strip_marks
from scamcheck.types import Span

MAX_PASSWORD_CHARS = 64
"""Longer runs are keys, links and wallets. Common forms take 8 to 64 characters."""

_MAX_FOUND = 5  # passwords of one sentence
_NEAR = 48  # characters in which the word for a password stands before "is"
_OPENING, _CLOSING = (
    "\"'`«»„“”‘’‹›「『(（[<{*_",
    "\"'`«»„“”‘’‹›」』)）]>}*.,;:?…。、，！？؟",
)  # not "!", which ends many passwords
_QUOTES = "\"'`«»„“”‘’‹›「『"
_RUN = re.compile(r"[^\s—―…「」『』。、，！？；]{1,200}")
_ASCII = re.compile(r"[!-~]{1,200}")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_SUFFIX = re.compile(r"(?<=[^\W_])['’:](?!\d)[^\W\d_]{1,5}$")  # case endings of Turkish and Finnish, English 's
_MIXED = re.compile(r"(?=[^\n]{0,64}[^\W\d_])[^\n]{0,64}(?:\d|[^\W_][_#$%&+=^~!*@?]{1,4}[^\W_])")
_NO_PASSWORD = re.compile(
    r"(?:https?|ftp)://.*|www\..*|.*@[\w-]+\.[\w.-]+|.*\.(?:com|org|net|html?|php|mp[34]|avi|jpe?g|pdf|txt|exe)"
    r"|[$€£¥₽]?\d[\d.,:]*[$€£¥₽]?(?:h|hs|hrs?|hours?|min|mins?|d|days?|st|nd|rd|th|k|usd|eur|gbp|btc|[kmg]b|am|pm|x|%|\$|€|uur|std|"
    r"stunden|tage|heures|jours|horas|dias|ore|giorni|godzin|dni|hodin|timmar|timer|tuntia|saat|часов|дней|годин)?"
    r"|(?:mp[34]|p2p|2fa|4k|h26[45]|web[23]|ipv[46]|md5|sha\d+|wpa[23]|x(?:64|86)|covid-?19|windows-?\d+|iphone-?\d+|ios-?\d+|"
    r"office-?\d+)|(?:bc1|ltc1|0x)[0-9a-z]{20,}|[13][1-9a-z]{25,34}|\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Words:
    noun: re.Pattern[str]
    labelled: re.Pattern[str]
    links: frozenset[str]
    states: tuple[str, ...]


def _plain(text: str) -> str:
    return strip_marks(text).casefold()


@cache
def _words() -> _Words:
    table = tomllib.loads(files("scamcheck.text").joinpath("passwords.toml").read_text(encoding="utf-8"))
    stems = sorted({spelt for stem in table["nouns"] for spelt in (stem, _plain(stem))}, key=len, reverse=True)
    nouns = "|".join(
        re.escape(stem.removesuffix("$")) + (r"(?!\w)" if stem.endswith("$") else r"\w{0,8}") for stem in stems
    )
    return _Words(
        noun=re.compile(nouns, re.IGNORECASE),
        labelled=re.compile(
            rf"(?<!\w)(?:{nouns})[ \t]{{0,3}}(?:[:=：]|[-–—]>?(?=\s))[ \t]{{0,3}}"
            rf"(?P<value>[^\s,;，。]{{3,{MAX_PASSWORD_CHARS}}})(?P<end>[ \t]{{0,3}}\r?$)?",
            re.IGNORECASE | re.MULTILINE,
        ),
        links=frozenset(map(_plain, table["links"])),
        states=tuple({_plain(state) for state in table["states"]}),
    )


def is_mixed(word: str) -> bool:
    """Return whether a word is written as only passwords are: letters with digits or signs among them."""
    return _MIXED.match(word) is not None and _NO_PASSWORD.fullmatch(word) is None


def labelled(text: str) -> Iterator[Span]:
    """Yield the spans of values behind a label ("password: hunter2"), in the order of a text.

    A word that could be ordinary counts only where it ends its line.
    """
    for match in _words().labelled.finditer(text):
        span = _trimmed(text, Span(*match.span("value")))
        value = span.of(text)
        if len(value) >= 3 and (is_mixed(value) or value.isdigit() or (match["end"] is not None and _bare(value))):
            yield span


def quoted(text: str, sentence: Span) -> tuple[Span, ...]:
    """Return the spans of the passwords that a sentence quotes which speaks of the reader's password.

    Where it quotes none itself, the line behind it, then the one before it is asked, if it holds a single word.
    """
    found = tuple(_in_sentence(text, sentence))[:_MAX_FOUND]
    return found or _line_behind(text, sentence) or _line_before(text, sentence)


def _in_sentence(text: str, sentence: Span) -> Iterator[Span]:
    whole = sentence.of(text)
    runs = _ASCII if _UNSPACED.search(whole) else _RUN
    for match in runs.finditer(text, sentence.start, sentence.end):
        span = _trimmed(text, _behind_label(Span(*match.span()), text))
        value = span.of(text)
        if not 3 <= len(value) <= MAX_PASSWORD_CHARS:
            continue
        before, after = text[sentence.start : span.start], text[span.end : sentence.end]
        if is_mixed(value) or _introduced(value, before, after):
            yield span


def _behind_label(run: Span, text: str) -> Span:
    """Return what stands behind a label or an address in one run: "pass:hunter2", "anna@example.org:hunter2"."""
    for at, char in enumerate(run.of(text)):
        if char in ":=：":
            left = text[run.start : run.start + at]
            if "@" in left or _words().noun.fullmatch(left):
                return Span(run.start + at + 1, run.end)
    return run


def _trimmed(text: str, span: Span) -> Span:
    """Return a span without the quotes and stops around the word."""
    start, end = span.start, span.end
    while start < end and text[start] in _OPENING + ":=：":
        start += 1
    while start < end and text[end - 1] in _CLOSING:
        end -= 1
    suffix = _SUFFIX.search(text[start:end])
    return Span(start, start + suffix.start()) if suffix else Span(start, end)


def _bare(value: str) -> bool:
    plain = _plain(value)
    return not _NO_PASSWORD.fullmatch(value) and not any(plain.startswith(state) for state in _words().states)


def _introduced(value: str, before: str, after: str) -> bool:
    """Return whether an ordinary-looking word is given as the password: in quotes, or as the end of the clause."""
    noun, lead = _words().noun, before.rstrip()
    in_quotes = lead[-1:] in _QUOTES and after[:1] in _CLOSING and bool(lead) and bool(after)
    if in_quotes and (noun.search(before) or noun.search(after)):
        return True
    if not noun.search(before) or not (value.isdigit() or _bare(value)):
        return False
    ends = not after.strip(_CLOSING + "! ")
    if lead[-1:] in ":=：-–—":
        return ends
    if not ends and after[0] not in ",.;!?":
        return False
    last = lead.rsplit(None, 1)[-1]
    linked = _plain(last) in _words().links and noun.search(lead[-_NEAR:]) is not None
    return linked or (value.isdigit() and noun.fullmatch(last) is not None)


def _line_behind(text: str, sentence: Span) -> tuple[Span, ...]:
    rest = text[sentence.end : sentence.end + 2 * MAX_PASSWORD_CHARS]
    line = rest.lstrip(" \t\r\n>:")
    if "\n" not in rest[: len(rest) - len(line)]:
        return ()
    at = sentence.end + len(rest) - len(line)
    asked = text[sentence.start : sentence.end].rstrip()[-1:] in ":=：" or rest[:1] in ":："
    return _only_word(text, at, asked=asked)


def _line_before(text: str, sentence: Span) -> tuple[Span, ...]:
    before = text[max(0, sentence.start - 2 * MAX_PASSWORD_CHARS) : sentence.start]
    if "\n" not in before[len(before.rstrip()) :]:
        return ()
    line = before.rstrip().rsplit("\n", 1)[-1].lstrip(" \t>")
    return _only_word(text, sentence.start - len(before) + len(before.rstrip()) - len(line), asked=False)


def _only_word(text: str, at: int, *, asked: bool) -> tuple[Span, ...]:
    """Return the span of the word at a place if it is alone on its line and can be a password."""
    end = text.find("\n", at, at + 2 * MAX_PASSWORD_CHARS)
    line = text[at : end if end >= 0 else at + 2 * MAX_PASSWORD_CHARS].rstrip()
    if not line or len(line.split()) > 1:
        return ()
    span = _trimmed(text, Span(at, at + len(line)))
    value = span.of(text)
    if 3 <= len(value) <= MAX_PASSWORD_CHARS and (is_mixed(value) or (asked and (_bare(value) or value.isdigit()))):
        return (span,)
    return ()
