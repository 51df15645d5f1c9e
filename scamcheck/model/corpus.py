"""Reading data/: our own mails, with their labels, families and sentence claims."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scamcheck.errors import CorpusError
from scamcheck.types import LABELS, Message, Part, Span, Verdict

REGISTERS = frozenset(("fluent", "formal", "casual", "clumsy", "machine", "terse"))
CLAIMS = frozenset(
    [
        "hacked_device",
        "own_address",
        "malware",
        "antivirus_silent",
        "camera_access",
        "recording",
        "adult_sites",
        "contacts_copied",
        "leaked_password",
        "reader_data",
        "contacts_threat",
        "reputation",
        "payment_demand",
        "crypto_address",
        "how_to_buy",
        "deadline",
        "tracking",
        "no_reply",
        "no_police",
        "untraceable",
        "will_delete",
        "future_advice",
        "insult",
        "flattery",
        "nothing_personal",
    ]
)
"""The claims that sentences of threatening mails are labelled with; see data/README.md."""

COUNTER_SIGNS = frozenset(("shared_past", "named_app", "image_held", "known_person", "minor_involved", "paid_before"))
"""What sentences of real cases say, and mass mails do not."""

WARNING, QUESTION, FILLER, ORDINARY = "warning", "question", "filler", "ordinary"
OTHER_THREAT, AUTHORITY, ADVERT = "other_threat", "authority", "advert"
VOICES = frozenset((WARNING, QUESTION, FILLER, ORDINARY, OTHER_THREAT, AUTHORITY, ADVERT))
"""Sentences of neither: about the scam, asking about it, of other threats, of letters that claim nothing."""

SPLITS = ("train", "extra", "test")
"""The lists of wordings of one claim."""

BANK = CLAIMS | COUNTER_SIGNS | VOICES
"""The lists of wordings in claims.toml."""

EXAMPLES = {
    "wallet": "bc1q34xjrv5c52yqtltur0ag2pphacc0wh4a93camh",
    "coin": "Bitcoin",
    "amount": "1200 USD",
    "hours": "48",
    "days": "3",
    "password": "bella2009",
    "phone": "+00 000 000 000",
    "name": "Alex",
    "date": "12.03.2024",
    "mail": "alex@example.com",
    "street": "12",
}
"""A value for each placeholder that wordings may hold."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_TAG = re.compile(r"<(?P<claims>[a-z_]+\??(?:\+[a-z_]+\??)*)>|</>")


@dataclass(frozen=True, slots=True)
class Claim:
    """A labelled sentence: the claim's id and its span in the mail's text.

    An `optional` claim is one that one careful reader saw there and another did not.
    """

    id: str
    span: Span
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail of our own corpus. `split` is that of its family: train or test.

    The spans of `claims` are in the text, those of `subject_claims` in the subject.
    """

    id: str
    language: str
    label: Verdict
    family: str
    split: str
    register: str
    subject: str
    text: str
    claims: tuple[Claim, ...]
    subject_claims: tuple[Claim, ...] = ()

    def message(self) -> Message:
        """Return the mail as a reader would give it."""
        return Message(parts=(Part("text/plain", self.text),), subject=self.subject)

    def claims_in(self, span: Span) -> set[str]:
        """Return the claims made in a span of the text as it is assembled: subject, blank line, body."""
        return {claim.id for claim in self._claims_at(span) if not claim.optional}

    def optional_claims_in(self, span: Span) -> set[str]:
        """Return the claims of a span that careful readers do not agree on."""
        return {claim.id for claim in self._claims_at(span)} - self.claims_in(span)

    def _claims_at(self, span: Span) -> list[Claim]:
        offset = len(self.subject) + 2 if self.subject else 0
        start, end = span.start - offset, span.end - offset
        said = [claim for claim in self.claims if claim.span.start < end and start < claim.span.end]
        return said + [claim for claim in self.subject_claims if claim.span.intersects(span)]


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence of the claim bank, with its placeholders still open. `split` is train, extra or test.

    Texts are composed of train wordings; extra ones teach the sentence model only. (Measured: texts composed of many
    more wordings made the verdict on freely written letters no better, and real cases harder to tell.)
    """

    language: str
    name: str
    split: str
    text: str


