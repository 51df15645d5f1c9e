"""Which language is a text in?"""

from functools import cache
from typing import Any

UNKNOWN = "und"
"""ISO 639-2 code for a language that cannot be told."""

MIN_PROBABILITY = 0.5
MIN_LETTERS = 12  # below it any answer is a guess: a wallet address alone, a greeting
_SAMPLE_CHARS = 4_000


@cache
def _identifier() -> Any:  # py3langid ships no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _classify(text: str) -> tuple[str, float]:
    language, probability = _identifier().classify(text)
    return str(language), float(probability)


def identify(*readings: str) -> str:
    """Return the ISO 639-1 code of the most probable language over the readings of one text, or `und`.

    A text and its folding are two readings: marks help where they are real, and mislead where they are a disguise.
    """
    best, best_probability = UNKNOWN, MIN_PROBABILITY
    for reading in readings:
        sample = reading[:_SAMPLE_CHARS]
        if sum(char.isalpha() for char in sample) < MIN_LETTERS:
            continue
        language, probability = _classify(sample)
        if len(language) == 2 and probability > best_probability:
            best, best_probability = language, probability
    return best
