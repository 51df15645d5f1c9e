"""Mails that are judged wrong today: kept, so that nobody forgets them and everybody sees when one is mended."""

import pytest

from scamcheck.pipeline import check
from scamcheck.types import Verdict
from tests.conftest import ROOT

CASES = sorted((ROOT / "tests" / "cases" / "known_failures").glob("*.txt"))


def test_there_is_a_list():
    assert CASES


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_known_failure_is_at_least_no_wrong_alarm(path):
    wanted = Verdict(path.stem.split("--")[0])
    found = check(path.read_text(encoding="utf-8")).verdict
    assert found is not Verdict.SEXTORTION_SCAM or wanted is Verdict.SEXTORTION_SCAM


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
@pytest.mark.xfail(strict=True, reason="known failure; see tests/cases/known_failures/README.md", raises=AssertionError)
def test_a_known_failure_is_judged_right(path):
    assert check(path.read_text(encoding="utf-8")).verdict is Verdict(path.stem.split("--")[0])
