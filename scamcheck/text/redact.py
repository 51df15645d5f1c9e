"""Masking the reader's own data in anything that leaves the page: passwords, mail addresses, phone numbers."""

import re
from collections.abc import Iterable

MASK = "•"

_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_PHONE = re.compile(r"(?<![\w.])(?:\+|00)?\(?\d{1,4}\)?(?:[ ./-]?\d{2,4}){2,5}(?!\w)")
_MIN_PHONE_DIGITS = 8  # fewer are years, amounts, times


def mask(text: str) -> str:
    """Return a mask of the length of the text, so that spans stay true."""
    return MASK * len(text)


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """Return the text with every secret, mail address and phone number masked, character for character.

    >>> redact("it is hunter2! write to a@example.org", ["hunter2!"])
    'it is •••••••• write to •••••••••••••'
    """
    for secret in sorted(set(secrets), key=len, reverse=True):
        if secret:
            text = text.replace(secret, mask(secret))
    text = _MAIL.sub(lambda match: mask(match.group()), text)
    return _PHONE.sub(
        lambda match: (
            mask(match.group()) if sum(map(str.isdigit, match.group())) >= _MIN_PHONE_DIGITS else match.group()
        ),
        text,
    )
