"""CashAddr, the address format of Bitcoin Cash, with or without its prefix.

Source: https://upgradespecs.bitcoincashnode.org/cashaddr/ (checksum, version byte, sizes); types 2 and 3 are those of
https://github.com/cashtokens/cashtokens (the same hashes, for wallets that take tokens).
"""

from collections.abc import Iterable

from scamcheck.features.payment.bech32 import CHARSET, regroup

PREFIX = "bitcoincash"
_VALUE = {char: value for value, char in enumerate(CHARSET)}
_GENERATOR = (0x98F2BC8E61, 0x79B76D99E2, 0xF33E5FB3C4, 0xAE2EABE2A8, 0x1E4F43E470)
_CHECKSUM_CHARS = 8
_HASH_BYTES = {0: 20, 1: 24, 2: 28, 3: 32, 4: 40, 5: 48, 6: 56, 7: 64}
_TYPES = range(4)  # to a key, to a script, and the same two for tokens


def _polymod(values: Iterable[int]) -> int:
    state = 1
    for value in values:
        top = state >> 35
        state = (state & 0x07FFFFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATOR):
            if top >> bit & 1:
                state ^= generator
    return state ^ 1


def decode_cashaddr(address: str) -> tuple[int, bytes] | None:
    """Return (type, hash) of a Bitcoin Cash address in one letter case, or None where it is invalid.

    >>> decode_cashaddr("qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a")[0]
    0
    """
    if address not in (address.lower(), address.upper()):
        return None
    body = address.lower().removeprefix(f"{PREFIX}:")
    if len(body) <= _CHECKSUM_CHARS or not set(body) <= _VALUE.keys():
        return None
    data = [_VALUE[char] for char in body]
    if _polymod([*(ord(char) & 31 for char in PREFIX), 0, *data]):
        return None
    payload = regroup(data[:-_CHECKSUM_CHARS], 5, 8, pad=False)
    if not payload or payload[0] & 0x80:
        return None
    kind, size = payload[0] >> 3, _HASH_BYTES[payload[0] & 7]
    return (kind, bytes(payload[1:])) if kind in _TYPES and len(payload) == 1 + size else None
