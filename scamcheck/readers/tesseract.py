"""Recognition with Tesseract, where it is installed: for the scripts that the models of rapidocr do not know.

Runs in the child process only. The picture is handed over by stdin and the answer read from stdout; no file is written.
"""

import os
import shutil
import statistics
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from scamcheck.readers.layout import Line

SCRIPTS: tuple[tuple[str, ...], ...] = (
    ("eng",),
    ("rus", "ukr"),
    ("ell",),
    ("ara",),
    ("kor",),
    ("heb",),
    ("hin",),
    ("tha",),
)
"""Packs that are tried, one row a script. Latin stands first so that a poor Latin picture is not taken for another."""

SURE = 60.0
"""Mean confidence (0 to 100) from which a script counts as recognised. Seen on strips of drawn pictures in eight
languages: with the right pack 69 to 96, with a wrong one 1 to 53."""

_WORD_SURE = 25.0  # below it a "word" is a speck, an icon or a border


@dataclass(frozen=True, slots=True)
class Reading:
    """What one run with some packs found; `confidence` is the mean over characters, 0 to 100."""

    packs: str
    lines: tuple[Line, ...]
    confidence: float


@lru_cache(maxsize=1)
def binary() -> str | None:
    """Return the path of the program, or None where it is not installed."""
    return shutil.which("tesseract")


def _run(arguments: Sequence[str], data: bytes, deadline: float) -> str:
    """Return the output of a run; empty where it failed or ran out of time."""
    path, seconds = binary(), deadline - time.monotonic()
    if path is None or seconds <= 0:
        return ""
    # One thread: with two it waits on itself when the cores are busy, and takes ten times as long.
    env = {"OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8", "PATH": os.environ.get("PATH", "")}
    if "TESSDATA_PREFIX" in os.environ:
        env["TESSDATA_PREFIX"] = os.environ["TESSDATA_PREFIX"]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program with fixed arguments; the picture is only its input
            [path, *arguments], input=data, capture_output=True, timeout=seconds, env=env, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


@lru_cache(maxsize=1)
def packs() -> frozenset[str]:
    """Return the language packs that are installed."""
    return frozenset(_run(["--list-langs"], b"", time.monotonic() + 5).split("\n"))


def candidates() -> list[str]:
    """Return what can be tried, one entry a script, in the form of Tesseract's `-l`."""
    rows = ("+".join(pack for pack in row if pack in packs()) for row in SCRIPTS)
    return [row for row in rows if row] if binary() else []


def grey_map(pixels: Any) -> bytes:
    """Return an array of RGB pixels as a grey map (PGM), dark writing on a bright ground."""
    grey = pixels.astype("float32") @ [0.299, 0.587, 0.114]
    if statistics.fmean(grey[:: max(1, grey.shape[0] // 50)].mean(axis=1)) < 110:  # a dark theme
        grey = 255 - grey
    raster: bytes = grey.clip(0, 255).astype("uint8").tobytes()
    return b"P5\n%d %d\n255\n" % (grey.shape[1], grey.shape[0]) + raster


def _words(table: Sequence[str]) -> Iterator[tuple[tuple[str, ...], Line]]:
    """Yield the words of a TSV table, each with the number of its line. Columns: tesseract(1), OUTPUT TSV."""
    for row in table:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        try:
            left, top, width, height = (int(cell) for cell in cells[6:10])
            word = Line(cells[11], left, top, left + width, top + height, float(cells[10]))
        except ValueError:  # no table after all
            continue
        yield tuple(cells[2:5]), word


def parse(output: str) -> tuple[list[Line], float]:
    """Return the lines of an output in the forms `tsv` and `txt` together, and the mean confidence.

    The text form knows where spaces are in scripts that the table cuts into syllables, and the order of mixed
    directions; it is taken where both have the same lines.
    """
    rows = output.replace("\f", "\n").split("\n")
    table = [row for row in rows if row.count("\t") >= 11]
    shown = [row.strip() for row in rows if row.strip() and row.count("\t") < 11]
    by_line: dict[tuple[str, ...], list[Line]] = {}
    for number, word in _words(table):
        by_line.setdefault(number, []).append(word)
    texts = shown if len(shown) == len(by_line) else [" ".join(word.text for word in line) for line in by_line.values()]
    lines, weight, total = [], 0, 0.0
    for text, line in zip(texts, by_line.values(), strict=True):
        chars = sum(len(word.text) for word in line)
        score = sum(word.score * len(word.text) for word in line) / chars
        weight, total = weight + chars, total + score * chars
        if score >= _WORD_SURE:
            left, top = min(word.left for word in line), min(word.top for word in line)
            right, bottom = max(word.right for word in line), max(word.bottom for word in line)
            lines.append(Line(" ".join(text.split()), left, top, right, bottom, score / 100))
    return lines, total / weight if weight else 0.0


def read(picture: bytes, names: str, deadline: float) -> Reading:
    """Return what Tesseract reads in a grey map with the packs named, taken as one block of lines.

    Its own layout analysis (`--psm 3`) left out a quarter of Korean screenshots; as one block they lost nothing.
    """
    lines, confidence = parse(_run(["-", "-", "-l", names, "--psm", "6", "tsv", "txt"], picture, deadline))
    return Reading(names, tuple(lines), confidence)


def best(picture: bytes, deadline: float) -> str:
    """Return the packs that read a sample surely and best of those installed, or '' where none does."""
    readings = [read(picture, names, deadline) for names in candidates()]
    winner = max(readings, key=lambda reading: reading.confidence, default=None)
    return winner.packs if winner and winner.confidence >= SURE else ""
