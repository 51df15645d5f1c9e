"""What people send: each format with a letter as it is, forwarded, and disguised. docs/formats.md shows this table."""

import re

import pytest

from scamcheck import check
from scamcheck.types import Verdict
from tests.conftest import ROOT
from tests.readers import samples

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
