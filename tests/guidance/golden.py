"""The golden files: what every situation says in every language, and whom it names in every country.

They are made to be read and corrected by people who do not program: correct a sentence in
scamcheck/languages/<code>.guidance.toml, then write the files anew with `python -m tests.guidance.golden`.
"""

import textwrap
from collections.abc import Iterator
from pathlib import Path

from scamcheck.guidance import SITUATIONS, Contact, guide_case
from scamcheck.languages import load_language
from tests.guidance.cases import READY

FOLDER = Path(__file__).with_name("golden")
COUNTRIES = ("BE", "NL", "FR", "DE", "GB", "US", "XX")
LANGUAGES = tuple(code for code in ("nl", "fr", "de", "en") if code in READY)


def _wrapped(text: str, lead: str) -> str:
    return textwrap.fill(text, 110, initial_indent=lead, subsequent_indent=" " * len(lead), break_on_hyphens=False)


def _name(contact: Contact | None) -> str:
    if contact is None:
        return "-"
    reach = contact.phone_text or contact.email or contact.url
    return f"{contact.name}: {reach}" if reach else contact.name


def advice(language: str) -> Iterator[str]:
    """Yield what the situations say, as in Belgium; `==` marks where the contacts stand on the page."""
    words = load_language(language)
    for key, case in SITUATIONS.items():
        guidance = guide_case(case, country="BE", language=language)
        yield f"[{key}] {words.text(f'situations.{key}')}"
        yield _wrapped(guidance.headline, "  # ")
        yield _wrapped(guidance.text, "    ")
        if guidance.question:
            yield _wrapped(guidance.question, "  ? ")
            yield from (_wrapped(route, "  > ") for route in guidance.routes)
        for number, step in enumerate(guidance.steps, 1):
            yield _wrapped(step, f"{number:3} ")
            if number == guidance.first_steps:
                yield "  =="
        yield ""


def contacts(language: str, country: str) -> Iterator[str]:
    """Yield whom the situations name in a country, and to whom a mail is reported there."""
    for key, case in SITUATIONS.items():
        guidance = guide_case(case, country=country, language=language)
        yield f"[{key}]"
        yield from (f"    {_name(contact)}" for contact in guidance.contacts)
        yield f"  ! {_name(guidance.crisis)} | {_name(guidance.danger)}"
        yield ""


def files() -> Iterator[tuple[Path, str]]:
    """Yield the golden files with the text that they must have."""
    for language in LANGUAGES:
        yield FOLDER / language / "advice.txt", "\n".join(advice(language))
        for country in COUNTRIES:
            yield FOLDER / language / f"contacts-{country}.txt", "\n".join(contacts(language, country))


def main() -> None:
    """Write all golden files anew."""
    for path, text in files():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
