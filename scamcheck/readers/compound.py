"""Compound files ([MS-CFB]): the small file system in which Outlook keeps a message.

It is read here and not with a package: olefile 0.47 runs for more than a minute on 2 kB whose DIFAT is a loop.
"""

import struct

from scamcheck.errors import UnreadableInputError

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = struct.Struct("<30xH16xI8xI4xI")  # sector shift; first sector of directory, mini FAT and DIFAT
_FAT_PLACES = slice(76, 512)
_ENTRY = struct.Struct("<64sHBxIII36xIQ")
_ROOT, STORAGE, STREAM = 5, 1, 2
_NONE = 0xFFFFFFFF
_END_OF_CHAIN = 0xFFFFFFFE
_MINI_SECTOR = 64
_MINI_CUTOFF = 4096  # a shorter stream stands in the mini stream


def damaged() -> UnreadableInputError:
    """Return the error for a file that is too broken to read."""
    return UnreadableInputError(
        "This Outlook file is damaged. Open the mail in Outlook and paste its text.", code="damaged"
    )


class Entry:
    """A directory entry: a stream, or a storage, which is a folder of others. [MS-CFB] 2.6.1."""

    __slots__ = ("child", "kind", "left", "name", "right", "size", "start")

    def __init__(self, data: bytes, *, wide: bool) -> None:
        name, name_bytes, self.kind, self.left, self.right, self.child, self.start, size = _ENTRY.unpack(data)
        self.name = str(name[: max(0, min(name_bytes, 64) - 2)], "utf-16-le", "replace").lower()
        self.size: int = size if wide else size & 0xFFFFFFFF  # what stands in the upper half is undefined


class CompoundFile:
    """The streams of a compound file. Every loop is bounded by the bytes that are there, whatever the file declares.

    `damaged` is set where something was not found as declared. Raises UnreadableInputError without a directory.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < _FAT_PLACES.stop or not data.startswith(MAGIC):
            raise damaged()
        shift, directory, mini_fat, difat = _HEADER.unpack_from(data)
        if shift not in (9, 12):
            raise damaged()
        self.damaged = False
        self._data = data
        self._sector = 1 << shift
        self._sectors = -(-len(data) // self._sector) - 1
        self._unread = 2 * len(data)  # streams share no sectors, so an honest file is read once, its directory twice
        self._taken = {0}
        self._fat = self._load_fat(difat)
        self._directory = self._join(self._chain(directory, self._fat, self._sectors))
        if len(self._directory) < _ENTRY.size or self._entry(0).kind != _ROOT:
            raise damaged()
        self.root = self._entry(0)
        self._mini_fat = numbers(self._join(self._chain(mini_fat, self._fat, self._sectors)))
        self._mini_stream = self._sectors_of(self.root)

    def _at(self, sector: int) -> bytes:
        return self._data[(sector + 1) * self._sector : (sector + 2) * self._sector]

    def _load_fat(self, difat: int) -> list[int]:
        """Return the table that names the next sector for each. Its own sectors are named in the header and DIFAT."""
        a_sector = self._sector // 4
        needed = -(-self._sectors // a_sector)
        places, seen = numbers(self._data[_FAT_PLACES]), set[int]()
        while difat < self._sectors and difat not in seen and len(places) < needed:
            seen.add(difat)
            *more, difat = numbers(self._at(difat).ljust(self._sector, b"\xff"))
            places += more
        fat: list[int] = []
        for place in places[:needed]:
            self.damaged |= place >= self._sectors
            fat += numbers((self._at(place) if place < self._sectors else b"").ljust(self._sector, b"\xff"))
        return fat

    def _chain(self, start: int, table: list[int], longest: int) -> list[int]:
        """Return the sectors from `start` on: to the end of the chain, a loop, a broken link, or `longest` of them."""
        chain, seen = list[int](), set[int]()
        while start < len(table) and start not in seen and len(chain) < longest:
            chain.append(start)
            seen.add(start)
            start = table[start]
        self.damaged |= start not in (_END_OF_CHAIN, _NONE) and len(chain) < longest
        return chain

    def _join(self, chain: list[int]) -> bytes:
        self._unread -= len(chain) * self._sector
        if self._unread < 0:  # many streams declare the same sectors
            self.damaged = True
            return b""
        return b"".join(map(self._at, chain))

    def _sectors_of(self, entry: Entry) -> bytes:
        wanted = -(-entry.size // self._sector)
        data = self._join(self._chain(entry.start, self._fat, min(wanted, self._sectors)))[: entry.size]
        self.damaged |= len(data) < entry.size
        return data

    def stream(self, entry: Entry) -> bytes:
        """Return the bytes of a stream, fewer than it declares where sectors are missing."""
        if entry.size >= _MINI_CUTOFF:
            return self._sectors_of(entry)
        chain = self._chain(entry.start, self._mini_fat, -(-entry.size // _MINI_SECTOR))
        starts = (number * _MINI_SECTOR for number in chain)
        data = b"".join(self._mini_stream[start : start + _MINI_SECTOR] for start in starts)[: entry.size]
        self.damaged |= len(data) < entry.size
        return data

    def _entry(self, number: int) -> Entry:
        wide = self._sector > 512
        return Entry(self._directory[number * _ENTRY.size : (number + 1) * _ENTRY.size], wide=wide)

    def children(self, storage: Entry) -> dict[str, Entry]:
        """Return what stands in a storage by its name. Each entry of the file is given once: a loop ends there."""
        found: dict[str, Entry] = {}
        stack = [storage.child]
        while stack:
            number = stack.pop()
            if number == _NONE:
                continue
            if number in self._taken or number >= len(self._directory) // _ENTRY.size:
                self.damaged = True
                continue
            self._taken.add(number)
            entry = self._entry(number)
            if entry.kind in (STORAGE, STREAM):
                found.setdefault(entry.name, entry)
            stack += (entry.right, entry.left)
        return dict(sorted(found.items()))


def numbers(data: bytes) -> list[int]:
    """Return the 32-bit numbers in the bytes; a rest of one to three bytes is left out."""
    return [number for (number,) in struct.iter_unpack("<I", data[: len(data) // 4 * 4])]
