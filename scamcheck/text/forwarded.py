"""Forwards, replies and bounces in a visible text, unwrapped so that the innermost message can be judged alone.

What tells is a marker line, a block of header labels, an attribution line ("On ... X wrote:") or quote marks. The words
are in `forward_words.toml`. Each line is read once and looked at a bounded number of times in each layer.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from scamcheck.limits import MAX_HEADER_CHARS, MAX_LAYERS
from scamcheck.text.forward_lines import (
    BOLD,
    MARKED,
    MAX_ATTRIBUTION,
    SPACE,
    Line,
    Words,
    fold_label,
    read_label,
    split_lines,
)
from scamcheck.text.offsets import MappedText, MappedTextBuilder
from scamcheck.types import Span, Wrapping

_FIELD = re.compile(r"([!-9;-~]{1,70}):[ \t]?", re.ASCII)  # RFC 5322, section 2.2
_RAW_ONLY = re.compile(r"received|return-path|message-id|mime-version|delivered-to|content-|dkim-|arc-|auth|x-")
_ADDRESS = re.compile(r"[\[(<\"'“«]{0,3}[^\s<>()\[\]\"'“«:;,@]{1,64}@[^\s<>()\[\]\"'»”:;,@]{1,190}[\])>\"'»”]{0,3}")
_DATE = re.compile(
    r"(?<![A-Za-z\d@.-])\d{4}(?:[./-]\d{1,2}[./-]\d{1,2}(?!\d)|\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]|(?![A-Za-z\d@]))"
    r"|(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?!\d)"
)
_TIME = re.compile(
    r"(?<![\d.:/-])\d{1,2}[:.]\d{2}(?::\d{2})?(?![.:/-]?\d)(?:\s?(?:[AaPp]\.?\s?[Mm]\b\.?|Uhr|[πμ]\.?\s?μ\.?|[صم])(?!\w))?"
)
_ZONE = re.compile(r"\s?(?:[+-]\d\d:?\d\d\b|\(?[A-Z]{2,5}(?:[+-]\d{1,2})?\)?(?=,)){0,2}")
_BOUNCE = re.compile(
    r"\b[45]\d\d[ #-]{1,2}[45]\.\d{1,2}\.\d|reporting-mta|final-recipient|diagnostic-code|mailer-daemon", re.I
)
_MAX_RECIPIENTS, _MAX_FIELDS = 60, 500  # lines of a list of recipients, and of the header fields of a returned mail
_MAX_TRIES, _WIDTH = 9, 60  # false beginnings (each a look at all lines); a line so long may have been broken
_QUOTED_WHOLE, _QUOTED_IN_FORWARD = 0.8, 0.5  # a forward carries the marks of its own history, so less of it is quoted
_FEW_LINES, _FEW_CHARS = 3, 200  # less than both is a remark that is quoted to answer it


@dataclass(frozen=True, slots=True)
class Inner:
    """A message in another one's text. Header values stand as written, empty where there are none.

    `body` is its text without headers and quote marks, mapped to the visible text; it is empty only where a delivery
    failure notice returned nothing but headers. `cover` is what the one who sent it on wrote around it.
    """

    wrapping: Wrapping
    subject: str
    sender: str
    recipients: str
    reply_to: str
    date: str
    body: MappedText
    cover: tuple[Span, ...]


class _Found(NamedTuple):
    wrapping: Wrapping
    fields: Mapping[str, str]
    top: int  # the line at which its wrapping starts
    base: int  # the quote depth of its text
    body: list[Line]
    rest: list[Line]  # the lines behind `top` that are not its own


class _Layer:
    """The lines of one message, in which the outermost message is looked for; then the lines of that one."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines, self.base, self.wrapping = lines, 0, Wrapping.NOT
        self._ending = any(line.marker == "ends" for line in lines)
        self._tries = _MAX_TRIES

    def find(self) -> _Found | None:
        """Return the first message in this one, or None."""
        for at, line in enumerate(self.lines):
            found = self._behind_marker(at) if line.marker in ("forwarded", "returned") else None
            found = found or (self._behind_block(at) if line.role not in ("", "other") else None)
            found = found or (self._attributed(at) if line.colon else None)
            if found:
                return found
        return self._quoted_whole()

    def _next(self, at: int) -> int:
        """Return the next line that is not blank, or the number of lines where it is far or missing."""
        near = (position for position in range(at, min(at + 4, len(self.lines))) if self.lines[position].content)
        return next(near, len(self.lines))

    def _blank(self, at: int) -> bool:
        return at >= len(self.lines) or not self.lines[at].content

    def _inner(self, wrapping: Wrapping, fields: Mapping[str, str], top: int, start: int, base: int) -> _Found | None:
        """Return the message whose text starts at a line, or None where there is none. Lower depths are cover."""
        if self._tries <= 0:
            return None
        body = self.lines[start:] if not (base or self._ending) else []
        rest, level, inside = list[Line](), 1, True
        for at in range(start + len(body), len(self.lines)):
            line = self.lines[at]
            level += (line.marker == "forwarded") - (line.marker == "ends")
            if line.content:
                inside = level > 0 and (line.depth >= base or self._is_tail(at, base))
            (body if inside else rest).append(line)
        if any(line.content for line in body) or (wrapping is Wrapping.RETURNED and "subject" in fields):
            return _Found(wrapping, fields, top, base, body, rest)
        self._tries -= 1
        return None

    def _is_tail(self, at: int, base: int) -> bool:
        """Return whether a line without marks is the tail of a quoted one that a mail program broke."""
        line, before = self.lines[at], self.lines[at - 1]
        broken = before.depth >= base and len(before.content) >= _WIDTH >= len(line.content)
        if not broken or before.content[-1] in ".!?:;。！？":
            return False
        return line.content[0].islower() if self._blank(at + 1) else self.lines[at + 1].depth >= base

    def _depth(self, start: int, base: int) -> int:
        """Return the quote depth of a forward's text: its headers', or deeper where (nearly) all of the text is."""
        first = self._next(start)
        deeper = first < len(self.lines) and self.lines[first].depth > base
        depths = sorted(line.depth for line in self.lines[start:] if line.content) if deeper else [base]
        return max(base, depths[int(len(depths) * (1 - _QUOTED_WHOLE))])

    def _behind_marker(self, at: int) -> _Found | None:
        if block := self._stuck(at):
            return self._inner(Wrapping.FORWARDED, block[0], at, block[1], self.lines[at].depth)
        first = self._next(at + 1)
        while first < min(len(self.lines), at + 8) and self.lines[first].content.startswith("---"):
            first = self._next(first + 1)  # Exim says in further such lines how much of the message it cut
        if first == len(self.lines):
            return None
        depth = self.lines[first].depth
        fields, start, raw = self._fields(first)
        if raw or (self.lines[at].marker == "returned" and len(fields) > 1):
            return self._inner(Wrapping.RETURNED, fields, at, start, depth)
        fields, start = self._block(first) if self.lines[first].role else ({}, first)
        return self._inner(Wrapping.FORWARDED, fields, at, start, self._depth(start, depth)) if fields else None

    def _fields(self, at: int) -> tuple[dict[str, str], int, bool]:
        """Return header fields as they are sent, the line past them, and whether programs hide one from people."""
        fields, name = dict[str, str](), ""
        for line in self.lines[at : at + _MAX_FIELDS]:
            field = _FIELD.match(line.content)
            if not line.content or line.marker or not (field or name):
                break
            name = field[1].lower() if field else name
            fields[name] = line.content[field.end() :] if field else f"{fields[name]} {line.content}"[:MAX_HEADER_CHARS]
            at += 1
        return fields, at, any(_RAW_ONLY.match(name) for name in fields)

    def _block(self, at: int) -> tuple[dict[str, str], int]:
        """Return the values behind labels, which may go on in further lines, and the line past them."""
        fields: dict[str, str] = {}
        role, past, waiting = "", at, list[str]()
        while at < len(self.lines) and len(waiting) < _MAX_RECIPIENTS:
            line = self.lines[at]
            at += 1
            if line.role and (line.role == "other" or line.role not in fields):
                if waiting:
                    fields[role] = " ".join([fields[role], *waiting]).strip()[:MAX_HEADER_CHARS]
                role, past, waiting = line.role, at, []
                fields[role] = read_label(line.content)[1]
            elif line.content and not line.role and sum("@" not in part for part in waiting) < 2:
                waiting.append(line.content)
            elif line.content or waiting or self._blank(at) or not self.lines[at].role:
                break
        while past < len(self.lines) and self._goes_on(past):
            fields[role] = f"{fields[role]} {self.lines[past].content}".strip()[:MAX_HEADER_CHARS]
            past += 1
        return fields, past

    def _goes_on(self, at: int) -> bool:
        """Return whether a line still is of the last value of a block: more addresses, or the end of a subject."""
        last, line = self.lines[at - 1].content, self.lines[at]
        plain = bool(line.content) and not line.role and not line.marker
        broken = len(last) >= _WIDTH > len(line.content) and at + 1 < self._next(at + 1) < len(self.lines)
        return plain and (broken or (last.endswith((",", ";")) and "@" in line.content))

    def _stuck(self, at: int) -> tuple[dict[str, str], int] | None:
        """Return the same of a block that lost its line breaks and stands in the line of its marker (Yahoo)."""
        marked = MARKED.match(self.lines[at].content[:MAX_HEADER_CHARS])
        pieces = Words().stuck.split(marked[2], maxsplit=12)[:0:-1] if marked else []
        pairs = zip(pieces[1::2], pieces[::2], strict=True)  # from the last to the first, which wins
        fields = {Words().roles[fold_label(label)]: value.strip(BOLD) for label, value in pairs}
        return (fields, at + 1) if len(fields) > 2 else None

    def _behind_block(self, at: int) -> _Found | None:
        """Return the message behind a header block without marker; tickets and letters about headers have none."""
        fields, start = self._block(at)
        if len(fields.keys() - {"other"}) < 3 or "from" not in fields or not fields.keys() & {"date", "subject"}:
            return None
        addressed = any("@" in fields.get(role, "") for role in ("from", "to", "cc", "reply_to"))
        dated = any(character.isdigit() for character in fields.get("date", ""))
        top = at < _MAX_TRIES and not any(line.content for line in self.lines[:at])
        if ("subject" not in fields and not addressed) or not (dated or (self._blank(start) and (top or addressed))):
            return None
        return self._inner(Wrapping.FORWARDED, fields, at, start, self._depth(start, self.lines[at].depth))

    def _attributed(self, at: int) -> _Found | None:
        """Return the message behind an attribution line that ends here and may start one or two lines above."""
        line, first = self.lines[at], self._next(at + 1)
        if first == len(self.lines):
            return None
        quoted = self.lines[first].depth > line.depth
        top, fields, text = at, None, ""
        for start in range(at, max(at - 3, -1), -1):
            above = self.lines[start]
            named = not text.startswith("<")  # the name of the author stands in the line above the address
            text = f"{above.content} {text}"
            opens = bool(Words().on.match(text))
            if not above.content or above.role or above.marker or len(text) > MAX_ATTRIBUTION:
                break
            if fields and fields["date"] and ((named and not opens) or above.content[-1] in ".!?"):
                break
            read = _attribution(text, quoted)
            if read and (not fields or read["date"] or not named):
                top, fields = start, read
            if fields and opens:
                break
        marked = any(part.marker == "forwarded" for part in self.lines[max(top - 3, 0) : top])
        wrapping = Wrapping.FORWARDED if marked else Wrapping.QUOTED
        found = self._inner(wrapping, fields, top, at + 1, line.depth + quoted) if fields else None
        if found and quoted and (others := sum(len(part.content) for part in found.rest)):
            own = [len(part.content) for part in found.body if part.content]
            between = any(after.row - before.row > 1 for before, after in pairwise(found.body))
            if (len(own) < _FEW_LINES and sum(own) < _FEW_CHARS) or (between and sum(own) < others):
                self._tries -= 1  # a remark that is answered, or a reply between the lines
                return None
        return found

    def _quoted_whole(self) -> _Found | None:
        share = _QUOTED_IN_FORWARD if self.wrapping is Wrapping.FORWARDED else _QUOTED_WHOLE
        depths = sorted(line.depth for line in self.lines if line.content)
        if sum(depth > self.base for depth in depths) < max(_FEW_LINES, share * len(depths)):
            return None
        deep = depths[int(len(depths) * (1 - _QUOTED_WHOLE))]
        return self._inner(Wrapping.QUOTED, {}, 0, 0, max(self.base + 1, deep))


