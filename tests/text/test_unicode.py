from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcheck.text.unicode import fold, strip_marks
from scamcheck.types import Span


@pytest.mark.parametrize(
    ("disguised", "plain"),
    [
        ("pаsswоrd", "password"),  # Cyrillic a and o
        ("сору and paste", "copy and paste"),  # a whole word of Cyrillic doubles in a Latin text
        ("h\u200backed", "hacked"),
        ("re\u00adcor\u2060ded", "recorded"),
        ("𝐛𝐢𝐭𝐜𝐨𝐢𝐧 ｂｉｔｃｏｉｎ", "bitcoin bitcoin"),
        ("H¡gh r¡sk", "High risk"),
        ("h\u0301a\u0323cked", "hacked"),
        ("Hëllø yøü", "Hello you"),
        ("H&#283;ll&#248; &amp;#105;", "Hello i"),
        ("v\u0456d\u0435\u043e", "video"),
    ],
)
def test_disguises_fall_away(disguised, plain):
    assert fold(disguised).mapped.text == plain


@pytest.mark.parametrize(
    "honest",
    [
        "Привет, как дела? Это письмо без подвоха.",
        "Καλημέρα σας, τι κάνετε;",
        "¡Hola! Mañana".replace("ñ", "n"),
        "日本語のメール",
        "Send money & run; AT&T",
        "한국어",
    ],
)
def test_honest_text_stays(honest):
    assert fold(honest).mapped.text == strip_marks(honest)
    assert fold(honest).disguises == ()


def test_marks_alone_are_no_disguise():
    assert fold("Größe, façade, Zoë, naïve").disguises == ()


def test_a_disguise_is_named_with_its_place():
    text = "your pаsswоrd is out"
    assert [span.of(text) for span in fold(text).disguises] == ["pаsswоrd"]


@given(st.text(max_size=300))
def test_offsets_tile_the_source_in_order(text):
    mapped = fold(text).mapped
    places = list(zip(mapped.starts, mapped.ends, strict=True))
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(places))


def test_one_character_cannot_become_a_phrase():
    assert len(fold("\ufdfa" * 100).mapped.text) == 100


@given(st.text(alphabet="abc xyz 0123!.\n", max_size=100))
def test_plain_ascii_maps_onto_itself(text):
    mapped = fold(text).mapped
    assert mapped.text == text
    assert all(mapped.to_source(Span(i, i + 1)) == Span(i, i + 1) for i in range(len(text)))
