"""What all tests share: sample mails, the corpus of real mails where it is at hand, and an honest last line."""

import os
import shutil
import subprocess
from collections import Counter, defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAILS = ROOT / "tests" / "mails"
STRICT = bool(os.environ.get("SCAMCHECK_STRICT"))
CORPUS = os.environ.get("SCAMCHECK_CORPUS")
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))), None
)


def browser_missing() -> str:
    """Return what the browser tests lack on this machine, or '' where they can run."""
    if CHROMIUM is None:
        return "no Chromium was found (Debian: sudo apt-get install chromium)"
    from playwright._impl._driver import compute_driver_executable

    driver, script = compute_driver_executable()
    started = subprocess.run([driver, script, "--version"], capture_output=True, check=False)
    return "" if started.returncode == 0 else "their driver does not start (Debian: sudo apt-get install libatomic1)"


_seconds: dict[str, float] = defaultdict(float)
_count: dict[str, int] = defaultdict(int)
_left_out: list[str] = []
_skipped: dict[str, str] = {}


@pytest.fixture
def mails() -> Path:
    """Return the folder of sample mails that we wrote."""
    return MAILS


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of real mails."""
    assert CORPUS, "a test that uses this must carry the mark `corpus`"
    return Path(CORPUS)


def pytest_collection_modifyitems(config, items):
    if CORPUS:
        return
    left = [item for item in items if item.get_closest_marker("corpus")]
    _left_out.extend(item.nodeid for item in left)
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if not item.get_closest_marker("corpus")]


def pytest_runtest_logreport(report):
    parts = Path(report.nodeid.split("::")[0]).parts
    group = parts[1] if parts[0] == "tests" and len(parts) > 2 else parts[0]
    _seconds[group] += report.duration
    _count[group] += report.when == "call"
    if report.skipped and not hasattr(report, "wasxfail"):
        _skipped[report.nodeid] = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)


def pytest_sessionfinish(session, exitstatus):
    if STRICT and (_left_out or _skipped) and exitstatus == 0:
        session.exitstatus = 1


def pytest_terminal_summary(terminalreporter):
    terminalreporter.section("time by group")
    for group in sorted(_seconds, key=_seconds.__getitem__, reverse=True):
        terminalreporter.write_line(f"{_seconds[group]:8.1f} s  {_count[group]:5} tests  {group}")
    if _left_out:
        terminalreporter.write_line(
            f"NOT RUN: {len(_left_out)} tests on real mail. Set SCAMCHECK_CORPUS to a folder with labels.csv."
        )
    for reason, count in Counter(_skipped.values()).items():
        terminalreporter.write_line(f"NOT RUN: {count} tests. {reason}")
    if STRICT and (_left_out or _skipped):
        terminalreporter.write_line("FAILED: SCAMCHECK_STRICT is set, and the tests named above did not run.")
