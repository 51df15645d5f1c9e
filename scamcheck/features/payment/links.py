"""The amount that a payment link asks for.

Sources: BIP 21 (`amount`, in units of the coin, as its relatives have it), EIP-681 (`value`, in wei), Monero's URI
format (`tx_amount`), https://docs.solanapay.com/spec (`amount`, in SOL where no `spl-token` is named).
"""

import math
import re

_PARAMETERS = re.compile(r"(?:@\d{1,20})?\?([^\s<>\"'()]{1,500})")
_KEYS = frozenset(("amount", "tx_amount", "value"))
_WEI = 1e18
_MAX_COINS = 1e15


def link_amount(text: str, end: int, ticker: str) -> float | None:
    """Return the amount in the parameters of a payment link whose address ends at `end`, in units of the coin.

    >>> link_amount("bitcoin:A?amount=20.3&label=x", 9, "BTC")
    20.3
    """
    found = _PARAMETERS.match(text, end)
    if found is None:
        return None
    pairs = (pair.partition("=") for pair in found[1].split("&"))
    parameters = {key.lower(): value for key, _, value in pairs}
    if "spl-token" in parameters:
        return None
    stated = next((value for key, value in parameters.items() if key in _KEYS), "")
    try:
        amount = float(stated) / (_WEI if ticker == "ETH" else 1)
    except ValueError:
        return None
    return amount if math.isfinite(amount) and 0 < amount < _MAX_COINS else None