def parse_claims(tagged: str, where: str) -> tuple[str, tuple[Claim, ...]]:
    """Return a text without its claim tags, and the claims. Raises CorpusError where a tag is wrong.

    >>> parse_claims("Hi. <malware>It is a trojan.</> Bye.", "doc")[1]
    (Claim(id='malware', span=Span(start=4, end=19), optional=False),)
    """
    text, claims, at = "", [], 0
    opened: tuple[list[str], int] | None = None
    for match in _TAG.finditer(tagged):
        names = match["claims"]
        if names and not {name.rstrip("?") for name in names.split("+")} <= CLAIMS:
            raise CorpusError(f"{where}: unknown claim in the tag {match.group()}. The claims stand in data/README.md.")
        if bool(names) == (opened is not None):
            raise CorpusError(f"{where}: the tag {match.group()} is nested or closes nothing.")
        text += tagged[at : match.start()]
        at = match.end()
        if names:
            opened = (names.split("+"), len(text))
        elif opened:
            span = Span(opened[1], len(text))
            claims += [Claim(name.rstrip("?"), span, name.endswith("?")) for name in opened[0]]
            opened = None
    if opened:
        raise CorpusError(f"{where}: the tag <{'+'.join(opened[0])}> is not closed.")
    return text + tagged[at:], tuple(claims)


def load_families(folder: Path) -> dict[str, dict[str, str]]:
    """Return label -> family -> split, as families.toml has it."""
    table = _toml(folder / "families.toml")
    return {label: {name: row["split"] for name, row in rows.items()} for label, rows in table.items()}


def load_corpus(folder: Path, *, languages: Iterable[str] | None = None) -> list[Mail]:
    """Return every mail under data/ (of some languages only, where given), in the order of languages, labels and files.

    Raises CorpusError, with the place and the remedy, where a file breaks the format.
    """
    families = load_families(folder)
    languages = sorted(languages or folder_languages(folder))
    mails = [
        _mail(row, language, label, families[label])
        for language in languages
        for label in LABELS
        for row in _toml(folder / language / f"{label}.toml")["mail"]
    ]
    seen: set[str] = set()
    for mail in mails:
        if mail.id in seen:
            raise CorpusError(f"{mail.id}: the id stands twice. Give the mail the next free number.")
        seen.add(mail.id)
    return mails


def load_bank(folder: Path, *, languages: Iterable[str] | None = None) -> list[Wording]:
    """Return every wording of the claim banks under data/. Raises CorpusError where a file breaks the format."""
    wordings = []
    for language in sorted(languages or folder_languages(folder)):
        path = folder / language / "claims.toml"
        table = _toml(path)
        if table.keys() != BANK:
            raise CorpusError(f"{path}: it needs exactly the lists {', '.join(sorted(BANK))}.")
        for name in sorted(BANK):
            for split in SPLITS:
                for text in table[name].get(split, []):
                    if unknown := set(_PLACEHOLDER.findall(text)) - EXAMPLES.keys():
                        raise CorpusError(f"{path}: unknown placeholder in {name}: {', '.join(sorted(unknown))}.")
                    wordings.append(Wording(language, name, split, text))
    return wordings


def folder_languages(folder: Path) -> list[str]:
    """Return the languages that have a folder under data/."""
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return a wording with its placeholders filled.

    >>> fill("Pay {amount}.", {"amount": "$500"})
    'Pay $500.'
    """
    return _PLACEHOLDER.sub(lambda match: values[match[1]], text)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CorpusError(f"{path} is missing. Each language has one file a label.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} is not valid TOML: {error}") from error


def _mail(row: dict[str, Any], language: str, label: Verdict, splits: dict[str, str]) -> Mail:
    where = f"{language}/{label}/{row.get('id', '?')}"
    missing = {"id", "family", "register", "subject", "text"} - row.keys()
    if missing:
        raise CorpusError(f"{where}: {', '.join(sorted(missing))} missing.")
    if row["family"] not in splits:
        raise CorpusError(f"{where}: the family {row['family']!r} is not in families.toml.")
    if row["register"] not in REGISTERS:
        raise CorpusError(f"{where}: the register {row['register']!r} is not one of {', '.join(sorted(REGISTERS))}.")
    text, claims = parse_claims(row["text"].strip(), where)
    subject, said = parse_claims(row["subject"], where)
    split = splits[row["family"]]
    return Mail(where, language, label, row["family"], split, row["register"], subject, text, claims, said)
