"""The messages of a mail, from the one that was sent to the innermost: forwards of forwards, quotations, bounces."""

from dataclasses import dataclass

from scamcheck.limits import MAX_LAYERS
from scamcheck.text.assemble import Text, assemble
from scamcheck.text.forwarded import unwrap
from scamcheck.types import Link, Message


@dataclass(frozen=True, slots=True)
class Layer:
    """One message of the chain, in one of its readings. `chain` leads from the outermost message to it.

    `source` is the message whose parts the text maps to. `around` is what the senders-on wrote around it.
    """

    source: Message
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
        found.append(Layer(message, text, chain, notes))
        for inner in unwrap(text.visible):
            chain = (*chain, Link(inner.wrapping, inner.subject, inner.sender, inner.date))
            notes = "\n\n".join(filter(None, (around, *(span.of(text.visible).strip() for span in inner.cover))))
            found.append(Layer(message, text.inner(inner.subject, inner.body), chain, notes))
    longest = max((text.visible for text in readings), key=len)
    for enclosed in message.enclosed:
        found += layers(enclosed, (*outer, link), "\n\n".join(filter(None, (around, longest.strip()))))
    return found[:MAX_LAYERS]


def _file_name(message: Message) -> str:
    return next((part.name for part in message.parts if part.name), "")
