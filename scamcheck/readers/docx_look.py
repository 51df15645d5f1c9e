"""How text of a Word document looks, by its own properties and by its styles (ECMA-376 part 1, chapter 17)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from scamcheck.limits import MAX_DOCUMENT_ELEMENTS
from scamcheck.text import css

UNKNOWN = "unknown"
"""A ground of which nobody can say whether text is seen on it: the text counts as shown."""
_MIN_HALF_POINTS = 4
_OFF = frozenset(("0", "false", "off", "none"))
Attributes = Mapping[str, str]


class TooMuchError(Exception):
    """The document goes on past a cap; the message says which."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a run, a paragraph or a style says about how text looks; None where it says nothing."""

    vanish: bool | None = None
    color: str | None = None
    half_points: int | None = None
    ground: str | None = None
    style: str | None = None

    def over(self, other: "Look") -> "Look":
        """Return this look where it says something, else the other."""
        return Look(
            other.vanish if self.vanish is None else self.vanish,
            self.color or other.color,
            other.half_points if self.half_points is None else self.half_points,
            self.ground or other.ground,
        )

    def with_property(self, name: str, attributes: Attributes) -> "Look":
        """Return the look with one property element more."""
        value = attributes.get("val", "")
        if name == "vanish":
            return replace(self, vanish=is_on(attributes))
        if name == "color":
            return replace(self, color=value)
        if name == "sz" and value.isascii() and value.isdigit():
            return replace(self, half_points=int(value[:6]))
        if name == "highlight" and value != "none":
            return replace(self, ground=value)
        if name == "shd" and (ground := shade(attributes)):
            return replace(self, ground=ground)
        if name in ("rStyle", "pStyle"):
            return replace(self, style=value)
        return self

    def hides(self, ground: str) -> bool:
        """Return whether text of this look, on a ground where it has none of its own, is not seen."""
        if self.vanish or (self.half_points is not None and self.half_points < _MIN_HALF_POINTS):
            return True
        color, under = _rgb(self.color or ""), _rgb(self.ground or ground)
        return color is not None and under is not None and css.alike(color, under)


def shade(attributes: Attributes) -> str:
    """Return the color of a shading; empty for none, unknown for a pattern of two colors (17.18.78)."""
    pattern, fill = attributes.get("val", "clear"), attributes.get("fill", "auto")
    if pattern == "nil" or (pattern == "clear" and fill == "auto"):
        return ""
    if pattern == "solid":
        return attributes.get("color", UNKNOWN)
    return fill if pattern == "clear" else UNKNOWN


def is_on(attributes: Attributes) -> bool:
    """Return whether a property that is on or off is on (17.17.4)."""
    return attributes.get("val", "").lower() not in _OFF


def _rgb(value: str) -> css.Color | None:
    color = css.parse_color(f"#{value}")
    return color if color is not None else css.parse_color(value)


TOO_MANY = f"the document has more than {MAX_DOCUMENT_ELEMENTS} elements; the rest was not read"


def local_name(tag: str) -> str:
    """Return the name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]


def local_attributes(attributes: Attributes) -> dict[str, str]:
    """Return the attributes under their names without namespaces."""
    return {local_name(name): value for name, value in attributes.items()}


@dataclass(slots=True)
class Styles:
    """The styles of a document as a target of the parser: what they say about text, and which tables they shade."""

    looks: dict[str, Look] = field(default_factory=dict)
    based_on: dict[str, str] = field(default_factory=dict)
    shading: set[str] = field(default_factory=set)
    defaults: Look = field(default_factory=Look)
    _open: list[str] = field(default_factory=list)
    _style: str = ""
    _elements: int = 0
    _resolved: dict[str | None, Look] = field(default_factory=dict)

    def start(self, tag: str, attributes: Attributes) -> None:
        """Take the start of an element."""
        name, attributes = local_name(tag), local_attributes(attributes)
        self._elements += 1
        if self._elements > MAX_DOCUMENT_ELEMENTS:
            raise TooMuchError(TOO_MANY)
        above = self._open[-2:]
        if name == "style":
            self._style = attributes.get("styleId", "")
        elif name == "basedOn":
            self.based_on[self._style] = attributes.get("val", "")
        elif above == ["rPrDefault", "rPr"]:
            self.defaults = self.defaults.with_property(name, attributes)
        elif above == ["style", "rPr"] or (above == ["style", "pPr"] and name == "shd"):
            self.looks[self._style] = self.looks.get(self._style, Look()).with_property(name, attributes)
        if name == "shd" and shade(attributes):
            self.shading.add(self._style)
        self._open.append(name)

    def end(self, _tag: str) -> None:
        """Take the end of an element."""
        self._open.pop()

    def data(self, _text: str) -> None:
        """Take text, of which styles have none."""

    def chain(self, style: str | None) -> list[str]:
        """Return the style and those that it builds on, ten at most."""
        found: list[str] = []
        while style and len(found) < 10 and style not in found:
            found.append(style)
            style = self.based_on.get(style)
        return found

    def look(self, style: str | None) -> Look:
        """Return the look of a style, with what it takes from those that it builds on."""
        if style not in self._resolved:
            look = Look()
            for name in self.chain(style):
                look = look.over(self.looks.get(name, Look()))
            self._resolved[style] = look
        return self._resolved[style]
