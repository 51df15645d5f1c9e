import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcheck.text.html_tokens import tokenize
from scamcheck.text.visible import read_html


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<p>Hello</p><p>you</p>", "Hello\nyou\n"),
        ("a<br>b</br>c<br/>d", "a\nb\nc\nd"),
        ("a   \n b", "a b"),
        ("caf&eacute; &#8364; &amp;", "café € &"),
        ("h<span style='display:none'>x</span>i", "hi"),
        ("h<span style='DISPLAY : none !important'>x</span>i", "hi"),
        ("h<i style='visibility:hidden'>x<b style='visibility:visible'>y</b></i>i", "hyi"),
        ("h<font style='font-size:0px'>x</font>i", "hi"),
        ("h<span style='font-size:1px'>x<b style='font-size:14px'>y</b></span>i", "hyi"),
        ("h<span style='color:#fff'>x</span>i", "hi"),
        ("<div style='background:#000;color:#fff'>hi</div>", "hi\n"),
        ("<table bgcolor=black><font color=white>hi</font></table>", "hi\n"),
        ("h<span style='color:#fefefe'>x</span>i", "hi"),
        ("h<span style='position:absolute;left:-9999px'>x</span>i", "hi"),
        ("h<div hidden>x</div>i", "hi"),
        ("<style>.a, p.b {display:none}</style>h<i class=a>x</i><p class=b>y</p>i", "hi"),
        ("<style>#z{opacity:0}</style>h<i id=z>x</i>i", "hi"),
        ("h<!-- x -->i<script>x</script>", "hi"),
        ("<head><title>x</title></head>hi", "hi"),
        ("h<div style='overflow:hidden;max-height:0'>x</div>i", "hi"),
        ("1 < 2 and a<b", "1 < 2 and a<b"),
        ('<a title="a>b">hi</a>', "hi"),
        ("<td>a</td><td>b</td>", "a b"),
        # What browsers show must be read, however the markup tries to hide it from a program.
        ("<!-->threat", "threat"),
        ("<!--x--!>threat", "threat"),
        ('<a title=x=">threat">', 'threat">'),
        ('<a =">threat', "threat"),
        ("<noscript>threat</noscript>", "threat"),
        ("<textarea>threat</textarea>", "threat"),
        ("<p style='background-color:rgba(0,0,0,0)'>threat</p>", "threat"),
        ("<table bgcolor=navy><font color=white>threat</font></table>", "threat"),
        ("<style>@media print{.m{display:none}}</style><i class=m>threat</i>", "threat"),
        ("<p style='display:none'>a<p>threat", "threat"),
        ("<i style='font-size:0.2in'>threat</i>", "threat"),
    ],
)
def test_what_a_person_sees(source, shown):
    assert read_html(source).shown.text.strip("\n") == shown.strip("\n")


def test_hidden_text_is_kept_apart():
    read = read_html("pay <span style='display:none'>garden flower</span>now")
    assert read.shown.text == "pay now"
    assert read.hidden == "garden flower"


@given(st.text(alphabet="<>/ab\"'= &;#!-x1\n", max_size=200))
def test_any_markup_maps_back_into_its_source(source):
    shown = read_html(source).shown
    for char, start, end in zip(shown.text, shown.starts, shown.ends, strict=True):
        assert 0 <= start < end <= len(source)
        if end - start == 1 and not char.isspace():
            assert source[start] == char


@given(st.text(alphabet="<>/ab\"'= !-", max_size=200))
def test_tokens_stand_in_order_and_do_not_overlap(source):
    at = 0
    for token in tokenize(source):
        assert token.span.start >= at
        at = token.span.end
    assert at <= len(source)


@pytest.mark.parametrize(
    "unit",
    ["<", "<a ", '<a "', "<a x='", "<!--", "</", "&#", "<div>", "<style>{", "<a '\"", "<title>", "<b style='a:b;"],
)
def test_hostile_markup_takes_linear_time(unit):
    def seconds(size: int) -> float:
        source = (unit * size)[:size]
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            read_html(source)
            best = min(best, time.process_time() - start)
        return best

    # Four times the input: linear is a ratio of 4, quadratic of 16. The constant absorbs noise on tiny times.
    assert seconds(160_000) < 9 * seconds(40_000) + 0.05
