import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from scamcheck.types import Finding, Span
from scamcheck.ui.highlight import highlight, numbered


def plain(html):
    return unescape(re.sub(r"<sup[^>]*>\d+</sup>|</?mark[^>]*>", "", html))


def test_marks_carry_the_number_of_their_indicator():
    text = "I hacked you. Pay now. I hacked you."
    findings = [Finding("a", Span(0, 12)), Finding("b", Span(14, 21)), Finding("a", Span(23, 35))]
    assert numbered(findings) == {"a": 1, "b": 2}
    assert highlight(text, findings).count('<sup class="sc-number">1</sup>') == 2


def test_hostile_text_is_escaped():
    html = highlight("<script>alert(1)</script><img src=x onerror=y>", [Finding("a", Span(0, 10))])
    assert "<script" not in html
    assert "<img" not in html


def test_what_the_headers_show_has_no_mark_and_no_number():
    findings = [Finding("sender_check", Span(0, 0)), Finding("a", Span(0, 2))]
    assert numbered(findings) == {"a": 1}
    assert highlight("ab", findings).count("<sup") == 1


@given(
    st.text(alphabet="ab<&\n é", max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=5)
)
def test_every_character_of_the_mail_is_shown_once(text, pairs):
    spans = [Span(min(a, b), max(a, b)) for a, b in pairs if max(a, b) <= len(text)]
    html = highlight(text, [Finding("x", span) for span in spans])
    assert plain(html) == text
