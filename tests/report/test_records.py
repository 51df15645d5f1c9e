"""Records as JSON and CSV: complete, as docs/assessment.schema.json says, with the reader's own data masked."""

import csv
import io
import itertools
import json
from dataclasses import asdict, fields, replace
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import scamcheck
from scamcheck.batch import Checked, check_file
from scamcheck.features.indicators import detectors
from scamcheck.features.indicators.base import Kind, Strength
from scamcheck.guidance import guide
from scamcheck.limits import MAX_PASSWORDS
from scamcheck.model.corpus import load_corpus
from scamcheck.report.csv import COLUMNS, CsvWriter, cell
from scamcheck.report.json import KEYS, record, to_json
from scamcheck.report.masking import masked_text, private
from scamcheck.report.text import render
from scamcheck.report.why import Reasons
from scamcheck.types import (
    LABELS,
    SCHEMA_VERSION,
    Assessment,
    Counterfactuals,
    Finding,
    Span,
    Verdict,
    Wrapping,
    Writing,
)
from tests.conftest import ROOT
from tests.guidance.test_rule import BLUFF_WORDS
from tests.report.made import ADDRESS, CALL, CONTACT, HANDLE, MAILS, MASS, NAME, PASSWORD, PHONE, WALLET, reasons

SCHEMA = json.loads((ROOT / "docs" / "assessment.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
OWN = (PASSWORD, ADDRESS, PHONE, NAME, NAME.upper())
ROUTES = ("text", "hidden_text", "around", "other_alternative")


def full(name, **options):
    assessment = MAILS[name]
    told = reasons(assessment)
    return record(
        f"{name}.eml", assessment, counterfactuals=told.counterfactuals, reliability=told.reliability, **options
    )


def csv_rows(*records):
    file = io.StringIO()
    writer = CsvWriter(file)
    for each in records:
        writer.write(each)
    return list(csv.DictReader(io.StringIO(file.getvalue())))


@pytest.mark.parametrize(("redacted", "whole"), [*itertools.product((True, False), repeat=2)])
@pytest.mark.parametrize("name", sorted(MAILS))
def test_records_are_as_the_schema_says(name, redacted, whole):
    found = full(name, redacted=redacted, full=whole)
    VALIDATOR.validate(found)
    assert tuple(found) == KEYS
    assert found["redacted"] is redacted
    assert json.loads(to_json(found)) == found
    VALIDATOR.validate(record("x", None, "This file is empty."))


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": "bluff"}, {"more": 1}, {"error": "broken"}, {"schema_version": 2}, {"probabilities": {}},
        {"findings": [{"indicator": "recording"}]}, {"chain": []}, {"text": 1}, {"redacted": None},
    ],
)  # fmt: skip
def test_the_schema_is_strict(change):
    assert not VALIDATOR.is_valid({**full("mass"), **change})
    broken = full("mass")
    broken["findings"][0]["facts"]["password"] = PASSWORD
    assert not VALIDATOR.is_valid(broken)


def test_the_enums_of_the_schema_are_those_of_the_code():
    Draft202012Validator.check_schema(SCHEMA)
    defs = SCHEMA["$defs"]
    assert defs["verdict"]["enum"] == [str(each) for each in Verdict]
    assert defs["indicator"]["enum"] == [detector.id for detector in detectors()]
    assert defs["finding"]["properties"]["kind"]["enum"] == [str(each) for each in Kind]
    assert defs["finding"]["properties"]["strength"]["enum"] == [str(each) for each in Strength]
    assert defs["link"]["properties"]["wrapping"]["enum"] == [str(each) for each in Wrapping]
    assert defs["picture"]["properties"]["writing"]["enum"] == [str(each) for each in Writing]
    for kind in ("read", "unread"):
        assert tuple(defs[kind]["properties"]) == tuple(defs[kind]["required"]) == KEYS
        assert defs[kind]["properties"]["schema_version"]["const"] == SCHEMA_VERSION
    assert tuple(defs["read"]["properties"]["probabilities"]["required"]) == tuple(map(str, LABELS))
    objects = [each for each in defs.values() if each.get("type") == "object"]
    assert len(objects) > 10
    assert not any(each["additionalProperties"] for each in objects)


def test_a_record_carries_it_all():
    found = full("forwarded")
    assert found["verdict"] == "sextortion_scam"
    assert {each["kind"] for each in found["findings"]} == {"claim", "fact", "header"}
    recording = next(each for each in found["findings"] if each["indicator"] == "recording")
    assert recording["strength"] == "strong"
    assert recording["text"] == "While you visited adult sites, I recorded a video of you."
    weights = found["explanation"]
    assert sum(each["amount"] for each in weights["contributions"]) + weights["base"] == pytest.approx(weights["score"])
    assert found["reliability"]["texts"] == 214
    assert found["counterfactuals"]["needed"][0]["verdict"] == "uncertain"
    assert [each["wrapping"] for each in found["chain"]] == ["received", "forwarded"]
    assert found["pictures"][0]["sha256"] == "ab" * 32
    assert found["defects"]


