import re

import pytest

from scamcheck.features.payment.addresses import find_addresses
from scamcheck.model.disguise import DISGUISES, FIRST_CHARS, disguise
from scamcheck.text import assemble

TEXT = (
    "I hacked your device last month and recorded a video of you. Send 900 dollars in bitcoin to this wallet: "
    "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2. You have two days, and nobody will help you, so do as I say."
)
FOLDED_AWAY = set(DISGUISES) - {"wallet_split", "no_wallet", "other_coin", "harmless_plain_part"}


def readings(name, text=TEXT):
    return [" ".join(reading.folded.text.split()) for reading in assemble(disguise(name, text, seed="x"))]


@pytest.mark.parametrize("name", sorted(FOLDED_AWAY))
def test_what_a_disguise_hides_is_read_again(name):
    longer = f"{TEXT}\n{TEXT}"  # a habit shows in a letter, not in two lines
    found, words = re.findall(r"\w+", readings(name, longer)[0]), re.findall(r"\w+", longer)
    same = sum(word in found for word in words)
    assert same >= 0.9 * len(words), found


@pytest.mark.parametrize("name", sorted(DISGUISES))
def test_a_disguise_changes_the_text_and_is_the_same_every_time(name):
    first, second = disguise(name, TEXT, seed="x"), disguise(name, TEXT, seed="x")
    assert first == second
    assert len(TEXT) < FIRST_CHARS
    if name not in ("first_1500", "decomposed"):
        assert TEXT not in {part.source for part in first.parts}


def test_the_wallet_is_not_there():
    assert not list(find_addresses(readings("no_wallet")[0]))


def test_a_split_wallet_is_there_in_pieces_only():
    assert [address.split for address in find_addresses(readings("wallet_split")[0])] == [True]


def test_the_other_coin_is_another_coin():
    text = readings("other_coin")[0]
    assert [address.coin.ticker for address in find_addresses(text)] == ["TRX"]
    assert "bitcoin" not in text.lower()


def test_the_harmless_part_stands_beside_the_threat():
    plain, html = readings("harmless_plain_part")
    assert "hacked" not in plain
    assert "hacked" in html
