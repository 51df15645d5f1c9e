"""The text of a PDF page by runs, and which of them can be seen. Runs in the child process only.

What hides text in a PDF has no end; the page is rendered, and a run of text that leaves no trace where it stands, or
has the colour of the ground around it, is hidden. So is text of render mode 3 or 7 (ISO 32000-1, 9.3.6), smaller than
two points, or off the page. Best effort: text over a photograph is taken as shown.
"""

import ctypes
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

_LEAST_POINTS = 2.0
_CONTRAST = 24  # of 255; less cannot be seen
_RING = 3  # pixels around a run where the ground is looked at
_INVISIBLE_MODES = (3, 7)

Place = Callable[[float, float], tuple[float, float]]


@dataclass(slots=True)
class Run:
    """Characters of one text object that follow each other: their text, their box in points, one of their numbers."""

    target: int
    handle: Any
    index: int
    chars: list[str] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)


def runs(text_page: Any, most: int) -> Iterator[Run]:
    """Yield the characters of a page in runs, in the order in which PDFium puts them, breaks and spaces included."""
    raw = import_module("pypdfium2.raw")
    run: Run | None = None
    edges = [ctypes.c_double() for _ in range(4)]
    for index in range(min(text_page.count_chars(), most)):
        handle = raw.FPDFText_GetTextObject(text_page, index)
        target = ctypes.cast(handle, ctypes.c_void_p).value or 0
        code = raw.FPDFText_GetUnicode(text_page, index)
        if run is None or (target and target != run.target):
            if run:
                yield run
            run = Run(target, handle, index)
        run.chars.append(chr(code) if 0 < code < 0x110000 else "\N{REPLACEMENT CHARACTER}")
        if target and raw.FPDFText_GetCharBox(text_page, index, *edges):
            left, right, bottom, top = (edge.value for edge in edges)
            if right > left or top > bottom:
                run.boxes.append((left, bottom, right, top))
    if run:
        yield run


def _points(text_page: Any, run: Run) -> float:
    """Return the height of the letters of a run in points, as they stand on the page."""
    raw = import_module("pypdfium2.raw")
    matrix = raw.FS_MATRIX()
    size = float(raw.FPDFText_GetFontSize(text_page, run.index))
    if raw.FPDFText_GetMatrix(text_page, run.index, matrix):
        size *= max((matrix.c**2 + matrix.d**2) ** 0.5, (matrix.a**2 + matrix.b**2) ** 0.5)
    return size


def _fill(text_page: Any, run: Run) -> tuple[int, int, int, int] | None:
    raw = import_module("pypdfium2.raw")
    color = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFText_GetFillColor(text_page, run.index, *color):
        return None
    red, green, blue, alpha = (int(part.value) for part in color)
    return red, green, blue, alpha


def placing(page: Any, bitmap: Any) -> Place:
    """Return the function from points of a page to pixels of its picture, turned pages included; it is linear."""
    place = bitmap.get_posconv(page)
    left, bottom, right, top = page.get_bbox()
    (x0, y0), (x1, y1), (x2, y2) = (place.to_bitmap(x, y) for x, y in ((left, bottom), (right, bottom), (left, top)))
    width, height = max(right - left, 1e-6), max(top - bottom, 1e-6)

    def to_pixels(x: float, y: float) -> tuple[float, float]:
        across, up = (x - left) / width, (y - bottom) / height
        return x0 + (x1 - x0) * across + (x2 - x0) * up, y0 + (y1 - y0) * across + (y2 - y0) * up

    return to_pixels


def _leaves_trace(run: Run, fill: tuple[int, int, int, int] | None, pixels: Any, place: Place) -> bool:
    """Return whether the page looks different where a run stands, and its colour differs from the ground around."""
    corners = [place(x, y) for box in run.boxes for x, y in (box[:2], box[2:])]
    left, right = (int(edge) for edge in (min(x for x, _ in corners), max(x for x, _ in corners)))
    top, bottom = (int(edge) for edge in (min(y for _, y in corners), max(y for _, y in corners)))
    height, width = pixels.shape[:2]
    if right < 0 or bottom < 0 or left >= width or top >= height:
        return False
    rows = slice(max(top - _RING, 0), bottom + _RING + 1)
    columns = slice(max(left - _RING, 0), right + _RING + 1)
    region = pixels[rows, columns].astype("int16")
    if int((region.max(axis=(0, 1)) - region.min(axis=(0, 1))).max()) < _CONTRAST:
        return False
    if fill is None:
        return True
    numpy = import_module("numpy")
    ring = numpy.concatenate(
        [
            region[:2].reshape(-1, 3),
            region[-2:].reshape(-1, 3),
            region[:, :2].reshape(-1, 3),
            region[:, -2:].reshape(-1, 3),
        ]
    )
    alike = (abs(ring - numpy.array(fill[:3])).max(axis=1) < _CONTRAST).mean()
    return float(alike) < 0.8


def is_shown(text_page: Any, run: Run, pixels: Any, place: Place) -> bool:
    """Return whether a run can be seen on the page that `pixels` shows; runs of spaces alone count as shown."""
    raw = import_module("pypdfium2.raw")
    if not run.boxes:  # spaces alone
        return True
    mode = raw.FPDFTextObj_GetTextRenderMode(run.handle)
    if mode in _INVISIBLE_MODES or _points(text_page, run) < _LEAST_POINTS:
        return False
    fill = _fill(text_page, run)
    if fill and fill[3] < 16 and mode in (0, 4):
        return False
    return _leaves_trace(run, fill if mode in (0, 4) else None, pixels, place)


def tidy(chars: Iterable[str]) -> str:
    """Return characters from PDFium as text: pairs of surrogates joined, its marks of hyphens at line ends left out."""
    text = "".join(chars).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x02", "").replace("\ufffe", "").replace("\0", " ")
    return "\n".join(line.strip() for line in text.split("\n")).strip()
