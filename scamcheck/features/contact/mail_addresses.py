"""Mail addresses in a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from email_validator import EmailNotValidError, validate_email

from scamcheck.limits import MAX_MATCHES
from scamcheck.text.redact import MAIL
from scamcheck.types import Span

_AT = re.compile(r"[(\[{]\s?at\s?[)\]}]", re.IGNORECASE)

_NOT_PUBLIC = (".onion", ".invalid")
"""Top-level names that email-validator refuses (RFC 7686, RFC 2606). Who hides may have a mailbox under the first."""


@dataclass(frozen=True, slots=True)
class MailAddress:
    """A valid mail address: normalised, in lower case, and its span in the text."""

    address: str
    span: Span


def normalised(address: str) -> str | None:
    """Return a mail address as it is compared, or None where it is none (RFC 5321, RFC 5322, by email-validator).

    Names that no public server resolves count: the question is what is written, not whether it arrives.
    """
    ending = next((each for each in _NOT_PUBLIC if address.lower().endswith(each)), "")
    asked = address[: -len(ending)] + ".test" if ending else address
    try:
        found = validate_email(asked, check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError:
        return None
    return found.removesuffix(".test") + ending if ending else found


def find_mail_addresses(text: str) -> Iterator[MailAddress]:
    """Yield the mail addresses in a text, in order."""
    if "@" not in text and not _AT.search(text):
        return
    for match in islice(MAIL.finditer(text), MAX_MATCHES):
        written = match.group()
        left, right = len(written) - len(written.lstrip("'._-+")), len(written.rstrip("'.-_+"))
        address = normalised(re.sub(r"\s", "", _AT.sub("@", written[left:right])))
        if address:
            yield MailAddress(address, Span(match.start() + left, match.start() + right))
