#!/usr/bin/env python3
"""How a mass mail fares when people send it on: every mail of a folder in every form, judged; prints JSON.

forms.py CORPUS: the mails that labels.csv calls sextortion_scam and whose original gets that verdict. A form counts as
kept where the forwarded mail gets the verdict of the original. Nothing is written but the counts.
"""

import io
import json
import sys
from collections.abc import Callable
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.parser import BytesParser
from email.policy import compat32
from pathlib import Path

from fpdf import FPDF
from joblib import Parallel, delayed
from PIL import Image, ImageDraw, ImageFont

from scamcheck import Verdict, check
from scamcheck.evaluation import read_labels
from scamcheck.types import Assessment

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
OCR_FORMS = ("screenshot", "image_attached", "scanned_pdf")
COVERS = {
    "en": ("Hello, I got this today. Is it real? Thanks, Anna", "From", "Sent", "To", "Subject"),
    "nl": ("Dag, dit kreeg ik vanmorgen. Wat moet ik doen? Groeten, Anna", "Van", "Verzonden", "Aan", "Onderwerp"),
    "fr": ("Bonjour, j'ai reçu ceci ce matin. Merci de regarder. Anna", "De", "Envoyé", "À", "Objet"),
    "de": ("Hallo, das kam heute früh. Bitte mal ansehen. Anna", "Von", "Gesendet", "An", "Betreff"),
    "es": ("Hola, me ha llegado esto. ¿Qué hago? Anna", "De", "Enviado", "Para", "Asunto"),
    "pl": ("Dzień dobry, dostałam to dzisiaj. Proszę sprawdzić. Anna", "Od", "Wysłano", "Do", "Temat"),
}


def _cover(body: str, subject: str = "Fwd: please have a look") -> MIMEMultipart:
    mail = MIMEMultipart("mixed")
    mail["From"], mail["To"], mail["Subject"] = "anna@example.org", "helpdesk@example.org", subject
    mail.attach(MIMEText(body, "plain", "utf-8"))
    return mail


def attached(raw: bytes, _: Assessment) -> tuple[bytes, str]:
    """Return the mail as an attachment of another."""
    mail = _cover("See attached mail.")
    mail.attach(MIMEMessage(BytesParser(policy=compat32).parsebytes(raw)))
    return mail.as_bytes(), "forward.eml"


def nested(raw: bytes, original: Assessment) -> tuple[bytes, str]:
    """Return the mail as an attachment of an attachment."""
    return attached(attached(raw, original)[0], original)


def _plain(text: str) -> tuple[bytes, str]:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "anna@example.org", "helpdesk@example.org", "Fwd:"
    mail.set_content(text, charset="utf-8", cte="base64")
    return mail.as_bytes(), "forward.eml"


def inline(language: str) -> Callable[[bytes, Assessment], tuple[bytes, str]]:
    """Return the form with an Outlook header block in a language."""

    def form(_: bytes, original: Assessment) -> tuple[bytes, str]:
        cover, *labels = COVERS[language]
        values = ("Somebody <x@example.net>", "14-11-2026 09:12", "anna@example.org", "your account")
        block = "\n".join(f"{label}: {value}" for label, value in zip(labels, values, strict=True))
        return _plain(f"{cover}\n\n{'_' * 32}\n{block}\n\n{original.text}")

    return form


def gmail(_: bytes, original: Assessment) -> tuple[bytes, str]:
    """Return the form that Gmail makes."""
    head = "---------- Forwarded message ---------\nFrom: Some Body <x@example.net>\nDate: Fri, 14 Nov 2026 at 09:12\n"
    return _plain(f"is this real??\n\n{head}Subject: your account\nTo: <anna@example.org>\n\n\n{original.text}")


def quoted(_: bytes, original: Assessment) -> tuple[bytes, str]:
    """Return the mail quoted below an answer."""
    lines = "\n".join(f"> {line}" for line in original.text.splitlines())
    return _plain(f"what is this\n\nOn Fri, 14 Nov 2026 at 09:12, Some Body <x@example.net> wrote:\n{lines}")


def pasted(_: bytes, original: Assessment) -> str:
    """Return what a person copies out of the window."""
    return original.text


