"""From bytes to text, whatever was declared, and the mending of text that somebody else decoded wrongly.

The order of precedence follows the WHATWG Encoding Standard (a byte order mark beats a declaration, ISO-8859-1 means
Windows-1252 where it has to); what a browser leaves to the reader ("change the encoding") is guessed here.
"""

import codecs
import re
from functools import lru_cache
from itertools import islice

from charset_normalizer import from_bytes
from ftfy import TextFixerConfig, fix_encoding
from ftfy.badness import is_bad

from scamcheck.readers.alphabets import fit

SAMPLE_BYTES = 20_000  # guessing takes longer with a larger sample and does not get better
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_MAX_NAME = 40
_REFUSED = frozenset(
    ["utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"]
)  # they hide text from filters, or mean something else on every machine
_NUMBERED = re.compile(r"(?:x-|cs)?(?:cp|win|windows|dos|ibm|ms)[-_ ]?(\d{3,5})", re.ASCII)
_NICKNAMES = {"unicode": "utf-16", "ansi": "cp1252", "iso-8859-8-i": "iso8859-8", "x-sjis": "cp932", "x-gbk": "gbk"}
_LARGER = {
    "ascii": (),
    "shift_jis": ("cp932", "shift_jis_2004"),
    "euc_jp": ("euc_jis_2004",),
    "iso2022_jp": ("iso2022_jp_ext", "cp932", "euc_jp"),  # the last two: eight-bit text under the name of the mails
    "gb2312": ("gb18030",),
    "gbk": ("gb18030",),
    "big5": ("cp950", "big5hkscs"),
    "euc_kr": ("cp949",),
}
"""What programs write under a name that means less: the vendors' additions (WHATWG merges them in the same way)."""
_WINDOWS = {
    "iso8859-1": "cp1252",
    "iso8859-2": "cp1250",
    "iso8859-6": "cp1256",
    "iso8859-7": "cp1253",
    "iso8859-8": "cp1255",
    "iso8859-9": "cp1254",
    "iso8859-13": "cp1257",
    "iso8859-15": "cp1252",
    "tis-620": "cp874",
}
"""What text declared as ISO-8859 is where bytes 80 to 9F are in use: there ISO has control characters."""
_C1 = re.compile("[\x80-\x84\x86-\x9f]")  # U+0085 is a line end in mainframe text
_ESCAPES = re.compile(rb"\x1b(?:\$[@B]|\$\([DQ]|\([JI])")  # RFC 1468 and its extensions
_KOREAN = b"\x1b$)C"  # RFC 1557
_SEGMENT = re.compile(rb"\x1b(\$[@B]|\([BJI])")
_MIN_UTF8_BYTES, _MIN_UTF8_CHARS = 12, 4  # shorter GBK or Big5 may be UTF-8 by chance
_MIN_FIT, _SURE_FIT = 0.8, 0.97
_TWO_BYTES = ("gb", "big5", "euc", "shift", "cp932", "cp949", "cp950", "johab")
_RUN = re.compile(rb"[\x80-\xff]+")


def decode(data: bytes, declared: str | None) -> str:
    """Return bytes as text: by byte order mark, declaration, UTF-8 or ISO-2022, the best guess, or Latin-1.

    A declaration is passed over where the bytes speak against it: they are UTF-8, or it makes control characters of
    them. Never fails; what no charset explains becomes U+FFFD.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    codec = _codec((declared or "").strip().strip("\"'").lower())
    if (b"\0" in data or codec in ("utf-16", "utf-32")) and (wide := _wide(data)):
        return data.decode(wide, "replace")
    if (text := _escaped(data)) is not None:
        return text
    plain = data.isascii()
    if not plain and codec != "utf-8" and (text := _utf8_all_the_same(data, codec)) is not None:
        return text
    if plain and (codec is None or codec.startswith(("utf-16", "utf-32"))):
        return data.decode("ascii")
    if codec and (text := _as_declared(data, codec)) is not None:
        return text
    if (text := _strict(data, "utf-8")) is not None or (text := _nearly(data, "utf-8")) is not None:
        return text
    if codec and (text := _nearly(data, (_LARGER.get(codec) or (codec,))[0])) is not None:
        return text
    return _guess(data)


@lru_cache(maxsize=500)
def _codec(name: str) -> str | None:
    """Return Python's name of a declared charset, None where it is no charset or one that we refuse."""
    if not name.isascii() or len(name) > _MAX_NAME:
        return None
    numbered = _NUMBERED.fullmatch(name)
    candidates = [name, _NICKNAMES.get(name, ""), f"cp{numbered[1]}" if numbered else ""]
    for candidate in (*candidates, name.removeprefix("x-"), name.replace("-", "")):
        try:
            found = codecs.lookup(candidate).name if candidate else ""
            b"x".decode(found or "ascii", "replace")  # raises LookupError for what encodes no text, such as base64
        except (LookupError, ValueError):
            continue
        if found and found not in _REFUSED:
            return found
    return None


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, ValueError):
        return None


