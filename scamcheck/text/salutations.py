"""The name by which a letter greets its reader, in the mail languages."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from scamcheck.text.unicode import strip_marks
from scamcheck.types import Span

_MAX_NAME_WORDS = 5
_WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’.-](?=[^\W_])){0,40}\.?")
_STOP = re.compile(r"[^\S\n]{0,2}(?:[,!:;.，、！：。؛،–—]|-(?!\w)|\r?$)", re.MULTILINE)
_UNCASED = re.compile(r"[\u0600-\u06ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


@dataclass(frozen=True, slots=True)
class Salutation:
    """A name in a salutation: its place, and its words as they may stand elsewhere in the letter."""

    span: Span
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    before: re.Pattern[str]
    after: re.Pattern[str]
    ending: re.Pattern[str]
    titles: frozenset[str]
    nobody: frozenset[str]


def _plain(word: str) -> str:
    return strip_marks(word).casefold()


@cache
def _words() -> _Words:
    table = tomllib.loads(files("scamcheck.text").joinpath("salutations.toml").read_text(encoding="utf-8"))
    # both spellings: many write a language without its marks
    greetings = sorted({spelt for word in table["before"] for spelt in (word, _plain(word))}, key=len, reverse=True)
    spaced = "|".join(re.escape(word) for word in greetings if not _UNCASED.match(word))
    joined = "|".join(re.escape(word) for word in greetings if _UNCASED.match(word))
    ends = "|".join(map(re.escape, table["after"]))
    return _Words(
        before=re.compile(
            rf"^[^\w\n]{{0,6}}(?=[^\W\d_])(?:(?:{spaced}),?[^\S\n]{{1,2}}|(?:{joined})[^\S\n]{{0,2}})", re.I | re.M
        ),
        after=re.compile(
            rf"^[^\w\n]{{0,6}}(?P<name>[^\W\d_]{{1,10}}(?: [^\W\d_]{{1,10}})?) ?(?:{ends})(?=[,、，:：!！ 　\t]|\r?$)",
            re.M,
        ),
        ending=re.compile(rf"(?<=[^\W\d_])(?:{ends})$"),
        titles=frozenset(map(_plain, table["titles"])),
        nobody=frozenset(map(_plain, table["nobody"])),
    )


def salutations(text: str) -> Iterator[Salutation]:
    """Yield the names by which lines of a text greet their reader; none for "Dear Sir" or "Hi there".

    >>> [each.names for each in salutations("Dear Mr. Jan Example,")]
    [('Jan', 'Example')]
    """
    words = _words()
    greeted = set()
    for match in words.before.finditer(text):
        greeted.add(match.start())
        found = _name(text, match.end(), words, may_go_on="," not in match.group())
        if found:
            yield found
    for match in words.after.finditer(text):
        known = match.start() in greeted or _plain(match["name"]) in words.nobody
        if not known and _UNCASED.match(match["name"]):
            yield Salutation(Span(*match.span("name")), tuple(match["name"].split()))


def _name(text: str, at: int, words: _Words, *, may_go_on: bool) -> Salutation | None:
    """Return the name that begins at a place, or None where nobody is named.

    `may_go_on`: the sentence may go on behind the name; not so behind a comma ("Hello, Your computer is").
    """
    found: list[re.Match[str]] = []
    while len(found) < _MAX_NAME_WORDS and (match := _WORD.match(text, at)):
        word = _plain(match.group()).rstrip(".")
        if word in words.nobody:
            return None
        if word not in words.titles:
            if not _written_as_name(match.group()) and found:
                break
            found.append(match)
        at = match.end()
        while at < len(text) and text[at] in " \t\u00a0":
            at += 1
    if not found:
        return None
    ends = found[-1].end() if not found[-1].group().endswith(".") else found[-1].end() - 1
    closed = _STOP.match(text, ends) is not None
    capital = _written_as_name(found[0].group())
    if not closed:
        # "Hi Anna I know": the first word may be a name; too little is known to look for it elsewhere
        return Salutation(Span(*found[0].span()), ()) if may_go_on and capital and len(found[0].group()) > 1 else None
    if ending := words.ending.search(text, found[-1].start(), ends):
        ends = ending.start()
        return Salutation(Span(found[0].start(), ends), tuple(text[found[0].start() : ends].split()))
    names = tuple(
        match.group().rstrip(".") for match in found if len(match.group()) > 2 or _UNCASED.match(match.group())
    )
    return Salutation(Span(found[0].start(), ends), names if capital else ())


def _written_as_name(word: str) -> bool:
    return word[0].isupper() or _UNCASED.match(word) is not None
