"""What a display name pretends. It is the one part of a sender that a mail program on a phone shows."""

import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from scamcheck.features.headers.addresses import Mailbox, mailboxes, organisation, sender, shown_addresses
from scamcheck.features.headers.platforms import platform_of
from scamcheck.text.unicode import fold, strip_marks
from scamcheck.types import Message

_MIN_NAME = 5  # characters; shorter ones are initials
_MAX_WORDS = 5  # of a display name that is a known name with a word or two behind it ("PayPal Customer Service")
_ROLES = frozenset(
    ("abuse", "admin", "billing", "contact", "hello", "helpdesk", "hostmaster", "jobs", "kontakt", "marketing",
     "newsletter", "noreply", "office", "orders", "postmaster", "press", "sales", "security", "service", "support",
     "webmaster")
)  # fmt: skip
"""Mailbox names that everybody has, RFC 2142 and the like: to bear the same one is no trick."""

Trick = tuple[str, dict[str, str]]
"""A trick, and the facts of it: `shown_domain` of an address that is shown, `shown_name` of a known name."""


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("scamcheck.features.headers").joinpath("names.toml").read_text(encoding="utf-8"))


@cache
def free_mail() -> frozenset[str]:
    """Return the domains at which anybody gets a mailbox."""
    return frozenset(_table()["free_mail"])


@cache
def _known_names() -> dict[tuple[str, ...], str]:
    return {tuple(_plain(name).split()): name for name in _table()["known"]}


def tricks(message: Message) -> Iterator[Trick]:
    """Yield the tricks of the display name of a message: what it is called, and facts of it.

    `look_alike`: letters of several scripts in a word. `own_address` and `own_name`: the reader's own, `address`:
    another one than the sender's, `known_name`: a company, bank or police at a free-mail provider. Mailing lists and
    platforms put the names and addresses of their users into the name, so none of these four is told of them.
    """
    mailbox = sender(message.sender)
    name = unicodedata.normalize("NFC", mailbox.name)
    known = _known_name(name)
    if _has_look_alikes(name, known):
        yield "look_alike", {}
    if not mailbox.address or message.list_id or platform_of(mailbox.domain):
        return
    readers = mailboxes(message.recipients)
    shown = _shown_address(name, mailbox, readers)
    if shown:
        yield shown
    elif _is_reader(name, mailbox, readers):
        yield "own_name", {}
    if known and mailbox.domain in free_mail():
        yield "known_name", {"shown_name": known}


def _has_look_alikes(name: str, known: str) -> bool:
    """Return whether letters in a word of a name imitate those of its other letters, or a whole known name.

    A word in one script beside words in another is how many people write themselves ("Анна Schmidt").
    """
    if name.isascii():
        return False
    spans = fold(name).disguises
    mixed = (any("LATIN" in unicodedata.name(char, "") for char in span.of(name)) for span in spans)
    return any(mixed) or bool(spans and known)


def _shown_address(name: str, mailbox: Mailbox, readers: tuple[Mailbox, ...]) -> Trick | None:
    own = {reader.person for reader in readers}
    others = [
        shown
        for shown in shown_addresses(name)
        if shown.person != mailbox.person
        and (organisation(shown.domain) != organisation(mailbox.domain) or mailbox.domain in free_mail())
    ]
    if any(shown.person in own for shown in others):
        return "own_address", {}  # the address is the reader's own: not a fact to hand on
    return ("address", {"shown_domain": others[0].domain}) if others else None


def _is_reader(name: str, mailbox: Mailbox, readers: tuple[Mailbox, ...]) -> bool:
    """Return whether the name is that of the one reader, or what stands before the @ of the reader's address.

    People write to themselves from a second account: then both addresses begin alike, or are of one organisation.
    """
    if len(readers) != 1 or len(name) < _MIN_NAME:
        return False
    reader, called = readers[0], _plain(name)
    local = reader.person.partition("@")[0]
    if organisation(reader.domain) == organisation(mailbox.domain) or local == mailbox.person.partition("@")[0]:
        return False
    if called == local:
        return local not in _ROLES
    return " " in called and "@" not in called and called == _plain(reader.name)


def _known_name(name: str) -> str:
    """Return the known name that a display name begins with, the longest one, empty where there is none."""
    words = _plain(name).split()
    if not 0 < len(words) <= _MAX_WORDS:
        return ""
    found = (_known_names().get(tuple(words[:count]), "") for count in range(len(words), 0, -1))
    return next(filter(None, found), "")


def _plain(name: str) -> str:
    """Return a name as names are compared: folded, without marks, case and signs at the edges of words."""
    words = (word.strip(".,:;!|\"'()[]<>-_*") for word in strip_marks(fold(name).mapped.text).casefold().split())
    return " ".join(filter(None, words))
