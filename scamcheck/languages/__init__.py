"""The words of each language, in TOML files.

`<code>.toml` holds the texts of the interface, `<code>.indicators.toml` what is said of each indicator,
`<code>.guidance.toml` the advice, `<code>.contacts.toml` what the organisations do for the reader, `<code>.report.toml`
what is printed or sent, `<code>.cues.toml` the stems by which a mail's concepts are found.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from scamcheck.errors import LanguageError

_TEXTS = ("", ".indicators", ".guidance", ".contacts", ".report", ".explain")

LANGUAGES: tuple[str, ...] = ("en", "nl", "fr", "de", "es", "it", "pt", "pl")
"""ISO 639-1 codes of the languages of the interface, in the order of every language list."""

MAIL_LANGUAGES: tuple[str, ...] = (
    *LANGUAGES,
    *("cs", "sk", "hu", "ro", "sv", "da"),
    *("nb", "fi", "el", "tr", "ru", "uk", "ja", "ko", "zh", "ar"),
)
"""The languages whose mails are recognised: each has cue stems here and a folder in data/."""


def _is_tagged(found: Any) -> bool:
    """Return whether a value is one text with a tag, as in `{ text = "...", asserts = "bluff" }`."""
    return isinstance(found, Mapping) and found.keys() == {"text", "asserts"}


class Language:
    """The words of one language."""

    def __init__(self, code: str, table: Mapping[str, Any]) -> None:
        self.code = code
        self._table = table

    @property
    def name(self) -> str:
        """The language's own name for itself."""
        return self.text("name")

    @property
    def alphabet(self) -> frozenset[str]:
        """The letters beyond a to z that the language writes, in lower case."""
        return frozenset(self.text("alphabet"))

    def text(self, key: str) -> str:
        """Return the text under a dotted key. Raises LanguageError where it is missing."""
        found = self._find(key)
        if _is_tagged(found):
            found = found["text"]
        if not isinstance(found, str):
            raise LanguageError(f"The text {key!r} is missing in languages/{self.code}*.toml. Add it there.")
        return found

    def asserts(self, key: str) -> str:
        """Return what the text under a dotted key asserts ("bluff"), or "" where it carries no such tag."""
        found = self._find(key)
        return str(found["asserts"]) if _is_tagged(found) else ""

    def keys(self) -> set[str]:
        """Return the dotted keys of all texts."""

        def walk(table: Mapping[str, Any], prefix: str) -> set[str]:
            keys: set[str] = set()
            for key, value in table.items():
                inner = isinstance(value, dict) and not _is_tagged(value)
                keys |= walk(value, f"{prefix}{key}.") if inner else {prefix + key}
            return keys

        return walk(self._table, "")

    def _find(self, key: str) -> Any:
        found: Any = self._table
        for step in key.split("."):
            found = found.get(step) if isinstance(found, Mapping) else None
        return found


@cache
def load_language(code: str) -> Language:
    """Return the words of a language. Raises LanguageError where scamcheck does not speak it."""
    if code not in LANGUAGES:
        raise LanguageError(f"The language {code!r} is not there yet. Choose one of: {', '.join(LANGUAGES)}.")
    folder = files("scamcheck.languages")
    table: dict[str, Any] = {}
    for kind in _TEXTS:
        table |= tomllib.loads(folder.joinpath(f"{code}{kind}.toml").read_text(encoding="utf-8"))
    return Language(code, table)


@dataclass(frozen=True, slots=True)
class Units:
    """How a language writes spans of time: stems of hour and day, and numbers as words ("two days")."""

    hours: Sequence[str]
    days: Sequence[str]
    numbers: Mapping[str, int]


@cache
def _cue_table(code: str) -> Mapping[str, Any]:
    return tomllib.loads(files("scamcheck.languages").joinpath(f"{code}.cues.toml").read_text(encoding="utf-8"))


@cache
def load_cues(code: str) -> Mapping[str, Sequence[str]]:
    """Return the cue stems of a mail language by concept, in the syntax of `scamcheck.features.concepts`."""
    table: Mapping[str, Sequence[str]] = _cue_table(code)["cues"]
    return table


@cache
def load_units(code: str) -> Units:
    """Return how a mail language writes spans of time."""
    return Units(**_cue_table(code)["units"])
