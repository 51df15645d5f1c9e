import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcheck.features.payment.amounts import find_amounts, parse_number
from scamcheck.features.payment.currencies import CURRENCIES, SIGNS, WORDS_BEFORE, find_coin_names
from scamcheck.text.unicode import fold


def found(text):
    return [(each.value, each.currency) for each in find_amounts(fold(text).mapped.text)]


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("$1400", 1400, "USD"),
        ("$1,450", 1450, "USD"),
        ("US$ 900", 900, "USD"),
        ("USD 1,985.50", 1985.5, "USD"),
        ("800 US dollars", 800, "USD"),
        ("2000 Dollar", 2000, "USD"),
        ("950 dollars", 950, "USD"),
        ("$1200(USD)", 1200, "USD"),
        ("1300 $ (usd)", 1300, "USD"),
        ("$837 US Dollar", 837, "USD"),
        ("1,4k USD", 1400, "USD"),
        ("$2.5 million", 2.5e6, "USD"),
        ("$5m", 5e6, "USD"),
        ("$500 CAD", 500, "CAD"),
        ("R$ 500", 500, "BRL"),
        ("1450 (one thousand four hundred and fifty) dollars", 1450, "USD"),
        ("1450.00$", 1450, "USD"),
        ("500\nUSD", 500, "USD"),
        ("1.250 €", 1250, "EUR"),
        ("1.450,00 €", 1450, "EUR"),
        ("1.250,50 EUR", 1250.5, "EUR"),
        ("1 450 EUR", 1450, "EUR"),
        ("1 450 €", 1450, "EUR"),
        ("EUR500", 500, "EUR"),
        ("500,- euro", 500, "EUR"),
        ("1 200 euros", 1200, "EUR"),
        ("1,5k euro", 1500, "EUR"),
        ("£650", 650, "GBP"),
        ("CHF 1'200", 1200, "CHF"),
        ("1’450 CHF", 1450, "CHF"),
        ("50.000 CZK", 50000, "CZK"),
        ("Rs. 1,00,000", 100000, "INR"),
        ("50 тыс. руб.", 50000, "RUB"),
        ("１４５０ドル", 1450, "USD"),
        ("5万円", 50000, "JPY"),
        ("100만 원", 1e6, "KRW"),
        ("١٤٥٠ دولار", 1450, "USD"),
        ("١٬٤٥٠٫٥٠ يورو", 1450.5, "EUR"),
        ("0,15 BTC", 0.15, "BTC"),
        ("0.0345 BTC", 0.0345, "BTC"),
        ("0.125 bitcoin", 0.125, "BTC"),
        ("比特币0.05", 0.05, "BTC"),
        ("900 USDT", 900, "USDT"),
        ("1,000 USDT", 1000, "USDT"),
        ("27 Bitcoin", 27, "BTC"),
        ("3 XMR", 3, "XMR"),
    ],
)
def test_amounts(text, value, currency):
    whole = fold(f"pay {text} now").mapped.text
    each = list(find_amounts(whole))
    assert [(amount.value, amount.currency) for amount in each] == [(value, currency)]
    assert each[0].span.of(whole) == whole[len("pay ") : -len(" now")]


@pytest.mark.parametrize(
    ("language", "text", "currency"),
    [
        ("en", "900 pounds", "GBP"), ("nl", "900 ponden", "GBP"), ("fr", "900 livres sterling", "GBP"),
        ("de", "900 Schweizer Franken, 900 Franken", "CHF"), ("es", "900 dólares", "USD"), ("it", "900 dollari", "USD"),
        ("pt", "900 dólares", "USD"), ("pl", "900 złotych", "PLN"),
        ("cs", "900 korun", "CZK"), ("sk", "900 eur", "EUR"),
        ("hu", "900 dollárt", "USD"), ("ro", "900 de dolari, 900 lei", "RON"), ("sv", "900 kronor", "SEK"),
        ("da", "900 kroner", "DKK"), ("nb", "900 dollar", "USD"),
        ("fi", "900 euroa", "EUR"), ("el", "900 ευρώ", "EUR"),
        ("tr", "900 doları, 900 dolar", "USD"), ("ru", "900 долларов", "USD"),
        ("uk", "900 гривень", "UAH"),
        ("ja", "900ユーロを", "EUR"),
        ("ko", "900달러를", "USD"), ("zh", "900美元到", "USD"),
        ("ar", "900 دولار", "USD"),
    ],
)  # fmt: skip
def test_currencies_in_words(language, text, currency):
    assert (900, currency) in found(text), language


