"""The coins whose wallet addresses are recognised: one row each.

Version bytes and prefixes come from each coin's own chain parameters (`chainparams.cpp`), SLIP-0173 for the segwit
prefixes, EIP-55 for Ethereum, ZIP 173, 316 and 320 and the protocol specification (section 5.6) for Zcash, the XRP
Ledger's "Base58 encodings" and XLS-5d for XRP, https://docs.getmonero.org/public-address/standard-address/ for Monero.
"""

from collections.abc import Callable, Container
from dataclasses import dataclass
from enum import StrEnum

from scamcheck.features.payment import base58, bech32
from scamcheck.features.payment.cashaddr import PREFIX as CASH_PREFIX
from scamcheck.features.payment.cashaddr import decode_cashaddr
from scamcheck.features.payment.keccak import keccak256

_HASH_BYTES = 20  # a pay-to-key or pay-to-script address holds one 160-bit hash
_MONERO_KINDS = {18: 95, 19: 106, 42: 95}  # network byte: characters (standard, integrated, subaddress)
_XADDRESS = b"\x05\x44"  # XLS-5d: the prefix of the main network; 20 bytes, a flag and a tag of 8 bytes follow
_SAPLING_BYTES = (43,)
_UNIFIED_BYTES = range(48, 320)  # ZIP 316: 48 at least; the longest of the published vectors has 304


class Checksum(StrEnum):
    """What an address proves about itself: `NONE` means that only its shape speaks for it."""

    VALID = "valid"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Coin:
    """A form of address of a coin: ticker and name, how it starts, its letters, its lengths, and the test of it.

    `letters` are all characters that an address may have, so that one that was cut into pieces is followed no further
    than it can go. `test` returns None for what is no address.
    """

    ticker: str
    name: str
    starts: tuple[str, ...]
    letters: frozenset[str]
    lengths: range
    test: Callable[[str], Checksum | None]


def _verdict(valid: bool) -> Checksum | None:
    return Checksum.VALID if valid else None


def _base58(*versions: bytes, alphabet: str = base58.ALPHABET) -> Callable[[str], Checksum | None]:
    lengths = {len(version) + _HASH_BYTES for version in versions}

    def test(address: str) -> Checksum | None:
        payload = base58.decode_check(address, alphabet)
        return _verdict(payload is not None and len(payload) in lengths and payload.startswith(versions))

    return test


def _segwit(prefix: str) -> Callable[[str], Checksum | None]:
    def test(address: str) -> Checksum | None:
        decoded = bech32.decode_segwit(address)
        return _verdict(decoded is not None and decoded[0] == prefix)

    return test


def _zcash(prefix: str, encoding: int, sizes: Container[int]) -> Callable[[str], Checksum | None]:
    def test(address: str) -> Checksum | None:
        decoded = bech32.decode_any(address)
        if decoded is None or (decoded[0], decoded[2]) != (prefix, encoding):
            return None
        payload = bech32.regroup(decoded[1], 5, 8, pad=False)
        return _verdict(payload is not None and len(payload) in sizes)

    return test


def eip55(digits: str) -> str:
    """Return the 40 hexadecimal digits of an Ethereum address in the letter case that is its checksum (EIP-55)."""
    digest = keccak256(digits.lower().encode()).hex()
    return "".join(
        char.upper() if int(mark, 16) >= 8 else char for char, mark in zip(digits.lower(), digest, strict=False)
    )


def _cash(address: str) -> Checksum | None:
    return _verdict(decode_cashaddr(address) is not None)


def _ethereum(address: str) -> Checksum | None:
    digits = address[2:]
    # An address in one letter case carries no checksum (EIP-55); its fixed shape of 40 digits is the only test.
    if digits in (digits.lower(), digits.upper()):
        return Checksum.NONE
    return _verdict(digits == eip55(digits))


def _monero(address: str) -> Checksum | None:
    data = base58.decode_blocks(address)
    if not data or _MONERO_KINDS.get(data[0]) != len(address):
        return None
    return _verdict(keccak256(data[:-4])[:4] == data[-4:])


