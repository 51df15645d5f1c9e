"""A tokenizer for hostile HTML that keeps the place of every token in the source.

It follows the HTML standard (https://html.spec.whatwg.org/multipage/parsing.html#tokenization) as far as text needs
it: tags, attributes, comments, raw text elements. Libraries give a tree without source offsets, and the
offsets are what evidence needs. Each character is looked at a bounded number of times, so time is linear.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from scamcheck.types import Span

_TAG_NAME = re.compile(r"[a-zA-Z][^\s/>]{0,100}")
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]{1,100})(?:\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?""")
# A tag ends at the first '>' outside a quoted value; a quote opens a value only behind '='. Possessive, so linear.
_TAG_END = re.compile(r"""[^>=]*+(?:=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])[^\s>]*+)[^>=]*+)*+>""")
_ANY_END = re.compile(r"[^>]*+>")
_STRAY_EQUALS = re.compile(r"[\s/]*+=")  # before any attribute name, a quote behind '=' opens nothing
_COMMENT_END = re.compile(r"--!?>")
_RAW_TEXT = ("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "template")


class Kind(Enum):
    """What a token is."""

    TEXT = auto()
    START = auto()
    END = auto()
    COMMENT = auto()
    RAW = auto()
    """The content of a style, script or similar element; `name` is the element's."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of HTML: kind, place in the source, element name in lower case, attributes with lower-case names."""

    kind: Kind
    span: Span
    name: str = ""
    attributes: dict[str, str] = field(default_factory=dict)


def _attributes(source: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(source):
        value = match[2] or match[3] or match[4] or ""
        found.setdefault(match[1].lower(), html.unescape(value))
    return found


def tokenize(source: str) -> Iterator[Token]:
    """Yield the tokens of an HTML source in order; their spans tile the source but for tag syntax left open."""
    at = text_start = 0
    lowered = source.lower() if len(source.lower()) == len(source) else source
    while (opening := source.find("<", at)) >= 0:
        token_end, token = _markup(source, lowered, opening)
        if token is None:
            at = token_end
            continue
        if opening > text_start:
            yield Token(Kind.TEXT, Span(text_start, opening))
        yield token
        at = text_start = token_end
        if token.kind is Kind.START and token.name in _RAW_TEXT:
            close = lowered.find("</" + token.name, at)
            close = len(source) if close < 0 else close
            yield Token(Kind.RAW, Span(at, close), token.name)
            at = text_start = close
    if text_start < len(source):
        yield Token(Kind.TEXT, Span(text_start, len(source)))


def _markup(source: str, lowered: str, at: int) -> tuple[int, Token | None]:
    """Return where the markup that opens at `at` ends, and its token, or None where that stretch is plain text."""
    if lowered.startswith("<!--", at):
        # `<!-->` is a whole comment, so the end may overlap the dashes of the start.
        dashes = _COMMENT_END.search(source, at + 2)
        end = dashes.end() if dashes else len(source)
        return end, Token(Kind.COMMENT, Span(at, end))
    if source.startswith(("<!", "<?"), at):
        close = source.find(">", at)
        end = len(source) if close < 0 else close + 1
        return end, Token(Kind.COMMENT, Span(at, end))
    closing = source.startswith("</", at)
    name = _TAG_NAME.match(source, at + 2 if closing else at + 1)
    if not name:
        return at + 1, None
    tag = (_ANY_END if _STRAY_EQUALS.match(source, name.end()) else _TAG_END).match(source, name.end())
    if not tag:  # browsers drop everything behind a tag that never ends; shown as text, nothing is lost
        return len(source), None
    end = tag.end()
    if closing:
        return end, Token(Kind.END, Span(at, end), name.group().lower())
    attributes = _attributes(source[name.end() : end - 1])
    return end, Token(Kind.START, Span(at, end), name.group().lower(), attributes)
