import numpy as np
import pytest

from scamcheck.features.vectorize import Sentence
from scamcheck.model.claims import REAL_CASE, LabelledSentence, choose_thresholds, find
from scamcheck.model.corpus import CLAIMS
from scamcheck.model.store import load_model
from scamcheck.types import Span, Verdict

CLASSES = ("malware", "recording", REAL_CASE)


def items(*labels, verdict=Verdict.SEXTORTION_SCAM):
    sentence = Sentence(Span(0, 1), "x", frozenset())
    return [
        LabelledSentence(sentence, frozenset({label}), f"mail-{i}", verdict, "test") for i, label in enumerate(labels)
    ]


def test_a_threshold_keeps_the_precision():
    shares = np.array([[0.9, 0, 0], [0.8, 0, 0], [0.7, 0, 0], [0.6, 0, 0], [0.5, 0, 0]])
    found = choose_thresholds(shares, CLASSES, items("malware", "malware", "malware", "filler", "filler"))
    assert found["malware"] == 0.6  # three of four are right, three of five are not enough
    assert found["recording"] > 1  # never right


def test_the_signs_of_a_real_case_count_together_and_spare_mass_mails():
    shares = np.zeros((100, 3))
    shares[:, 2] = np.linspace(0.01, 0.8, 100)
    threshold = choose_thresholds(shares, CLASSES, items(*["filler"] * 100))[REAL_CASE]
    assert (shares[:, 2] >= threshold).sum() <= 2


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
