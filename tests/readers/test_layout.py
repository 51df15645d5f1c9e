import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from scamcheck.readers import tesseract
from scamcheck.readers.layout import Line, in_order, join


def line(text, left, top, width=300, height=20):
    return Line(text, left, top, left + width, top + height)


def texts(lines):
    return join(in_order(lines))[0]


def test_lines_come_from_the_top_and_rows_from_the_left():
    lines = [line("world", 400, 52), line("last", 0, 80), line("hello", 0, 50), line("first", 0, 20)]
    assert texts(lines) == "first\nhello world\nlast"


def test_columns_are_read_one_after_the_other():
    left = [line(f"left {n}", 0, 100 + 30 * n) for n in range(5)]
    right = [line(f"right {n}", 400, 105 + 30 * n) for n in range(5)]
    lines = [line("title over both", 0, 20, width=700), *right, *left, line("below both", 0, 400, width=700)]
    assert texts(lines).split() == [
        "title",
        "over",
        "both",
        "left",
        "0",
        "left",
        "1",
        "left",
        "2",
        "left",
        "3",
        "left",
        "4",
        "right",
        "0",
        "right",
        "1",
        "right",
        "2",
        "right",
        "3",
        "right",
        "4",
        "below",
        "both",
    ]


def test_columns_need_not_have_the_same_lines():
    left = [line(f"left {n}", 0, 30 * n) for n in range(6)]
    right = [line(f"right {n}", 400, 12 + 40 * n) for n in range(4)]
    assert texts(left + right).split() == [word for one in left + right for word in one.text.split()]


def test_labels_stay_with_their_values():
    rows = ["From:", "To:", "Date:", "Subject:"]
    lines = [line(name, 0, 30 * n, width=70) for n, name in enumerate(rows)]
    lines += [line(f"value {n}", 120, 30 * n, width=600) for n in range(4)]
    assert texts(lines) == "From: value 0\nTo: value 1\nDate: value 2\nSubject: value 3"


def test_bubbles_of_a_chat_stay_in_their_order():
    lines = [line(f"{n}", 0 if n % 2 else 450, 60 * n, width=250) for n in range(8)]
    assert texts(lines).split() == list("01234567")


def test_a_wide_gap_is_a_paragraph():
    assert texts([line("a", 0, 0), line("b", 0, 30), line("c", 0, 60), line("d", 0, 120)]) == "a\nb\nc\n\nd"


def test_arabic_pieces_run_from_the_right():
    assert texts([line("عالم", 0, 0), line("مرحبا", 400, 0)]) == "مرحبا عالم"


edge = st.integers(0, 3_000)
some_line = st.builds(
    lambda text, left, top, width, height: Line(text, left, top, left + width, top + height),
    st.text(st.characters(exclude_characters="\n"), min_size=1, max_size=8),
    edge,
    edge,
    st.integers(1, 900),
    st.integers(1, 200),
)


@given(st.lists(some_line, max_size=25))
def test_spans_are_exact_and_nothing_is_lost(lines):
    text, spans = join(in_order(lines))
    assert all(text[start:end] == line.text for start, end, line in spans)
    assert all(before[1] < after[0] for before, after in pairwise(spans))
    assert sorted(id(line) for _, _, line in spans) == sorted(map(id, lines))


def test_a_page_of_confetti_takes_no_time():
    lines = [line("x", 37 * n % 1_000, 11 * n, width=20) for n in range(1_500)]
    start = time.perf_counter()
    in_order(lines)
    assert time.perf_counter() - start < 30


HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"


def row(number, word, left, confidence, text):
    return f"5\t1\t1\t1\t{number}\t{word}\t{left}\t{number * 30}\t40\t20\t{confidence}\t{text}\n"


def test_a_table_of_tesseract_is_read_by_lines():
    table = HEAD + row(1, 1, 10, 90, "안") + row(1, 2, 60, 90, "녕") + row(2, 1, 10, 80, "둘")
    lines, confidence = tesseract.parse(table + "안녕\n\n둘\n\f")
    assert [line.text for line in lines] == ["안녕", "둘"]
    assert (lines[0].left, lines[0].top, lines[0].right, lines[0].bottom) == (10, 30, 100, 50)
    assert 80 < confidence < 90


def test_where_its_text_has_other_lines_the_words_of_the_table_count():
    lines, _ = tesseract.parse(HEAD + row(1, 1, 10, 90, "one") + row(1, 2, 60, 90, "two") + "one\ntwo\n")
    assert [line.text for line in lines] == ["one two"]


def test_specks_are_left_out():
    lines, confidence = tesseract.parse(HEAD + row(1, 1, 10, 3, "~|") + row(2, 1, 10, 96, "text") + "~|\ntext\n")
    assert [line.text for line in lines] == ["text"]
    assert confidence < 96


@given(st.text(st.sampled_from("5\t\n -.a\f"), max_size=400))
def test_no_output_breaks_the_parser(output):
    lines, confidence = tesseract.parse(HEAD + output)
    assert isinstance(lines, list)
    assert isinstance(confidence, float)
