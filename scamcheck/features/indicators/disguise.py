"""Text that is written so that people can read it and filters cannot."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from scamcheck.features.indicators.base import Claim, Detector
from scamcheck.languages import LANGUAGES, load_language
from scamcheck.text import Text
from scamcheck.text.unicode import merge
from scamcheck.types import Finding, Message, Span

_MARKED_WORD = re.compile(r"[a-zA-Z]{0,30}[\u00c0-\u024f\u1e00-\u1eff][\w]{0,30}")
GAP = 12  # two disguised words with a short honest one between them are one finding
MIN_FOREIGN_WORDS = 6  # fewer are names and loan words ("café", "Malmö")
MIN_FOREIGN_SHARE = 0.08  # of the words; measured: quoted foreign names stay below 0.03


def _foreign_marks(text: Text) -> list[Span]:
    """Return the words with marks that the language of the text does not write, where there are many."""
    if text.language not in LANGUAGES:
        return []
    alphabet = load_language(text.language).alphabet
    visible = unicodedata.normalize("NFC", text.visible)
    if len(visible) != len(text.visible):  # combining marks: the folding has reported those already
        return []
    found = [
        Span(*match.span())
        for match in _MARKED_WORD.finditer(visible)
        if any(not char.isascii() and char.isalpha() and char not in alphabet for char in match.group().lower())
    ]
    words = len(visible.split())
    return found if len(found) >= MIN_FOREIGN_WORDS and len(found) >= MIN_FOREIGN_SHARE * words else []


def _disguises(text: Text, message: Message, claims: Sequence[Claim]) -> Iterator[Finding]:
    for span in merge([*text.disguises, *_foreign_marks(text)], gap=GAP):
        yield Finding("disguised_text", span)


DETECTORS = (Detector("disguised_text", _disguises),)
