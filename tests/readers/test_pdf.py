import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scamcheck.errors import UnreadableInputError
from scamcheck.limits import MAX_PDF_PAGES
from scamcheck.readers import pages, pdf
from scamcheck.types import Box
from tests.readers import made

LETTER_LINES = made.LETTER.split("\n")


def drawn(*steps):
    """Return a PDF of one page: (method, arguments..) by steps."""

    def draw_on(document):
        for name, *arguments in steps:
            getattr(document, name)(*arguments)

    return made.pdf(draw_on)


def part(data, **options):
    return pdf.read(data, "letter.pdf", **options).parts[0]


def test_the_text_of_its_pages():
    message = pdf.read(made.text_pdf(pages=2), "letter.pdf")
    (only,) = message.parts
    assert (only.media_type, only.name, only.hidden, only.boxes) == ("application/pdf", "letter.pdf", "", ())
    assert only.source == f"{made.LETTER}\n\n{made.LETTER}"
    assert message.defects == ()
    assert message.pictures == ()


def test_words_broken_at_the_end_of_a_line_are_whole():
    found = part(drawn(("text", 20, 50, "Send the bit-"), ("text", 20, 56, "coin to me")))
    assert found.source == "Send the bitcoin to me"


def test_letters_beyond_latin_and_beyond_the_first_plane():
    def draw_on(document):
        document.add_font("dejavu", fname=made.DEJAVU)
        document.set_font("dejavu", size=12)
        document.multi_cell(0, text="Переведите деньги 𝔸 Ελληνικά")

    if not made.DEJAVU.exists():
        pytest.skip("fonts-dejavu-core is not installed: scripts/install_reading_tools.sh")
    assert part(made.pdf(draw_on)).source == "Переведите деньги 𝔸 Ελληνικά"


WHITE, BLACK = ("set_text_color", 255, 255, 255), ("set_text_color", 0, 0, 0)


@pytest.mark.parametrize(
    "steps",
    [
        [WHITE, ("text", 20, 50, "secret words")],
        [("set_text_color", 250, 248, 252), ("text", 20, 50, "secret words")],
        [("set_font_size", 1), ("text", 20, 50, "secret words")],
        [("text", 400, 50, "secret words")],
        [("text", 20, -50, "secret words")],
        [("text", 20, 50, "secret words"), ("set_fill_color", 255, 255, 255), ("rect", 10, 40, 90, 20, "F")],
        [("set_fill_color", 200, 30, 30), ("rect", 10, 40, 90, 20, "F"), ("set_text_color", 200, 30, 30),
         ("text", 20, 50, "secret words")],
    ],
    ids=["white", "nearly white", "tiny", "right of the page", "above the page", "covered", "red on red"],
)  # fmt: skip
def test_what_cannot_be_seen_is_hidden(steps):
    found = part(drawn(("text", 20, 100, "shown words that stand on the page"), *steps))
    assert found.source == "shown words that stand on the page"
    assert found.hidden == "secret words"


def test_invisible_render_mode_is_hidden():
    def draw_on(document):
        document.text(20, 100, "shown words")
        with document.local_context(text_mode=3):
            document.text(20, 50, "secret words")

    found = part(made.pdf(draw_on))
    assert (found.source, found.hidden) == ("shown words", "secret words")


@pytest.mark.parametrize(
    "steps",
    [
        [("set_fill_color", 0, 0, 0), ("rect", 10, 40, 90, 20, "F"), WHITE, ("text", 20, 50, "seen words")],
        [("set_text_color", 120, 120, 120), ("text", 20, 50, "seen words")],
        [("set_font_size", 5), ("text", 20, 50, "seen words")],
        [("text", 20, 50, "l"), ("text", 22, 50, "- . |")],
    ],
    ids=["white on black", "grey", "small", "thin"],
)
def test_what_can_be_seen_is_shown(steps):
    found = part(drawn(*steps))
    assert found.hidden == ""
    assert found.source in ("seen words", "l- . |", "l - . |")


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_text_on_a_turned_page_is_shown(turn):
    def draw_on(document):
        with document.rotation(turn, 100, 150):
            for number, line in enumerate(LETTER_LINES):
                document.text(60, 100 + 10 * number, line)

    data = made.pdf(draw_on).replace(b"/Type /Page\n", b"/Type /Page\n/Rotate %d\n" % turn)
    assert b"/Rotate" in data
    found = part(data)
    assert (found.source, found.hidden) == (made.LETTER, "")


def test_a_page_that_is_a_picture_is_recognised():
    found = part(made.picture_pdf(made.page("The first page"), made.page(made.LETTER)))
    assert found.source == f"The first page\n\n{made.LETTER}"
    lines = ["The first page", *LETTER_LINES]
    assert [span.of(found.source) for span, _ in found.boxes] == lines
    assert [box.page for _, box in found.boxes] == [0, 1, 1, 1]
    first: Box = found.boxes[0][1]
    assert 90 < first.left < 140 < first.top < 190  # the margins of the letter, on a page of 1240 pixels


def test_text_and_pictures_of_one_page_are_both_read_once():
    def draw_on(document):
        document.image(made.page(made.LETTER), x=0, y=100, w=210)
        document.text(20, 30, "Dear customer, this is the text above the picture of a letter. Read it to its end.")

    found = part(made.pdf(draw_on))
    assert found.source.split("\n\n") == [
        "Dear customer, this is the text above the picture of a letter. Read it to its end.",
        made.LETTER,
    ]
    assert len(found.boxes) == 3


