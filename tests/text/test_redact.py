"""Masking: the reader's data go, the sender's contacts and the length of the text stay."""

import time
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcheck.text.redact import MASK, Private, mask_spans, private_of, reader_spans, redact
from scamcheck.types import Finding, Span

WALLET = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
SALUTATIONS = [
    ("en", "Dear Anna Example,", "Anna Example"),
    ("en", "hi anna,", "anna"),
    ("nl", "Geachte heer De Vries,", "De Vries"),
    ("fr", "Bonjour Mme Dupont", "Dupont"),
    ("de", "Sehr geehrte Frau Müller", "Müller"),
    ("es", "Estimado Sr. Ejemplo:", "Ejemplo"),
    ("it", "Gentile Anna Esempio,", "Anna Esempio"),
    ("pt", "Olá João,", "João"),
    ("pl", "Szanowna Pani Kowalska,", "Kowalska"),
    ("cs", "Dobrý den, pane Nováku,", "Nováku"),
    ("sk", "Vážený pán Horváth,", "Horváth"),
    ("hu", "Kedves Anna!", "Anna"),
    ("ro", "Bună ziua, Ioana!", "Ioana"),
    ("sv", "Hej Anna!", "Anna"),
    ("da", "Kære Anna,", "Anna"),
    ("nb", "Kjære Anna,", "Anna"),
    ("fi", "Hyvä Anna Esimerkki,", "Anna Esimerkki"),
    ("el", "Αγαπητή Άννα,", "Άννα"),
    ("tr", "Sayın Ayşe Yılmaz,", "Ayşe Yılmaz"),
    ("ru", "Здравствуйте, Анна!", "Анна"),
    ("uk", "Шановний пане Іваненко!", "Іваненко"),
    ("ja", "田中様、", "田中"),
    ("ko", "김민수 님,", "김민수"),
    ("zh", "尊敬的王安娜女士：", "王安娜"),
    ("ar", "عزيزي أحمد،", "أحمد"),
]
NOBODY = [
    "Dear Sir,",
    "Dear Sir or Madam,",
    "Hi there,",
    "Dear customer,",
    "Hello!",
    "Hello, I know your password.",
    "Hello, Your computer is infected",
    "Good morning, my dear friend,",
    "Sehr geehrte Damen und Herren,",
    "Hallo allemaal,",
    "Bonjour à tous,",
    "Cher client,",
    "Estimado cliente:",
    "Gentile cliente,",
    "Caro utilizador,",
    "Witam wszystkich,",
    "Уважаемый клиент!",
    "お客様、",
    "皆様、",
    "고객님,",
    "你好，我知道你的密码",
    "尊敬的客户：",
    "عزيزي العميل،",
    "Dear diary is a book",
]


@pytest.mark.parametrize(("language", "line", "name"), SALUTATIONS)
def test_the_name_in_the_salutation_is_masked(language, line, name):
    assert redact(f"Hacked\n\n{line}\n\nText") == f"Hacked\n\n{line}\n\nText".replace(name, MASK * len(name))


@pytest.mark.parametrize("line", NOBODY)
def test_where_nobody_is_named_nothing_is_masked(line):
    assert redact(line) == line


def test_a_name_is_masked_where_it_stands_again_as_a_word():
    text = "Dear Mark Example,\nMark, look at the market. MARK! I mark that."
    masked = redact(text, private_of(text, ()))
    assert masked == "Dear ••••••••••••,\n••••, look at the market. ••••! I mark that."


@pytest.mark.parametrize(
    "private",
    [
        "anna@example.org",
        "ANNA@EXAMPLE.ORG",
        "ａｎｎａ@example.org",
        "anna@example.org.",
        "anna (at) example.org",
        "anna.example+tag@mail.example.co.uk",
        "+32 475 12 34 56",
        "0475/12.34.56",
        "(02) 555 01 23",
        "+1 (555) 010-9999",
        "020 7946 0958",
        "0032475123456",
    ],
)
def test_addresses_and_numbers_are_masked(private):
    assert (
        redact(f"it is {private}, yes") == f"it is {MASK * len(private.rstrip('.'))}{'.' * private.endswith('.')}, yes"
    )


@pytest.mark.parametrize(
    "text",
    [
        "on 2026-11-26 10:00",
        "on 26.11.2026",
        "26/11/2026",
        "$1500000000",
        "10.000.000 EUR",
        "send 0.2050352 BTC",
        "from 192.168.100.200",
        WALLET,
        "1 500 000",
        "48 hours",
        "user@localhost",
        "in 1999-2026",
        "12345678 USD",
        "a @ b",
        "price 12.3456789",
    ],
)
def test_dates_amounts_and_wallets_stay(text):
    assert redact(text) == text


def test_labelled_passwords_are_masked_without_any_finding():
    assert redact("Password: hunter2\npass: kestrel\nThe password: required by law") == (
        "Password: •••••••\npass: •••••••\nThe password: required by law"
    )


def _found(text, indicator, quoted, secret=""):
    at = text.index(quoted)
    secrets = (Span(text.index(secret), text.index(secret) + len(secret)),) if secret else ()
    return Finding(indicator, Span(at, at + len(quoted)), secrets=secrets)


