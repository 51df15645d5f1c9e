"""What people send: each format with a letter as it is, forwarded, and disguised. docs/formats.md shows this table."""

import re

import pytest

from scamcheck import check
from scamcheck.model.corpus import load_corpus
from scamcheck.types import Verdict
from tests.conftest import ROOT
from tests.readers import made, samples

WAYS = {"text": str, "forwarded": samples.forwarded, "disguised": samples.disguised}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", samples.FORMATS)
def test_the_letter_is_found(name, way):
    filename, make = samples.FORMATS[name]
    found = check(make(WAYS[way](samples.LETTER)), filename=filename)
    assert found.verdict is Verdict.SEXTORTION_SCAM, (found.verdict, found.reason, found.defects, found.text)


@pytest.mark.parametrize("name", samples.FORMATS)
def test_findings_lead_back_to_what_was_sent(name):
    filename, make = samples.FORMATS[name]
    found = check(make(samples.LETTER), filename=filename)
    places = [finding.place for finding in found.findings]
    assert len(places) >= 3
    assert all(place is not None for place in places)
    if any(kind in name for kind in ("png", "jpg", "webp", "heic", "scan", "picture")):
        assert all(place.boxes for place in places if place.part >= 0)


def test_the_table_in_the_docs_is_this_one():
    rows = re.findall(r"^\| `?([^|`]+?)`? \|", (ROOT / "docs" / "formats.md").read_text(), re.MULTILINE)
    assert [row for row in rows if row not in ("format", "---")] == list(samples.FORMATS)


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en", "pt"])
@pytest.mark.parametrize("form", ["picture", "pdf", "attached picture"])
def test_our_police_letters_are_read_as_picture_and_pdf(language, form):
    (letter,) = (
        mail for mail in load_corpus(ROOT / "data", languages=[language]) if mail.id.endswith("/police-letter-1")
    )
    drawn = made.saved(made.page(letter.text, language))
    raw, name = {
        "picture": (drawn, "letter.png"),
        "pdf": (samples.pdf(letter.text), "letter.pdf"),
        "attached picture": (samples.eml(".", attached=("image/png", "letter.png", drawn)), "mail.eml"),
    }[form]
    found = check(raw, filename=name)
    assert found.verdict is Verdict.OTHER_EXTORTION, (found.verdict, found.probabilities, found.text)
