import csv
import io
import json

import pytest

from scamcheck.guidance import Answers, ImageShared, guide
from scamcheck.languages import LANGUAGES, load_language
from scamcheck.pipeline import check
from scamcheck.report.csv import CsvWriter, cell
from scamcheck.report.json import KEYS, record
from scamcheck.report.text import printable, render
from scamcheck.types import Attachment, Message, Part


@pytest.fixture(scope="module")
def assessment():
    from tests.conftest import MAILS

    return check((MAILS / "plain.eml").read_bytes(), filename="plain.eml")


def test_records_have_the_same_keys_with_and_without_an_error(assessment):
    good, bad = record("a.eml", assessment), record("b.eml", None, "cannot be read")
    assert tuple(good) == tuple(bad) == KEYS
    assert json.loads(json.dumps(good)) == good
    assert bad["error"] == "cannot be read"
    assert good["verdict"] == "sextortion_scam"


def test_the_readers_own_data_leave_masked(assessment):
    text = json.dumps(record("a.eml", assessment), ensure_ascii=False)
    assert "leaked_password" in text
    assert "kestrel" not in text
    assert "anna.example" not in text


def test_spans_of_a_record_are_those_of_the_visible_text(assessment):
    for finding, found in zip(record("a", assessment)["findings"], assessment.findings, strict=True):
        assert finding["span"] == [found.span.start, found.span.end]
        assert len(finding["text"]) == len(found.span)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_no_cell_is_a_formula(text):
    assert cell(text) == "'" + text


def test_csv_lines(assessment):
    file = io.StringIO()
    writer = CsvWriter(file)
    writer.write(record("=a.eml", assessment))
    writer.write(record("b.eml", None, "broken"))
    rows = list(csv.DictReader(io.StringIO(file.getvalue())))
    assert [row["source"] for row in rows] == ["'=a.eml", "b.eml"]
    assert json.loads(rows[0]["findings"])
    assert rows[1]["error"] == "broken"


def test_text_cannot_steer_a_terminal(assessment):
    assert printable("a\x1b[31mb\u202ec\x07") == "a [31mb c "
    shown = render(assessment, guide(assessment, language="en"))
    assert "kestrel" not in shown
    assert "\x1b" not in shown
    assert shown.index("thousands of people") < shown.index("116 000") < shown.index("Your password is")


@pytest.mark.parametrize("answer", list(ImageShared))
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_claim_is_weighed_before_the_answer_no(assessment, answer, language):
    shown = render(assessment, guide(assessment, Answers(answer), language=language))
    said_anyway = {"payment_demand"}  # "do not pay" is a step as well
    indicators = {finding.indicator for finding in assessment.findings} - said_anyway
    truths = [load_language(language).text(f"indicators.{indicator}.truth") for indicator in indicators]
    assert truths
    assert all((truth in shown) == (answer is ImageShared.NO) for truth in truths)


def test_a_password_is_masked_in_every_finding_that_touches_it():
    found = check(
        "Hello, your password is: kеstrel-77! I hacked your computer and recorded you. Pay 900 dollars in bitcoin."
    )
    text = json.dumps(record("a", found), ensure_ascii=False)
    assert "disguised_text" in text
    assert "strel" not in text


def test_defects_are_masked():
    attachment = Attachment("ann@example.org.bin", "x/y", bytes(9) + b"1")
    message = Message((Part("text/plain", "see attached"),), attachments=(attachment,))
    assert "ann@example.org" not in json.dumps(record("a", check(message)))
