"""The pages of a PDF: text shown, text hidden, and pages that are pictures. Runs in the child process only."""

import ctypes
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from scamcheck.errors import UnreadableInputError
from scamcheck.limits import MAX_PART_CHARS, MAX_PDF_PAGES
from scamcheck.readers.layout import Line
from scamcheck.readers.pdf_text import is_shown, placing, runs, tidy
from scamcheck.types import Writing

PAGE_DPI = 150
"""Dots an inch at which pages are rendered and boxes are given. Letters of ten points are 20 pixels high."""

_MAX_SIDE = 3_000  # pixels; pages of posters are rendered smaller
_FEW_CHARS = 60  # fewer shown characters with a drawing beside them: the letter may be the drawing
_IMAGE_SHARE = 0.12  # of the page; smaller pictures are logos and stamps
_MAX_OBJECTS = 5_000
_MAX_NOTES = 200
_HIDDEN_NOTE = 0b100010  # hidden, or not to be viewed (ISO 32000-1, 12.5.3)

DAMAGED = "This PDF is damaged and cannot be read. Open it, and paste its text or take a screenshot of it."
ENCRYPTED = "This PDF needs a password. Open it with the password and paste its text, or give the password."
_WORD = re.compile(r"\w{2,40}")


@dataclass(slots=True)
class _Page:
    """What one page says: its shown and hidden text, where shown characters stand, its pixels and their scale."""

    shown: str
    hidden: str
    places: list[tuple[float, float]]
    pixels: Any
    factor: float
    pictured: bool
    cut: bool


@dataclass(slots=True)
class _Result:
    """What has been read of all pages so far."""

    text: str = ""
    boxes: list[list[int]] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    not_installed: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    unfinished: list[int] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    cut: list[int] = field(default_factory=list)

    def add(self, text: str, spans: Iterable[tuple[int, int, Line]] = (), page: int = 0, factor: float = 1.0) -> None:
        """Add a piece of text as a paragraph, with the lines of it that stand in a picture of the page."""
        if not text:
            return
        shift = len(self.text) + 2 if self.text else 0
        self.text += ("\n\n" if self.text else "") + text
        for start, end, line in spans:
            edges = (round(edge / factor) for edge in (line.left, line.top, line.right, line.bottom))
            self.boxes.append([start + shift, end + shift, page, *edges])


def _open(data: bytes, passwords: Sequence[str]) -> Any:
    pdfium = import_module("pypdfium2")
    wrong = import_module("pypdfium2.raw").FPDF_ERR_PASSWORD
    for password in (None, *passwords):
        try:
            return pdfium.PdfDocument(data, password=password)
        except pdfium.PdfiumError as error:
            if error.err_code != wrong:
                raise UnreadableInputError(DAMAGED, code="damaged") from error
        except ValueError:  # a password that cannot be written in UTF-8
            continue
    raise UnreadableInputError(ENCRYPTED, code="encrypted")


def _is_pictured(page: Any, few: bool) -> bool:
    """Return whether a page has a picture that may be a letter, or, with little text, any drawing."""
    raw = import_module("pypdfium2.raw")
    area = max(page.get_width() * page.get_height(), 1.0)
    for number, thing in enumerate(page.get_objects(max_depth=4)):
        if number > _MAX_OBJECTS or (few and thing.type not in (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM)):
            return True
        if thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            inner = thing.level > 0  # its bounds are those in a form, whose own size is not looked at
            if inner or abs(right - left) * abs(top - bottom) >= _IMAGE_SHARE * area:
                return True
    return False


