"""The project keeps its own rules: light imports, no network, documents that are true."""

import ast
import json
import re
import subprocess
import sys
import tomllib

import pytest

import scamcheck
from scamcheck.languages import LANGUAGES, load_language
from scamcheck.limits import MAX_UPLOAD_MEGABYTES
from scamcheck.ui.server import SETTINGS, options
from tests.conftest import ROOT

MAX_LINES = 400
MEASURED = ROOT / "docs" / "measured"


def python(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout


def test_importing_scamcheck_is_light():
    code = "import sys, scamcheck; print([m for m in ('sklearn', 'pandas', 'streamlit', 'numpy') if m in sys.modules])"
    assert python(code).strip() == "[]"


def test_every_public_name_is_there():
    for name in scamcheck.__all__:
        assert getattr(scamcheck, name) is not None
    with pytest.raises(AttributeError):
        _ = scamcheck.nothing


def test_checking_a_mail_does_not_load_streamlit():
    code = (
        "import sys, scamcheck; scamcheck.guide(scamcheck.check('I hacked you, pay me in bitcoin'));"
        "print([m for m in ('streamlit', 'altair') if m in sys.modules])"
    )
    assert python(code).strip() == "[]"


def test_checking_a_mail_opens_no_connection():
    code = (
        "import socket\n"
        "def no(*a, **k): raise SystemExit('a connection was opened')\n"
        "socket.socket.connect = socket.create_connection = socket.getaddrinfo = no\n"
        "import scamcheck; print(scamcheck.check(open('tests/mails/plain.eml', 'rb').read()).verdict)"
    )
    assert python(code).strip() == "sextortion_scam"


def test_the_server_settings_are_those_of_the_config_file():
    table = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
    flat = {f"{section}.{name}": value for section, values in table.items() for name, value in values.items()}
    assert flat.pop("server.address") == "127.0.0.1"
    assert flat == SETTINGS
    assert flat["server.maxUploadSize"] == MAX_UPLOAD_MEGABYTES
    assert "--server.address=127.0.0.1" in options("127.0.0.1", 1)


@pytest.mark.parametrize("path", sorted((ROOT / "scamcheck").rglob("*.py")), ids=lambda path: path.stem)
def test_modules_stay_small_and_documented(path):
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= MAX_LINES
    assert ast.get_docstring(ast.parse(source))


def test_every_version_is_pinned_and_no_host_is_named():
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    assert len(lines) > 50
    assert all(re.match(r"[a-z0-9][a-z0-9._-]*==[\w.]+( ; .+)?$", line) for line in lines)


def test_the_design_names_every_module():
    design = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    for path in (ROOT / "scamcheck").rglob("*.py"):
        if path.name != "__init__.py":
            assert f"`{path.relative_to(ROOT / 'scamcheck').as_posix()}`" in design, path


def test_the_notebooks_are_executed_as_they_stand():
    from jupytext import read
    from nbclient import NotebookClient

    for path in sorted((ROOT / "notebooks").glob("*.py")):
        NotebookClient(read(path), timeout=300, resources={"metadata": {"path": str(ROOT)}}).execute()


test_the_notebooks_are_executed_as_they_stand = pytest.mark.enable_socket(
    pytest.mark.filterwarnings("default")(test_the_notebooks_are_executed_as_they_stand)
)


def test_the_wheel_holds_what_the_program_needs(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    from zipfile import ZipFile

    names = set(ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    wanted = ("model/artifact/model.joblib", "model/artifact/model.json", "text/confusables.tsv", "ui/style.css",
              "text/forward_words.toml",
              "guidance/organisations/BE.toml", "languages/nl.toml", "languages/nl.guidance.toml",
              "languages/nl.cues.toml", "features/headers/platforms.toml", "features/contact/words.toml",
              "text/passwords.toml", "report/templates/document.html.j2", "report/fonts/DejaVuSans.ttf",
              "py.typed")  # fmt: skip
    assert {f"scamcheck/{name}" for name in wanted} <= names


def test_generated_documents_are_up_to_date():
    from scamcheck.model.card import model_card, readme_figures

    figures = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in MEASURED.glob("*.json")}
    assert (ROOT / "MODEL_CARD.md").read_text(encoding="utf-8") == model_card(figures)
    assert readme_figures(figures) in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("part", ["real-mail", "cross-validation", "robustness", "forms", "reading", "speed"])
def test_the_measured_figures_are_of_the_shipped_model(part):
    from scamcheck.model.store import load_model

    figures = json.loads((MEASURED / f"{part}.json").read_text(encoding="utf-8"))
    assert figures["model_sha256"] == load_model().card.sha256, (
        "run `make measure CORPUS=FOLDER` and commit the figures"
    )


def test_every_reason_why_a_file_is_not_read_has_its_sentence_in_every_language():
    codes = {
        code
        for path in (ROOT / "scamcheck").rglob("*.py")
        for code in re.findall(r'code=(?:"(\w+)"|\S+ if \S+ else "(\w+)")', path.read_text(encoding="utf-8"))
        for code in code
        if code
    }
    assert codes >= {"empty", "too_large", "damaged", "encrypted"}
    codes |= {"too_slow", "stopped"}  # the reasons for which the child process is killed
    for language in LANGUAGES:
        keys = load_language(language).keys()
        texts = {key.removeprefix("errors.") for key in keys if key.startswith("errors.")}
        assert codes <= texts, (language, codes - texts)
