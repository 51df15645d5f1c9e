"""Base58Check, the encoding of most older wallet addresses.

Source: https://en.bitcoin.it/wiki/Base58Check_encoding
"""

from hashlib import sha256

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUE = {char: value for value, char in enumerate(ALPHABET)}
_CHECKSUM_BYTES = 4


def _checksum(payload: bytes) -> bytes:
    return sha256(sha256(payload).digest()).digest()[:_CHECKSUM_BYTES]


def decode_check(text: str) -> bytes | None:
    """Return the payload (version bytes first) of a Base58Check text, or None where the checksum fails.

    >>> decode_check("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2").hex()
    '0077bff20c60e522dfaa3350c39b030a5d004e839a'
    """
    number = 0
    for char in text:
        value = _VALUE.get(char)
        if value is None:
            return None
        number = number * 58 + value
    leading_zeros = len(text) - len(text.lstrip(ALPHABET[0]))
    data = bytes(leading_zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")
    payload, checksum = data[:-_CHECKSUM_BYTES], data[-_CHECKSUM_BYTES:]
    return payload if payload and _checksum(payload) == checksum else None


def encode_check(payload: bytes) -> str:
    """Return the Base58Check text of a payload (version bytes first)."""
    data = payload + _checksum(payload)
    number = int.from_bytes(data, "big")
    digits = ""
    while number:
        number, remainder = divmod(number, 58)
        digits = ALPHABET[remainder] + digits
    return ALPHABET[0] * (len(data) - len(data.lstrip(b"\0"))) + digits
