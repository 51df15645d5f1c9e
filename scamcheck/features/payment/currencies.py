"""The names of currencies and coins in the 24 languages, as folding leaves them (no marks, no wide characters).

A word that several currencies share stands for the one named most in such mail. Codes: ISO 4217, tickers of coins.
"""

import re
from collections.abc import Iterator, Mapping

from scamcheck.types import Span

COIN_NAMES: Mapping[str, str] = {
    "BCH": r"bitcoin cash|BCH|比特币现金|比特幣現金",
    "BTC": r"bit[ .\-]?coin\w{0,6}|BTC|XBT|₿|биткоин\w{0,3}|биткои?н\w{0,3}|битко[иі]н\w{0,3}|біткоін\w{0,3}|μπιτκοιν"
    r"|ビットコイン|比特币|比特幣|비트코인|[\u0627\u0644\u0628]{0,3}بيتكوين|بتكوين|البيتكوين",
    "LTC": r"lite[ .\-]?coin\w{0,4}|LTC|лаиткоин\w{0,3}|лаиткоін\w{0,3}|ライトコイン"
    r"|莱特币|萊特幣|라이트코인|لايتكوين",
    "ETH": r"ethereum\w{0,2}|ethers?|eteri?um\w{0,2}|(?-i:ETH)|эфириум\w{0,2}|етер[иі]ум\w{0,2}"
    r"|イーサリアム|以太坊|以太币|以太幣|이더리움|[اإ]يثريوم|اثيريوم",
    "USDT": r"USDT|tethers?|тезер|テザー|泰达币|泰達幣|테더|تيذر|تيثر",
    "USDC": r"USDC|usd ?coins?",
    "XMR": r"monero\w{0,2}|XMR|монеро|モネロ|门罗币|門羅幣|모네로|مونيرو",
    "DOGE": r"doge[ ]?coin\w{0,4}|(?-i:DOGE)|догекоин\w{0,3}|догікоін\w{0,3}|ドージコイン"
    r"|狗狗币|狗狗幣|도지코인|دوجكوين",
    "DASH": r"(?-i:DASH)",
    "TRX": r"TRX|(?-i:TRON|Tron)\b|TRC-?20|трон(?= )|トロン|波场|波場|트론",
    "XRP": r"XRP|(?-i:Ripple)|риппл|リップル|瑞波币|瑞波幣|리플",
    "ZEC": r"zcash|(?-i:ZEC)|大零币",
    "SOL": r"(?-i:SOL|Solana)|solana|солана|ソラナ|솔라나|سولانا",
}
"""Names and tickers of the coins; small letters count as well but where a word of a language is written so."""

_MONEY: Mapping[str, str] = {
    "CAD": r"CAD|CA\$|C\$|canadian dollars?|dollars? canadiens?|canadese dollars?",
    "AUD": r"AUD|AU\$|A\$|australian dollars?",
    "NZD": r"NZD|NZ\$",
    "SGD": r"SGD|S\$",
    "HKD": r"HKD|HK\$|港币|港元",
    "MXN": r"MXN|MX\$|pesos?(?: mexicanos)?",
    "BRL": r"BRL|R\$|reais",
    "USD": r"US ?\$|U\.S\. ?\$|USD|\$"
    r"|(?:us[ -]|u\.s\. |american |amerikaanse |amerikanske? |amerik\w{0,9} )?dollar\w{0,3}(?: americains?| us)?"
    r"|us[ -]dollar|dolar\w{0,4}|bucks|доллар\w{0,3}|долар\w{0,3}|δολαρι\w{1,2}"
    r"|米ドル|ドル|美元|美金|달러|دولار\w{0,2}",
    "EUR": r"EUR|€|euro(?:s|a|t|n|ta|lla|ssa|ja|kat|ban|ra|er|ului|luk|ya)?|evro|avro|eur[ao]"
    r"|евро|євро|ευρω|ユーロ|欧元|歐元|유로|يورو",
    "GBP": r"GBP|£|pounds?(?: sterling)?|quid|livres?(?: sterling)?|ponden|pond|pfund|libras?(?: esterlinas)?"
    r"|sterlin\w{1,2}|funt\w{0,2}|puntaa|font(?:ot)?|фунт\w{0,3}|λιρ\w{1,2}|ポンド|英镑|英鎊|파운드",
    "CHF": r"CHF|s?fr\.|francs?(?: suisses?)?|franken|stutz|franchi(?: svizzeri)?|francos(?: suizos)?"
    r"|франк\w{0,2}|スイスフラン|瑞士法郎",
    "INR": r"INR|₹|rs\.?|rupees?|рупи\w{1,2}|卢比",
    "PLN": r"PLN|zl|zlot\w{1,3}",
    "CZK": r"CZK|Kc|korun[ay]?",
    "HUF": r"HUF|(?-i:Ft)|forint\w{0,3}",
    "RON": r"RON|lei",
    "SEK": r"SEK|kronor",
    "NOK": r"NOK",
    "DKK": r"DKK|kr\.?|kroner",
    "TRY": r"TRY|(?-i:TL)|₺|liras?|lirasi",
    "RUB": r"RUB|RUR|₽|руб(?:\.|л\w{1,3})?|rubl\w{1,3}|rubles?|roubles?",
    "UAH": r"UAH|₴|грн\.?|грив\w{2,4}|hryvnia\w{0,2}",
    "JPY": r"JPY|¥|yen|円|日元",
    "KRW": r"KRW|₩|원",
    "CNY": r"CNY|RMB|yuan|元|人民币|人民幣|塊|块",
    "AED": r"AED|درهم",
    "SAR": r"SAR|ريال",
    "EGP": r"EGP|جنيه",
    "NGN": r"NGN|₦|naira",
    "ZAR": r"ZAR|rand",
    "ILS": r"ILS|₪|shekels?",
    "PHP": r"PHP|₱",
    "VND": r"VND|₫",
    "THB": r"THB|฿|baht",
    "BGN": r"BGN|лв\.?|лева",
}
CURRENCIES: Mapping[str, str] = {**COIN_NAMES, **_MONEY}

