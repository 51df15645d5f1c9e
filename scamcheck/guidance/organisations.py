"""Who helps: one record an organisation, as the reader of one language in one country sees it.

The records stand in organisations/<country>.toml, where README.md says what each field means; every fact there names
the page on which it was seen. A field with the status none never leaves this module.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from scamcheck.guidance.reach import opening_hours, phone_number
from scamcheck.languages import Language, load_language

OFFICIAL, THIRD_PARTY, NONE = "official", "third_party", "none"

_EVERYWHERE = ("EU", "INT")
_MANY_LANGUAGES = "mul"


class Role(StrEnum):
    """What an organisation is named for."""

    REPORT_MAIL = "report_mail"
    POLICE = "police"
    EMERGENCY = "emergency"
    CRISIS = "crisis"
    CHILD = "child"
    YOUNG_TALK = "young_talk"
    ADULT_IMAGES = "adult_images"
    TAKEDOWN_ADULT = "takedown_adult"
    TAKEDOWN_MINOR = "takedown_minor"
    ONLINE_REMOVAL = "online_removal"
    VICTIM_SUPPORT = "victim_support"
    LEGAL_FIRST = "legal_first"
    LEGAL_SECOND = "legal_second"
    JUSTICE_HOUSE = "justice_house"
    BANK_BLOCK = "bank_block"
    PARTNER_VIOLENCE = "partner_violence"
    CLUB_INTEGRITY = "club_integrity"
    MEDIA_INFO = "media_info"
    BREACH_CHECK = "breach_check"
    COMPLAINT = "complaint"
    SEARCH_TOOLS = "search_tools"


@dataclass(frozen=True, slots=True)
class Contact:
    """An organisation for one reader. A field that nobody has seen on a page is empty.

    `phone_text` is the number as the reader dials it, `phone_link` its `tel:` address (RFC 3966); both are empty for a
    short number of another country. `purpose` says what they do for the reader, `remark` what to mind, `spoken` which
    languages they speak, where the reader's is not among them. `third_party` names the fields that were seen on
    another page than the organisation's own; a note says so. Dates are ISO 8601: `collected_on` is the day the facts
    were collected, which is no check; `checked_on` is empty until somebody has called.
    """

    id: str
    country: str
    name: str
    purpose: str
    phone_text: str
    phone_link: str
    email: str
    url: str
    hours: str
    cost: str
    remark: str
    spoken: str
    languages: tuple[str, ...]
    third_party: tuple[str, ...]
    collected_on: str
    checked_on: str


@cache
def load_organisations() -> Mapping[str, Mapping[str, Any]]:
    """Return the records by id, each with the `country` of its file."""
    folder = files("scamcheck.guidance").joinpath("organisations")
    records: dict[str, Mapping[str, Any]] = {}
    for source in sorted(folder.iterdir(), key=lambda entry: entry.name):
        country, dot, kind = source.name.partition(".")
        if dot and kind == "toml":
            table = tomllib.loads(source.read_text(encoding="utf-8"))
            records |= {name: {**record, "country": country} for name, record in table.items()}
    return records


@cache
def countries() -> tuple[str, ...]:
    """Return the ISO 3166-1 codes of the countries with services of their own, in alphabetical order."""
    found = {str(record["country"]) for record in load_organisations().values()}
    return tuple(sorted(found.difference(_EVERYWHERE)))


def serving(role: Role, country: str, language: str) -> tuple[Contact, ...]:
    """Return who serves a role in a country, the most useful first: those that speak the language, then the others.

    International services follow those of the country, unless they share a number. One that stands in for a missing
    service comes only where there is no other, never one of another country. For an emergency and a crisis somebody is
    always named; where no number was seen, that contact has none and its purpose says where to go. Raises
    LanguageError where the language is not there.
    """
    found = list(_choose("roles", role, country, language)) or list(_choose("fallback", role, country, language))
    numbers: set[str] = set()
    contacts = []
    for name in found:
        one = _contact(name, role, language, country)
        if not one.phone_link or one.phone_link not in numbers:
            contacts.append(one)
        numbers.add(one.phone_link)
    return tuple(contacts)


def contact(organisation: str, language: str, country: str | None = None) -> Contact:
    """Return an organisation by its id, for a reader in its own country where none is given.

    Raises KeyError where there is no such record, LanguageError where the language is not there.
    """
    record = load_organisations()[organisation]
    role = Role([*record.get("roles", []), *record.get("fallback", [])][0])
    return _contact(organisation, role, language, country or record["country"])


def _choose(field: str, role: Role, country: str, language: str) -> Iterator[str]:
    """Yield the ids of the records that name the role under the field, those of the country first."""
    for home in dict.fromkeys((country, *_EVERYWHERE)):
        fitting = [
            (name, record)
            for name, record in load_organisations().items()
            if record["country"] == home
            and role in record.get(field, ())
            and country in record.get("countries", (country,))
        ]
        fitting.sort(key=lambda each: (each[1].get("last", False), not _speaks(each[1], language)))
        yield from (name for name, _ in fitting)


def _speaks(record: Mapping[str, Any], language: str) -> bool:
    return language in record["languages"] or _MANY_LANGUAGES in record["languages"]


def _seen(record: Mapping[str, Any], field: str, language: str) -> tuple[str, str]:
    """Return a field in the reader's language, or English, or whichever there is, and how it is known."""
    value, status = record.get(field, ""), record["status"].get(field, NONE)
    by_language = status if isinstance(status, Mapping) else {}
    if by_language.get(language) == NONE:
        return "", NONE
    values = value if isinstance(value, Mapping) else {language: value}
    for code in (language, "en", *values):
        known = str(by_language.get(code, NONE) if by_language else status)
        if values.get(code) and known in (OFFICIAL, THIRD_PARTY):
            return str(values[code]), known
    return "", NONE


def _contact(organisation: str, role: Role, language: str, country: str) -> Contact:
    record, words = load_organisations()[organisation], load_language(language)
    shown = {field: _seen(record, field, language) for field in ("phone", "email", "url", "hours")}
    home = country if record["country"] in _EVERYWHERE else str(record["country"])
    text, link = phone_number(shown["phone"][0], home, country, known_short="valid_by" in record)
    if not link:
        shown["phone"] = ("", NONE)
    name = record["name"]
    return Contact(
        id=organisation,
        country=str(record["country"]),
        name=str(name.get(language, name["en"]) if isinstance(name, Mapping) else name),
        purpose=words.text(f"services.{record['purpose']}" if "purpose" in record else f"roles.{role}"),
        phone_text=text,
        phone_link=link,
        email=shown["email"][0],
        url=shown["url"][0],
        hours=opening_hours(shown["hours"][0], words),
        cost=_cost(record, words),
        remark=words.text(f"notes.{record['remark']}") if "remark" in record else "",
        spoken=_spoken(record, words),
        languages=tuple(record["languages"]),
        third_party=tuple(field for field, (_, known) in shown.items() if known == THIRD_PARTY),
        collected_on=str(record["collected_on"]),
        checked_on=str(record.get("checked_on", "")),
    )


def _cost(record: Mapping[str, Any], words: Language) -> str:
    keys = ([record["cost"]] if "cost" in record else []) + (["anonymous"] if record.get("anonymous") else [])
    return ", ".join(words.text(f"costs.{key}") for key in keys)


def _spoken(record: Mapping[str, Any], words: Language) -> str:
    if not record["languages"] or _speaks(record, words.code):
        return ""
    names = ", ".join(words.text(f"tongues.{code}") for code in record["languages"])
    return words.text("notes.speaks").replace("{languages}", names)
