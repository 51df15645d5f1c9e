"""Amounts of money in a text, with their currency as a code (ISO 4217, or the ticker of a coin).

Words are given as folding leaves them. A word that several currencies share stands for the one named most in such mail.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scamcheck.types import Span

CURRENCIES = {
    "USD": r"US ?\$|USD|\$|(?:us |u\.s\. |american )?dollars?|amerikaanse dollars?|dollars? americains?|US-Dollar"
    r"|dolar(?:es|i|u|y|ow|ai|a)?|dollari(?:a)?|доллар(?:ов|а|ы)?|долар(?:ів|ив|и|а)?|δολαρι(?:α|ων)|ドル|美元|美金|달러|دولارا?",
    "EUR": r"EUR|€|euros?|euroa|eur[ao]|евро|євро|ευρω|ユーロ|欧元|歐元|유로|يورو",
    "GBP": r"GBP|£|pounds?(?: sterling)?|quid|livres(?: sterling)?|pond|pfund",
    "CHF": r"CHF|s?fr\.|francs?(?: suisses?)?|franken|stutz",
    "CAD": r"CAD|CA\$|C\$",
    "AUD": r"AUD|AU\$|A\$",
    "INR": r"INR|₹|rupees",
    "PLN": r"PLN|zl|zlotych|zlote",
    "CZK": r"CZK|Kc|korun[ay]?",
    "HUF": r"HUF|Ft|forint(?:ot)?",
    "RON": r"RON|lei",
    "SEK": r"SEK|kronor",
    "NOK": r"NOK",
    "DKK": r"DKK|kr\.?|kroner",
    "TRY": r"TRY|TL|₺|lira",
    "RUB": r"RUB|₽|руб(?:\.|леи|ля|лях)?",
    "UAH": r"UAH|₴|грн|гривень|гривен",
    "JPY": r"JPY|¥|円|万円",
    "KRW": r"KRW|₩|원|만 ?원",
    "CNY": r"CNY|RMB|元|人民币|塊",
    "AED": r"AED|درهم|SAR|ريال|EGP|جنيه",
    "BRL": r"BRL|R\$|reais",
    "BTC": r"BTC|₿|bitcoin(?:s|u|y|ow|a)?|биткоин(?:ов|а|ы)?|біткоін(?:ів|ив|а)?"
    r"|ビットコイン|比特币|比特幣|비트코인|بيتكوين",
    "LTC": r"LTC|litecoins?",
    "ETH": r"ETH|ethers?|ethereum",
    "USDT": r"USDT|tether",
    "XMR": r"XMR|monero",
    "DOGE": r"DOGE|dogecoins?",
    "DASH": r"DASH",
    "TRX": r"TRX",
}
COINS = frozenset(("BTC", "LTC", "ETH", "USDT", "XMR", "DOGE", "DASH", "TRX"))

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
