import hashlib
import os
import time

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from scamcheck.errors import UnreadableInputError
from scamcheck.limits import MAX_PIXELS, MIN_PICTURE_SIDE
from scamcheck.readers import ocr, picture, pixels, tesseract
from scamcheck.readers.child import Child
from scamcheck.types import Message, Writing
from tests.readers import made

NEEDED = "Tesseract with the packs rus, ell, ara, kor and fonts are not installed: scripts/install_reading_tools.sh"
STRICT = bool(os.environ.get("SCAMCHECK_STRICT"))
HAVE = {"rus", "ell", "ara", "kor"} <= tesseract.packs() and all(map(made.has_font, ("ru", "ko")))


@pytest.fixture
def other_scripts():
    if not HAVE:
        (pytest.fail if STRICT else pytest.skip)(NEEDED)


def letter(lines=("Send 950 USD in bitcoin",), **options):
    return made.draw(list(lines), made.own_font(), width=420, **options)


def words(message: Message) -> str:
    return " ".join(message.parts[0].source.split())


def test_a_screenshot_is_read_line_by_line():
    data = made.saved(made.screenshot(made.LETTER))
    message = picture.read(data, "shot.png")
    (part,) = message.parts
    assert (part.media_type, part.name, part.hidden) == ("image/png", "shot.png", "")
    assert part.source.split("\n\n")[1] == made.LETTER
    assert [span.of(part.source) for span, _ in part.boxes] == ["09:41", *made.LETTER.split("\n")]
    assert message.pictures[0].writing is Writing.READ
    assert message.pictures[0].sha256 == hashlib.sha256(data).hexdigest()
    assert (message.pictures[0].name, message.pictures[0].size) == ("shot.png", len(data))
    assert message.defects == ()


def test_boxes_stand_where_the_writing_stands():
    shown = letter(["first line", "second line"], top=100)
    part = picture.read(made.saved(shown), None).parts[0]
    pixels_ = np.asarray(shown.convert("L"))
    dark = np.argwhere(pixels_ < 128)
    top, left, bottom = dark[:, 0].min(), dark[:, 1].min(), dark[:, 0].max()
    first, second = (box for _, box in part.boxes)
    assert abs(first.left - left) <= 12
    assert abs(first.top - top) <= 12
    assert abs(second.bottom - bottom) <= 12
    assert first.bottom <= second.top + 8
    assert first.page == 0


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF"])
def test_formats(kind):
    data = made.saved(letter(), kind)
    assert picture.matches(data, None)
    message = picture.read(data, "a")
    assert words(message) == "Send 950 USD in bitcoin"
    assert message.parts[0].media_type == f"image/{kind.lower()}"


def test_pictures_of_phones_are_read():
    import pillow_heif

    pillow_heif.register_heif_opener()
    data = made.saved(letter(), "HEIF", quality=80)
    assert picture.matches(data, "IMG_0001.HEIC")
    message = picture.read(data, "IMG_0001.HEIC")
    assert message.parts[0].media_type == "image/heic"
    assert words(message) == "Send 950 USD in bitcoin"


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "CMYK", "I;16", "dark"])
def test_kinds_of_pixels(mode):
    if mode == "RGBA":  # white writing on nothing, as a program with a dark theme copies it
        shown = Image.new("RGBA", (420, 120), (0, 0, 0, 0))
        shown.paste((255, 255, 255, 255), mask=Image.eval(letter().resize((420, 120)).convert("L"), lambda v: 255 - v))
    elif mode == "I;16":
        shown = Image.fromarray(np.asarray(letter().convert("L")).astype("uint16") * 200)
    elif mode == "dark":
        shown = letter(dark=True)
    else:
        shown = letter().convert(mode)
    assert (
        words(picture.read(made.saved(shown, "TIFF" if mode == "CMYK" else "PNG"), None)) == "Send 950 USD in bitcoin"
    )


def test_the_first_frame_of_an_animation_is_read():
    frames = [letter(["first frame"]), letter(["second frame"])]
    data = made.saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert words(picture.read(data, None)) == "first frame"