def test_spans_of_a_record_are_those_of_its_text():
    for name, assessment in MAILS.items():
        found = full(name)
        assert len(found["text"]) == len(assessment.text)
        for each, finding in zip(found["findings"], assessment.findings, strict=True):
            assert each["span"] == [finding.span.start, finding.span.end]
            assert each["text"] == found["text"][finding.span.start : finding.span.end]


def test_the_heavy_parts_can_be_left_out():
    found = full("forwarded", full=False)
    assert found["text"] is found["hidden_text"] is found["counterfactuals"] is None
    assert found["explanation"]["contributions"] is None
    assert found["reliability"]
    assert len(to_json(found)) < len(to_json(full("forwarded")))


@pytest.mark.parametrize("name", sorted(MAILS))
def test_what_would_turn_a_mail_into_the_mass_mail_is_not_told(name):
    found = full(name)["counterfactuals"]
    told = [each["verdict"] for each in found["each"] + found["needed"]]
    assert told.count("sextortion_scam") == (MAILS[name].verdict is Verdict.SEXTORTION_SCAM)


@pytest.mark.parametrize("name", sorted(MAILS))
def test_no_record_asserts_a_bluff(name):
    found = full(name)
    for key in ROUTES:
        found[key] = ""
    for each in found["findings"]:
        each["text"] = ""
    text = to_json(found).casefold()
    assert not [word for words in BLUFF_WORDS.values() for word in words if word in text]


@pytest.mark.parametrize("whole", [True, False])
def test_records_of_all_kinds_of_mails_are_as_the_schema_says(whole, mails, tmp_path):
    corpus = load_corpus(ROOT / "data", languages=["en", "nl", "ru", "zh"])
    checked = [Checked("x", scamcheck.check(mail.message())) for mail in corpus[:: len(corpus) // 50 + 1]]
    for path in (*sorted(mails.iterdir()), *sorted((ROOT / "tests" / "fuzz" / "seeds").rglob("*.*"))[:25]):
        checked += check_file(path)
    (tmp_path / "empty.eml").write_bytes(b"")
    checked += check_file(tmp_path / "empty.eml")
    assert len(checked) > 50
    assert any(each.error for each in checked)
    for each in checked:
        told = scamcheck.explain(each.assessment) if whole and each.assessment else None
        found = record(each.source, each.assessment, each.error, full=whole, counterfactuals=told)
        VALIDATOR.validate(found)
        json.loads(to_json(found))
        csv_rows(found)
        if each.assessment:
            render(each.assessment, guide(each.assessment), Reasons(told or Counterfactuals()))


# Redaction


@pytest.mark.parametrize("name", ["mass", "forwarded"])
def test_the_readers_own_data_stand_nowhere_and_the_senders_contacts_do(name):
    found = full(name)
    texts = [to_json(found), json.dumps(csv_rows(found), ensure_ascii=False)]
    texts += [render(MAILS[name], guide(MAILS[name], language=code)) for code in ("en", "de", "pl")]
    for text in texts:
        for own in (*OWN, "12 34 56", "Example"):
            assert own not in text, own
        assert WALLET in text


def test_the_senders_contacts_stay():
    for text in (to_json(full("contacts")), render(MAILS["contacts"], guide(MAILS["contacts"]))):
        for contact in (CONTACT, HANDLE, "+442079460958"):
            assert contact in text
    assert CALL in full("contacts")["text"]


def test_unredacted_masks_nothing():
    found = full("forwarded", redacted=False)
    assert found["redacted"] is False
    assert found["text"] == MASS
    text = to_json(found)
    for own in (PASSWORD, ADDRESS, PHONE, NAME):
        assert own in text
    assert "•" not in text
    assert found["around"] == MAILS["forwarded"].around


def test_recipients_are_in_no_record():
    hidden = replace(MAILS["contacts"], recipients="Zebediah Quill <zeb@example.org>", sender="me@example.com")
    for redacted in (True, False):
        text = to_json(record("a", hidden, redacted=redacted))
        assert "zeb@example.org" not in text
        assert "Quill" not in text
        assert "me@example.com" not in text


def test_one_private_masks_every_field():
    secret = Finding("leaked_password", Span(0, 9), secrets=(Span(0, 9),))
    facts = {"header": "From", "trick": "known_name", "domain": "a.test", "shown_name": "hunter2xy"}
    others = (Finding("contact_handle", Span(0, 2), {"app": "Signal", "handle": "Hunter2XY"}),)
    others += (Finding("display_name", Span(0, 0), facts),)
    hidden = replace(
        MAILS["short"], text="hunter2xy rest", findings=(secret, *others), around="so hunter2xy it is",
        hidden_text="HUNTER2XY", other_alternative="hunter2xy", defects=("hunter2xy.bin was not read",), language="en",
    )  # fmt: skip
    found = record("a", hidden)
    assert "hunter2xy" not in to_json(found).casefold()
    assert "hunter2xy" not in render(hidden, guide(hidden)).casefold()
    assert found["text"] == "••••••••• rest"


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Your password is: kestrel-77! and I know it.", "kestrel-77!"),
        ("Dein Passwort ist Sommer2019$ und ich kenne es.", "Sommer2019$"),
        ("Uw wachtwoord is zomer_2019 en meer.", "zomer_2019"),
    ],
)
def test_a_password_is_masked_where_no_finding_says_so(text, hidden):
    language = {"D": "de", "U": "nl"}.get(text[0], "en")
    assert hidden.strip("!") not in masked_text(replace(MAILS["short"], text=text, language=language))
    kept = f"Login here. Pay to {WALLET} now."
    wallet = Finding("crypto_address", Span(kept.index(WALLET), kept.index(WALLET) + len(WALLET)))
    assert masked_text(replace(MAILS["short"], text=kept, findings=(wallet,))) == kept


