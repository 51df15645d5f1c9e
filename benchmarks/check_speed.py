#!/usr/bin/env python3
"""Time and memory of one warm check of a 3 kB mail, beside a bare standard-library parse with decoding.

The machine is noisy: both run by turns in one process, the medians and their ratio count. Prints JSON;
`make measure` keeps it in docs/measured/speed.json.
"""

import json
import resource
import statistics
import time
from email import message_from_bytes, policy
from pathlib import Path

import scamcheck

ROUNDS = 60
MAILS = Path(__file__).resolve().parent.parent / "tests" / "mails"
LIMIT_MILLISECONDS, LIMIT_MEBIBYTES = 30, 300


def mail_of_three_kilobytes() -> bytes:
    """Return a sample mail of ours, its body repeated up to 3 kB."""
    raw = (MAILS / "plain.eml").read_bytes()
    _, _, body = raw.partition(b"\n\n")
    while len(raw) < 3_000:
        raw += b"\n\n" + body
    return raw[:3_000]


def bare_parse(raw: bytes) -> str:
    """Return the decoded text of a message, parsed with the standard library alone."""
    message = message_from_bytes(raw, policy=policy.default)
    part = message.get_body(("plain", "html"))
    return part.get_content() if part else ""


def resident_mebibytes() -> int:
    """Return the memory that this process holds now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * resource.getpagesize() / 2**20)


def measure() -> dict[str, float]:
    """Return medians in milliseconds, their ratio, and memory in MiB: after loading and one check, and at its peak."""
    raw = mail_of_three_kilobytes()
    scamcheck.check(raw)
    loaded = resident_mebibytes()
    bare_parse(raw)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        scamcheck.check(raw)
        ours.append(time.perf_counter() - start)
        start = time.perf_counter()
        bare_parse(raw)
        theirs.append(time.perf_counter() - start)
    check, parse = statistics.median(ours) * 1000, statistics.median(theirs) * 1000
    return {
        "bytes": len(raw),
        "check_ms": round(check, 2),
        "bare_parse_ms": round(parse, 3),
        "ratio": round(check / parse, 1),
        "memory_after_loading_mib": loaded,
        "peak_memory_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "limit_ms": LIMIT_MILLISECONDS,
        "limit_memory_after_loading_mib": LIMIT_MEBIBYTES,
    }


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
