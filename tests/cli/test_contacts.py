"""`scamcheck contacts`: who helps, and which records to check; no connection unless one is asked for."""

import threading
import time
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from click.testing import CliRunner
from pytest_socket import SocketBlockedError

from scamcheck.cli import contacts, main
from scamcheck.cli import probe as probing
from scamcheck.cli.probe import Answer, probe
from scamcheck.guidance.organisations import load_organisations
from scamcheck.languages import load_language

TODAY = date(2026, 11, 26)
HTTP = {"schemes": ("http",), "seconds": 2.0}
LOCAL = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]


def run(*arguments):
    return CliRunner().invoke(main, ["contacts", *arguments])


def local(test):
    for mark in LOCAL:
        test = mark(test)
    return test


# list


def test_list_prints_a_crisis_line_in_the_language():
    result = run("list", "--country", "BE", "--role", "crisis", "--language", "nl")
    assert result.exit_code == 0
    first = result.output.splitlines()[:5]
    assert first[:2] == ["crisis:", "- Zelfmoordlijn 1813 [be-1813]"]
    assert first[3] == "    Bel 1813 (*) (dag en nacht (*); gratis, anoniem)"
    assert result.output.endswith(f"(*) {load_language('nl').text('guidance.third_party')}\n")


def test_list_marks_only_what_was_seen_elsewhere():
    result = run("list", "--role", "adult_images")
    assert "Call 0800 12 800 (Mon, Tue, Thu, Fri 9:00-12:00; Wed 13:00-16:00; free)" in result.output
    assert "Choose 1 in the menu." in result.output
    assert "(*)" not in result.output


def test_list_takes_small_letters_and_knows_what_it_does_not_know():
    assert run("list", "--country", "nl").output == run("list", "--country", "NL").output
    result = run("list", "--country", "BR", "--role", "crisis", "--role", "report_mail")
    assert result.exit_code == 0
    assert "For BR no services of its own are known. Known: AT, AU, BE" in result.stderr
    assert "Call the emergency number of your country" in result.stdout
    assert "report_mail" not in result.stdout


def test_list_refuses_a_role_that_is_not_there():
    assert run("list", "--role", "lawyer").exit_code == 2


# check


def test_check_lists_every_record_that_nobody_has_checked():
    result = run("check")
    assert result.exit_code == 1
    names = [line.split()[0] for line in result.output.splitlines()[:-1]]
    assert names == [name for name, record in load_organisations().items() if "checked_on" not in record]
    assert f"{len(load_organisations())} records, {len(names)} to check\n" in result.output


@pytest.mark.parametrize(
    ("days", "why"),
    [(0, ""), (365, ""), (366, "checked on 2025-11-25"), (None, "never checked, collected on 2026-01-02")],
)
def test_a_check_holds_for_a_year(days, why):
    record = {"collected_on": date(2026, 1, 2)}
    if days is not None:
        record["checked_on"] = TODAY - timedelta(days=days)
    assert contacts.out_of_date(record, TODAY) == why


def fresh(**more):
    return {"site": {"collected_on": date.today(), "checked_on": date.today(), **more}}


def test_check_is_content_where_all_is_fresh(monkeypatch):
    monkeypatch.setattr(contacts, "load_organisations", lambda: fresh(url="https://site.example.org"))
    result = run("check")
    assert (result.exit_code, result.output) == (0, "1 records, 0 to check\n")


