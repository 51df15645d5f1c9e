"""The reader's own data in a sentence that boasts of them: a street with its number, a birth date, a name."""

import re
from collections.abc import Iterator

from scamcheck.text.unicode import merge
from scamcheck.types import Span

_STREET = (
    r"(?:street|st|road|rd|lane|avenue|ave|close|drive|court|square|boulevard|blvd|way|rue|chemin|impasse|place|allee|"
    r"stra(?:ss|ß)e|str|platz|weg|gasse|straat|laan|plein|dreef|kade|steenweg|calle|avenida|plaza|paseo|via|viale|piazza|"
    r"corso|rua|travessa|praça|praca|ulica|ulicy|ul|ulice|ulici|utca|tér|köz|sor|strada|bulevardul|gatan?|vägen|vagen|vej|gade|"
    r"vei|veien|katu|tie|sokak|sokağı|sokagi|cadde|caddesi|mahallesi|улиц[аеуы]|ул|проспект[еу]?|дом|вулиц[іяю]|вул|будинок|"
    r"οδ[οό][ςσυ]?|λεωφόρος|شارع|زقاق|عمارة|حي)"
)
# a capitalised word, a word for a street, or a small word between two
_CAPITAL = r"[^\W\d_a-zà-öø-ÿа-яёіїєα-ω][^\W_]{1,30}"
_PLACE = rf"(?:(?:(?i:{_STREET})\b\.?)|(?:{_CAPITAL})|(?:d(?:e[rns]?|el|a|os|u)|la|les?|of)\b)"
_HOUSE = r"\d{1,5}(?:[ ]?[a-zA-Z](?!\w))?(?:[-/]\d{1,4}[a-zA-Z]?)?"
_SIGN = (
    r"(?:no|nr|nº|n°|№|\w{0,10}(?:numéro|número|numero|nummer|number|numer|číslo)|νούμερο|νουμερο|رقم|نمرة|عمارة|الدار)"
)
_LINE = re.compile(
    rf"(?<![\w.])(?:(?:{_PLACE}[ ]){{0,4}}{_PLACE},?[ ]{{1,2}}(?:(?i:{_SIGN})[.:]?[ ])?{_HOUSE}"
    rf"|{_HOUSE},?[ ]{{1,2}}(?:{_PLACE}[ ]){{0,3}}(?i:{_STREET})\b(?:[ ]{_PLACE}){{0,4}}"
    rf"|(?i:{_SIGN})[.:]?[ ]{_HOUSE})(?!\w|[:.,]\d)"
)
_UNSPACED = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff]{0,8}\d{1,5}(?:[-‐]\d{1,4}){0,3} ?(?:番地|番|丁目|号|號|号室)"
    r"|[\uac00-\ud7a3]{1,8}(?:로|길|동) ?\d{1,5}(?:-\d{1,4})?(?: ?번지)?"
)
_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}"
    r"|\d{1,2}(?:st|nd|rd|th|\.|er)?(?: de| of)? [^\W\d_]{3,12},?(?: de)? (?:19|20)\d\d"
    r"|[^\W\d_]{3,12} \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d"
    r"|(?:19|20)\d\d ?[年년] ?\d{1,2} ?[月월] ?\d{1,2} ?[日일])(?!\d)"
)
_NAME = re.compile(r"(?:[A-ZÀ-ÖØ-ÞА-ЯЁІЇЄΑ-Ω][^\W\d_]{1,20}[ ]){1,3}[A-ZÀ-ÖØ-ÞА-ЯЁІЇЄΑ-Ω][^\W\d_]{1,20}(?=,)")


def personal_spans(text: str, sentence: Span) -> tuple[Span, ...]:
    """Return the spans of the reader's data in a sentence that speaks of them, in order, without overlaps.

    A street counts with its number, in either order; a name where the sentence begins with it.
    """
    return merge(list(_found(text, sentence)))


def _found(text: str, sentence: Span) -> Iterator[Span]:
    for pattern in (_DATE, _LINE, _UNSPACED):
        yield from (Span(*match.span()) for match in pattern.finditer(text, sentence.start, sentence.end))
    if name := _NAME.match(text, sentence.start, sentence.end):
        yield Span(*name.span())