def _attribution(text: str, quoted: bool) -> dict[str, str] | None:
    """Return author and date of an attribution line, or None. Unquoted text behind it takes an address or a time."""
    text = text.strip(BOLD + "-:：")
    date, address = _DATE.search(text), _ADDRESS.search(text)
    certain = bool(date and _TIME.search(text)) or (quoted and (bool(date) or len(text) <= 2 * _WIDTH))
    verb = Words().wrote.search(text) if certain or address else None
    if not verb and not (certain and address and address.end() > len(text) - 2):
        return None  # without verb, as Gmail in Japanese and Russian and Yandex: date and address
    before, after = (text[: verb.start()], text[verb.end() :].strip(SPACE + "()（）,，")) if verb else (text, "")
    if after:
        when, author = (after, before) if _DATE.search(after) and not _DATE.search(before) else (before, after)
    elif not date:
        comma = before.rfind(",") if Words().on.match(before) else -1
        when, author = before[: max(comma, 0)], before[comma + 1 :]
    elif address and address.start() < date.start():
        when, author = before[address.end() :], before[: address.end()]
    else:
        end = max([date.end(), *(match.end() for match in _TIME.finditer(before))])
        zone = _ZONE.match(before, end)
        when, author = before[:end], before[zone.end() if zone else end :]
    edge = BOLD + ",，、;"
    author, when = Words().by.sub("", author.strip(edge)), Words().on.sub("", when.strip(edge))
    return {"from": author.strip(edge), "date": when.strip(edge)}


