"""Claims of proof about the reader: a password, the reader's own address as sender."""

import re
from collections.abc import Iterator, Sequence
from email.utils import getaddresses

from email_validator import EmailNotValidError, validate_email

from scamcheck.features.indicators.base import Claim, Detector, named, visible_span
from scamcheck.limits import MAX_ADDRESS_CHARS
from scamcheck.text import Text
from scamcheck.types import Finding, Message

_TRAILING = ".,;:)*\"'"  # not "!": passwords often end with it
_SECRET = re.compile(r"(?P<lead>[:=\"'«„“‘「]\s{0,3}|\s)(?P<value>[^\s\"'«»„“”‘’「」]{4,40})")
_HAS_SIGN = re.compile(r"[A-Za-z]\S*[\d_@#$%!&+=-]|\d\S*[A-Za-z]")


def _passwords(text: Text, message: Message, claims: Sequence[Claim]) -> Iterator[Finding]:
    folded = text.folded.text
    for claim in named(claims, "leaked_password"):
        whole = visible_span(text, claim.span.start, claim.span.end)
        secret = None
        for match in _SECRET.finditer(folded, claim.span.start, claim.span.end):
            value = match["value"].rstrip(_TRAILING)
            # "your password is known" names none: a bare word counts only behind a colon or quotes, or with a sign
            if len(value) >= 4 and (_HAS_SIGN.search(value) or not match["lead"].isspace()):
                start = match.start("value")
                secret = visible_span(text, start, start + len(value))
                break
        yield Finding("leaked_password", whole, {"quoted": True} if secret else {}, secret=secret)


def _addresses(header: str) -> set[str]:
    """Return the normalised addresses in a header value; broken ones are left out."""
    found: set[str] = set()
    try:
        pairs = getaddresses([header[:MAX_ADDRESS_CHARS]])
    except RecursionError:
        return found
    for _, address in pairs:
        try:
            found.add(validate_email(address, check_deliverability=False, test_environment=True).normalized.lower())
        except EmailNotValidError:
            continue
    return found


def same_sender_and_recipient(message: Message) -> bool | None:
    """Return whether From and To name the same address, or None where one of them is not known."""
    sender, recipients = _addresses(message.sender), _addresses(message.recipients)
    return bool(sender & recipients) if sender and recipients else None


def _own_address(text: Text, message: Message, claims: Sequence[Claim]) -> Iterator[Finding]:
    same = same_sender_and_recipient(message)
    facts = {} if same is None else {"from_equals_to": same}
    for claim in named(claims, "own_address"):
        yield Finding("own_address", visible_span(text, claim.span.start, claim.span.end), facts)


DETECTORS = (Detector("leaked_password", _passwords), Detector("own_address", _own_address))
