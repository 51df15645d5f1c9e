"""Wallet addresses in a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scamcheck.features.payment.coins import COINS, Coin
from scamcheck.types import Span


@dataclass(frozen=True, slots=True)
class Address:
    """A wallet address with a valid checksum: its text, its coin, its place."""

    text: str
    coin: Coin
    span: Span


_PATTERNS = [(coin, re.compile(rf"(?<![A-Za-z0-9]){coin.shape}(?![A-Za-z0-9])")) for coin in COINS]


def find_addresses(text: str) -> Iterator[Address]:
    """Yield the addresses in a text whose checksum is right, coin by coin."""
    for coin, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if coin.valid(match.group()):
                yield Address(match.group(), coin, Span(*match.span()))