def _mapped(visible: str, lines: Sequence[Line]) -> MappedText:
    """Return the lines from the first to the last one that is not blank."""
    shown = [at for at, line in enumerate(lines) if line.content]
    builder, start, end = MappedTextBuilder(), 0, 0
    for line in lines[shown[0] : shown[-1] + 1] if shown else ():
        if line.start != end:
            builder.copy(visible[start:end], start)
            start = line.start
        end = line.end
    builder.copy(visible[start:end].rstrip(SPACE), start)
    return builder.build()


def _spans(lines: Sequence[Line], visible: str) -> Iterator[Span]:
    """Yield the stretches of cover, without the rules and markers at their edges."""
    breaks = [at for at in range(1, len(lines)) if lines[at].row != lines[at - 1].row + 1]
    for first, past in pairwise([0, *breaks, len(lines)]):
        run = [line for line in lines[first:past] if line.content and not line.marker]
        if run:
            start, end = run[0].start, run[0].start + len(visible[run[0].start : run[-1].end].rstrip(SPACE))
            yield Span(end - len(visible[start:end].lstrip(SPACE)), end)


def unwrap(visible: str) -> list[Inner]:
    """Return the messages wrapped in a visible text, the outermost first, each found in the body of the one before.

    All offsets are in `visible`. At most `MAX_LAYERS` are returned; none where nothing is wrapped.
    """
    inners: list[Inner] = []
    layer = _Layer(split_lines(visible))
    while len(inners) < MAX_LAYERS and (found := layer.find()):
        read = found.fields.get
        recipients = ", ".join(filter(None, (read("to", ""), read("cc", ""))))
        cover = tuple(_spans([*layer.lines[: found.top], *found.rest], visible))
        body = _mapped(visible, found.body)
        failed = any(_BOUNCE.search(line.content) for line in layer.lines[: found.top])
        wrapping = Wrapping.RETURNED if failed and found.wrapping is Wrapping.FORWARDED else found.wrapping
        reply_to = read("reply_to") or read("reply-to", "")  # behind a label, or as it was sent
        inners.append(
            Inner(wrapping, read("subject", ""), read("from", ""), recipients, reply_to, read("date", ""), body, cover)
        )
        layer.lines, layer.base, layer.wrapping = found.body, found.base, found.wrapping
    return inners
