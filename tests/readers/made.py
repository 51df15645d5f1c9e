"""Pictures and PDFs that the tests draw themselves: letters, screenshots of a phone, and hostile ones."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import zxingcpp
from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFilter, ImageFont

NOTO = Path("/usr/share/fonts/truetype/noto")
CJK = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
CJK_FACES = {"ja": 0, "ko": 1, "zh": 2}

LETTER = (
    "I know that you have been watching videos.\n"
    "My software recorded you with your own camera.\n"
    "Send 950 USD in bitcoin within 48 hours."
)


def font(language: str = "en", size: int = 28, *, serif: bool = False) -> ImageFont.FreeTypeFont:
    """Return a font that has the letters of a language; for Latin without the Noto fonts Pillow's own."""
    if language in CJK_FACES:
        return ImageFont.truetype(CJK, size, index=CJK_FACES[language])
    name = "NotoNaskhArabic" if language == "ar" else "NotoSerif" if serif else "NotoSans"
    path = NOTO / f"{name}-Regular.ttf"
    if path.exists():
        return ImageFont.truetype(path, size)
    if DEJAVU.exists():
        return ImageFont.truetype(DEJAVU, size)
    return ImageFont.load_default(size)


def has_font(language: str) -> bool:
    """Return whether this machine has a font for a language that is not written in Latin letters."""
    return CJK.exists() if language in CJK_FACES else DEJAVU.exists() or (NOTO / "NotoSans-Regular.ttf").exists()


def own_font(size: int = 28) -> ImageFont.FreeTypeFont:
    """Return the Latin font inside Pillow: no system font is needed."""
    return ImageFont.load_default(size)


def wrap(text: str, face: ImageFont.FreeTypeFont, width: int, *, spaced: bool = True) -> list[str]:
    """Return the lines of a text broken to a width in pixels; `spaced` tells whether words have spaces between."""
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" ") if spaced else paragraph:
            longer = f"{line} {word}".strip() if spaced else line + word
            if line and face.getlength(longer) > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines


def draw(
    lines: list[str],
    face: ImageFont.FreeTypeFont,
    *,
    width: int = 900,
    dark: bool = False,
    right: bool = False,
    margin: int = 40,
    spacing: float = 1.5,
    top: int = 40,
) -> Image.Image:
    """Return a picture with these lines on it."""
    step = round(face.size * spacing)
    height = top + step * len(lines) + margin
    ground, ink = ((24, 24, 28), (230, 230, 235)) if dark else ((255, 255, 255), (20, 20, 20))
    picture = Image.new("RGB", (width, height), ground)
    pen = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        x = width - margin - face.getlength(line) if right else margin
        pen.text((x, top + number * step), line, font=face, fill=ink)
    return picture


def screenshot(text: str, language: str = "en", *, dark: bool = False) -> Image.Image:
    """Return a text as a mail on the screen of a phone, 1080 pixels wide, with a bar above it."""
    face = font(language, 40)
    lines = wrap(text, face, 980, spaced=language not in ("ja", "zh"))
    picture = draw(lines, face, width=1080, dark=dark, right=language == "ar", margin=50, spacing=1.45, top=220)
    pen = ImageDraw.Draw(picture)
    ink = (230, 230, 235) if dark else (20, 20, 20)
    pen.rectangle((0, 0, 1080, 80), fill=(60, 60, 70) if dark else (235, 235, 240))
    pen.text((50, 20), "09:41", font=own_font(36), fill=ink)
    pen.rectangle((980, 28, 1040, 56), outline=ink, width=3)
    return picture


def page(text: str, language: str = "en") -> Image.Image:
    """Return a text as a letter on paper, scanned at 150 dots an inch."""
    face = font(language, 24, serif=True)
    lines = wrap(text, face, 1000, spaced=language not in ("ja", "zh"))
    return draw(lines, face, width=1240, right=language == "ar", margin=120, spacing=1.4, top=150)


def noisy(picture: Image.Image, seed: int = 1, quality: int = 35) -> bytes:
    """Return a picture as a poor JPEG: slightly turned, blurred, with noise."""
    ground = picture.getpixel((2, picture.height - 2))
    picture = picture.rotate(0.7, resample=Image.Resampling.BICUBIC, fillcolor=ground)
    picture = picture.filter(ImageFilter.GaussianBlur(0.8))
    noise = np.random.default_rng(seed).normal(0, 9, (picture.height, picture.width, 1))
    pixels = np.clip(np.asarray(picture, dtype=float) + noise, 0, 255).astype(np.uint8)
    return saved(Image.fromarray(pixels), "JPEG", quality=quality)


def saved(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """Return a picture as the bytes of a file."""
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def code(text: str, scale: int = 6) -> Image.Image:
    """Return a QR code."""
    return Image.fromarray(np.array(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=scale)))


def pdf(*pages: Callable[[FPDF], object], **encryption: str) -> bytes:
    """Return a PDF; each function draws on one page, in Helvetica of 12 points."""
    document = FPDF()
    if encryption:
        document.set_encryption(**encryption)
    for draw_on in pages:
        document.add_page()
        document.set_font("helvetica", size=12)
        draw_on(document)
    return bytes(document.output())


def text_pdf(text: str = LETTER, pages: int = 1) -> bytes:
    """Return a PDF with the same text on each page."""
    return pdf(*[lambda document: document.multi_cell(0, text=text)] * pages)


def picture_pdf(*pictures: Image.Image) -> bytes:
    """Return a PDF with one picture a page, as wide as the page."""
    return pdf(*[lambda document, shown=shown: document.image(shown, x=0, y=0, w=210) for shown in pictures])
