from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import scamcheck
from scamcheck.model.intervals import wilson
from scamcheck.model.reliability import MAX_BANDS, MIN_TEXTS, bands, reliability
from scamcheck.model.store import load_model
from scamcheck.types import LABELS, Reliability, Verdict

LETTER = (
    "I hacked your device and recorded a video of you while you visited adult sites. Send 900 dollars in bitcoin or I "
    "send the video to all your contacts. You have 48 hours."
)
SCAM, OTHER = Verdict.SEXTORTION_SCAM, Verdict.OTHER_SCAM


def table(sure, right, verdict=SCAM):
    shares = np.zeros((len(sure), len(LABELS)))
    shares[:, LABELS.index(verdict)] = sure
    labels = [verdict if hit else OTHER for hit in right]
    return bands([verdict] * len(sure), shares, labels)


def test_bands_hold_equal_numbers_and_count_the_hits():
    sure = np.linspace(0.5, 0.999, 200)
    found = table(sure, sure > 0.75)[SCAM]
    assert [band["texts"] for band in found] == [50, 50, 50, 50]
    assert [band["right"] for band in found] == [0, 0, 50, 50]
    assert [band["low"] for band in found[1:]] == [band["high"] for band in found[:-1]]
    assert (found[0]["low"], found[-1]["high"]) == (0.5, 1.0)


@pytest.mark.parametrize(("texts", "count"), [(0, 0), (MIN_TEXTS - 1, 0), (MIN_TEXTS, 1), (99, 1), (1000, MAX_BANDS)])
def test_no_band_has_too_few_texts(texts, count):
    assert len(table(np.linspace(0.4, 0.9, texts), [True] * texts)[SCAM]) == count


def test_an_abstention_has_no_bands_and_other_verdicts_are_left_out():
    shares = np.full((120, len(LABELS)), 0.9)
    found = bands([SCAM] * 60 + [Verdict.UNCERTAIN] * 60, shares, [SCAM] * 120)
    assert Verdict.UNCERTAIN not in found
    assert [band["texts"] for band in found[SCAM]] == [60]
    assert found[OTHER] == []


@given(st.lists(st.tuples(st.sampled_from([0.5, 0.7, 0.70004, 0.9, 1.0]), st.booleans()), max_size=400))
def test_every_text_is_in_one_band(rows):
    found = table([share for share, _ in rows], [hit for _, hit in rows])[SCAM]
    assert all(band["texts"] >= MIN_TEXTS and band["low"] <= band["high"] for band in found)
    assert sum(band["texts"] for band in found) == (len(rows) if found else 0)
    assert sum(band["right"] for band in found) == (sum(hit for _, hit in rows) if found else 0)
    assert found or len(rows) < MIN_TEXTS


@pytest.fixture(scope="module")
def checked():
    return scamcheck.check(LETTER)


@pytest.fixture(scope="module")
def model():
    found = [
        {"low": 0.883, "high": 0.95, "texts": 60, "right": 55},
        {"low": 0.95, "high": 1.0, "texts": 400, "right": 399},
    ]
    measured = {"out_of_fold": {"reliability": {SCAM.value: found, OTHER.value: []}}}
    shipped = load_model()
    return replace(shipped, card=replace(shipped.card, measured=measured))


def at(checked, share, verdict=SCAM):
    return replace(checked, verdict=verdict, probabilities={verdict: share})


@pytest.mark.parametrize(
    ("share", "band"),
    [(0.883, (0.883, 0.95, 60, 55)), (0.9499, (0.883, 0.95, 60, 55)), (0.95, (0.95, 1.0, 400, 399)),
     (1.0, (0.95, 1.0, 400, 399))],
)  # fmt: skip
def test_the_band_of_a_probability(checked, model, share, band):
    assert reliability(at(checked, share), model) == Reliability(SCAM, *band, interval=wilson(band[3], band[2]))


def test_nothing_is_said_where_nothing_was_measured(checked, model):
    assert checked.verdict is SCAM
    assert reliability(checked, model) is not None
    assert reliability(at(checked, 0.88), model) is None
    assert reliability(at(checked, 0.99, OTHER), model) is None
    assert reliability(at(checked, 0.99, Verdict.UNRELATED), model) is None
    assert reliability(replace(checked, verdict=Verdict.UNCERTAIN), model) is None
    assert reliability(replace(checked, model_version="another"), model) is None
    bare = replace(model, card=replace(model.card, measured={}))
    assert reliability(checked, bare) is None
