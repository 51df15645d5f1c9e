"""From bytes or pasted text to messages: one module a format, chosen by content first, by name second."""

from collections.abc import Iterator

from scamcheck.errors import UnreadableInputError
from scamcheck.limits import MAX_INPUT_BYTES
from scamcheck.readers import eml, mbox, pasted
from scamcheck.readers.signatures import refuse_binary
from scamcheck.types import Message

__all__ = ["read", "read_all"]


def read_all(source: str | bytes, *, filename: str | None = None) -> Iterator[Message | UnreadableInputError]:
    """Yield the messages in pasted text or in the bytes of a file: one, or several from a mailbox file.

    An unreadable message of a mailbox is yielded as its error, in its place. `filename` helps only where the content
    leaves the format open. Raises UnreadableInputError where the source as a whole cannot be read.
    """
    if isinstance(source, str):
        yield pasted.read(source)
        return
    if len(source) > MAX_INPUT_BYTES:
        raise UnreadableInputError(
            f"This file is larger than {MAX_INPUT_BYTES // 1_000_000} MB. Save only the one mail, or paste its text.",
            code="too_large",
        )
    refuse_binary(source)
    if mbox.matches(source):
        for message in mbox.split(source):
            try:
                yield eml.read(message)
            except UnreadableInputError as error:
                yield error
    elif eml.matches(source, filename):
        yield eml.read(source)
    else:
        yield pasted.read(eml.decode(source, None))


def read(source: str | bytes, *, filename: str | None = None) -> Message:
    """Return the one message in pasted text or in the bytes of a file.

    Raises UnreadableInputError where nothing can be read, or where the file holds several messages.
    """
    messages = read_all(source, filename=filename)
    first = next(messages)
    if isinstance(first, UnreadableInputError):
        raise first
    if next(messages, None) is not None:
        raise UnreadableInputError(
            "This file holds several mails. Save the one you mean as a file of its own, or use `scamcheck scan`.",
            code="several",
        )
    return first
