"""Whose a mail address, a phone number or a user name in a text is: the sender's, to be reached, or the reader's.

The words of the same sentence decide; the nearest in front count first, then the nearest behind (many languages put
the verb last). Where a line says nothing, the line above it is asked if it ends in a colon.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files

from scamcheck.features.concepts import NEAR, UNSPACED
from scamcheck.languages import MAIL_LANGUAGES
from scamcheck.text.sentences import split_sentences
from scamcheck.text.unicode import strip_marks
from scamcheck.types import Span

REACH = 240
"""Characters on each side in which the sentence around a contact is looked for; a sentence has about 100."""

_APPS = (
    r"telegram|whatsapp|signal|session|wickr|skype|snap|insta|kik|discord|threema|q?tox|jabber|xmpp|icq|viber|wechat"
)
_WRAPPED = 45  # characters of a line that goes on in the next one; mail is wrapped at 60 to 80
_STOP = re.compile(
    r"(?<!\btel)(?<!\bno)(?<!\bnr)(?<!\b\w)[.!?…][)\"'»”’\]]{0,3}\s|[。！？]|\n[ \t>]{0,20}\r?\n|(?P<line>\n)",
    re.IGNORECASE,
)
_FAR = 60  # characters between a cue behind a contact and the contact


class Owner(Enum):
    """Whose a contact is."""

    SENDER = "sender"
    READER = "reader"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of one language that tell whose a contact is, as patterns over folded lower-case text."""

    sender: re.Pattern[str]
    reader: re.Pattern[str]
    phone: re.Pattern[str]


@cache
def _table() -> Mapping[str, Mapping[str, Sequence[str]]]:
    path = files("scamcheck.features.contact").joinpath("words.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _any(stems: Sequence[str], *, anywhere: bool) -> str:
    """Return the pattern of any of the stems; the longest first, so that a match is the most telling one."""
    found = {strip_marks(stem).lower() for stem in stems}
    spelt = []
    for stem in sorted(found, key=len, reverse=True):
        words = r"[\s\-:,]{1,3}".join(re.escape(word) for word in stem.removesuffix("$").split(" "))
        spelt.append(words + (r"(?!\w)" if stem.endswith("$") and not anywhere else ""))
    return ("" if anywhere else r"(?<!\w)") + f"(?:{'|'.join(spelt)})"


@cache
def cues(language: str) -> Cues:
    """Return the cues of a language and of those it is easily taken for; English ones where it is not known."""
    codes = [code for code in (language, *NEAR.get(language, ())) if code in MAIL_LANGUAGES] or ["en"]
    words = {key: [stem for code in codes for stem in _table()[code][key]] for key in _table()["en"]}
    anywhere = language in UNSPACED
    pattern = {key: _any(stems, anywhere=anywhere) for key, stems in words.items() if stems}
    between = r".{0,12}?" if anywhere else r"\W{0,3}(?:\w{1,20}\W{1,3}){0,2}?"
    thing = rf"{between}(?:{pattern['nouns']}|(?:{_APPS}))"
    alone = f"|{pattern['reader']}" if "reader" in pattern else ""
    return Cues(
        sender=re.compile(rf"{pattern['write']}|{pattern['mine']}{thing}"),
        reader=re.compile(rf"{pattern['yours']}(?:{thing}|\W{{0,3}}$){alone}"),
        phone=re.compile(pattern["phone"]),
    )


def sentence_around(text: str, span: Span) -> Span:
    """Return the sentence of a text in which a span stands, at most `REACH` characters to each side of it."""
    start, end = max(0, span.start - REACH), min(len(text), span.end + REACH)
    found = [
        Span(start + each.start, start + each.end)
        for each in split_sentences(text[start:end])
        if start + each.start < span.end and span.start < start + each.end
    ]
    return Span(min(span.start, found[0].start), max(span.end, found[-1].end)) if found else span


def _clause(text: str, span: Span) -> Span:
    """Return the same, but over the ends of lines that are wrapped: there the sentence goes on in the next line."""
    start, end = max(0, span.start - REACH), min(len(text), span.end + REACH)
    stops = [match for match in _STOP.finditer(text, start, end) if not _is_wrap(text, match)]
    return Span(
        max((match.end() for match in stops if match.end() <= span.start), default=start),
        min((match.start() for match in stops if match.start() >= span.end), default=end),
    )


def _is_wrap(text: str, stop: re.Match[str]) -> bool:
    """Return whether a stop is a single line end behind a line so long that it is only wrapped there."""
    return stop["line"] is not None and stop.start() - 1 - text.rfind("\n", 0, stop.start()) >= _WRAPPED


def _nearest(pattern: re.Pattern[str], text: str, *, last: bool) -> int | None:
    """Return how far the last (or first) match is from the end (or start) of a text."""
    if last:
        ends = [match.end() for match in pattern.finditer(text)]
        return len(text) - ends[-1] if ends else None
    match = pattern.search(text)
    return match.start() if match else None


def _told(found: Cues, text: str, *, last: bool) -> Owner:
    mine, yours = (_nearest(pattern, text, last=last) for pattern in (found.sender, found.reader))
    if mine is None and yours is None:
        return Owner.UNKNOWN
    return Owner.SENDER if yours is None or (mine is not None and mine <= yours) else Owner.READER


def owner(text: str, span: Span, language: str) -> Owner:
    """Return whose the contact at a span of a folded text is, by the words around it."""
    found = cues(language)
    sentence = _clause(text, span)
    told = _told(found, text[sentence.start : span.start].lower(), last=True)
    if told is Owner.UNKNOWN:
        told = _told(found, text[span.end : min(sentence.end, span.end + _FAR)].lower(), last=False)
    if told is Owner.UNKNOWN:
        above = text[max(0, sentence.start - REACH) : sentence.start].rstrip()
        if above.endswith((":", "：")):
            told = _told(found, above[(above.rfind("\n") + 1) :].lower(), last=True)
    return told
