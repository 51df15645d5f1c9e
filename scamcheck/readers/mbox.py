"""Mailbox files: messages one after the other, each behind a line that starts with `From ` (RFC 4155)."""

import re
from collections.abc import Iterator

_SEPARATOR = re.compile(rb"^From [^\r\n]{0,300}\d\d:\d\d[^\r\n]{0,60}\r?\n(?=[!-9;-~]{1,80}:|>From )", re.MULTILINE)


def matches(data: bytes) -> bool:
    """Return whether the bytes start like a mailbox file."""
    return _SEPARATOR.match(data) is not None


def split(data: bytes) -> Iterator[bytes]:
    """Yield the bytes of each message, without the line that parts them."""
    places = [(match.start(), match.end()) for match in _SEPARATOR.finditer(data)]
    ends = [start for start, _ in places[1:]] + [len(data)]
    for (_, start), end in zip(places, ends, strict=True):
        yield data[start:end]
