"""Keccak-256, the hash behind the checksums of Ethereum and Monero addresses.

It is the original Keccak padding (0x01), not the SHA3-256 of the standard library (0x06).
Source: https://keccak.team/keccak_specs_summary.html
"""

_RATE_BYTES = 136
_MASK = (1 << 64) - 1


def _round_constants() -> list[int]:
    """Return the 24 round constants, made by the specification's linear feedback shift register."""
    constants, state = [], 1
    for _ in range(24):
        constant = 0
        for bit in range(7):
            if state & 1:
                constant |= 1 << (1 << bit) - 1
            state = state << 1 ^ (0x171 if state & 0x80 else 0)
        constants.append(constant)
    return constants


def _rotation_offsets() -> list[list[int]]:
    offsets = [[0] * 5 for _ in range(5)]
    x, y = 1, 0
    for step in range(24):
        offsets[x][y] = (step + 1) * (step + 2) // 2 % 64
        x, y = y, (2 * x + 3 * y) % 5
    return offsets


_ROUND_CONSTANTS = _round_constants()
_OFFSETS = _rotation_offsets()


def _rotate(lane: int, by: int) -> int:
    return (lane << by | lane >> 64 - by) & _MASK if by else lane


def _permute(lanes: list[list[int]]) -> None:
    for constant in _ROUND_CONSTANTS:
        columns = [lanes[x][0] ^ lanes[x][1] ^ lanes[x][2] ^ lanes[x][3] ^ lanes[x][4] for x in range(5)]
        for x in range(5):
            parity = columns[x - 1] ^ _rotate(columns[(x + 1) % 5], 1)
            for y in range(5):
                lanes[x][y] ^= parity
        moved = [[0] * 5 for _ in range(5)]
        for x in range(5):
            for y in range(5):
                moved[y][(2 * x + 3 * y) % 5] = _rotate(lanes[x][y], _OFFSETS[x][y])
        for x in range(5):
            for y in range(5):
                lanes[x][y] = moved[x][y] ^ ~moved[(x + 1) % 5][y] & moved[(x + 2) % 5][y] & _MASK
        lanes[0][0] ^= constant


def keccak256(data: bytes) -> bytes:
    """Return the 32-byte Keccak-256 digest.

    >>> keccak256(b"").hex()[:16]
    'c5d2460186f7233c'
    """
    padded = bytearray(data)
    padded += bytes(_RATE_BYTES - len(data) % _RATE_BYTES)
    padded[len(data)] ^= 0x01
    padded[-1] ^= 0x80
    lanes = [[0] * 5 for _ in range(5)]
    for start in range(0, len(padded), _RATE_BYTES):
        for word in range(_RATE_BYTES // 8):
            at = start + 8 * word
            lanes[word % 5][word // 5] ^= int.from_bytes(padded[at : at + 8], "little")
        _permute(lanes)
    return b"".join(lanes[word % 5][word // 5].to_bytes(8, "little") for word in range(4))
