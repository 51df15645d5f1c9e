"""The front end in a real headless Chromium: it works on a phone, and no request leaves this machine."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit

import pytest

from scamcheck.guidance import country_name
from scamcheck.languages import load_language
from tests.conftest import CHROMIUM, MAILS, browser_missing

WORDS = load_language("en")
pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

RECORDER = """
import os, socket
_connect = socket.socket.connect
def connect(self, address):
    if self.family != getattr(socket, "AF_UNIX", None):
        with open(os.environ["CONNECT_LOG"], "a") as log:
            log.write(f"{address}\\n")
    return _connect(self, address)
socket.socket.connect = connect
"""
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync",
         "--disable-component-update", "--disable-quic"]  # fmt: skip


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Serve the front end as `scamcheck app` does, in an empty folder, with every outgoing connection written down."""
    folder = tmp_path_factory.mktemp("server")
    (folder / "sitecustomize.py").write_text(RECORDER)
    port = free_port()
    environment = {
        **os.environ,
        "PYTHONPATH": str(folder),
        "CONNECT_LOG": str(folder / "connections"),
        "HOME": str(folder),
    }
    command = [sys.executable, "-c", "from scamcheck.cli import main; main()", "app", "--port", str(port)]
    with (folder / "out").open("w") as out:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=out, stderr=out)
        try:
            deadline = time.monotonic() + 60
            while time.monotonic() < deadline:
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
                time.sleep(0.2)
            else:
                pytest.fail("the server did not start: " + (folder / "out").read_text())
            yield f"http://127.0.0.1:{port}", folder
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(scope="module")
def browser():
    if missing := browser_missing():
        pytest.skip(missing)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(params=[(390, 844), (1280, 900)], ids=["phone", "desktop"])
def visit(request, browser, server):
    """A fresh visitor at one width, and the hosts that the page asked for."""
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, locale="en-BE")
    hosts = set()
    context.on("request", lambda asked: hosts.add(urlsplit(asked.url).hostname))
    page = context.new_page()
    page.set_default_timeout(45_000)
    page.goto(server[0])
    page.wait_for_selector("textarea")
    yield page, hosts
    context.close()


def check(page, text):
    page.fill("textarea", text)
    page.get_by_role("button", name=WORDS.text("ui.check")).click()
    page.get_by_role("button", name=WORDS.text("ui.start_over")).wait_for()  # the last thing on the page


def choose(page, label):
    page.locator(".st-key-answer").get_by_text(label, exact=True).click()


def body(name):
    return (MAILS / name).read_text(encoding="utf-8")


def test_the_whole_way(visit):
    page, hosts = visit
    check(page, body("plain.eml"))
    assert WORDS.text("guidance.open.sextortion_scam.headline") in page.inner_text(".sc-answer")
    assert "bluff" not in page.inner_text("[data-testid=stMain]").lower()
    assert page.locator("mark").count() >= 8
    assert "kestrel" not in page.inner_text(".sc-mail")
    choose(page, WORDS.text("ui.answer_no"))
    page.wait_for_function("document.querySelector('.sc-answer').innerText.includes('bluff')")
    choose(page, WORDS.text("ui.answer_unknown"))
    page.wait_for_selector(".sc-answer.sc-real")
    assert "bluff" not in page.inner_text("[data-testid=stMain]").lower()
    assert page.locator("a[href='tel:116000']").count() == 1
    assert hosts == {"127.0.0.1"}


def test_an_upload_works_and_nothing_overflows(visit, mails):
    page, hosts = visit
    page.set_input_files("input[type=file]", str(mails / "html.eml"))
    page.get_by_role("button", name=WORDS.text("ui.check")).click()
    page.get_by_role("button", name=WORDS.text("ui.start_over")).wait_for()
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    assert "garden" not in page.inner_text(".sc-mail")
    assert hosts == {"127.0.0.1"}


def test_hostile_markup_stays_text(visit):
    page, hosts = visit
    page.on("dialog", lambda _: pytest.fail("a script ran"))
    check(
        page,
        "I hacked you <img src=https://example.org/x onerror=alert(1)> <script>alert(1)</script> pay me 900 dollars",
    )
    assert "<script>alert(1)</script>" in page.inner_text(".sc-mail")
    assert page.locator(".sc-mail img, .sc-mail script").count() == 0
    assert hosts == {"127.0.0.1"}


def test_start_over_empties_the_page(visit):
    page, _ = visit
    check(page, body("plain.eml"))
    page.get_by_role("button", name=WORDS.text("ui.start_over")).click()
    page.wait_for_selector(".sc-answer", state="detached")
    assert page.input_value("textarea") == ""


def test_the_page_speaks_the_browsers_language(browser, server):
    context = browser.new_context(locale="nl-BE")
    page = context.new_page()
    page.goto(server[0])
    page.wait_for_selector("textarea")
    dutch = load_language("nl")
    assert page.get_by_role("button", name=dutch.text("ui.check")).count() == 1
    assert page.inner_text("h1") == dutch.text("ui.tagline")
    assert page.input_value(".st-key-language input") == dutch.name
    assert page.input_value(".st-key-country input") == country_name("BE", "nl")
    context.close()


def test_the_server_itself_connects_nowhere_and_writes_nothing(visit, server):
    page, _ = visit
    check(page, body("plain.eml"))
    log = server[1] / "connections"
    lines = log.read_text().splitlines() if log.exists() else []
    assert not [line for line in lines if "127.0.0.1" not in line and "::1" not in line]
    for path in server[1].rglob("*"):
        if path.is_file():
            assert b"kestrel" not in path.read_bytes(), path
