"""Mail addresses in header values, read tolerantly, and what of an address tells two senders apart.

The standard parser is not used: it recurses on nested comments, and of `ann@example.org <x@example.net>`, the plainest
trick with a display name, it makes two senders.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from email_validator import EmailNotValidError, validate_email

from scamcheck.limits import MAX_ADDRESS_CHARS, MAX_HEADER_CHARS, MAX_MAILBOXES
from scamcheck.types import Message

_EDGES = " \t<>()[]\"'"
_SHOWN = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_SECOND_LEVEL = frozenset(
    ("ac", "co", "com", "edu", "go", "gob", "gouv", "gov", "gv", "ltd", "me", "mil", "ne", "net", "nhs", "nom", "or",
     "org", "plc", "police", "sch")
)  # fmt: skip
_DOTS_DO_NOT_COUNT = frozenset(("gmail.com", "googlemail.com"))


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One sender or recipient: the name that is shown, without quotes, and the address, empty where it is not valid.

    The address is in lower case, its domain in ASCII (RFC 5890).
    """

    name: str
    address: str

    @property
    def domain(self) -> str:
        """The part behind the @."""
        return self.address.rpartition("@")[2]

    @property
    def person(self) -> str:
        """The address without what people put in to sort their mail: a tag behind a plus, dots at Gmail."""
        local, _, domain = self.address.rpartition("@")
        local = local.partition("+")[0] or local
        if domain in _DOTS_DO_NOT_COUNT:
            local, domain = local.replace(".", ""), "gmail.com"
        return f"{local}@{domain}" if self.address else ""


def organisation(domain: str) -> str:
    """Return the domain that somebody registered: the last two labels, three below one such as `co.uk`.

    The organisational domain of RFC 7489 section 3.2 without its list of registries, which changes every week.

    >>> organisation("mail.shop.example.co.uk"), organisation("news.example.org")
    ('example.co.uk', 'example.org')
    """
    labels = domain.lower().strip(".").split(".")
    country = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3 if country else -2 :])


def sender(header: str) -> Mailbox:
    """Return the one sender of a From or Sender field: the last address in angle brackets, all before it its name.

    Of several senders, each with brackets and a comma between them, it is the first.
    """
    entries = list(_entries(header[:MAX_HEADER_CHARS]))
    bracketed = [at for at, (_, inner) in enumerate(entries) if inner]
    if bracketed:
        at = bracketed[0]
        return _mailbox(", ".join(text for text, _ in entries[: at + 1]), entries[at][1])
    found = (_bare(text) for text, _ in entries)
    return next((mailbox for mailbox in found if mailbox.address), Mailbox(_name(header[:MAX_HEADER_CHARS]), ""))


def mailboxes(header: str) -> tuple[Mailbox, ...]:
    """Return those of a list of addresses that are valid, at most `MAX_MAILBOXES`."""
    return tuple(islice(_mailboxes(header[:MAX_HEADER_CHARS]), MAX_MAILBOXES))


def shown_addresses(name: str) -> Iterator[Mailbox]:
    """Yield the mail addresses that a display name shows."""
    for match in islice(_SHOWN.finditer(name[:MAX_HEADER_CHARS]), MAX_MAILBOXES):
        mailbox = _mailbox("", match.group())
        if mailbox.address:
            yield mailbox


def same_sender_and_recipient(message: Message) -> bool | None:
    """Return whether From and To name the same address.

    None where one of them is not known, or where To names others as well: then any of them may be the reader.
    """
    own = sender(message.sender).person
    recipients = {mailbox.person for mailbox in mailboxes(message.recipients)}
    if not own or not recipients or (own in recipients and len(recipients) > 1):
        return None
    return own in recipients


def _mailboxes(header: str) -> Iterator[Mailbox]:
    before: list[str] = []  # "Doe, Jane <jane@example.org>" lost its quotes in decoding
    for text, inner in islice(_entries(header), 2 * MAX_MAILBOXES):
        if not inner and "@" not in text:
            before.append(text)
            continue
        mailbox = _mailbox(", ".join([*before, text]), inner) if inner else _bare(text)
        before = []
        if mailbox.address:
            yield mailbox


def _entries(header: str) -> Iterator[tuple[str, str]]:
    """Yield the entries between commas or semicolons: the text, and what stands in its last angle brackets.

    Quotes and comments hide commas and brackets; where one is never closed, none counts.
    """
    quotes = header.count('"') % 2 == 0 and "\\" not in header
    comments = header.count("(") == header.count(")")
    text, inner, depth, quoted, angle = list[str](), list[str](), 0, False, -1
    for char in header:
        if char == '"' and quotes and angle < 0:
            quoted = not quoted
        elif not quoted and angle < 0 and comments and char in "()":
            depth = max(0, depth + (1 if char == "(" else -1))
        elif quoted or depth:
            pass
        elif angle < 0 and char == "<":
            text += ["<", *inner, ">"] if inner else []
            inner, angle = [], len(text)
            continue
        elif angle >= 0 and char == ">":
            angle = -1
            continue
        elif angle < 0 and char in ",;":
            yield "".join(text), "".join(inner)
            text, inner = [], []
            continue
        (inner if angle >= 0 else text).append(char)
    yield "".join(text), "".join(inner)


def _bare(text: str) -> Mailbox:
    """Return the address in a text without angle brackets: `ann@example.org (Ann)`, `Ann [mailto:ann@example.org]`."""
    words = text.split()
    at = next((at for at in reversed(range(len(words))) if "@" in words[at]), len(words))
    return _mailbox(" ".join(words[:at] + words[at + 1 :]), words[at]) if at < len(words) else Mailbox(_name(text), "")


def _mailbox(name: str, address: str) -> Mailbox:
    address = address.strip(_EDGES).removeprefix("mailto:")
    if len(address) > MAX_ADDRESS_CHARS:
        return Mailbox(_name(name), "")
    try:
        # test_environment: names under .test count as well
        valid = validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return Mailbox(_name(name), "")
    return Mailbox(_name(name), f"{valid.local_part}@{valid.ascii_domain}".lower())


def _name(text: str) -> str:
    return " ".join(text.replace("\\", "").replace('"', "").split()).strip(" ,'()[]")
