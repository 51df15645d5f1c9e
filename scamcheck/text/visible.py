"""The text that a person sees of an HTML part, and apart from it the text that is there but not shown."""

import html
import re
from dataclasses import dataclass, replace

from scamcheck.limits import MAX_NESTING
from scamcheck.text import css
from scamcheck.text.html_tokens import Kind, Token, tokenize
from scamcheck.text.offsets import MappedText, MappedTextBuilder

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_RAW_SHOWN = frozenset(("textarea", "xmp"))
_CLOSED_BY_ITSELF = frozenset(("p", "li", "td", "th", "tr", "dd", "dt", "option"))
_NEVER_SHOWN = frozenset(("head", "datalist", "object"))
_CHUNK = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?|[ \t\n\r\f]+|[^& \t\n\r\f]+|&")
_COLLAPSED = " \t\n\r\f"  # white space that a browser shows as one space; a no-break space is none of it
_BLACK: css.Color = (0, 0, 0)
_WHITE: css.Color = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class VisibleText:
    """The shown text of a part, mapped to the part's source, and the text that the part hides."""

    shown: MappedText
    hidden: str


@dataclass(frozen=True, slots=True)
class _State:
    """What an open element passes on to the text in it."""

    name: str
    removed: bool = False
    invisible: bool = False
    tiny: bool = False
    color: css.Color | None = _BLACK
    ground: css.Color | None = _WHITE

    @property
    def hides(self) -> bool:
        unseen = self.color is not None and self.ground is not None and css.alike(self.color, self.ground)
        return self.removed or self.invisible or self.tiny or unseen


def _inherit(parent: _State, token: Token, sheet: css.StyleSheet) -> _State:
    style = sheet.style_of(token.name, token.attributes)
    state = replace(parent, name=token.name)
    if token.name in _NEVER_SHOWN or "hidden" in token.attributes or css.removes(style):
        state = replace(state, removed=True)
    if "visibility" in style:
        state = replace(state, invisible=style["visibility"] in ("hidden", "collapse"))
    size = css.font_pixels(style)
    if size is not None:
        state = replace(state, tiny=size < css.MIN_FONT_PIXELS)
    if css.sets_color(style):
        state = replace(state, color=css.parse_color(style["color"]))
    if (ground := css.ground_value(style)) is not None:
        state = replace(state, ground=css.parse_color(ground))
    return state


class _Reader:
    """Walks the tokens of one HTML part and sorts its text into shown and hidden."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._sheet = css.StyleSheet()
        self._open = [_State("")]
        self._shown = MappedTextBuilder()
        self._hidden: list[str] = []

    def read(self) -> VisibleText:
        """Return the text of the part."""
        tokens = list(tokenize(self._source))
        for token in tokens:
            if token.kind is Kind.RAW and token.name == "style":
                self._sheet.add(token.span.of(self._source))
        for token in tokens:
            if token.kind is Kind.TEXT or (token.name in _RAW_SHOWN and token.kind is Kind.RAW):
                self._text(token)
            elif token.kind is Kind.START:
                self._start(token)
            elif token.kind is Kind.END:
                self._end(token)
        return VisibleText(self._shown.build(), " ".join("".join(self._hidden).split()))

    def _break(self, token: Token, mark: str) -> None:
        """Part the text before and after an element, once: a new line wins over a space."""
        if self._open[-1].hides or not len(self._shown):
            return
        if self._shown.last[-1] not in (mark, "\n"):
            self._shown.add(mark, token.span.start, token.span.end)

    def _start(self, token: Token) -> None:
        if token.name == "br":
            if not self._open[-1].hides:
                self._shown.add("\n", token.span.start, token.span.end)
            return
        current = self._open[-1].name
        if (current == token.name and current in _CLOSED_BY_ITSELF) or (current == "p" and token.name in _BLOCKS):
            self._open.pop()  # the end tag was left out
        state = _inherit(self._open[-1], token, self._sheet)
        if not state.removed:
            self._part(token)
        if token.name not in _VOID and len(self._open) <= MAX_NESTING:
            self._open.append(state)

    def _end(self, token: Token) -> None:
        if token.name == "br":  # `</br>` is a line break in every browser
            self._start(token)
            return
        removed = False
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].name == token.name:
                removed = self._open[depth].removed
                del self._open[depth:]
                break
        if token.name in _BLOCKS and not removed:
            self._break(token, "\n")

    def _part(self, token: Token) -> None:
        if token.name in _BLOCKS:
            self._break(token, "\n")
        elif token.name in ("td", "th"):
            self._break(token, " ")

    def _text(self, token: Token) -> None:
        source = token.span.of(self._source)
        if self._open[-1].hides:
            self._hidden.append(html.unescape(source))
            return
        for match in _CHUNK.finditer(source):
            chunk, start = match.group(), token.span.start + match.start()
            if chunk[0] in _COLLAPSED:
                if len(self._shown) and self._shown.last[-1] not in _COLLAPSED:
                    self._shown.add(" ", start, start + len(chunk))
            elif chunk[0] == "&" and len(chunk) > 1:
                self._shown.add(html.unescape(chunk), start, start + len(chunk))
            else:
                self._shown.copy(chunk, start)


def read_html(source: str) -> VisibleText:
    """Return the shown text of an HTML source, mapped to it, and the text it hides."""
    return _Reader(source).read()
