import contextlib
import io
import os
import struct
import time
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamcheck import limits
from scamcheck.errors import UnreadableInputError
from scamcheck.readers import archive

# Locked by hand, since zipfile cannot write locked files: see `locked`.
KEYS = (0x12345678, 0x23456789, 0x34567890)  # APPNOTE 6.1.5


def pack(*files: tuple[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as file:
        for name, data in files:
            file.writestr(zipfile.ZipInfo(name), data, how)
    return out.getvalue()


def encrypt(data: bytes, password: bytes) -> bytes:
    """Encrypt as PKWARE did (APPNOTE 6.1)."""

    def crc(old: int, byte: int) -> int:
        return (zlib.crc32(bytes((byte,)), old ^ 0xFFFFFFFF) ^ 0xFFFFFFFF) & 0xFFFFFFFF

    first, second, third = KEYS
    out = bytearray()

    def turn(byte: int) -> None:
        nonlocal first, second, third
        first = crc(first, byte)
        second = ((second + (first & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        third = crc(third, second >> 24)

    for byte in password:
        turn(byte)
    for byte in data:
        key = third | 2
        out.append(byte ^ (((key * (key ^ 1)) >> 8) & 0xFF))
        turn(byte)
    return bytes(out)


def locked(name: str, data: bytes, password: bytes) -> bytes:
    checksum = zlib.crc32(data)
    body = encrypt(bytes(11) + bytes((checksum >> 24,)) + data, password)
    fields = struct.pack("<HHHHHIIIHH", 20, 1, 0, 0, 0x21, checksum, len(body), len(data), len(name), 0)
    local = b"PK\x03\x04" + fields + name.encode() + body
    central = b"PK\x01\x02" + struct.pack("<H", 20) + fields + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name.encode()
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


def read(data: bytes, **options) -> list[tuple[str, bytes | str]]:
    """Return the name of each entry with its bytes, or the code of its error."""
    return [(each.name, each.error.code if each.error else each.data) for each in archive.entries(data, **options)]


def test_files_come_in_their_order():
    assert read(pack(("b.eml", b"two"), ("a/cur/1234.M1:2,S", b"one"), ("empty", b""))) == [
        ("b.eml", b"two"),
        ("a/cur/1234.M1:2,S", b"one"),
        ("empty", b""),
    ]


def test_what_systems_add_is_passed_over():
    junk = ("dir/", "__MACOSX/._a.eml", "x/.DS_Store", "x/Thumbs.db", "desktop.ini", "x/._a.eml", "x\\Thumbs.db")
    assert read(pack(*((name, b"x") for name in junk), ("a.eml", b"mail"))) == [("a.eml", b"mail")]


def test_a_path_is_only_a_name_and_nothing_is_written(tmp_path, monkeypatch):
    (tmp_path / "inner").mkdir()
    monkeypatch.chdir(tmp_path / "inner")
    names = ["../slip.eml", "/etc/slip.eml", "..\\slip.eml", "C:\\slip.eml", "a/../../slip.eml"]
    opened = []
    monkeypatch.setattr(os, "open", lambda *given, **_: opened.append(given))
    monkeypatch.setattr("builtins.open", lambda *given, **_: opened.append(given))
    assert read(pack(*((name, b"x") for name in names))) == [(name, b"x") for name in names]
    assert opened == []
    assert [path.name for path in tmp_path.rglob("*")] == ["inner"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("mail\u202egpj.exe", "mailgpj.exe"),
        ("a\nb\x1b[31mc\u200b.eml", "ab[31mc.eml"),
        ("a \u3000 b.eml", "a b.eml"),
        ("\u202e", "unnamed"),
        ("Grüße.eml", "Grüße.eml"),
    ],
)
def test_names_are_fit_to_be_shown(name, shown):
    assert read(pack((name, b"x"))) == [(shown, b"x")]


def test_a_long_name_keeps_its_end():
    ((name, _),) = read(pack(("x" * 5_000 + ".eml", b"x")))
    assert len(name) <= limits.MAX_NAME_CHARS
    assert name.endswith("x.eml")


def test_names_of_macos_are_utf8_without_saying_so():
    data = pack(("Gr##e.eml", b"x")).replace(b"Gr##e.eml", "Grüe.eml".encode())
    assert read(data) == [("Grüe.eml", b"x")]


def test_archives_in_archives_are_opened_to_a_depth():
    one = pack(("a.eml", b"mail"))
    two = pack(("one.zip", one), ("b.eml", b"other"))
    three = pack(("two.zip", two), ("c.eml", b"third"))
    assert read(two) == [("one.zip/a.eml", b"mail"), ("b.eml", b"other")]
    assert read(three) == [("two.zip/one.zip", "too_large"), ("two.zip/b.eml", b"other"), ("c.eml", b"third")]
    assert read(two, depth=2) == [("one.zip", "too_large"), ("b.eml", b"other")]
    with pytest.raises(UnreadableInputError):
        read(one, depth=3)


def test_a_document_in_an_archive_is_a_file():
    document = pack(("[Content_Types].xml", b"<a/>"), ("word/document.xml", b"<a/>"))
    assert read(pack(("a.docx", document))) == [("a.docx", document)]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a.eml"], True),
        (["word/letter.txt"], True),
        (["[Content_Types].xml", "word/document.xml"], False),
        (["[Content_Types].xml", "xl/workbook.xml"], False),
        (["[Content_Types].xml", "ppt/presentation.xml"], False),
        (["mimetype", "META-INF/manifest.xml", "content.xml"], False),
        (["mimetype", "mail.eml"], True),
        ([], True),
    ],
)
def test_it_is_told_by_the_names_within(names, expected):
    assert archive.matches(pack(*((name, b"x") for name in names))) is expected


def test_an_archive_that_holds_a_document_unpacked_is_an_archive():
    document = pack(("[Content_Types].xml", b"<a/>"), ("word/document.xml", b"<a/>"))
    assert archive.matches(pack(("a.docx", document), how=zipfile.ZIP_STORED))


def test_other_bytes_do_not_match():
    assert not archive.matches(b"Subject: PK\x03\x04", "a.zip")
    assert not archive.matches(b"", "a.zip")
    assert archive.matches(b"PK\x03\x04cut off", "a.zip")
    assert not archive.matches(b"PK\x03\x04cut off", "a.docx")


def test_each_file_is_read_when_it_is_asked_for():
    data = bytearray(pack(("a", b"first"), ("b", b"second"), how=zipfile.ZIP_STORED))
    data[data.index(b"second")] ^= 1
    found = archive.entries(bytes(data))
    assert next(found).data == b"first"
    assert next(found).error.code == "damaged"


def test_more_files_than_the_cap_are_counted(monkeypatch):
    monkeypatch.setattr(archive, "MAX_ARCHIVE_ENTRIES", 3)
    monkeypatch.setattr(archive._Budget.__init__, "__defaults__", (3, *archive._Budget.__init__.__defaults__[1:]))
    inner = pack(("x", b"1"), ("y", b"2"))
    found = list(archive.entries(pack(("a", b"0"), ("in.zip", inner), ("b", b"3"), ("c/", b""), ("d", b"4"))))
    assert [each.name for each in found] == ["a", "in.zip/x", ""]
    assert str(found[-1].error).startswith("3 more files of this archive")


def test_the_real_cap_on_files():
    found = read(pack(*((f"{number}", b"x") for number in range(limits.MAX_ARCHIVE_ENTRIES + 1))))
    assert len(found) == limits.MAX_ARCHIVE_ENTRIES + 1
    assert found[-1] == ("", "too_large")


def test_a_bomb_stops_early_and_the_others_are_read():
    data = pack(("bomb", bytes(60_000_000)), ("blanks", b" " * 900_000), ("a.eml", b"mail"))
    started = time.perf_counter()
    found = read(data)
    assert time.perf_counter() - started < 2
    assert found == [("bomb", "too_large"), ("blanks", b" " * 900_000), ("a.eml", b"mail")]


def test_bytes_are_counted_over_all_files():
    chunk = os.urandom(110_000) + bytes(20_000_000)  # within the ratio of a file
    found = read(pack(*((f"{number}", chunk) for number in range(15))))
    assert [data for _, data in found] == [chunk] * 12 + ["too_large"] * 2
    assert found[-1][0] == ""


def test_declared_sizes_are_not_believed():
    data = bytearray(pack(("a", b"x" * 5_000_000)))
    for magic, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(magic) + place, 10)
    assert read(bytes(data)) == [("a", "damaged")]
    for magic, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(magic) + place, 0xFFFFFFF0)
    assert read(bytes(data)) == [("a", "too_large")]


