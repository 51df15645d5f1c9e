import numpy as np
import pytest

from scamcheck.features.vectorize import Sample, Sentence
from scamcheck.model.claims import REAL_CASE, LabelledSentence, choose_thresholds, find
from scamcheck.model.corpus import CLAIMS
from scamcheck.model.real_case import held_out_signs, tells_a_shared_past, veto_threshold, vetoes
from scamcheck.model.store import load_model
from scamcheck.types import Span, Verdict

CLASSES = ("malware", "recording", REAL_CASE)


def items(*labels, verdict=Verdict.SEXTORTION_SCAM):
    sentence = Sentence(Span(0, 1), "x", frozenset())
    return [
        LabelledSentence(sentence, frozenset({label}), f"mail-{i}", verdict, "test", "en")
        for i, label in enumerate(labels)
    ]


def test_a_threshold_keeps_the_precision():
    shares = np.array([[0.9, 0, 0], [0.8, 0, 0], [0.7, 0, 0], [0.6, 0, 0], [0.5, 0, 0]])
    found = choose_thresholds(shares, CLASSES, items("malware", "malware", "malware", "filler", "filler"))
    assert found["malware"] == 0.6  # three of four are right, three of five are not enough
    assert found["recording"] > 1  # never right


def test_the_signs_of_a_real_case_spare_mass_mails():
    sentences = items(*["filler"] * 100)
    signs = {item.source: [share] for item, share in zip(sentences, np.linspace(0.31, 0.9, 100), strict=True)}
    threshold = veto_threshold(sentences, signs)
    stopped = vetoes(sentences, signs, threshold)
    assert 1 <= len(stopped) <= 2
    assert all(signs[name][0] >= threshold for name in stopped)


def test_half_a_sign_beside_the_words_of_a_shared_past_is_enough():
    past = Sentence(Span(0, 1), "x", frozenset({"together", "writer", "app"}))
    other = Sentence(Span(0, 1), "x", frozenset({"hacking"}))
    half = [{REAL_CASE: 0.4}]
    assert tells_a_shared_past(Sample((past,)), half, 0.9)
    assert not tells_a_shared_past(Sample((other,)), half, 0.9)
    assert tells_a_shared_past(Sample((other,)), [{REAL_CASE: 0.95}], 0.9)


def test_signs_come_from_a_model_that_did_not_see_the_mail():
    real = Sentence(Span(0, 1), "we met on the app", frozenset({"together"}))
    plain = Sentence(Span(0, 1), "pay now", frozenset({"payment"}))
    kinds = [(plain, "filler"), (real, REAL_CASE)] * 20
    sentences = [
        LabelledSentence(sentence, frozenset({label}), f"mail-{i}", None, "train", "en")
        for i, (sentence, label) in enumerate(kinds)
    ]
    rows = np.array([[1.0, 0.0] if i % 2 else [0.0, 1.0] for i in range(40)])
    names = [f"mail-{i}" for i in range(30, 40)]
    signs = held_out_signs(rows, sentences, [(np.arange(30), names)])
    assert set(signs) == set(names)
    assert signs["mail-31"][0] > signs["mail-30"][0]


def test_a_sentence_may_make_several_claims():
    thresholds = {"malware": 0.5, "recording": 0.5, REAL_CASE: 0.9}
    found = find(np.array([[0.8, 0.7, 0.1], [0.2, 0.3, 0.6]]), CLASSES, thresholds)
    assert found == [{"malware": 0.8, "recording": 0.7}, {REAL_CASE: pytest.approx(0.6)}]


def test_the_shipped_thresholds_name_every_claim():
    thresholds = load_model().card.claim_thresholds
    assert set(thresholds) == CLAIMS | {REAL_CASE}


def test_claims_that_frighten_most_are_found_in_unseen_letters():
    measured = load_model().card.measured["claims"]
    for name in ("recording", "adult_sites", "payment_demand", "leaked_password"):
        assert measured[name]["recalled"] >= 0.5 * measured[name]["sentences"], name