def _notes(page: Any) -> list[str]:
    """Return the words of text boxes and notes stuck on a page that it does not draw itself; hidden ones left out."""
    raw = import_module("pypdfium2.raw")
    found = []
    for number in range(min(raw.FPDFPage_GetAnnotCount(page), _MAX_NOTES)):
        note = raw.FPDFPage_GetAnnot(page, number)
        if not note:
            continue
        kind, flags = raw.FPDFAnnot_GetSubtype(note), raw.FPDFAnnot_GetFlags(note)
        if kind in (raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_FREETEXT) and not flags & _HIDDEN_NOTE:
            size = raw.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
            buffer = (ctypes.c_ushort * (size // 2 + 1))()
            raw.FPDFAnnot_GetStringValue(note, b"Contents", buffer, size)
            found.append(bytes(buffer)[:size].decode("utf-16-le", "replace").rstrip("\0"))
        raw.FPDFPage_CloseAnnot(note)
    return found


def _look(document: Any, number: int, most: int) -> _Page:
    """Return what is on a page before any recognition. Raises PdfiumError where it is damaged."""
    raw = import_module("pypdfium2.raw")
    page = document[number]
    notes = _notes(page)
    if raw.FPDFPage_GetAnnotCount(page) > 0:  # filled-in fields and notes become text of the page, hidden ones do not
        raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
        page.close()
        page = document[number]
    scale = min(PAGE_DPI / 72, _MAX_SIDE / max(page.get_width(), page.get_height(), 1.0))
    bitmap = page.render(scale=scale, rev_byteorder=True, force_bitmap_format=raw.FPDFBitmap_BGR, may_draw_forms=False)
    pixels, place, text_page = bitmap.to_numpy(), placing(page, bitmap), page.get_textpage()
    shown: list[str] = []
    hidden: list[str] = []
    places: list[tuple[float, float]] = []
    for run in runs(text_page, most):
        if is_shown(text_page, run, pixels, place):
            shown += run.chars
            places += (place((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for box in run.boxes)
        else:
            hidden += [*run.chars, " "]
    text = tidy(shown)
    text = "\n".join([text, *(tidy(note) for note in notes if tidy(note) not in text)]).strip()
    pictured = _is_pictured(page, few=len("".join(text.split())) < _FEW_CHARS)
    cut = text_page.count_chars() > most
    found = _Page(text, tidy(hidden), places, pixels.copy(), scale * 72 / PAGE_DPI, pictured, cut)
    text_page.close()
    page.close()
    return found


def _written_already(line: Line, places: Sequence[tuple[float, float]]) -> bool:
    inside = (line.left <= x <= line.right and line.top <= y <= line.bottom for x, y in places)
    return sum(inside) >= 3


def _same_words(layer: str, text: str) -> bool:
    """Return whether a hidden text is the text layer that a scanner put under the picture of the page."""
    words = _WORD.findall(layer.casefold())
    seen = set(_WORD.findall(text.casefold()))
    return bool(words) and sum(word in seen for word in words) * 2 >= len(words)


def _recognise(page: _Page, number: int, result: _Result, deadline: float) -> str:
    """Add what is written in the pictures of a page, and return it."""
    from scamcheck.readers import ocr

    if time.monotonic() > deadline:
        result.unfinished.append(number)
        return ""
    try:
        found = ocr.read(page.pixels, deadline, lambda line: _written_already(line, page.places))
    except ImportError:
        result.not_installed.append(number)
        return ""
    result.add(found.text, found.spans, number, page.factor)
    if not found.complete:
        result.unfinished.append(number)
    elif found.writing is Writing.UNKNOWN_SCRIPT and not page.shown:
        result.unknown.append(number)
    return found.text


def _add_codes(page: _Page, number: int, result: _Result) -> None:
    from scamcheck.readers.pixels import codes

    try:
        for line in codes(page.pixels):
            result.add(line.text, [(0, len(line.text), line)], number, page.factor)
    except ImportError:
        if page.pictured and number not in result.not_installed:
            result.not_installed.append(number)


def _pages(numbers: Sequence[int]) -> str:
    """Return page numbers, from 1, as words."""
    shown = ", ".join(str(number + 1) for number in numbers[:10])
    return f"page {shown}" if len(numbers) == 1 else f"pages {shown}" + (" and more" if len(numbers) > 10 else "")


def _say_defects(result: _Result, pages: int, files: int) -> None:
    for numbers, words in (
        (result.damaged, "of the PDF cannot be opened"),
        (result.cut, f"of the PDF: past {MAX_PART_CHARS} characters of text the rest was not read"),
        (result.unfinished, "of the PDF took too long; the rest was not read"),
        (result.unknown, "of the PDF has writing in a script that cannot be read here"),
        (result.not_installed, "of the PDF has pictures that were not read: pip install 'scamcheck[pictures]'"),
    ):
        if numbers:
            result.defects.append(f"{_pages(numbers)} {words}")
    if pages > MAX_PDF_PAGES:
        result.defects.append(f"the PDF has {pages} pages; only the first {MAX_PDF_PAGES} were read")
    if files:
        result.defects.append(f"files inside the PDF were not opened: {files}")
    if not result.text:
        result.defects.append("no text was found in the PDF")


def read(data: bytes, deadline: float, passwords: Sequence[str] = ()) -> dict[str, Any]:
    """Return what is written in a PDF, as scamcheck.readers.child.Answer takes it.

    Raises UnreadableInputError where it is damaged or needs another password, ImportError where a package is missing.
    """
    from scamcheck.readers.pixels import clean

    document = _open(data, passwords)
    result = _Result()
    if document.get_formtype():
        document.init_forms()
    for number in range(min(len(document), MAX_PDF_PAGES)):
        left = MAX_PART_CHARS - len(result.text) - sum(map(len, result.hidden))
        if time.monotonic() > deadline:
            result.unfinished.append(number)
            continue
        try:
            page = _look(document, number, max(left, 0))
        except (import_module("pypdfium2").PdfiumError, ValueError):
            result.damaged.append(number)
            continue
        result.add(page.shown)
        if page.cut:
            result.cut.append(number)
        seen = _recognise(page, number, result, deadline) if page.pictured else ""
        _add_codes(page, number, result)
        if page.hidden and not _same_words(page.hidden, seen):
            result.hidden.append(page.hidden)
    _say_defects(result, len(document), document.count_attachments())
    document.close()
    writing = Writing.READ if result.text else Writing.NONE
    return {
        "text": clean(result.text),
        "boxes": result.boxes,
        "hidden": clean("\n".join(result.hidden)),
        "writing": writing.value,
        "defects": result.defects,
    }
