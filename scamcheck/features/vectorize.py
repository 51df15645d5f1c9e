"""The model's view of a message: its sentences with names and numbers blanked, and the concepts in each."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from scamcheck.features.concepts import find_concepts
from scamcheck.features.payment.addresses import find_addresses
from scamcheck.features.payment.amounts import find_amounts
from scamcheck.text.passwords import is_mixed
from scamcheck.text.sentences import split_sentences
from scamcheck.types import Span

_NAMES = re.compile(
    r"(?P<mail>[\w.+-]{1,64}@[\w.-]{1,255})|(?P<link>(?:https?://|www\.)[^\s<>\"]{1,500})|(?P<digits>\d{1,40})"
)
_REPLY_MARKS = re.compile(r"^[>|\s]{1,50}")  # the marks of a quoted mail say nothing of what it is
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]{1,2}|[^\W\u3040-\u30ff\u3400-\u9fff]+")
_PLACEHOLDERS = {"mail": " anaddress ", "link": " aweblink ", "digits": "0"}
WALLET, AMOUNT, QUESTION, QUOTED, SECRET = MARKS = ("wallet_address", "amount", "question", "quoted", "password_like")
"""What a sentence has beside its concepts: who reports or asks writes questions and quotes."""

_RUN = re.compile(r"\S{6,40}")
_AROUND = ".,;:()[]<>\"'«»„“”‘’"
_QUOTES = ('"', "“", "„", "«", "»", "‚", "‹", "「", "『")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as the model sees it: its place in the folded text, its blanked words, what it speaks of."""

    span: Span
    text: str
    concepts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sample:
    """What the model sees of a message."""

    sentences: tuple[Sentence, ...]

    @property
    def words(self) -> int:
        """The number of words; two characters count as one where none are parted by spaces."""
        return sum(len(_WORD.findall(sentence.text)) for sentence in self.sentences)


def sample(folded: str, language: str) -> Sample:
    """Return the model's view of a folded text. Wallets, addresses, links and digits become placeholders."""
    spans = split_sentences(folded)
    starts = [span.start for span in spans]
    found: list[set[str]] = [set() for _ in spans]
    wallets = [address.span for address in find_addresses(folded, language)]

    def mark(pairs: Iterable[tuple[Span, str]]) -> None:
        for span, concept in pairs:
            place = bisect_right(starts, span.start) - 1
            if place >= 0:
                found[place].add(concept)

    mark((hit.span, hit.concept) for hit in find_concepts(folded, language))
    mark((span, WALLET) for span in wallets)
    mark((amount.span, AMOUNT) for amount in find_amounts(folded))
    mark((span, QUESTION) for span in spans if folded[span.end - 1] in "?？؟")
    mark((span, QUOTED) for span in spans if folded.startswith(_QUOTES, span.start))
    mark((span, SECRET) for span in _password_like(folded))
    return Sample(
        tuple(
            Sentence(span, _blank(folded, span, wallets), frozenset(concepts))
            for span, concepts in zip(spans, found, strict=True)
        )
    )


def _password_like(folded: str) -> Iterator[Span]:
    for match in _RUN.finditer(folded):
        word = match.group().strip(_AROUND)
        if not word.isalpha() and is_mixed(word):
            yield Span(*match.span())


def _blank(folded: str, sentence: Span, wallets: Sequence[Span]) -> str:
    pieces, at = [], sentence.start
    for wallet in sorted(wallets):
        if at <= wallet.start < sentence.end:
            pieces += [folded[at : wallet.start], " awallet "]
            at = wallet.end
    pieces.append(folded[at : sentence.end])
    return _NAMES.sub(lambda match: _PLACEHOLDERS[match.lastgroup or "digits"], _REPLY_MARKS.sub("", "".join(pieces)))