def test_the_turn_in_the_camera_data_is_applied():
    exif = Image.Exif()
    exif[0x0112] = 6  # to be shown turned right by a quarter
    data = made.saved(letter().rotate(90, expand=True), "JPEG", exif=exif)
    message = picture.read(data, None)
    assert words(message) == "Send 950 USD in bitcoin"
    box = message.parts[0].boxes[0][1]
    assert box.right - box.left > 200 > box.bottom - box.top


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_picture_that_lies_on_its_side_is_read_in_order(turn):
    lines = ["Send 950 USD in bitcoin", "within 48 hours", "or everybody sees it", "This is the last line"]
    shown = letter(lines).rotate(turn, expand=True)
    message = picture.read(made.saved(shown), None)
    assert message.parts[0].source == "\n".join(lines)
    edges = [box for _, box in message.parts[0].boxes]
    first, last = edges[0], edges[-1]
    assert all(0 <= box.left < box.right <= shown.width and 0 <= box.top < box.bottom <= shown.height for box in edges)
    assert {90: first.left < last.left, 180: first.top > last.top, 270: first.left > last.left}[turn]


def test_a_very_long_screenshot_is_read_whole():
    lines = [f"{number} lines of text" for number in range(100, 145)]
    shown = made.draw(lines, made.own_font(), width=420)
    assert shown.height > 1_500
    part = picture.read(made.saved(shown), None).parts[0]
    assert part.source.split("\n") == lines
    assert part.boxes[-1][1].bottom > shown.height - 100


def test_boxes_of_a_large_picture_are_in_its_own_pixels():
    shown = letter().resize((420 * 6, letter().height * 6))
    box = picture.read(made.saved(shown), None).parts[0].boxes[0][1]
    assert box.bottom > 200
    assert box.right <= shown.width


def test_a_poor_photograph_is_read():
    message = picture.read(made.noisy(made.page(made.LETTER)), "scan.jpg")
    assert words(message) == " ".join(made.LETTER.split())


def test_a_code_is_a_line_of_its_own():
    shown = Image.new("RGB", (500, 500), "white")
    shown.paste(letter(), (0, 0))
    shown.paste(made.code("bitcoin:bc1qexample?amount=0.02\nsecond"), (60, 200))
    part = picture.read(made.saved(shown), None).parts[0]
    assert part.source == "Send 950 USD in bitcoin\n\nbitcoin:bc1qexample?amount=0.02 second"
    span, box = part.boxes[-1]
    assert span.of(part.source).startswith("bitcoin:")
    assert 60 <= box.left < box.right <= 60 + 6 * 50
    assert 200 <= box.top < box.bottom <= 500


@pytest.mark.parametrize("seed", [1, 2])
def test_no_writing_is_said_and_no_part_is_made(seed):
    texture = np.random.default_rng(seed).integers(0, 255, (16, 12, 3), dtype=np.uint8)
    data = made.saved(Image.fromarray(texture).resize((360, 480), Image.Resampling.BICUBIC))
    message = picture.read(data, "photo.png")
    assert message.parts == ()
    assert message.pictures[0].writing is Writing.NONE


def test_nothing_of_the_pixels_is_kept():
    shown = made.saved(letter())
    assert shown[:60] not in repr(picture.read(shown, "a.png")).encode()
    assert len(repr(picture.read(shown, "a.png"))) < 800


def test_small_pictures_are_not_looked_at(monkeypatch):
    monkeypatch.setattr(ocr, "read", lambda *_: pytest.fail("looked at"))
    shown = letter().resize((MIN_PICTURE_SIDE - 1, MIN_PICTURE_SIDE - 1))
    answer = pixels.read(made.saved(shown), time.monotonic() + 9)
    assert (answer["writing"], answer["text"]) == ("none", "")


def bomb(width: int, height: int) -> bytes:
    """Return the head of a PNG of that size with hardly any data."""
    whole = made.saved(Image.new("L", (8, 8)))
    import struct
    import zlib

    head = b"IHDR" + struct.pack(">II", width, height) + whole[24:29]
    return whole[:12] + head + struct.pack(">I", zlib.crc32(head)) + whole[33:]


@pytest.mark.parametrize("size", [(7_000, 7_000), (60_000, 60_000), (2**31 - 1, 2**31 - 1)])
def test_too_many_pixels_are_refused_before_they_are_unpacked(size):
    start = time.perf_counter()
    with pytest.raises(UnreadableInputError, match="million pixels") as raised:
        picture.read(bomb(*size), None)
    assert raised.value.code == "too_large"
    assert time.perf_counter() - start < 60


