import numpy as np
import pytest

from scamcheck.model.corpus import load_corpus
from scamcheck.model.predict import decide, probabilities
from scamcheck.model.store import load_model, open_model
from scamcheck.model.train import choose_thresholds, corpus_digest, folds, fragments, train
from scamcheck.pipeline import assess, sample_of
from scamcheck.types import LABELS, Verdict
from tests.conftest import ROOT

DATA = ROOT / "data"
THRESHOLDS = {**{label.value: 0.5 for label in LABELS}, "personal_ceiling": 0.1}


def shares(**given):
    rest = (1 - sum(given.values())) / (len(LABELS) - len(given))
    return {label: given.get(str(label), rest) for label in LABELS}


@pytest.mark.parametrize(
    ("given", "verdict", "reason"),
    [
        ({"sextortion_scam": 0.9}, Verdict.SEXTORTION_SCAM, ""),
        ({"sextortion_scam": 0.49}, Verdict.UNCERTAIN, "low_confidence"),
        ({"sextortion_scam": 0.8, "personal_sextortion": 0.15}, Verdict.UNCERTAIN, "may_be_personal"),
        ({"personal_sextortion": 0.6}, Verdict.PERSONAL_SEXTORTION, ""),
        ({"unrelated": 0.7}, Verdict.UNRELATED, ""),
    ],
)
def test_decisions(given, verdict, reason):
    assert decide(shares(**given), THRESHOLDS) == (verdict, reason)


def test_thresholds_keep_to_the_accepted_error():
    # 100 answers "unrelated": the ten least sure ones are threats
    sure = np.linspace(0.99, 0.4, 100)
    rows = np.tile(((1 - sure) / 5)[:, None], (1, 6))
    rows[:, LABELS.index(Verdict.UNRELATED)] = sure
    truth = [Verdict.UNRELATED] * 90 + [Verdict.OTHER_EXTORTION] * 10
    threshold = choose_thresholds(rows, truth, np.zeros(100, dtype=bool))["unrelated"]
    assert sure[91] - 0.002 <= threshold <= sure[89]


def test_the_ceiling_keeps_every_real_case_from_being_called_a_mass_mail():
    rows = np.full((50, 6), 0.01)
    rows[:, LABELS.index(Verdict.SEXTORTION_SCAM)] = 0.95
    rows[0] = [0.85, 0.11, 0.01, 0.01, 0.01, 0.01]
    truth = [Verdict.PERSONAL_SEXTORTION] + [Verdict.SEXTORTION_SCAM] * 49
    thresholds = choose_thresholds(rows, truth, np.zeros(50, dtype=bool))
    verdict, _ = decide(dict(zip(LABELS, rows[0], strict=True)), thresholds)
    assert verdict is Verdict.UNCERTAIN


def test_folds_keep_families_together():
    mails = [mail for mail in load_corpus(DATA) if mail.split == "train"]
    for fit, held in folds(mails):
        ours = {(mails[i].label, mails[i].family) for i in fit}
        assert not ours & {(mails[i].label, mails[i].family) for i in held}


def test_probabilities_add_up_and_agree_with_the_library():
    model = load_model()
    mail = load_corpus(DATA, languages=["en"])[0]
    counts = model.features.count([sample_of(mail.message())])
    found = probabilities(model, counts)[0]
    assert list(found) == list(LABELS)
    assert sum(found.values()) == pytest.approx(1)
    scores = model.beta * model.document.decision_function(model.features.documents(counts).astype(np.float32))[0]
    theirs = dict(zip(model.document.classes_, np.exp(scores) / np.exp(scores).sum(), strict=True))
    assert found == pytest.approx({label: theirs[str(label)] for label in LABELS}, abs=1e-5)


def held_out():
    """What training measured on the held-out families, with a model that had not seen them."""
    return load_model().card.measured["held_out"]["sextortion_scam"]


def test_no_held_out_real_case_is_called_a_mass_mail():
    assert held_out()["real_cases"] >= 20
    assert held_out()["real_cases_called_scam"] == 0


def test_no_real_case_is_called_a_mass_mail_by_a_model_that_did_not_see_its_family():
    measured = load_model().card.measured["out_of_fold"]["sextortion_scam"]
    assert measured["real_cases"] >= 400
    assert measured["real_cases_called_scam"] == 0


def test_neighbours_are_not_called_a_mass_mail_by_a_model_that_did_not_see_their_family():
    measured = load_model().card.measured["out_of_fold"]["sextortion_scam"]
    assert measured["others"] >= 1_000
    assert measured["false_alarms"] <= 0.001 * measured["others"]


def test_fragments_are_stretches_of_their_mail_that_show_the_threat():
    for mail in load_corpus(DATA, languages=["en"]):
        whole = sample_of(mail.message())
        for part in fragments(mail, whole):
            start = whole.sentences.index(part.sentences[0])
            assert part.sentences == whole.sentences[start : start + len(part.sentences)]
            assert 2 <= len(part.sentences) <= 8


def test_the_shipped_model_is_what_training_gives(tmp_path):
    """Same corpus, same versions: same verdicts and coefficients. On one machine the bytes are the same as well."""
    train(DATA, sample_of, artifact=tmp_path)
    shipped, made = load_model(), open_model(tmp_path)
    assert made.card.corpus_sha256 == shipped.card.corpus_sha256 == corpus_digest(DATA)
    assert made.beta == pytest.approx(shipped.beta, rel=1e-4)
    assert made.card.thresholds == pytest.approx(dict(shipped.card.thresholds), abs=0.0021)
    assert made.card.measured["held_out"]["verdicts_by_label"] == shipped.card.measured["held_out"]["verdicts_by_label"]
    ours, theirs = (model.document.coef_ for model in (shipped, made))
    np.testing.assert_allclose(ours, theirs, rtol=1e-3, atol=1e-5)
    for mail in load_corpus(DATA)[::7]:
        assert assess(mail.message(), made).verdict == assess(mail.message(), shipped).verdict, mail.id