def draw(text: str, *, width: int = 1080, size: int = 34, dark: bool = False) -> Image.Image:
    """Return a picture of a text, wrapped as a phone shows it."""
    font = ImageFont.truetype(FONT, size)
    lines: list[str] = []
    for paragraph in text.splitlines():
        line = ""
        for word in paragraph.split():
            if line and font.getlength(f"{line} {word}") > width - 2 * size:
                lines.append(line)
                line = ""
            line = f"{line} {word}".strip()
        lines.append(line)
    ground, ink = ("#101010", "#eeeeee") if dark else ("#ffffff", "#202020")
    picture = Image.new("RGB", (width, int((len(lines) + 4) * size * 1.4)), ground)
    drawer = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        drawer.text((size, int((number + 2) * size * 1.4)), line, font=font, fill=ink)
    return picture


def _bytes(picture: Image.Image, kind: str) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, quality=85)
    return buffer.getvalue()


def screenshot(_: bytes, original: Assessment) -> tuple[bytes, str]:
    """Return a dark phone screenshot of the first 1,500 characters, which is what fits on one."""
    return _bytes(draw(original.text[:1500], dark=True), "PNG"), "screenshot.png"


def image_attached(_: bytes, original: Assessment) -> tuple[bytes, str]:
    """Return a mail whose letter is an attached picture."""
    mail = _cover("please look")
    part = MIMEApplication(_bytes(draw(original.text[:3000], width=1400, size=30), "JPEG"), "octet-stream")
    part.replace_header("Content-Type", "image/jpeg")
    part.add_header("Content-Disposition", "attachment", filename="IMG_2041.jpg")
    mail.attach(part)
    return mail.as_bytes(), "forward.eml"


def _pdf(text: str) -> bytes:
    page = FPDF()
    page.add_font("body", fname=FONT)
    page.set_font("body", size=11)
    page.add_page()
    page.multi_cell(0, 6, "".join(each for each in text if each == "\n" or each.isprintable()))
    return bytes(page.output())


def pdf(_: bytes, original: Assessment) -> tuple[bytes, str]:
    """Return the mail printed to a PDF."""
    return _pdf(original.text), "mail.pdf"


def scanned_pdf(_: bytes, original: Assessment) -> tuple[bytes, str]:
    """Return a PDF of one page that is a picture."""
    return _bytes(draw(original.text[:2500], width=1240, size=26), "PDF"), "scan.pdf"


def pdf_attached(_: bytes, original: Assessment) -> tuple[bytes, str]:
    """Return a mail with the letter as an attached PDF."""
    mail = _cover("Please see the document.")
    part = MIMEApplication(_pdf(original.text), "pdf")
    part.add_header("Content-Disposition", "attachment", filename="letter.pdf")
    mail.attach(part)
    return mail.as_bytes(), "forward.eml"


FORMS: dict[str, Callable[[bytes, Assessment], tuple[bytes, str] | str]] = {
    "attached": attached,
    "nested": nested,
    **{f"inline_{language}": inline(language) for language in COVERS},
    "gmail": gmail,
    "quoted": quoted,
    "pasted": pasted,
    "pdf": pdf,
    "pdf_attached": pdf_attached,
    "screenshot": screenshot,
    "image_attached": image_attached,
    "scanned_pdf": scanned_pdf,
}


def judge(path: Path) -> dict[str, str] | None:
    """Return the verdict of one mail in each form, or None where the original is not called a mass mail."""
    raw = path.read_bytes()
    original = check(raw, filename=path.name)
    if original.verdict is not Verdict.SEXTORTION_SCAM:
        return None
    found = {}
    for name, form in FORMS.items():
        made = form(raw, original)
        given = check(made) if isinstance(made, str) else check(made[0], filename=made[1])
        found[name] = f"{given.verdict}{'/' + given.reason if given.reason else ''}"
    return found


def main() -> None:
    """Run the measure."""
    corpus = Path(sys.argv[1])
    labels = read_labels(corpus)
    files = labels.loc[labels["label"] == "sextortion_scam", "file"]
    rows = [row for row in Parallel(n_jobs=2)(delayed(judge)(corpus / name) for name in files) if row]
    table = {}
    for name in FORMS:
        verdicts = [row[name] for row in rows]
        others = sorted({each for each in verdicts if each != "sextortion_scam"})
        table[name] = {
            "mails": len(rows),
            "kept": verdicts.count("sextortion_scam"),
            "goal": 0.9 if name in OCR_FORMS else 0.98,
            "others": {other: verdicts.count(other) for other in others},
        }
    print(json.dumps({"forms": table}, indent=1))


if __name__ == "__main__":
    main()