def test_short_secrets_are_masked_in_place_alone():
    text = "You live at 12 Elm Road. Pay 12 euros."
    found = Finding("reader_data", Span(0, 24), secrets=(Span(12, 14),))
    assert (
        masked_text(replace(MAILS["short"], text=text, findings=(found,))) == "You live at •• Elm Road. Pay 12 euros."
    )


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.text(max_size=80))
def test_a_mask_is_as_long_as_what_it_covers(text, beside):
    assessment = replace(MAILS["short"], text=text, around=beside)
    found = record("a", assessment)
    assert len(found["text"]) == len(text)
    assert len(found["around"]) == len(beside)
    VALIDATOR.validate(found)


def test_the_repr_of_an_assessment_shows_nothing_of_the_mail():
    for assessment in MAILS.values():
        shown = repr(assessment)
        assert shown.startswith(f"Assessment({assessment.verdict.value}, ")
        for own in (*OWN, "I hacked", WALLET, HANDLE, "roses", "Fwd", "example."):
            assert own not in shown
        assert len(shown) < 150
    assert {"sender", "recipients"} <= {field.name for field in fields(Assessment)}


# JSON and CSV as text


def test_json_cannot_steer_a_terminal():
    source = "a\x1b[31m\x9b\x7f\u202e\ud800\U000e0001.eml"
    text = to_json(record(source, None, "x\u2028y"), indent=2)
    assert text.replace("\n", "").isprintable()
    assert json.loads(text)["source"] == source
    assert text.encode("utf-8")
    assert "für" in to_json({"a": "für"})


def test_the_same_mail_gives_the_same_bytes():
    assert to_json(full("forwarded")) == to_json(full("forwarded"))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", " =1", "＝1", "\u202e=1", "\x00=1"])
def test_no_cell_is_a_formula(text):
    assert cell(text).startswith("'")
    assert cell(text).isprintable()


@pytest.mark.parametrize("text", ["a=1", "", "1", "sextortion_scam"])
def test_other_cells_stay_as_they_are(text):
    assert cell(text) == text


def test_csv_lines_can_be_read_by_a_person():
    mass, contacts, broken = csv_rows(full("mass"), full("contacts"), record("=b.eml", None, "broken"))
    assert tuple(mass) == COLUMNS
    assert (mass["verdict"], mass["probability"], mass["right_in_tests"]) == ("sextortion_scam", "0.993", "211 of 214")
    assert mass["amounts"] == "1300 USD"
    assert mass["wallets"] == f"BTC {WALLET}"
    assert mass["deadline_hours"] == "48"
    assert mass["sender"] == "sender_check spf=fail dmarc=fail aligned=false; sender_is_recipient spoof_reported=true"
    assert mass["signs"].split("; ")[:3] == ["sender_check", "sender_is_recipient", "hacked_device"]
    assert contacts["contacts"] == f"mail {CONTACT}; phone +442079460958; Signal {HANDLE}"
    assert contacts["sender"].startswith("display_name trick=known_name")
    assert (broken["source"], broken["error"], broken["verdict"]) == ("'=b.eml", "broken", "")
    assert csv_rows(full("personal"))[0]["signs_against"] == "shared_past; image_held"
    assert not any("{" in value for row in (mass, contacts) for value in row.values())


def test_every_field_of_an_assessment_is_in_a_record_or_left_out_on_purpose():
    left = {"sender", "recipients", "past_outside"}
    assert {field.name for field in fields(Assessment)} - left <= set(KEYS)
    assert set(asdict(MAILS["short"])) == {field.name for field in fields(Assessment)}


def test_masking_takes_bounded_time():
    text = " ".join(f"Your password is: xk{number}y! ok." for number in range(3500))
    started = process_time()
    own = private(replace(MAILS["short"], text=text, around=text))
    assert process_time() - started < 10
    assert len(own.secrets) == MAX_PASSWORDS
    assert "xk3000y" not in masked_text(replace(MAILS["short"], text=text))
