"""The coins whose wallet addresses are recognised: one row each.

Version bytes and prefixes come from each coin's own chain parameters (`chainparams.cpp`), SLIP-0173 for the
segwit prefixes, EIP-55 for Ethereum.
"""

from collections.abc import Callable
from dataclasses import dataclass

from scamcheck.features.payment.base58 import decode_check
from scamcheck.features.payment.bech32 import decode_segwit
from scamcheck.features.payment.keccak import keccak256

_HASH_BYTES = 20  # a pay-to-key or pay-to-script address holds one 160-bit hash


@dataclass(frozen=True, slots=True)
class Coin:
    """A coin: its ticker and name, the shape of an address in text, and the test that the address is real."""

    ticker: str
    name: str
    shape: str
    valid: Callable[[str], bool]


def _base58(*versions: bytes) -> Callable[[str], bool]:
    lengths = {len(version) + _HASH_BYTES for version in versions}

    def valid(address: str) -> bool:
        payload = decode_check(address)
        return payload is not None and len(payload) in lengths and payload.startswith(versions)

    return valid


def _segwit(prefix: str) -> Callable[[str], bool]:
    def valid(address: str) -> bool:
        decoded = decode_segwit(address)
        return decoded is not None and decoded[0] == prefix

    return valid


def eip55(digits: str) -> str:
    """Return the 40 hexadecimal digits of an Ethereum address in the letter case that is its checksum (EIP-55)."""
    digest = keccak256(digits.lower().encode()).hex()
    return "".join(
        char.upper() if int(mark, 16) >= 8 else char for char, mark in zip(digits.lower(), digest, strict=False)
    )


def _ethereum(address: str) -> bool:
    digits = address[2:]
    # An address in one letter case carries no checksum (EIP-55); its fixed shape of 40 digits is the only test.
    return digits in (digits.lower(), digits.upper()) or digits == eip55(digits)


_B58 = "[1-9A-HJ-NP-Za-km-z]"

COINS: tuple[Coin, ...] = (
    Coin("BTC", "Bitcoin", rf"[13]{_B58}{{25,34}}", _base58(b"\x00", b"\x05")),
    Coin("BTC", "Bitcoin", r"(?:bc1[02-9ac-hj-np-z]{11,71}|BC1[02-9AC-HJ-NP-Z]{11,71})", _segwit("bc")),
    Coin("LTC", "Litecoin", rf"[LM]{_B58}{{26,33}}", _base58(b"\x30", b"\x32")),
    Coin("LTC", "Litecoin", r"(?:ltc1[02-9ac-hj-np-z]{11,71}|LTC1[02-9AC-HJ-NP-Z]{11,71})", _segwit("ltc")),
    Coin("DOGE", "Dogecoin", rf"[D9A]{_B58}{{33}}", _base58(b"\x1e", b"\x16")),
    Coin("DASH", "Dash", rf"[X7]{_B58}{{33}}", _base58(b"\x4c", b"\x10")),
    Coin("TRX", "Tron", rf"T{_B58}{{33}}", _base58(b"\x41")),
    Coin("ETH", "Ethereum", r"0[xX][0-9a-fA-F]{40}", _ethereum),
)