@pytest.mark.parametrize(
    ("layer", "hidden"), [(made.LETTER.replace("\n", " "), ""), ("a poem on the sea", "a poem on the sea")]
)
def test_the_text_layer_of_a_scan_is_no_hidden_text_and_another_is(layer, hidden):
    def draw_on(document):
        document.image(made.page(made.LETTER), x=0, y=0, w=210)
        with document.local_context(text_mode=3):
            document.text(5, 200, layer)

    found = part(made.pdf(draw_on))
    assert found.source == made.LETTER
    assert found.hidden == hidden


def test_a_code_on_a_page_is_read():
    def draw_on(document):
        document.multi_cell(0, text=made.LETTER)
        document.image(made.code("bitcoin:bc1qexample"), x=20, y=100, w=40)

    found = part(made.pdf(draw_on))
    assert found.source == f"{made.LETTER}\n\nbitcoin:bc1qexample"
    span, box = found.boxes[-1]
    assert span.of(found.source) == "bitcoin:bc1qexample"
    assert abs(box.top - 100 / 25.4 * 150) < 40


def test_a_password_opens_it():
    data = made.pdf(
        lambda document: document.multi_cell(0, text=made.LETTER), owner_password="owner", user_password="sésame"
    )
    assert part(data, passwords=["wrong", "sésame"]).source == made.LETTER
    for passwords in ((), ("wrong", "\ud800")):
        with pytest.raises(UnreadableInputError, match="password") as raised:
            pdf.read(data, None, passwords)
        assert raised.value.code == "encrypted"


def test_one_that_only_forbids_printing_is_read():
    data = made.pdf(lambda document: document.multi_cell(0, text=made.LETTER), owner_password="owner")
    assert part(data).source == made.LETTER


def test_pages_past_the_cap_are_named():
    message = pdf.read(made.text_pdf(pages=MAX_PDF_PAGES + 3), None)
    assert message.parts[0].source.count(LETTER_LINES[0]) == MAX_PDF_PAGES
    assert str(MAX_PDF_PAGES + 3) in message.defects[0]


def test_text_past_the_cap_is_cut_and_said(monkeypatch):
    monkeypatch.setattr(pages, "MAX_PART_CHARS", 60)
    answer = pages.read(made.text_pdf(pages=2), time.monotonic() + 60)
    assert answer["text"].startswith(made.LETTER[:55])
    assert len(answer["text"]) <= 64
    assert any("pages 1, 2 of the PDF" in defect for defect in answer["defects"])


def test_out_of_time_keeps_what_was_read_and_names_the_rest():
    data = made.picture_pdf(made.page("The first page"))
    answer = pages.read(data, time.monotonic() - 1)
    assert answer["text"] == ""
    assert any("page 1 of the PDF took too long" in defect for defect in answer["defects"])


def test_filled_in_fields_and_notes_are_read():
    def draw_on(document):
        document.text(20, 50, "Your answer")
        document.free_text_annotation("Pay within 48 hours", x=20, y=80, w=100, h=10)

    found = part(made.pdf(draw_on))
    assert "Your answer" in found.source
    assert "Pay within 48 hours" in found.source


def test_files_inside_are_named_and_not_opened(tmp_path):
    (tmp_path / "inner.txt").write_text("inner text")

    def draw_on(document):
        document.text(20, 50, "See the file")
        document.embed_file(tmp_path / "inner.txt")

    message = pdf.read(made.pdf(draw_on), None)
    assert message.parts[0].source == "See the file"
    assert any("1" in defect and "not opened" in defect for defect in message.defects)


def test_an_empty_pdf_says_so():
    message = pdf.read(made.pdf(lambda document: None), None)
    assert message.parts[0].source == ""
    assert message.defects == ("no text was found in the PDF",)


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", made.text_pdf()[:300]])
def test_a_broken_one_is_damaged(data):
    with pytest.raises(UnreadableInputError) as raised:
        pdf.read(data, None)
    assert raised.value.code == "damaged"


def test_a_page_as_large_as_a_field_is_read():
    data = re.sub(rb"/MediaBox \[[^\]]*\]", b"/MediaBox [0 0 14400 14400]", made.text_pdf())
    assert part(data).source == made.LETTER


@pytest.mark.parametrize(
    ("head", "name", "matches"),
    [
        (b"%PDF-1.4", None, True),
        (b"\n\n%PDF-1.4", None, True),
        (b"junk %PDF-1.4", "a.pdf", True),
        (b"The file began with %PDF-1.4, he wrote", "a.txt", False),
        (b"hello", "a.pdf", False),
        (b"x" * 2_000 + b"%PDF-1.4", "a.pdf", False),
    ],
)
def test_what_is_a_pdf(head, name, matches):
    assert pdf.matches(head, name) is matches


WHOLE = made.pdf(lambda document: document.text(20, 50, "text"))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=6)), min_size=1, max_size=6))
def test_no_bytes_break_it(changes):
    broken = bytearray(WHOLE)
    for place, value in changes:
        broken[place : place + len(value)] = value
    try:
        found = len(pdf.read(bytes(broken), None).parts)
    except UnreadableInputError as error:
        found = error.code
    assert found in (1, "damaged", "encrypted", "too_slow")
