import tomllib
from collections import Counter

import pytest

from scamcheck.languages import MAIL_LANGUAGES
from scamcheck.model.compose import LETTERS, Composer
from scamcheck.model.corpus import EXAMPLES, load_bank
from scamcheck.pipeline import sample_of
from scamcheck.types import Verdict
from tests.conftest import ROOT

DATA = ROOT / "data"
WALLETS = [wallet for kind in tomllib.loads((DATA / "wallets.toml").read_text()).values() for wallet in kind]


def composed(language, bank=None):
    return list(Composer(language, bank or load_bank(DATA, languages=[language]), WALLETS).mails())


@pytest.mark.parametrize("language", MAIL_LANGUAGES)
def test_every_language_gets_every_kind(language):
    texts = composed(language)
    assert Counter(mail.label for mail, _ in texts) == dict(LETTERS)
    assert all(sample_of(message).words >= 3 for _, message in texts)


def test_the_same_bank_gives_the_same_texts():
    assert [(mail.text, message) for mail, message in composed("nl")] == [(m.text, g) for m, g in composed("nl")]


def test_test_wordings_are_never_used():
    bank = load_bank(DATA, languages=["en"])
    kept_back = [w.text for w in bank if w.split == "test" and "{" not in w.text and len(w.text) > 30]
    texts = "\n".join(mail.text.lower() for mail, _ in composed("en"))
    assert kept_back
    assert not [text for text in kept_back if text.lower() in texts]


def test_no_placeholder_stays_open():
    for mail, _ in composed("en"):
        assert not any("{" + name + "}" in mail.text for name in EXAMPLES)


def test_letters_are_short_and_long_and_every_one_shows_the_threat():
    lengths = [len(mail.text) for mail, _ in composed("en") if mail.label is Verdict.SEXTORTION_SCAM]
    assert min(lengths) < 500
    assert max(lengths) > 1200
