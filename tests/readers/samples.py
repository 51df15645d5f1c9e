"""One small file of every format, made here: what the tests of the formats, of isolation and of fuzzing start from."""

import base64
import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from html import escape
from xml.sax.saxutils import escape as xml

from fpdf import FPDF

from tests.conftest import MAILS
from tests.readers import cfb, made

LETTER = (MAILS / "dutch.txt").read_text(encoding="utf-8")
FONT = made.DEJAVU


def forwarded(text: str) -> str:
    """Return the text as somebody forwards it from Outlook, with a word of their own above."""
    return (
        "Dag Karel, kun jij hier eens naar kijken? Groeten, Anna van de boekhouding\n\n"
        "-----Oorspronkelijk bericht-----\nVan: Iemand <x@example.net>\nVerzonden: maandag 2 maart 2026 8:12\n"
        f"Aan: anna@example.org\nOnderwerp: uw account\n\n{text}"
    )


def disguised(text: str) -> str:
    """Return the text with look-alike letters, as scam mail has them."""
    return text.translate(str.maketrans("aeo", "аео"))


def eml(text: str, *, attached: tuple[str, str, bytes] | None = None) -> bytes:
    """Return a raw mail, with an attachment (type, name, bytes) where one is given."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "x@example.net", "anna@example.org", "bericht"
    mail["Message-ID"] = "<a@example.net>"
    mail.set_content(text)
    if attached:
        kind, name, data = attached
        maintype, _, subtype = kind.partition("/")
        mail.add_attachment(data, maintype=maintype, subtype=subtype, filename=name)
        mail.set_boundary("grens")
    return mail.as_bytes()


def html(text: str) -> bytes:
    return f"<html><body><p>{escape(text).replace(chr(10), '<br>')}</p></body></html>".encode()


def archive(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)  # with a fixed date
    return buffer.getvalue()


def mbox(*mails: bytes) -> bytes:
    return b"".join(
        b"From x@example.net Tue Mar  3 08:12:44 2026\n" + mail.replace(b"\r\n", b"\n") + b"\n" for mail in mails
    )


def docx(text: str) -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    lines = "".join(f"<w:p><w:r><w:t>{xml(line)}</w:t></w:r></w:p>" for line in text.splitlines())
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    document = f"<w:document {space}><w:body>{lines}</w:body></w:document>"
    return archive({"[Content_Types].xml": types.encode(), "word/document.xml": document.encode()})


def ics(text: str) -> bytes:
    described = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nBEGIN:VEVENT\r\nUID:1@example.net\r\n"
    return (
        f"{head}DTSTAMP:20260303T081244Z\r\nSUMMARY:bericht\r\nDESCRIPTION:{described}\r\nEND:VEVENT\r\nEND:VCALENDAR"
    ).encode()


def msg(text: str) -> bytes:
    return cfb.msg({(cfb.SUBJECT, cfb.TEXT): "bericht", (cfb.BODY, cfb.TEXT): text})


def msg_rtf(text: str) -> bytes:
    return cfb.msg({(cfb.SUBJECT, cfb.TEXT): "bericht", (cfb.RTF, cfb.BYTES): cfb.packed_rtf(rtf(text))})


def rtf(text: str) -> bytes:
    body = "".join(char if char.isascii() else f"\\u{ord(char)}?" for char in text).replace("\n", "\\par ")
    return f"{{\\rtf1\\ansi {body}}}".encode("ascii")


def pdf(text: str, *, password: str = "") -> bytes:
    document = FPDF()
    if password:
        document.set_encryption(owner_password="owner", user_password=password)
    document.add_font("body", fname=str(FONT))
    document.set_font("body", size=11)
    document.add_page()
    document.multi_cell(0, 6, text)
    return bytes(document.output())


def scanned_pdf(text: str) -> bytes:
    return made.saved(made.page(text), "PDF", resolution=150)


def picture(kind: str) -> Callable[[str], bytes]:
    return lambda text: made.saved(made.screenshot(text), kind)


def heic(text: str) -> bytes:
    import pillow_heif

    buffer = io.BytesIO()
    pillow_heif.from_pillow(made.screenshot(text)).save(buffer, quality=80)
    return buffer.getvalue()


def bounce(text: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "MAILER-DAEMON@example.net", "anna@example.org", "Niet bezorgd"
    mail["Message-ID"] = "<b@example.net>"
    mail.set_content("Het bericht kon niet worden bezorgd. Hieronder staat het.")
    inner = EmailMessage()
    inner["Subject"], inner["From"] = "uw account", "x@example.net"
    inner.set_content(text)
    mail.add_attachment(inner)
    mail.set_boundary("grens")
    return mail.as_bytes().replace(b"multipart/mixed", b"multipart/report; report-type=delivery-status")


def data_uri(text: str) -> bytes:
    """Return a mail whose letter is a picture inside its HTML."""
    image = base64.b64encode(made.saved(made.screenshot(text))).decode()
    return (
        eml("").replace(b"text/plain", b"text/html").rstrip()
        + f'\n\n<p>zie</p><img src="data:image/png;base64,{image}">\n'.encode()
    )


FORMATS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "pasted text, .txt": ("a.txt", str.encode),
    ".html": ("a.html", html),
    ".eml": ("a.eml", eml),
    ".mbox": ("a.mbox", lambda text: mbox(eml(text))),
    ".zip": ("a.zip", lambda text: archive({"mail.eml": eml(text)})),
    ".zip in .zip": ("a.zip", lambda text: archive({"b.zip": archive({"mail.eml": eml(text)})})),
    ".msg": ("a.msg", msg),
    ".msg, RTF only": ("a.msg", msg_rtf),
    ".docx": ("a.docx", docx),
    ".rtf": ("a.rtf", rtf),
    ".ics": ("a.ics", ics),
    ".pdf": ("a.pdf", pdf),
    ".pdf, a scan": ("a.pdf", scanned_pdf),
    ".png": ("a.png", picture("PNG")),
    ".jpg": ("a.jpg", picture("JPEG")),
    ".webp": ("a.webp", picture("WEBP")),
    ".heic": ("a.heic", heic),
    "delivery failure": ("a.eml", bounce),
    "attached .txt": ("a.eml", lambda text: eml("zie bijlage", attached=("text/plain", "b.txt", text.encode()))),
    "attached .pdf": ("a.eml", lambda text: eml("zie bijlage", attached=("application/pdf", "b.pdf", pdf(text)))),
    "attached .png": ("a.eml", lambda text: eml("zie bijlage", attached=("image/png", "b.png", picture("PNG")(text)))),
    "attached .docx": (
        "a.eml",
        lambda text: eml("zie bijlage", attached=("application/octet-stream", "b.docx", docx(text))),
    ),
    "attached .zip": (
        "a.eml",
        lambda text: eml("zie bijlage", attached=("application/zip", "b.zip", archive({"c.txt": text.encode()}))),
    ),
    "picture inside HTML": ("a.eml", data_uri),
}
"""What people send, by the name it has in docs/formats.md: a file name, and the function that makes it from a text."""


def every_format() -> dict[str, bytes]:
    """Return one file of each format by a name that says which."""
    return {f"{number:02}-{name}": make(LETTER) for number, (name, make) in enumerate(FORMATS.values())}
