import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcheck.errors import UnreadableInputError
from scamcheck.limits import MAX_INPUT_BYTES, MAX_PART_CHARS
from scamcheck.readers import child_main
from scamcheck.readers.child import Answer, Child, parse
from tests.readers import made

SMALL = made.saved(made.draw(["Send bitcoin"], made.own_font(), width=300))
SLOW = made.saved(made.draw(["Send 950 USD in bitcoin today"] * 60, made.own_font(), width=600))


@pytest.fixture(scope="module")
def warm():
    child = Child()
    child.ask("picture", SMALL)
    yield child
    child.close()


def gone(pid: int, seconds: float = 30) -> bool:
    """Return whether a process ends within some seconds; one that ended and was not waited for counts as gone."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
            threads = len(list(Path(f"/proc/{pid}/task").iterdir()))
        except OSError:
            return True
        if state == "Z" and threads == 1:  # its first thread may end before the others do
            return True
        time.sleep(0.05)
    return False


def test_one_process_is_started_and_kept(warm):
    pid = warm.pid
    assert warm.ask("picture", SMALL).text == "Send bitcoin"
    assert warm.pid == pid


def test_it_starts_anew_when_it_was_killed(warm):
    pid = warm.pid
    os.kill(pid, signal.SIGKILL)
    assert gone(pid)
    assert warm.ask("pdf", made.text_pdf()).text == made.LETTER


def held(child: Child) -> int:
    """Return the pid of a child that runs and that we have halted: it cannot answer, however fast the machine is."""
    child.ask("picture", SMALL)
    assert child.pid is not None
    os.kill(child.pid, signal.SIGSTOP)
    return child.pid


def test_the_cap_on_time_kills_it_and_it_works_again(warm):
    pid = held(warm)
    with pytest.raises(UnreadableInputError) as raised:
        warm.ask("picture", SMALL, seconds=0.3)
    assert raised.value.code == "too_slow"
    assert gone(pid)
    assert warm.pid is None
    assert warm.ask("pdf", made.text_pdf()).text == made.LETTER


def test_the_cap_on_time_holds_for_the_start_too():
    child = Child()
    with pytest.raises(UnreadableInputError) as raised:
        child.ask("picture", SMALL, seconds=0.02)
    assert raised.value.code == "too_slow"


def test_the_user_may_stop_it(warm):
    pid, codes = held(warm), []

    def ask():
        with pytest.raises(UnreadableInputError) as raised:
            warm.ask("picture", SMALL)
        codes.append(raised.value.code)

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.4)
    warm.stop()
    thread.join(30)
    assert codes == ["stopped"]
    assert gone(pid)
    assert warm.ask("pdf", made.text_pdf()).text == made.LETTER


def test_a_crash_is_an_error_and_not_the_end(warm):
    pid = held(warm)

    def crash():
        os.kill(pid, signal.SIGSEGV)
        os.kill(pid, signal.SIGCONT)

    threading.Timer(0.4, crash).start()
    with pytest.raises(UnreadableInputError) as raised:
        warm.ask("picture", SMALL)
    assert raised.value.code == "damaged"
    assert warm.ask("pdf", made.text_pdf()).text == made.LETTER


def test_threads_take_turns(warm):
    texts = [f"letter number {n}" for n in range(8)]
    answers: dict[str, str] = {}

    def ask(text):
        answers[text] = warm.ask("pdf", made.text_pdf(text)).text

    threads = [threading.Thread(target=ask, args=[text]) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {text: text for text in texts}


PARENT = """
import os, sys, threading, time
sys.path.insert(0, "tests/readers")
import made
from scamcheck.readers.child import Child
child = Child()
child.ask("pdf", made.text_pdf())
print(child.pid, flush=True)
busy = made.saved(made.draw(["Send 950 USD in bitcoin today"] * 60, made.own_font(), width=600))
threading.Thread(target=child.ask, args=["picture", busy], daemon=True).start()
time.sleep(60)
"""


def test_it_dies_with_its_parent_even_when_busy():
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE)
    pid = int(parent.stdout.readline())
    time.sleep(0.5)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert gone(pid)


def test_a_program_that_ends_leaves_no_process():
    script = PARENT.replace("time.sleep(60)", "").partition("busy =")[0]
    done = subprocess.run([sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=True)
    assert gone(int(done.stdout))
    assert done.stderr == ""


def test_what_is_larger_than_any_file_is_refused():
    with pytest.raises(UnreadableInputError) as raised:
        Child().ask("pdf", b"x" * (MAX_INPUT_BYTES + 1))
    assert raised.value.code == "too_large"


GOOD = {"text": "ab", "boxes": [[0, 1, 0, 1, 2, 3, 4]], "hidden": "", "writing": "read", "defects": []}


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"text": None, "boxes": None},
        {"boxes": [[0, 3, 0, 1, 2, 3, 4]]},
        {"boxes": [[1, 2, 0, 1, 2, 3, 4], [0, 1, 0, 1, 2, 3, 4]]},
        {"boxes": [[0, 1, 0, 1, 2, 3]]},
        {"boxes": [[0, 1, 0, -1, 2, 3, 4]]},
        {"boxes": [["0", "1", "", "", "", "", ""]]},
        {"boxes": 7},
        {"writing": "nonsense"},
        {"defects": 3},
        {"error": "x"},
    ],
)
def test_an_answer_that_is_none_is_refused(wrong):
    with pytest.raises(UnreadableInputError) as raised:
        parse(GOOD | wrong if wrong else {})
    assert raised.value.code == "damaged"


def test_a_long_answer_is_cut_and_says_so():
    answer = parse(
        GOOD | {"text": "a" * (MAX_PART_CHARS + 5), "boxes": [[MAX_PART_CHARS, MAX_PART_CHARS + 1, 0, 0, 0, 1, 1]]}
    )
    assert len(answer.text) == MAX_PART_CHARS
    assert answer.boxes == ()
    assert answer.defects


anything = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=7) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys([*GOOD, "error", "code"], anything)))
def test_no_answer_breaks_the_parent(content):
    try:
        found = parse(GOOD | content)
    except UnreadableInputError as error:
        found = error
    assert isinstance(found, (Answer, UnreadableInputError))


@pytest.mark.parametrize(
    ("event", "arguments", "refused"),
    [
        ("socket.connect", (None, ("192.0.2.1", 80)), True),
        ("socket.bind", (None, ("::1", 0)), True),
        ("socket.getaddrinfo", ("example.org", 80), True),
        ("urllib.Request", ("http://example.org",), True),
        ("subprocess.Popen", ("/bin/sh", [], None, None), True),
        ("subprocess.Popen", ("/usr/bin/tesseract", [], None, None), False),
        ("os.system", (b"true",), True),
        ("os.fork", (), True),
        ("open", ("/some/x", "w", os.O_WRONLY | os.O_CREAT), True),
        ("open", ("/some/x", None, os.O_RDWR), True),
        ("open", ("/some/x", "rb", os.O_RDONLY), False),
        ("open", (os.devnull, None, os.O_RDWR), False),
        ("open", (7, "wb", os.O_WRONLY), False),
        ("os.remove", ("/some/x", -1), True),
        ("tempfile.mkstemp", ("/some/x",), True),
        ("import", ("numpy", None, None, None, None), False),
    ],
)
def test_what_the_child_refuses(event, arguments, refused):
    assert bool(child_main.refusal(event, arguments, "/usr/bin/tesseract")) is refused


GUARDED = """
import socket, subprocess, sys
from pathlib import Path
from scamcheck.readers.child_main import guard
guard(None)
for attempt in (
    lambda: socket.create_connection(("127.0.0.1", 9), 1),
    lambda: socket.socket(),
    lambda: Path(sys.argv[1]).write_bytes(b"x"),
    lambda: subprocess.run(["true"]),
    lambda: bytearray(4_000_000_000),
):
    try:
        attempt()
        print("done")
    except Exception as error:
        print(type(error).__name__)
