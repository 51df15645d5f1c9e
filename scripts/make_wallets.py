#!/usr/bin/env python3
"""Write data/wallets.toml: the wallet addresses that our own mails may name.

They have valid checksums, but nobody holds their keys: each hash is made from a counter, not from a key. A test checks
that the file is what this script writes, and that no mail in data/ names another address.
"""

from hashlib import sha256
from pathlib import Path

from scamcheck.features.payment.base58 import encode_check
from scamcheck.features.payment.bech32 import encode_segwit
from scamcheck.features.payment.coins import eip55

TARGET = Path(__file__).resolve().parent.parent / "data" / "wallets.toml"
HEADER = "# Made by scripts/make_wallets.py; do not edit. Valid checksums, no keys: nobody can receive money here.\n"


def _digest(kind: str, number: int, size: int) -> bytes:
    return sha256(f"scamcheck wallet {kind} {number}".encode()).digest()[:size]


def wallets() -> dict[str, list[str]]:
    """Return the addresses by kind."""
    return {
        "btc_p2pkh": [encode_check(b"\x00" + _digest("btc_p2pkh", n, 20)) for n in range(800)],
        "btc_p2sh": [encode_check(b"\x05" + _digest("btc_p2sh", n, 20)) for n in range(160)],
        "btc_segwit": [encode_segwit("bc", 0, _digest("btc_segwit", n, 20)) for n in range(800)],
        "btc_taproot": [encode_segwit("bc", 1, _digest("btc_taproot", n, 32)) for n in range(120)],
        "ltc": [encode_check(b"\x30" + _digest("ltc", n, 20)) for n in range(120)],
        "ltc_segwit": [encode_segwit("ltc", 0, _digest("ltc_segwit", n, 20)) for n in range(80)],
        "eth": ["0x" + eip55(_digest("eth", n, 20).hex()) for n in range(120)],
        "trx": [encode_check(b"\x41" + _digest("trx", n, 20)) for n in range(120)],
        "doge": [encode_check(b"\x1e" + _digest("doge", n, 20)) for n in range(80)],
        "dash": [encode_check(b"\x4c" + _digest("dash", n, 20)) for n in range(80)],
    }


def render() -> str:
    """Return the text of the file."""
    lines = [HEADER]
    for kind, addresses in wallets().items():
        lines.append(f"{kind} = [\n" + "".join(f'    "{address}",\n' for address in addresses) + "]\n")
    return "\n".join(lines)


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="ascii")
