"""Printed documents as HTML and as PDF, read back as a person would see them: every script, hostile text, safety."""

import base64
import builtins
import hashlib
import re
import subprocess
import sys
import time
from dataclasses import replace

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamcheck.errors import MissingPackageError
from scamcheck.guidance import Answers, ImageShared, guide
from scamcheck.limits import MAX_PRINTED_PAGES
from scamcheck.report import html, pdf
from scamcheck.report.document import Exact, Fields, Heading, Items, Paragraph, Quote, lines, plain
from scamcheck.report.pages import FONTS
from scamcheck.report.police import Given, police_report
from scamcheck.report.reader import reader_page
from scamcheck.types import Attachment, Message, Part
from tests.conftest import ROOT
from tests.report.made import MAILS, WALLET
from tests.report.printed import (
    AT,
    MONERO,
    Seen,
    assert_inert,
    document,
    joined,
    pages_of,
    police,
    text_of,
)

SCRIPTS = {
    "latin": "Zażółć gęślą jaźń, tűrő, şığ, čeština, ångström, œuvre, ß, €",
    "greek": "Έχω πρόσβαση στον υπολογιστή σας, ΐ ώ ς",
    "cyrillic": "Я взломал ваш компьютер, їжак, ґанок",
    "chinese": "我已经入侵了你的电脑 我已經入侵了你的電腦，支付比特幣。",
    "japanese": "あなたのデバイスをハッキングしました。ビットコイン",
    "korean": "당신의 기기를 해킹했습니다 비트코인",
}
ARABIC = "اخترقت جهازك"
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</style><script src=https://example.org/x.js></script>",
    "<a href='javascript:alert(1)'>x</a>",
    '<iframe src="https://example.org"></iframe>',
    "{{ 7*7 }}{% include '/etc/passwd' %}",
    "<meta http-equiv=refresh content='0;url=https://example.org'>",
    "<link rel=stylesheet href=//example.org/x.css><base href=//example.org>",
    "\u202e<b onmouseover=alert(1)>\x00\x1b[31m\ud800</b>&lt;script&gt;",
)


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_is_read_back_from_the_pdf(script):
    text = SCRIPTS[script]
    seen = joined(pdf.render(document(Paragraph(text), Heading(text), Quote(text))))
    assert seen.count("".join(text.split())) == 3
    assert "[U+" not in seen


def test_arabic_is_shaped_and_runs_from_right_to_left():
    data = pdf.render(document(Quote(ARABIC + " 123 bitcoin")))
    seen = text_of(data)
    for word in (*ARABIC.split(), "123", "bitcoin"):
        assert word in seen
    with pypdfium2.PdfDocument(data) as opened:
        text = opened[0].get_textpage()
        at = text.get_text_range().index(ARABIC)
        first, last = (text.get_charbox(place) for place in (at, at + len(ARABIC) - 1))
    assert first[0] > last[0], "the first letter stands to the right of the last"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb", "a[U+202E]b"),
        ("a\u200b\u200b\u200bb", "a[U+200B×3]b"),
        ("a\u200b\u2060b", "a[U+200B][U+2060]b"),
        ("a\x00b\x1bc", "a[U+0000]b[U+001B]c"),
        ("a\ud800b", "a[U+D800]b"),
        ("a\ue000b\uffffc", "a[U+E000]b[U+FFFF]c"),
        ("a\u00a0b\tc\r\nd", "a b c  d"),
        ("\u00ad", "[U+00AD]"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_what_cannot_be_seen_is_shown_as_its_code(text, shown):
    assert plain(text) == shown


@pytest.mark.parametrize("char", ["\U0001f980", "₿", "ส", "\U00020000"])
def test_what_no_font_has_is_shown_as_its_code(char):
    assert f"a[U+{ord(char):04X}]b" in joined(pdf.render(document(Paragraph(f"a{char}b"))))
    assert f"a{char}b" in html.render(document(Paragraph(f"a{char}b")))


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters()))
def test_plain_text_steers_nothing_and_drops_nothing(text):
    shown = plain(text)
    assert all(char == " " or char.isprintable() for char in shown)
    shown.encode()  # raises where a surrogate is left
    kept = [char for char in text if char.isprintable()]
    assert [char for char in re.sub(r"\[U\+[0-9A-F]{4,6}(×\d+)?\]", "", shown) if char != " "] == [
        char for char in re.sub(r"\[U\+[0-9A-F]{4,6}(×\d+)?\]", "", "".join(kept)) if char != " "
    ]
    assert plain(shown) == shown


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(st.characters(), max_size=200), max_size=4))
def test_no_text_breaks_a_document(texts):
    blocks = [kind(each) for each in texts for kind in (Heading, Paragraph, Quote)]
    blocks += [Items(tuple(texts), 1), Fields(tuple((each, each) for each in texts))]
    blocks += [Exact(each, each) for each in texts]
    assert pages_of(pdf.render(document(*blocks)))
    assert html.render(document(*blocks)).encode()


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("one word", "a" * 100_000),
        ("lines", "\n".join(["line"] * 10_000)),
        ("words", "word " * 5_000),
        ("chinese", "你的电脑" * 4_000),
        ("arabic", "اختراق جهازك " * 800),
        ("turned", "\u202eab\u202c" * 2_000),
        ("controls", "\x00\x01" * 2_000),
        ("marks", "a" + "\u0301" * 5_000),
    ],
)
def test_hostile_lengths_end_in_bounded_pages_and_time(kind, text):
    started = time.monotonic()
    data = pdf.render(document(Paragraph("first"), Quote(text), Fields((("name", text[:2000]),))))
    assert time.monotonic() - started < 60, "a guard against a hang; usual: 1 to 5 s"
    pages = pages_of(data)
    assert len(pages) <= MAX_PRINTED_PAGES
    assert "first" in pages[0]
    if len(pages) == MAX_PRINTED_PAGES:
        assert "The rest was left out." in pages[-1]


