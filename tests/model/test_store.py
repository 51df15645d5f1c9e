import json
import shutil

import pytest

from scamcheck.errors import ModelError
from scamcheck.features.rounding import round_significant
from scamcheck.model.store import ARTIFACT, open_model

MAX_BYTES = 15_000_000


@pytest.fixture
def artifact(tmp_path):
    return shutil.copytree(ARTIFACT, tmp_path / "artifact")


def test_the_shipped_model_opens_and_is_small():
    assert open_model().card.sha256
    assert (ARTIFACT / "model.joblib").stat().st_size <= MAX_BYTES


def test_an_absent_file_names_the_remedy(artifact):
    (artifact / "model.joblib").unlink()
    with pytest.raises(ModelError, match=r"missing.*scamcheck train"):
        open_model(artifact)
    (artifact / "model.json").unlink()
    with pytest.raises(ModelError, match=r"missing.*scamcheck train"):
        open_model(artifact)


def test_a_damaged_file_is_never_opened(artifact, monkeypatch):
    data = bytearray((artifact / "model.joblib").read_bytes())
    data[1000] ^= 1
    (artifact / "model.joblib").write_bytes(data)
    monkeypatch.setattr("scamcheck.model.store.joblib.load", lambda *_: pytest.fail("opened before it was verified"))
    with pytest.raises(ModelError, match="damaged"):
        open_model(artifact)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": 99}, "another format"),
        ({"scikit_learn": "0.1.0"}, "scikit-learn 0.1"),
        ({"thresholds": None, "extra": 1}, "damaged"),
    ],
)
def test_another_version_is_refused(artifact, change, message):
    card = {**json.loads((artifact / "model.json").read_text()), **change}
    (artifact / "model.json").write_text(json.dumps(card))
    with pytest.raises(ModelError, match=message):
        open_model(artifact)


def test_a_broken_description_is_refused(artifact):
    (artifact / "model.json").write_text("{")
    with pytest.raises(ModelError, match="damaged"):
        open_model(artifact)


def test_rounding_to_significant_digits():
    assert round_significant([0.0, 1.23456789, -1234567.0, 1.23456789e-9]).tolist() == [
        0.0,
        1.23457,
        -1234570.0,
        1.23457e-9,
    ]
