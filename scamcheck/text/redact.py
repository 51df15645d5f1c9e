"""Masking the reader's own data in everything that is listed, exported or logged.

The reader's are: what findings mark as secret (a password, a house number), what stands behind a label as a password,
the name in the salutation, and every mail address and phone number that is not known to be the sender's. The sender's
contacts and wallets are evidence: they stay. What cannot be told counts as the reader's, because masking too much does
the smaller harm. A mask is as long as what it covers, so that spans stay true.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from email.utils import getaddresses
from functools import cache

from scamcheck.limits import MAX_ADDRESS_CHARS
from scamcheck.text.offsets import MappedText, MappedTextBuilder
from scamcheck.text.passwords import labelled
from scamcheck.text.salutations import salutations
from scamcheck.text.unicode import is_invisible, merge, strip_marks
from scamcheck.types import Finding, Span

MASK = "•"

EVIDENCE = frozenset(("contact_address", "contact_handle", "contact_phone", "crypto_address"))
"""Indicators whose spans are how the sender wants to be reached or paid."""

_MIN_ANYWHERE = 4  # characters; shorter secrets (a house number) would be found in every price
_SAME_DIGITS = 8  # the last digits tell one number from another, however the country is written; fewer are no number
_MAIL_CHAR = r"[a-z0-9_+'\u00df-\u024f\u0370-\u058f-]"
MAIL = re.compile(
    rf"(?<!{_MAIL_CHAR})(?<!\.)(?:{_MAIL_CHAR}|\.){{1,256}}(?:@|\s?[(\[{{]\s?at\s?[)\]}}]\s?)"
    rf"{_MAIL_CHAR}{{1,63}}(?:\.{_MAIL_CHAR}{{1,63}}){{1,8}}",
    re.IGNORECASE,
)
"""A mail address, also with the sign written as (at), in any text; letters of scripts without case end it."""

_PHONE = re.compile(r"(?<![\w.,])(?:\+ ?|\(\+?)?\d(?:[ ./()\u2010-\u2015-]{0,3}\d){7,17}(?!\w)")
_MONEY_BEFORE = re.compile(r"(?:[$€£¥₽₴₿]|(?:usd|eur|gbp|btc|chf|rub|czk|pln)) ?$", re.IGNORECASE)
_MONEY_AFTER = re.compile(
    r" ?(?:[$€£¥₽₴₿%]|(?:usdt?|eur|gbp|btc|eth|xmr|ltc|bch|chf|rub|czk|pln|euros?|dollars?|bitcoins?)\b)", re.IGNORECASE
)
_NO_PHONE = re.compile(
    r"(?:19|20)\d\d[./-]\d\d?[./-]\d\d?(?: \d\d?)?|\d\d?[./-]\d\d?[./-](?:19|20)\d\d(?: \d\d?)?"  # dates
    r"|(?:19|20)\d\d ?[-\u2010-\u2015] ?(?:19|20)\d\d"  # years
    r"|(?:0|[1-9]\d{0,2})\.\d{4,17}"  # amounts of coins
    r"|\d{1,3}(?:\.\d{1,3}){3}|\d{1,3}(?:([ .])\d{3})(?:\1\d{3}){1,3}"  # internet addresses, large numbers
)
_PERCENT = re.compile(r"(?:%(?:25){0,2}[0-9A-Fa-f]{2}){1,200}")
_WORD = re.compile(r"[^\W\d_]{2,40}")


def phone_like(text: str) -> Iterator[Span]:
    """Yield the runs of 8 to 18 digits that are grouped as telephone numbers are, and are no date and no amount."""
    for match in _PHONE.finditer(text):
        money = _MONEY_BEFORE.search(text, max(0, match.start() - 5), match.start()) or _MONEY_AFTER.match(
            text, match.end()
        )
        if not money and not _NO_PHONE.fullmatch(match.group()):
            yield Span(*match.span())


def mask(text: str) -> str:
    """Return a mask of the length of the text, so that spans stay true."""
    return MASK * len(text)


def mask_spans(text: str, spans: Iterable[Span]) -> str:
    """Return the text with the given spans masked, character for character, and nothing else."""
    pieces, at = [], 0
    for span in merge(list(spans)):
        pieces += [text[at : span.start], mask(span.of(text))]
        at = span.end
    return "".join((*pieces, text[at:]))


@dataclass(frozen=True, slots=True)
class Private:
    """What is known of the reader from one message, to mask it in any text: `spans` says where.

    `secrets` are masked in every spelling (letter case, full-width, percent-encoded), `names` as whole words. Every
    mail address and phone number is masked that is not among `evidence`, what the sender gave to be reached.
    """

    secrets: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    evidence: frozenset[str] = field(default=frozenset())

    def spans(self, text: str) -> tuple[Span, ...]:
        """Return the spans of a text that are to be masked, in order, without overlaps. Linear in the text."""
        view = _view(text)
        found = [view.to_source(span) for span in (*self._secrets(view.text), *self._addresses(view.text))]
        found += [each.span for each in salutations(text)]
        found += labelled(text)
        found += [Span(*match.span()) for match in _WORD.finditer(text) if match.group() in self.names]
        return merge([span for span in found if len(span)])

    def _secrets(self, view: str) -> Iterator[Span]:
        for secret in sorted({_view(each).text for each in self.secrets}, key=len, reverse=True):
            if len(secret) >= _MIN_ANYWHERE:
                yield from (Span(*match.span()) for match in re.finditer(re.escape(secret), view))

    def _addresses(self, view: str) -> Iterator[Span]:
        for match in MAIL.finditer(view):
            if match.group().strip(".'-") not in self.evidence:
                yield Span(*match.span())
        for span in phone_like(view):
            if _digits(span.of(view))[-_SAME_DIGITS:] not in self.evidence:
                yield span


def private_of(text: str, findings: Iterable[Finding], *, sender: str = "", recipients: str = "") -> Private:
    """Return what is known of the reader of a message: from its judged text, its findings, its headers.

    `sender` and `recipients` are the From and To values of the message that the sender wrote. An address in From is
    evidence where To is known and names another; give no sender where somebody sent the message on.
    """
    own = _addresses_in(recipients)
    secrets: list[str] = []
    evidence: set[str] = set()
    for finding in findings:
        secrets += [secret.of(text) for secret in finding.secrets]
        if finding.indicator in EVIDENCE:
            evidence |= _contacts(finding.span.of(text))
    if own:
        evidence |= _addresses_in(sender)
    names = {name for each in salutations(text) for name in each.names} | _names_in(recipients)
    secrets += own
    return Private(tuple(dict.fromkeys(secrets)), frozenset(_spellings(names)), frozenset(evidence - own))


def reader_spans(text: str, findings: Sequence[Finding], *, sender: str = "", recipients: str = "") -> tuple[Span, ...]:
    """Return the spans of the judged text that hold the reader's own data, in order, without overlaps.

    The headers are taken as `private_of` takes them.
    """
    private = private_of(text, findings, sender=sender, recipients=recipients)
    return merge([*private.spans(text), *(secret for finding in findings for secret in finding.secrets)])


def redact(text: str, private: Private | Iterable[str] = ()) -> str:
    """Return a text of any origin (a subject, a file name, what stands around) with the reader's own data masked.

    Besides every mail address and phone number it is what `private_of` told, or the given strings.

    >>> redact("it is hunter2! write to a@example.org", ["hunter2!"])
    'it is •••••••• write to •••••••••••••'
    """
    known = private if isinstance(private, Private) else Private(tuple(private))
    return mask_spans(text, known.spans(text))


@cache
def _plain(char: str) -> str:
    return "" if is_invisible(char) else strip_marks(char).casefold()


def _view(text: str) -> MappedText:
    """Return the text as secrets are looked for in it: percent-encoding undone, without marks and letter case."""
    if text.isascii() and "%" not in text:
        whole = MappedText.identity(text)
        return MappedText(text.lower(), whole.starts, whole.ends)
    built, at = MappedTextBuilder(), 0
    for match in _PERCENT.finditer(text):
        _add(built, text, at, match.start())
        _add_decoded(built, match)
        at = match.end()
    _add(built, text, at, len(text))
    return built.build()


def _add(built: MappedTextBuilder, text: str, start: int, end: int) -> None:
    for place in range(start, end):
        built.add(_plain(text[place]), place, place + 1)


def _add_decoded(built: MappedTextBuilder, run: re.Match[str]) -> None:
    """Add the characters that a run of percent-encoded bytes stands for (RFC 3986), encoded up to three times over."""
    places = [match.span() for match in re.finditer(r"%(?:25){0,2}[0-9A-Fa-f]{2}", run.group())]
    data = bytes(int(run.group()[end - 2 : end], 16) for _, end in places)
    at = 0
    for char in data.decode("utf-8", errors="replace"):
        size = 1 if char == "\ufffd" else len(char.encode())
        last = min(at + size, len(places)) - 1
        if at <= last:
            built.add(_plain(char), run.start() + places[at][0], run.start() + places[last][1])
        at += size


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _contacts(text: str) -> set[str]:
    """Return the mail address and the last digits of the number in what the sender gave to be reached."""
    view = _view(text).text
    digits = _digits(view)
    found = {match.group().strip(".'-") for match in MAIL.finditer(view)}
    return found | ({digits[-_SAME_DIGITS:]} if len(digits) >= _SAME_DIGITS else set())


def _pairs(header: str) -> list[tuple[str, str]]:
    try:
        return getaddresses([header[:MAX_ADDRESS_CHARS]])
    except RecursionError:  # nested comments
        return []


def _addresses_in(header: str) -> set[str]:
    return {_view(address).text for _, address in _pairs(header) if "@" in address}


def _names_in(header: str) -> set[str]:
    return {word for name, _ in _pairs(header) if "@" not in name for word in _WORD.findall(name) if len(word) > 2}


def _spellings(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from (name, name.upper())
