"""The messages of a mail, from the one that was sent to the innermost: forwards of forwards, quotations, bounces."""

from dataclasses import dataclass, replace

from scamcheck.limits import MAX_LAYERS
from scamcheck.text.assemble import Text, assemble
from scamcheck.text.forwarded import Inner, unwrap
from scamcheck.types import Link, Message


@dataclass(frozen=True, slots=True)
class Layer:
    """One message of the chain, in one of its readings. `chain` leads from the outermost message to it.

    `source` is the message whose parts the text maps to; `headers` is the same with the header fields of this layer:
    of a message that stands in the text of another only what is written there is known. `around` is what the
    senders-on wrote around it.
    """

    source: Message
    headers: Message
    text: Text
    chain: tuple[Link, ...]
    around: str = ""


def layers(message: Message, outer: tuple[Link, ...] = (), around: str = "") -> list[Layer]:
    """Return every layer of a message, outer ones before inner ones, at most `MAX_LAYERS`; at least one."""
    found: list[Layer] = []
    link = Link(message.wrapping, message.subject, message.sender, message.date, _file_name(message))
    readings = assemble(message)
    for text in readings:
        chain, notes = (*outer, link), around
        found.append(Layer(message, message, text, chain, notes))
        for inner in unwrap(text.visible):
            chain = (*chain, Link(inner.wrapping, inner.subject, inner.sender, inner.date))
            notes = "\n\n".join(filter(None, (around, *(span.of(text.visible).strip() for span in inner.cover))))
            headers = _headers(message, inner)
            found.append(Layer(message, headers, text.inner(inner.subject, inner.body), chain, notes))
    longest = max((text.visible for text in readings), key=len)
    for enclosed in message.enclosed:
        found += layers(enclosed, (*outer, link), "\n\n".join(filter(None, (around, longest.strip()))))
    return found[:MAX_LAYERS]


def _headers(message: Message, inner: Inner) -> Message:
    """Return the message with the header fields of one in its text; what servers said is of the outer one alone."""
    return replace(
        message,
        subject=inner.subject,
        sender=inner.sender,
        recipients=inner.recipients,
        date=inner.date,
        reply_to=inner.reply_to,
        submitter="",
        return_path="",
        list_id="",
        authentication=(),
    )


def _file_name(message: Message) -> str:
    return next((part.name for part in message.parts if part.name), "")
