"""The composer: further training texts from the claim banks, in every combination that the written ones leave out.

What makes a mass mail is which claims stand together, not how one is worded. So letters are composed with any claim
left out, in a realistic order, with fillers, typing errors and disguises; and their neighbours from the sentences that
*those* are made of: real cases from counter-signs, texts about the scam from warnings that quote a claim, ordinary mail
from ordinary sentences. Composed texts are for training only, and use the wordings of the training split only.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random

from scamcheck.model.corpus import (
    ADVERT,
    AUTHORITY,
    COUNTER_SIGNS,
    FILLER,
    ORDINARY,
    OTHER_THREAT,
    QUESTION,
    WARNING,
    Mail,
    Wording,
    fill,
)
from scamcheck.model.disguise import DISGUISES, disguise
from scamcheck.types import Message, Part, Verdict

FAMILY = "composed"

LETTERS: Mapping[Verdict, int] = {
    Verdict.SEXTORTION_SCAM: 26,
    Verdict.PERSONAL_SEXTORTION: 22,
    Verdict.OTHER_EXTORTION: 26,
    Verdict.OTHER_SCAM: 8,
    Verdict.ABOUT_SEXTORTION: 22,
    Verdict.UNRELATED: 10,
}
"""Composed texts a language. Chosen by cross-validation over families; more of them changed nothing."""

DISGUISED = {True: 0.3, False: 0.15}
"""The share of composed texts that is disguised, for mass mails and for others: a disguise alone proves nothing."""

_ORDER = (
    ("own_address", "leaked_password", "reader_data", "insult"),
    ("hacked_device", "malware", "antivirus_silent"),
    ("adult_sites", "camera_access", "recording"),
    ("flattery", "contacts_copied"),
    ("contacts_threat", "reputation"),
    ("payment_demand", "crypto_address", "how_to_buy"),
    ("deadline", "tracking"),
    ("no_reply", "no_police", "untraceable"),
    ("will_delete", "nothing_personal", "future_advice"),
)
"""The claims in the order that letters make them. Within a group any order occurs."""

_SURE = ("hacked_device", "recording", "payment_demand", "contacts_threat")
_EXPOSURE = ("recording", "adult_sites", "contacts_threat")
_ALSO_IN_OTHER_THREATS = ("hacked_device", "malware", "antivirus_silent", "payment_demand", "crypto_address",
                          "how_to_buy", "deadline", "no_police", "untraceable", "nothing_personal")  # fmt: skip
_ALSO_IN_REAL_CASES = ("contacts_threat", "payment_demand", "deadline", "hacked_device", "no_police", "reputation",
                       "recording", "contacts_copied", "crypto_address", "insult")  # fmt: skip

_CURRENCY = {"en": "USD", "pl": "zł", "cs": "Kč", "hu": "Ft", "ro": "lei", "sv": "kr", "da": "kr", "nb": "kr",
             "tr": "TL", "ru": "долларов", "uk": "доларів", "ja": "ドル", "ko": "달러", "zh": "美元",
             "ar": "دولار"}  # fmt: skip
_PASSWORDS = ("bella2009", "Sommer#17", "qwe123rty", "lucky_77", "Anna1984!", "dragon88")
_NAMES = ("Alex", "Robin", "Sam", "Kim", "Noa", "Luca")
_COINS = ("Bitcoin", "BTC", "bitcoin", "BTC", "USDT", "Litecoin", "Monero")


class Composer:
    """Composes texts of one language. The same bank, wallets and seed give the same texts."""

    def __init__(self, language: str, bank: Sequence[Wording], wallets: Sequence[str]) -> None:
        self._language = language
        self._random = Random(f"compose/{language}")
        self._wallets = wallets
        self._bank: dict[str, list[str]] = defaultdict(list)
        self._decks: dict[str, list[str]] = defaultdict(list)
        for wording in bank:
            if wording.language == language and wording.split == "train":
                self._bank[wording.name].append(wording.text)

    def mails(self) -> Iterator[tuple[Mail, Message]]:
        """Yield each composed text as a mail of the corpus, and the message that carries it."""
        for label, count in LETTERS.items():
            for number in range(count):
                text = self._clumsy(self._text(label))
                name = f"{self._language}/{label}/{FAMILY}-{number + 1}"
                mail = Mail(name, self._language, label, FAMILY, "train", "machine", "", text, ())
                yield mail, self._message(text, label)

    def _text(self, label: Verdict) -> str:
        builders: dict[Verdict, Callable[[], list[str]]] = {
            Verdict.SEXTORTION_SCAM: self._mass_mail,
            Verdict.PERSONAL_SEXTORTION: self._real_case,
            Verdict.OTHER_EXTORTION: self._other_threat,
            Verdict.OTHER_SCAM: lambda: self._said([ADVERT] * self._random.randint(2, 7)),
            Verdict.ABOUT_SEXTORTION: self._about,
            Verdict.UNRELATED: lambda: self._said([ORDINARY] * self._random.randint(3, 9)),
        }
        return self._joined(builders[label]())

    def _some(self, names: Sequence[str], low: int, high: int) -> list[str]:
        return self._random.sample(names, min(len(names), self._random.randint(low, high)))

    def _said(self, names: Sequence[str]) -> list[str]:
        return [self._wording(name) for name in names]

    def _wording(self, name: str) -> str:
        random = self._random
        values = {
            "wallet": random.choice(self._wallets),
            "coin": random.choice(_COINS),
            "amount": f"{random.choice((300, 450, 600, 790, 950, 1200, 1400, 1750, 2100, 2900))} "
            + random.choice((_CURRENCY.get(self._language, "euro"), "€", "$", "USD")),
            "hours": str(random.choice((24, 36, 48, 50, 60, 72))),
            "days": str(random.randint(2, 7)),
            "password": random.choice(_PASSWORDS),
            "phone": f"+00 000 {random.randint(100, 999)} 000",
            "name": random.choice(_NAMES),
            "date": f"{random.randint(1, 28):02}.{random.randint(1, 12):02}.{random.randint(2017, 2026)}",
            "mail": f"{random.choice(_NAMES).lower()}{random.randint(1, 99)}@example.com",
            "street": f"{random.randint(1, 99)}",
        }
        return fill(self._draw(name), values)

    def _draw(self, name: str) -> str:
        """Return a wording; none comes again before all of its list were drawn."""
        deck = self._decks[name]
        if not deck:
            deck += self._bank[name]
            self._random.shuffle(deck)
        return deck.pop()

    def _mass_mail(self) -> list[str]:
        random = self._random
        keep = random.choice((0.05, 0.15, 0.3, 0.45, 0.6, 0.75))  # short letters and long ones
        sure = {random.choice(_EXPOSURE), random.choice(("payment_demand", "contacts_threat")), random.choice(_SURE)}
        names: list[str] = [FILLER] if random.random() < 0.6 else []
        groups = [list(group) for group in _ORDER]
        if random.random() < 0.3:
            place = random.randrange(len(groups) - 1)
            groups[place], groups[place + 1] = groups[place + 1], groups[place]
        for group in groups:
            random.shuffle(group)
            for name in group:
                if name in sure or random.random() < keep:
                    names += [name] * (2 if random.random() < 0.15 else 1)
                    names += [FILLER] * (random.random() < 0.08)
        return self._said(names)

    def _real_case(self) -> list[str]:
        random = self._random
        claims = self._some(_ALSO_IN_REAL_CASES, 0, 5)
        names = [*self._some(sorted(COUNTER_SIGNS), 2, 4), *claims]
        random.shuffle(names)
        return self._said(names)

    def _other_threat(self) -> list[str]:
        """Return a threat without anything sexual: other threats, and claims that mass mails make as well."""
        random = self._random
        kind = random.choice((OTHER_THREAT, OTHER_THREAT, AUTHORITY))
        names = [kind] * random.randint(1, 4) + self._some(_ALSO_IN_OTHER_THREATS, 1, 6)
        random.shuffle(names)
        return self._said(names)

    def _about(self) -> list[str]:
        """Return a text about the scam or the question of somebody who got one; either may quote a few claims."""
        random = self._random
        warnings = self._said([random.choice((WARNING, QUESTION))] * random.randint(2, 6))
        quoted = self._said(self._some([name for group in _ORDER for name in group], 0, 4))
        place = random.randint(1, len(warnings))
        mark = random.choice(('"{}"', "“{}”", "«{}»", "> {}", "- {}"))
        return [*warnings[:place], *(mark.format(sentence) for sentence in quoted), *warnings[place:]]

    def _joined(self, sentences: Sequence[str]) -> str:
        random = self._random
        gap = random.choice((" ", " ", "\n", "\n\n"))
        return "".join(sentence + (gap if random.random() < 0.8 else "\n\n") for sentence in sentences).strip()

    def _clumsy(self, text: str) -> str:
        """Return the text as somebody types it who does not care: dropped and swapped letters, no capitals."""
        random = self._random
        if random.random() < 0.2:
            text = "\n".join(line if "0x" in line or "1" in line else line.lower() for line in text.split("\n"))
        rate = random.choice((0.0, 0.0, 0.0, 0.005, 0.015))
        letters = list(text)
        for place in range(1, len(letters) - 1):
            if letters[place].isalpha() and letters[place].isascii() and random.random() < rate:
                letters[place], letters[place + 1] = random.choice(
                    (
                        ("", letters[place + 1]),
                        (letters[place + 1], letters[place]),
                        (letters[place] * 2, letters[place + 1]),
                    )
                )
        return "".join(letters)

    def _message(self, text: str, label: Verdict) -> Message:
        if self._random.random() < DISGUISED[label is Verdict.SEXTORTION_SCAM]:
            return disguise(self._random.choice(sorted(DISGUISES)), text, seed=str(label))
        return Message(parts=(Part("text/plain", text),))
