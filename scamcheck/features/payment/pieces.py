"""Wallet addresses that were cut into pieces ("1BvB*MSEY stWe-tqTF ..."), which filters do not see and people join.

A wallet is put together only where the result has a valid checksum; so words are never taken for one. The work is
bounded: each piece that could begin an address is followed no further than an address of that form is long.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from scamcheck.features.payment.coins import COINS, Checksum, Coin
from scamcheck.limits import MAX_SPLIT_STEPS, MAX_SPLIT_TESTS
from scamcheck.types import Span

MAX_GAP = 6
"""Characters between two pieces: " *** ", ") (", a line break and the mark of a quotation. None of them is a letter."""

_MAX_WORDLIKE = 12
"""So many small letters in a row at the beginning are words. Of real Base58 addresses one in 40,000 begins so."""

_NEXT = re.compile(rf"[^0-9A-Za-z]{{1,{MAX_GAP}}}([0-9A-Za-z]+)")
_Found = tuple[str, Coin, Span]


def _first_piece(start: str, coin: Coin) -> str:
    """Return the pattern of a piece that an address may begin with: a part of its start, or the start and more."""
    letters = "".join(sorted(coin.letters))
    parts = [re.escape(start[:size]) for size in range(1, len(start))]
    return "|".join([*parts, f"{re.escape(start)}[{letters}]{{0,{coin.lengths[-1]}}}"])


_FIRST = re.compile(
    "(?<![0-9A-Za-z])(?:"
    + "|".join(dict.fromkeys(_first_piece(start, coin) for coin in COINS for start in coin.starts))
    + ")(?![0-9A-Za-z])(?=[^0-9A-Za-z])"
)


def _forms() -> dict[str, list[Coin]]:
    forms: dict[str, list[Coin]] = defaultdict(list)
    for coin in COINS:
        for char in dict.fromkeys(start[0] for start in coin.starts):
            forms[char].append(coin)
    return dict(forms)


_FORMS = _forms()
"""The forms of address by their first character."""


@dataclass(slots=True)
class _Budget:
    """The work that is left for one text."""

    steps: int = MAX_SPLIT_STEPS
    tests: int = MAX_SPLIT_TESTS

    @property
    def spent(self) -> bool:
        return self.steps <= 0 or self.tests <= 0


def find_split(text: str, taken: Collection[Span]) -> Iterator[_Found]:
    """Yield the joined text, the coin and the span of each address in two pieces or more, in order.

    `taken` are the spans of whole addresses: none of them is a piece of another.
    """
    budget, free_from = _Budget(), 0
    starts = {span.start for span in taken}
    for match in _FIRST.finditer(text):
        if match.start() < free_from or match.start() in starts:
            continue
        for coin in _FORMS[match.group()[0]]:
            found = _join(text, match, coin, starts, budget)
            if found:
                joined, free_from = found
                yield joined, coin, Span(match.start(), free_from)
                break
        if budget.spent:
            return


def _join(
    text: str, first: re.Match[str], coin: Coin, taken: Collection[int], budget: _Budget
) -> tuple[str, int] | None:
    """Return the joined text of an address that begins with a piece, and its end, or None."""
    joined, end = first.group(), first.end()
    while coin.letters.issuperset(joined) or _begins(joined, coin):
        budget.steps -= 1
        following = _NEXT.match(text, end)
        if following is None or budget.spent or following.start(1) in taken:
            return None
        if any(map(str.isalnum, text[end : following.start(1)])):
            return None
        end = following.end()
        joined += following[1]
        if len(joined) > coin.lengths[-1] or not (joined.startswith(coin.starts) or _begins(joined, coin)):
            return None
        if len(joined) > _MAX_WORDLIKE and joined[1:_MAX_WORDLIKE].isalpha() and joined[1:_MAX_WORDLIKE].islower():
            return None
        if len(joined) in coin.lengths and _looks_random(joined):
            budget.tests -= 1
            if coin.test(joined) is Checksum.VALID:
                return joined, end
    return None


def _begins(joined: str, coin: Coin) -> bool:
    """Return whether a text is the beginning of what all addresses of a form start with."""
    return any(len(joined) < len(start) and start.startswith(joined) for start in coin.starts)


def _looks_random(joined: str) -> bool:
    """Return whether letters and digits are mixed as in an address: a cheap test before the checksum."""
    return any(map(str.isdigit, joined[1:])) and any(map(str.isalpha, joined))
