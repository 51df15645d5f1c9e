"""Amounts of money in a text, with their currency as a code (ISO 4217, or the ticker of a coin)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scamcheck.types import Span

CURRENCIES = {
    "USD": r"US ?\$|USD|\$|(?:us |u\.s\. |american )?dollars?|amerikaanse dollars?|dollars? americains?|US-Dollar",
    "EUR": r"EUR|€|euros?",
    "GBP": r"GBP|£|pounds?(?: sterling)?|quid|livres(?: sterling)?|pond|pfund",
    "CHF": r"CHF|s?fr\.|francs?(?: suisses?)?|franken|stutz",
    "CAD": r"CAD|CA\$|C\$",
    "AUD": r"AUD|AU\$|A\$",
    "INR": r"INR|₹|rupees",
    "BTC": r"BTC|₿|bitcoins?",
    "LTC": r"LTC|litecoins?",
    "ETH": r"ETH|ethers?|ethereum",
    "USDT": r"USDT|tether",
    "DOGE": r"DOGE|dogecoins?",
    "DASH": r"DASH",
    "TRX": r"TRX",
}
COINS = frozenset(("BTC", "LTC", "ETH", "USDT", "DOGE", "DASH", "TRX"))

_NUMBER = r"\d{1,3}(?:[ .,'\u2019\u202f]\d{3}){1,3}(?:[.,]\d{1,2})?(?![\d])|\d{1,7}(?:[.,]\d{1,8})?"
_CODES = "|".join(f"(?P<{{side}}{code}>{pattern})" for code, pattern in CURRENCIES.items())
_AMOUNT = re.compile(
    rf"(?<![\w.,])(?:(?:{_CODES.format(side='before')})[ ]?(?P<first>{_NUMBER})(?P<k1>k\b)?"
    rf"|(?P<second>{_NUMBER})(?P<k2>k)?[ ]?(?:,-|,--|\.-)?[ ]?(?:{_CODES.format(side='after')})(?!\w))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount: its value in units of the currency, the currency's code, its place."""

    value: float
    currency: str
    span: Span


def parse_number(text: str, *, coin: bool = False) -> float:
    """Return the value of a number in any of the usual notations.

    Three digits behind a single mark are thousands in a currency and decimals in a coin.

    >>> parse_number("1.250,50"), parse_number("1,400"), parse_number("0.125", coin=True)
    (1250.5, 1400.0, 0.125)
    """
    digits = re.sub(r"[ '\u2019\u202f]", "", text)
    marks = [char for char in digits if char in ".,"]
    if not marks:
        return float(digits)
    whole, decimals = re.split(r"[.,](?=[^.,]*$)", digits)
    thousands = len(decimals) == 3 and (len(set(marks)) == 1) and not (coin and len(marks) == 1)
    whole = re.sub(r"[.,]", "", whole)
    return float(whole + decimals) if thousands and whole != "0" else float(f"{whole}.{decimals}")


def find_amounts(text: str) -> Iterator[Amount]:
    """Yield the amounts of money in a text, in order."""
    for match in _AMOUNT.finditer(text):
        side = "before" if match["first"] else "after"
        currency = next(code for code in CURRENCIES if match[side + code])
        value = parse_number(match["first"] or match["second"], coin=currency in COINS)
        if match["k1"] or match["k2"]:
            value *= 1000
        yield Amount(value, currency, Span(*match.span()))
