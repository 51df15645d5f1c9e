"""Zip archives, unpacked in memory, file after file, within caps (APPNOTE.TXT 6.3.10 is the format).

Nothing is ever written, so a name such as `../../x` is a name and no path. Sizes that an archive declares are believed
nowhere: bytes are counted while they come out. Deflate is the only compression that is unpacked: the standard library
bounds the output of no other, and four kilobytes of bzip2 can hold gigabytes.
"""

import io
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from scamcheck.errors import UnreadableInputError
from scamcheck.limits import (
    MAX_ARCHIVE_BYTES,
    MAX_ARCHIVE_DEPTH,
    MAX_ARCHIVE_ENTRIES,
    MAX_ARCHIVE_LISTED,
    MAX_ARCHIVE_LOCKED_BYTES,
    MAX_ARCHIVE_RATIO,
    MAX_ARCHIVE_TRIES,
    MAX_INPUT_BYTES,
    MAX_NAME_CHARS,
    MIN_BOMB_BYTES,
)

_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")  # a first file, or the end of an archive without files
_CENTRAL = b"PK\x01\x02"
_LOCAL_HEADER_BYTES = 30
_CHUNK = 65_536
_AES = 99  # compression method of WinZip's encryption, APPNOTE 7.2
_LOCKED, _UTF8_NAME = 0x1, 0x800  # bits of the flags, APPNOTE 4.4.4
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(ValueError, IndexError, KeyError, NotImplementedError, OverflowError, RuntimeError),
)
"""What the standard library raises for archives that it cannot read; ValueError covers broken names."""
_DOCUMENTS = (".docx", ".docm", ".dotx", ".dotm", ".xlsx", ".xlsm", ".pptx", ".odt", ".ods", ".odp", ".epub")
_JUNK = frozenset((".ds_store", "thumbs.db", "desktop.ini"))


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of an archive: its name as it is shown and its bytes, or why it was not read (`data` is empty then)."""

    name: str
    data: bytes = field(repr=False)
    error: UnreadableInputError | None = None


@dataclass(slots=True)
class _Budget:
    """What an archive and those in it may still give, and how many files were left out since."""

    entries: int = MAX_ARCHIVE_ENTRIES
    bytes: int = MAX_ARCHIVE_BYTES
    locked_bytes: int = MAX_ARCHIVE_LOCKED_BYTES
    tries: int = MAX_ARCHIVE_TRIES
    left: int = 0

    @property
    def spent(self) -> bool:
        return self.entries <= 0 or self.bytes <= 0


def matches(data: bytes, filename: str | None = None) -> bool:
    """Return whether the bytes are a zip archive of files, not a document that is packed in the same way.

    A zip that cannot be listed is told by its name; else it counts as one of files, and `entries` says what is wrong.
    """
    if not data.startswith(_MAGIC):
        return False
    try:
        return not is_document(open_zip(data).namelist())
    except UnreadableInputError:
        return not str(filename or "").lower().endswith(_DOCUMENTS)


def is_document(names: Sequence[str]) -> bool:
    """Return whether the files are those of one document: Office Open XML (ECMA-376), OpenDocument or EPUB."""
    known = set(names)
    if "[Content_Types].xml" in known:
        return any(name.startswith(("word/", "xl/", "ppt/", "visio/")) for name in known)
    return "mimetype" in known and ("META-INF/manifest.xml" in known or "META-INF/container.xml" in known)


def open_zip(data: bytes) -> zipfile.ZipFile:
    """Return the archive, its directory read. Raises UnreadableInputError where that is broken or far too long."""
    if data.count(_CENTRAL) > MAX_ARCHIVE_LISTED:
        raise UnreadableInputError(
            "This archive holds too many files. Unpack it and choose the one mail that you mean.", code="too_large"
        )
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise UnreadableInputError(
            "This archive is damaged or not complete. Save or download it again, or unpack it and choose one file.",
            code="damaged",
        ) from error


def entries(data: bytes, *, depth: int = 1, passwords: Sequence[str] = ()) -> Iterator[Entry]:
    """Yield the files of an archive in their order, those of archives in it included, each read when it is asked for.

    `depth` counts the archives around the files, this one included; `passwords` are tried on locked files. A file that
    is not read is yielded with its error; a last entry without a name counts the files that the caps leave out. Folders
    and what systems put beside files of their own accord are passed over. Raises UnreadableInputError where the archive
    itself cannot be opened.
    """
    if depth > MAX_ARCHIVE_DEPTH:
        raise _too_deep()
    budget = _Budget()
    yield from _walk(open_zip(data), "", depth, list(dict.fromkeys(passwords)), budget)
    if budget.left:
        files = "1 more file" if budget.left == 1 else f"{budget.left} more files"
        message = f"{files} of this archive not read: it holds too much. Unpack it and choose the mails that you mean."
        yield Entry("", b"", UnreadableInputError(message, code="too_large"))


def read_file(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    """Return one file of an archive, at most `limit` bytes. Raises UnreadableInputError for a larger or damaged one."""
    return _unpack(archive, archive.getinfo(name), [], _Budget(bytes=limit))


def _walk(archive: zipfile.ZipFile, prefix: str, depth: int, passwords: list[str], budget: _Budget) -> Iterator[Entry]:
    shared = overlapping(archive)
    for info in archive.infolist():
        if _passed_over(info):
            continue
        if budget.spent:
            budget.left += 1
            continue
        budget.entries -= 1
        name = shown_name(prefix + _name(info))
        try:
            if info.header_offset in shared:
                raise _damaged("It shares its bytes with another file, as in archives made to fill up a computer.")
            content = _unpack(archive, info, passwords, budget)
            if not matches(content):
                yield Entry(name, content)
                continue
            if depth >= MAX_ARCHIVE_DEPTH:
                raise _too_deep()
            inner = open_zip(content)
        except UnreadableInputError as error:
            yield Entry(name, b"", error)
            continue
        yield from _walk(inner, f"{prefix}{_name(info)}/", depth + 1, passwords, budget)


def _passed_over(info: zipfile.ZipInfo) -> bool:
    parts = info.filename.replace("\\", "/").split("/")
    # macOS puts a folder __MACOSX and files ._x with the icons and such of the others beside them
    return not parts[-1] or "__MACOSX" in parts or parts[-1].lower() in _JUNK or parts[-1].startswith("._")


def overlapping(archive: zipfile.ZipFile) -> set[int]:
    """Return the offsets of files that reach into the next one (D. Fifield, "A better zip bomb", 2019).

    Python refuses them by itself since 3.11.8, 3.12.2.
    """
    found, end = set(), archive.start_dir
    for info in sorted(archive.infolist(), key=lambda info: info.header_offset, reverse=True):
        if info.header_offset + _LOCAL_HEADER_BYTES + info.compress_size > end:
            found.add(info.header_offset)
        end = info.header_offset
    return found


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, passwords: list[str], budget: _Budget) -> bytes:
    if info.compress_type == _AES:
        raise _locked("It is locked with AES encryption, which is not opened here.")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _damaged("It is packed in a rare way, which cannot be read.")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise _damaged("It is only a link to another file.")
    if not info.flag_bits & _LOCKED:
        return _read(archive, info, None, budget)
    if info.compress_size > budget.locked_bytes:
        raise _locked("It is locked with a password and too large to be opened here.")
    for password in list(passwords):
        for key in dict.fromkeys((password.encode("utf-8", "replace"), password.encode("cp1252", "replace"))):
            budget.tries -= 1
            if budget.tries < 0:
                raise _locked("It needs a password.")
            try:
                content = _read(archive, info, key, budget)
            except UnreadableInputError as error:  # every 256th wrong password opens the file and makes rubbish of it
                if error.code == "too_large":
                    raise
                continue
            passwords.remove(password)  # the other files will open with the same one
            passwords.insert(0, password)
            return content
    raise _locked("It needs a password.")


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, key: bytes | None, budget: _Budget) -> bytes:
    content = bytearray()
    try:
        with archive.open(info, pwd=key) as file:
            while chunk := file.read(_CHUNK):
                budget.bytes -= len(chunk)
                if key is not None:
                    budget.locked_bytes -= len(chunk)  # decrypted byte by byte in Python
                content += chunk
                if budget.bytes < 0:
                    raise _too_large("The archive holds too much.")
                if len(content) > MAX_INPUT_BYTES:
                    raise _too_large(f"It is larger than {MAX_INPUT_BYTES // 1_000_000} MB.")
                if len(content) > max(MIN_BOMB_BYTES, info.compress_size * MAX_ARCHIVE_RATIO):
                    raise _too_large("It unpacks to far more than a mail or a document does.")
    except _BROKEN as error:
        raise _damaged("It is damaged.") from error
    return bytes(content)


def _too_large(reason: str) -> UnreadableInputError:
    return UnreadableInputError(
        f"This file was not read. {reason} Unpack it and choose the one mail.", code="too_large"
    )


def _damaged(reason: str) -> UnreadableInputError:
    return UnreadableInputError(f"This file was not read. {reason} Open it and paste its text.", code="damaged")


def _locked(reason: str) -> UnreadableInputError:
    return UnreadableInputError(
        f"This file was not read. {reason} Unpack the archive with its password and choose the file.", code="encrypted"
    )


def _too_deep() -> UnreadableInputError:
    return _too_large("It is an archive in an archive in an archive.")


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name as it was meant: macOS writes UTF-8 without saying so, and zipfile reads code page 437 then."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def shown_name(name: str) -> str:
    """Return the name of a file fit to be shown: without control and direction characters, not too long, never empty.

    >>> shown_name("a" + chr(0x202E) + "gpj.exe" + chr(7))
    'agpj.exe'
    """
    kept = "".join(" " if char.isspace() else char for char in name if not unicodedata.category(char).startswith("C"))
    kept = " ".join(kept.split())
    if len(kept) > MAX_NAME_CHARS:  # the end tells the kind
        kept = f"{kept[: MAX_NAME_CHARS // 2]}…{kept[-MAX_NAME_CHARS // 2 + 1 :]}"
    return kept or "unnamed"