COINS = frozenset(COIN_NAMES)
DIVIDED_COINS = frozenset(("BTC", "BCH", "LTC", "ETH", "XMR", "ZEC", "DASH", "SOL"))
"""Coins worth so much that three digits behind a single mark are decimals: "0,125", "1.250"."""

_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def _alternatives(pattern: str) -> list[str]:
    """Return the alternatives of a pattern, those in brackets left together."""
    found, depth, start = [], 0, 0
    for place, char in enumerate(pattern):
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            found.append(pattern[start:place])
            start = place + 1
    return [*found, pattern[start:]]


def _group(code: str, pattern: str) -> str:
    """Return the pattern of a currency: a word ends where it ends, but in scripts that run words together."""
    parts = _alternatives(pattern)
    free = [part for part in parts if _UNSPACED.search(part)]
    bound = [part for part in parts if part not in free]
    both = [*([f"(?:{'|'.join(bound)})(?!\\w)"] if bound else []), *free]
    return f"(?P<{code}>{'|'.join(both)})"


AFTER = re.compile("|".join(_group(code, pattern) for code, pattern in CURRENCIES.items()), re.IGNORECASE)
"""A currency at a place; the name of the last group is its code."""

_NAMED = re.compile(
    "|".join(rf"(?<![^\W_]){_group(code, pattern)}" if not _UNSPACED.search(pattern) else _group(code, pattern)
             for code, pattern in COIN_NAMES.items()),
    re.IGNORECASE,
)  # fmt: skip

SIGNS: Mapping[str, str] = {
    "$": "USD", "us$": "USD", "us $": "USD", "usd": "USD", "€": "EUR", "eur": "EUR", "£": "GBP", "gbp": "GBP",
    "chf": "CHF", "fr.": "CHF", "sfr.": "CHF", "c$": "CAD", "ca$": "CAD", "cad": "CAD", "a$": "AUD", "au$": "AUD",
    "aud": "AUD", "nz$": "NZD", "nzd": "NZD", "s$": "SGD", "sgd": "SGD", "hk$": "HKD", "hkd": "HKD", "mx$": "MXN",
    "mxn": "MXN", "r$": "BRL", "brl": "BRL", "₹": "INR", "rs.": "INR", "inr": "INR", "pln": "PLN",
    "czk": "CZK", "huf": "HUF", "ron": "RON", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "kr.": "DKK", "kr": "DKK",
    "try": "TRY", "₺": "TRY", "rub": "RUB", "₽": "RUB", "uah": "UAH", "₴": "UAH", "jpy": "JPY", "¥": "JPY",
    "krw": "KRW", "₩": "KRW", "cny": "CNY", "rmb": "CNY", "aed": "AED", "sar": "SAR", "egp": "EGP",
    "₦": "NGN", "ngn": "NGN", "zar": "ZAR", "₪": "ILS", "ils": "ILS", "₱": "PHP", "₫": "VND",
    "vnd": "VND", "฿": "THB", "thb": "THB",
    "₿": "BTC", "btc": "BTC", "xbt": "BTC", "ltc": "LTC", "xmr": "XMR", "usdt": "USDT", "usdc": "USDC", "trx": "TRX",
    "xrp": "XRP", "bch": "BCH", "zec": "ZEC",
}  # fmt: skip
"""Signs and codes that stand before a number, in small letters: they belong to it, whatever follows."""

SMALL_SIGNS = frozenset(("usd", "eur", "gbp", "btc", "ltc", "xmr", "usdt", "kr"))
"""Codes that people write in small letters. The others are words then: "try 5", "ron 3"."""

WORDS_BEFORE: Mapping[str, str] = {
    "euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "bitcoin": "BTC", "bitcoins": "BTC",
    "litecoin": "LTC", "monero": "XMR", "ビットコイン": "BTC", "比特币": "BTC", "比特幣": "BTC", "비트코인": "BTC",
}  # fmt: skip
"""Words that stand before a number as well, but only where none follows it ("Bitcoin 50.000 CZK")."""


def find_coin_names(text: str) -> Iterator[tuple[str, Span]]:
    """Yield the ticker and the place of each coin that a text names, in order. Time is linear.

    >>> [ticker for ticker, _ in find_coin_names("in Bitcoin, or 比特币")]
    ['BTC', 'BTC']
    """
    for match in _NAMED.finditer(text):
        if match.lastgroup:
            yield match.lastgroup, Span(*match.span())
