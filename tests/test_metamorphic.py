"""What must not matter to a verdict: names, sums, wallets, order, signatures, quoting, disguises."""

import re
from random import Random

import pytest

from scamcheck.features.payment.addresses import find_addresses
from scamcheck.features.payment.amounts import find_amounts
from scamcheck.model.corpus import load_corpus
from scamcheck.model.disguise import DISGUISES, disguise
from scamcheck.pipeline import check
from scamcheck.types import Message, Part, Verdict
from tests.conftest import ROOT

OTHER_WALLET = "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"
DISCLAIMER = (
    "\n\n--\nThis message and any attachment are confidential and meant for the addressee only. If you are not the "
    "intended recipient, please notify the sender and delete it. No virus was found in this message."
)
MIN_KEPT = 0.95
MIN_KEPT_SHORT = {"letter_spacing": 0.9}
"""Rows of the robustness table that fall short: spaced Arabic looks to the sentence model like signs of a real case, so
the program abstains. MODEL_CARD.md names them."""


def letters():
    """Return one letter of each language and of each family of mass mails."""
    seen, kept = set(), []
    for mail in load_corpus(ROOT / "data"):
        if mail.label is Verdict.SEXTORTION_SCAM and not {mail.language, mail.family} <= seen:
            seen |= {mail.language, mail.family}
            kept.append(mail)
    return kept


def neighbours():
    """Return one text of each family that is no mass mail."""
    seen = {}
    for mail in load_corpus(ROOT / "data"):
        if mail.label is not Verdict.SEXTORTION_SCAM:
            seen.setdefault((mail.label, mail.family), mail)
    return list(seen.values())


LETTERS, NEIGHBOURS = letters(), neighbours()


def verdict(text, **headers):
    return check(Message((Part("text/plain", text),), **headers)).verdict


def other_wallet(text):
    for address in list(find_addresses(text)):
        text = text.replace(address.text, OTHER_WALLET)
    return text


def other_amounts(text):
    for amount in sorted(find_amounts(text), key=lambda found: -found.span.start):
        digits = amount.span.of(text)
        text = text[: amount.span.start] + re.sub(r"\d", "7", digits) + text[amount.span.end :]
    return text


def other_currency(text):
    for amount in sorted(find_amounts(text), key=lambda found: -found.span.start):
        text = text[: amount.span.start] + "845 GBP" + text[amount.span.end :]
    return text


def shuffled(text):
    paragraphs = text.split("\n\n") if text.count("\n\n") > 2 else text.split("\n")
    Random(7).shuffle(paragraphs)
    return "\n\n".join(paragraphs)


CHANGES = {
    "other wallet": other_wallet,
    "other amounts": other_amounts,
    "other currency": other_currency,
    "other deadline": lambda text: text.replace("48", "60").replace("50", "36").replace("24", "72"),
    "named recipient": lambda text: f"Robin Vermeer,\n\n{text}",
    "paragraphs in another order": shuffled,
    "signature": lambda text: f"{text}\n\nBest regards,\nK. Morgan\nDepartment of accounts",
    "disclaimer": lambda text: text + DISCLAIMER,
    "quoted twice": lambda text: "\n".join("> > " + line for line in text.split("\n")),
    "small letters": str.lower,
    "one line": lambda text: " ".join(text.split()),
}


@pytest.fixture(scope="module")
def found():
    return [mail for mail in LETTERS if verdict(mail.text) is Verdict.SEXTORTION_SCAM]


def test_nearly_all_letters_are_found_as_they_are(found):
    assert len(found) >= 0.9 * len(LETTERS)


@pytest.mark.parametrize("name", CHANGES)
def test_what_does_not_matter_does_not_change_the_verdict(name, found):
    lost = [mail.id for mail in found if verdict(CHANGES[name](mail.text)) is not Verdict.SEXTORTION_SCAM]
    assert len(lost) <= (1 - MIN_KEPT) * len(found), lost


@pytest.mark.parametrize("name", DISGUISES)
def test_a_disguise_does_not_hide_a_mass_mail(name, found):
    lost = [m.id for m in found if check(disguise(name, m.text, seed=m.id)).verdict is not Verdict.SEXTORTION_SCAM]
    assert len(lost) <= (1 - MIN_KEPT_SHORT.get(name, MIN_KEPT)) * len(found), lost


@pytest.mark.parametrize("name", DISGUISES)
def test_no_disguise_turns_a_harmless_text_into_an_alarm(name):
    alarms = [
        mail.id
        for mail in NEIGHBOURS
        if check(disguise(name, mail.text, seed=mail.id)).verdict is Verdict.SEXTORTION_SCAM
    ]
    assert not alarms


@pytest.mark.parametrize("name", CHANGES)
def test_no_change_turns_a_harmless_text_into_an_alarm(name):
    assert not [mail.id for mail in NEIGHBOURS if verdict(CHANGES[name](mail.text)) is Verdict.SEXTORTION_SCAM]