def test_the_contacts_of_the_sender_are_evidence_and_stay():
    text = f"your number +32 475 12 34 56. Write to boss@dark.example or +44 20 7946 0958, pay to {WALLET}"
    findings = [
        _found(text, "contact_address", "boss@dark.example"),
        _found(text, "contact_phone", "+44 20 7946 0958"),
        _found(text, "crypto_address", WALLET),
    ]
    assert mask_spans(text, reader_spans(text, findings)) == text.replace("+32 475 12 34 56", MASK * 16)
    private = private_of(text, findings)
    assert redact("Re: BOSS@dark.example (0044 20 79460958)", private) == "Re: BOSS@dark.example (0044 20 79460958)"
    assert redact("fw: other@dark.example", private) == "fw: " + MASK * 18


def test_a_contact_that_is_the_recipient_is_masked():
    text = "write to anna@example.org"
    findings = [_found(text, "contact_address", "anna@example.org")]
    spans = reader_spans(text, findings, recipients="Anna <anna@example.org>")
    assert mask_spans(text, spans) == "write to " + MASK * 16


@pytest.mark.parametrize(
    ("sender", "recipients", "kept"),
    [
        ("Boss <boss@dark.example>", "anna@example.org", True),
        ("anna@example.org", "anna@example.org", False),
        ("Boss <boss@dark.example>", "", False),
        ("", "anna@example.org", False),
    ],
)
def test_the_sender_is_evidence_only_where_the_recipient_is_known_and_another(sender, recipients, kept):
    private = private_of("", (), sender=sender, recipients=recipients)
    shown = sender or "boss@dark.example"
    assert (redact(shown, private) == shown) is kept


def test_the_name_and_address_of_the_recipient_are_masked_anywhere():
    private = private_of("", (), recipients='"Example, Anna" <root@intranet>')
    assert redact("photo of Anna.jpg, root@intranet, ANNA", private) == "photo of ••••.jpg, •••••••••••••, ••••"


def test_a_short_secret_is_masked_only_where_it_was_found():
    text = "You live at 12. Pay 1200 in 12 hours"
    assert mask_spans(text, reader_spans(text, [_found(text, "reader_data", "You live at 12.", "12")])) == (
        "You live at ••. Pay 1200 in 12 hours"
    )


SPELLINGS = {
    "as it is": lambda secret: secret,
    "upper case": str.upper,
    "full-width": lambda secret: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in secret),
    "in a link": lambda secret: f"https://example.org/?p={quote(secret, safe='')}",
    "in a link, every byte": lambda secret: "".join(f"%{byte:02X}" for byte in secret.encode()),
    "in a link, twice": lambda secret: quote(quote(secret, safe=""), safe=""),
    "with nothing between": "\u200b".join,
}


@pytest.mark.parametrize("spell", SPELLINGS.values(), ids=SPELLINGS)
@pytest.mark.parametrize("secret", ["kestrel-77!", "pa$$ wörd", "пароль1", "hun%ter2"])
def test_every_spelling_of_a_secret_is_masked(spell, secret):
    text = f"before {spell(secret)} after"
    masked = redact(text, [secret])
    assert len(masked) == len(text)
    assert set(masked.removeprefix("before ").removesuffix(" after").removeprefix("https://example.org/?p=")) == {MASK}


PIECES = st.sampled_from(
    [
        "anna@example.org",
        "+32 475 12 34 56",
        "Dear Anna,",
        "password: ",
        "hunter2",
        "%41%6",
        "％",
        "é",
        "\n",
        " ",
        "@",
        "(",
        "•",
        "1",
        "12.5",
        "(at)",
        "İ",
        "ß",
        "\u0301",
        "\u200b",
        ".",
        "Hi ",
        "kestrel",
        "님",
        "様",
        "=",
        "-",
        "$",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=6), max_size=25).map("".join)


@given(TEXTS, st.lists(st.sampled_from(["hunter2", "kestrel", "Anna", "é12345"]), max_size=2))
def test_length_is_kept_and_masking_twice_is_masking_once(text, secrets):
    masked = redact(text, secrets)
    assert len(masked) == len(text)
    assert all(new in (old, MASK) for old, new in zip(text, masked, strict=True))
    assert redact(masked, secrets) == masked
    assert not [secret for secret in secrets if secret.casefold() in masked.casefold()]


@given(TEXTS, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9)), max_size=5))
def test_spans_in_any_order_are_masked_exactly(text, ranges):
    spans = [Span(min(start, len(text)), min(start + size, len(text))) for start, size in ranges]
    covered = {at for span in spans for at in range(span.start, span.end)}
    assert mask_spans(text, spans) == "".join(MASK if at in covered else char for at, char in enumerate(text))


LONG, SECONDS = 200_000, 1.5
"""A million characters would have five times as long; the usual is a third of a second here."""


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "1",
        "1 ",
        "(1",
        "@a",
        "a@a.",
        "a.",
        "%41",
        "é",
        "Dear ",
        "Dear A\n",
        "\n",
        "password:",
        "a (at)",
        "+( ",
        "•",
        "A a,",
    ],
)
def test_hostile_text_takes_linear_time(unit):
    text = (unit * LONG)[:LONG]
    began = time.process_time()
    masked = redact(text, Private(("hunter2", "aaaa"), frozenset(("Anna",))))
    assert len(masked) == len(text)
    assert time.process_time() - began < SECONDS


def test_a_million_characters_take_seconds():
    text = "Dear A\nanna@example.org 0475 12 34 56 %41 \u00e9 password: x1 " * 18_000
    began = time.process_time()
    assert len(redact(text, ["hunter2"])) == len(text) > 1_000_000
    assert time.process_time() - began < 8
