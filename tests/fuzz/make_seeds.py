#!/usr/bin/env python3
"""Write the seeds of fuzzing: one small file of each format, its first byte the file name that goes with it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.fuzz.target import NAMES
from tests.readers import samples

SEEDS = Path(__file__).parent / "seeds"
LETTER = "Ik heb je computer gehackt en je gefilmd. Betaal 700 euro in bitcoin, je hebt 48 uur.\n"
PICTURE = b'<img src="data:image/png;base64,iVBORw0KGgo=">'
LOCKED = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"


def seeds() -> dict[str, bytes]:
    """Return the seeds by name."""
    text = samples.forwarded(LETTER)
    mail = samples.eml(text)
    nested = samples.bounce(text)
    made = {
        "txt-forward": ("a.txt", text.encode()),
        "txt-quoted": ("a.txt", "".join(f"> {line}\n" for line in text.splitlines()).encode()),
        "txt-utf16": ("a.txt", text.encode("utf-16")),
        "html-letter": ("a.html", samples.html(text) + b"<style>p{display:none}</style><p hidden>&#x41;&amp;amp;</p>"),
        "eml-plain": ("a.eml", mail),
        "eml-bounce": ("a.eml", nested),
        "eml-alternative": ("a.eml", samples.eml(text, attached=("text/html", "b.html", samples.html(text)))),
        "eml-data-uri": ("a.eml", mail.replace(b"text/plain", b"text/html") + PICTURE),
        "mbox-two": ("a.mbox", samples.mbox(mail, nested)),
        "zip-mails": ("a.zip", samples.archive({"a.eml": mail, "../b.txt": text.encode()})),
        "zip-nested": ("a.zip", samples.archive({"b.zip": samples.archive({"a.eml": mail})})),
        "docx-letter": ("a.docx", samples.docx(text)),
        "ics-letter": ("a.ics", samples.ics(text)),
        "rtf-letter": (None, samples.rtf(text)),
        "msg-letter": ("a.msg", samples.msg(text)),
        "msg-rtf": ("a.msg", samples.msg_rtf(text)),
        "pdf-none": (None, LOCKED),
    }
    return {name: bytes([NAMES.index(file)]) + data for name, (file, data) in made.items()}


if __name__ == "__main__":
    SEEDS.mkdir(exist_ok=True)
    for name, data in seeds().items():
        (SEEDS / name).write_bytes(data)