def test_files_that_share_bytes_are_refused():
    data = pack(("a", b"kernel" * 100), ("b", b"mail"))
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 1)
    shared = bytearray(data)
    struct.pack_into("<I", shared, second + 42, 0)  # b starts where a does
    struct.pack_into("<I", shared, second + 20, struct.unpack_from("<I", data, first + 20)[0])
    assert read(bytes(shared)) == [("a", "damaged"), ("b", "damaged")]


def test_many_files_on_one_kernel_unpack_to_nothing():
    kernel = zlib.compress(bytes(20_000_000), 9)[2:-4]
    fields = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0x21, zlib.crc32(bytes(20_000_000)), len(kernel), 20_000_000, 1, 0)
    local = b"PK\x03\x04" + fields + b"x" + kernel
    entry = b"PK\x01\x02" + struct.pack("<H", 20) + fields + struct.pack("<HHHII", 0, 0, 0, 0, 0) + b"x"
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 4_000, 4_000, 4_000 * len(entry), len(local), 0)
    started = time.perf_counter()
    assert set(read(local + entry * 4_000 + end)) == {("x", "damaged")}
    assert time.perf_counter() - started < 2


def test_far_too_many_files_are_refused_before_they_are_listed():
    entry = b"PK\x01\x02" + bytes(42)
    with pytest.raises(UnreadableInputError) as caught:
        read(b"PK\x03\x04" + entry * (limits.MAX_ARCHIVE_LISTED + 1))
    assert caught.value.code == "too_large"


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_rare_compressions_are_named(how):
    found = list(archive.entries(pack(("a", b"x" * 100), how=how)))
    assert found[0].error.code == "damaged"
    assert "rare way" in str(found[0].error)


