"""Finding and reading the writing in a picture. Runs in the child process only.

rapidocr reads Latin letters with all their marks, Chinese and Japanese (its PP-OCRv6 models are inside its wheel and
know 18,708 characters). It finds lines in any script, but reads nothing of Cyrillic, Arabic and Korean and half of
Greek: such a picture shows itself by few characters for the width of its lines or by a low score, and Tesseract is
asked.
"""

import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

from scamcheck.readers import tesseract
from scamcheck.readers.layout import Line, in_order, join
from scamcheck.readers.lines import Seen, look, recognise
from scamcheck.types import Writing

_SHORT_SIDE = 1_500  # pixels; a page of A4 at 180 dots an inch. More takes time and reads no better
_LEAST_SIDE = 736  # the side that the detection model was trained with; smaller pictures are doubled at most
_LONG_SIDE = 2_400
_MAX_ROWS = 24_000
_LINE_SCORE = 0.5  # rapidocr's own default: below it a "line" is texture
_SURE_BOX = 0.65  # of the detection: on drawn lines 0.63 to 0.90, on ellipses 0.55 to 0.61
_STRIP_LINES = 6

# Measured on drawn pictures, clean and noisy: the mean score of a picture is 0.97 to 1.0 in the scripts that the models
# know, 0.70 to 0.93 in others; the characters for each line-height of width are 1.1 to 4 (12 in a skewed one), and 0 to
# 0.13 in Cyrillic, Arabic and Korean. Greek has up to 1.5, with scores of 0.78 to 0.86.
_SURE_SCORE, _SURE_DENSITY = 0.90, 0.5
_FAIR_SCORE, _FAIR_DENSITY = 0.75, 1.0  # enough where what was read is letters that the models know: a poor photograph


@dataclass(frozen=True, slots=True)
class Found:
    """The text read in a picture, where its lines stand in it and in the pixels, and whether that is all of it."""

    text: str
    spans: tuple[tuple[int, int, Line], ...]
    writing: Writing
    complete: bool = True


def _sizes(one: Seen) -> tuple[int, int]:
    """Return how long a line is and how high, whichever way it runs."""
    across, down = one.line.right - one.line.left, one.line.bottom - one.line.top
    return (down, across) if one.upright else (across, down)


def _confidence(seen: list[Seen]) -> tuple[float, float]:
    """Return the mean score of the lines by their length, and the characters for each line-height of length."""
    lengths = [_sizes(one) for one in seen]
    total = sum(length for length, _ in lengths)
    score = sum(one.line.score * length for one, (length, _) in zip(seen, lengths, strict=True)) / total
    chars = sum(len(one.line.text.replace(" ", "")) for one in seen)
    return score, chars / sum(length / height for length, height in lengths)


def _sure(seen: list[Seen]) -> bool:
    """Return whether lines were read as what they are."""
    score, density = _confidence(seen) if seen else (0.0, 0.0)
    if score >= _FAIR_SCORE and density >= _FAIR_DENSITY:
        letters = [char for one in seen for char in one.line.text if char.isalpha()]
        known = sum(unicodedata.name(char, "").startswith(("LATIN", "CJK", "HIRAGANA", "KATAKANA")) for char in letters)
        return score >= _SURE_SCORE or known > 0.9 * len(letters)
    return score >= _SURE_SCORE and density >= _SURE_DENSITY


def _is_writing(seen: list[Seen]) -> bool:
    """Return whether anything that was detected is writing: lines, not blobs, or a letter that was recognised."""
    for one in seen:
        length, height = _sizes(one)
        if (one.box_score >= _SURE_BOX and length > 1.5 * height) or one.line.score >= _SURE_SCORE:
            return True
    return False


def _better_turned(seen: list[Seen], deadline: float) -> bool:
    """Return whether the longest lines read much better upside down."""
    sample = sorted(seen, key=lambda one: -_sizes(one)[0])[:_STRIP_LINES]
    turned, _ = recognise([replace(one, crop=one.crop[::-1, ::-1].copy()) for one in sample], deadline)
    return bool(turned) and _confidence(turned)[0] >= _SURE_SCORE and _sure(turned) and not _sure(sample)


def _unturned(line: Line, turns: int, width: int, height: int) -> Line:
    """Return a line of a picture turned left by quarters as it stands in the picture before, `width` by `height`."""
    left, top, right, bottom = line.left, line.top, line.right, line.bottom
    if turns == 1:
        left, top, right, bottom = width - bottom, left, width - top, right
    elif turns == 2:
        left, top, right, bottom = width - right, height - bottom, width - left, height - top
    elif turns == 3:
        left, top, right, bottom = top, height - right, bottom, height - left
    return replace(line, left=left, top=top, right=right, bottom=bottom)


