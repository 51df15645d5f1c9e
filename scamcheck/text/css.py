"""Which elements does a style hide? Inline styles and the simple rules of style sheets.

Simple means: one element name, class or id, or a comma list of them. That is what mail programs keep of a sheet, and
what the padding of scam mail uses.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from scamcheck.limits import MAX_STYLE_RULES

_COMMENT = re.compile(r"/\*[^*]{0,5000}\*/")
# Rules inside @media hold for some screens only; what they hide counts as shown. Possessive, so linear.
_AT_RULE = re.compile(r"@[^{};]*+(?:;|\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\})")
_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,5000})\}")
_SELECTOR = re.compile(r"(?P<element>[a-zA-Z][\w-]*)?(?:(?P<mark>[.#])(?P<name>[\w-]+))?")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?|-?\.\d+")
_SIZE_WORDS = {"xx-small": 9.0, "x-small": 10.0}
_COLORS = {"white": (255, 255, 255), "black": (0, 0, 0)}
_KEEPS = frozenset(("", "inherit", "transparent", "none", "initial", "unset", "currentcolor"))
_ALPHA = re.compile(r"rgba\([^)]{1,60}[,/ ]\s{0,9}(0?\.\d{1,6}|[01])\s{0,9}\)")
_HEX = re.compile(r"#([0-9a-f]{3,8})\b")
_RGB = re.compile(r"rgba?\(\s{0,9}(\d{1,3})\s{0,9}[, ]\s{0,9}(\d{1,3})\s{0,9}[, ]\s{0,9}(\d{1,3})")

MIN_FONT_PIXELS = 2.0  # text of one or two pixels cannot be read
MIN_COLOR_DISTANCE = 24  # summed over the channels; below it text and ground look the same
OFF_SCREEN_PIXELS = 500.0

Color = tuple[int, int, int]
Declarations = dict[str, str]


def parse_declarations(style: str) -> Declarations:
    """Return the declarations of an inline style, names and values in lower case."""
    found: Declarations = {}
    for declaration in style.lower().split(";")[:200]:
        name, colon, value = declaration.partition(":")
        if colon:
            found[name.strip()] = value.replace("!important", "").strip()
    return found


def parse_color(value: str) -> Color | None:
    """Return a color as red, green, blue (0 to 255), or None where it is not one that we know.

    Text on an unknown ground counts as shown: it is better to judge too much than to overlook a threat.
    """
    value = value.strip().lower()
    if match := _HEX.match(value):
        digits = match[1]
        if len(digits) in (3, 4):
            digits = "".join(digit * 2 for digit in digits)
        return (int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)) if len(digits) >= 6 else None
    if match := _RGB.match(value):
        return (int(match[1]), int(match[2]), int(match[3]))
    return _COLORS.get(value.split(" ")[0])


def _pixels(value: str) -> float | None:
    match = _NUMBER.match(value)
    if not match:
        return _SIZE_WORDS.get(value)
    number = float(match.group())
    unit = value[match.end() :].strip()
    if unit.startswith(("em", "rem")):
        return number * 16
    if unit.startswith("%"):
        return number * 0.16
    return number if unit.startswith(("px", "pt")) or not unit else None


@dataclass(slots=True)
class StyleSheet:
    """The simple rules of the style sheets of one HTML part."""

    rules: dict[str, Declarations] = field(default_factory=dict)

    def add(self, source: str) -> None:
        """Read the rules of one style element."""
        for match in _RULE.finditer(_AT_RULE.sub("", _COMMENT.sub("", source))):
            declarations = parse_declarations(match[2])
            for selector in match[1].split(","):
                if _SELECTOR.fullmatch(selector.strip()) and len(self.rules) < MAX_STYLE_RULES:
                    self.rules.setdefault(selector.strip(), {}).update(declarations)

    def style_of(self, element: str, attributes: Mapping[str, str]) -> Declarations:
        """Return the declarations that hold for an element: its own attributes win over the sheet."""
        merged: Declarations = {}
        classes = attributes.get("class", "").split()[:20]
        keys = [element, *("." + name for name in classes), *(f"{element}.{name}" for name in classes)]
        if identifier := attributes.get("id", ""):
            keys += ["#" + identifier, f"{element}#{identifier}"]
        for key in keys:
            merged.update(self.rules.get(key, {}))
        if "bgcolor" in attributes:
            merged["background-color"] = attributes["bgcolor"].lower()
        if element == "font" and "color" in attributes:
            merged["color"] = attributes["color"].lower()
        merged.update(parse_declarations(attributes.get("style", "")))
        return merged


def removes(style: Declarations) -> bool:
    """Return whether the style takes the element and everything in it off the page."""
    if style.get("display") == "none" or "all" in style.get("mso-hide", ""):
        return True
    if (opacity := _NUMBER.match(style.get("opacity", ""))) and float(opacity.group()) < 0.05:
        return True
    for name in ("left", "top", "text-indent", "margin-left", "margin-top"):
        offset = _pixels(style.get(name, ""))
        if offset is not None and offset <= -OFF_SCREEN_PIXELS:
            return True
    if "hidden" in style.get("overflow", ""):
        sizes = [_pixels(style[name]) for name in ("height", "max-height", "width", "max-width") if name in style]
        return any(size is not None and size <= 1 for size in sizes)
    return False


def font_pixels(style: Declarations) -> float | None:
    """Return the font size in pixels that the style sets, or None where it sets none."""
    size = style.get("font-size")
    if size is None:
        shorthand = re.search(r"(\d+(?:\.\d+)?)px", style.get("font", ""))
        return float(shorthand[1]) if shorthand else None
    return _pixels(size)


def sets_color(style: Declarations) -> bool:
    """Return whether the style sets a text color of its own."""
    return style.get("color", "") not in _KEEPS


def ground_value(style: Declarations) -> str | None:
    """Return the background that the style sets, or None where it leaves it alone."""
    value = style.get("background-color") or style.get("background") or ""
    return None if value in _KEEPS or _is_clear(value) else value


def _is_clear(value: str) -> bool:
    alpha = _ALPHA.match(value)
    return bool(alpha) and float(alpha[1]) < 0.1 if alpha else False


def alike(text: Color, ground: Color) -> bool:
    """Return whether text of the one color cannot be seen on the other."""
    return sum(abs(a - b) for a, b in zip(text, ground, strict=True)) < MIN_COLOR_DISTANCE
