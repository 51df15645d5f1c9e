"""Reading opens no socket and writes no file: seen by Python's audit hooks, and by the kernel over the children."""

import re
import shutil
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.readers import samples

WATCH = """
import os, sys, tempfile
seen = []
def hook(event, args):
    if event.startswith("socket.") and event not in ("socket.gethostname",):
        seen.append(f"{event} {args!r}")
    if event == "open" and isinstance(args[0], (str, bytes, os.PathLike)):
        mode, flags = args[1] or "", args[2] or 0
        if any(sign in mode for sign in "wax+") or flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            if os.fsdecode(args[0]) != os.devnull:
                seen.append(f"open {args!r}")
    if event in ("os.mkdir", "os.rename", "os.remove", "shutil.copyfile", "os.exec", "os.system"):
        seen.append(f"{event} {args!r}")
import scamcheck
scamcheck.check("the language identifier unpacks itself into a nameless temporary file when it is first used")
sys.addaudithook(hook)
for path in sys.argv[1:]:
    try:
        print(path, scamcheck.check(open(path, "rb").read(), filename=path).verdict)
    except scamcheck.ScamcheckError as error:
        print(path, type(error).__name__)
sys.exit("\\n".join(seen) or 0)
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("samples")
    made = []
    for name, data in samples.every_format().items():
        (folder / name).write_bytes(data)
        made.append(str(folder / name))
    return made


def test_python_opens_no_socket_and_writes_nothing(files, tmp_path):
    command = [sys.executable, "-B", "-c", WATCH, *files]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == len(files)
    assert not list(tmp_path.iterdir())


def test_the_kernel_sees_no_socket_and_no_written_file(files, tmp_path):
    strace = shutil.which("strace")
    if not strace:
        pytest.skip("strace is missing (Debian: sudo apt-get install strace)")
    log = tmp_path / "log"
    work = tmp_path / "work"
    work.mkdir()
    code = WATCH.replace("sys.addaudithook(hook)", "")
    command = [strace, "-f", "-qq", "-e", "trace=network,openat,open,creat,mkdir,rename,unlink", "-o", str(log)]
    done = subprocess.run(
        [*command, sys.executable, "-B", "-c", code, *files],
        capture_output=True,
        text=True,
        cwd=work,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    calls = log.read_text(errors="replace").splitlines()
    assert sum("execve" in call or "openat" in call for call in calls) > 100, "strace saw nothing"
    tried = [call for call in calls if re.search(r"\bsocket\((?!AF_UNIX)|\bconnect\(", call)]
    refused = [call for call in tried if call.endswith("= -1 EACCES (Permission denied)")]
    assert tried == refused
    assert len(refused) == 1, "the child tries its own filter once"
    first = next(number for number, call in enumerate(calls) if files[0] in call)
    written = [
        call for call in calls[first:] if re.search(r"O_WRONLY|O_RDWR|O_CREAT|\b(?:creat|mkdir|rename|unlink)\(", call)
    ]
    harmless = re.compile(r'"/dev/(?:null|shm/[^"]*|tty|urandom)"|= -1 E')
    assert not [call for call in written if not harmless.search(call)]
    assert not list(work.iterdir())
    assert str(ROOT) in "".join(calls)
