"""Names of countries, as the reader's language has them."""

from functools import cache

from scamcheck.guidance.organisations import countries
from scamcheck.languages import load_language

ELSEWHERE = "XX"
"""The code for every country that no services are known of (ISO 3166-1 leaves it to its users)."""


@cache
def country_name(country: str, language: str) -> str:
    """Return the name of a country, in English where the source has none in the language.

    Source of the names: the locale data of the phonenumbers package, which come from the Unicode CLDR.
    """
    if country == ELSEWHERE:
        return load_language(language).text("ui.other_country")
    from phonenumbers.geodata.locale import LOCALE_DATA

    names = LOCALE_DATA[country]
    name = names.get(language, names["en"])
    while name.startswith("*"):  # the same as in another language
        name = names[name[1:]]
    return str(name)


def likely_country(locale: str) -> str:
    """Return the country of a browser's locale ("nl-BE"), `ELSEWHERE` where none is said or known."""
    region = locale.partition("-")[2].partition("-")[0].upper()
    return region if region in countries() else ELSEWHERE
