import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcheck.features.matrix import CONCEPT_WEIGHT, NEAR, Features
from scamcheck.features.vectorize import AMOUNT, QUESTION, WALLET, sample

TEXTS = [
    "I hacked your webcam. Pay 900 dollars in bitcoin to 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2. Is that clear?",
    "Your order was sent on Monday. Please pay the invoice within 14 days.",
    "あなたのカメラを録画しました。ビットコインで払ってください。",
]


@pytest.fixture(scope="module")
def features():
    return Features().fit(
        [sample(text, language) for text, language in zip(TEXTS * 3, ["en", "en", "ja"] * 3, strict=True)]
    )


def test_a_sentence_knows_its_place_and_what_it_holds():
    item = sample(TEXTS[0], "en")
    assert [sentence.span.of(TEXTS[0])[:6] for sentence in item.sentences] == ["I hack", "Pay 90", "Is tha"]
    assert {WALLET, AMOUNT} <= item.sentences[1].concepts
    assert QUESTION in item.sentences[2].concepts
    assert "1Bv" not in item.sentences[1].text
    assert "900" not in item.sentences[1].text


def test_the_marks_of_a_reply_say_nothing():
    plain, quoted = sample("I see you. Pay now.", "en"), sample("> > I see you. Pay now.", "en")
    assert [s.text.strip() for s in plain.sentences] == [s.text.strip() for s in quoted.sentences]


def test_words_and_concepts_each_have_a_fixed_length(features):
    rows = features.documents(features.count([sample(TEXTS[0], "en")]))
    words, characters = len(features.words.vocabulary_), len(features.characters.vocabulary_)
    parts = rows[0, :words], rows[0, words : words + characters], rows[0, words + characters :]
    assert [np.linalg.norm(part.toarray()) for part in parts] == pytest.approx([1, 1, CONCEPT_WEIGHT])


def test_concepts_count_together_only_near_each_other(features):
    def pairs(between):
        text = "I hacked your webcam. " + "The old mill stands by the river. " * between + "Send bitcoin."
        return features.documents(features.count([sample(text, "en")]))[0].nnz

    assert pairs(NEAR - 2) > pairs(NEAR)


@given(st.lists(st.text(max_size=120), min_size=1, max_size=4))
def test_rows_are_finite_and_one_a_message(features, texts):
    counts = features.count([sample(text, "en") for text in texts])
    rows = features.documents(counts)
    assert rows.shape[0] == len(texts)
    assert np.isfinite(rows.data).all()
    if len(counts.owners):
        assert features.sentences(counts).shape[0] == len(counts.owners)
