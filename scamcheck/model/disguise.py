"""The disguises of real scam mail, to train and to measure with: each turns a text into a message that hides it.

They follow what is seen in the wild (HTML that hides words between letters, look-alikes, split wallets ...). All are
deterministic: the same text and seed give the same message.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Mapping
from random import Random
from types import MappingProxyType

from scamcheck.features.payment.addresses import find_addresses
from scamcheck.types import Message, Part

_LOOK_ALIKES = str.maketrans("aceopxyijsABEHKMOPTX", "асеорхуіјѕАВЕНКМОРТХ")
_LOOK_ALIKES_BACK = str.maketrans("асеорхуіАВЕНКМОРТХ", "aceopxyiABEHKMOPTX")
_DIACRITICS = {"a": "ạ", "e": "ẹ", "i": "ị", "o": "ọ", "u": "ụ", "n": "ṇ", "s": "ṣ", "t": "ṭ", "h": "ḥ", "r": "ṛ"}
_LEET = str.maketrans("oieasOIEA", "013450134")
_WORDS = ("weather", "garden", "morning", "yellow", "window", "river", "paper", "summer", "travel", "kitchen")
_HARMLESS = (
    "Hello,\n\nthank you for your order. It leaves our store tomorrow, and you get a message when it is on its way.\n\n"
    "Kind regards,\nyour garden shop"
)
_TRON_WALLET = "TN5iEP28zRAfFA8mu1P9wQ24qptPLfqn49"  # the first of data/wallets.toml
FIRST_CHARS = 1_500
_CHARACTER = re.compile(r"&#\d{1,7};|.", re.DOTALL)  # a reference is one letter to whoever spaces them out


def _plain(text: str) -> Message:
    return Message(parts=(Part("text/plain", text),))


def _html(body: str) -> Message:
    return Message(parts=(Part("text/html", f"<html><body>{body}</body></html>"),))


def _each_letter(text: str, change: Callable[[str], str]) -> str:
    return "".join(change(char) if char.isalpha() else char for char in text)


def _outside_wallets(text: str, change: Callable[[str], str]) -> str:
    """Return the text changed everywhere but in its wallets, which the sender wants to be paid into."""
    pieces, at = [], 0
    for address in sorted(find_addresses(text), key=lambda found: found.span):
        if address.span.start >= at:
            pieces += [change(text[at : address.span.start]), address.text]
            at = address.span.end
    return "".join([*pieces, change(text[at:])])


def _without_wallets(text: str, replace: Callable[[str], str]) -> str:
    for address in {found.text for found in find_addresses(text)}:
        text = text.replace(address, replace(address))
    return text


def _zero_width(text: str, random: Random) -> Message:
    return _plain(
        _each_letter(text, lambda char: char + (random.choice("\u200b\u200c\u2060") if random.random() < 0.3 else ""))
    )


def _soft_hyphen(text: str, random: Random) -> Message:
    return _plain(_each_letter(text, lambda char: char + ("\u00ad" if random.random() < 0.5 else "")))


def _look_alikes(text: str, random: Random) -> Message:
    cyrillic = sum("\u0400" <= char <= "\u04ff" for char in text) * 2 > sum(map(str.isalpha, text))
    table = _LOOK_ALIKES_BACK if cyrillic else _LOOK_ALIKES

    def swap(char: str) -> str:
        return char.translate(table) if random.random() < 0.6 else char

    return _plain(_outside_wallets(text, lambda piece: _each_letter(piece, swap)))


def _diacritics(text: str, random: Random) -> Message:
    def mark(char: str) -> str:
        return _DIACRITICS.get(char, char) if random.random() < 0.7 else char

    return _plain(_outside_wallets(text, lambda piece: _each_letter(piece, mark)))


def _combining_marks(text: str, random: Random) -> Message:
    def mark(char: str) -> str:
        return char + random.choice("\u0332\u0336\u0307\u0323") if char.isascii() and random.random() < 0.5 else char

    return _plain(_outside_wallets(text, lambda piece: _each_letter(piece, mark)))


def _mathematical(text: str, random: Random) -> Message:
    base = random.choice((0x1D400, 0x1D5D4, 0x1D670))  # bold, sans-serif bold, monospace

    def letter(char: str) -> str:
        if "A" <= char <= "Z":
            return chr(base + ord(char) - ord("A"))
        return chr(base + 26 + ord(char) - ord("a")) if "a" <= char <= "z" else char

    return _plain(_outside_wallets(text, lambda piece: _each_letter(piece, letter)))


def _dots(text: str, random: Random) -> Message:
    def dotted(piece: str) -> str:
        return " ".join(".".join(word) if word.isalpha() and len(word) > 3 else word for word in piece.split(" "))

    return _plain(_outside_wallets(text, dotted))


def _letter_spacing(text: str, random: Random) -> Message:
    def spaced(piece: str) -> str:
        return "   ".join(" ".join(_CHARACTER.findall(word)) for word in piece.split(" "))

    return _plain("\n".join(_outside_wallets(line, spaced) for line in text.split("\n")))


def _cut_words(text: str, random: Random) -> Message:
    def cut(word: str) -> str:
        place = len(word) // 2
        return word[:place] + random.choice("-*.|") + word[place:] if len(word) > 4 and word.isalpha() else word

    return _plain(_outside_wallets(text, lambda piece: " ".join(map(cut, piece.split(" ")))))


def _junk_words(text: str, random: Random) -> Message:
    def junk() -> str:
        return "(" + "".join(random.choice("abcdefghiklmnopqrstuvwz") for _ in range(random.randint(5, 9))) + ")"

    return _plain(" ".join(word + (f" {junk()}" if random.random() < 0.15 else "") for word in text.split(" ")))


def _leet(text: str, random: Random) -> Message:
    def swap(char: str) -> str:
        return char.translate(_LEET) if random.random() < 0.8 else char

    return _plain(_outside_wallets(text, lambda piece: _each_letter(piece, swap)))


def _wallet_split(text: str, random: Random) -> Message:
    mark = random.choice(("*", " ", "-"))

    def split(address: str) -> str:
        size = random.randint(5, 9)
        return mark.join(address[at : at + size] for at in range(0, len(address), size))

    return _plain(_without_wallets(text, split))


def _no_wallet(text: str, random: Random) -> Message:
    return _plain(_without_wallets(text, lambda address: ""))


def _other_coin(text: str, random: Random) -> Message:
    text = _without_wallets(text, lambda address: _TRON_WALLET)
    for name in ("Bitcoins", "bitcoins", "Bitcoin", "bitcoin", "BITCOIN", "BTC"):
        text = text.replace(name, "USDT (TRC20)")
    return _plain(text)


def _first_chars(text: str, random: Random) -> Message:
    return _plain(text[:FIRST_CHARS])


def _hidden_words(text: str, random: Random) -> Message:
    styles = ("display:none", "font-size:0", "color:#fff;background:#fff", "visibility:hidden")

    def hide(char: str) -> str:
        if char == "\n":
            return "<br>"
        word = f'<span style="{random.choice(styles)}">{random.choice(_WORDS)}</span>' if random.random() < 0.2 else ""
        return html.escape(char) + word

    return _html("".join(map(hide, text)))


def _letter_elements(text: str, random: Random) -> Message:
    return _html("".join("</br>" if char == "\n" else f"<span>{html.escape(char)}</span><!--x-->" for char in text))


def _double_entities(text: str, random: Random) -> Message:
    def escape(char: str) -> str:
        return f"&amp;#{ord(char)};" if char.isalpha() and random.random() < 0.5 else html.escape(char)

    return _html("".join(map(escape, text)).replace("\n", "<br>"))


def _harmless_plain_part(text: str, random: Random) -> Message:
    body = html.escape(text).replace("\n", "<br>")
    return Message(parts=(Part("text/plain", _HARMLESS), Part("text/html", f"<html><body>{body}</body></html>")))


def _decomposed(text: str, random: Random) -> Message:
    return _plain(unicodedata.normalize("NFD", text))


Disguise = Callable[[str, Random], Message]

DISGUISES: Mapping[str, Disguise] = MappingProxyType(
    {
        "zero_width": _zero_width,
        "soft_hyphen": _soft_hyphen,
        "look_alikes": _look_alikes,
        "diacritics": _diacritics,
        "combining_marks": _combining_marks,
        "decomposed": _decomposed,
        "mathematical": _mathematical,
        "dots": _dots,
        "letter_spacing": _letter_spacing,
        "cut_words": _cut_words,
        "junk_words": _junk_words,
        "leet": _leet,
        "wallet_split": _wallet_split,
        "no_wallet": _no_wallet,
        "other_coin": _other_coin,
        "first_1500": _first_chars,
        "hidden_html": _hidden_words,
        "letter_elements": _letter_elements,
        "double_entities": _double_entities,
        "harmless_plain_part": _harmless_plain_part,
    }
)
"""Every disguise by its name."""


def disguise(name: str, text: str, *, seed: str = "") -> Message:
    """Return a message that carries the text in a disguise. Raises KeyError for a name not in `DISGUISES`."""
    return DISGUISES[name](text, Random(f"{name}/{seed}/{len(text)}"))
