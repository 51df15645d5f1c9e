"""Phone numbers in a text, by the numbering plans that the library phonenumbers holds."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scamcheck.text.redact import phone_like
from scamcheck.types import Span

REGIONS: Mapping[str, tuple[str, ...]] = {
    "en": ("US", "GB"), "nl": ("NL", "BE"), "fr": ("FR", "BE"), "de": ("DE", "AT", "CH"), "es": ("ES", "MX", "AR"),
    "it": ("IT",), "pt": ("PT", "BR"), "pl": ("PL",), "cs": ("CZ",), "sk": ("SK",), "hu": ("HU",), "ro": ("RO",),
    "sv": ("SE",), "da": ("DK",), "nb": ("NO",), "fi": ("FI",), "el": ("GR",), "tr": ("TR",), "ru": ("RU",),
    "uk": ("UA",), "ja": ("JP",), "ko": ("KR",), "zh": ("CN", "TW"), "ar": ("EG", "SA", "MA"),
}  # fmt: skip
"""Where a number without a country code is looked up, by the language of the text, the likeliest country first."""

_AROUND = 4  # characters beside a number that the library looks at: a letter or a currency speaks against it
_ORDER_BEFORE = re.compile(r"[#№] ?$")
_IBAN_BEFORE = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){0,7} ?$")  # ISO 13616
_SET_APART = 40  # characters before a number; an IBAN has 34


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of digits that may be a phone number. `international`: its country is written, so that it needs no hint."""

    span: Span
    international: bool


def candidates(text: str) -> Iterator[Candidate]:
    """Yield the runs of digits in a text that are grouped as phone numbers are, and stand as no amount or account."""
    for span in phone_like(text):
        before = text[max(0, span.start - _SET_APART) : span.start]
        if not (_ORDER_BEFORE.search(before) or _IBAN_BEFORE.search(before)):
            yield Candidate(span, span.of(text).lstrip("(").startswith(("+", "00")))


def e164(text: str, candidate: Candidate, language: str) -> str | None:
    """Return a candidate as a number in the form of ITU-T E.164 ("+3225550123"), or None where it is no valid one.

    Written without a country, it is read as one of the first of `REGIONS` where it is valid.
    """
    # its tables take 30 ms to load; most mails have no number that the sender gives
    from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher, format_number

    start, end = max(0, candidate.span.start - _AROUND), candidate.span.end + _AROUND
    window = text[start:end]
    if candidate.international and "+" not in candidate.span.of(text):  # 00 is dialled in most countries, not in all
        window = candidate.span.of(text).lstrip("(").replace("00", "+", 1)
    for region in (None,) if candidate.international else REGIONS.get(language, REGIONS["en"]):
        for found in PhoneNumberMatcher(window, region, leniency=Leniency.VALID, max_tries=2):
            return str(format_number(found.number, PhoneNumberFormat.E164))
    return None
