"""What the tests of the guidance share: texts of every language, cases, and what a reader gets to see of a case."""

import json
from dataclasses import asdict
from functools import cache

from scamcheck.guidance import Answers, Guidance
from scamcheck.languages import LANGUAGES, load_language
from scamcheck.report.text import render
from scamcheck.types import LABELS, Assessment, Verdict

TABLES = ("guidance.", "steps.", "questions.", "situations.", "topics.")


def texts(language: str) -> dict[str, str]:
    """Return the texts of the guidance by key."""
    words = load_language(language)
    known = words.keys()
    return {key: words.text(key) for key in known if key.startswith(TABLES)}


READY = tuple(code for code in LANGUAGES if texts(code).keys() == texts("en").keys())
"""The languages that are translated. That none is left out is a test of its own (test_texts.py)."""


def assessment(verdict: Verdict, findings=()) -> Assessment:
    """Return an assessment of a message that says nothing."""
    shares = dict.fromkeys(LABELS, 1 / 6)
    return Assessment(verdict, shares, tuple(findings), "your password is abc1!", "", "en", "", (), "test")


def may_say_bluff(answers: Answers) -> bool:
    """Return whether a reader may be told that it is a bluff, written down once more for the tests.

    The image question was answered no, nothing else that was told speaks of an image, nobody was let into the device,
    and nobody is or may be young.
    """
    let_in = any(str(each) in ("opened", "gave_access") for each in answers.done)
    quiet = not (answers.how or answers.online or answers.known_person or let_in)
    return str(answers.image_shared) == "no" and quiet and str(answers.minor) in ("unanswered", "no")


@cache
def shown(guidance: Guidance, verdict: Verdict) -> tuple[str, str]:
    """Return everything that a reader gets, in lower case: the value as JSON, and the rendered text."""
    value = json.dumps(asdict(guidance), ensure_ascii=False)
    return value.casefold(), render(assessment(verdict), guidance).casefold()
