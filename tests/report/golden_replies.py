"""The golden files: the reply of a helpdesk in every situation, for people who do not program to read and correct.

Correct a sentence in scamcheck/languages/<code>.report.toml (or <code>.guidance.toml, where the advice stands), then
write the files anew with `python -m tests.report.golden_replies`.
"""

from collections.abc import Iterator
from pathlib import Path

from scamcheck.guidance import SITUATIONS, guide_case
from scamcheck.languages import load_language
from scamcheck.report.reply import reply

FOLDER = Path(__file__).with_name("golden_replies")
LANGUAGES = ("en", "nl", "fr", "de")
_RULE = "=" * 76


def replies(language: str) -> Iterator[str]:
    """Yield the reply of every situation as in Belgium, under the name of the situation."""
    words = load_language(language)
    for key, case in SITUATIONS.items():
        yield f"{_RULE}\n[{key}] {words.text(f'situations.{key}')}\n{_RULE}\n"
        yield reply(guide_case(case, country="BE", language=language))


def files() -> Iterator[tuple[Path, str]]:
    """Yield the golden files with the text that they must have."""
    for language in LANGUAGES:
        yield FOLDER / f"{language}.txt", "\n".join(replies(language))


def main() -> None:
    """Write all golden files anew."""
    FOLDER.mkdir(exist_ok=True)
    for path, text in files():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
