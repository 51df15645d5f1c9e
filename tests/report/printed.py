"""What the tests of printed documents share: documents, and how they are read back."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from html.parser import HTMLParser

import pypdfium2

from scamcheck.languages import load_language
from scamcheck.report import html, pdf
from scamcheck.report.document import Document
from scamcheck.report.police import Given, police_report
from scamcheck.types import Link, Message, Part, Wrapping
from tests.report.made import ADDRESS, MAILS, NAME

AT = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
GIVEN = Given.of("mail.eml", b"content")
MONERO = "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A"
"""A published test vector of the Monero project; with 95 letters the longest of the usual addresses."""

FORMATS = ("html", "pdf")


HEADERS = {
    "subject": "Your account belongs to somebody else now",
    "sender": '"Hacker" <evil@example.net>',
    "recipients": f'"{NAME}" <{ADDRESS}>',
    "reply_to": "pay@example.com",
    "return_path": "bounce@example.net",
    "date": "Tue, 3 Mar 2026 08:12:40 +0100",
    "authentication": (("authentication-results", "mx.example.org; spf=fail; dmarc=fail"),),
}


def document(*blocks, large=False):
    return Document("A title", "en", AT, tuple(blocks), "The rest was left out.", large)


def pages_of(data):
    """Return the text of each page of a PDF."""
    with pypdfium2.PdfDocument(data) as opened:
        return [page.get_textpage().get_text_range() for page in opened]


def text_of(data):
    return "\n".join(pages_of(data)).replace("\r\n", "\n").replace("\ufffe", "")


def joined(data):
    """Return the text of a PDF without line breaks and blanks."""
    return "".join(text_of(data).split())


def read_back(value, kind):
    """Return what a person reads in a document of the kind."""
    return text_of(pdf.render(value)) if kind == "pdf" else Seen.of(html.render(value)).text


class Seen(HTMLParser):
    """What an HTML file shows and refers to."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.pieces = set(), [], []

    @classmethod
    def of(cls, source):
        seen = cls()
        seen.feed(source)
        seen.close()
        return seen

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.pieces.append(data)

    @property
    def text(self):
        return "".join(self.pieces)


def police(given_mail, message=None, **options):
    message = message or Message((Part("text/plain", given_mail.text),))
    return police_report(given_mail, message, GIVEN, made_at=AT, **options)


def received(**fields):
    """Return the mass mail as it was received, and its assessment."""
    given_mail = MAILS["mass"]
    headers = HEADERS | fields
    link = Link(Wrapping.NOT, headers["subject"], headers["sender"], headers["date"])
    known = replace(given_mail, chain=(link,), sender=headers["sender"], recipients=headers["recipients"])
    return known, Message((Part("text/plain", given_mail.text),), **headers)


def assert_inert(data):
    """Check that a PDF has no picture, no script, no link and no attached file."""
    with pypdfium2.PdfDocument(data) as opened:
        kinds = {item.type for page in opened for item in page.get_objects()}
        assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE not in kinds
        assert opened.count_attachments() == 0
    for mark in (b"/JavaScript", b"/JS", b"/URI", b"/Launch", b"/EmbeddedFile", b"/XObject", b"/AA"):
        assert mark + b" " not in data, mark
        assert mark + b"(" not in data, mark
    opening = re.findall(rb"/OpenAction (.)", data)
    assert opening == [b"["], "a place to begin at, not something to do"


@cache
def titles(language):
    """Return what the sender says, as our titles tell it; a test of their own sees to their words."""
    words = load_language(language)
    known = words.keys()
    return [words.text(key) for key in known if key.startswith("indicators.") and key.endswith(".title")]


def own_words(seen, language):
    """Return the words of a document that are neither quoted from a mail nor tell what its sender says."""
    left = re.sub("\u201c[^\u201d]*\u201d", " ", " ".join(seen.split()))
    for title in titles(language):
        left = left.replace(title, " ")
    return left.casefold()
