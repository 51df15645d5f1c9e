"""A picture file to pixels, and the writing and codes in it. Runs in the child process only; pixels never leave it."""

import contextlib
import io
import time
import warnings
from importlib import import_module
from typing import Any

from scamcheck.errors import UnreadableInputError
from scamcheck.limits import MAX_JPEG_PIXELS, MAX_PIXELS, MIN_PICTURE_SIDE
from scamcheck.readers import ocr
from scamcheck.readers.layout import Line
from scamcheck.types import Writing

_FORMATS = ("PNG", "JPEG", "WEBP", "AVIF", "GIF", "BMP", "TIFF")  # Pillow knows more, such as EPS, which it runs

_CODES = ("QRCode", "MicroQRCode", "RMQRCode", "Aztec", "DataMatrix", "PDF417")  # linear ones are found in hatching
_CODE_PIXELS = 12_000_000  # more are searched at half the size: noise of 40 million pixels takes five seconds
_MAX_CODE_CHARS = 4_300  # the largest QR code holds 4,296 letters (ISO/IEC 18004)

DAMAGED = "This picture is damaged and cannot be opened. Take a new screenshot of the mail, or paste its text."
TOO_LARGE = (
    f"This picture has more than {MAX_PIXELS // 1_000_000} million pixels. Save it smaller, or take a screenshot of it."
)
UNFINISHED = "reading the picture took too long; the rest of its writing was not read"

Answer = dict[str, Any]
"""What the child answers: text, boxes, hidden, writing, defects, as scamcheck.readers.child.Answer takes them."""


def _open(data: bytes) -> Any:
    image: Any = import_module("PIL.Image")
    image.MAX_IMAGE_PIXELS = None  # the limit below comes before anything is unpacked, and gives our own sentence
    formats: tuple[str, ...] = _FORMATS
    if data[4:8] == b"ftyp" and data[8:12] not in (b"avif", b"avis"):
        import_module("pillow_heif").register_heif_opener(thumbnails=False)
        formats = ("HEIF",)
    try:
        return image.open(io.BytesIO(data), formats=formats)
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError, OverflowError) as error:
        raise UnreadableInputError(DAMAGED, code="damaged") from error


def _flat(picture: Any) -> Any:
    """Return a picture as RGB without transparency: on black where its writing is bright, else on white."""
    image, numpy = import_module("PIL.Image"), import_module("numpy")
    if picture.mode in ("I", "F") or picture.mode.startswith("I;"):
        values = numpy.asarray(picture, dtype="float32")
        low, high = float(values.min()), float(values.max())
        return image.fromarray(((values - low) * (255 / max(high - low, 1e-6))).astype("uint8")).convert("RGB")
    if "transparency" not in picture.info and picture.mode not in ("RGBA", "LA", "PA", "RGBa", "La"):
        return picture.convert("RGB")
    picture = picture.convert("RGBA")
    values = numpy.asarray(picture.resize((64, 64)), dtype="float32")
    weight = float(values[..., 3].sum())
    bright = weight > 0 and float((values[..., :3].mean(axis=2) * values[..., 3]).sum()) / weight > 170
    ground = image.new("RGBA", picture.size, (0, 0, 0, 255) if bright else (255, 255, 255, 255))
    return image.alpha_composite(ground, picture).convert("RGB")


def decode(data: bytes) -> tuple[Any, float]:
    """Return a picture as an array of RGB pixels, upright, and its size in that of the file (1.0, or less).

    Of an animated picture the first frame, turned as its EXIF data say. Raises UnreadableInputError where it is
    damaged or too large; nothing of that size is unpacked. `ModuleNotFoundError` where a package is missing.
    """
    turn = import_module("PIL.ImageOps").exif_transpose
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        picture = _open(data)
        width = picture.size[0]
        if picture.size[0] * picture.size[1] > MAX_PIXELS:
            if picture.format != "JPEG" or picture.size[0] * picture.size[1] > MAX_JPEG_PIXELS:
                raise UnreadableInputError(TOO_LARGE, code="too_large")
            half = 2 if width * picture.size[1] <= 4 * MAX_PIXELS else 4
            picture.draft("RGB", (width // half, picture.size[1] // half))
            if picture.size[0] * picture.size[1] > MAX_PIXELS:
                raise UnreadableInputError(TOO_LARGE, code="too_large")
        factor = picture.size[0] / width
        try:
            picture.load()
            with contextlib.suppress(Exception):  # broken EXIF data raise nearly anything; it is fine without
                picture = turn(picture)
            picture = _flat(picture)
        except MemoryError:
            raise
        except Exception as error:  # the decoders of Pillow raise nearly anything on hostile bytes
            raise UnreadableInputError(DAMAGED, code="damaged") from error
    return import_module("numpy").asarray(picture), factor


def codes(pixels: Any) -> list[Line]:
    """Return the payloads of QR codes and their like, as lines of one row of text each."""
    zxing = import_module("zxingcpp")
    formats = [getattr(zxing.BarcodeFormat, name) for name in _CODES if hasattr(zxing.BarcodeFormat, name)]
    step = 2 if pixels.shape[0] * pixels.shape[1] > _CODE_PIXELS else 1
    found = []
    for code in zxing.read_barcodes(pixels[::step, ::step].copy(), formats=formats):
        text = " ".join("".join(char if char.isprintable() else " " for char in code.text).split())[:_MAX_CODE_CHARS]
        place = code.position
        corners = (place.top_left, place.top_right, place.bottom_left, place.bottom_right)
        xs, ys = [step * int(corner.x) for corner in corners], [step * int(corner.y) for corner in corners]
        if text:
            found.append(Line(text, max(min(xs), 0), max(min(ys), 0), max(*xs, 0), max(*ys, 0)))
    return found


def clean(text: str) -> str:
    """Return a text without lone surrogates and NUL, one character for each."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")


def read(data: bytes, deadline: float) -> Answer:
    """Return what is written in a picture file; raises as `decode` does."""
    pixels, factor = decode(data)
    if min(pixels.shape[:2]) < MIN_PICTURE_SIDE:
        return {"text": "", "boxes": [], "hidden": "", "writing": Writing.NONE.value, "defects": []}
    found = ocr.read(pixels, deadline)
    text, spans = found.text, list(found.spans)
    for line in codes(pixels):
        text += "\n\n" if text else ""
        spans.append((len(text), len(text) + len(line.text), line))
        text += line.text
    boxes = [
        [start, end, 0, *(round(edge / factor) for edge in (line.left, line.top, line.right, line.bottom))]
        for start, end, line in spans
    ]
    writing = Writing.READ if text else found.writing
    defects = [] if found.complete and time.monotonic() <= deadline else [UNFINISHED]
    return {"text": clean(text), "boxes": boxes, "hidden": "", "writing": writing.value, "defects": defects}
