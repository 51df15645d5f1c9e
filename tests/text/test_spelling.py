import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcheck.text.spelling import unspell
from scamcheck.text.unicode import fold

SENTENCE = "I hacked your device last month and recorded a video while you visited some sites for adults"


def plain(text):
    return unspell(fold(text).mapped)[0].text


@pytest.mark.parametrize(
    "disguised",
    [
        "   ".join(" ".join(word) for word in SENTENCE.split()),
        " ".join(".".join(word) for word in SENTENCE.split()),
        " ".join("-".join(word) for word in SENTENCE.split()),
        " ".join(word[:2] + "*" + word[2:] if len(word) > 3 else word for word in SENTENCE.split()),
        " ".join(word[:3] + "." + word[3:] if len(word) > 4 else word for word in SENTENCE.split()),
        " ".join(f"{word} (qvx{'abcdefghij'[i % 10]}lm)" for i, word in enumerate(SENTENCE.split())),
        "I h4ck3d y0ur d3v1c3 last m0nth and r3c0rd3d a v1d30 while y0u visited some s1t3s for 4dults",
        " ".join(word[:2] + "@" + word[3:] if word[2:3] == "a" else word for word in SENTENCE.split()),
    ],
)
def test_a_disguised_sentence_reads_as_it_was(disguised):
    assert plain(disguised).split() == SENTENCE.split()


@pytest.mark.parametrize(
    "honest",
    [
        "NATO and the U.S.A. met at 9 a.m., e.g. for a follow-up e-mail on mp3 and h264 on Win10.",
        "Flight BA0123 on the 3rd, gate B12, seat 14A; covid19 rules of 2021 hold.",
        "The twenty-one-year-old co-founder of the well-known club spoke for half an hour, and nobody left the hall.",
        "Members (free) and guests (five euro) are welcome, says the club, which has met in the old hall since 1987.",
        "Wallet bc1q34xjrv5c52yqtltur0ag2pphacc0wh4a93camh, password P4ss_w0rd!, mail a.b-c@example.com",
        "x = a[i] + b[j]; int main(void) { return 0; }",
        "我 们 明天 见",
    ],
)
def test_honest_text_stays(honest):
    assert plain(honest) == fold(honest).mapped.text


def test_addresses_keep_their_punctuation_in_a_cut_text():
    text = (
        "Wri*te to so*me.bo*dy at me@ex-ample.example or see www.ex-ample.example/pa-ge, you knuc*kle-he*ad, my fri*end"
    )
    assert "me@ex-ample.example" in plain(text)
    assert "www.ex-ample.example/pa-ge" in plain(text)


@given(st.text(alphabet="ab1@. -*()\n𝐱é\u200b", max_size=200))
def test_every_character_knows_its_place(text):
    source = fold(text).mapped
    mapped, disguises = unspell(source)
    places = list(zip(mapped.starts, mapped.ends, strict=True))
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(places))
    assert all(0 <= span.start < span.end <= len(text) for span in disguises)
    if not disguises:
        assert mapped.text == source.text


@pytest.mark.parametrize("unit", ["a ", "a.", "a1", "(abcd) ", "ab*", "a.b", "@", "1a@", "www.a", " ", "a.b@c."])
def test_hostile_text_takes_linear_time(unit):
    def seconds(size):
        text = unit * (size // len(unit))
        start = time.process_time()
        unspell(fold(text).mapped)
        return time.process_time() - start

    assert seconds(80_000) < 9 * seconds(20_000) + 0.2
