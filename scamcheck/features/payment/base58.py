"""Base58, the encoding of most older wallet addresses: with four checksum bytes (Base58Check), without, and in blocks.

Sources: https://en.bitcoin.it/wiki/Base58Check_encoding (Bitcoin's alphabet and checksum),
https://xrpl.org/docs/references/protocol/data-types/base58-encodings (the XRP Ledger's alphabet),
https://docs.getmonero.org/cryptography/base58/ (Monero's blocks of eight bytes).
"""

from hashlib import sha256

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
RIPPLE_ALPHABET = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
_VALUES = {alphabet: {char: value for value, char in enumerate(alphabet)} for alphabet in (ALPHABET, RIPPLE_ALPHABET)}
_CHECKSUM_BYTES = 4
_BLOCK_BYTES = {0: 0, 2: 1, 3: 2, 5: 3, 6: 4, 7: 5, 9: 6, 10: 7, 11: 8}
"""Monero: the bytes that a block of so many characters holds."""


def _checksum(payload: bytes) -> bytes:
    return sha256(sha256(payload).digest()).digest()[:_CHECKSUM_BYTES]


def _number(text: str, alphabet: str) -> int | None:
    values = _VALUES[alphabet]
    number = 0
    for char in text:
        value = values.get(char)
        if value is None:
            return None
        number = number * 58 + value
    return number


def decode(text: str, alphabet: str = ALPHABET) -> bytes | None:
    """Return the bytes of a Base58 text, or None where a character is not in the alphabet."""
    number = _number(text, alphabet)
    if number is None:
        return None
    leading_zeros = len(text) - len(text.lstrip(alphabet[0]))
    return bytes(leading_zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def decode_check(text: str, alphabet: str = ALPHABET) -> bytes | None:
    """Return the payload (version bytes first) of a Base58Check text, or None where the checksum fails.

    >>> decode_check("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2").hex()
    '0077bff20c60e522dfaa3350c39b030a5d004e839a'
    """
    data = decode(text, alphabet)
    if data is None:
        return None
    payload, checksum = data[:-_CHECKSUM_BYTES], data[-_CHECKSUM_BYTES:]
    return payload if payload and _checksum(payload) == checksum else None


def decode_blocks(text: str) -> bytes | None:
    """Return the bytes of a text in Monero's Base58, each 11 characters of which are 8 bytes, or None."""
    data = b""
    for start in range(0, len(text), 11):
        block = text[start : start + 11]
        size, number = _BLOCK_BYTES.get(len(block)), _number(block, ALPHABET)
        if size is None or number is None or number >> 8 * size:
            return None
        data += number.to_bytes(size, "big")
    return data


def encode_check(payload: bytes) -> str:
    """Return the Base58Check text of a payload (version bytes first)."""
    data = payload + _checksum(payload)
    number = int.from_bytes(data, "big")
    digits = ""
    while number:
        number, remainder = divmod(number, 58)
        digits = ALPHABET[remainder] + digits
    return ALPHABET[0] * (len(data) - len(data.lstrip(b"\0"))) + digits
