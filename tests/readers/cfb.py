"""Makes Outlook files byte by byte: the compound file ([MS-CFB] version 3) and the message in it ([MS-OXMSG])."""

import datetime
import struct
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

SECTOR, MINI, CUTOFF, ENTRY = 512, 64, 4096, 128
END, FREE, FAT, DIFAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFC
PLACES_IN_HEADER, PLACES_IN_SECTOR = 109, 127

TEXT, TEXT8, NUMBER, TIME, BYTES = 0x001F, 0x001E, 0x0003, 0x0040, 0x0102
EPOCH = datetime.datetime(1601, 1, 1, tzinfo=datetime.UTC)

SUBJECT, BODY, HTML, RTF, CLASS, HEADERS = 0x0037, 0x1000, 0x1013, 0x1009, 0x001A, 0x007D
NAME, ADDRESS, SMTP, FROM_NAME, FROM_ADDRESS, FROM_SMTP = 0x0C1A, 0x0C1F, 0x5D01, 0x0042, 0x0065, 0x5D02
SENT, CODE_PAGE, HTML_CODE_PAGE = 0x0039, 0x3FFD, 0x3FDE
DISPLAY_NAME, RECIPIENT_ADDRESS, RECIPIENT_TYPE = 0x3001, 0x3003, 0x0C15
FILE_NAME, MIME, DATA, METHOD = 0x3707, 0x370E, 0x3701, 0x3705

Tree = dict[str, "bytes | Tree"]


def _padded(data: bytes, size: int) -> bytes:
    return data + bytes(-len(data) % size)


def _numbers(values: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(values)}I", *values)


