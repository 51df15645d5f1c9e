"""The reply of a helpdesk to who reported a message: a short mail in plain text.

It holds nothing of the message itself, neither the sender's contacts nor the reader's data: it is made from the
guidance alone, and so keeps to its rule.
"""

import textwrap
from collections.abc import Iterator, Mapping

from scamcheck.guidance import Contact, Guidance
from scamcheck.guidance.advice import count_words
from scamcheck.guidance.contacts import served
from scamcheck.guidance.organisations import Role
from scamcheck.languages import Language, load_language
from scamcheck.report.text import contact_line

MAX_REPLY_WORDS = 200
"""Words before the contacts. More is not read by somebody who is frightened."""

MAX_REPLY_STEPS = 6
MAX_REPLY_CONTACTS = 4
"""Services besides the crisis line."""

_WIDTH = 76  # RFC 5322 section 2.1.1 asks for 78 at most; some room for the mark of a quotation
_MAX_SERVICE = 80
_URGENT = ("despair", "danger_near")
_NAMES_A_SERVICE: Mapping[str, tuple[Role, ...]] = {
    "young_call": (Role.CHILD, Role.YOUNG_TALK),
    "helper_parent": (Role.CHILD, Role.YOUNG_TALK),
    "minor": (Role.CHILD,),
    "takedown": (Role.TAKEDOWN_ADULT,),
    "takedown_young": (Role.TAKEDOWN_MINOR,),
}
"""Steps that point at a service below them: they are left out where it is not among the contacts."""


def reply(guidance: Guidance, *, service: str = "") -> str:
    """Return the reply as the text of a mail, its subject in the first line.

    `service` is the name it is signed with; without one a placeholder says what to fill in.
    """
    words = load_language(guidance.language)
    contacts = _contacts(guidance)
    opening = list(_opening(guidance, words))
    ending = words.text("reply.no_reopen")
    room = MAX_REPLY_WORDS - sum(map(count_words, (*opening, ending, words.text("ui.what_now"))))
    steps = _steps(guidance, words, contacts, room)
    crisis = _crisis(guidance)
    first = crisis if guidance.situation in _URGENT else []
    last = [] if first else crisis
    signed = " ".join("".join(char if char.isprintable() else " " for char in service).split())[:_MAX_SERVICE]
    blocks = [
        f"Subject: {words.text('reply.subject')}",
        words.text("reply.greeting"),
        *opening,
        *first,
        words.text("ui.what_now") + ":",
        "\n".join(_filled(step, f"{number}. ") for number, step in enumerate(steps, 1)),
        ending,
        *_named(contacts, words),
        *filter(None, (guidance.no_contact_note,)),
        *last,
        *_note(guidance, contacts, len(crisis)),
        f"{words.text('reply.closing')}\n{signed or words.text('reply.signature')}",
    ]
    return "\n\n".join(block if "\n" in block else _filled(block) for block in blocks) + "\n"


def _opening(guidance: Guidance, words: Language) -> Iterator[str]:
    """Yield the first paragraphs: what this is, and while it is open the question with both ways."""
    yield words.text("reply.thanks")
    yield guidance.headline
    own, known = f"reply.texts.{guidance.situation}", words.keys()
    if own in known:
        yield words.text(own)
    elif not guidance.question:
        yield guidance.text
    if guidance.question:
        yield words.text("reply.first_question")
        yield guidance.question
        yield "\n".join(_filled(route, "- ") for route in guidance.routes)


def _steps(guidance: Guidance, words: Language, contacts: list[Contact], room: int) -> list[str]:
    """Return the first steps that fit in so many words, as a mail says them; never to pay is always one of them."""
    never = words.text("steps.never_pay")
    shown = {contact.id for contact in contacts}
    left = room - count_words(never) - 1  # its number is read as well
    instead = _instead(words)
    steps: list[str] = []
    for step in guidance.steps:
        key, text = instead.get(step, ("", step))
        roles = _NAMES_A_SERVICE.get(key, ())
        served_by = {each.id for role in roles for each in served(role, guidance.country, guidance.language)}
        if roles and not served_by & shown:
            continue
        if step != never:
            cost = count_words(text) + 1
            if cost > left or len(steps) >= MAX_REPLY_STEPS - (never not in steps):
                continue
            left -= cost
        steps.append(text)
    return steps


def _instead(words: Language) -> dict[str, tuple[str, str]]:
    """Return the steps that speak of a page, each with its key and how a mail says it."""
    known = words.keys()
    keys = [key.removeprefix("reply.steps.") for key in known if key.startswith("reply.steps.")]
    return {words.text(f"steps.{key}"): (key, words.text(f"reply.steps.{key}")) for key in keys}


def _contacts(guidance: Guidance) -> list[Contact]:
    """Return the services to name, without those that the last paragraphs name."""
    apart = {guidance.crisis.id, guidance.danger.id}
    return [contact for contact in guidance.contacts if contact.id not in apart][:MAX_REPLY_CONTACTS]


def _named(contacts: list[Contact], words: Language) -> Iterator[str]:
    if contacts:
        yield words.text("ui.who_helps") + ":"
        yield "\n".join(_filled(contact_line(contact), "- ") for contact in contacts)


def _crisis(guidance: Guidance) -> list[str]:
    """Return the crisis line, and where somebody may be in danger the emergency number as well."""
    lines = [f"{guidance.crisis_text} {contact_line(guidance.crisis)}"]
    danger = f"{guidance.danger_text} {contact_line(guidance.danger)}"
    if guidance.situation == "danger_near":
        return [danger, *lines]
    return [*lines, danger] if guidance.real_case or guidance.situation in _URGENT else lines


def _note(guidance: Guidance, contacts: list[Contact], paragraphs: int) -> Iterator[str]:
    apart = (guidance.crisis, guidance.danger)[:paragraphs]
    if any(each.third_party for each in (*contacts, *apart)):
        yield f"(*) {guidance.third_party_note}"


def _filled(text: str, lead: str = "") -> str:
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )
