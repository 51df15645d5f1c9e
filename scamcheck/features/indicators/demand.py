"""The demand: a price, and a wallet to pay it into."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from scamcheck.features.cues import find_cues
from scamcheck.features.indicators.base import Detector, visible_span
from scamcheck.features.payment.addresses import find_addresses
from scamcheck.features.payment.amounts import find_amounts
from scamcheck.text import Text
from scamcheck.types import Finding, Message, Span

REACH = 90
"""Characters between an amount and the words that demand it; a sentence has about 100."""

_PARAGRAPH = re.compile(r"\n[ \t]*\n")


def _is_rate(folded: str, span: Span) -> bool:
    """Return whether an amount is one side of an exchange rate, as in "1 BTC = 7,530 USD"."""
    before, after = folded[max(0, span.start - 3) : span.start], folded[span.end : span.end + 3]
    return before.rstrip().endswith("=") or after.lstrip().startswith("=")


def _demands(text: Text, message: Message) -> Iterator[Finding]:
    folded = text.folded.text
    cues = sorted(match.span() for match, _ in find_cues("payment_demand", folded, text.language))
    starts = [start for start, _ in cues]
    for amount in find_amounts(folded):
        if _is_rate(folded, amount.span):
            continue
        near = bisect_left(starts, amount.span.start)
        for start, end in cues[max(0, near - 1) : near + 1]:  # the last cue before the amount, and the first behind it
            low, high = min(end, amount.span.end), max(start, amount.span.start)
            if high - low <= REACH and not _PARAGRAPH.search(folded[low:high]):
                whole = visible_span(text, min(start, amount.span.start), max(end, amount.span.end))
                yield Finding("payment_demand", whole, {"amount": amount.value, "currency": amount.currency})
                break
    for start, end in cues:
        yield Finding("payment_demand", visible_span(text, start, end))


def _wallets(text: Text, message: Message) -> Iterator[Finding]:
    for address in find_addresses(text.folded.text):
        facts = {"address": address.text, "coin": address.coin.ticker, "coin_name": address.coin.name}
        yield Finding("crypto_address", visible_span(text, address.span.start, address.span.end), facts)


DETECTORS = (Detector("payment_demand", _demands), Detector("crypto_address", _wallets))
