#!/usr/bin/env python3
"""Write scamcheck/text/confusables.tsv: characters of other scripts that look like one ASCII letter.

Source: the Unicode confusables data (UTS #39), as the confusable-homoglyphs package carries it. Characters that
compatibility normalisation (NFKC) or the loss of a combining mark already turn into ASCII are left out.
"""

import json
import unicodedata
from pathlib import Path

import confusable_homoglyphs

TARGET = Path(__file__).resolve().parent.parent / "scamcheck" / "text" / "confusables.tsv"
PAIRS = "¡i ʍm Ʌa ɩi ʟl ɢg ɴn ʀr ʏy ʙb ʜh ɾr ʋv ʌa ɛe ɪi ʊu кk тt мm вb нh зe εe ηn κk τt ωw μu ιi νv"
EXTRA = {pair[0]: pair[1] for pair in PAIRS.split()}
"""Seen in real mail (inverted exclamation mark, phonetic letters, loose Cyrillic and Greek) but not in the data."""


def rows() -> dict[str, str]:
    """Return the look-alikes and the ASCII letter that each stands for."""
    data = json.loads(Path(confusable_homoglyphs.__file__).with_name("confusables.json").read_text(encoding="utf-8"))
    found = dict(EXTRA)
    for char, likes in data.items():
        if len(char) != 1 or char.isascii() or not char.isalpha():
            continue
        if unicodedata.normalize("NFKD", char)[0].isascii():
            continue
        letters = [like["c"] for like in likes if len(like["c"]) == 1 and like["c"].isascii() and like["c"].isalpha()]
        if letters:
            same_case = [letter for letter in letters if letter.islower() == char.islower()]
            found.setdefault(char, (same_case or letters)[0])
    return found


def render() -> str:
    """Return the text of the file: code point, ASCII letter, name."""
    lines = [f"{ord(char):04X}\t{letter}\t{unicodedata.name(char, '?')}" for char, letter in sorted(rows().items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="ascii")
