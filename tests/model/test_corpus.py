import re
import subprocess
import sys
from collections import Counter, defaultdict

import pytest

from scamcheck.errors import CorpusError
from scamcheck.features.payment.addresses import find_addresses
from scamcheck.languages import LANGUAGES
from scamcheck.model.corpus import load_corpus, load_families, parse_claims
from scamcheck.types import LABELS, Span, Verdict
from tests.conftest import ROOT

DATA = ROOT / "data"
RESERVED = re.compile(
    r"(?:^|\.)(?:example|invalid|test|localhost)$|(?:^|\.)example\.\w+$|(?:^|[.-])example[\w-]*\.", re.IGNORECASE
)


@pytest.fixture(scope="module")
def mails():
    return load_corpus(DATA)


def test_every_language_has_enough_mails_of_every_label(mails):
    count = Counter((mail.language, mail.label) for mail in mails)
    for language in LANGUAGES:
        assert sum(count[language, label] for label in LABELS) >= 60
        for label in LABELS:
            assert count[language, label] >= 20


def test_every_family_is_written_in_every_language(mails):
    written = defaultdict(set)
    for mail in mails:
        written[mail.label, mail.family].add(mail.language)
    missing = {
        f"{label}/{family}": set(LANGUAGES) - written[Verdict(label), family]
        for label, families in load_families(DATA).items()
        for family in families
        if set(LANGUAGES) - written[Verdict(label), family]
    }
    assert not missing


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