def _nearly(data: bytes, name: str) -> str | None:
    """Return the text where no more than every tenth character beyond ASCII is broken: a cut or patched mail."""
    try:
        text = data.decode(name, "replace")
    except (UnicodeError, ValueError):
        return None
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    broken = text.count("\ufffd")
    return text if beyond - broken >= _MIN_UTF8_CHARS and broken * 10 <= beyond else None


def _wide(data: bytes) -> str | None:
    """Return which of UTF-16 and UTF-32 without a mark this is, None for text with a few stray zero bytes."""
    sample = data[:SAMPLE_BYTES]
    narrow = sum(sample.count(byte) for byte in b"etaoinshrdlu \n")
    if narrow > len(sample) / 2 and sample.count(0) < len(sample) / 10:
        return None
    best, most = None, 0
    for name in _WIDE:
        size = 4 if "32" in name else 2
        text = sample[: len(sample) // size * size].decode(name, "replace")
        odd = sum(text.count(char) for char in ("\0", "\ufffd"))
        # wrong halves make random Chinese of everything; the right ones have spaces, line ends or full stops
        usual = len(text.encode("ascii", "ignore")) - text.count("\0") + sum(text.count(char) for char in "、。，")
        if odd * 50 <= len(text) and usual > most:
            best, most = name, usual
    return best


def _utf8_all_the_same(data: bytes, codec: str | None) -> str | None:
    """Return the text where it is UTF-8 beyond doubt although another charset is declared."""
    beyond = len(data) - len(data.translate(None, bytes(range(128, 256))))
    one_byte = codec is None or len(b"\xe9\xe9".decode(codec, "replace")) == 2
    # among much ASCII a single pair is a pound sign or an accent, not Chinese
    if not one_byte and beyond < _MIN_UTF8_BYTES and beyond * 20 > len(data):
        return None
    if (text := _strict(data, "utf-8")) is not None:
        return text
    return _nearly(data, "utf-8")


def _as_declared(data: bytes, codec: str) -> str | None:
    for name in (codec, *_LARGER.get(codec, ())):
        text = _strict(data, name)
        if text is None:
            continue
        if _C1.search(text) and name.startswith(("iso8859", "tis")):
            return _strict(data, _WINDOWS[name]) if name in _WINDOWS else None
        return text
    return None


def _escaped(data: bytes) -> str | None:
    """Return the text of ISO-2022-JP and ISO-2022-KR, told by their escape sequences in seven-bit text."""
    if b"\x1b" not in data or not data.isascii():
        return None
    if _KOREAN in data and (text := _strict(data, "iso2022_kr")) is not None:
        return text
    if not _ESCAPES.search(data):
        return None
    for name in ("iso2022_jp", "iso2022_jp_ext", "iso2022_jp_2004"):
        if (text := _strict(data, name)) is not None:
            return text
    return _microsoft_jis(data)


def _microsoft_jis(data: bytes) -> str:
    """Return ISO-2022-JP with the characters that NEC and IBM added, as Outlook sends it: code page 50220.

    The two are one grid (JIS X 0208) counted differently: row and cell there, lead and trail byte here.
    """
    pieces, mode = [], b"(B"
    for number, segment in enumerate(_SEGMENT.split(data)):
        if number % 2:
            mode = segment
        elif not mode.startswith(b"$"):
            pieces.append(bytes(byte | (0x80 if mode == b"(I" else 0) for byte in segment))
        else:
            double = bytearray()
            at = 0
            while at < len(segment):
                row, cell = segment[at], segment[at + 1 : at + 2] or b"!"
                if row <= ord(" "):  # a line end, although the text had to go back to ASCII before it
                    double.append(row)
                    at += 1
                    continue
                double.append((row + 1) // 2 + (0x70 if row < 0x5F else 0xB0))
                double.append(cell[0] + ((0x1F if cell[0] < 0x60 else 0x20) if row % 2 else 0x7E))
                at += 2
            pieces.append(bytes(double))
    return b"".join(pieces).decode("cp932", "replace")


def _guess(data: bytes) -> str:
    sample = data[:SAMPLE_BYTES]
    if len(data) > SAMPLE_BYTES:  # not in the middle of a character of two bytes
        sample = sample[: max(sample.rfind(b"\n"), sample.rfind(b" "), SAMPLE_BYTES // 2) + 1]
    found = from_bytes(sample).best()
    name = found.encoding if found and not found.encoding.startswith("utf") else ""
    runs = _RUN.findall(sample)
    accents = sum(map(len, runs)) < 2 * len(runs)  # single letters among ASCII ones, as only Latin script has them
    one_byte, score = fit(sample, latin=accents)
    if score >= (_SURE_FIT if name.startswith(_TWO_BYTES) and not accents else _MIN_FIT):
        name = one_byte
    try:
        return data.decode(name or ("latin-1" if accents else "gb18030"), "replace")
    except (LookupError, UnicodeError):
        return data.decode("latin-1")


_MOJIBAKE = re.compile(
    # the bytes of UTF-8 read as Latin-1 or Windows-1252: two letters, three of punctuation or Asia, four of pictures
    "ð[\x9fŸ]|[ÂÃÄÅÆÇÈÉÎÏÐÑØÙâàãäåæçèéêëìíï][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
    "|[РС][\u0402\u0403\u0409-\u040f\u0452\u0453\u0459-\u045f\xa0-\xbb\u2018-\u2022\u20ac\u2116]"
)
_UNUSUAL = re.compile(
    "[\u0180-\u0217\u021c-\u02ba\u02bd-\u02ff]"
)  # phonetic letters: they were capitals and quotes (FIANCÉ’S)
_SURE_CHARS = 4  # of fewer pairs ftfy decides whether they are any
_MAX_LINES = 1_000  # mended one by one
_MAX_ROUNDS = 4
_ONLY_MOJIBAKE = TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_encoding=True,
    restore_byte_a0=True,
    replace_lossy_sequences=False,
    decode_inconsistent_utf8=True,
    fix_c1_controls=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
    explain=False,
)


def repair(text: str) -> str:
    """Return text whose UTF-8 somebody read as a one-byte charset ("Ã¼", "â€™") as it was meant; other text unchanged.

    Nothing is done where no such pair stands. As a whole where all of it was read wrongly, once or several times; else
    ftfy's rules for mixed text, which leave a doubtful pair as it is.
    """
    if text.isascii() or not _MOJIBAKE.search(text):
        return text
    text = _repair_pairs(_repair_whole(text))
    if not _MOJIBAKE.search(text):
        return text
    lines = text.split("\n")
    marked = (number for number, line in enumerate(lines) if _MOJIBAKE.search(line))
    for number in islice(marked, _MAX_LINES):
        lines[number] = _repair_pairs(_repair_whole(lines[number]))
    return "\n".join(lines)


def _repair_pairs(text: str) -> str:
    if not _MOJIBAKE.search(text):
        return text
    repaired = fix_encoding(text, _ONLY_MOJIBAKE)
    return text if _UNUSUAL.search(repaired) else repaired


def _repair_whole(text: str) -> str:
    for _ in range(_MAX_ROUNDS):
        for name in ("latin-1", "sloppy-windows-1252"):
            try:
                repaired = text.encode(name).decode("utf-8")
            except UnicodeError:
                continue
            beyond = len(repaired) - len(repaired.encode("ascii", "ignore"))
            if _UNUSUAL.search(repaired) or (beyond < _SURE_CHARS and not is_bad(text)):
                continue
            break
        else:
            return text
        text = repaired
        if not _MOJIBAKE.search(text):
            break
    return text