def test_check_opens_no_connection_unless_asked(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a page was asked")

    monkeypatch.setattr(probing, "probe", refuse)
    assert run("check").exit_code == 1
    assert isinstance(run("check", "--probe").exception, AssertionError), "and with --probe it is this that is called"


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_the_network_is_shut_in_these_tests():
    with pytest.raises(SocketBlockedError):
        probe("https://127.0.0.1:9")


def test_check_with_probe_names_the_hosts_that_are_silent(monkeypatch):
    answers = {
        "https://site.example.org/nl": Answer("site.example.org", 200),
        "https://gone.example.org": Answer("gone.example.org", 0, "no such host"),
    }
    urls = {"nl": "https://site.example.org/nl", "fr": "https://gone.example.org"}
    monkeypatch.setattr(contacts, "load_organisations", lambda: fresh(url=urls))
    monkeypatch.setattr(probing, "probe", answers.__getitem__)
    result = run("check", "--probe")
    assert result.exit_code == 1
    lines = [line.split(None, 2) for line in result.output.splitlines()]
    assert lines[:2] == [["site.example.org", "200"], ["gone.example.org", "---", "no such host"]]
    assert result.output.endswith("1 records, 0 to check, 1 pages silent\n")


def test_every_page_is_asked_once():
    pages = contacts.pages()
    assert len(pages) == len(set(pages)) > 80
    assert all(page.startswith("https://") for page in pages)


# probe


class Site(BaseHTTPRequestHandler):
    asked: list  # (method, path, names of the headers, length of the body)

    def do_HEAD(self):
        self.asked.append((self.command, self.path, sorted(self.headers.keys()), self.headers.get("Content-Length")))
        answer = getattr(self, "answer_" + self.path.strip("/").split("/")[0])
        answer()

    do_GET = do_HEAD

    def reply(self, status, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def answer_there(self):
        self.reply(200)

    def answer_gone(self):
        self.reply(404)

    def answer_no_head(self):
        self.reply(405 if self.command == "HEAD" else 200)

    def answer_large(self):
        self.reply(405 if self.command == "HEAD" else 200)
        if self.command == "GET":
            try:
                while True:  # a page without end
                    self.wfile.write(b"x" * 100_000)
            except OSError:
                self.asked.append("left")

    def answer_moved(self):
        self.reply(302, Location="/there")

    def answer_to_file(self):
        self.reply(302, Location="file:///etc/hostname")

    def answer_to_ftp(self):
        self.reply(302, Location="ftp://127.0.0.1/x")

    def answer_round(self):
        self.reply(302, Location="/round")

    def answer_rubbish(self):
        self.wfile.write(b"\0\1\2 not HTTP\r\n\r\n")

    def answer_silence(self):
        threading.Event().wait(1.0)

    def log_message(self, *_):
        pass


@pytest.fixture
def site():
    handler = type("Here", (Site,), {"asked": []})
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", handler.asked
    server.shutdown()
    thread.join()
    server.server_close()


@local
@pytest.mark.parametrize(
    ("path", "status", "reached", "methods"),
    [
        ("/there", 200, True, ["HEAD"]),
        ("/no_head", 200, True, ["HEAD", "GET"]),
        ("/gone", 404, False, ["HEAD", "GET"]),
        ("/to_file", 302, False, ["HEAD"]),
        ("/to_ftp", 0, False, ["HEAD"]),
        ("/rubbish", 0, False, ["HEAD"]),
    ],
)
def test_probe_tells_what_the_host_answers(site, path, status, reached, methods):
    address, asked = site
    answer = probe(address + path, **HTTP)
    assert (answer.host, answer.status, answer.reached) == ("127.0.0.1", status, reached)
    assert [each[0] for each in asked] == methods
    assert bool(answer.reason) == (not reached)


@local
def test_probe_sends_nothing_but_the_request(site):
    address, asked = site
    probe(address + "/no_head", **HTTP)
    assert len(asked) == 2
    for _, path, headers, length in asked:
        assert path == "/no_head"
        assert headers == ["Accept-Encoding", "Connection", "Host", "User-Agent"]
        assert length is None


@local
def test_probe_follows_a_page_that_moved_but_not_for_ever(site):
    address, asked = site
    assert probe(address + "/moved", **HTTP).status == 200
    assert [each[1] for each in asked] == ["/moved", "/there"]
    asked.clear()
    assert not probe(address + "/round", **HTTP).reached
    assert len(asked) < 30


@local
def test_probe_leaves_a_page_without_end(site):
    address, asked = site
    assert probe(address + "/large", **HTTP).reached
    patience = time.monotonic() + 5
    while "left" not in asked and time.monotonic() < patience:
        time.sleep(0.01)
    assert asked[-1] == "left"


@local
def test_probe_does_not_wait_for_ever(site):
    address, _ = site
    answer = probe(address + "/silence", schemes=("http",), seconds=0.2)
    assert (answer.status, answer.reached) == (0, False)
    assert "timed out" in answer.reason


@pytest.mark.parametrize("url", ["http://site.example.org", "file:///etc/hostname", "ftp://site.example.org", "x"])
def test_probe_asks_https_only(url):
    assert probe(url) == Answer(probe(url).host, 0, "its scheme is not asked")
