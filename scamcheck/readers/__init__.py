"""From bytes or pasted text to messages: one module a format, chosen by content first, by name second."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from scamcheck.errors import UnreadableInputError
from scamcheck.limits import MAX_INPUT_BYTES, MAX_PICTURE_SECONDS
from scamcheck.readers import archive, docx, eml, ics, mbox, msg, pasted, pdf, picture, rich
from scamcheck.readers.signatures import refuse_binary
from scamcheck.types import Attachment, Message, Wrapping

__all__ = ["Item", "open_attachment", "read", "read_all"]

Reader = Callable[[bytes, str | None], Message]
_READERS: tuple[tuple[Callable[[bytes, str | None], bool], Reader], ...] = (
    (msg.matches, msg.read),
    (docx.matches, docx.read),
    (rich.matches, rich.read),
    (eml.matches, lambda data, _: eml.read(data)),
    (ics.matches, ics.read),
)
"""The formats of one message each, in the order in which they are asked."""


@dataclass(frozen=True, slots=True)
class Item:
    """What one place in a file holds: a message, or the error why it cannot be read.

    `name` is the file inside an archive, empty where the message is the whole file or one of a mailbox.
    """

    message: Message | None
    error: UnreadableInputError | None = None
    name: str = ""


def read_all(
    source: str | bytes,
    *,
    filename: str | None = None,
    passwords: Sequence[str] = (),
    seconds: float = MAX_PICTURE_SECONDS,
) -> Iterator[Item]:
    """Yield what pasted text or the bytes of a file hold: one message, or several from a mailbox or an archive.

    `filename` helps only where the content leaves the format open; `passwords` are tried on locked files; `seconds` are
    for one picture or PDF. Raises UnreadableInputError where the source as a whole cannot be read.
    """
    if isinstance(source, str):
        yield Item(pasted.read(source))
        return
    if len(source) > MAX_INPUT_BYTES:
        raise UnreadableInputError(
            f"This file is larger than {MAX_INPUT_BYTES // 1_000_000} MB. Save only the one mail, or paste its text.",
            code="too_large",
        )
    if archive.matches(source, filename):
        for entry in archive.entries(source, passwords=passwords):
            yield from _guarded(entry.name, entry.data, entry.error, passwords, seconds)
    elif mbox.matches(source):
        for message in mbox.split(source):
            yield from _guarded("", message, None, passwords, seconds)
    else:
        yield Item(_read_one(source, filename, passwords, seconds))


def _guarded(
    name: str, data: bytes, error: UnreadableInputError | None, passwords: Sequence[str], seconds: float
) -> Iterator[Item]:
    """Yield what one entry holds; that it cannot be read is said in its place and stops none of the others."""
    if error is not None:
        yield Item(None, error, name)
        return
    try:
        if name and mbox.matches(data):
            yield from (
                replace(item, name=name) for item in read_all(data, filename=name, passwords=passwords, seconds=seconds)
            )
        else:
            yield Item(_read_one(data, name or "mail.eml", passwords, seconds), name=name)
    except UnreadableInputError as unreadable:
        yield Item(None, unreadable, name)


def _read_one(data: bytes, filename: str | None, passwords: Sequence[str], seconds: float) -> Message:
    if pdf.matches(data, filename):
        return pdf.read(data, filename, passwords, seconds=seconds)
    if picture.matches(data, filename):
        return picture.read(data, filename, seconds=seconds)
    for matches, reader in _READERS:
        if matches(data, filename):
            return reader(data, filename)
    refuse_binary(data)
    return pasted.read_file(data)


def read(source: str | bytes, *, filename: str | None = None) -> Message:
    """Return the one message in pasted text or in the bytes of a file.

    Raises UnreadableInputError where nothing can be read, or where the file holds several messages.
    """
    items = read_all(source, filename=filename)
    first = next(items, Item(None))
    if first.error is not None:
        raise first.error
    if first.message is None:
        raise UnreadableInputError("There is no mail in this file. Choose another, or paste the text.", code="empty")
    if next(items, None) is not None:
        raise UnreadableInputError(
            "This file holds several mails. Save the one you mean as a file of its own, or use `scamcheck scan`.",
            code="several",
        )
    return first.message


def open_attachment(
    attachment: Attachment, passwords: Sequence[str] = (), *, seconds: float = MAX_PICTURE_SECONDS
) -> Iterator[Item]:
    """Yield what an attachment holds, messages with its file name. Raises UnreadableInputError where it is not read."""
    for item in read_all(attachment.data, filename=attachment.name, passwords=passwords, seconds=seconds):
        if item.message is None:
            yield item
            continue
        named = tuple(replace(part, name=part.name or item.name or attachment.name) for part in item.message.parts)
        yield replace(item, message=replace(item.message, parts=named, wrapping=Wrapping.ATTACHED))