def _upright(pixels: Any, deadline: float) -> tuple[Any, list[Seen], bool, int]:
    """Return a picture turned so that its lines can be read, its lines, whether all were read, and quarters turned."""
    seen, complete = look(pixels, deadline)
    turns = 0
    if (
        len(seen) >= 3
        and sum(one.upright for one in seen) * 2 > len(seen)
        and not _sure([o for o in seen if not o.upright])
    ):
        turned = pixels.swapaxes(0, 1)[::-1].copy()
        again, whole = look(turned, deadline)
        if sum(one.upright for one in again) * 2 < len(again):
            pixels, seen, complete, turns = turned, again, whole, 1
    if seen and not _sure(seen) and _better_turned(seen, deadline):
        turned = pixels[::-1, ::-1].copy()
        again, whole = look(turned, deadline)
        if _sure(again):  # letters that the models do not know look like others upside down
            pixels, seen, complete, turns = turned, again, whole, turns + 2
    return pixels, seen, complete, turns


def _fit(pixels: Any) -> tuple[Any, float]:
    """Return a picture at a size that is read well, and by how much it was scaled."""
    image = import_module("PIL.Image")
    height, width = pixels.shape[:2]
    short = min(height, width)
    factor = min(_SHORT_SIDE / short, 1.0) if short > _LEAST_SIDE else min(_LEAST_SIDE / short, 2.0)
    factor = min(factor, max(_LONG_SIDE / width, 0.01), _MAX_ROWS / height)
    if factor == 1.0:
        return pixels, factor
    size = max(round(width * factor), 32), max(round(height * factor), 32)
    method = image.Resampling.BICUBIC if factor > 1 else image.Resampling.LANCZOS
    array = import_module("numpy").asarray
    return array(image.fromarray(pixels).resize(size, method, reducing_gap=3.0)), factor


def _strip(pixels: Any, seen: list[Seen]) -> Any:
    """Return the rows of the picture that hold the most writing in a few lines, to try scripts on."""
    ordered = sorted(seen, key=lambda one: one.line.top)
    starts = range(max(len(ordered) - _STRIP_LINES, 0) + 1)
    start = max(starts, key=lambda n: sum(_sizes(one)[0] for one in ordered[n : n + _STRIP_LINES]))
    chosen = [one.line for one in ordered[start : start + _STRIP_LINES]]
    top = max(min(line.top for line in chosen) - 8, 0)
    return pixels[top : max(line.bottom for line in chosen) + 8]


def _inside(line: Line, other: Line) -> bool:
    middle = (line.top + line.bottom) / 2
    return other.top <= middle <= other.bottom and line.left < other.right and other.left < line.right


def _exact(one: Seen) -> bool:
    """Return whether a line is a wallet, an address or a link, which rapidocr reads letter by letter in any letter."""
    words = [word for word in one.line.text.split() if len(word) >= 12 and word.isascii()]
    return one.line.score >= 0.97 and any(any(char.isdigit() for char in word) for word in words)


def _other_scripts(pixels: Any, seen: list[Seen], deadline: float) -> tuple[Line, ...] | None:
    """Return what Tesseract reads with the packs that fit best, or None where none does."""
    names = tesseract.best(tesseract.grey_map(_strip(pixels, seen)), deadline) if tesseract.candidates() else ""
    if not names:
        return None
    lines = [one.line for one in seen if one.line.score >= _LINE_SCORE]
    if names != "eng":
        reading = tesseract.read(tesseract.grey_map(pixels), names, deadline)
        if reading.confidence < tesseract.SURE:
            return None
        kept = [one.line for one in seen if _exact(one)]
        written = [line for line in reading.lines if any(_inside(line, one.line) for one in seen)]
        lines = kept + [line for line in written if not any(_inside(line, other) for other in kept)]
    return tuple(lines) or None


def _scaled(line: Line, factor: float, width: int, height: int) -> Line:
    """Return a line of the scaled picture in the pixels of the picture itself, `width` by `height`."""
    left, right = (min(max(round(x / factor), 0), width) for x in (line.left, line.right))
    top, bottom = (min(max(round(y / factor), 0), height) for y in (line.top, line.bottom))
    return replace(line, left=left, top=top, right=right, bottom=bottom)


def read(pixels: Any, deadline: float, skip: Callable[[Line], bool] | None = None) -> Found:
    """Return the writing in an array of RGB pixels (rows, columns, 3), in reading order, boxes in its pixels.

    `deadline` is of `time.monotonic`; what could not be read before it is left out and said. Lines for which `skip` is
    true are left out.
    """
    fitted, factor = _fit(pixels)
    turned, seen, complete, turns = _upright(fitted, deadline)
    if not _is_writing(seen):
        return Found("", (), Writing.NONE, complete)
    lines: tuple[Line, ...] | None
    if _sure(seen):
        lines = tuple(one.line for one in seen if one.line.score >= _LINE_SCORE)
    else:
        lines = _other_scripts(turned, seen, deadline)
        complete = complete and time.monotonic() < deadline
    (height, width), (rows, columns) = fitted.shape[:2], pixels.shape[:2]
    places = {id(line): _scaled(_unturned(line, turns, width, height), factor, columns, rows) for line in lines or ()}
    kept = [
        line
        for line in lines or ()
        if any(map(str.isalnum, line.text)) and (skip is None or not skip(places[id(line)]))  # else a rule or a speck
    ]
    text, spans = join(in_order(kept))  # as it is turned: upside down the order would be the reverse
    found = tuple((start, end, places[id(line)]) for start, end, line in spans)
    return Found(text, found, Writing.READ if lines else Writing.UNKNOWN_SCRIPT, complete)
