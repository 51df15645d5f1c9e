import json
import time

import pytest

from scamcheck.features.indicators.base import Claim, Kind, Strength
from scamcheck.features.indicators.demand import DETECTORS as DEMAND
from scamcheck.features.indicators.pressure import DETECTORS as PRESSURE
from scamcheck.text import assemble
from scamcheck.text.sentences import split_sentences
from scamcheck.types import Message, Part
from tests.conftest import ROOT

DETECTORS = {detector.id: detector for detector in (*DEMAND, *PRESSURE)}
BTC, LTC = "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", "LVuDpNCSSj6pQ7t9Pv6d6sUkLKoqDEVUnJ"
TRX, ETH = "TDCEx9fU3UVuMPPXpGeX6BXjwsVo4vGuNh", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"


def find(indicator, text, **said):
    """Return the words and facts of the findings where the sentences with the given words make the given claims."""
    message = Message((Part("text/plain", text),))
    reading = assemble(message)[0]
    folded = reading.folded.text
    claims = [
        Claim(name, span, 0.9)
        for span in split_sentences(folded)
        for name, words in said.items()
        if words in span.of(folded)
    ]
    found = DETECTORS[indicator].find(reading, message, claims)
    return [(finding.span.of(reading.visible), dict(finding.facts)) for finding in found]


def facts(indicator, text, **said):
    return [found for _, found in find(indicator, text, **said)]


def test_kinds_and_strengths():
    expected = {
        "payment_demand": (Kind.CLAIM, Strength.ORDINARY),
        "crypto_address": (Kind.FACT, Strength.ORDINARY),
        "amount": (Kind.FACT, Strength.ORDINARY),
        "deadline": (Kind.CLAIM, Strength.ORDINARY),
    }
    assert {name: (DETECTORS[name].kind, DETECTORS[name].strength) for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pay 1.300 dollars in bitcoin.", {"amount": 1300.0, "currency": "USD", "coin": "BTC"}),
        ("Pay 900 euro.", {"amount": 900.0, "currency": "EUR"}),
        ("Pay 0.05 BTC.", {"amount": 0.05, "currency": "BTC", "coin": "BTC"}),
        ("Pay 900 USDT.", {"amount": 900.0, "currency": "USDT", "coin": "USDT"}),
        ("Pay 900 euro. I take only Monero.", {"amount": 900.0, "currency": "EUR", "coin": "XMR"}),
        (f"Pay 900 euro in bitcoin. {LTC}", {"amount": 900.0, "currency": "EUR", "coin": "LTC"}),  # the wallet's
        (f"Pay 900 euro. {BTC}", {"amount": 900.0, "currency": "EUR", "coin": "BTC"}),
        (f"Pay 900 USDT. {TRX}", {"amount": 900.0, "currency": "USDT", "coin": "USDT"}),  # a token on that chain
        (f"Pay 900 euro in Tether. {ETH}", {"amount": 900.0, "currency": "EUR", "coin": "USDT"}),
        (f"Pay 900 USDT. {BTC}", {"amount": 900.0, "currency": "USDT", "coin": "BTC"}),
        (f"Pay 900 euro in litecoin. {BTC} or {LTC}", {"amount": 900.0, "currency": "EUR", "coin": "LTC"}),
        ("Pay me the money in bitcoin.", {"coin": "BTC"}),
        ("Pay me the money.", {}),
        ("Pay 900 euro. Bitcoin or Monero.", {"amount": 900.0, "currency": "EUR"}),  # two are no one
    ],
)
def test_what_a_demand_asks_for(text, expected):
    assert facts("payment_demand", text, payment_demand="Pay") == [expected]


def test_a_demand_and_its_amount_may_stand_in_two_sentences():
    text = "You must pay me.\nThe price: 900 euro"
    assert find("payment_demand", text, payment_demand="pay") == [(text, {"amount": 900.0, "currency": "EUR"})]
    assert not find("amount", text, payment_demand="pay")
    apart = "You must pay me.\n\nThe price: 900 euro"
    assert facts("payment_demand", apart, payment_demand="pay") == [{}]
    assert find("amount", apart, payment_demand="pay") == [("900 euro", {"amount": 900.0, "currency": "EUR"})]


