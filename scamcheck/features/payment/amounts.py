"""Amounts of money in a text, with their value and their currency as a code (ISO 4217, or the ticker of a coin)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from scamcheck.features.payment.currencies import (
    AFTER,
    COINS,
    DIVIDED_COINS,
    SIGNS,
    SMALL_SIGNS,
    WORDS_BEFORE,
    find_coin_names,
)
from scamcheck.types import Span

_NUMBER = re.compile(
    r"(?<![\d.,\u066b\u066c])(?:\d{1,3}([ .,'\u2019\u202f\u066c])\d{3}(?:\1\d{3}){0,3}(?:[.,\u066b]\d{1,8})?(?!\d)"
    r"|\d{1,2}(?:,\d{2}){1,3},\d{3}(?!\d)|\d{1,12}(?:[.,\u066b]\d{1,8})?(?![\d%]|[.,]\d))"
)
_SCALES: tuple[tuple[float, str], ...] = (
    (1e9, r"billions?|milliard\w{0,3}|mrd\.?|miliard\w{0,2}|миллиард\w{0,2}|мільярд\w{0,2}|億|亿|억"),
    (1e6, r"million\w{0,2}|miljoen|milioni?|milhoes|millones|miljo\w{1,5}|milyon|miliony?|mln\.?|mio\.?|миллион\w{0,2}"
     r"|мільион\w{0,2}|млн\.?|εκατομμυρι\w{1,2}|مليون|百万|백만|M(?!\w)"),
    (1e4, r"万|萬|만"),
    (1e3, r"k(?!\w)|thousand|duizend|tausend|mille|mila|mil(?!\w)|tusen\w{0,2}|tuhat\w{0,3}|tys\.?"
     r"|tisic\w{0,2}|bin(?!\w)"
     r"|тыс\w{0,4}\.?|тис\w{0,4}\.?|χιλ\w{2,5}|الف|الاف|千|천"),
)  # fmt: skip
_SCALE = re.compile(
    r"[ ]?(?:" + "|".join(f"(?P<s{place}>{words})" for place, (_, words) in enumerate(_SCALES)) + ")", re.IGNORECASE
)
_TAIL = re.compile(r",-{1,2}|\.-|,\u2013")
_IN_WORDS = re.compile(r"[ ]?\([^()\n\d]{1,80}\)")
"""The number once more in words: "1450 (one thousand four hundred and fifty) dollars"."""

_GAP = re.compile(r"[ \t]{0,2}(?:\r?\n[ \t]{0,2})?")
_AGAIN = re.compile(r"[ ]?\(?")
_BEFORE = re.compile(
    r"(?:(?<![a-z])(?:us|u\.s\.|[a-z]{1,2}) ?)?[$€£¥₹₺₽₴₩₿₦₱฿₫₪]$"
    r"|[a-z\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,10}\.?$",
    re.I,
)
_BEFORE_CHARS = 14
_YEAR = re.compile(r"(?:19|20)\d\d$")
_EQUALS = re.compile(r"\s{0,3}(?:=|≈|~|≙|:|is|equals|ist|is gelijk aan|vaut|es|->|→)\s{0,3}", re.IGNORECASE)
_PER = re.compile(r"[ ]?(?:/|per|pro|je|par|por|za|na|за|の|each)[ ]?", re.IGNORECASE)
_BARE_COIN = re.compile(r"(?<![\w.,])\d{1,3}[.,]\d{5,8}(?![\d%])")
"""Five decimals and more are a part of a coin, where the line names one: no other money is divided so far."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount: its value in units of the currency, the currency's code, its place.

    `stated` is false where only the number is there, and its many decimals and the line it is in tell the coin.
    """

    value: float
    currency: str
    span: Span
    stated: bool = True


def parse_number(text: str, *, coin: bool = False) -> float:
    """Return the value of a number in any of the usual notations, in any script's digits.

    Three digits behind a single mark are thousands in a currency and decimals in a coin.

    >>> parse_number("1.250,50"), parse_number("1,400"), parse_number("0.125", coin=True), parse_number("١٤٥٠")
    (1250.5, 1400.0, 0.125, 1450.0)
    """
    digits = re.sub(r"[ '\u2019\u202f\u066c]", "", text).replace("\u066b", ".")
    marks = [char for char in digits if char in ".,"]
    if not marks:
        return float(digits)
    whole, decimals = re.split(r"[.,](?=[^.,]*$)", digits)
    thousands = len(decimals) == 3 and (len(set(marks)) == 1) and not (coin and len(marks) == 1)
    whole = re.sub(r"[.,]", "", whole)
    return float(whole + decimals) if thousands and whole != "0" else float(f"{whole}.{decimals}")


def find_amounts(text: str) -> Iterator[Amount]:
    """Yield the amounts of money in a text, in order, without the two sides of an exchange rate. Time is linear."""
    found = list(_amounts(text))
    rates = {
        place + side
        for place, (first, second) in enumerate(pairwise(found))
        if 1 in (first.value, second.value)
        and _EQUALS.fullmatch(text, first.span.end, second.span.start)
        and first.currency != second.currency
        for side in (0, 1)
    }
    for place, amount in enumerate(found):
        if place not in rates and not _is_price_of_a_coin(text, amount):
            yield amount


def _is_price_of_a_coin(text: str, amount: Amount) -> bool:
    """Return whether a currency's name follows behind "per": "7,530 USD/BTC"."""
    per = _PER.match(text, amount.span.end)
    after = AFTER.match(text, per.end()) if per else None
    return after is not None and after.lastgroup in COINS and after.lastgroup != amount.currency


