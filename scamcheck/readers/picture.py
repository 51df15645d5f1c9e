"""Pictures: screenshots and photographs of messages, read for their writing and codes in the child process.

A picture that came with a mail may be the intimate image itself. Nothing but its name, size and digest is kept.
"""

import hashlib

from scamcheck.errors import UnreadableInputError
from scamcheck.limits import MAX_PICTURE_SECONDS
from scamcheck.readers.child import shared
from scamcheck.types import Message, Part, Picture, Writing

_MAGIC = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
    b"II*\0": "image/tiff",
    b"MM\0*": "image/tiff",
}
# Brands of ISO base media files (ISO/IEC 23008-12, HEIF; the AVIF specification of AOM); all others are films.
_BRANDS = {b"avif": "image/avif", b"avis": "image/avif"} | dict.fromkeys(
    (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1", b"mif2"), "image/heic"
)
_FILMS = (b"\x1aE\xdf\xa3", b"\0\0\x01\xba", b"\0\0\x01\xb3", b"FLV\x01", b"0&\xb2u\x8ef\xcf\x11", b"OggS")

FILM = (
    "This is a film, and films are not read. Paste the text of the mail. "
    "Never upload an intimate picture or film of anybody."
)
NO_PICTURE = "This is not a picture that can be read. Take a screenshot of the mail, or paste its text."


def media_type(data: bytes) -> str:
    """Return the media type of a picture by its first bytes, or '' where it is none that is read."""
    head = data[:32]
    for magic, kind in _MAGIC.items():
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[:2] == b"BM" and head[14:18] in (
        b"\x0c\0\0\0",
        b"(\0\0\0",
        b"4\0\0\0",
        b"8\0\0\0",
        b"@\0\0\0",
        b"l\0\0\0",
        b"|\0\0\0",
    ):
        return "image/bmp"  # by the size of its second header too: a text may begin with the letters BM
    return _BRANDS.get(head[8:12], "") if head[4:8] == b"ftyp" else ""


def is_film(data: bytes) -> bool:
    """Return whether a file begins like a film."""
    head = data[:16]
    other = (head[4:8] == b"ftyp" and head[8:12] not in _BRANDS) or head[4:8] in (b"moov", b"mdat", b"wide")
    return other or head.startswith(_FILMS) or (head[:4] == b"RIFF" and head[8:12] == b"AVI ")


def matches(data: bytes, filename: str | None) -> bool:
    """Return whether the bytes are a picture: PNG, JPEG, WEBP, HEIC, AVIF, GIF, BMP or TIFF. The name tells nothing."""
    return bool(media_type(data))


def read(data: bytes, filename: str | None, *, seconds: float = MAX_PICTURE_SECONDS) -> Message:
    """Return the writing in a picture as the one part of a message, and what is kept of the picture itself.

    Without writing, or with writing that cannot be read, there is no part; the picture says which. Raises
    UnreadableInputError for films (picture), broken files (damaged), ones past a limit (too_large, too_slow), where a
    package is missing (missing_package) and where the user stopped it (stopped).
    """
    kind, name = media_type(data), filename or ""
    if not kind:
        film = is_film(data)
        raise UnreadableInputError(FILM if film else NO_PICTURE, code="picture" if film else "damaged")
    answer = shared.ask("picture", data, seconds=seconds)
    parts = (Part(kind, answer.text, name=name, boxes=answer.boxes),) if answer.text else ()
    writing = Writing.READ if parts else answer.writing
    if not parts and writing is Writing.READ:
        writing = Writing.NONE
    picture = Picture(name, len(data), hashlib.sha256(data).hexdigest(), writing)
    return Message(parts, pictures=(picture,), defects=answer.defects)