def _ripple_x(address: str) -> Checksum | None:
    payload = base58.decode_check(address, base58.RIPPLE_ALPHABET)
    if payload is None or len(payload) != len(_XADDRESS) + _HASH_BYTES + 9 or not payload.startswith(_XADDRESS):
        return None
    flag, tag = payload[22], payload[23:]
    return _verdict((flag == 1 and not any(tag[4:])) or (flag == 0 and not any(tag)))


def _solana(address: str) -> Checksum | None:
    # A public key of 32 bytes, and nothing that proves it: words, numbers and hexadecimal digits are none.
    if address.lower() == address or address.upper() == address or not any(map(str.isdigit, address)):
        return None
    data = base58.decode(address)
    return Checksum.NONE if data is not None and len(data) == 32 else None


_B58 = frozenset(base58.ALPHABET)  # the XRP Ledger's alphabet has the same letters in another order
_B32 = frozenset(bech32.CHARSET + bech32.CHARSET.upper() + "1")
_HEX = frozenset("0123456789abcdefABCDEFxX")


def _cased(*prefixes: str) -> tuple[str, ...]:
    return (*prefixes, *(prefix.upper() for prefix in prefixes))


COINS: tuple[Coin, ...] = (
    Coin("BTC", "Bitcoin", ("1", "3"), _B58, range(26, 36), _base58(b"\x00", b"\x05")),
    Coin("BTC", "Bitcoin", _cased("bc1"), _B32 | frozenset("bB"), range(14, 75), _segwit("bc")),
    Coin("LTC", "Litecoin", ("L", "M"), _B58, range(27, 35), _base58(b"\x30", b"\x32")),
    Coin("LTC", "Litecoin", _cased("ltc1"), _B32, range(15, 76), _segwit("ltc")),
    Coin("ETH", "Ethereum", ("0x", "0X"), _HEX, range(42, 43), _ethereum),
    Coin("BCH", "Bitcoin Cash", _cased("q", "p", "z", "r"), _B32, range(42, 62), _cash),
    Coin("DOGE", "Dogecoin", ("D", "9", "A"), _B58, range(34, 35), _base58(b"\x1e", b"\x16")),
    Coin("DASH", "Dash", ("X", "7"), _B58, range(34, 35), _base58(b"\x4c", b"\x10")),
    Coin("XMR", "Monero", ("4", "8"), _B58, range(95, 107), _monero),
    Coin("TRX", "Tron", ("T",), _B58, range(34, 35), _base58(b"\x41")),
    Coin("XRP", "XRP", ("r",), _B58, range(25, 36), _base58(b"\x00", alphabet=base58.RIPPLE_ALPHABET)),
    Coin("XRP", "XRP", ("X",), _B58, range(46, 49), _ripple_x),
    Coin("ZEC", "Zcash", ("t1", "t3"), _B58, range(35, 36), _base58(b"\x1c\xb8", b"\x1c\xbd")),
    Coin("ZEC", "Zcash", _cased("zs1"), _B32, range(78, 79), _zcash("zs", bech32.BECH32, _SAPLING_BYTES)),
    Coin("ZEC", "Zcash", _cased("tex1"), _B32, range(42, 43), _zcash("tex", bech32.BECH32M, (_HASH_BYTES,))),
    Coin("ZEC", "Zcash", _cased("u1"), _B32, range(86, 513), _zcash("u", bech32.BECH32M, _UNIFIED_BYTES)),
)  # fmt: skip
SOLANA = Coin("SOL", "Solana", (), _B58, range(32, 45), _solana)
"""Tried last, where nothing else fits: its addresses start with any letter and carry no checksum."""

SCHEMES = {
    "bitcoin": "BTC", "litecoin": "LTC", "ethereum": "ETH", CASH_PREFIX: "BCH", "dogecoin": "DOGE", "dash": "DASH",
    "monero": "XMR", "tron": "TRX", "ripple": "XRP", "xrpl": "XRP", "zcash": "ZEC", "solana": "SOL",
}  # fmt: skip
"""Schemes of payment links: BIP 21 and its relatives, EIP-681, ZIP 321, Solana Pay, Monero's URI format."""