def _amounts(text: str) -> Iterator[Amount]:
    end = 0  # of the amount before
    for match in _NUMBER.finditer(text):
        if match.start() < end:
            continue
        found = _amount(text, match, end) or _bare_coin(text, match)
        if found:
            yield found
            end = found.span.end


def _amount(text: str, number: re.Match[str], free_from: int) -> Amount | None:
    start, end = number.span()
    sign, word, sign_start = _before(text, start, free_from)
    if sign is None and start and text[start - 1].isalpha() and text[start - 1].isascii():
        return None  # "version2", "x5"
    scale, end = _scale(text, end, sign is not None)
    if tail := _TAIL.match(text, end):
        end = tail.end()
    after_start = words.end() if (words := _IN_WORDS.match(text, end)) else end
    gap = _GAP.match(text, after_start)
    after = AFTER.match(text, gap.end() if gap else after_start)
    following = after.lastgroup if after else None
    if sign is not None:
        # "$1,450 USD", "$1200(USD)": the code behind says which dollar it is
        again = _AGAIN.match(text, end)
        named = AFTER.match(text, again.end() if again else end)
        if named and named.lastgroup and (named.lastgroup == sign or _is_that_dollar(sign, named.lastgroup)):
            sign, end = named.lastgroup, _closed(text, named.end(), end)
        elif text[end : end + 1].isalpha() and text[end].isascii():
            return None  # "BTC587EMN"
        return _made(number, scale, sign, Span(sign_start, end))
    if after and following and not (following in DIVIDED_COINS and _YEAR.fullmatch(number.group())):
        again = _AGAIN.match(text, after.end())
        named = AFTER.match(text, again.end() if again else after.end())
        end = after.end()
        if named and named.lastgroup == following:
            end = _closed(text, named.end(), end)
        return _made(number, scale, following, Span(start, end))
    if word is not None and not _YEAR.fullmatch(number.group()):
        return _made(number, scale, word, Span(sign_start, end))
    return None


def _made(number: re.Match[str], scale: float, currency: str, span: Span) -> Amount | None:
    value = parse_number(number.group(), coin=currency in DIVIDED_COINS) * scale
    return Amount(value, currency, span) if value > 0 else None


def _is_that_dollar(sign: str, code: str) -> bool:
    return sign == "USD" and code in ("CAD", "AUD", "NZD", "SGD", "HKD", "MXN")


def _closed(text: str, end: int, opened: int) -> int:
    """Return the end of what follows an amount, with the bracket that closes what opened between the two places."""
    return end + 1 if "(" in text[opened:end] and text[end : end + 1] == ")" else end


def _scale(text: str, end: int, signed: bool) -> tuple[float, int]:
    """Return what a word behind a number multiplies it by, and the place behind that word."""
    found = _SCALE.match(text, end)
    if found and found.lastgroup:
        word = found.group().strip()
        if word != "m" or signed:  # "5 m" are metres, "$5m" are millions
            return _SCALES[int(found.lastgroup[1:])][0], found.end()
    return 1, end


def _before(text: str, start: int, free_from: int) -> tuple[str | None, str | None, int]:
    """Return the currency whose sign or code stands before a number, the one whose word does, and its place."""
    low = max(free_from, start - _BEFORE_CHARS)
    window = text[low:start].rstrip(" ")
    if len(text[low:start]) - len(window) > 2:
        return None, None, start
    found = _BEFORE.search(window)
    if found is None:
        return None, None, start
    token, place = found.group().lower(), low + found.start()
    if place and text[place - 1].isalnum() and text[place - 1].isascii() and token[0].isascii():
        return None, None, start
    for name in (token, token[-1]):
        if name in SIGNS and (not name.isalpha() or found.group().isupper() or name in SMALL_SIGNS):
            return SIGNS[name], None, low + len(window) - len(name)
    for name, code in WORDS_BEFORE.items():
        if token == name or (not name.isascii() and token.endswith(name)):
            return None, code, low + len(window) - len(name)
    return None, None, start


def _bare_coin(text: str, number: re.Match[str]) -> Amount | None:
    if not _BARE_COIN.fullmatch(number.group()):
        return None
    line = text[max(0, number.start() - 60) : number.start()]
    named = [ticker for ticker, _ in find_coin_names(line)]
    return (
        Amount(parse_number(number.group(), coin=True), named[-1], Span(*number.span()), stated=False)
        if named
        else None
    )
