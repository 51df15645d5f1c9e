"""Rich text as Outlook keeps the body of a mail: compressed, and often HTML or plain text in disguise.

[MS-OXRTFCP] says how it is compressed, [MS-OXRTFEX] how HTML stands in it, the RTF 1.9.1 specification the rest.
"""

import codecs
import re
import zlib
from dataclasses import dataclass, replace

from scamcheck.limits import MAX_RTF_BYTES
from scamcheck.text import css

_PRELOADED = (  # what the dictionary of the compression starts with, [MS-OXRTFCP] 2.1.2.1
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "
    rb"MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_DICTIONARY_BYTES = 4096
_HEADER_BYTES = 16

_CODECS = {
    936: "gb18030", 1200: "utf-16-le", 1201: "utf-16-be", 10000: "mac_roman", 10006: "mac_greek",
    10007: "mac_cyrillic", 10029: "mac_latin2", 10081: "mac_turkish", 20127: "cp1252", 20866: "koi8-r",
    20932: "euc_jp", 21866: "koi8-u", 28591: "cp1252", 28599: "cp1254", 38598: "iso8859-8", 50220: "iso2022_jp",
    50221: "iso2022_jp", 50222: "iso2022_jp", 50225: "iso2022_kr", 51932: "euc_jp", 51936: "gb18030", 51949: "euc_kr",
    52936: "hz", 54936: "gb18030", 65001: "utf-8",
}  # fmt: skip
"""Windows code pages that Python knows by another name than `cp` and the number (but for the rest of ISO 8859). Latin-1
and Latin-5 are read as browsers read them (WHATWG Encoding Standard)."""

_FONT_CHARSETS = {
    0: 1252, 2: 1252, 77: 10000, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258,
    177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850,
}  # fmt: skip
"""`\\fcharset` numbers of a font table and their code pages (RTF specification, "Font Table")."""

_SIGNS = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "column": "\n", "row": "\n", "nestrow": "\n", "tab": "\t",
    "cell": "\t", "nestcell": "\t", "lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201c",
    "rdblquote": "\u201d", "bullet": "\u2022", "endash": "\u2013", "emdash": "\u2014", "enspace": "\u2002",
    "emspace": "\u2003", "qmspace": "\u2005", "zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e",
    "rtlmark": "\u200f", "~": "\xa0", "-": "\xad", "_": "\u2011", "\r": "\n", "\n": "\n", "\t": "\t",
}  # fmt: skip
"""Control words and symbols that stand for characters."""

_SKIPPED = frozenset(
    ("stylesheet", "info", "fldinst", "pict", "nonshppict", "sp", "shprslt", "filetbl", "xe", "tc", "rxe", "bkmkstart")
)
"""Groups that hold no text of the document, or the same text a second time for old programs."""

_STARRED_BUT_READ = frozenset(("htmltag", "shppict", "shpinst"))
"""Groups marked as skippable for old programs that are read all the same: HTML tags, pictures, text boxes."""

_TOKEN = re.compile(
    r"\\(?:([A-Za-z]{1,32})(-?[0-9]{1,10})? ?|'([0-9A-Fa-f]{2})|(.))|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\", re.DOTALL
)
"""A control word with its number, a byte, a control symbol, a brace, text; or a line break, which says nothing."""

_BLACK: css.Color = (0, 0, 0)
_WHITE: css.Color = (255, 255, 255)
_USUAL_HALF_POINTS = 24
_TINY_HALF_POINTS = 4
_MAX_COLORS = 256  # the number of a color is one byte in the programs that write it

DAMAGED = "the rich text of this mail is damaged; what could be read of it was read"
CUT = f"the rich text of this mail is longer than {MAX_RTF_BYTES} bytes; the rest was not read"


def codec_of(code_page: int | None) -> str | None:
    """Return the name of a Windows code page in Python, or None where it has none that reads bytes as text.

    >>> codec_of(1251), codec_of(28592), codec_of(65000)
    ('cp1251', 'iso8859-2', None)
    """
    if code_page is None:
        return None
    name = _CODECS.get(code_page, f"cp{code_page}")
    if 28592 <= code_page <= 28606 and code_page not in _CODECS:
        name = f"iso8859-{code_page - 28590}"
    try:
        return name if codecs.lookup(name).name != "utf-7" else None
    except LookupError:
        return None


