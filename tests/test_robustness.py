from scamcheck.model.corpus import load_corpus
from scamcheck.model.disguise import DISGUISES
from scamcheck.model.store import load_model
from scamcheck.robustness import ablated, disguised, without_claim
from scamcheck.types import Verdict
from tests.conftest import ROOT

MAILS = load_corpus(ROOT / "data", languages=["en"])
LETTER = next(mail for mail in MAILS if mail.family == "hacker-access")
ORDINARY = next(mail for mail in MAILS if mail.family == "travel-order")


def test_every_disguise_is_counted_for_mass_mails_and_for_others():
    found = disguised([(mail.id, mail.message()) for mail in (LETTER, ORDINARY)], load_model())
    assert set(found) == set(DISGUISES)
    for row in found.values():
        assert (row["scam"], row["other"], row["alarms"]) == (1, 1, 0)
        assert row["scam_kept"] <= 1


def test_a_claim_is_taken_out_with_its_sentences_and_nothing_else():
    message = without_claim(LETTER, "recording")
    left = message.parts[0].source
    for claim in LETTER.claims:
        if claim.id == "recording":
            assert claim.span.of(LETTER.text) not in left
    assert len(left) == len(LETTER.text) - sum(len(c.span) for c in LETTER.claims if c.id == "recording")
    assert without_claim(ORDINARY, "recording") is None


def test_letters_are_counted_with_and_without_a_claim():
    table = ablated([LETTER], load_model())
    assert table["recording"] == {"letters": 1, "found": 1, "found_without": table["recording"]["found_without"]}
    assert {mail.label for mail in (LETTER, ORDINARY)} == {Verdict.SEXTORTION_SCAM, Verdict.UNRELATED}