"""


def test_the_guard_works_in_a_real_process(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", GUARDED, tmp_path / "file"], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["PermissionError"] * 4 + ["MemoryError"]
    assert not (tmp_path / "file").exists()


WATCHED = """
import json, sys, time
sys.path.insert(0, "tests/readers")
import made
events = []
def watch(event, arguments):
    if child_main.refusal(event, arguments, None):
        events.append([event, str(arguments[-1])])
from scamcheck.readers import child_main, pixels
picture = made.saved(made.draw(["Send bitcoin"], made.own_font(), width=300))
sys.addaudithook(watch)
answer = pixels.read(picture, time.monotonic() + 60)
print(json.dumps({"text": answer["text"], "events": events}))
"""


def test_reading_a_picture_stays_offline_and_writes_nothing():
    """What the guard would have refused is written down without refusing it: rapidocr imports an HTTP client, which
    asks at import whether the machine speaks IPv6, with a socket on ::1. It sends nothing, and nothing else happens."""
    done = subprocess.run([sys.executable, "-B", "-c", WATCHED], capture_output=True, text=True, check=True)
    seen = json.loads(done.stdout)
    assert seen["text"] == "Send bitcoin"
    allowed = {"socket.__new__", "socket.bind"}
    assert {event for event, _ in seen["events"]} <= allowed
    assert all("::1" in what or event == "socket.__new__" for event, what in seen["events"])


def test_a_missing_package_is_named(monkeypatch, tmp_path):
    for name in ("rapidocr", "pypdfium2"):
        (tmp_path / f"{name}.py").write_text(f"raise ModuleNotFoundError({name!r})")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    child = Child()
    for task, data, extra in (
        ("picture", SMALL, "scamcheck[pictures]"),
        ("pdf", made.text_pdf(), "scamcheck[documents]"),
    ):
        with pytest.raises(UnreadableInputError, match="pip install") as raised:
            child.ask(task, data)
        assert raised.value.code == "missing_package"
        assert extra in str(raised.value)
    child.close()


def test_a_child_that_does_not_start_says_so(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(UnreadableInputError) as raised:
        Child().ask("pdf", made.text_pdf())
    assert raised.value.code == "missing_package"


def test_an_error_of_a_library_is_not_passed_on(monkeypatch):
    def fail(*arguments):
        raise RuntimeError("quotes the picture")

    monkeypatch.setattr(child_main, "_task", lambda name: fail)
    answer = child_main.answer({"task": "picture", "seconds": 1, "passwords": []}, b"")
    assert answer["code"] == "damaged"
    assert "quotes" not in json.dumps(answer)


def test_out_of_memory_is_said_and_ends_the_process(monkeypatch):
    def fail(*arguments):
        raise MemoryError

    monkeypatch.setattr(child_main, "_task", lambda name: fail)
    answer = child_main.answer({"task": "picture", "seconds": 1, "passwords": []}, b"")
    assert (answer["code"], answer["last"]) == ("too_large", True)


SOCKETS = """
import socket, subprocess, sys, threading
from scamcheck.readers.no_network import forbid_sockets
done = forbid_sockets()
refused = []
def attempt(family):
    try:
        socket.socket(family).close()
    except PermissionError:
        refused.append(family.name)
for family in (socket.AF_INET, socket.AF_INET6):
    thread = threading.Thread(target=attempt, args=[family])
    thread.start()
    thread.join()
attempt(socket.AF_UNIX)
code = "import socket; socket.socket()"
child = subprocess.run([sys.executable, "-c", code], capture_output=True).returncode
print(done, *refused, child)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's filter is Linux's")
def test_the_kernel_refuses_sockets_to_threads_and_programs_too():
    done = subprocess.run([sys.executable, "-c", SOCKETS], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "AF_INET", "AF_INET6", "1"]
