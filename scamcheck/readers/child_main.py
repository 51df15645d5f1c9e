"""The child process that reads pictures and documents: `python -m scamcheck.readers.child_main`.

It takes requests from stdin and gives answers on stdout, one at a time, until stdin ends; see `serve` for their form.
What it refuses itself (`guard`) is no sandbox against code that runs in it: it keeps the libraries that it uses from
reaching the network, starting programs or writing files by mistake or by default.
"""

import json
import os
import signal
import struct
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, BinaryIO

from scamcheck.errors import UnreadableInputError
from scamcheck.limits import MAX_CHILD_BYTES, MAX_INPUT_BYTES

_FRAME = struct.Struct(">II")
_RESERVE = 0.7  # of the time: after it no new work is begun, so that what was read is answered and not lost
_REFUSED = ("socket.", "urllib.", "ftplib.", "http.client.", "smtplib.", "webbrowser.")
_STARTS = ("os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "os.startfile", "pty.spawn")
_CHANGES = ("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod",
            "os.chown", "os.utime", "shutil.", "tempfile.")  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC

PACKAGES = {"picture": "pictures", "pdf": "documents"}
"""The optional extra of scamcheck that each task needs."""


def refusal(event: str, arguments: tuple[Any, ...], program: str | None) -> str:
    """Return why an audited event is refused, or '' where it may happen. `program` is the one that may be started."""
    if event.startswith(_REFUSED):
        return "no network"
    if event.startswith(_STARTS) or (event == "subprocess.Popen" and arguments[0] != program):
        return "no other program"
    if event.startswith(_CHANGES):
        return "no change of files"
    if event == "open":
        path, mode, flags = arguments
        writes = (flags or 0) & _WRITING or any(letter in str(mode or "") for letter in "wax+")
        if writes and not isinstance(path, int) and path != os.devnull:
            return "no writing of files"
    return ""


def guard(program: str | None) -> None:
    """Refuse the network, other programs and writing of files from here on, and bound memory and files."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_CHILD_BYTES, MAX_CHILD_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if reason := refusal(event, arguments, program):
            raise PermissionError(f"{event}: {reason}")

    sys.addaudithook(hook)


def _task(name: str) -> Callable[..., dict[str, Any]]:
    if name == "picture":
        from scamcheck.readers.pixels import read

        return read
    from scamcheck.readers.pages import read as read_pages

    return read_pages


def answer(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Return the answer to a request; where the file cannot be read, with `error` (a sentence) and `code`."""
    deadline = time.monotonic() + float(request["seconds"]) * _RESERVE
    name = str(request["task"])
    try:
        if name == "picture":
            return _task(name)(data, deadline)
        return _task(name)(data, deadline, [str(word) for word in request["passwords"]])
    except UnreadableInputError as error:
        return {"error": str(error), "code": error.code}
    except ImportError:
        return {
            "error": f"What reads this kind of file is not installed. Run: pip install 'scamcheck[{PACKAGES[name]}]'",
            "code": "missing_package",
        }
    except MemoryError:
        return {
            "error": "Reading this file takes more memory than is allowed. Take a screenshot of it, or paste its text.",
            "code": "too_large",
            "last": True,
        }
    except Exception:  # noqa: BLE001 - whatever the libraries raise on hostile bytes; it may quote the file: not passed on
        return {"error": "This file is damaged and cannot be read. Paste the text of the mail.", "code": "damaged"}


def _read(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _end() -> None:
    """End this process and what it started, at once: the parent is gone or has no more use for it."""
    if sys.platform != "win32" and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(0)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until their stream ends, and end the process then, also in the midst of one.

    A request is two lengths (4 bytes each, big-endian), a JSON object {"task", "seconds", "passwords"} and the bytes of
    the file; an answer is one length and a JSON object. The first answer, {"ready": true}, comes unasked.
    """
    waiting: list[tuple[dict[str, Any], bytes]] = []
    arrived = threading.Semaphore(0)

    def receive() -> None:
        try:
            while True:
                head, body = _FRAME.unpack(_read(requests, _FRAME.size))
                if head > 1_000_000 or body > MAX_INPUT_BYTES:
                    break
                waiting.append((json.loads(_read(requests, head)), _read(requests, body)))
                arrived.release()
        except (EOFError, OSError, ValueError):
            pass
        _end()

    def send(content: dict[str, Any]) -> None:
        text = json.dumps(content).encode()
        answers.write(struct.pack(">I", len(text)) + text)
        answers.flush()

    threading.Thread(target=receive, daemon=True).start()
    send({"ready": True})
    while True:
        arrived.acquire()
        content = answer(*waiting.pop(0))
        send(content)
        if content.get("last"):
            _end()


def main() -> None:
    """Set up the process and serve. Nothing but answers reaches stdout, and nothing at all stderr."""
    from scamcheck.readers import no_network, tesseract

    answers = os.fdopen(os.dup(1), "wb")
    requests = os.fdopen(os.dup(0), "rb")
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(null, number)
    sys.dont_write_bytecode = True
    no_network.forbid_sockets()
    guard(tesseract.binary())
    serve(requests, answers)


if __name__ == "__main__":
    main()