def test_a_photograph_of_fifty_megapixels_is_read_smaller():
    shown = letter().resize((420 * 10, letter().height * 10))
    canvas = Image.new("RGB", (8_400, 6_000), "white")
    canvas.paste(shown, (0, 1_000))
    assert canvas.width * canvas.height > MAX_PIXELS
    part = picture.read(made.saved(canvas, "JPEG"), None).parts[0]
    assert words(Message((part,))) == "Send 950 USD in bitcoin"
    assert 1_000 < part.boxes[0][1].top < part.boxes[0][1].bottom < 1_000 + shown.height


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (b"\0\0\0\x18ftypmp42\0\0\0\0", "picture"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0", "picture"),
        (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01", "picture"),
        (b"RIFF\0\0\0\0AVI LIST", "picture"),
        (b"\0\0\x01\xba\x44\0", "picture"),
        (b"hello", "damaged"),
        (b"", "damaged"),
    ],
)
def test_films_and_other_files_are_refused(head, code):
    assert not picture.matches(head, "film.png")
    with pytest.raises(UnreadableInputError) as raised:
        picture.read(head, None)
    assert raised.value.code == code


@pytest.mark.parametrize(
    "text", [b"BM is short for something, dear Sir", b"GIF is a format", b"II* MM* \xff\xd8", b"RIFF raff"]
)
def test_text_is_no_picture(text):
    assert not picture.matches(text, "a.txt")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "TIFF"])
def test_half_a_picture_is_damaged(kind):
    data = made.saved(letter(), kind)
    with pytest.raises(UnreadableInputError) as raised:
        picture.read(data[: len(data) // 3], None)
    assert raised.value.code == "damaged"


SMALL = [made.saved(Image.new("RGB", (50, 50), "red"), kind) for kind in ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SMALL), st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=8))
def test_no_bytes_break_it(data, changes):
    broken = bytearray(data)
    for place, value in changes:
        broken[place % len(broken)] = value
    try:
        found = len(picture.read(bytes(broken), None).pictures)
    except UnreadableInputError as error:
        found = error.code
    assert found in (1, "damaged", "too_large", "picture")


OTHER = {
    "ru": "Я записал вас на камеру.\nПереведите деньги в биткоинах.",
    "uk": "Я маю доступ до вашого комп'ютера.\nУ вас є два дні.",
    "el": "Έχω πλήρη πρόσβαση στον υπολογιστή.\nΣτείλτε χρήματα σε δύο ημέρες.",
    "ar": "لدي تسجيل مصور لك\nأرسل المبلغ خلال يومين",
    "ko": "당신의 컴퓨터를 해킹했습니다\n이틀 안에 돈을 보내십시오",
}


@pytest.mark.usefixtures("other_scripts")
@pytest.mark.parametrize("language", OTHER)
@pytest.mark.parametrize("dark", [False, True])
def test_other_scripts_are_read_with_tesseract(language, dark):
    lines = OTHER[language].split("\n")
    shown = made.draw(lines, made.font(language, 34), dark=dark, right=language == "ar")
    message = picture.read(made.saved(shown), "a.png")
    found = message.parts[0].source.split("\n")
    wanted, got = set("".join(lines)), set("".join(found))
    assert len(found) == len(lines)
    assert len(wanted - got) <= len(wanted) // 8
    assert all(span.of(message.parts[0].source) in found for span, _ in message.parts[0].boxes)


@pytest.mark.usefixtures("other_scripts")
def test_a_wallet_among_other_letters_is_exact():
    wallet = "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"
    shown = made.draw([*OTHER["ru"].split("\n"), wallet], made.font("ru", 34), width=1_000)
    assert wallet in picture.read(made.saved(shown), None).parts[0].source


@pytest.mark.skipif(not made.has_font("ru"), reason=NEEDED)
def test_without_tesseract_other_scripts_are_said_to_be_unknown(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    child = Child()
    monkeypatch.setattr(picture, "shared", child)
    for language in ("ru", "el", "ko") if made.has_font("ko") else ("ru", "el"):
        message = picture.read(made.saved(made.draw(OTHER[language].split("\n"), made.font(language, 34))), "a.png")
        assert message.parts == ()
        assert message.pictures[0].writing is Writing.UNKNOWN_SCRIPT
    assert words(picture.read(made.saved(letter()), None)) == "Send 950 USD in bitcoin"
    child.close()


def test_out_of_time_says_what_is_missing():
    shown = made.draw(["some words"] * 40, made.own_font(), width=420)
    answer = pixels.read(made.saved(shown), time.monotonic() - 1)
    assert answer["defects"] == [pixels.UNFINISHED]


def test_too_slow_is_an_error():
    with pytest.raises(UnreadableInputError) as raised:
        picture.read(made.saved(letter()), None, seconds=0.01)
    assert raised.value.code == "too_slow"
