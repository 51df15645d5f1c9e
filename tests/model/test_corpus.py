import re
import subprocess
import sys
from collections import Counter, defaultdict

import pytest

from scamcheck.errors import CorpusError
from scamcheck.features.payment.addresses import find_addresses
from scamcheck.languages import MAIL_LANGUAGES
from scamcheck.model.corpus import BANK, CLAIMS, load_bank, load_corpus, load_families, parse_claims
from scamcheck.types import LABELS, Span, Verdict
from tests.conftest import ROOT

DATA = ROOT / "data"
RESERVED = re.compile(
    r"(?:^|\.)(?:example|invalid|test|localhost)$|(?:^|\.)example\.\w+$|(?:^|[.-])example[\w-]*\.", re.IGNORECASE
)


@pytest.fixture(scope="module")
def mails():
    return load_corpus(DATA)


FIRST = ("en", "nl", "fr", "de")
"""The languages with the larger corpus."""


def test_every_language_has_enough_letters_and_neighbours(mails):
    letters, families, neighbours = Counter(), defaultdict(set), Counter()
    for mail in mails:
        if mail.label is Verdict.SEXTORTION_SCAM:
            letters[mail.language] += 1
            families[mail.language].add(mail.family)
        else:
            neighbours[mail.language] += 1
    for language in MAIL_LANGUAGES:
        big = language in FIRST
        assert letters[language] >= (40 if big else 15), language
        assert len(families[language]) >= 12, language
        assert neighbours[language] >= (120 if big else 40), language


def test_every_label_is_written_in_every_language(mails):
    assert {(mail.language, mail.label) for mail in mails} == {(a, b) for a in MAIL_LANGUAGES for b in LABELS}


def test_the_big_languages_have_every_family(mails):
    written = defaultdict(set)
    for mail in mails:
        written[mail.label, mail.family].add(mail.language)
    missing = {
        f"{label}/{family}": set(FIRST) - written[Verdict(label), family]
        for label, families in load_families(DATA).items()
        for family in families
        if set(FIRST) - written[Verdict(label), family]
    }
    assert not missing


def test_real_cases_that_also_claim_hacking_or_want_coins_are_there(mails):
    hybrids = Counter(mail.language for mail in mails if mail.family.startswith("hybrid-"))
    for language in MAIL_LANGUAGES:
        assert hybrids[language] >= (10 if language in FIRST else 3), language


def test_the_claim_bank_has_enough_wordings_of_everything():
    bank = load_bank(DATA)
    count = Counter((wording.language, wording.name, wording.split) for wording in bank)
    for language in MAIL_LANGUAGES:
        for name in BANK:
            total = count[language, name, "train"] + count[language, name, "test"]
            assert total >= (12 if language in FIRST and name in CLAIMS else 8), (language, name)
            assert count[language, name, "test"] >= 2, (language, name)


def test_no_wording_of_the_bank_comes_twice():
    seen = Counter((wording.language, wording.text.strip()) for wording in load_bank(DATA) if len(wording.text) > 12)
    assert not [text for text, times in seen.items() if times > 1]


def test_the_claim_bank_stands_in_no_mail(mails):
    texts = defaultdict(str)
    for mail in mails:
        texts[mail.language] += " ".join(sentences(mail.text)) + "\n"
    shared = [w.text for w in load_bank(DATA) for line in sentences(w.text) if line in texts[w.language]]
    assert not shared


def test_no_family_stands_on_both_sides(mails):
    sides = defaultdict(set)
    for mail in mails:
        sides[mail.label, mail.family].add(mail.split)
    assert all(len(splits) == 1 for splits in sides.values())
    assert {split for splits in sides.values() for split in splits} == {"train", "test"}


def test_every_label_has_a_family_on_each_side():
    for families in load_families(DATA).values():
        assert set(families.values()) == {"train", "test"}


def sentences(text):
    for sentence in re.split(r"(?<=[.!?])\s+|\n+", text):
        words = re.findall(r"\w+", sentence.lower())
        if len(words) >= 8:
            yield " ".join(words)


