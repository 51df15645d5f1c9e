"""A short fuzz run in every test run; the long one is `make fuzz`. What either found is kept in regressions/."""

import importlib.util
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.fuzz import make_seeds, target

HERE = Path(__file__).parent
SECONDS = 45
ATHERIS = importlib.util.find_spec("atheris") is not None

header_names = st.sampled_from(
    [
        "From",
        "To",
        "Subject",
        "Date",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Content-Disposition",
        "MIME-Version",
    ]
)
header_values = st.one_of(
    st.sampled_from(
        [
            "text/plain; charset=utf-8",
            "text/html; charset=\x00",
            "multipart/mixed; boundary=b",
            "multipart/alternative; boundary=",
            'multipart/report; boundary="b"',
            "message/rfc822",
            "message/delivery-status",
            "text/calendar",
            "base64",
            "quoted-printable",
            "x-uuencode",
            "attachment; filename*=utf-8''%00%ff",
            "=?utf-8?b?4pyT?=",
            "=?x-none?q?=ff?=",
        ]
    ),
    st.text(max_size=60),
)
lines = st.one_of(
    st.sampled_from(
        [
            "--b",
            "--b--",
            "",
            "> quoted",
            "From: a@example.org",
            "Sent: now",
            "Subject: x",
            "-----Original Message-----",
            "On Monday A wrote:",
            "BEGIN:VCALENDAR",
            "DESCRIPTION:I recorded you",
            "<div style='display:none'>",
            "<!-- ",
            "&#x41;&amp;amp;",
            "aGVsbG8=",
        ]
    ),
    st.text(max_size=80),
)
mails = st.builds(
    lambda heads, body: "\r\n".join([*(f"{name}: {value}" for name, value in heads), "", *body]).encode(
        "utf-8", "replace"
    ),
    st.lists(st.tuples(header_names, header_values), max_size=8),
    st.lists(lines, max_size=30),
)
markup = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<br/>",
                "<style>p{color:#fff}</style>",
                "<span hidden>",
                "<table><tr><td>",
                "<",
                ">",
                "\x00",
            ]
        ),
        st.text(max_size=30),
    ),
    max_size=40,
).map(lambda pieces: ("<html>" + "".join(pieces)).encode("utf-8", "replace"))


@st.composite
def zips(draw):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, content in enumerate(draw(st.lists(st.one_of(mails, markup, st.binary(max_size=50)), max_size=4))):
            archive.writestr(
                draw(st.sampled_from(["../../x", "a.eml", "cur/1", "b.zip", "\u202egpj.eml"])) + str(number), content
            )
    data = bytearray(buffer.getvalue())
    for _ in range(draw(st.integers(0, 3))):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data)


@pytest.fixture(autouse=True)
def _no_child(monkeypatch):
    from scamcheck.readers import child

    ask = child.Child.ask
    target.without_child()
    yield
    child.Child.ask = ask


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 8), st.one_of(mails, markup, zips(), st.binary(max_size=400)))
def test_whatever_arrives_is_read_or_refused(name, data):
    target.run(bytes([name]) + data)


def test_what_fuzzing_found_stays_mended():
    for path in sorted((HERE / "regressions").glob("*")):
        target.run(path.read_bytes())


def test_the_seeds_are_those_that_the_script_writes():
    assert {path.name: path.read_bytes() for path in (HERE / "seeds").glob("*")} == make_seeds.seeds()


def test_the_seeds_reach_every_format():
    seeds = sorted((HERE / "seeds").glob("*"))
    read = [path.name for path in seeds if target.run(path.read_bytes())]
    assert len(read) >= 8
    assert {name.split("-")[0] for name in read} >= {"eml", "mbox", "zip", "docx", "ics", "msg", "html", "txt"}


def test_fuzzing_guided_by_coverage_finds_nothing(tmp_path):
    if not ATHERIS:
        pytest.skip("atheris does not install here; fuzzed with hypothesis alone")
    command = [sys.executable, str(HERE / "fuzz_readers.py"), str(tmp_path), str(HERE / "seeds")]
    done = subprocess.run(
        [*command, f"-max_total_time={SECONDS}", "-timeout=20", "-max_len=20000", f"-artifact_prefix={tmp_path}/"],
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=SECONDS * 4,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")[-3000:]
