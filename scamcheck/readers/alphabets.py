"""Which charset of one byte a text is in: the one that makes the letters of one language of its bytes."""

from collections import Counter

_ONE_BYTE = (
    *("cp1252", "iso8859-15", "cp1250", "iso8859-2", "cp1254", "cp1251", "koi8-u", "iso8859-5", "cp866", "cp1253"),
    *("iso8859-7", "cp1256", "iso8859-6", "mac_roman", "mac_latin2", "mac_cyrillic", "cp850", "cp852", "cp437"),
)
"""The charsets of one byte that mails and text files of our languages come in; of two that fit equally the first."""
_Alphabet = tuple[frozenset[str], frozenset[str]]


def _alphabet(letters: str, common: str = "") -> _Alphabet:
    return frozenset(letters + letters.upper()), frozenset(common + common.upper())


_LATIN = (
    *(_alphabet("éèëïöüáóíêç"), _alphabet("äöüß"), _alphabet("àâæçéèêëîïôœùûüÿ"), _alphabet("áéíóúüñ¿¡ºª")),
    *(_alphabet("àèéìíòóù"), _alphabet("áâãàçéêíóôõúüºª"), _alphabet("ąćęłńóśźż"), _alphabet("áčďéěíňóřšťúůýž")),
    *(_alphabet("áäčďéíĺľňóôŕšťúýž"), _alphabet("áéíóöőúüű"), _alphabet("ăâîșțşţ"), _alphabet("åäöé")),
    *(_alphabet("æøåéèóòôü"), _alphabet("çğıİöşüâîû")),
)
_OTHERS = (
    _alphabet("абвгдежзийклмнопрстуфхцчшщъыьэюяё", "оеаинтсрвл"),
    _alphabet("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "оаниітврес"),
    _alphabet("αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ", "αοιετσνηυρ"),
    _alphabet("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأؤإئًٌٍَُِّْـ", "اليمنوترهب"),
)
"""The letters beyond ASCII of our languages (Unicode CLDR, exemplar characters), and the most frequent ones."""
_SIGNS = frozenset("“”„‘’‚«»‹›–—…•€£§°·№™©®×، ؛؟\xa0")


def fit(sample: bytes, *, latin: bool) -> tuple[str, float]:
    """Return the one-byte charset whose letters beyond ASCII best belong to one language, and the share that does.

    `latin` asks for the languages in Latin script alone. The name is empty where not even one letter fits.
    """
    best, most = "", (0.0, 0.0)
    for name in _ONE_BYTE:
        counts: Counter[str] = Counter()
        odd, before = 0, " "
        for char in sample.decode(name, "replace"):
            if char > "\x7f":
                counts[char] += 1
            # one script a word, and no capital behind a small letter (KOI8-R is Windows-1251 with case swapped)
            if (char > "\x7f" or before > "\x7f") and before.isalpha() and char.isalpha():
                odd += (char < "\u0370") != (before < "\u0370") or (before.islower() and char.isupper())
            before = char
        total = counts.total() or 1
        signs = sum(counts[sign] for sign in _SIGNS)
        for letters, common in _LATIN if latin else _LATIN + _OTHERS:
            fitting = sum(counts[letter] for letter in letters)
            usual = sum(counts[letter] for letter in common)
            score = ((fitting + signs - odd) / total, usual / total)
            if score > most:
                best, most = name, score
    return best, most[0]