def decompress(data: bytes, limit: int = MAX_RTF_BYTES) -> tuple[bytes, tuple[str, ...]]:
    """Return the RTF in a PidTagRtfCompressed value, at most about `limit` bytes, and what is wrong with it.

    Never fails: of damaged data comes what can be read, at worst nothing. See [MS-OXRTFCP] 2.1.3.1.
    """
    size, kind, checksum = (data[start : start + 4] for start in (0, 8, 12))
    content = data[_HEADER_BYTES : int.from_bytes(size, "little") + len(size)]
    if kind == b"MELA":
        raw_size = int.from_bytes(data[4:8], "little")
        damaged = len(content) < raw_size
        rtf, whole = content[: min(raw_size, limit)], raw_size <= limit
    elif kind == b"LZFu":
        damaged = ~zlib.crc32(content, 0xFFFFFFFF) & 0xFFFFFFFF != int.from_bytes(checksum, "little")
        rtf, whole = _inflate(content, limit)
    else:
        return b"", (DAMAGED,)
    cut = len(rtf) >= limit and not whole
    return rtf, (*((DAMAGED,) if damaged or not (whole or cut) else ()), *((CUT,) if cut else ()))


def _inflate(content: bytes, limit: int) -> tuple[bytes, bool]:
    """Return the bytes and whether their end mark was reached."""
    window = bytearray(_PRELOADED.ljust(_DICTIONARY_BYTES, b" "))
    out, write, at = bytearray(), len(_PRELOADED), 0
    while at < len(content) and len(out) < limit:
        control, at = content[at], at + 1
        for bit in range(8):
            if not control >> bit & 1:
                piece, at = content[at : at + 1], at + 1
            else:
                token, at = int.from_bytes(content[at : at + 2], "big"), at + 2
                if at > len(content):
                    return bytes(out), False
                read = token >> 4
                if read == write:
                    return bytes(out), True
                room = (write - read) % _DICTIONARY_BYTES  # the reference may reach into what it writes itself
                source = bytes(window[(read + step) % _DICTIONARY_BYTES] for step in range(min(room, (token & 15) + 2)))
                piece = (source * 17)[: (token & 15) + 2]
            for byte in piece:
                window[write] = byte
                write = (write + 1) % _DICTIONARY_BYTES
            out += piece
    return bytes(out), False


@dataclass(frozen=True, slots=True)
class RichText:
    """What stands in an RTF: HTML (`text/html`) or plain text, the text that it hides, and the pictures counted."""

    media_type: str
    source: str
    hidden: str
    pictures: int


def convert(rtf: bytes) -> RichText:
    """Return the text of an RTF, or the HTML that it encapsulates; never fails, whatever the bytes are."""
    return _Converter().convert(rtf.decode("latin-1"))


@dataclass(frozen=True, slots=True)
class _State:
    """What an open group passes on to the groups in it."""

    place: str = ""
    font: int = -1
    after_unicode: int = 1
    only_rtf: bool = False
    invisible: bool = False
    half_points: int = _USUAL_HALF_POINTS
    color: int = 0
    ground: int = 0


