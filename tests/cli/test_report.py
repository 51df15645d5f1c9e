"""`scamcheck report`: what it writes, what it refuses, and with which words."""

from dataclasses import replace

import pytest
from click.testing import CliRunner

from scamcheck.cli import main
from scamcheck.cli import report as command
from scamcheck.errors import MissingPackageError, ModelError
from scamcheck.guidance import SITUATIONS
from scamcheck.languages import LANGUAGES, load_language
from scamcheck.types import Verdict
from tests.report.made import ADDRESS, MAILS, PASSWORD, WALLET

AT = "2026-03-04T10:00:00"


@pytest.fixture
def mail(mails, monkeypatch):
    """Return a mail, and let the assessment of it be one made by hand: these tests are not about the model."""
    monkeypatch.setattr(command, "check", lambda message: MAILS["mass"])
    monkeypatch.setattr(command, "reliability", lambda assessment: None)
    return str(mails / "plain.eml")


def run(*arguments):
    return CliRunner().invoke(main, ["report", *map(str, arguments)])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reply_speaks_the_language_that_was_asked_for(mail, language):
    result = run("reply", mail, "--language", language, "--from", "IT helpdesk")
    assert result.exit_code == 0
    words = load_language(language)
    assert result.stdout.startswith(f"Subject: {words.text('reply.subject')}\n\n{words.text('reply.greeting')}")
    assert result.stdout.endswith("IT helpdesk\n")
    assert WALLET not in result.stdout


def test_without_a_language_the_reply_speaks_that_of_the_mail(mail, monkeypatch):
    for code, spoken in (("nl", "nl"), ("ja", "en"), ("und", "en")):
        monkeypatch.setattr(command, "check", lambda message, code=code: replace(MAILS["mass"], language=code))
        assert load_language(spoken).text("reply.subject") in run("reply", mail).stdout


def test_the_answers_decide_the_reply(mail):
    bluff = load_language("en").text("guidance.no.sextortion_scam.headline")
    assert bluff in run("reply", mail, "--image-shared", "no").stdout
    assert bluff not in run("reply", mail).stdout
    assert bluff not in run("reply", mail, "--image-shared", "no", "--minor", "yes").stdout


def test_a_situation_needs_no_mail():
    for key in SITUATIONS:
        result = run("reply", "--situation", key, "--country", "NL")
        assert result.exit_code == 0, key
        assert "Subject: " in result.stdout


def test_a_reply_can_be_written_to_a_file(mail, tmp_path):
    result = run("reply", mail, "--out", tmp_path / "reply.txt")
    assert result.exit_code == 0
    assert "written" in result.stderr
    assert (tmp_path / "reply.txt").read_text(encoding="utf-8") == run("reply", mail).stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("reply",),
        ("reply", "{mail}", "--situation", "yes"),
        ("reply", "--situation", "yes", "--image-shared", "no"),
        ("reply", "--situation", "nothing"),
        ("page", "{mail}"),
        ("page", "{mail}", "--out", "{folder}/page.txt"),
        ("page", "{mail}", "--out", "{folder}/there/is/none.html"),
        ("police", "--out", "{folder}/x.pdf"),
        ("police", "{mail}", "--out", "{folder}/x.pdf", "--at", "yesterday"),
    ],
)
def test_wrong_use_is_told(mail, tmp_path, arguments):
    result = run(*(each.format(mail=mail, folder=tmp_path) for each in arguments))
    assert result.exit_code == 2
    assert "Error: " in result.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["page.html", "page.pdf"])
def test_the_page_is_written_and_the_same_each_time(mail, tmp_path, name):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        assert run("page", mail, "--at", AT, "--out", tmp_path / folder / name).exit_code == 0
    first, second = ((tmp_path / folder / name).read_bytes() for folder in ("one", "two"))
    assert first == second
    assert first.startswith(b"%PDF-" if name.endswith("pdf") else b"<!DOCTYPE html>")


def test_a_page_of_a_situation(tmp_path):
    assert run("page", "--situation", "minor", "--language", "nl", "--out", tmp_path / "page.html").exit_code == 0
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert '<html lang="nl">' in text
    assert "116 000" in text


def test_the_report_masks_unless_asked(mail, tmp_path):
    out = tmp_path / "police.html"
    assert run("police", mail, "--at", AT, "--out", out).exit_code == 0
    masked = out.read_text(encoding="utf-8")
    assert run("police", mail, "--at", AT, "--out", out, "--unredacted", "--with-message").exit_code == 0
    shown = out.read_text(encoding="utf-8")
    for own in (PASSWORD, ADDRESS):
        assert own not in masked
        assert own in shown
    assert WALLET in masked
    assert "plain.eml" in masked
    heading = load_language("en").text("report.message_text")
    assert heading in shown
    assert heading not in masked


def test_what_cannot_be_read_is_told_in_the_language(tmp_path):
    (tmp_path / "empty.eml").write_bytes(b"")
    result = run("police", tmp_path / "empty.eml", "--language", "nl", "--out", tmp_path / "x.html")
    assert result.exit_code == 3
    assert load_language("nl").text("errors.empty") in result.stderr


def test_a_missing_model_or_package_is_told(mail, monkeypatch, tmp_path):
    def missing(document):
        raise MissingPackageError("Install it.")

    monkeypatch.setattr(command.pdf, "render", missing)
    result = run("page", mail, "--out", tmp_path / "page.pdf")
    assert result.exit_code == 3
    assert "Install it." in result.stderr

    def broken(message):
        raise ModelError("The model file is missing.")

    monkeypatch.setattr(command, "check", broken)
    assert run("page", mail, "--out", tmp_path / "page.pdf").exit_code == 4


def test_a_real_mail_file_goes_through_the_whole_program(mails, tmp_path):
    out = tmp_path / "police.html"
    assert run("police", mails / "plain.eml", "--out", out, "--with-message").exit_code == 0
    text = out.read_text(encoding="utf-8")
    assert "bc1q29646dk8mwu3r5wjvq5qru9jqfsgv3whzhgclh" in text
    assert "anna.example@example.org" not in text
    assert "kestrel-77" not in text
    assert any(load_language("en").text(f"verdicts.{verdict}") in text for verdict in Verdict)


def test_commands_say_what_they_do():
    for name in ("reply", "page", "police"):
        assert len(run(name, "--help").stdout) > 300
    assert "Nothing is sent" in run("--help").stdout
