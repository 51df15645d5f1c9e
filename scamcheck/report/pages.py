"""The pages of a PDF: how each block is set, in fonts for all the scripts of the mails that are recognised.

The fonts stand in fonts/, where README.md says where they come from. What none of them has is shown as its code point.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import Align, WrapMode, XPos, YPos
from fpdf.fonts import TTFFont

from scamcheck.limits import MAX_PRINTED_PAGES
from scamcheck.report.document import (
    Block,
    Card,
    Document,
    Exact,
    Fields,
    Heading,
    Items,
    Paragraph,
    Quote,
    Style,
    plain,
)
from scamcheck.report.document import lines as lines_of

FONTS = Path(__file__).with_name("fonts")
_SANS, _MONO, _HAN = "sans", "mono", "han"
_FILES = {
    (_SANS, ""): "DejaVuSans.ttf",
    (_SANS, "B"): "DejaVuSans-Bold.ttf",
    (_MONO, ""): "DejaVuSansMono.ttf",
}
_HAN_FILE = "DroidSansFallback.ttf"

_MARGIN = 18.0  # mm
_FOOT = 12.0  # mm, above the margin
_AFTER_HEADING = 48.0  # mm; with less below it a heading begins the next page
_LABELS = 52.0  # mm
_LEADING = 1.4
_MM_PER_POINT = 25.4 / 72
_MIN_EXACT = 5.5  # points; a wallet of 106 letters then still stands on one line
_MAX_RUN = 1_500
"""Characters that are set at once. Setting Arabic takes more than linear time in the length of a paragraph."""

_RIGHT_TO_LEFT = frozenset(("R", "AL"))


class _FullError(Exception):
    """The document has as many pages as it may have."""


def _texts(values: tuple[object, ...]) -> Iterator[str]:
    for value in values:
        if isinstance(value, tuple):
            yield from _texts(value)
        elif isinstance(value, str):
            yield value


def _runs_left(text: str) -> bool:
    return any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in text)


def render_pages(document: Document) -> bytes:
    """Return the document as PDF, at most `MAX_PRINTED_PAGES` pages; where the rest is left out, the last says so."""
    pages = _Pages(document)
    try:
        for block in document.blocks:
            pages.put(block)
    except _FullError:
        pages.is_cut = True
    return bytes(pages.output())


class _Pages(FPDF):
    """The pages of one document."""

    def __init__(self, document: Document) -> None:
        super().__init__(format="A4")
        self._document = document
        self._base = 13.0 if document.large else 10.5
        self.is_cut = False
        self.set_creation_date(document.made_at)
        self.set_title(plain(document.title))
        self.set_lang(document.language)
        self.set_producer("scamcheck")
        self._known: set[int] = set()
        for (family, style), name in _FILES.items():
            self._load(family, style, name)
        if not self._known.issuperset(map(ord, plain("".join(_texts(astuple(document)))))):
            self._load(_HAN, "", _HAN_FILE)  # takes 0.3 s
        self.set_fallback_fonts([family for family in (_SANS, _HAN) if family in self.fonts], exact_match=False)
        self.set_margin(_MARGIN)
        self.set_auto_page_break(auto=True, margin=_MARGIN + _FOOT)
        self.add_page()
        self._text(document.title, size=1.45, style="B", after=0.5)

    def add_page(self, *args: object, **kwargs: object) -> None:
        """Begin a page, unless the document has as many as it may have."""
        if self.page >= MAX_PRINTED_PAGES:
            raise _FullError
        super().add_page(*args, **kwargs)  # type: ignore[arg-type]

    def footer(self) -> None:
        """Write the title and the number of the page at its foot, and on the last page that the rest is left out."""
        self.set_text_shaping(False)
        if self.is_cut and self.page == self.pages_count:
            self.set_y(-_MARGIN - _FOOT + 2)
            self.set_font(_SANS, "B", 9)
            self.cell(0, 5, plain(self._document.cut, self._can_show))
        self.set_y(-_MARGIN)
        self.set_font(_SANS, size=8)
        self.cell(0, 5, plain(self._document.title, self._can_show), align=Align.L)
        self.set_x(self.l_margin)
        self.cell(0, 5, f"{self.page_no()} / {{nb}}", align=Align.R)

    def _load(self, family: str, style: str, name: str) -> None:
        self.add_font(family, style, FONTS / name)
        font = self.fonts[family + style]
        if isinstance(font, TTFFont) and not style and family != _MONO:
            self._known |= font.cmap.keys()

    def _can_show(self, char: str) -> bool:
        return ord(char) in self._known

    def put(self, block: Block) -> None:
        """Set one block. Raises _FullError where the pages are used up."""
        match block:
            case Heading(text):
                self._keep(_AFTER_HEADING)
                self.ln(3)
                self.line(self.l_margin, self.y, self.w - self.r_margin, self.y)
                self.ln(2)
                self._text(text, size=1.2, style="B", after=0.3)
            case Paragraph(text, style):
                self._paragraph(text, style)
            case Quote(text):
                self._quote(text)
            case Items(items, start):
                for number, item in enumerate(items, start):
                    self._item(f"{number}." if start else "–", item)
                self.ln(2)
            case Fields(rows):
                for name, value in rows:
                    self._field(name, value)
                self.ln(2)
            case Exact(label, text):
                self._exact(label, text)
            case Card():
                self._card(block)

    def _paragraph(self, text: str, style: Style) -> None:
        if style is Style.STRONG:
            self._keep(4 * self._height())
        size = {Style.LEAD: 1.2, Style.NOTE: 0.85}.get(style, 1.0)
        self._text(text, size=size, style="B" if style in (Style.LEAD, Style.STRONG) else "", after=0.4)

    def _quote(self, text: str) -> None:
        is_gap = True
        for line in lines_of(text):
            if line.strip():
                self._text(line, indent=6)
            elif not is_gap:
                self.ln(2)
            is_gap = not line.strip()
        self.ln(2)

    def _item(self, mark: str, text: str) -> None:
        self._keep(2 * self._height())
        top = self.y
        self._text(mark, width=9)
        self.set_y(top)
        self._text(text, indent=9, after=0.2)

    def _field(self, name: str, value: str) -> None:
        self._keep(2 * self._height())
        top, page = self.y, self.page
        self._text(name, style="B", width=_LABELS - 3)
        below, below_page = self.y, self.page
        self.page, self.y = page, top
        self._text(value, indent=_LABELS)
        if (self.page, self.y) < (below_page, below):
            self.page, self.y = below_page, below
        self.ln(1)

    def _exact(self, label: str, text: str) -> None:
        """Set a string on one line, in smaller type where it is long, so that it can be copied as it is."""
        self._keep(2 * self._height())
        self._text(label, style="B")
        shown = plain(text, self._can_show)
        self.set_font(_MONO, size=self._base)
        room = self.w - self.l_margin - self.r_margin - 2 * self.c_margin
        size = max(_MIN_EXACT, min(self._base, self._base * room / max(self.get_string_width(shown), 1)))
        self._text(text, family=_MONO, points=size, after=0.4)

    def _card(self, card: Card) -> None:
        self._keep(self._height() * (3 + len(card.lines)))
        self._text(card.name, style="B")
        if card.call:
            self._text(card.call, size=1.15, style="B", indent=6)
        for line in card.lines:
            self._text(line, indent=6)
        self.ln(2.5)

    def _height(self, points: float = 0) -> float:
        """Return the height of a line, in mm."""
        return (points or self._base) * _LEADING * _MM_PER_POINT

    def _keep(self, height: float) -> None:
        """Begin a page where less than so many mm are left on this one."""
        if self.will_page_break(height):
            self.add_page()

    def _text(
        self,
        text: str,
        *,
        family: str = _SANS,
        style: str = "",
        size: float = 1.0,
        points: float = 0,
        indent: float = 0,
        width: float = 0,
        after: float = 0,
    ) -> None:
        """Set a text from the left margin and `indent` mm on; it runs from right to left where its letters do.

        `size` and `after` count in those of the body and in lines, `points` is the size itself.
        """
        points = points or self._base * size
        self.set_font(family, style, points)
        for run in _cut(plain(text, self._can_show)):
            from_right = _runs_left(run)
            # without shaping a text is copied from the page letter for letter
            self.set_text_shaping(from_right, features={"kern": False, "liga": False})
            self.set_x(self.l_margin + indent)
            self.multi_cell(
                width,
                self._height(points),
                run,
                align=Align.R if from_right and not width and not _begins_left(run) else Align.L,
                new_x=XPos.LMARGIN,
                new_y=YPos.NEXT,
                wrapmode=WrapMode.CHAR if family == _MONO else WrapMode.WORD,
            )
        self.ln(after * self._height())


def _begins_left(text: str) -> bool:
    """Return whether the first letter runs from left to right (rule P2 of UAX #9)."""
    kinds = (unicodedata.bidirectional(char) for char in text)
    return next((kind for kind in kinds if kind == "L" or kind in _RIGHT_TO_LEFT), "L") == "L"


def _cut(text: str) -> Iterator[str]:
    """Yield a text in runs that can be set at once, cut at blanks where there are some."""
    at = 0
    while at < len(text) or not at:
        end = at + _MAX_RUN
        if end < len(text):
            blank = text.rfind(" ", at + 1, end)
            end = blank + 1 if blank > 0 else end
        yield text[at:end]
        at = max(end, 1)
