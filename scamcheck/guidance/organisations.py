"""Who helps: one record an organisation, as the reader of one language sees it.

Source of the facts: the pages named under `seen_at` in organisations.toml, collected on `checked_on`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

OFFICIAL, THIRD_PARTY, NONE = "official", "third_party", "none"


@dataclass(frozen=True, slots=True)
class Contact:
    """An organisation for one reader. A field that nobody has seen on a page is empty.

    `third_party` names the fields that were seen on another page than the organisation's own; a note says so.
    """

    id: str
    name: str
    purpose: str
    phone: str
    email: str
    url: str
    hours: str
    third_party: tuple[str, ...]
    checked_on: str


@cache
def load_organisations() -> Mapping[str, Mapping[str, Any]]:
    """Return the records by id."""
    source = files("scamcheck.guidance").joinpath("organisations.toml").read_text(encoding="utf-8")
    table: dict[str, Mapping[str, Any]] = tomllib.loads(source)
    return table


def _in_language(value: Any, language: str) -> str:
    return str(value.get(language, "")) if isinstance(value, Mapping) else str(value or "")


def contact(organisation: str, language: str) -> Contact:
    """Return an organisation as a reader of `language` sees it."""
    record = load_organisations()[organisation]
    fields: dict[str, str] = {}
    third_party = []
    for name in ("phone", "email", "url", "hours"):
        value = _in_language(record.get(name), language)
        status = _in_language(record["status"].get(name, NONE), language) or NONE
        fields[name] = value if status in (OFFICIAL, THIRD_PARTY) else ""
        if fields[name] and status == THIRD_PARTY:
            third_party.append(name)
    return Contact(
        id=organisation,
        name=_in_language(record["name"], language),
        purpose=_in_language(record["purpose"], language),
        third_party=tuple(third_party),
        checked_on=str(record["checked_on"]),
        **fields,
    )
