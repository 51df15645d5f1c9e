from types import SimpleNamespace

import pytest

from scamcheck.features.vectorize import Sample, Sentence
from scamcheck.model.claims import REAL_CASE
from scamcheck.model.evidence import shown
from scamcheck.model.guard import Judged
from scamcheck.types import LABELS, Prediction, Span, Verdict

CARD = SimpleNamespace(claim_thresholds={REAL_CASE: 0.8})
FOUND = {"payment_demand": 0.9, "warning": 0.9, REAL_CASE: 0.85, "shared_past": 0.5}


def names(verdict, shares, *, concepts=(), found=FOUND):
    rest = (1 - sum(shares.values())) / (len(LABELS) - len(shares))
    prediction = Prediction(verdict, {label: shares.get(label, rest) for label in LABELS})
    sample = Sample((Sentence(Span(0, 1), "x", frozenset(concepts)),))
    return {name for _, name, _ in shown(Judged(sample, prediction, [found]), CARD)}


CLAIMS_AND_SIGNS = {"payment_demand", REAL_CASE, "shared_past"}


@pytest.mark.parametrize(
    ("verdict", "shares", "expected"),
    [
        (Verdict.SEXTORTION_SCAM, {Verdict.SEXTORTION_SCAM: 0.95}, CLAIMS_AND_SIGNS),
        (Verdict.UNCERTAIN, {Verdict.SEXTORTION_SCAM: 0.5, Verdict.OTHER_EXTORTION: 0.4}, CLAIMS_AND_SIGNS),
        (Verdict.UNCERTAIN, {Verdict.SEXTORTION_SCAM: 0.5, Verdict.UNRELATED: 0.4}, set()),
        (Verdict.UNRELATED, {Verdict.UNRELATED: 0.9}, set()),
        (Verdict.OTHER_SCAM, {Verdict.OTHER_SCAM: 0.9}, set()),
    ],
)
def test_claims_are_shown_in_threats_only(verdict, shares, expected):
    assert names(verdict, shares, concepts={"camera"}) == expected


def test_warnings_are_shown_in_texts_about_the_scam_where_they_speak_of_it():
    about = {Verdict.ABOUT_SEXTORTION: 0.9}
    assert names(Verdict.ABOUT_SEXTORTION, about, concepts={"recording"}) == {"warning"}
    assert names(Verdict.ABOUT_SEXTORTION, about, concepts={"phishing"}) == set()


def test_a_doubtful_sign_of_a_real_case_is_not_shown():
    threat = {Verdict.PERSONAL_SEXTORTION: 0.95}
    doubtful = FOUND | {REAL_CASE: 0.5}
    assert names(Verdict.PERSONAL_SEXTORTION, threat, found=doubtful) == {"payment_demand"}
    assert "shared_past" in names(Verdict.PERSONAL_SEXTORTION, threat, found=doubtful, concepts={"together", "app"})