def test_no_amount_is_lost_and_none_is_told_twice():
    text = "Pay 2,000 USD (0.25 BTC) now. The book costs 12 euro. 1 BTC = 8,000 USD."
    demands = facts("payment_demand", text, payment_demand="Pay")
    assert demands == [{"amount": 2000.0, "currency": "USD", "coin": "BTC"}]
    assert [(each["amount"], each["currency"]) for each in facts("amount", text, payment_demand="Pay")] == [
        (0.25, "BTC"),
        (12.0, "EUR"),
    ]
    assert [each["amount"] for each in facts("amount", text)] == [2000.0, 0.25, 12.0]


@pytest.mark.parametrize(
    "text", ["list@example.org", "https://example.org/pay", "see list@example.org", "Hello there."]
)
def test_a_sentence_without_money_demands_none(text):
    assert not find("payment_demand", text, payment_demand=text)


def test_wallets():
    assert find("crypto_address", f"To {BTC} now.") == [
        (BTC, {"address": BTC, "coin": "BTC", "coin_name": "Bitcoin", "checksum": "valid"})
    ]
    cut = f"{BTC[:10]}*{BTC[10:]}"
    assert find("crypto_address", f"To {cut} now.") == [
        (cut, {"address": BTC, "coin": "BTC", "coin_name": "Bitcoin", "checksum": "valid", "split": True})
    ]
    link = facts("crypto_address", f"bitcoin:{BTC}?amount=0.05")[0]
    assert (link["amount"], link["currency"]) == (0.05, "BTC")
    assert facts("crypto_address", f"My wallet: {ETH.lower()}")[0]["checksum"] == "none"
    assert not find("crypto_address", f"The build {ETH.lower()} is green.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You have two days.", {"hours": 48}),
        ("You have two days (48 hours) to pay.", {"hours": 48}),
        ("You have 50 hours (more than 2 days).", {"hours": 50}),
        ("You have 30 minutes.", {"hours": 0.5}),
        ("You have until Friday.", {"until": "Friday"}),
        ("You have 48 hours, until Friday.", {"hours": 48, "until": "Friday"}),
        ("You have little time, the timer runs.", {}),
    ],
)
def test_deadlines(text, expected):
    assert facts("deadline", text, deadline="You have") == [expected]


@pytest.mark.parametrize("text", ["Good day.", "See you at list@example.org"])
def test_a_sentence_without_time_sets_no_deadline(text):
    assert not find("deadline", text, deadline=text)


@pytest.mark.parametrize(
    "ultimatum", ["You have 48 hours.", "I give you 48 hours.", "Do it within 2 days.", "48 hours left."]
)
def test_an_ultimatum_that_was_missed_is_found_beside_a_wallet(ultimatum):
    assert find("deadline", f"My wallet: {BTC}. {ultimatum}") == [(ultimatum, {"hours": 48})]
    assert not find("deadline", ultimatum)
    assert not find("deadline", f"My wallet: {BTC}. You have 2 minutes.")
    assert not find("deadline", f"My wallet: {BTC}. The driver is updated every 48 hours.")


def test_an_ultimatum_that_was_missed_is_found_beside_threats_and_a_coin():
    text = "Pay 900 euro in bitcoin. I filmed you. I send the video to all. You have 48 hours."
    said = {"payment_demand": "Pay", "contacts_threat": "video", "recording": "filmed"}
    assert facts("deadline", text, **said) == [{"hours": 48}]
    for left_out in said:
        assert not find("deadline", text, **{name: words for name, words in said.items() if name != left_out})
    assert not find("deadline", text.replace(" in bitcoin", ""), **said)


def test_many_amounts_and_demands_take_linear_time():
    start = time.process_time()
    text = ("Pay me now. " * 3000) + ("5 usd " * 6000)
    find("payment_demand", text, payment_demand="Pay")
    find("amount", text, payment_demand="Pay")
    assert time.process_time() - start < 8


def test_the_counts_of_real_mail_hold_nothing_but_counts():
    counts = json.loads((ROOT / "tests" / "cases" / "dev_facts.json").read_text(encoding="utf-8"))
    kinds = {"payment demands", "wallets", "split wallets", "deadlines", "passwords"}
    assert counts
    for name, row in counts.items():
        assert name.endswith(".eml")
        assert set(row) == kinds
        assert all(isinstance(number, int) for number in row.values())
