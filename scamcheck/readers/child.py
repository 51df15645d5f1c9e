"""The parent's side of the process that reads pictures and documents.

Their decoders are large C libraries that read hostile bytes: they run in a process of their own, with bounded memory
and time, which is killed when it takes too long and started anew at the next need. scamcheck.readers.child_main is the
other side and describes what they say to each other.
"""

import contextlib
import json
import os
import signal
import struct
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from scamcheck.errors import UnreadableInputError
from scamcheck.limits import MAX_ANSWER_BYTES, MAX_INPUT_BYTES, MAX_PART_CHARS, MAX_PICTURE_SECONDS
from scamcheck.readers.eml import PART_CUT
from scamcheck.types import Box, Span, Writing

_PASSED_ON = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "TESSDATA_PREFIX", "SYSTEMROOT", "HOME", "TZ")
_ENVIRONMENT = {
    "ORT_DISABLE_TELEMETRY": "1",
    "OMP_NUM_THREADS": "2",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONUTF8": "1",
}
_MAX_DEFECTS = 50

TOO_SLOW = "Reading this file took too long. Take a screenshot of the part with the text, or paste the text."
STOPPED = "Reading this file was stopped. Try again, or paste the text of the mail."
CRASHED = "This file cannot be read: it is damaged, or made to do harm. Paste the text of the mail."
NOT_STARTED = (
    "The part of scamcheck that reads pictures and documents does not start. "
    "Install scamcheck again, or paste the text of the mail."
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the child read in a file: the text, where its lines stand in pictures, what is hidden, what was left out."""

    text: str
    boxes: tuple[tuple[Span, Box], ...]
    hidden: str
    writing: Writing
    defects: tuple[str, ...]


def parse(content: dict[str, Any]) -> Answer:
    """Return the answer in a JSON object, checked: the child reads hostile bytes and is not trusted.

    Raises UnreadableInputError with the child's own sentence, or where the object is no answer.
    """
    try:
        if "error" in content:
            raise UnreadableInputError(str(content["error"])[:500], code=str(content["code"])[:50])
        text = str(content["text"])
        boxes: list[tuple[Span, Box]] = []
        for start, end, *box in content["boxes"]:
            if not 0 <= start <= end <= len(text) or (boxes and start < boxes[-1][0].end) or min(box) < 0:
                raise ValueError
            if end <= MAX_PART_CHARS:
                boxes.append((Span(int(start), int(end)), Box(*(int(edge) for edge in box))))
        defects = [str(defect)[:500] for defect in content["defects"][:_MAX_DEFECTS]]
        if len(text) > MAX_PART_CHARS:
            defects.append(PART_CUT)
        hidden, writing = str(content["hidden"])[:MAX_PART_CHARS], Writing(content["writing"])
        return Answer(text[:MAX_PART_CHARS], tuple(boxes), hidden, writing, tuple(defects))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableInputError(CRASHED, code="damaged") from error


def _kill(popen: subprocess.Popen[bytes]) -> None:
    """Kill a process and what it started."""
    if popen.poll() is None:
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                popen.kill()
            else:
                os.killpg(popen.pid, signal.SIGKILL)


def _finish(popen: subprocess.Popen[bytes], owner: int) -> None:
    """Kill a process of this one, wait for its end and close its pipes; in a fork of its owner only close them."""
    if owner == os.getpid():
        _kill(popen)
        popen.wait()
    for pipe in (popen.stdin, popen.stdout):
        with contextlib.suppress(OSError):
            if pipe:
                pipe.close()


class _Process:
    """One run of the child process, with its pipes, and why it was killed, if it was."""

    def __init__(self) -> None:
        env = {name: os.environ[name] for name in _PASSED_ON if name in os.environ} | _ENVIRONMENT
        self._popen = subprocess.Popen(  # our own module in our own interpreter
            [sys.executable, "-P", "-m", "scamcheck.readers.child_main"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=env,
            start_new_session=True,  # so that it is killed with what it started
        )
        if not self._popen.stdin or not self._popen.stdout:
            raise UnreadableInputError(NOT_STARTED, code="missing_package")
        self._requests, self._answers = self._popen.stdin, self._popen.stdout
        self.owner = os.getpid()
        self._finish = weakref.finalize(self, _finish, self._popen, self.owner)
        self.ready = False
        self.killed_for = ""

    @property
    def alive(self) -> bool:
        """Whether it runs, and is a child of this very process and not of the one that this was forked from."""
        return self.owner == os.getpid() and self._popen.poll() is None

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._popen.pid

    def kill(self, reason: str) -> None:
        """Kill it and what it started. The first reason is kept."""
        self.killed_for = self.killed_for or reason
        if self.owner == os.getpid():
            _kill(self._popen)

    def close(self) -> None:
        """Kill it, wait for its end and close its pipes. Done by itself when it is forgotten and at exit."""
        self._finish()

    def failure(self) -> UnreadableInputError:
        """Return the error that says why there is no answer."""
        if self.killed_for:
            return UnreadableInputError(TOO_SLOW if self.killed_for == "too_slow" else STOPPED, code=self.killed_for)
        if not self.ready:
            return UnreadableInputError(NOT_STARTED, code="missing_package")
        return UnreadableInputError(CRASHED, code="damaged")

    def send(self, head: bytes, data: bytes) -> None:
        """Send a request. Raises OSError where the process has ended."""
        self._requests.write(struct.pack(">II", len(head), len(data)) + head)
        self._requests.write(data)
        self._requests.flush()

    def receive(self) -> dict[str, Any]:
        """Return the next answer. Raises EOFError where the process ended without, ValueError where it is none."""
        (size,) = struct.unpack(">I", self._exactly(4))
        if size > MAX_ANSWER_BYTES:
            raise ValueError("too long")
        content = json.loads(self._exactly(size))
        if not isinstance(content, dict):
            raise TypeError("no object")
        return content

    def _exactly(self, size: int) -> bytes:
        data = self._answers.read(size)
        if len(data) < size:
            raise EOFError
        return data


class Child:
    """One process that reads pictures and documents, one at a time: started at first use, kept, restarted after a kill.

    May be used by several threads: they take turns, and the time of each counts from its turn on.
    """

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process: _Process | None = None

    @property
    def pid(self) -> int | None:
        """The number of the process, or None while there is none."""
        process = self._process
        return process.pid if process and process.alive else None

    def ask(
        self, task: str, data: bytes, *, passwords: Sequence[str] = (), seconds: float = MAX_PICTURE_SECONDS
    ) -> Answer:
        """Return what the child reads in a file; `task` is picture or pdf, `seconds` include its start.

        Raises UnreadableInputError: with the child's own sentence, or too_large, too_slow, stopped, damaged (it died).
        """
        if len(data) > MAX_INPUT_BYTES:
            raise UnreadableInputError(
                f"This file is larger than {MAX_INPUT_BYTES // 1_000_000} MB. Save it smaller, or paste its text.",
                code="too_large",
            )
        with self._turn:
            until = time.monotonic() + seconds
            process = self._started()
            timer = threading.Timer(seconds, process.kill, args=["too_slow"])
            timer.daemon = True
            timer.start()
            content: dict[str, Any] = {}
            try:
                if not process.ready:
                    process.ready = bool(process.receive())
                head = {"task": task, "seconds": max(until - time.monotonic(), 0.1), "passwords": list(passwords)}
                process.send(json.dumps(head).encode(), data)
                content = process.receive()
            except (OSError, EOFError, ValueError, TypeError) as error:
                raise process.failure() from error
            finally:
                timer.cancel()
                if not content or content.get("last"):
                    self._process = None
                    process.close()
            return parse(content)

    def stop(self) -> None:
        """Kill the process, from any thread. Who waits for an answer gets UnreadableInputError (stopped)."""
        if process := self._process:
            process.kill("stopped")

    def close(self) -> None:
        """End the process and wait for its end. The next request starts it anew."""
        if process := self._process:
            process.close()

    def _started(self) -> _Process:
        if not self._process or not self._process.alive:
            if self._process:
                self._process.close()
            self._process = _Process()
        return self._process


shared = Child()
"""The child of this process, for all who read pictures and documents here."""
