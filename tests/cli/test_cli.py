import csv
import json
import os

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from scamcheck.cli import COMMANDS, main
from scamcheck.cli.scan import MAX_NAMED
from scamcheck.languages import load_language
from scamcheck.report.facts import fill
from tests.conftest import ROOT

VALIDATOR = Draft202012Validator(json.loads((ROOT / "docs" / "assessment.schema.json").read_text(encoding="utf-8")))


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
    assert found["redacted"] is True
    VALIDATOR.validate(found)


def test_check_masks_the_readers_own_data_unless_told_otherwise(run, mails):
    masked = run("check", mails / "plain.eml", "--json").output
    shown = run("check", mails / "plain.eml").output
    for text in (masked, shown):
        assert "kestrel" not in text
        assert "anna" not in text.casefold()
        assert "bc1q29646dk8mwu3r5wjvq5qru9jqfsgv3whzhgclh" in text
    plain = run("check", mails / "plain.eml", "--json", "--unredacted").output
    assert "kestrel-77!" in plain
    assert json.loads(plain).keys() == json.loads(masked).keys()
    VALIDATOR.validate(json.loads(plain))
    refused = run("check", mails / "plain.eml", "--unredacted")
    assert refused.exit_code == 2
    assert "--json" in refused.output


@pytest.mark.parametrize("columns", [30, 70, 300])
def test_check_breaks_lines_to_the_window(run, mails, columns):
    result = run("check", mails / "plain.eml", "--image-shared", "no", env={"COLUMNS": str(columns)})
    lines = [line for line in result.output.splitlines() if not line.startswith("  --topic")]
    assert max(len(line) for line in lines if "https" not in line and "bc1q" not in line) <= max(40, min(columns, 100))


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
    assert rows["plain.eml"]["redacted"] is True
    assert rows["plain.eml"]["text"] is rows["plain.eml"]["counterfactuals"] is None
    for row in rows.values():
        VALIDATOR.validate(row)


def test_scan_says_in_words_what_it_found(run, tmp_path, mails):
    lines = scan(run, tmp_path, mails, "out.jsonl").output.splitlines()
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    found = sum(row["verdict"] == "sextortion_scam" for row in rows)
    share = f"{round(100 * found / 7)}%"
    words = load_language("en")
    assert lines[0] == words.text("scan.verdicts") + ":"
    scam = f"{words.text('verdicts.sextortion_scam')} (sextortion_scam)"
    assert lines[1].split(None, 2) == [str(found), share, scam]
    unread = next(number for number, line in enumerate(lines) if line.endswith(words.text("scan.unread")))
    assert lines[unread].split()[:2] == ["1", "14%"]
    assert lines[unread + 1].strip() == next(row["error"] for row in rows if row["error"])
    assert lines[unread + 2].strip().endswith("bad.pdf")
    assert lines[unread + 3] == fill(words.text("scan.total"), count=7, files=6, path=tmp_path / "out.jsonl")
    dutch = run("scan", tmp_path / "in", "--out", tmp_path / "out.csv", "--language", "nl").output
    assert load_language("nl").text("verdicts.sextortion_scam") in dutch


def test_scan_names_a_few_unreadable_files_of_each_reason(run, tmp_path):
    for number in range(MAX_NAMED + 3):
        (tmp_path / f"{number:02}\x1b.eml").write_bytes(b"")
    output = run("scan", tmp_path, "--out", tmp_path / "out.jsonl").output
    assert output.count(".eml") == MAX_NAMED
    assert "and 3 more" in output
    assert "\x1b" not in output


def test_scan_leaves_out_the_heavy_parts_unless_they_are_asked_for(run, tmp_path, mails):
    run("scan", mails / "plain.eml", "--out", tmp_path / "a.jsonl", "--full", "--unredacted")
    row = json.loads((tmp_path / "a.jsonl").read_text(encoding="utf-8"))
    VALIDATOR.validate(row)
    assert row["redacted"] is False
    assert "kestrel-77!" in row["text"]
    assert row["explanation"]["contributions"]
    assert row["counterfactuals"]["each"]


def test_scan_with_two_workers_gives_the_same_lines(run, tmp_path, mails):
    scan(run, tmp_path, mails, "one.jsonl")
    result = run("scan", tmp_path / "in", "--out", tmp_path / "two.jsonl", "--workers", 2)
    assert result.exit_code == 0
    assert (tmp_path / "one.jsonl").read_text() == (tmp_path / "two.jsonl").read_text()


def test_scan_writes_csv(run, tmp_path, mails):
    scan(run, tmp_path, mails, "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 7
    plain = next(row for row in rows if row["source"].endswith("plain.eml"))
    assert plain["amounts"] == "950 USD"
    assert plain["wallets"].startswith("BTC bc1q")


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
    labelled(tmp_path, mails, ["plain.eml,sextortion_scam,en,a,x"])
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "nowhere", tmp_path / "file"):
        for command, out in ((("scan", mails), "o.jsonl"), (("evaluate", tmp_path), "o.json"), (("train",), "model")):
            if command == ("train",) and place.name == "nowhere":
                continue  # that folder would be made
            result = run(*command, "--out", place / out)
            assert result.exit_code == 2, command
            assert f"{place / out} cannot be written" in " ".join(result.output.replace("│", "").split()), command
            assert "Traceback" not in result.output


def test_a_full_disk_is_a_clear_error(run, tmp_path, mails):
    (tmp_path / "o.jsonl").symlink_to("/dev/full")
    result = run("scan", mails, "--out", tmp_path / "o.jsonl")
    assert result.exit_code == 2
    assert "No space left on device" in " ".join(result.output.split())
