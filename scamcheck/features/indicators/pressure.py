"""Pressure: a deadline, and orders to stay silent."""

import re
from collections.abc import Iterator, Sequence

from scamcheck.features.concepts import find_concepts
from scamcheck.features.indicators.base import (
    Claim,
    Detector,
    Kind,
    Strength,
    claim_detector,
    named,
    visible_span,
)
from scamcheck.features.payment.addresses import find_addresses
from scamcheck.features.payment.currencies import find_coin_names
from scamcheck.features.payment.days import find_until
from scamcheck.features.payment.times import Time, find_times, is_ultimatum, ultimatum
from scamcheck.text import Text
from scamcheck.text.sentences import split_sentences
from scamcheck.types import Finding, Message

MIN_HOURS = 1
"""A shorter time that only its words show is none to pay in: a programme waits for minutes."""

_THREATS = frozenset(("contacts_threat", "recording", "hacked_device", "adult_sites"))
_MIN_THREATS = 2
_MIN_WORDS = 3
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\d_\u3040-\u30ff\u3400-\u9fff]+")


def _facts(sentence: str, time: Time | None) -> dict[str, str | int | float | bool]:
    facts: dict[str, str | int | float | bool] = {}
    if time is not None:
        facts["hours"] = time.hours
    if until := find_until(sentence):
        facts["until"] = until
    return facts


def _is_extorted(folded: str, language: str, claims: Sequence[Claim]) -> bool:
    """Return whether a text has a wallet, or demands a coin and threatens twice: sellers say "within 48 hours" too."""
    if next(find_addresses(folded, language), None):
        return True
    threats = {claim.name for claim in claims} & _THREATS
    demands = named(claims, "payment_demand") if len(threats) >= _MIN_THREATS else ()
    return any(next(find_coin_names(claim.span.of(folded)), None) for claim in demands)


def _speaks_of_time(sentence: str, language: str) -> bool:
    """Return whether a sentence that names no span of time speaks of one. "Good day." does not."""
    return len(_WORD.findall(sentence)) >= _MIN_WORDS and any(
        hit.concept in ("time_limit", "opened") for hit in find_concepts(sentence, language)
    )


def _deadlines(text: Text, message: Message, claims: Sequence[Claim]) -> Iterator[Finding]:
    """Yield the deadlines that the claims model found, and the ultimatums it missed where there is something to pay."""
    folded, language = text.folded.text, text.language
    found = [claim.span for claim in named(claims, "deadline")]
    for span in found:
        sentence = span.of(folded)
        facts = _facts(sentence, ultimatum(list(find_times(sentence, language))))
        if facts or _speaks_of_time(sentence, language):
            yield Finding("deadline", visible_span(text, span.start, span.end), facts)
    if not _is_extorted(folded, language, claims):
        return
    known = {span.start for span in found}
    for span in split_sentences(folded):
        if span.start in known:
            continue
        sentence = span.of(folded)
        time = ultimatum([time for time in find_times(sentence, language) if is_ultimatum(sentence, time, language)])
        if time is not None and time.hours >= MIN_HOURS:
            yield Finding("deadline", visible_span(text, span.start, span.end), _facts(sentence, time))


DETECTORS = (
    Detector("deadline", _deadlines, Kind.CLAIM, Strength.ORDINARY),
    claim_detector("no_police"),
    claim_detector("no_reply"),
    claim_detector("untraceable", Strength.STRONG),
)