def test_links_are_not_followed():
    info = zipfile.ZipInfo("link.eml")
    info.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(info, "/etc/passwd")
    assert read(out.getvalue()) == [("link.eml", "damaged")]


def test_locked_files():
    data = locked("a.eml", b"mail" * 50, "Tülip-44".encode())
    assert read(data) == [("a.eml", "encrypted")]
    assert read(data, passwords=["wrong", "other"]) == [("a.eml", "encrypted")]
    assert read(data, passwords=["wrong", "Tülip-44"]) == [("a.eml", b"mail" * 50)]
    assert read(locked("a", b"x", "Tülip".encode("cp1252")), passwords=["Tülip"]) == [("a", b"x")]


def test_a_wrong_password_that_fits_by_chance_is_not_taken():
    data = locked("a", b"mail", b"right")
    passwords = [f"p{number}" for number in range(1_500)]  # some fit the one byte that is checked first
    assert read(data, passwords=passwords) == [("a", "encrypted")]
    assert read(data, passwords=[*passwords, "right"]) == [("a", b"mail")]


def test_passwords_are_not_tried_for_ever():
    data = locked("a", b"mail", b"right")
    passwords = [f"p{number}" for number in range(limits.MAX_ARCHIVE_TRIES)]
    assert read(data, passwords=[*passwords, "right"]) == [("a", "encrypted")]


def test_aes_is_named():
    data = pack(("a", b"x"), how=zipfile.ZIP_STORED)
    for magic, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(magic) + place
        data = data[:at] + struct.pack("<HH", 1, 99) + data[at + 4 :]
    found = list(archive.entries(data, passwords=["x"]))
    assert found[0].error.code == "encrypted"
    assert "AES" in str(found[0].error)


VALID = pack(("a.eml", b"Subject: x\r\n\r\nI hacked you. " * 40), ("in.zip", pack(("b", b"inner" * 30))))


@pytest.mark.parametrize("cut", [1, 10, 22, 60, 150, len(VALID) - 4])
def test_a_truncated_archive_is_damaged(cut):
    with pytest.raises(UnreadableInputError) as caught:
        read(VALID[:-cut])
    assert caught.value.code == "damaged"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(VALID) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_mutations_give_entries_or_the_one_error(changes):
    data = bytearray(VALID)
    for place, byte in changes:
        data[place] = byte
    with contextlib.suppress(UnreadableInputError):
        for entry in archive.entries(bytes(data), passwords=["x"]):
            assert entry.error is None or entry.data == b""


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.text(st.characters(categories=("L", "N")), min_size=1, max_size=20), st.binary(max_size=200), max_size=8
    )
)
def test_what_was_packed_comes_out(files):
    expected = [(name, data) for name, data in files.items() if not data.startswith(b"PK")]
    assert read(pack(*expected)) == expected


@given(st.text(max_size=400))
def test_shown_names_are_short_and_printable(name):
    shown = archive.shown_name(name)
    assert 0 < len(shown) <= limits.MAX_NAME_CHARS
    assert shown.isprintable()