@pytest.mark.parametrize(
    "text",
    [
        "48 hours", "in 2019", "call 0470 12 34 56", "version 1.2.3", "Windows 10", "€uro", "50 %", "5% of it",
        "bit.coin", "5 europeans", "Euro 2024", "Bitcoin 2024", "6 ft tall", "he won 5 games", "2 dash cams",
        "we met 3 times", "12.05.2024", "10:30", "x5", "+32 470 12 34 56",
        "50.123456 N", "5 k", "the $ sign", "try 5 of them", "rs6", "PHP 4.2.0", "Bitcoin 0.1.5", "BTC587EMN",
        "2023 Bitcoin", "0.00 BTC", "0.00000000 BTC",
    ],
)  # fmt: skip
def test_no_amounts(text):
    assert not found(text)


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("1 BTC = 7,820 USD at this moment: you transfer 0.2572659 BTC", [(0.2572659, "BTC")]),
        ("1 BTC = 240.120 CZK", []),
        ("1 EUR = 1,08 USD", []),
        ("7,530 USD per BTC", []),
        ("7,530 USD/BTC", []),
        ("Send 2,000 USD = 0.2572659 BTC", [(2000, "USD"), (0.2572659, "BTC")]),  # a price in two currencies
        ("to Bitcoin 50.000 CZK = 0.2085672 BTC:", [(50000, "CZK"), (0.2085672, "BTC")]),
        ("the Bitcoin value\nof 0,14636989 of 5.000 EUR", [(0.14636989, "BTC"), (5000, "EUR")]),
        ("700 € to 900 €", [(700, "EUR"), (900, "EUR")]),
        ("Pay $500, not 600", [(500, "USD")]),
        ("1 bitcoin", [(1, "BTC")]),
    ],
)
def test_several_numbers(text, amounts):
    assert found(text) == amounts


@pytest.mark.parametrize(
    ("text", "coin", "value"),
    [
        ("1,000", False, 1000),
        ("1.000.000", False, 1e6),
        ("0,5", False, 0.5),
        ("0.125", False, 0.125),
        ("0.125", True, 0.125),
        ("1 000,5", False, 1000.5),
        ("٠٫٥", True, 0.5),
    ],
)
def test_numbers(text, coin, value):
    assert parse_number(text, coin=coin) == value


@pytest.mark.parametrize(
    ("text", "coin"),
    [
        ("in Bitcoins", "BTC"), ("BTC", "BTC"), ("bit.coin", "BTC"), ("биткоинов", "BTC"), ("біткоїнів", "BTC"),
        ("ビットコインで", "BTC"), ("比特币", "BTC"), ("比特幣", "BTC"), ("비트코인으로", "BTC"),
        ("بالبيتكوين", "BTC"),
        ("البيتكوين", "BTC"), ("bitcoinů", "BTC"), ("bitcoinlerle", "BTC"), ("bitcoineina", "BTC"),
        ("Bitcoin Cash", "BCH"),
        ("Litecoin", "LTC"), ("Ethereum", "ETH"), ("эфириум", "ETH"), ("USDT (TRC20)", "USDT"), ("Tether", "USDT"),
        ("Monero", "XMR"), ("モネロ", "XMR"), ("Dogecoin", "DOGE"), ("XRP", "XRP"), ("Solana", "SOL"),
        ("泰达币", "USDT"),
    ],
)  # fmt: skip
def test_coins_by_name(text, coin):
    assert next(find_coin_names(fold(f"pay {text} now").mapped.text))[0] == coin


@pytest.mark.parametrize(
    "text", ["a dash of salt", "el sol brilla", "sold", "method", "elections", "the tron of it all"]
)
def test_words_that_are_no_coins(text):
    assert not list(find_coin_names(text))


def test_every_sign_and_word_has_a_currency():
    assert {*SIGNS.values(), *WORDS_BEFORE.values()} <= set(CURRENCIES)


@given(st.text(alphabet="0123456789.,' $€kEURUSDBTC%=\n()", max_size=60))
def test_spans_are_in_order_and_values_are_numbers(text):
    end = 0
    for amount in find_amounts(text):
        assert end <= amount.span.start < amount.span.end <= len(text)
        assert 0 < amount.value < 1e22
        end = amount.span.end


@pytest.mark.parametrize("text", ["5 usd ", "1,1,1,", "$ $", "1 (a", "bitcoin ", "1 000 ", "9" * 50, "1 = "])
def test_time_is_linear(text):
    start = time.process_time()
    list(find_amounts(text * (200_000 // len(text))))
    assert time.process_time() - start < 5