class _Writer:
    """Lays out the sectors of one compound file."""

    def __init__(self) -> None:
        self.entries: list[list[Any]] = []
        self.sectors = b""
        self.fat: list[int] = []
        self.mini = b""
        self.mini_fat: list[int] = []

    def store(self, data: bytes) -> int:
        """Return the first sector of a chain that holds the bytes."""
        if not data:
            return END
        first, count = len(self.fat), -(-len(data) // SECTOR)
        self.fat += [*range(first + 1, first + count), END]
        self.sectors += _padded(data, SECTOR)
        return first

    def store_mini(self, data: bytes) -> int:
        if not data:
            return END
        first, count = len(self.mini_fat), -(-len(data) // MINI)
        self.mini_fat += [*range(first + 1, first + count), END]
        self.mini += _padded(data, MINI)
        return first

    def add(self, name: str, node: "bytes | Tree", kind: int) -> int:
        """Return the number of the directory entry of a stream or a storage with all that is in it."""
        number = len(self.entries)
        entry = [name, kind, FREE, FREE, FREE, 0, 0]
        self.entries.append(entry)
        if isinstance(node, bytes):
            entry[5] = self.store_mini(node) if len(node) < CUTOFF else self.store(node)
            entry[6] = len(node)
        else:
            names = sorted(node, key=lambda each: (len(each), each.upper()))
            numbers = [self.add(each, node[each], 2 if isinstance(node[each], bytes) else 1) for each in names]
            entry[4] = self.balance(numbers)
        return number

    def balance(self, numbers: list[int]) -> int:
        if not numbers:
            return FREE
        middle = len(numbers) // 2
        self.entries[numbers[middle]][2] = self.balance(numbers[:middle])
        self.entries[numbers[middle]][3] = self.balance(numbers[middle + 1 :])
        return numbers[middle]

    def directory(self) -> bytes:
        packed = b""
        for name, kind, left, right, child, start, size in self.entries:
            raw = (name + "\0").encode("utf-16-le")
            packed += struct.pack("<64sHBBIII36xIQ", raw, len(raw), kind, 1, left, right, child, start, size)
        return packed


def compound(tree: Tree) -> bytes:
    """Return a compound file; in the tree a mapping is a storage and bytes are a stream."""
    writer = _Writer()
    writer.add("Root Entry", tree, 5)
    writer.entries[0][5], writer.entries[0][6] = writer.store(writer.mini), len(writer.mini)
    directory = writer.store(writer.directory())
    mini_fat = writer.store(_numbers(writer.mini_fat + [FREE] * (-len(writer.mini_fat) % 128)))
    used, fat_count, difat_count = len(writer.fat), 0, 0
    while fat_count * 128 < used + fat_count + difat_count:
        fat_count += 1
        difat_count = -(-max(0, fat_count - PLACES_IN_HEADER) // PLACES_IN_SECTOR)
    fat = writer.fat + [FAT] * fat_count + [DIFAT] * difat_count
    fat += [FREE] * (fat_count * 128 - len(fat))
    places = list(range(used, used + fat_count))
    difat, further = b"", places[PLACES_IN_HEADER:]
    for number in range(difat_count):
        here = further[number * PLACES_IN_SECTOR :][:PLACES_IN_SECTOR]
        following = used + fat_count + number + 1 if number + 1 < difat_count else END
        difat += _numbers([*here, *[FREE] * (PLACES_IN_SECTOR - len(here)), following])
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += _numbers([0, fat_count, directory, 0, CUTOFF, mini_fat, -(-len(writer.mini_fat) // 128)])
    header += _numbers([used + fat_count if difat_count else END, difat_count])
    header += _numbers((places + [FREE] * PLACES_IN_HEADER)[:PLACES_IN_HEADER])
    return header + writer.sectors + _numbers(fat) + difat


def properties(values: Mapping[tuple[int, int], Any], head: bytes) -> Tree:
    """Return the streams of properties, given by name and type; `head` stands before those of fixed length."""
    tree: Tree = {}
    fixed = head
    for (name, kind), value in values.items():
        packed = 0
        if kind == TIME:
            packed = int((value - EPOCH).total_seconds()) * 10_000_000
        elif kind == NUMBER:
            packed = value
        else:
            data = value.encode("utf-16-le") if kind == TEXT else value
            tree[f"__substg1.0_{name:04X}{kind:04X}"] = data
            packed = len(data)
        fixed += struct.pack("<HHIQ", kind, name, 6, packed)
    tree["__properties_version1.0"] = fixed
    return tree


Values = Mapping[tuple[int, int], Any]


def message(
    values: Values, recipients: Sequence[Values] = (), attachments: Sequence[Tree] = (), *, embedded: bool = False
) -> Tree:
    """Return the storage of a message."""
    counts = _numbers([len(recipients), len(attachments)] * 2)
    tree = properties(values, bytes(8) + counts + bytes(0 if embedded else 8))
    for number, recipient in enumerate(recipients):
        tree[f"__recip_version1.0_#{number:08X}"] = properties(recipient, bytes(8))
    for number, attachment in enumerate(attachments):
        tree[f"__attach_version1.0_#{number:08X}"] = attachment
    return tree


def attachment(name: str, data: bytes, mime: str = "", kind: int = TEXT) -> Tree:
    """Return the storage of an attached file."""
    shown = name if kind == TEXT else name.encode("cp1251")
    values = {(FILE_NAME, kind): shown, (DATA, BYTES): data, (METHOD, NUMBER): 1, (MIME, TEXT): mime}
    return properties(values, bytes(8))


def attached_message(inner: Tree, method: int = 5) -> Tree:
    """Return the storage of an attached message."""
    tree = properties({(DISPLAY_NAME, TEXT): "a mail", (METHOD, NUMBER): method}, bytes(8))
    tree["__substg1.0_3701000D"] = inner
    return tree


def msg(values: Values, recipients: Sequence[Values] = (), attachments: Sequence[Tree] = ()) -> bytes:
    """Return an Outlook file."""
    return compound(message(values, recipients, attachments))


_PRELOADED = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "
    rb"MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)


def packed_rtf(rtf: bytes) -> bytes:
    """Return RTF as PidTagRtfCompressed holds it, [MS-OXRTFCP] 2.1.3.2."""
    window, at, pieces = _PRELOADED, 0, list[tuple[bool, bytes]]()
    while at < len(rtf):
        for length in range(min(17, len(rtf) - at), 1, -1):
            found = window.rfind(rtf[at : at + length], max(0, len(window) - 4000))
            if found >= 0:
                pieces.append((True, struct.pack(">H", (found % 4096) << 4 | length - 2)))
                break
        else:
            length = 1
            pieces.append((False, rtf[at : at + 1]))
        window += rtf[at : at + length]
        at += length
    pieces.append((True, struct.pack(">H", (len(window) % 4096) << 4)))
    content = b""
    for start in range(0, len(pieces), 8):
        run = pieces[start : start + 8]
        content += bytes([sum(1 << bit for bit, (token, _) in enumerate(run) if token)])
        content += b"".join(piece for _, piece in run)
    checksum = ~zlib.crc32(content, 0xFFFFFFFF) & 0xFFFFFFFF
    return struct.pack("<II4sI", len(content) + 12, len(rtf), b"LZFu", checksum) + content


def stored_rtf(rtf: bytes) -> bytes:
    """Return RTF as PidTagRtfCompressed holds it uncompressed."""
    return struct.pack("<II4sI", len(rtf) + 12, len(rtf), b"MELA", 0) + rtf
