import hashlib

import pytest

from scamcheck.features.payment.addresses import find_addresses
from scamcheck.features.payment.amounts import find_amounts, parse_number
from scamcheck.features.payment.base58 import decode_check, encode_check
from scamcheck.features.payment.bech32 import decode_segwit
from scamcheck.features.payment.coins import COINS
from scamcheck.features.payment.keccak import keccak256

# Published vectors: BIP 173, BIP 350, EIP-55, and the examples of the coins' own documentation.
VALID = [
    ("BTC", "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"),
    ("BTC", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"),
    ("BTC", "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"),
    ("BTC", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
    ("BTC", "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"),
    ("ETH", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"),
    ("ETH", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"),
    ("ETH", "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"),
]


@pytest.mark.parametrize(("coin", "address"), VALID)
def test_published_addresses_are_found_whole(coin, address):
    text = f"Send it to {address}, today."
    found = list(find_addresses(text))
    assert [(each.coin.ticker, each.text, each.span.of(text)) for each in found] == [(coin, address, address)]


@pytest.mark.parametrize("address", [address for _, address in VALID[:-1]])  # the last carries no checksum (EIP-55)
def test_one_wrong_character_is_no_address(address):
    for place in range(4, len(address), 5):
        other = "2" if address[place] != "2" else "3"
        assert not list(find_addresses(address[:place] + other + address[place + 1 :]))


@pytest.mark.parametrize(
    "address",
    [
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh",  # version 0 with a Bech32m checksum (BIP 350)
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",  # version 1 with Bech32 (BIP 350)
        "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx",  # the test network
        "bc1Qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",  # mixed case
        "mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn",  # the test network
    ],
)
def test_wrong_variants_are_refused(address):
    assert not list(find_addresses(address))


def test_no_address_inside_a_longer_word():
    assert not list(find_addresses("x1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2y"))


def test_base58_keeps_leading_zeros():
    payload = b"\0\0" + hashlib.sha256(b"x").digest()[:19]
    assert decode_check(encode_check(payload)) == payload


def test_keccak_is_not_sha3():
    # Source: the Keccak team's test vectors for Keccak-256
    assert keccak256(b"abc").hex() == "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"


@pytest.mark.parametrize("text", ["", "1", "bc1", "bc1qqqqqq", "1" * 80, "\u00e9"])
def test_short_and_odd_texts_are_no_segwit(text):
    assert decode_segwit(text) is None


def test_every_coin_has_a_name():
    assert all(coin.ticker.isupper() and coin.name for coin in COINS)


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("$1400", 1400, "USD"),
        ("1.250 €", 1250, "EUR"),
        ("1.250,50 EUR", 1250.5, "EUR"),
        ("USD 1,985.50", 1985.5, "USD"),
        ("0,15 BTC", 0.15, "BTC"),
        ("0.125 bitcoin", 0.125, "BTC"),
        ("CHF 1'200", 1200, "CHF"),
        ("£650", 650, "GBP"),
        ("500,- euro", 500, "EUR"),
        ("1 200 euros", 1200, "EUR"),
        ("800 US dollars", 800, "USD"),
        ("1,5k euro", 1500, "EUR"),
        ("900 USDT", 900, "USDT"),
        ("2000 Dollar", 2000, "USD"),
    ],
)
def test_amounts(text, value, currency):
    found = list(find_amounts(f"pay {text} now"))
    assert [(each.value, each.currency) for each in found] == [(value, currency)]
    assert found[0].span.of(f"pay {text} now") == text


@pytest.mark.parametrize("text", ["48 hours", "in 2019", "call 0470 12 34 56", "version 1.2.3", "Windows 10", "€uro"])
def test_no_amounts(text):
    assert not list(find_amounts(text))


@pytest.mark.parametrize(
    ("text", "coin", "value"),
    [
        ("1,000", False, 1000),
        ("1.000.000", False, 1e6),
        ("0,5", False, 0.5),
        ("0.125", False, 0.125),
        ("0.125", True, 0.125),
    ],
)
def test_numbers(text, coin, value):
    assert parse_number(text, coin=coin) == value
