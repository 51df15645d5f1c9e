"""The golden files: what `scamcheck check` prints of mails that we wrote, for people who do not program to read.

Correct a sentence in scamcheck/languages/<code>.explain.toml (or the file it comes from), then write the files anew
with `python -m tests.report.golden`.
"""

from collections.abc import Iterator
from pathlib import Path

from scamcheck.guidance import Answers, ImageShared, guide
from scamcheck.report.text import MAX_WIDTH, render
from tests.report.made import MAILS, reasons

FOLDER = Path(__file__).with_name("golden")
LANGUAGES = ("en", "nl")
ANSWERED = (("mass", ImageShared.NO), ("contacts", ImageShared.NO), ("forwarded", ImageShared.YES))


def files() -> Iterator[tuple[Path, str]]:
    """Yield the golden files with the text that they must have: every mail before an answer, some after one."""
    for language in LANGUAGES:
        for name, image in (*((name, ImageShared.UNANSWERED) for name in MAILS), *ANSWERED):
            given = MAILS[name]
            guidance = guide(given, Answers(image), country="BE", language=language)
            ending = "" if image is ImageShared.UNANSWERED else f"-{image}"
            path = FOLDER / language / f"{name}{ending}.txt"
            yield path, render(given, guidance, reasons(given), width=MAX_WIDTH)


def main() -> None:
    """Write all golden files anew."""
    for path, text in files():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
