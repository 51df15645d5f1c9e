"""The demand: a price, and a wallet to pay it into."""

import re
from collections.abc import Iterator, Sequence

from scamcheck.features.indicators.base import Claim, Detector, named, visible_span
from scamcheck.features.payment.addresses import find_addresses
from scamcheck.features.payment.amounts import find_amounts
from scamcheck.text import Text
from scamcheck.types import Finding, Message, Span

REACH = 90
"""Characters between an amount and the sentence that demands it; a sentence has about 100."""

_PARAGRAPH = re.compile(r"\n[ \t]*\n")


def _is_rate(folded: str, span: Span) -> bool:
    """Return whether an amount is one side of an exchange rate, as in "1 BTC = 7,530 USD"."""
    before, after = folded[max(0, span.start - 3) : span.start], folded[span.end : span.end + 3]
    return before.rstrip().endswith("=") or after.lstrip().startswith("=")


def _demands(text: Text, message: Message, claims: Sequence[Claim]) -> Iterator[Finding]:
    folded = text.folded.text
    demands = list(named(claims, "payment_demand"))
    if not demands:
        return
    for amount in find_amounts(folded):
        if _is_rate(folded, amount.span):
            continue
        for claim in demands:
            low, high = min(claim.span.end, amount.span.end), max(claim.span.start, amount.span.start)
            if high - low <= REACH and not _PARAGRAPH.search(folded[low:high]):
                whole = visible_span(
                    text, min(claim.span.start, amount.span.start), max(claim.span.end, amount.span.end)
                )
                yield Finding("payment_demand", whole, {"amount": amount.value, "currency": amount.currency})
                break
    for claim in demands:
        yield Finding("payment_demand", visible_span(text, claim.span.start, claim.span.end))


def _wallets(text: Text, message: Message, claims: Sequence[Claim]) -> Iterator[Finding]:
    for address in find_addresses(text.folded.text):
        facts = {"address": address.text, "coin": address.coin.ticker, "coin_name": address.coin.name}
        yield Finding("crypto_address", visible_span(text, address.span.start, address.span.end), facts)


DETECTORS = (Detector("payment_demand", _demands), Detector("crypto_address", _wallets))
