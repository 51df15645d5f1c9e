from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from scamcheck.features.matrix import context_columns
from scamcheck.features.vectorize import Sample, Sentence
from scamcheck.model import claims
from scamcheck.model.claims import REAL_CASE, LabelledSentence, Shares, choose_thresholds, find
from scamcheck.model.corpus import CLAIMS, WARNING
from scamcheck.model.real_case import tells_a_shared_past, veto_threshold, vetoes
from scamcheck.model.store import load_model
from scamcheck.types import Span, Verdict

CLASSES = ("image_held", "malware", REAL_CASE, "recording", "shared_past")


def items(*labels, verdict=Verdict.SEXTORTION_SCAM):
    sentence = Sentence(Span(0, 1), "x", frozenset())
    return [
        LabelledSentence(sentence, frozenset({label}), f"mail-{i}", verdict, "test", "en", i)
        for i, label in enumerate(labels)
    ]


def shares(**columns):
    size = len(next(iter(columns.values())))
    return Shares(CLASSES, np.array([columns.get(name, [0.0] * size) for name in CLASSES]).T)


def alone(rows):
    """Return feature rows of sentences with nothing around them."""
    return np.hstack([np.array(rows), np.zeros((len(rows), context_columns()))])


def test_the_mails_around_do_not_talk_a_sign_of_a_real_case_away():
    rows = alone([[1.0, 0.0] if i % 2 else [0.0, 1.0] for i in range(40)])
    rows[::2, -1] = 1.0  # all others stand beside the same concept
    fitted = claims.fit(rows, items(*(REAL_CASE if i % 2 else "filler" for i in range(40))))
    by_label = dict(zip(fitted.labels, fitted.weights.T, strict=True))
    assert by_label[REAL_CASE][-1] == 0
    assert by_label["filler"][-1] > 0


def test_a_threshold_keeps_the_precision():
    labelled = items(*["malware"] * 4, "filler", *["malware"] * 4, *["filler"] * 8)
    found = choose_thresholds(shares(malware=np.linspace(0.9, 0.1, 17)), labelled)
    assert found["malware"] == pytest.approx(0.5)  # eight of nine are right; all below are wrong
    assert found["recording"] > 1  # never right


def test_a_claim_found_with_little_precision_is_never_found():
    labelled = items("filler", *["malware", "filler"] * 6)
    assert choose_thresholds(shares(malware=np.linspace(0.9, 0.1, 13)), labelled)["malware"] > 1


def test_a_claim_that_readers_do_not_agree_on_counts_neither_way():
    sure = items(*["malware"] * 4, "filler", "filler", *["malware"] * 2, *["filler"] * 8)
    doubtful = [*sure[:4], *(replace(item, optional=frozenset({"malware"})) for item in sure[4:6]), *sure[6:]]
    of = shares(malware=np.linspace(0.9, 0.15, 16))
    assert choose_thresholds(of, doubtful)["malware"] < choose_thresholds(of, sure)["malware"]


def test_no_model_learns_from_a_doubtful_claim():
    labelled = [*items(*["malware", "filler"] * 20), replace(items("filler")[0], optional=frozenset({"malware"}))]
    rows = alone([[1.0, 0.0], [0.0, 1.0]] * 20 + [[1.0, 0.0]])
    learnt = claims.fit(rows, labelled, only={"malware"}).probabilities(rows)
    without = claims.fit(rows[:-1], labelled[:-1], only={"malware"}).probabilities(rows)
    assert np.array_equal(learnt.values, without.values)


def test_the_signs_of_a_real_case_spare_mass_mails():
    sentences = items(*["filler"] * 100)
    signs = np.linspace(0.31, 0.9, 100)
    threshold = veto_threshold(sentences, signs)
    stopped = vetoes([SimpleNamespace(id=item.source) for item in sentences], sentences, signs, threshold)
    assert 1 <= stopped.sum() <= 2
    assert (signs[stopped] >= threshold).all()


def test_half_a_sign_beside_the_words_of_a_shared_past_is_enough():
    past = Sentence(Span(0, 1), "x", frozenset({"together", "writer", "app"}))
    other = Sentence(Span(0, 1), "x", frozenset({"hacking"}))
    half = [{REAL_CASE: 0.4}]
    assert tells_a_shared_past(Sample((past,)), half, 0.9)
    assert not tells_a_shared_past(Sample((other,)), half, 0.9)
    assert tells_a_shared_past(Sample((other,)), [{REAL_CASE: 0.95}], 0.9)


def test_sentences_are_judged_by_a_model_that_did_not_see_them():
    rows = alone([[1.0, 0.0] if i % 2 else [0.0, 1.0] for i in range(40)])
    sentences = items(*(REAL_CASE if i % 2 else "filler" for i in range(40)))
    found = claims.held_out(rows, sentences, [(np.arange(30), np.arange(30, 40))], only={REAL_CASE})
    assert np.isnan(found.values[:30]).all()
    assert found.of(REAL_CASE)[31] > found.of(REAL_CASE)[30]


def test_a_sentence_may_make_several_claims():
    thresholds = {"malware": 0.5, "recording": 0.5, REAL_CASE: 0.9}
    found = find(shares(malware=[0.8, 0.2], recording=[0.7, 0.3], real_case=[0.1, 0.6]), thresholds)
    assert found[0] == {"malware": 0.8, "recording": 0.7}
    assert found[1][REAL_CASE] == pytest.approx(0.6)


def test_a_sign_of_a_real_case_is_named_by_the_likeliest():
    found = find(shares(image_held=[0.2], shared_past=[0.5], real_case=[0.1]), {"malware": 2, "recording": 2})
    assert set(found[0]) == {REAL_CASE, "shared_past"}


def test_the_shipped_thresholds_name_every_claim():
    thresholds = load_model().card.claim_thresholds
    assert set(thresholds) == CLAIMS | {REAL_CASE, WARNING}


def test_claims_that_frighten_most_are_found_in_unseen_letters():
    measured = load_model().card.measured["claims"]
    for name in ("recording", "adult_sites", "payment_demand", "leaked_password"):
        counts = measured[name].values()
        assert sum(row["right"] for row in counts) >= 0.45 * sum(row["sentences"] for row in counts), name
