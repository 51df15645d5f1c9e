"""Which language is a text in?"""

from functools import cache
from typing import Any

from scamcheck.languages import MAIL_LANGUAGES

UNKNOWN = "und"
"""ISO 639-2 code for a language that cannot be told."""

_ALIASES = {"no": "nb", "nn": "nb", "yue": "zh", "wuu": "zh", "arz": "ar", "ary": "ar"}
_OTHERS = ("af", "bg", "bs", "ca", "et", "eu", "fa", "ga", "gl", "he", "hi", "hr", "id", "is", "ka", "lt", "lv", "mk",
           "ms", "mt", "sl", "sq", "sr", "sw", "ta", "th", "tl", "ur", "vi")  # fmt: skip
"""Languages that are told apart though their mails are not recognised, so that they are not taken for one that is."""

_SCRIPTS = {"ja": ("\u3040", "\u30ff"), "ko": ("\uac00", "\ud7a3"), "zh": ("\u4e00", "\u9fff"),
            "el": ("\u0370", "\u03ff"), "ar": ("\u0600", "\u06ff")}  # fmt: skip

_MARKED = "vi"
MIN_STREWN = 0.9
"""The probability from which a text that looks Vietnamese is of the language that it has without its marks."""

MIN_PROBABILITY = 0.5
MIN_LETTERS = 12  # below it any answer is a guess: a wallet address alone, a greeting
_SAMPLE_CHARS = 4_000


@cache
def _identifier() -> Any:  # py3langid ships no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = set(MAIL_LANGUAGES) - {"nb"}
    identifier.set_languages([*known, *_ALIASES, *_OTHERS])
    identifier._full_model = None  # the table of all 142 languages takes 20 MB and is not needed again
    return identifier


def _classify(text: str) -> tuple[str, float]:
    language, probability = _identifier().classify(text)
    return _ALIASES.get(str(language), str(language)), float(probability)


def _by_script(sample: str) -> str:
    """Return the language that a script leaves no doubt about, for texts in a dialect that the identifier misses."""
    for language, (first, last) in _SCRIPTS.items():
        if sum(first <= char <= last for char in sample) * 2 > sum(map(str.isalpha, sample)):
            return language
    return UNKNOWN


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
        # Dots below and double marks are Vietnamese to the identifier, whatever language they were strewn over.
        strewn = best == _MARKED and language in MAIL_LANGUAGES and probability >= MIN_STREWN
        if probability > best_probability or strewn:
            best, best_probability = language, probability
    return _by_script(readings[0][:_SAMPLE_CHARS]) if best == UNKNOWN else best