def test_a_document_that_fits_says_nothing_of_a_rest():
    assert "The rest was left out." not in text_of(pdf.render(document(Paragraph("short"))))


@pytest.mark.parametrize("address", [WALLET, MONERO, "0x" + "aB" * 20, "a" * 106])
@pytest.mark.parametrize("large", [True, False])
def test_a_wallet_stands_complete_on_one_line(address, large):
    value = document(Exact("Bitcoin", address), large=large)
    assert address in text_of(pdf.render(value)).split("\n")
    assert f"<code>{address}</code>" in html.render(value)


def test_the_same_document_gives_the_same_bytes():
    given_mail = MAILS["mass"]
    value = police(given_mail, with_message=True)
    assert pdf.render(value) == pdf.render(police(given_mail, with_message=True))
    code = (
        "import hashlib; from tests.report.printed import *; "
        "print(hashlib.sha256(pdf.render(police(MAILS['mass'], with_message=True))).hexdigest())"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert other.stdout.strip() == hashlib.sha256(pdf.render(value)).hexdigest()
    assert html.render(value) == html.render(police(given_mail, with_message=True))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_html_has_no_script_no_handler_and_nothing_from_elsewhere(hostile):
    given_mail = MAILS["mass"]
    text = given_mail.text.replace("I hacked your computer in January.", hostile)
    spans = [one for one in given_mail.findings if one.span.end <= len(text)]
    broken = replace(given_mail, text=text, findings=tuple(spans), defects=(hostile,), hidden_text=hostile)
    message = Message(
        (Part("text/plain", hostile, name=hostile), Part("text/html", f"<p>{hostile}</p>")),
        subject=hostile,
        sender=f"{hostile} <evil@example.net>",
        authentication=(("received-spf", hostile),),
        attachments=(Attachment(hostile, hostile, b"x"),),
    )
    report = police_report(
        broken, message, Given.of(hostile, b""), made_at=AT, with_message=True, redacted=False, language="en"
    )
    page = reader_page(broken, guide(broken, Answers(ImageShared.NO)), made_at=AT)
    for source in (html.render(report), html.render(page)):
        seen = Seen.of(source)
        assert not seen.tags & {"script", "img", "svg", "iframe", "link", "base", "object", "embed", "form", "video"}
        for name, value in seen.attributes:
            assert not name.startswith("on"), name
            assert name not in ("src", "srcset", "style", "action", "background", "data")
            assert name != "href" or re.fullmatch(r"tel:[+0-9]+", value), value
        assert source.count("<meta") == 6
        assert source.count("<style>") == source.count("</style>") == 1
        assert "url(" not in source
        assert "@import" not in source
        policy = next(value for name, value in seen.attributes if name == "content" and "default-src" in value)
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy
        assert "\u202e" not in source
        assert "\x00" not in source
        assert source.encode()
    for data in (pdf.render(report), pdf.render(page)):
        assert_inert(data)


def test_the_policy_is_that_of_the_style_sheet():
    source = html.render(document(Paragraph("x")))
    style = source.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src &#39;sha256-{digest}&#39;" in source


def test_without_the_packages_it_is_said_how_to_install_them(monkeypatch):
    real = builtins.__import__

    def missing(name, *args, **kwargs):
        if name.partition(".")[0] == "fpdf":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return real(name, *args, **kwargs)

    monkeypatch.delitem(sys.modules, "scamcheck.report.pages")
    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(MissingPackageError, match=r"pip install .scamcheck\[reports\]"):
        pdf.render(document())


def test_a_missing_package_of_another_kind_is_not_hidden(monkeypatch):
    def missing(name):
        raise ModuleNotFoundError(f"No module named {name!r}", name="scamcheck.nothing")

    monkeypatch.setattr(pdf, "import_module", missing)
    with pytest.raises(ModuleNotFoundError):
        pdf.render(document())


def test_the_fonts_are_those_that_the_readme_names_with_their_licences_and_small():
    readme = (FONTS / "README.md").read_text(encoding="utf-8")
    named = dict(re.findall(r"\| ([\w-]+\.ttf) .* ([0-9a-f]{64}) \|", readme))
    there = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FONTS.glob("*.ttf")}
    assert named == there
    assert sum(path.stat().st_size for path in FONTS.iterdir()) <= 10_000_000
    for licence in set(re.findall(r"LICENSE-\w+\.txt", readme)):
        assert len((FONTS / licence).read_text(encoding="utf-8")) > 1000


def test_lines_end_as_mails_end_them():
    assert lines("a\r\nb\rc\nd\u2028e\x0bf") == ["a", "b", "c", "d", "e", "f"]
