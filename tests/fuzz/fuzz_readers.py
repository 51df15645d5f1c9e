#!/usr/bin/env python3
"""Coverage-guided fuzzing of the readers and the text layer with atheris (libFuzzer).

    .venv/bin/python tests/fuzz/fuzz_readers.py FOLDER tests/fuzz/seeds -max_total_time=1800 -timeout=20 -max_len=20000

New inputs that reach new code are kept in FOLDER, a crash or a hang as a file in the present folder. A crash that was
found is mended, and its bytes are kept in tests/fuzz/regressions.
"""

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
with atheris.instrument_imports(include=["scamcheck.readers", "scamcheck.text", "scamcheck.features.vectorize"]):
    from tests.fuzz import target


def one_input(data: bytes) -> None:
    """Give one input to the target."""
    target.run(data)


if __name__ == "__main__":
    target.without_child()
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
