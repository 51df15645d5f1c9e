import random
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamcheck.features.payment.addresses import find_addresses
from tests.features.test_payment import B58, BARE, VALID

SEPARATORS = [" ", "\n", "*", ".", "-", "_", " - ", "](", "\n> ", " *** ", "•", "…"]


def cut(address, separator, size):
    return separator.join(address[at : at + size] for at in range(0, len(address), size))


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("size", [1, 5])
def test_a_cut_wallet_is_put_together(separator, size):
    for coin, address in VALID:
        address = address.removeprefix("bitcoincash:")
        text = f"Pay to my wallet: {cut(address, separator, size)} now, and remove what is between."
        found = list(find_addresses(text))
        assert [(each.coin.ticker, each.text, each.split) for each in found] == [(coin, address, True)]
        assert found[0].span.of(text) == cut(address, separator, size)


@pytest.mark.parametrize(("coin", "address"), VALID)
def test_a_cut_wallet_with_a_wrong_character_is_none(coin, address):
    for place in range(address.find(":") + 1, len(address), 7):
        other = "2" if address[place] != "2" else "3"
        changed = address[:place] + other + address[place + 1 :]
        assert not [each for each in find_addresses(f"Pay to {cut(changed, ' ', 5)} now") if each.split]


@pytest.mark.parametrize(("coin", "address"), BARE)
def test_a_form_without_a_checksum_is_never_put_together(coin, address):
    assert not list(find_addresses(f"Send the money to my wallet {cut(address, ' ', 11)} now"))


@pytest.mark.parametrize("between", [" and ", " ein ", "пер", "\n" * 7, "。続き。"])
def test_words_and_wide_gaps_part(between):
    address = VALID[0][1]
    assert not list(find_addresses(address[:20] + between + address[20:]))


def test_a_whole_wallet_is_no_piece_of_another():
    first, second = VALID[0][1], VALID[1][1]
    found = list(find_addresses(f"1 3 {first} {second} 1"))
    assert [(each.text, each.split) for each in found] == [(first, False), (second, False)]


def test_a_cut_wallet_behind_a_number_is_found():
    address = VALID[0][1]
    found = list(find_addresses(f"Step 1. 1 {cut(address, ' ', 6)}. 3 days"))
    assert [each.text for each in found] == [address]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 33), max_size=6), st.sampled_from(SEPARATORS))
def test_wherever_it_is_cut(places, separator):
    address = VALID[0][1]
    bounds = [0, *sorted(set(places)), len(address)]
    pieces = [address[low:high] for low, high in pairwise(bounds)]
    text = "to " + separator.join(pieces) + " now"
    assert [(each.text, each.split) for each in find_addresses(text)] == [(address, len(pieces) > 1)]


@pytest.mark.parametrize("size", [1, 4])
@pytest.mark.parametrize("separator", [" ", "*", "-***-"])
def test_noise_takes_bounded_time(size, separator):
    chance = random.Random(1)
    noise = separator.join("".join(chance.choices(B58, k=size)) for _ in range(300_000 // (size + len(separator))))
    start = time.process_time()
    assert not list(find_addresses(noise))
    assert time.process_time() - start < 5


@pytest.mark.parametrize("text", ["4 ", "1 ", "bc1q ", "1*****", "0x ", "p q "])
def test_beginnings_take_bounded_time(text):
    start = time.process_time()
    assert not list(find_addresses(text * (150_000 // len(text))))
    assert time.process_time() - start < 5