class _Converter:
    """Walks the tokens of one RTF. The characters are bytes in Latin-1 until `_flush` decodes them."""

    def __init__(self) -> None:
        self._state = _State()
        self._outer: list[_State] = []
        self._html = False
        self._codec = "cp1252"
        self._fonts: dict[int, str] = {}
        self._default_font = -1
        self._colors: list[css.Color] = []
        self._color = _BLACK
        self._skip = 0
        self._pictures = 0
        self._shown: list[str] = []
        self._hidden: list[str] = []
        self._raw = bytearray()
        self._raw_codec = self._codec
        self._raw_goes = self._shown

    def convert(self, rtf: str) -> RichText:
        """Return the text of the document."""
        at, starred = 0, False
        while match := _TOKEN.match(rtf, at):
            at = match.end()
            word, number, byte, symbol, brace, text = match.groups()
            if text:
                self._bytes(text[self._skip :])
                self._skip = max(0, self._skip - len(text))
            elif byte or symbol:
                self._sign(byte, symbol)
            elif brace:
                self._brace(brace)
            elif word == "bin":
                at += max(0, int(number or 0))  # raw bytes of a picture
            elif word:
                self._skip = 0
                self._word(word, int(number) if number else None, starred)
            starred = symbol == "*"
        self._flush()
        shown, hidden = (_joined(pieces) for pieces in (self._shown, self._hidden))
        return RichText("text/html" if self._html else "text/plain", shown, " ".join(hidden.split()), self._pictures)

    def _brace(self, brace: str) -> None:
        self._skip = 0
        if brace == "{":
            self._outer.append(self._state)
        elif self._outer:
            self._state = self._outer.pop()

    def _sign(self, byte: str | None, symbol: str) -> None:
        if self._skip:  # it stands for the `\\u` before it, in programs that know no Unicode
            self._skip -= 1
        elif byte:
            self._bytes(chr(int(byte, 16)))
        elif symbol in "\\{}":
            self._bytes(symbol)
        elif symbol in _SIGNS:
            self._put(_SIGNS[symbol])

    def _word(self, word: str, number: int | None, starred: bool) -> None:
        if self._state.place == "skipped":
            return
        if word in _SKIPPED or (starred and word not in _STARRED_BUT_READ) or (word == "htmltag" and not self._html):
            self._pictures += word == "pict"
            self._state = replace(self._state, place="skipped")
        elif word in ("fonttbl", "colortbl", "htmltag"):
            self._state = replace(self._state, place=word)
        elif word == "fromhtml":
            self._html |= number != 0 and len(self._outer) == 1 and not self._raw  # it stands in the header only
        elif word == "ansicpg":
            self._codec = codec_of(number) or self._codec
        elif word == "deff":
            self._default_font = number or 0
        elif word in ("fcharset", "cpg") and self._state.place == "fonttbl":
            codec = codec_of(number if word == "cpg" else _FONT_CHARSETS.get(number or 0))
            if codec:
                self._fonts[self._state.font] = codec
        elif word in ("red", "green", "blue"):
            red, green, blue = self._color
            value = min(255, max(0, number or 0))
            self._color = {"red": (value, green, blue), "green": (red, value, blue), "blue": (red, green, value)}[word]
        elif word == "u" and number is not None:
            self._put(chr(number & 0xFFFF))
            self._skip = self._state.after_unicode
        elif word in _SIGNS:
            self._put(_SIGNS[word])
        else:
            self._format(word, number)

    def _format(self, word: str, number: int | None) -> None:
        """Take over what a control word says about the characters behind it."""
        state = self._state
        if word == "f":
            state = replace(state, font=number or 0)
        elif word == "plain":
            state = replace(state, font=-1, invisible=False, half_points=_USUAL_HALF_POINTS, color=0)
        elif word == "uc":
            state = replace(state, after_unicode=max(0, number if number is not None else 1))
        elif word == "htmlrtf":
            state = replace(state, only_rtf=number != 0)
        elif word in ("v", "deleted"):
            state = replace(state, invisible=number != 0)
        elif word == "fs":
            state = replace(state, half_points=_USUAL_HALF_POINTS if number is None else number)
        elif word == "cf":
            state = replace(state, color=number or 0)
        elif word in ("cb", "chcbpat", "highlight", "cbpat", "clcbpat"):
            state = replace(state, ground=number or 0)
        self._state = state

    def _goes(self) -> list[str] | None:
        """Return where the next characters go: to the shown ones, to the hidden ones, or nowhere."""
        state = self._state
        if state.place not in ("", "htmltag") or (self._html and state.only_rtf):
            return None
        if self._html:
            return self._shown  # what is hidden is told from the HTML later
        color = self._colors[state.color] if 0 < state.color < len(self._colors) else _BLACK
        unseen = not state.ground and css.alike(color, _WHITE)
        return self._hidden if unseen or state.invisible or state.half_points < _TINY_HALF_POINTS else self._shown

    def _bytes(self, text: str) -> None:
        """Take characters that stand for bytes of the code page in force."""
        state = self._state
        if state.place == "colortbl":
            for _ in range(min(text.count(";"), _MAX_COLORS - len(self._colors))):
                self._colors.append(self._color)
                self._color = _BLACK
        goes = self._goes()
        if goes is None or not text:
            return
        font = state.font if state.font >= 0 else self._default_font
        codec = self._codec if state.place == "htmltag" else self._fonts.get(font, self._codec)
        if codec != self._raw_codec or goes is not self._raw_goes:
            self._flush()
            self._raw_codec, self._raw_goes = codec, goes
        self._raw += text.encode("latin-1")

    def _put(self, sign: str) -> None:
        """Take a character that is one already."""
        goes = self._goes()
        if goes is not None:
            self._flush()
            goes.append(sign)

    def _flush(self) -> None:
        if self._raw:
            self._raw_goes.append(self._raw.decode(self._raw_codec, "replace"))
            self._raw.clear()


def _joined(pieces: list[str]) -> str:
    """Return the text; halves of a character, each written as a number of its own, are put together."""
    return "".join(pieces).replace("\0", "").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
