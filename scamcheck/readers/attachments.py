"""The attachments of a mail, opened one after the other within a count and a time."""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scamcheck.errors import UnreadableInputError
from scamcheck.limits import (
    MAX_ATTACHMENTS,
    MAX_MAIL_SECONDS,
    MAX_MESSAGE_DEPTH,
    MAX_PICTURE_SECONDS,
    MAX_PICTURES,
)
from scamcheck.readers import open_attachment, picture
from scamcheck.types import Attachment, Message, Picture, Writing

_WORD = re.compile(r"\S{3,64}")
_MAX_PASSWORDS = 60
_BEFORE_PASSWORD = (":", "=", "-")


@dataclass(frozen=True, slots=True)
class Opened:
    """What the attachments hold: messages, the pictures among them, and what was not read."""

    messages: tuple[Message, ...] = ()
    pictures: tuple[Picture, ...] = ()
    defects: tuple[str, ...] = ()


def open_all(message: Message, texts: Sequence[str]) -> Opened:
    """Return what stands in the attachments of a message, of the messages in it, and in attachments of those.

    `texts` are searched for the password of a locked file: such mails give it along. Each attachment is read once.
    """
    until, seen = time.monotonic() + MAX_MAIL_SECONDS, set[str]()
    messages: list[Message] = []
    pictures: list[Picture] = []
    defects: list[str] = []
    passwords = find_passwords(texts)
    queue = [(attachment, 0) for attachment in _attachments(message)]
    while queue:
        attachment, depth = queue.pop(0)
        shown = f"{attachment.name} ({attachment.media_type})"
        is_picture = picture.matches(attachment.data, attachment.name)
        digest = attachment.sha256
        if digest in seen:
            continue
        full = len(seen) >= MAX_ATTACHMENTS or (is_picture and len(pictures) >= MAX_PICTURES)
        if full or depth > MAX_MESSAGE_DEPTH or time.monotonic() > until:
            defects.append(f"attachment not read: {shown}")
            if is_picture:
                pictures.append(_not_read(attachment))
            continue
        seen.add(digest)
        seconds = min(MAX_PICTURE_SECONDS, until - time.monotonic())
        try:
            for item in open_attachment(attachment, passwords, seconds=seconds):
                if item.message is None:
                    defects.append(f"attachment not read: {item.name}: {item.error}")
                    continue
                found = item.message
                pictures += found.pictures
                defects += found.defects
                if found.parts or found.subject or found.enclosed:
                    messages.append(found)
                queue += [(inner, depth + 1) for inner in _attachments(found)]
        except UnreadableInputError as error:
            defects.append(f"attachment not read: {shown}: {error}")
            if is_picture:
                pictures.append(_not_read(attachment))
    return Opened(tuple(messages), tuple(pictures), tuple(defects))


def left_closed(message: Message) -> Opened:
    """Return what is known of the attachments without opening them: which of them are pictures."""
    closed = [each for each in _attachments(message) if picture.matches(each.data, each.name)]
    return Opened(pictures=tuple(map(_not_read, closed)))


def _not_read(attachment: Attachment) -> Picture:
    return Picture(attachment.name, attachment.size, attachment.sha256, Writing.NOT_READ)


def _attachments(message: Message) -> Iterator[Attachment]:
    return (attachment for each in message.walk() for attachment in each.attachments)


def find_passwords(texts: Sequence[str]) -> list[str]:
    """Return the words of a mail that may be the password of its attachment, likely ones first.

    >>> find_passwords(["The password is: Tulip-44. Open the file."])[:2]
    ['Tulip-44', 'Tulip-44.']
    """
    likely: dict[str, None] = {}
    others: dict[str, None] = {}
    for text in texts:
        words = _WORD.findall(text[:20_000])
        for before, word in zip(["", *words], words, strict=False):
            bare = word.strip("\"'“”„«»()[]<>.,;:!?")
            digits = any(each.isdigit() for each in word)
            kind = likely if before.endswith(_BEFORE_PASSWORD) or digits else others
            kind.update(dict.fromkeys((bare, word.strip("\"'“”„«»"))))
    return [word for word in (*likely, *others) if word][:_MAX_PASSWORDS]
