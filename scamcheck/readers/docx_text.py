"""The XML of a Word document as events: its text in the order of the document, sorted into shown and hidden.

Element names are those of WordprocessingML (ECMA-376 part 1, chapter 17), without their namespaces, which differ
between the transitional and the strict kind. Hidden is what Word does not show: deleted text, text with the attribute
`vanish`, in the color of its ground, or of less than two points, results within instructions of fields, hidden rows.
"""

from dataclasses import dataclass, field

from scamcheck.limits import MAX_DOCUMENT_ELEMENTS, MAX_PART_CHARS
from scamcheck.readers.docx_look import (
    TOO_MANY,
    UNKNOWN,
    Attributes,
    Look,
    Styles,
    TooMuchError,
    is_on,
    local_attributes,
    local_name,
    shade,
)

_WITHOUT_TEXT = frozenset(
    (
        *("pPrChange", "rPrChange", "sectPrChange", "tblPrChange", "tcPrChange", "trPrChange", "tblPrExChange"),
        *("tblGrid", "tabs", "sectPr", "numPr", "sdtPr"),
    )
)
"""Elements that are passed over with all that is in them: properties, and what they were before a change."""
_PROPERTIES = frozenset(("rPr", "pPr", "tcPr", "tblPr", "trPr"))
_NOT_SHOWN = frozenset(("del", "moveFrom", "rt"))  # rt: the reading printed above Japanese characters, in small type
_TEXT = frozenset(("t", "delText", "instrText", "delInstrText"))
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PAGE = "FFFFFF"
_MAX_INSTRUCTIONS = 2_000


@dataclass(slots=True)
class _Row:
    cells: int = 0
    hidden: bool = False


@dataclass(slots=True)
class _Story:
    """Where the reader stands in the body, or in a text box within a paragraph of it.

    `fields` says of each open field whether its instruction goes on, and `instructing` of how many it does; `grounds`
    are those of open tables and cells. An inner ground or row starts out like the one around it, so that the last of
    them tells all: nothing here walks up a nesting, which a hostile document makes 100,000 deep.
    """

    ground: str
    out: list[str] = field(default_factory=list)
    paragraph: Look = field(default_factory=Look)
    run: Look = field(default_factory=Look)
    fields: list[bool] = field(default_factory=list)
    instructing: int = 0
    grounds: list[str] = field(default_factory=list)
    rows: list[_Row] = field(default_factory=list)

    def deepen(self) -> None:
        """Enter a table or a cell."""
        self.grounds.append(self.grounds[-1] if self.grounds else "")

    def start_cell(self) -> None:
        """Part the text of a cell from that of the cell before it."""
        self.deepen()
        if not self.rows:
            return
        if self.rows[-1].cells:
            while self.out and self.out[-1] == "\n":
                self.out.pop()
            self.out.append("\t")
        self.rows[-1].cells += 1

    def turn_field(self, kind: str) -> None:
        """Follow a complex field: its instruction, then its result (17.16.18)."""
        if kind == "begin":
            self.fields.append(True)
            self.instructing += 1
        elif self.fields and kind in ("separate", "end"):
            self.instructing -= self.fields.pop()
            if kind == "separate":
                self.fields.append(False)

    def end_line(self) -> None:
        """End a paragraph, and an instruction with it: one that is never ended would hide the rest of the document."""
        self.out.append("\n")
        if self.instructing:
            self.fields.clear()
            self.instructing = 0


