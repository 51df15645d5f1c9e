"""Pressure: a deadline, and orders to stay silent."""

import re
from collections.abc import Iterator

from scamcheck.features.cues import find_cues, number_pattern
from scamcheck.features.indicators.base import Detector, cue_detector, visible_span
from scamcheck.languages import load_language
from scamcheck.text import Text
from scamcheck.text.unicode import strip_marks
from scamcheck.types import Finding, Message

MAX_DEADLINE_HOURS = 24 * 60
"""A longer one is no ultimatum. Real ones run from 24 to 168 hours."""


def _number(word: str, language: str) -> int | None:
    if word.isdigit():
        return int(word)
    words = {strip_marks(name).lower(): value for name, value in load_language(language).number_words.items()}
    return words.get(word.lower())


def _deadlines(text: Text, message: Message) -> Iterator[Finding]:
    for unit, hours in (("hours", 1), ("days", 24)):
        for match, language in find_cues(f"deadline_{unit}", text.folded.text, text.language):
            words = rf"(?<!\w)(?:\d{{1,4}}|(?:{number_pattern(language)})(?!\w))"
            # The last number stands before the unit: "two days (48 hours)" is found by its hours as 48.
            found = re.findall(words, match.group(), re.IGNORECASE)
            number = _number(found[-1], language) if found else None
            if number and number * hours <= MAX_DEADLINE_HOURS:
                yield Finding("deadline", visible_span(text, *match.span()), {"hours": number * hours})
    for match, _ in find_cues("deadline", text.folded.text, text.language):
        yield Finding("deadline", visible_span(text, *match.span()))


DETECTORS = (Detector("deadline", _deadlines), cue_detector("no_police"))
