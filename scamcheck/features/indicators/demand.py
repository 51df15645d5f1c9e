"""The demand: a price, the coin it is to be paid in, a wallet to pay it into."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from scamcheck.features.concepts import find_concepts
from scamcheck.features.indicators.base import Claim, Detector, Kind, Strength, named, visible_span
from scamcheck.features.payment.addresses import find_addresses
from scamcheck.features.payment.amounts import Amount, find_amounts
from scamcheck.features.payment.currencies import COINS, find_coin_names
from scamcheck.text import Text
from scamcheck.types import Finding, Message, Span

REACH = 90
"""Characters between an amount and the sentence that demands it; a sentence has about 100."""

TOKENS = frozenset(("USDT", "USDC"))
"""Coins that are paid to wallets of other chains (Tron, Ethereum, Solana): such a wallet does not contradict them."""

_MONEY = frozenset(("payment", "coin", "currency", "buying"))
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_NO_WORDS = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,255}|https?://[^\s<>\"]{1,500}|[\d\W_]+")
_MIN_LETTERS = 5
"""A sentence that is an address, a link and less than a word demands nothing. Of Chinese five are a sentence."""

Fact = str | int | float | bool


def _is_near(folded: str, claim: Claim, amount: Amount) -> bool:
    low, high = min(claim.span.end, amount.span.end), max(claim.span.start, amount.span.start)
    return high - low <= REACH and not _PARAGRAPH.search(folded, low, max(low, high))


def _paired(folded: str, demands: Sequence[Claim]) -> tuple[dict[int, Amount], list[Amount]]:
    """Return the amount of each demand, by the demand's number, and the amounts of none.

    An amount in the sentence of a demand is that demand's; another one in the same sentence is nobody's, and so is
    reported by itself: a sentence is shown once.
    """
    starts = [claim.span.start for claim in demands]
    paired: dict[int, Amount] = {}
    free: list[Amount] = []
    outside: list[Amount] = []
    for amount in sorted(find_amounts(folded), key=lambda amount: not amount.stated):
        place = bisect_right(starts, amount.span.start) - 1
        if place < 0 or not demands[place].span.intersects(amount.span):
            outside.append(amount)
        elif place in paired:
            free.append(amount)
        else:
            paired[place] = amount
    for amount in outside:
        place = bisect_right(starts, amount.span.start) - 1
        beside = (number for number in (place, place + 1) if 0 <= number < len(demands) and number not in paired)
        near = next((number for number in beside if _is_near(folded, demands[number], amount)), None)
        if near is None:
            free.append(amount)
        else:
            paired[near] = amount
    return paired, sorted(free, key=lambda amount: amount.span)


def _speaks_of_paying(sentence: str, language: str) -> bool:
    """Return whether a sentence without an amount has a word of money in it, and is more than an address or a link."""
    words = _NO_WORDS.sub(" ", sentence)
    return len(words.replace(" ", "")) >= _MIN_LETTERS and any(
        hit.concept in _MONEY for hit in find_concepts(words, language)
    )


def _coin(said: Iterable[str], everywhere: Sequence[str], wallets: Sequence[str]) -> str | None:
    """Return the coin of a demand: of its wallet, or of what its sentence or the whole text names."""
    spoken = next(iter(said), None) or (everywhere[0] if len(set(everywhere)) == 1 else None)
    if not wallets or spoken in wallets:
        return spoken
    token = spoken if spoken in TOKENS else next((name for name in everywhere if name in TOKENS), None)
    return token if token and "BTC" not in wallets else wallets[0]


def _demands(text: Text, message: Message, claims: Sequence[Claim]) -> Iterator[Finding]:
    folded = text.folded.text
    demands = sorted(named(claims, "payment_demand"), key=lambda claim: claim.span)
    if not demands:
        return
    wallets = [address.coin.ticker for address in find_addresses(folded, text.language)]
    named_coins = list(find_coin_names(folded))
    everywhere = [ticker for ticker, _ in named_coins]
    starts = [span.start for _, span in named_coins]
    paired, _ = _paired(folded, demands)
    for number, claim in enumerate(demands):
        amount = paired.get(number)
        whole = claim.span
        if amount:
            whole = Span(min(whole.start, amount.span.start), max(whole.end, amount.span.end))
        elif not _speaks_of_paying(claim.span.of(folded), text.language):
            continue
        facts: dict[str, Fact] = {"amount": amount.value, "currency": amount.currency} if amount else {}
        at = bisect_right(starts, whole.start - 1)
        said = [amount.currency] if amount and amount.currency in COINS else []
        said += [ticker for ticker, span in named_coins[at : at + 5] if span.end <= whole.end]
        if coin := _coin(said, everywhere, wallets):
            facts["coin"] = coin
        yield Finding("payment_demand", visible_span(text, whole.start, whole.end), facts)


def _amounts(text: Text, message: Message, claims: Sequence[Claim]) -> Iterator[Finding]:
    folded = text.folded.text
    demands = sorted(named(claims, "payment_demand"), key=lambda claim: claim.span)
    for amount in _paired(folded, demands)[1]:
        facts: dict[str, Fact] = {"amount": amount.value, "currency": amount.currency}
        yield Finding("amount", visible_span(text, amount.span.start, amount.span.end), facts)


def _wallets(text: Text, message: Message, claims: Sequence[Claim]) -> Iterator[Finding]:
    for address in find_addresses(text.folded.text, text.language):
        facts: dict[str, Fact] = {
            "address": address.text,
            "coin": address.coin.ticker,
            "coin_name": address.coin.name,
            "checksum": str(address.checksum),
        }
        if address.split:
            facts["split"] = True
        if address.amount is not None:
            facts |= {"amount": address.amount, "currency": address.coin.ticker}
        yield Finding("crypto_address", visible_span(text, address.span.start, address.span.end), facts)


DETECTORS = (
    Detector("payment_demand", _demands, Kind.CLAIM, Strength.ORDINARY),
    Detector("crypto_address", _wallets, Kind.FACT, Strength.ORDINARY),
    Detector("amount", _amounts, Kind.FACT, Strength.ORDINARY),
)