def test_no_sentence_stands_on_both_sides(mails):
    sides = defaultdict(set)
    for mail in mails:
        for sentence in sentences(mail.text):
            sides[sentence].add(mail.split)
    assert not [sentence for sentence, splits in sides.items() if len(splits) > 1]


def test_no_mail_is_written_twice(mails):
    seen = defaultdict(set)
    for mail in mails:
        for sentence in set(sentences(mail.text)):
            seen[sentence].add(mail.id)
    pairs = Counter(tuple(sorted(ids)[:2]) for ids in seen.values() if len(ids) > 1)
    assert not {pair: shared for pair, shared in pairs.items() if shared > 2}


def test_wallets_are_ours(mails):
    ours = set(re.findall(r'"(\w+)"', (DATA / "wallets.toml").read_text()))
    for mail in mails:
        assert {address.text for address in find_addresses(mail.text)} <= ours, mail.id


def test_wallets_are_what_the_script_writes():
    code = "import make_wallets; print(make_wallets.render(), end='')"
    made = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "scripts", capture_output=True, text=True, check=True
    )
    assert made.stdout == (DATA / "wallets.toml").read_text()


def test_mail_addresses_and_links_name_nobody(mails):
    for mail in mails:
        hosts = re.findall(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)", mail.text)
        hosts += re.findall(r"https?://([\w-]+(?:\.[\w-]+)+)", mail.text)
        assert all(RESERVED.search(host) for host in hosts), (mail.id, hosts)


def test_claims_are_labelled_where_they_belong(mails):
    for mail in mails:
        if mail.label is Verdict.SEXTORTION_SCAM:
            assert mail.claims, mail.id
        if mail.label in (Verdict.ABOUT_SEXTORTION, Verdict.OTHER_SCAM, Verdict.UNRELATED, Verdict.PERSONAL_SEXTORTION):
            assert not mail.claims, mail.id


def test_claim_tags():
    text, claims = parse_claims("Hi. <malware+recording>A trojan filmed you.</> Bye.", "x")
    assert text == "Hi. A trojan filmed you. Bye."
    assert [(claim.id, claim.span) for claim in claims] == [("malware", Span(4, 24)), ("recording", Span(4, 24))]


@pytest.mark.parametrize("text", ["<malware>x", "x</>", "<malware><recording>x</></>", "<unknown_claim>x</>"])
def test_wrong_tags_are_named(text):
    with pytest.raises(CorpusError, match=r"^en/x"):
        parse_claims(text, "en/x")


def write(folder, **rows):
    folder.mkdir(parents=True)
    (folder.parent / "families.toml").write_text(
        "".join(f'[{label}]\none = {{ split = "train" }}\n' for label in LABELS), encoding="utf-8"
    )
    for label in LABELS:
        text = rows.get(str(label), '[[mail]]\nid="a"\nfamily="one"\nregister="casual"\nsubject=""\ntext="hello"\n')
        (folder / f"{label}.toml").write_text(text, encoding="utf-8")


def test_a_good_corpus_loads(tmp_path):
    write(tmp_path / "en")
    assert [mail.id for mail in load_corpus(tmp_path)] == [f"en/{label}/a" for label in LABELS]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ('[[mail]]\nid="a"\n', "family, register, subject, text missing"),
        ('[[mail]]\nid="a"\nfamily="two"\nregister="casual"\nsubject=""\ntext="x"\n', "not in families.toml"),
        ('[[mail]]\nid="a"\nfamily="one"\nregister="loud"\nsubject=""\ntext="x"\n', "register 'loud'"),
        ("[[mail]\n", "not valid TOML"),
        ('[[mail]]\nid="a"\nfamily="one"\nregister="casual"\nsubject=""\ntext="x"\n' * 2, "stands twice"),
    ],
)
def test_a_broken_corpus_is_a_clear_error(tmp_path, row, message):
    write(tmp_path / "en", unrelated=row)
    with pytest.raises(CorpusError, match=re.escape(message)):
        load_corpus(tmp_path)


def test_a_missing_file_is_a_clear_error(tmp_path):
    write(tmp_path / "en")
    (tmp_path / "en" / "unrelated.toml").unlink()
    with pytest.raises(CorpusError, match="missing"):
        load_corpus(tmp_path)
