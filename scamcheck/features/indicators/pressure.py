"""Pressure: a deadline, and orders to stay silent."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from scamcheck.features.indicators.base import Claim, Detector, claim_detector, named, visible_span
from scamcheck.languages import MAIL_LANGUAGES, load_units
from scamcheck.text import Text
from scamcheck.text.unicode import strip_marks
from scamcheck.types import Finding, Message

MAX_DEADLINE_HOURS = 24 * 60
"""A longer one is no ultimatum. Real ones run from 24 to 168 hours."""


@cache
def _numbers(language: str) -> dict[str, int]:
    """Return the numbers that a language writes as words, as folding leaves them."""
    return {strip_marks(word).lower(): value for word, value in load_units(language).numbers.items()}


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """Return the pattern of a number before an hour or a day."""
    units = load_units(language)
    number = "|".join([r"\d{1,4}", *sorted(map(re.escape, _numbers(language)), key=len, reverse=True)])
    sorts = "|".join(
        f"(?P<{name}>{'|'.join(re.escape(strip_marks(stem).lower()) for stem in stems)})"
        for name, stems in (("hours", units.hours), ("days", units.days))
    )
    return re.compile(rf"(?<!\d)(?P<number>{number})[\s\-]{{0,3}}(?:{sorts})", re.IGNORECASE)


def _hours(sentence: str, language: str) -> int | None:
    """Return the shortest time that a sentence names, in hours."""
    if language not in MAIL_LANGUAGES:
        return None
    found = []
    for match in _pattern(language).finditer(sentence):
        word = match["number"].lower()
        number = int(word) if word.isdigit() else _numbers(language)[word]
        found.append(number * (1 if match["hours"] else 24))
    return min((hours for hours in found if 0 < hours <= MAX_DEADLINE_HOURS), default=None)


def _deadlines(text: Text, message: Message, claims: Sequence[Claim]) -> Iterator[Finding]:
    for claim in named(claims, "deadline"):
        hours = _hours(claim.span.of(text.folded.text), text.language)
        span = visible_span(text, claim.span.start, claim.span.end)
        yield Finding("deadline", span, {} if hours is None else {"hours": hours})


DETECTORS = (Detector("deadline", _deadlines), claim_detector("no_police"))
