"""Phone numbers and opening hours as the reader sees them."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, shortnumberinfo

from scamcheck.languages import Language


def phone_number(number: str, home: str, country: str, *, known_short: bool = False) -> tuple[str, str]:
    """Return a number of the country `home` as a reader in `country` dials it, and its `tel:` address (RFC 3966).

    At home it stands as it is written there; elsewhere in the international format of ITU-T E.123. A short number
    means something else in every country, so it is shown at home only. Both are empty where the number cannot be
    dialled or is not valid; `known_short` vouches for a short number that the phonenumbers library does not know.
    """
    try:
        parsed = phonenumbers.parse(number, home)
    except NumberParseException:
        return "", ""
    if phonenumbers.is_valid_number(parsed):
        link = "tel:" + phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
        abroad = phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)
        return number if country == home else abroad, link
    if country == home and (known_short or shortnumberinfo.is_valid_short_number_for_region(parsed, home)):
        return number, "tel:" + phonenumbers.normalize_digits_only(number)
    return "", ""


def opening_hours(source: str, words: Language) -> str:
    """Return opening hours in words, `source` being as in the records: "mon-fri 9:00-12:00; wed 13:00-16:00"."""
    return "; ".join(" ".join(_part(part, words)) for part in source.split("; ") if part)


def _part(part: str, words: Language) -> list[str]:
    shown: list[str] = []
    for word in part.split():
        if word == "no_holidays":
            shown[-1] += ","
        shown.append(_one(word, words))
    return shown


def _one(word: str, words: Language) -> str:
    if word in ("always", "daily", "no_holidays"):
        return words.text(f"hours.{word}")
    if ":" in word:
        start, end = (_time(time, words) for time in word.split("-"))
        return words.text("hours.span").replace("{start}", start).replace("{end}", end)
    if "-" in word:
        first, last = (words.text(f"hours.{day}") for day in word.split("-"))
        return words.text("hours.days").replace("{first}", first).replace("{last}", last)
    return ", ".join(words.text(f"hours.{day}") for day in word.split(","))


def _time(time: str, words: Language) -> str:
    hour, minute = time.split(":")
    return words.text("hours.time").replace("{hour}", hour).replace("{minute}", minute)
