"""Wallet addresses in a text: whole ones, those of payment links, and those that were cut into pieces.

Only what is an address by its checksum is one wherever it stands. The few forms without a checksum (Solana, Ethereum in
one letter case) count where the sentence speaks of paying, of a coin or of a wallet.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scamcheck.features.concepts import find_concepts
from scamcheck.features.payment.cashaddr import PREFIX as CASH_PREFIX
from scamcheck.features.payment.coins import COINS, SCHEMES, SOLANA, Checksum, Coin
from scamcheck.features.payment.currencies import find_coin_names
from scamcheck.features.payment.links import link_amount
from scamcheck.features.payment.pieces import find_split
from scamcheck.limits import MAX_BARE_WALLETS, MAX_KECCAK_WALLETS
from scamcheck.text.sentences import MAX_SENTENCE_CHARS, split_sentences
from scamcheck.types import Span

_TOKEN = re.compile(r"[0-9A-Za-z]{14,}")
_MAX_TOKEN = max(coin.lengths[-1] for coin in COINS)
_SCHEME = re.compile(rf"(?<![A-Za-z])({'|'.join(SCHEMES)}):(?://)?(?:pay-)?$", re.IGNORECASE)
_SCHEME_CHARS = max(map(len, SCHEMES)) + len("://pay-")
_GLUED = re.compile(r"[A-Z][a-z]{2,20}$")
"""The word that follows where an archive or a careless sender lost the space or the line break between the two."""

_KECCAK_STARTS = ("0x", "0X", "4", "8")
"""Ethereum's and Monero's addresses, whose hash takes a thousand times as long as that of the others."""

_LINK_CHARS = frozenset("/=?&#%+-_@.~:")
"""What joins the parts of a web address or of encoded data: a form without a checksum is none beside them."""

_PAYING = frozenset(("payment", "coin"))
"""The concepts that make a payment of a sentence."""


@dataclass(frozen=True, slots=True)
class Address:
    """A wallet address: its text in one piece, its coin, its place, what its checksum says.

    `split` says that the text has it in pieces, which the span covers from the first to the last. `amount` is what a
    payment link asks for, in units of the coin.
    """

    text: str
    coin: Coin
    span: Span
    checksum: Checksum = Checksum.VALID
    split: bool = False
    amount: float | None = None


def find_addresses(text: str, language: str = "en") -> Iterator[Address]:
    """Yield the addresses in a text, in order. `language` is that of the text (ISO 639-1). Time is linear."""
    whole = list(_whole(text, language))
    split = (
        Address(joined, coin, span, split=True)
        for joined, coin, span in find_split(text, [each.span for each in whole])
    )
    yield from sorted([*whole, *split], key=lambda found: found.span)


def coin_of(token: str) -> tuple[Coin, Checksum] | None:
    """Return the coin that a token is an address of, and what its checksum says, or None."""
    for coin in COINS:
        if token.startswith(coin.starts) and len(token) in coin.lengths and (checksum := coin.test(token)):
            return coin, checksum
    if len(token) in SOLANA.lengths and (checksum := SOLANA.test(token)):
        return SOLANA, checksum
    return None


def _whole(text: str, language: str) -> Iterator[Address]:
    left, hashed_left = MAX_BARE_WALLETS, MAX_KECCAK_WALLETS
    for match in _TOKEN.finditer(text):
        token, start = match.group(), match.start()
        if token.startswith(_KECCAK_STARTS):
            hashed_left -= 1
            if hashed_left < 0:
                continue
        found = coin_of(token) if len(token) <= _MAX_TOKEN else None
        if found is None or found[1] is Checksum.NONE:
            glued = _GLUED.search(token, max(0, len(token) - 21))
            before = coin_of(token[: glued.start()]) if glued and glued.start() <= _MAX_TOKEN else None
            if before is not None and before[1] is Checksum.VALID:
                token, found = token[: len(token) - len(glued.group() if glued else "")], before
        if found is None:
            continue
        coin, checksum = found
        scheme = _scheme(text, start)
        linked = scheme is not None and SCHEMES[scheme] == coin.ticker
        end = start + len(token)
        if checksum is Checksum.NONE and not linked:
            if left <= 0 or _in_a_link(text, start, end):
                continue
            left -= 1
            if not _near_a_payment(text, Span(start, end), language):
                continue
        if scheme == CASH_PREFIX and linked:  # the prefix is part of the address
            start = text.lower().rindex(CASH_PREFIX, 0, start)
            token = f"{CASH_PREFIX}:{token}"
        amount = link_amount(text, end, coin.ticker) if linked else None
        yield Address(token, coin, Span(start, end), checksum, amount=amount)


def _scheme(text: str, start: int) -> str | None:
    """Return the scheme of a payment link right before a place, in lower case."""
    found = _SCHEME.search(text, max(0, start - _SCHEME_CHARS), start)
    return found[1].lower() if found else None


def _in_a_link(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if after == "." or after == ":":  # the end of a sentence
        after = "" if not text[end + 1 : end + 2].isalnum() else after
    if before == ":":  # "wallet:0x..."
        before = ""
    return before in _LINK_CHARS or after in _LINK_CHARS


def _near_a_payment(text: str, span: Span, language: str) -> bool:
    """Return whether the sentence of an address speaks of paying, or the one before where it stands alone."""
    low = max(0, span.start - MAX_SENTENCE_CHARS)
    window = text[low : span.end + MAX_SENTENCE_CHARS]
    inner = Span(span.start - low, span.end - low)
    sentences = split_sentences(window)
    place = next((n for n, sentence in enumerate(sentences) if sentence.intersects(inner)), None)
    if place is None:
        return False
    sentence = sentences[place]
    said = window[sentence.start : inner.start] + " " + window[inner.end : sentence.end]
    if place and not any(map(str.isalpha, said)):
        said = sentences[place - 1].of(window)
    if next(find_coin_names(said), None):
        return True
    return any(hit.concept in _PAYING for hit in find_concepts(said, language))
