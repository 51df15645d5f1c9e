import csv

import pytest
from click.testing import CliRunner

from scamcheck.cli import main
from scamcheck.errors import CorpusError
from scamcheck.evaluation import read_local_mails
from scamcheck.model.train import LocalMail, load_training_set
from scamcheck.pipeline import sample_of
from scamcheck.types import Message, Part, Verdict
from tests.conftest import ROOT


def folder(tmp_path, rows):
    with (tmp_path / "labels.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["file", "label", "language", "family", "source"])
        writer.writerows(rows)
    return tmp_path


def test_local_mail_is_read_and_what_cannot_be_read_is_named(tmp_path):
    (tmp_path / "a.txt").write_text("My own mail about the garden.", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    mails, unread = read_local_mails(
        folder(tmp_path, [("a.txt", "unrelated", "en", "x", "y"), ("b.txt", "unrelated", "en", "x", "y")])
    )
    assert [(mail.label, mail.language) for mail in mails] == [(Verdict.UNRELATED, "en")]
    assert unread == ["b.txt"]


def test_a_label_that_cannot_be_learnt_is_a_clear_error(tmp_path):
    with pytest.raises(CorpusError, match="needs one of the six labels"):
        read_local_mails(folder(tmp_path, [("a.txt", "not_extortion", "en", "x", "y")]))


def test_the_shipped_model_is_never_overwritten_by_a_local_one(tmp_path):
    folder(tmp_path, [])
    result = CliRunner().invoke(main, ["train", "--data", str(ROOT / "data"), "--also", str(tmp_path)])
    assert result.exit_code == 2
    assert "--out" in result.output


def test_local_mail_is_learnt_from_in_every_fold_and_never_scored():
    local = LocalMail(
        Message((Part("text/plain", "The garden gate is open again, please close it."),)), Verdict.UNRELATED, "en"
    )
    plain = load_training_set(ROOT / "data", sample_of, languages=["sk"])
    more = load_training_set(ROOT / "data", sample_of, [local], languages=["sk"])
    assert more.written == plain.written
    assert len(more.samples) == len(plain.samples) + 1
    assert set(more.without(range(more.written))) - set(plain.without(range(plain.written)))


def test_a_model_of_ones_own_is_used_where_it_is_named(mails):
    shipped = str(ROOT / "scamcheck" / "model" / "artifact")
    result = CliRunner().invoke(main, ["check", "--model", shipped, "--json", str(mails / "plain.eml")])
    assert result.exit_code == 0, result.output
    assert '"sextortion_scam"' in result.output
