"""Bech32 (BIP 173) and Bech32m (BIP 350): segregated-witness addresses, and those of Zcash.

Sources: https://github.com/bitcoin/bips/blob/master/bip-0173.mediawiki, bip-0350.mediawiki;
https://zips.z.cash/zip-0173 (Sapling), zip-0316 (unified), zip-0320 (TEX).
"""

from collections.abc import Iterable

CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUE = {char: value for value, char in enumerate(CHARSET)}
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
BECH32, BECH32M = 1, 0x2BC830A3
"""What the checksum of a text leaves over: which of the two encodings it is in."""

_CHECKSUM_CHARS = 6
_MAX_CHARS = 90  # BIP 173: an address is at most 90 characters long


def _polymod(values: Iterable[int]) -> int:
    state = 1
    for value in values:
        top = state >> 25
        state = (state & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATOR):
            if top >> bit & 1:
                state ^= generator
    return state


def _expand(prefix: str) -> list[int]:
    return [ord(char) >> 5 for char in prefix] + [0] + [ord(char) & 31 for char in prefix]


def regroup(values: Iterable[int], from_bits: int, to_bits: int, *, pad: bool) -> list[int] | None:
    """Return values regrouped into `to_bits` wide ones, or None where the padding breaks BIP 173."""
    buffer = bits = 0
    out = []
    for value in values:
        buffer = (buffer << from_bits | value) & 0xFFFF
        bits += from_bits
        while bits >= to_bits:
            bits -= to_bits
            out.append(buffer >> bits & (1 << to_bits) - 1)
    if pad:
        return [*out, buffer << to_bits - bits & (1 << to_bits) - 1] if bits else out
    leftover = buffer & (1 << bits) - 1
    return None if bits >= from_bits or leftover else out


def decode_any(text: str) -> tuple[str, list[int], int] | None:
    """Return (prefix, values of five bits, encoding) of a text in one letter case, or None where it is neither."""
    if text not in (text.lower(), text.upper()):
        return None
    prefix, separator, body = text.lower().rpartition("1")
    if not separator or not prefix or len(body) <= _CHECKSUM_CHARS or not set(body) <= _VALUE.keys():
        return None
    data = [_VALUE[char] for char in body]
    encoding = _polymod(_expand(prefix) + data)
    return (prefix, data[:-_CHECKSUM_CHARS], encoding) if encoding in (BECH32, BECH32M) else None


def decode_segwit(address: str) -> tuple[str, int, bytes] | None:
    """Return (prefix, witness version, program) of a segwit address in either case, or None where it is invalid.

    >>> decode_segwit("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4")[:2]
    ('bc', 0)
    """
    decoded = decode_any(address) if len(address) <= _MAX_CHARS else None
    if decoded is None or not decoded[1]:
        return None
    prefix, data, encoding = decoded
    version = data[0]
    program = regroup(data[1:], 5, 8, pad=False)
    if program is None or version > 16 or not 2 <= len(program) <= 40:
        return None
    # BIP 141: version 0 programs are 20 or 32 bytes; BIP 350: version 0 keeps Bech32, the others use Bech32m.
    if version == 0 and len(program) not in (20, 32):
        return None
    return (prefix, version, bytes(program)) if encoding == (BECH32 if version == 0 else BECH32M) else None


def encode_segwit(prefix: str, version: int, program: bytes) -> str:
    """Return the segwit address, in lower case."""
    data = [version, *(regroup(program, 8, 5, pad=True) or [])]
    constant = BECH32 if version == 0 else BECH32M
    state = _polymod([*_expand(prefix), *data, *[0] * _CHECKSUM_CHARS]) ^ constant
    checksum = [state >> 5 * (_CHECKSUM_CHARS - 1 - place) & 31 for place in range(_CHECKSUM_CHARS)]
    return prefix + "1" + "".join(CHARSET[value] for value in data + checksum)