class TextReader:
    """A target of the XML parser that collects the text of a document's parts, one part after the other."""

    def __init__(self, styles: Styles) -> None:
        self.instructions = ""
        self._styles = styles
        self._hidden: list[str] = []
        self._elements = 0
        self._chars = 0
        self._hidden_chars = 0
        self.begin()

    def begin(self) -> None:
        """Start a new part, whatever state a broken one left behind."""
        self._open: list[str] = []
        self._stories = [_Story(_PAGE)]
        self._boxes: list[str] = []  # the text of text boxes, which follows the paragraph that they hang on
        self._skipped = 0
        self._removed = 0
        self._alternatives: list[bool] = []

    @property
    def shown(self) -> str:
        """The shown text of the part that was begun last."""
        return "".join((*self._stories[0].out, *self._boxes)).strip("\n")

    @property
    def hidden(self) -> str:
        """The hidden text of all parts so far."""
        return " ".join("".join(self._hidden).split())

    def start(self, tag: str, attributes: Attributes) -> None:
        """Take the start of an element. Raises TooMuchError past the cap on elements."""
        name = local_name(tag)
        self._elements += 1
        if self._elements > MAX_DOCUMENT_ELEMENTS:
            raise TooMuchError(TOO_MANY)
        parent = self._open[-1] if self._open else ""
        self._open.append(name)
        if self._skipped or name in _WITHOUT_TEXT or self._is_other_alternative(name):
            self._skipped += 1
        elif parent in _PROPERTIES:
            self._property(parent, name, local_attributes(attributes))
        elif name in _CHARACTERS:
            self._add(_CHARACTERS[name])
        elif name in _NOT_SHOWN:
            self._removed += 1
        else:
            self._structure(name, local_attributes(attributes))

    def _structure(self, name: str, attributes: Attributes) -> None:
        story = self._stories[-1]
        if name == "p":
            story.paragraph = story.run = Look()
        elif name == "r":
            story.run = Look()
        elif name == "AlternateContent":
            self._alternatives.append(False)
        elif name == "txbxContent":
            self._stories.append(_Story(UNKNOWN, self._boxes))
        elif name == "tbl":
            story.deepen()
        elif name == "tr":
            story.rows.append(_Row(hidden=bool(story.rows) and story.rows[-1].hidden))
        elif name == "tc":
            story.start_cell()
        elif name == "fldChar":
            story.turn_field(attributes.get("fldCharType", ""))
        elif name == "fldSimple":
            self._instruct(attributes.get("instr", ""))
        elif name == "sym":
            self._add(_symbol(attributes.get("char", "")))
        elif name == "background" and attributes.get("color", "auto") != "auto":
            story.ground = attributes["color"]

    def _is_other_alternative(self, name: str) -> bool:
        """Return whether this is one alternative too many: Word shows the first that it understands (part 3, 7.6)."""
        if name not in ("Choice", "Fallback") or not self._alternatives:
            return False
        seen = self._alternatives[-1]
        self._alternatives[-1] = True
        return seen

    def _property(self, parent: str, name: str, attributes: Attributes) -> None:
        story = self._stories[-1]
        if parent == "rPr":
            if self._open[-3:-2] != ["pPr"]:  # there it is the look of the paragraph mark
                story.run = story.run.with_property(name, attributes)
        elif parent == "pPr":
            story.paragraph = story.paragraph.with_property(name, attributes)
        elif parent == "trPr":
            if name == "hidden" and story.rows:
                story.rows[-1].hidden |= is_on(attributes)
        elif name == "shd" and story.grounds:
            story.grounds[-1] = shade(attributes) or story.grounds[-1]
        elif name == "tblStyle" and story.grounds:
            shaded = set(self._styles.chain(attributes.get("val"))) & self._styles.shading
            story.grounds[-1] = UNKNOWN if shaded else story.grounds[-1]

    def end(self, _tag: str) -> None:
        """Take the end of an element."""
        name = self._open.pop()
        if self._skipped:
            self._skipped -= 1
            return
        if self._open and self._open[-1] in _PROPERTIES:
            return
        story = self._stories[-1]
        if name == "p":
            story.end_line()
            self._hidden.append("\n")
            if len(self._stories) == 1 and self._boxes:
                story.out += self._boxes
                self._boxes.clear()
        elif name == "tr" and story.rows:
            story.rows.pop()
            if story.out and story.out[-1] != "\n":
                story.out.append("\n")
        elif name in ("tc", "tbl") and story.grounds:
            story.grounds.pop()
        elif name == "txbxContent" and len(self._stories) > 1:
            self._stories.pop()
        elif name == "AlternateContent" and self._alternatives:
            self._alternatives.pop()
        elif name in _NOT_SHOWN:
            self._removed -= 1

    def data(self, text: str) -> None:
        """Take text; it counts only where it stands in an element of text. Raises TooMuchError past the cap on it."""
        name = self._open[-1] if self._open else ""
        if self._skipped or name not in _TEXT:
            return
        if name in ("instrText", "delInstrText"):
            self._instruct(text)
        else:
            self._add(text, removed=name == "delText")

    def _add(self, text: str, *, removed: bool = False) -> None:
        story = self._stories[-1]
        unseen = removed or self._removed or story.instructing or (story.rows and story.rows[-1].hidden)
        if unseen or self._is_invisible(story):
            self._hidden_chars += len(text)
            if self._hidden_chars <= MAX_PART_CHARS:  # the shown text goes on being read
                self._hidden.append(text)
            return
        self._chars += len(text)
        if self._chars > MAX_PART_CHARS:
            raise TooMuchError(f"the document has more than {MAX_PART_CHARS} characters; the rest was not read")
        story.out.append(text)

    @property
    def is_hidden_cut(self) -> bool:
        """Whether there was more hidden text than is kept."""
        return self._hidden_chars > MAX_PART_CHARS

    def _is_invisible(self, story: _Story) -> bool:
        styles = self._styles
        named = styles.look(story.paragraph.style)
        look = story.run.over(styles.look(story.run.style)).over(named).over(styles.defaults)
        cell = story.grounds[-1] if story.grounds else ""
        return look.hides(look.ground or story.paragraph.ground or cell or story.ground)

    def _instruct(self, text: str) -> None:
        if len(self.instructions) < _MAX_INSTRUCTIONS:
            self.instructions += text[:_MAX_INSTRUCTIONS] + " "


def _symbol(char: str) -> str:
    """Return a character given by its number; those of picture fonts, in the private area, as a bullet (17.3.3.30)."""
    try:
        number = int(char[:6], 16)
    except ValueError:
        return ""
    if 0xE000 <= number <= 0xF8FF:
        return "•"
    return chr(number) if number >= ord(" ") and not 0xD800 <= number <= 0xDFFF and number <= 0x10FFFF else ""
