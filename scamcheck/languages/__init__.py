"""One TOML file a language: the cues of the indicators and every text that a person reads."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from scamcheck.errors import LanguageError

LANGUAGES: tuple[str, ...] = ("en", "nl", "fr", "de")
"""ISO 639-1 codes, in the order of every language list."""


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

    @property
    def number_words(self) -> Mapping[str, int]:
        """Numbers that mails write as words ("two days")."""
        table: Mapping[str, int] = self._table["number_words"]
        return table

    def cues(self, name: str) -> list[str]:
        """Return the cue patterns of an indicator, in the syntax of `scamcheck.features.cues`."""
        cues: list[str] = self._table["cues"].get(name, [])
        return cues

    def cue_names(self) -> set[str]:
        """Return the names of all cue lists."""
        return set(self._table["cues"])

    def text(self, key: str) -> str:
        """Return the text under a dotted key. Raises LanguageError where it is missing."""
        found = self._find(key)
        if not isinstance(found, str):
            raise LanguageError(f"The text {key!r} is missing in languages/{self.code}.toml. Add it there.")
        return found

    def keys(self) -> set[str]:
        """Return the dotted keys of all texts (cues and numbers, which differ between languages, left out)."""

        def walk(table: Mapping[str, Any], prefix: str) -> set[str]:
            keys: set[str] = set()
            for key, value in table.items():
                keys |= walk(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key}
            return keys

        return walk({key: value for key, value in self._table.items() if key not in ("cues", "number_words")}, "")

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
    source = files("scamcheck.languages").joinpath(f"{code}.toml").read_text(encoding="utf-8")
    return Language(code, tomllib.loads(source))
