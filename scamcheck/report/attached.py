"""The text of a message as a report attaches it: what each part shows, without files that are written as letters."""

import re
from collections.abc import Callable, Iterator

from scamcheck.languages import Language
from scamcheck.limits import MAX_PRINTED_MAIL
from scamcheck.report.document import Block, Heading, Paragraph, Quote, Style, lines
from scamcheck.report.facts import fill
from scamcheck.text.visible import read_html
from scamcheck.types import Assessment, Message, Part

_MIN_LINES = 3
_MAX_SECRET = 1_000  # characters; passwords, addresses and names are shorter by far
_LONG_WORD = re.compile(r"[A-Za-z0-9+/=_%-]{300,}")
_BASE64_LINE = re.compile(r"[ \t>]{0,20}[A-Za-z0-9+/]{44,}={0,2}[ \t]{0,20}")  # RFC 2045 section 6.8: 76 a line
_UU_LINE = re.compile(r"[ \t>]{0,20}M[ -`]{60}[ \t]{0,20}")  # POSIX uuencode: 45 bytes a line
_LETTERS_OF_LINE = 44


def attached(assessment: Assessment, message: Message, words: Language, hide: Callable[[str], str]) -> Iterator[Block]:
    """Yield the text parts of a message and of those in it, at most `MAX_PRINTED_MAIL` characters in all."""
    yield Heading(words.text("report.message_text"))
    left = MAX_PRINTED_MAIL
    parts = [part for each in message.walk() for part in each.parts]
    for number, part in enumerate(parts, 1):
        name = f" ({hide(part.name)})" if part.name else ""
        yield Paragraph(f"{fill(words.text('report.part'), number=number)}{name}, {part.media_type}", Style.STRONG)
        text = without_files(_shown(part), words)
        yield Quote(_start(text, left, hide))
        left -= len(text)
        if left <= 0:
            yield Paragraph(words.text("report.cut"), Style.NOTE)
            return
    if assessment.hidden_text:
        yield Paragraph(words.text("report.hidden"), Style.STRONG)
        yield Quote(_start(without_files(assessment.hidden_text, words), left, hide))
        if len(assessment.hidden_text) > left:
            yield Paragraph(words.text("report.cut"), Style.NOTE)


def _start(text: str, length: int, hide: Callable[[str], str]) -> str:
    """Return the first characters of a text; one of the reader's own data that is cut by the end is masked as well."""
    return hide(text[: length + _MAX_SECRET])[:length]


def _shown(part: Part) -> str:
    """Return what a part shows. Of HTML it is not the source: pictures can stand in it."""
    return read_html(part.source).shown.text if part.media_type == "text/html" else part.source


def without_files(text: str, words: Language) -> str:
    """Return a text without the files that stand in it as letters (Base64, uuencode): they may be pictures."""

    def left_out(count: int) -> str:
        return fill(words.text("report.file_left_out"), count=count)

    kept: list[str] = []
    run: list[str] = []
    for line in [*lines(text), ""]:
        if len(line) > _LETTERS_OF_LINE and (_BASE64_LINE.fullmatch(line) or _UU_LINE.fullmatch(line)):
            run.append(line)
            continue
        kept += run if len(run) < _MIN_LINES else [left_out(sum(map(len, run)))]
        run = []
        kept.append(line)
    return _LONG_WORD.sub(lambda match: left_out(len(match.group())), "\n".join(kept[:-1]))
