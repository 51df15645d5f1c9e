import hashlib
import time
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcheck.features.payment.addresses import find_addresses
from scamcheck.features.payment.base58 import decode, decode_blocks, decode_check, encode_check
from scamcheck.features.payment.bech32 import decode_segwit
from scamcheck.features.payment.cashaddr import decode_cashaddr
from scamcheck.features.payment.coins import COINS, SCHEMES, SOLANA, eip55
from scamcheck.features.payment.keccak import keccak256
from scamcheck.text.unicode import fold

# Each with the source of the vector. "Key 1" is the public key of private key 1, which BIP 173 uses in its examples:
# its hash 751e76e8199196d454941c45d1b3a323f1433bd6 in the encoding of other coins.
UNIFIED = "u1p5rt2l48lpmyyeypnffal288jgf2tz50fzn23jdp68vcujvwn0uz5u0evcp35jfmfvrl26az7suqqfm0skn9mmz9un86gqkq9va32v4s"
MONERO = "4ADT1BtbxqEWeMKp9GgPr2NeyJXXtNxvoDawpyA4WpzFcGcoHUvXeijE66DNfohE9r1bQYaBiQjEtKE7CtkTdLwiDznFzra"
INTEGRATED = (
    "4Byr22j9M2878Mtyb3fEPcBNwBZf5EXqn1Yi6VzR46618SFBrYysab2Cs1474CVDbsh94AJq7vuV3Z2DRq4zLcY3LHzo1Nbv3d8J6VhvCV"
)
SUBADDRESS = "8AW7SotwFrqfAKnibspuuhfowW4g3asvpQvdrTmPcpNr2GmXPtBBSxUPZQATAt8Vw2hiX9GDyxB4tMNgHjwt8qYsCeFDVvn"
VALID = [
    ("BTC", "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"),  # Bitcoin wiki, "Address"
    ("BTC", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"),  # Bitcoin wiki, "Address"
    ("BTC", "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"),  # BIP 173
    ("BTC", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),  # BIP 173
    ("BTC", "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y"),  # BIP 350
    ("BTC", "BC1SW50QGDZ25J"),  # BIP 350
    ("BTC", "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs"),  # BIP 350
    ("BTC", "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"),  # BIP 350
    ("LTC", "LVuDpNCSSj6pQ7t9Pv6d6sUkLKoqDEVUnJ"),  # key 1
    ("LTC", "MVcg9uEvtWuP5N6V48EHfEtbz48qR8TKZ9"),  # bitcoinjs-lib, test/integration/addresses
    ("LTC", "ltc1qx88q7zjd74lxwgkjmmwlqv5pd3vujuehexfttt"),  # bip_utils, P2WPKH vectors
    ("ETH", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"),  # EIP-55
    ("ETH", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"),  # EIP-55
    ("ETH", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"),  # EIP-55
    ("BCH", "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"),  # CashAddr specification
    ("BCH", "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"),  # the same without its prefix
    ("BCH", "bitcoincash:ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq"),  # CashAddr specification
    ("DASH", "XmN7PQYWKn5MJFna5fRYgP6mxT2F7xpekE"),  # key 1
    ("DOGE", "DFpN6QqFfUm3gKNaxN6tNcab1FArL9cZLE"),  # key 1
    ("DOGE", "A9faqPqnCRNQcZjkcFTviEQiLrkLPctjsJ"),  # key 1, to a script
    ("XMR", MONERO),  # monero-rs, util::address
    ("XMR", INTEGRATED),  # monero-rs, util::address
    ("XMR", SUBADDRESS),  # monero-rs, util::address
    ("TRX", "TDCEx9fU3UVuMPPXpGeX6BXjwsVo4vGuNh"),  # bip_utils, TRX vectors
    ("XRP", "r9cZA1mLK5R5Am25ArfXFmqgNwjZgnfk59"),  # xrpl.js, ripple-address-codec
    ("XRP", "X7AcgcsBL6XDcUb289X4mJ8djcdyKaB5hJDWMArnXr61cqZ"),  # the same as X-address (XLS-5d)
    ("XRP", "XVLhHMPHU98es4dbozjVtdWzVrDjtV18pX8yuPT7y4xaEHi"),  # XLS-5d, with the largest tag
    ("ZEC", "t1V9mnyk5Z5cTNMCkLbaDwSskgJZucTLdgW"),  # ZIP 320
    ("ZEC", "tex10wur2u9clts5dcpu2vc6qg93uzyj7cca2xm732"),  # ZIP 320, the same key
    ("ZEC", "t3Vz22vK5z2LcKEdg16Yv4FFneEL1zg9ojd"),  # zcashd, chainparams.cpp
    ("ZEC", "zs1z7rejlpsa98s2rrrfkwmaxu53e4ue0ulcrw0h4x5g8jl04tak0d3mm47vdtahatqrlkngh9slya"),  # zcashd, RPC help
    ("ZEC", UNIFIED),  # zcash-test-vectors, unified_address (ZIP 316)
]
BARE = [("ETH", "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"), ("SOL", "Ho87cuS3aSRgUMCeMrV7uNCCWx6Fj2ytnufYQ1W7KCLr")]
# EIP-55 in small letters; bip_utils, SOL vectors

B58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
IN_24_LANGUAGES = [
    ("en", "Send it to my wallet"), ("nl", "Betaal naar mijn wallet"), ("fr", "Payez sur mon portefeuille bitcoin"),
    ("de", "Überweisen Sie das Geld auf meine Wallet"), ("es", "Transfiere el dinero a mi cartera de criptomonedas"),
    ("it", "Paga sul mio portafoglio"), ("pt", "Transfira o dinheiro para a minha carteira"),
    ("pl", "Zapłać na mój portfel"), ("cs", "Zaplaťte na mou peněženku"), ("sk", "Zaplaťte na moju peňaženku"),
    ("hu", "Fizess a tárcámra"), ("ro", "Plătește în portofelul meu"), ("sv", "Betala till min plånbok"),
    ("da", "Betal til min tegnebog"), ("nb", "Betal til lommeboken min"), ("fi", "Maksa lompakkooni"),
    ("el", "Πλήρωσε στο πορτοφόλι μου"), ("tr", "Cüzdanıma ödeme yap"), ("ru", "Переведи деньги на мой кошелёк"),
    ("uk", "Перекажи гроші на мій гаманець"), ("ja", "私のウォレットに支払ってください"),
    ("ko", "내 지갑으로 송금하세요"), ("zh", "把钱转到我的钱包"), ("ar", "ادفع إلى محفظتي"),
]  # fmt: skip


def found(text, language="en"):
    return [(each.coin.ticker, each.text, str(each.checksum)) for each in find_addresses(text, language)]


@pytest.mark.parametrize(("coin", "address"), VALID)
@pytest.mark.parametrize("text", ["Send it to {}, today.", "{}", "<{}>", "wallet:{}.", "财布は{}です", "a/{}?x=1"])
def test_published_addresses_are_found_whole(coin, address, text):
    text = text.format(address)
    each = list(find_addresses(text))
    assert [(one.coin.ticker, one.text, one.span.of(text)) for one in each] == [(coin, address, address)]
    assert [(str(one.checksum), one.split) for one in each] == [("valid", False)]


@pytest.mark.parametrize(("coin", "address"), VALID)
def test_one_wrong_character_is_no_address(coin, address):
    start = address.index(":") + 1 if ":" in address else 0
    for place in range(start, len(address)):
        other = "2" if address[place] != "2" else "z"
        changed = address[:place] + other + address[place + 1 :]
        assert not found(f"Pay to my wallet {changed} now"), changed


@pytest.mark.parametrize(("coin", "address"), VALID)
def test_a_missing_or_additional_character_is_no_address(coin, address):
    for place in range(address.index(":") + 1 if ":" in address else 0, len(address), 3):
        assert not found(address[:place] + address[place + 1 :])
        assert not found(address[:place] + "x" + address[place:])


@pytest.mark.parametrize(
    "address",
    [
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh",  # version 0 with a Bech32m checksum (BIP 350)
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",  # version 1 with Bech32 (BIP 350)
        "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx",  # the test network
        "bc1Qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",  # mixed case
        "bc1p0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQZK5JJ0",  # mixed case
        "mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn",  # the test network
        "bchtest:qpf29h80q4kzprl84jmwhf9du3jsu2tvw509nqz5cy",  # the test network
        "175tWpb8K1S7NmH4Zx6rewF9WQrcZv245W",  # the example of BIP 21, which is none
        "T7oKJ3q7s94kDH6tpkBowhetT1JKfcfdSCmAXbS75iATyLD",  # an X-address of the test network
        "0x5AAEB6053f3e94c9b9a09f33669435e7ef1beaed",  # mixed case, and not that of EIP-55
    ],
)
def test_wrong_variants_are_refused(address):
    assert not found(f"Send the money to my wallet {address} now")


@pytest.mark.parametrize(
    "text",
    [
        hashlib.md5(b"x", usedforsecurity=False).hexdigest(),
        hashlib.sha1(b"x", usedforsecurity=False).hexdigest(),
        hashlib.sha256(b"x").hexdigest(),
        hashlib.sha256(b"x").hexdigest().upper(),
        hashlib.sha512(b"x").hexdigest(),
        "0x" + hashlib.sha256(b"x").hexdigest(),
        "BE68 5390 0754 7034",
        "GB29NWBK60161331926819",
        "1Z999AA10123456784",
        str(uuid.UUID(int=2**100 + 7)),
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9",
        "U2VuZCB0aGUgbW9uZXkgdG8gbXkgd2FsbGV0IG5vdyBvciBlbHNl",
        "0123456789abcdef" * 20,
        "https://example.org/reset?token=Ho87cuS3aSRgUMCeMrV7uNCCWx6Fj2ytnufYQ1W7KCLr",
        "https://example.org/Ho87cuS3aSRgUMCeMrV7uNCCWx6Fj2ytnufYQ1W7KCLr",
        "Ho87cuS3aSRgUMCeMrV7uNCCWx6Fj2ytnufYQ1W7KCLr=",
        "AbcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRST",
    ],
)
def test_other_long_words_are_no_wallets(text):
    assert not found(f"Pay the invoice: transfer the money in bitcoin to my wallet {text} now")


@pytest.mark.parametrize(("coin", "address"), BARE)
@pytest.mark.parametrize(
    ("text", "is_wallet"),
    [
        ("Send the money to {} now.", True),
        ("In crypto: {}", True),
        ("My wallet:\n{}\nDo it.", True),
        ("ビットコインは{}へ", True),
        ("The build of {} is green.", False),
        ("Hello.\n{}\nPay me.", False),
        ("Pay me. The build of {} is green.", False),
    ],
)
def test_a_form_without_a_checksum_needs_a_payment(coin, address, text, is_wallet):
    assert found(text.format(address)) == ([(coin, address, "none")] if is_wallet else [])


@pytest.mark.parametrize(("coin", "address"), BARE)
@pytest.mark.parametrize(("language", "sentence"), IN_24_LANGUAGES)
def test_a_payment_is_known_in_every_language(coin, address, language, sentence):
    assert found(fold(f"{sentence}: {address}").mapped.text, language) == [(coin, address, "none")]


@pytest.mark.parametrize(
    ("link", "coin", "amount"),
    [
        ("bitcoin:1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2?amount=20.3&label=Luke-Jr", "BTC", 20.3),  # the form of BIP 21
        ("bitcoin:1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", "BTC", None),
        ("BITCOIN:BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4?AMOUNT=0.5", "BTC", 0.5),
        ("litecoin://LVuDpNCSSj6pQ7t9Pv6d6sUkLKoqDEVUnJ?label=x&amount=1", "LTC", 1.0),
        ("ethereum:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed@1?value=2.014e18", "ETH", 2.014),  # the form of EIP-681
        (f"monero:{MONERO}?tx_amount=1.5", "XMR", 1.5),
        ("bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a?amount=2", "BCH", 2.0),
        ("dogecoin:DFpN6QqFfUm3gKNaxN6tNcab1FArL9cZLE?amount=100", "DOGE", 100.0),
        ("solana:Ho87cuS3aSRgUMCeMrV7uNCCWx6Fj2ytnufYQ1W7KCLr?amount=1", "SOL", 1.0),
        ("solana:Ho87cuS3aSRgUMCeMrV7uNCCWx6Fj2ytnufYQ1W7KCLr?amount=1&spl-token=EPj", "SOL", None),
        ("bitcoin:1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2?amount=nan", "BTC", None),
        ("bitcoin:1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2?amount=-1", "BTC", None),
        ("bitcoin:1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2?amount=", "BTC", None),
        ("litecoin:1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2?amount=1", "BTC", None),  # a wallet of another coin
    ],
)
def test_payment_links(link, coin, amount):
    assert [(each.coin.ticker, each.amount) for each in find_addresses(f"QR: {link} ok")] == [(coin, amount)]


def test_no_address_inside_a_longer_word():
    assert not found("x1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2y")


def test_a_word_that_lost_its_space_is_left_out():
    text = "My wallet is:1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2After that I delete it."
    assert found(text) == [("BTC", "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", "valid")]


def test_base58_keeps_leading_zeros():
    payload = b"\0\0" + hashlib.sha256(b"x").digest()[:19]
    assert decode_check(encode_check(payload)) == payload


@given(st.binary(min_size=1, max_size=40))
def test_what_base58_encodes_it_decodes(payload):
    assert decode_check(encode_check(payload)) == payload


@given(st.text(max_size=60))
def test_any_text_is_decoded_or_refused(text):
    assert decode(text) is None or set(text) <= set(B58)
    assert decode_blocks(text) is None or set(text) <= set(B58)
    for one in (decode_segwit(text), decode_cashaddr(text)):
        assert one is None or text.isascii()


@given(st.text(alphabet=B58 + " 0lOI:*-\n", max_size=300))
def test_spans_are_in_the_text_and_nothing_is_invented(text):
    assert not [each for each in find_addresses(text) if str(each.checksum) == "valid"]


@pytest.mark.parametrize("text", ["z" * 11, "1" * 4, "0", "11111111111zz"])
def test_blocks_that_hold_too_much_are_refused(text):
    assert decode_blocks(text) is None


def test_keccak_is_not_sha3():
    # Source: the Keccak team's test vectors for Keccak-256
    assert keccak256(b"abc").hex() == "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"


def test_eip55_of_its_own_example():
    assert eip55("fb6916095ca1df60bb79ce92ce3ea74c37c5d359") == "fB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"


@pytest.mark.parametrize("text", ["", "1", "bc1", "bc1qqqqqq", "1" * 80, "\u00e9"])
def test_short_and_odd_texts_are_no_segwit(text):
    assert decode_segwit(text) is None


@pytest.mark.parametrize("text", ["", ":", "bitcoincash:", "bitcoincash:q", "q" * 42, "Q" + "q" * 41])
def test_short_and_odd_texts_are_no_cashaddr(text):
    assert decode_cashaddr(text) is None


def test_every_coin_has_a_name_and_every_link_a_coin():
    assert all(coin.ticker.isupper() and coin.name for coin in COINS)
    assert set(SCHEMES.values()) <= {coin.ticker for coin in (*COINS, SOLANA)}


@pytest.mark.parametrize(
    "piece", ["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD ", MONERO[:-1] + "b ", BARE[1][1] + " ", "1" * 34 + " "]
)
def test_many_almost_addresses_take_bounded_time(piece):
    start = time.process_time()
    assert not found(piece * (100_000 // len(piece)))
    assert time.process_time() - start < 5
