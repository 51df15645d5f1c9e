import csv
import json
import os

import pytest
from click.testing import CliRunner

from scamcheck.cli import COMMANDS, main
from tests.conftest import ROOT


@pytest.fixture
def run():
    return lambda *arguments, **options: CliRunner().invoke(main, [str(each) for each in arguments], **options)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_stands_in_the_readme(run, command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert len(result.output) > 100
    assert f"scamcheck {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_check_answers_in_the_language_of_the_mail(run, mails):
    result = run("check", mails / "dutch.txt")
    assert result.exit_code == 0
    assert "verdacht@safeonweb.be" in result.output
    assert "bluf" not in result.output.lower()


def test_check_says_bluff_only_after_no(run, mails):
    assert "bluff" not in run("check", mails / "plain.eml").output.lower()
    assert "bluff" in run("check", mails / "plain.eml", "--image-shared", "no").output.lower()
    assert "bluff" not in run("check", mails / "plain.eml", "--image-shared", "unknown").output.lower()


def test_check_reads_standard_input_and_gives_json(run, mails):
    result = run("check", "-", "--json", input=(mails / "plain.eml").read_bytes())
    found = json.loads(result.output)
    assert found["verdict"] == "sextortion_scam"
    assert found["error"] is None


def test_check_of_unreadable_input_is_one_line_and_code_3(run, tmp_path):
    (tmp_path / "x.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    result = run("check", tmp_path / "x.png")
    assert result.exit_code == 3
    assert result.stderr.count("\n") == 1
    assert "picture" in result.stderr


def test_a_model_problem_is_code_4(run, mails, monkeypatch):
    from scamcheck.errors import ModelError

    def broken():
        raise ModelError("The model file is missing.")

    monkeypatch.setattr("scamcheck.pipeline.load_model", broken)
    assert run("check", mails / "plain.eml").exit_code == 4


def scan(run, tmp_path, mails, name, *options):
    (tmp_path / "in").mkdir()
    for mail in mails.iterdir():
        (tmp_path / "in" / mail.name).write_bytes(mail.read_bytes())
    (tmp_path / "in" / "bad.pdf").write_bytes(b"%PDF-1.4 x")
    (tmp_path / "in" / ".hidden").write_bytes(b"x")
    return run("scan", tmp_path / "in", "--out", tmp_path / name, *options)


def test_scan_writes_one_line_a_mail_and_goes_on_after_a_bad_one(run, tmp_path, mails):
    result = scan(run, tmp_path, mails, "out.jsonl")
    assert result.exit_code == 0, result.output
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    rows = {row["source"].split("/")[-1]: row for row in map(json.loads, lines)}
    assert set(rows) == {"bad.pdf", "dutch.txt", "html.eml", "lookalikes.eml", "plain.eml", "two.mbox#1", "two.mbox#2"}
    assert rows["bad.pdf"]["error"]
    assert rows["bad.pdf"]["verdict"] is None
    for name in ("plain.eml", "html.eml", "lookalikes.eml", "dutch.txt", "two.mbox#1", "two.mbox#2"):
        assert rows[name]["verdict"] == "sextortion_scam", (name, rows[name]["probabilities"])
    assert "1 error" in result.output
    assert "7 mails in 6 files" in result.output


def test_scan_with_two_workers_gives_the_same_lines(run, tmp_path, mails):
    scan(run, tmp_path, mails, "one.jsonl")
    result = run("scan", tmp_path / "in", "--out", tmp_path / "two.jsonl", "--workers", 2)
    assert result.exit_code == 0
    assert (tmp_path / "one.jsonl").read_text() == (tmp_path / "two.jsonl").read_text()


def test_scan_writes_csv(run, tmp_path, mails):
    scan(run, tmp_path, mails, "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 7


def test_scan_can_fail_on_a_verdict(run, tmp_path, mails):
    assert scan(run, tmp_path, mails, "out.jsonl", "--fail-on", "sextortion_scam").exit_code == 1
    assert run("scan", tmp_path / "in", "--out", tmp_path / "b.jsonl", "--fail-on", "other_scam").exit_code == 0


def test_scan_refuses_an_unknown_ending(run, tmp_path, mails):
    assert run("scan", mails, "--out", tmp_path / "x.txt").exit_code == 2


def labelled(tmp_path, mails, rows):
    for mail in mails.iterdir():
        (tmp_path / mail.name).write_bytes(mail.read_bytes())
    (tmp_path / "labels.csv").write_text("file,label,language,family,source\n" + "\n".join(rows) + "\n")


def test_evaluate_counts_every_mail(run, tmp_path, mails):
    (tmp_path / "note.txt").write_text(
        "Dear all, the meeting about the new printers moves to Thursday at ten. Best, Carla"
    )
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 x")
    (tmp_path / "note.txt").rename(tmp_path / "note#1.txt")
    rows = ["plain.eml,sextortion_scam,en,a,x", "dutch.txt,sextortion_scam,nl,b,x", "note#1.txt,not_extortion,en,,x"]
    labelled(tmp_path, mails, [*rows, "bad.pdf,unrelated,en,,x"])
    result = run("evaluate", tmp_path, "--out", tmp_path / "figures.json")
    figures = json.loads((tmp_path / "figures.json").read_text())
    assert json.loads(result.output) == figures
    assert figures["mails"] == 4
    assert figures["sextortion_scam"]["found"] == 2
    assert figures["scam_found_by_language"] == {"en": {"sextortion_scam": 1}, "nl": {"sextortion_scam": 1}}
    assert figures["verdicts_by_label"]["unrelated"] == {"error": 1}
    assert sum(sum(counts.values()) for counts in figures["verdicts_by_label"].values()) == 4


@pytest.mark.parametrize("text", ["", "file,label\nx,unrelated\n", "file,label,language,family,source\nx,spam,en,,\n"])
def test_evaluate_names_what_is_wrong_with_the_labels(run, tmp_path, text):
    (tmp_path / "labels.csv").write_text(text)
    result = run("evaluate", tmp_path)
    assert result.exit_code == 3
    assert "labels.csv" in result.stderr


def test_scan_survives_odd_names_and_hostile_headers(run, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / os.fsdecode(b"a\xff.eml")).write_bytes(
        b"Message-ID: <x>\nFrom: x\nSubject: =?utf-8?B?A?=\n\nhello there you"
    )
    (folder / "b.eml").write_bytes(b"Message-ID: <x>\nFrom: " + b"(" * 1900 + b"\n\nI sent this from your own account")
    result = run("scan", folder, "--out", tmp_path / "out.jsonl")
    assert result.exit_code == 0
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 2


def test_an_error_is_told_in_the_language_asked_for(run, tmp_path):
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.4 x")
    assert "texte" in run("check", tmp_path / "x.pdf", "--language", "fr").stderr


def test_a_place_that_cannot_be_written_is_a_clear_error(run, tmp_path, mails):
    result = run("scan", mails, "--out", tmp_path / "nowhere" / "o.jsonl")
    assert result.exit_code == 2
    assert "o.jsonl" in result.output
