"""Whom to name for a case: roles in the order of their use, and for each the first service of the country."""

from collections.abc import Iterable, Iterator
from functools import cache

from scamcheck.guidance.answers import Done, How, ImageShared, Mine, Minor, Urgent
from scamcheck.guidance.organisations import Contact, Role, serving
from scamcheck.guidance.situations import MAY_BE_REAL, Case

served = cache(serving)
"""`serving`, remembered: a page asks for the same few roles again and again."""

ELSEWHERE = "XX"
"""The country of a reader for whose country no services are known (ISO 3166-1 leaves XX to its users)."""

MAX_CONTACTS = 8
"""Services on one page, besides the crisis line and the emergency number."""

MAX_URGENT_CONTACTS = 4
"""Services on the page of a reader in danger or despair: one call, and what can come after it."""

_OPEN = (Role.CHILD, Role.POLICE, Role.ADULT_IMAGES)
_ANY_AGE = (
    *(Role.CHILD, Role.POLICE, Role.ADULT_IMAGES, Role.TAKEDOWN_ADULT, Role.TAKEDOWN_MINOR),
    *(Role.VICTIM_SUPPORT, Role.YOUNG_TALK),
)
_ADULT = (Role.ADULT_IMAGES, Role.POLICE, Role.VICTIM_SUPPORT, Role.TAKEDOWN_ADULT, Role.LEGAL_FIRST)
_YOUNG = (Role.CHILD, Role.YOUNG_TALK, Role.POLICE, Role.TAKEDOWN_MINOR)


def helping(roles: Iterable[Role], country: str, language: str, *, each: int = 1) -> tuple[Contact, ...]:
    """Return the first services for each role, none twice. Roles that nobody is known for are left out."""
    found: dict[str, Contact] = {}
    for role in roles:
        for contact in served(role, country, language)[:each]:
            found.setdefault(contact.id, contact)
    return tuple(found.values())


def contacts(case: Case, country: str, language: str) -> tuple[Contact, ...]:
    """Return the services for a case, the most useful first, as many as fit on a page."""
    most = MAX_URGENT_CONTACTS if case.answers.urgent else MAX_CONTACTS
    return helping(_roles(case), country, language)[:most]


def _roles(case: Case) -> Iterator[Role]:
    answers = case.answers
    if Urgent.DESPAIR in answers.urgent:
        yield Role.CRISIS
    if Urgent.DANGER in answers.urgent:
        yield Role.EMERGENCY
    if answers.young:
        is_mail_only = answers.image_shared is ImageShared.NO and not answers.real
        yield from _YOUNG[:2] if is_mail_only else _YOUNG
        yield from _extra(case)
        if not answers.real:
            yield Role.REPORT_MAIL
    elif answers.real:
        base = _ADULT if answers.minor is Minor.NO else _ANY_AGE
        yield from (*base[:2], *_extra(case), *base[2:])
    elif answers.clear:
        if case.verdict in MAY_BE_REAL:
            yield from _ANY_AGE
        if answers.done & {Done.PAID, Done.GAVE_ACCESS}:
            yield from _extra(case)
        yield Role.REPORT_MAIL
        yield from _extra(case)
    else:
        in_doubt = case.verdict in MAY_BE_REAL or bool(answers.urgent)
        yield from (*_OPEN, Role.VICTIM_SUPPORT, Role.REPORT_MAIL) if in_doubt else (Role.REPORT_MAIL, *_OPEN)
        yield from _extra(case)


def _extra(case: Case) -> Iterator[Role]:
    """Yield the roles that single answers add."""
    answers = case.answers
    if answers.done & {Done.PAID, Done.GAVE_ACCESS}:
        yield from (Role.BANK_BLOCK, Role.POLICE)
    if answers.known_person or How.PARTNER in answers.how:
        yield Role.PARTNER_VIOLENCE
    if answers.online:
        yield from (Role.ONLINE_REMOVAL, Role.SEARCH_TOOLS)
    if answers.fee_offer or answers.police_letter or Done.PAID in answers.done:
        yield from (Role.COMPLAINT, Role.POLICE)
    if answers.mine & {Mine.PASSWORD, Mine.PASSWORD_STILL_USED}:
        yield Role.BREACH_CHECK
    if answers.mine & {Mine.ADDRESS, Mine.HOUSE_PHOTO}:
        yield Role.POLICE
