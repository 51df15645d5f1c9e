"""The report for the police: what was given, what the program reads in it, and every trace of the sender.

The reader's own data are masked unless asked for; what the sender gives to be reached or paid never is. Of pictures
there is nothing but name, size and digest.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from scamcheck import __version__
from scamcheck.features.headers.addresses import mailboxes, sender
from scamcheck.features.indicators.base import Kind
from scamcheck.features.payment.coins import Checksum
from scamcheck.languages import Language, load_language
from scamcheck.limits import MAX_PRINTED_QUOTE, MAX_PRINTED_ROWS
from scamcheck.report.attached import attached
from scamcheck.report.document import Block, Document, Exact, Fields, Heading, Items, Paragraph, Quote, Style, stamp
from scamcheck.report.facts import facts_in_words, fill, header_in_words, money
from scamcheck.report.json import detector_of
from scamcheck.report.masking import masked_text, private
from scamcheck.report.reader import chances, measured
from scamcheck.text.redact import MASK, Private, mask, redact
from scamcheck.types import Assessment, Finding, Message, Reliability, Wrapping

_CONTACTS = ("contact_address", "contact_phone", "contact_handle")
_LISTED = (*_CONTACTS, "crypto_address", "amount")
_WRAPPINGS = {
    Wrapping.NOT: "received",
    Wrapping.ATTACHED: "attached",
    Wrapping.FORWARDED: "forwarded",
    Wrapping.QUOTED: "quoted",
    Wrapping.RETURNED: "returned",
}
_FIELDS = (
    ("From", "sender"),
    ("Sender", "submitter"),
    ("Reply-To", "reply_to"),
    ("Return-Path", "return_path"),
    ("To", "recipients"),
    ("Date", "date"),
    ("Subject", "subject"),
    ("List-Id", "list_id"),
)

Hide = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Given:
    """The file that was given: its name, its size in bytes, the SHA-256 of its bytes in hexadecimal digits."""

    name: str
    size: int
    sha256: str

    @classmethod
    def of(cls, name: str, data: bytes) -> "Given":
        """Return what is said of a file with this content."""
        return cls(name, len(data), hashlib.sha256(data).hexdigest())


def police_report(
    assessment: Assessment,
    message: Message,
    given: Given,
    *,
    made_at: datetime,
    language: str = "en",
    reliability: Reliability | None = None,
    with_message: bool = False,
    redacted: bool = True,
) -> Document:
    """Return the report on a message: `message` is what was read of the file, `assessment` what was made of it.

    `reliability` is that of the assessment. With `with_message` the text parts are attached; where not `redacted`,
    nothing is masked. Raises LanguageError where the language is not there.
    """
    words = load_language(language)
    own = _private(assessment, message)

    def hide(text: str) -> str:
        return redact(text, own) if redacted else text

    text = masked_text(assessment, own) if redacted else assessment.text
    told = {found.span.of(assessment.text): found.span.of(text) for found in assessment.findings if found.secrets}

    def hide_part(part: str) -> str:
        for sentence, masked in told.items():  # a house number is too short to be looked for by itself
            part = part.replace(sentence, masked)
        return hide(part)

    blocks = [
        *_note(words, redacted=redacted),
        *_verdict(assessment, reliability, words),
        *_given(assessment, given, made_at, words, hide),
        *_headers(assessment, message, words, hide, redacted=redacted),
        *_demand(assessment, words),
        *_evidence(assessment, text, words, hide),
        *_unread(assessment, words, hide),
        *_files(assessment, message, words, hide),
        *(attached(assessment, message, words, hide_part) if with_message else ()),
    ]
    return Document(words.text("report.police_title"), language, made_at, tuple(blocks), words.text("report.cut"))


def _private(assessment: Assessment, message: Message) -> Private:
    """Return what is the reader's. Where it is known who that is, the other addresses of the judged mail are evidence.

    Answers and failure notices go to the sender, whoever stands in From.
    """
    own = private(assessment)
    readers = {mailbox.address for mailbox in mailboxes(assessment.recipients)}
    judged = _sources(assessment, message)[-1]
    if judged is None or not readers:
        return own
    traces = {mailbox.address for field in (judged.reply_to, judged.return_path) for mailbox in mailboxes(field)}
    senders_on = {sender(link.sender).address for link in assessment.chain[:-1]}
    return replace(own, evidence=own.evidence | (traces - readers - senders_on - {""}))


def _sources(assessment: Assessment, message: Message) -> list[Message | None]:
    """Return the message of every link of the chain, None for those that stand in the text of another.

    Those that were read from an attachment only after the mail itself are no part of `message` either.
    """
    found: list[Message | None] = [message]
    for link in assessment.chain[1:]:
        wanted = (link.wrapping, link.subject, link.sender, link.date)
        same = (each for each in message.walk() if (each.wrapping, each.subject, each.sender, each.date) == wanted)
        found.append(None if link.wrapping in (Wrapping.FORWARDED, Wrapping.QUOTED) else next(same, None))
    return found


def _note(words: Language, *, redacted: bool) -> Iterator[Block]:
    yield Paragraph(words.text("report.note"), Style.STRONG)
    yield Paragraph(fill(words.text("report.masked"), mark=MASK) if redacted else words.text("report.unmasked"))
    yield Paragraph(words.text("report.no_pictures"))


def _verdict(assessment: Assessment, reliability: Reliability | None, words: Language) -> Iterator[Block]:
    yield Heading(words.text("report.verdict"))
    yield Paragraph(words.text(f"verdicts.{assessment.verdict}"), Style.LEAD)
    yield Paragraph(f"{words.text('report.chance')}:")
    yield Items(chances(assessment, words))
    yield Paragraph(measured(reliability, words))


def _given(assessment: Assessment, given: Given, made_at: datetime, words: Language, hide: Hide) -> Iterator[Block]:
    yield Heading(words.text("report.file"))
    program = fill(words.text("report.program"), version=__version__, model=assessment.model_version)
    yield Fields(
        (
            (words.text("report.file_name"), hide(given.name)),
            (words.text("report.file_size"), fill(words.text("report.bytes"), count=given.size)),
            (words.text("report.language"), assessment.language),
            (words.text("report.made_at"), stamp(made_at)),
            (words.text("report.made_with"), program),
        )
    )
    yield Exact(words.text("report.digest"), given.sha256)


def _headers(
    assessment: Assessment, message: Message, words: Language, hide: Hide, *, redacted: bool
) -> Iterator[Block]:
    readers = {mailbox.address for mailbox in mailboxes(assessment.recipients)} if redacted else set()
    yield Heading(words.text("report.headers"))
    if len(assessment.chain) > 1:
        yield Paragraph(words.text("report.sent_on"))
    for number, (link, source) in enumerate(zip(assessment.chain, _sources(assessment, message), strict=True), 1):
        if len(assessment.chain) > 1:
            how = words.text(f"report.{_WRAPPINGS[link.wrapping]}")
            yield Paragraph(f"{fill(words.text('report.message_number'), number=number)} ({how})", Style.STRONG)
        rows = [
            # the name beside an address of the reader's is the reader's as well
            (name, mask(value) if sender(value).address in readers else hide(value))
            for name, field in _FIELDS
            if (value := str(getattr(source or link, field, "")))
        ]
        yield Fields(tuple(rows)) if rows else Paragraph(words.text("report.none_found"))
        if source is not None:
            yield from _checks(source, words, hide)
    said = [line for found in assessment.findings if _is_header(found) for line in header_in_words(found, words)]
    if said:
        yield Items(tuple(dict.fromkeys(said)))


def _is_header(found: Finding) -> bool:
    return detector_of(found.indicator).kind is Kind.HEADER


def _checks(source: Message, words: Language, hide: Hide) -> Iterator[Block]:
    yield Paragraph(words.text("report.server"), Style.STRONG)
    if source.authentication:
        yield Fields(tuple((name, hide(value)) for name, value in source.authentication))
    else:
        yield Paragraph(words.text("report.server_none"))


def _demand(assessment: Assessment, words: Language) -> Iterator[Block]:
    """Yield wallets, amounts, times and contacts. None of them is masked."""
    findings = assessment.findings
    yield Heading(words.text("report.wallets"))
    wallets = {str(found.facts["address"]): found for found in findings if "checksum" in found.facts}
    for address, found in wallets.items():
        yield Exact(f"{found.facts['coin_name']} ({found.facts['coin']})", address)
        key = "wallet_valid" if found.facts["checksum"] == Checksum.VALID else "wallet_unchecked"
        split = words.text("explain.wallet_split") if found.facts.get("split") else ""
        yield Paragraph(" ".join(filter(None, (words.text(f"explain.{key}"), split))), Style.NOTE)
    if not wallets:
        yield Paragraph(words.text("report.none_found"))
    amounts = dict.fromkeys(money(found.facts, words) for found in findings if "amount" in found.facts)
    yield from _listed("report.amounts", list(amounts), words)
    times = [found for found in findings if found.indicator == "deadline"]
    yield from _listed("report.deadline", facts_in_words(times, words), words)
    contacts = [found for found in findings if found.indicator in _CONTACTS]
    yield from _listed("report.contacts", facts_in_words(contacts, words), words)
    yield Paragraph(words.text("report.sender_fields"), Style.NOTE)


def _listed(heading: str, items: Sequence[str], words: Language) -> Iterator[Block]:
    yield Heading(words.text(heading))
    yield Items(tuple(items[:MAX_PRINTED_ROWS])) if items else Paragraph(words.text("report.none_found"))
    if len(items) > MAX_PRINTED_ROWS:
        yield Paragraph(fill(words.text("explain.more"), count=len(items) - MAX_PRINTED_ROWS))


def _evidence(assessment: Assessment, text: str, words: Language, hide: Hide) -> Iterator[Block]:
    yield Heading(words.text("report.evidence"))
    found: dict[str, list[str]] = {}
    for finding in assessment.telling:
        if len(finding.span) and finding.indicator not in _LISTED:
            sentence = " ".join(finding.span.of(text).split())
            cut = "\u2026" if len(sentence) > MAX_PRINTED_QUOTE else ""
            found.setdefault(finding.indicator, []).append(f"\u201c{sentence[:MAX_PRINTED_QUOTE]}{cut}\u201d")
    for indicator, sentences in found.items():
        yield Paragraph(words.text(f"indicators.{indicator}.title"), Style.STRONG)
        yield Quote("\n".join(dict.fromkeys(sentences)))
    if not found:
        yield Paragraph(words.text("report.none_found"))


def _unread(assessment: Assessment, words: Language, hide: Hide) -> Iterator[Block]:
    defects = [hide(defect) for defect in assessment.defects]
    if defects:
        yield from _listed("report.not_read", defects, words)
    else:
        yield Heading(words.text("report.not_read"))
        yield Paragraph(words.text("report.all_read"))


def _files(assessment: Assessment, message: Message, words: Language, hide: Hide) -> Iterator[Block]:
    """Yield pictures and other files by name, size and digest. Their content never leaves this module."""
    files: dict[str, str] = {}

    def add(name: str, kind: str, size: int, digest: str) -> None:
        said = (hide(name), kind, fill(words.text("report.bytes"), count=size))
        files.setdefault(digest, ", ".join(filter(None, said)))

    for picture in (*assessment.pictures, *(each for inner in message.walk() for each in inner.pictures)):
        add(picture.name, words.text("report.picture"), picture.size, picture.sha256)
    for other in (each for inner in message.walk() for each in inner.attachments):
        add(other.name, other.media_type, other.size, other.sha256)
    if not files:
        return
    yield Heading(words.text("report.files"))
    for digest, label in list(files.items())[:MAX_PRINTED_ROWS]:
        yield Exact(label, digest)
    if len(files) > MAX_PRINTED_ROWS:
        yield Paragraph(fill(words.text("explain.more"), count=len(files) - MAX_PRINTED_ROWS))
