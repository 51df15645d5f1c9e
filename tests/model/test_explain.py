import os
import subprocess
import sys
from collections import defaultdict
from math import fsum

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcheck.features.concepts import concepts
from scamcheck.features.matrix import CONCEPT_WEIGHT, NEAR
from scamcheck.features.vectorize import MARKS, sample
from scamcheck.languages import MAIL_LANGUAGES
from scamcheck.model.corpus import load_corpus
from scamcheck.model.explain import explanation, leading
from scamcheck.model.predict import predict
from scamcheck.model.store import load_model
from scamcheck.types import LABELS, Contribution, Explanation, Span, Verdict
from tests.conftest import ROOT

LETTER = (
    "I hacked your device. I recorded a video of you while you visited adult sites!\nSend 900 dollars in bitcoin to "
    "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2, or I send the video to all your contacts. You have 48 hours. Do you see?"
)


@pytest.fixture(scope="module")
def model():
    return load_model()


def explained(model, texts, language="en"):
    samples = [sample(text, language) for text in texts]
    counts = model.features.count(samples)
    predictions = predict(model, counts, samples)
    return counts, [
        explanation(model, counts, number, prediction, [sentence.span for sentence in item.sentences])
        for number, (item, prediction) in enumerate(zip(samples, predictions, strict=True))
    ]


def weights(model, label):
    """Return the coefficients of a class, centred over the classes, and its centred intercept."""
    column = list(model.document.classes_).index(label.value)
    coefficients = model.document.coef_.astype(float)
    intercept = model.document.intercept_.astype(float)
    return coefficients[column] - coefficients.mean(axis=0), intercept[column] - intercept.mean()


def assert_exact(model, counts, number, found):
    """The parts add up to the score, and the score is that of the model."""
    parts = [found.base, *(each.amount for each in found.contributions)]
    tolerance = 1e-9 * max(1.0, fsum(map(abs, parts)))
    assert abs(fsum(parts) - found.score) <= tolerance
    centred, base = weights(model, found.label)
    row = model.features.documents(counts)[[number]]
    assert abs(float((row @ centred)[0]) + base - found.score) <= tolerance
    theirs = model.document.decision_function(row.astype(np.float32))[0]
    column = list(model.document.classes_).index(found.label.value)
    assert float(theirs[column] - theirs.mean()) == pytest.approx(found.score, abs=1e-4)


@pytest.mark.parametrize("language", MAIL_LANGUAGES)
def test_the_sentences_add_up_to_the_score_in_every_language(model, language):
    first = {mail.label: mail for mail in reversed(load_corpus(ROOT / "data", languages=[language]))}
    counts, found = explained(model, [mail.text for mail in first.values()], language)
    assert len(found) == len(LABELS)
    for number, each in enumerate(found):
        assert len(each.contributions) > 1
        assert_exact(model, counts, number, each)


PIECES = [
    "",
    "hi",
    "qzx",
    "…",
    "\n",
    "?",
    "“pay”",
    "I recorded you. ",
    "camera camera",
    "900 dollars ",
    "video. ",
    LETTER,
]


@given(
    st.lists(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12))).map("".join), min_size=1, max_size=3)
)
def test_the_sentences_of_odd_texts_add_up_as_well(texts):
    model = load_model()
    counts, found = explained(model, texts)
    for number, each in enumerate(found):
        assert_exact(model, counts, number, each)
        assert len(each.contributions) == sum(counts.owners == number)


@pytest.mark.parametrize("text", ["", " \n ", "ꙮꙮꙮ", "ꙮ\nꙮ ꙮ"])
def test_a_text_without_known_features_has_the_base_alone(model, text):
    _, (found,) = explained(model, [text])
    assert found.score == found.base
    assert all(each.amount == 0 for each in found.contributions)


def slow_split(model, counts, centred):
    """Return what each sentence of a message brings, feature by feature, by the definition."""
    row = model.features.documents(counts)[[0]]
    value = dict(zip(row.indices.tolist(), row.data.tolist(), strict=True))
    shares = defaultdict(lambda: defaultdict(float))
    start = 0
    for block in (counts.words, counts.characters):
        for number, column, count in zip(*block.nonzero(), block.data, strict=True):
            shares[start + column][number] += count
        start += block.shape[1]
    names = (*concepts(), *MARKS)
    size = len(names)
    for number, held in enumerate(counts.concepts):
        for one in held:
            shares[start + one][number] += 1
            for other in (name for name in held if name > one):
                shares[start + size + one * size + other][number] += 1
            for after in range(number, min(number + NEAR, len(counts.concepts))):
                for other in counts.concepts[after]:
                    if after > number or other >= one:
                        low, high = min(one, other), max(one, other)
                        column = start + size + size * size + low * size + high
                        shares[column][number] += 0.5
                        shares[column][after] += 0.5
    assert set(shares) == set(value)
    amounts = np.zeros(len(counts.concepts))
    for column, held in shares.items():
        for number, share in held.items():
            amounts[number] += centred[column] * value[column] * share / sum(held.values())
    return amounts


@pytest.mark.parametrize(
    "text", [LETTER, "Pay.\n" * 3 + LETTER + "\nHello. " * 8 + LETTER, "camera camera", "I recorded you. Pay now."]
)
def test_every_feature_is_divided_over_the_sentences_that_have_it(model, text):
    counts, (found,) = explained(model, [text])
    centred, _ = weights(model, found.label)
    ours = [each.amount for each in found.contributions]
    assert ours == pytest.approx(slow_split(model, counts, centred), abs=1e-12)
    assert max(map(abs, ours)) > 0.01


def test_concepts_are_part_of_it(model):
    """Without their part the sum would be another: the features of one concept alone have the length of the block."""
    counts, _ = explained(model, ["camera"])
    terms = counts.words.shape[1] + counts.characters.shape[1]
    only = model.features.split(counts, 0, lambda columns: (columns >= terms).astype(float))
    assert only.tolist() == pytest.approx([CONCEPT_WEIGHT * 2**0.5])  # the concept, and its pair with itself


def test_a_message_among_others_is_explained_as_alone(model):
    _, alone = explained(model, [LETTER])
    _, among = explained(model, ["Hello there.", LETTER, "", "Bye now."])
    assert among[1] == alone[0]


def test_the_class_is_the_likeliest_one(model):
    samples = [sample(LETTER, "en")]
    counts = model.features.count(samples)
    (prediction,) = predict(model, counts, samples)
    found = explanation(model, counts, 0, prediction, [sentence.span for sentence in samples[0].sentences])
    assert found.label is max(prediction.probabilities, key=prediction.probabilities.get)
    assert found.score > 0


def test_the_same_text_gives_the_same_bytes_in_another_process(model):
    code = (
        "from scamcheck.model.store import load_model; from tests.model.test_explain import *;"
        "print(repr(explained(load_model(), [LETTER])[1]))"
    )
    env = {**os.environ, "PYTHONHASHSEED": "7", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == repr(explained(model, [LETTER])[1])


def test_the_leading_sentences_are_the_heaviest_for_and_against():
    amounts = [0.5, -0.1, 0.0, 2.0, -0.7, 0.5]
    given = Explanation(
        Verdict.UNRELATED, 2.2, 0.0, tuple(Contribution(Span(at, at + 1), a) for at, a in enumerate(amounts))
    )
    speaking, against = leading(given, 2)
    assert [each.span.start for each in speaking] == [3, 0]
    assert [each.span.start for each in against] == [4, 1]
    assert [len(side) for side in leading(given, 9)] == [3, 2]
    assert leading(Explanation(), 3) == ((), ())
