"""Ways to reach somebody: whose they are, and what they are; with the near misses."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcheck.features.contact.handles import find_handles, tox_checksum_right
from scamcheck.features.contact.mail_addresses import find_mail_addresses
from scamcheck.features.contact.owner import Owner, cues, owner
from scamcheck.features.contact.personal import personal_spans
from scamcheck.features.contact.phones import REGIONS, candidates, e164
from scamcheck.features.indicators import Claim, detect
from scamcheck.languages import MAIL_LANGUAGES
from scamcheck.text import assemble
from scamcheck.text.unicode import fold
from scamcheck.types import Message, Part, Span

X = "x@dark.example"
SENDER = {
    "en": [
        f"Write to me at {X}.",
        f"You can reach us: {X}",
        f"After payment send your proof to {X}",
        f"My e-mail: {X}",
    ],
    "nl": [f"Schrijf me op {X}", f"Neem contact op via {X}", f"Mijn adres is {X}"],
    "fr": [f"Écrivez-moi à {X}", f"Contactez-nous : {X}", f"Mon adresse est {X}"],
    "de": [f"Schreiben Sie mir an {X}", f"Kontakt: {X}", f"Meine E-Mail lautet {X}"],
    "es": [f"Escríbame a {X}", f"Mi correo es {X}"],
    "it": [f"Scrivimi a {X}", f"La mia mail è {X}"],
    "pt": [f"Escreva para {X}", f"O meu e-mail é {X}"],
    "pl": [f"Napisz na {X}", f"Mój e-mail to {X}"],
    "cs": [f"Napište mi na {X}", f"Můj e-mail je {X}"],
    "sk": [f"Napíšte mi na {X}", f"Môj e-mail je {X}"],
    "hu": [f"Írjon erre a címre: {X}", f"Lépjen kapcsolatba velem: {X}"],
    "ro": [f"Scrieți-mi la {X}", f"Adresa mea: contactați {X}"],
    "sv": [f"Skriv till {X}", f"Min e-post är {X}"],
    "da": [f"Skriv til {X}", f"Min e-mail er {X}"],
    "nb": [f"Skriv til {X}", f"Min e-post er {X}"],
    "fi": [f"Kirjoita osoitteeseen {X}", f"Ota yhteyttä: {X}"],
    "el": [f"Γράψε μου στο {X}", f"Επικοινωνήστε: {X}"],
    "tr": [f"Ödemeden sonra {X} adresine yazın", f"Bana ulaşın: {X}"],
    "ru": [f"Пишите на {X}", f"Моя почта: {X}"],
    "uk": [f"Пишіть на {X}", f"Моя пошта: {X}"],
    "ja": [f"{X} までご連絡ください", f"私のメールは {X}"],
    "ko": [f"{X} 로 연락하십시오", f"{X} 로 답장해라"],
    "zh": [f"请联系 {X}", f"我的邮箱是 {X}"],
    "ar": [f"تواصل معي على {X}", f"راسلني على {X}"],
}
READER = {
    "en": [
        f"I hacked your account {X}, do not contact me",
        f"Your e-mail address is {X}",
        f"I could write to you at {X}",
    ],
    "nl": [f"Ik heb je mailbox {X} gehackt", f"Uw account {X} is gehackt"],
    "fr": [f"J'ai piraté votre compte {X}", f"Ton adresse {X} m'appartient"],
    "de": [f"Ihr Konto {X} wurde gehackt", f"Deine Adresse {X} kenne ich"],
    "es": [f"Tu cuenta {X} fue hackeada", f"Su correo es {X}"],
    "it": [f"Il tuo account {X} è stato violato", f"La tua mail {X}"],
    "pt": [f"A sua conta {X} foi invadida", f"O teu e-mail {X}"],
    "pl": [f"Twoje konto {X} zostało przejęte"],
    "cs": [f"Váš účet {X} byl napaden"],
    "sk": [f"Váš účet {X} bol napadnutý"],
    "hu": [f"A te fiókod {X} fel van törve"],
    "ro": [f"Contul: adresa dumneavoastră de e-mail {X}"],
    "sv": [f"Ditt konto {X} är hackat"],
    "da": [f"Din konto {X} er hacket"],
    "nb": [f"Din konto {X} er hacket"],
    "fi": [f"Sinun sähköpostisi {X} on murrettu"],
    "el": [f"Ο λογαριασμός σου {X} παραβιάστηκε"],
    "tr": [f"Senin hesabın {X} ele geçirildi"],
    "ru": [f"Твоя почта {X} взломана", f"Ваш аккаунт {X} взломан"],
    "uk": [f"Ваша пошта {X} зламана"],
    "ja": [f"あなたのアカウント {X} に侵入した"],
    "ko": [f"당신의 계정 {X} 을 해킹했다"],
    "zh": [f"你的邮箱 {X} 已被入侵"],
    "ar": [f"حسابك {X} تم اختراقه"],
}
NEITHER = [
    f"I will send it to {X}", f"{X}", f"Copied from {X} last night.", f"Contact me. The rest went to {X}",
    f"Write to me.\n\nSigned, {X}", f"On Monday {X} wrote:",
]  # fmt: skip


def whose(text, language="en"):
    folded = fold(text).mapped.text
    at = folded.index(X)
    return owner(folded, Span(at, at + len(X)), language)


@pytest.mark.parametrize(("language", "text"), [(code, text) for code, texts in SENDER.items() for text in texts])
def test_what_one_is_told_to_write_to_is_the_senders(language, text):
    assert whose(text, language) is Owner.SENDER


@pytest.mark.parametrize(("language", "text"), [(code, text) for code, texts in READER.items() for text in texts])
def test_what_is_called_yours_is_the_readers(language, text):
    assert whose(text, language) is Owner.READER


@pytest.mark.parametrize("text", NEITHER)
def test_what_nothing_is_said_of_is_nobodys(text):
    assert whose(text) is Owner.UNKNOWN


def test_every_mail_language_has_cues_and_a_region():
    assert set(SENDER) == set(READER) == set(MAIL_LANGUAGES) == set(REGIONS)
    assert all(cues(code).phone.pattern for code in MAIL_LANGUAGES)
    assert cues("und").sender.pattern == cues("en").sender.pattern


def test_a_wrapped_sentence_goes_on_and_a_label_above_counts():
    wrapped = f"After you paid please contact me by electronic mail, with a copy to\n{X}"
    assert whose(wrapped) is Owner.SENDER
    assert whose(f"Contact me\n{X}") is Owner.UNKNOWN
    assert whose(f"Contact me here:\n\n{X}") is Owner.SENDER


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<Boss@Dark.Example>, a.b+c@mail.example.org.", ["boss@dark.example", "a.b+c@mail.example.org"]),
        ("boss (at) dark.example or boss[at]dark.example", ["boss@dark.example", "boss@dark.example"]),
        ("boss@abcdefgh.onion", ["boss@abcdefgh.onion"]),
        ("メールはboss@dark.exampleまで", ["boss@dark.example"]),
        ("me@ home, @name, a@b, user@localhost, 5 @ 3.50, meet (at) noon", []),
        ("boss@-dark.example", []),
    ],
)
def test_mail_addresses(text, found):
    assert [each.address for each in find_mail_addresses(text)] == found


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("en", "+44 20 7946 0958", "+442079460958"),
        ("en", "(202) 555-0123", "+12025550123"),
        ("nl", "020 555 01 23", "+31205550123"),
        ("fr", "01 99 00 12 34", "+33199001234"),
        ("nl", "0032 2 555 01 23", "+3225550123"),
        ("en", "+49-30-23125-123", "+493023125123"),
        ("en", "2026-11-26 10:00", None),
        ("en", "26.11.2026", None),
        ("en", "$1500000000", None),
        ("en", "10.000.000 EUR", None),
        ("en", "0.20503521 BTC", None),
        ("en", "#12345678901", None),
        ("nl", "BE68 5390 0754 7034", None),
        ("nl", "NL91 ABNA 0417 1643 00", None),
        ("en", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", None),
        ("en", "192.168.100.200", None),
        ("en", "+1234567890123456", None),
        ("en", "12345678", None),
        ("en", "4000 0012 3456 7899 00", None),
    ],
)
def test_phone_numbers(language, text, number):
    found = [e164(f"at {text} now", each, language) for each in candidates(f"at {text} now")]
    assert [each for each in found if each] == ([number] if number else [])


SESSION = "05" + "ab" * 32


def _tox():
    data = bytes(range(36))
    even = odd = 0
    for at in range(0, 36, 2):
        even ^= data[at]
        odd ^= data[at + 1]
    return (data + bytes((even, odd))).hex()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Write me on Telegram: @dark_77 now", ("telegram", "dark_77")),
        ("https://t.me/dark77", ("telegram", "dark77")),
        ("t.me/+AbCdEfGhIj", ("telegram", "+AbCdEfGhIj")),
        ("My telegram is dark77", ("telegram", "dark77")),
        ("@dark77 on Telegram", ("telegram", "dark77")),
        ("телеграм @dark77", ("telegram", "dark77")),
        ("电报：@dark77", ("telegram", "dark77")),
        ("https://wa.me/3225550123", ("whatsapp", "3225550123")),
        ("WhatsApp: +1 202 555 0123", ("whatsapp", "+1 202 555 0123")),
        ("Signal: dark.42", ("signal", "dark.42")),
        ("Wickr: darkbird", ("wickr", "darkbird")),
        ("skype live:.cid.123", ("skype", "live:.cid.123")),
        ("add me on snapchat: dark.bird", ("snapchat", "dark.bird")),
        ("instagram.com/dark.bird", ("instagram", "dark.bird")),
        ("kik dark_77", ("kik", "dark_77")),
        ("Discord dark#1234", ("discord", "dark#1234")),
        ("Threema ID ABCD1234", ("threema", "ABCD1234")),
        ("jabber: dark@jabber.example", ("xmpp", "dark@jabber.example")),
        (f"Session {SESSION}", ("session", SESSION)),
        (f"qTox {_tox()}", ("tox", _tox())),
        ("telegram channel where everyone", None),
        ("follow us on X and Telegram for updates", None),
        ("Telegram: https://example.org", None),
        ("signal: strong", None),
        ("this session: expired", None),
        ("the kick-off, instant messages", None),
        ("snap out of it", None),
        ("@media (max-width: 600px)", None),
        (f"{SESSION}ab", None),
        (_tox()[:-1] + ("0" if _tox()[-1] != "0" else "1"), None),
        ("ab" * 33, None),
        ("https://www.instagram.com/", None),
    ],
)
def test_user_names(text, found):
    assert [(each.app, each.handle) for each in find_handles(text)][:1] == ([found] if found else [])


def test_the_checksum_of_a_tox_id_finds_a_changed_digit():
    assert tox_checksum_right(_tox())
    assert not tox_checksum_right("f" + _tox()[1:])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("You live at 12 Mill Lane, don't you?", ["12 Mill Lane"]),
        ("Vous habitez au 12, rue des Acacias, je", ["12, rue des Acacias"]),
        ("Sie wohnen Lindenstraße 12, das", ["Lindenstraße 12"]),
        ("calle Castaños, 12. Bonito", ["calle Castaños, 12"]),
        ("przy Lipowej 12, prawda?", ["Lipowej 12"]),
        ("桜台3番地", ["桜台3番地"]),
        ("은행나무길 12번지", ["은행나무길 12번지"]),
        ("huisnummer 12 is van jou", ["huisnummer 12"]),
        ("you were born on 12 March 1988", ["12 March 1988"]),
        ("geboren am 12.03.1988", ["12.03.1988"]),
        ("Anna Example, I know", ["Anna Example"]),
        ("I know your house and 3 friends", []),
        ("in 48 hours at 10:30", []),
        ("for $500 and 20 % more", []),
    ],
)
def test_personal_data(text, found):
    assert [span.of(text) for span in personal_spans(text, Span(0, len(text)))] == found


def findings(text, claims=(), recipients="", subject=""):
    message = Message((Part("text/plain", text),), subject=subject, recipients=recipients)
    reading = assemble(message)[0]
    folded = reading.folded.text
    made = [Claim(name, Span(folded.index(at), folded.index(at) + len(at)), 0.9) for name, at in claims]
    return reading.visible, detect(reading, message, made)


def facts(text, indicator, **options):
    return [dict(each.facts) for each in findings(text, **options)[1] if each.indicator == indicator]


def test_the_contacts_of_the_sender_are_found_with_their_facts():
    text = "I want money. Write to me at boss@dark.example or Telegram: @dark_77, or call me at +44 20 7946 0958."
    assert facts(text, "contact_address") == [{"address": "boss@dark.example"}]
    assert facts(text, "contact_handle") == [{"app": "telegram", "handle": "dark_77"}]
    assert facts(text, "contact_phone") == [{"phone": "+442079460958"}]
    assert facts(text, "named_account") == []


def test_what_is_the_readers_is_no_contact_and_secret():
    text = "I hacked your account anna@example.org and know your number +32 2 555 01 23 and your instagram: anna.ex"
    visible, found = findings(text)
    assert {each.indicator for each in found} == {"named_account"}
    secrets = {secret.of(visible) for each in found for secret in each.secrets}
    assert secrets == {"anna@example.org", "anna.ex"}
    assert facts(text, "named_account", recipients="Anna <anna@example.org>")[0] == {"is_recipient": True}


def test_the_recipient_is_never_a_contact_of_the_sender():
    text = "Please write to anna@example.org"
    assert facts(text, "contact_address") == [{"address": "anna@example.org"}]
    assert facts(text, "contact_address", recipients="ANNA@example.org") == []


def test_a_claim_decides_where_the_words_do_not():
    text = "Got into anna@example.org some weeks ago."
    assert facts(text, "named_account") == []
    assert facts(text, "named_account", claims=[("hacked_device", text)]) == [{"is_recipient": False}]


@pytest.mark.parametrize(
    "text",
    [
        "To unsubscribe send an email to list-leave@example.org",
        "list mailing list -- list@example.org\nTo unsubscribe write to us",
        "Your order 02025550123 was sent, contact us at any time",
        "Invoice 2025550123 from us",
    ],
)
def test_what_every_mail_has_is_no_contact(text):
    assert not [each for each in findings(text)[1] if each.indicator.startswith("contact")]


def test_a_number_without_a_country_needs_a_word_for_a_phone():
    assert facts("Write to us, our reference is 202 555 0123", "contact_phone") == []
    assert facts("Call us, our number is 202 555 0123", "contact_phone") == [{"phone": "+12025550123"}]


def test_the_password_is_secret_every_time_a_claim_quotes_it():
    text = "Your password is hunter2!\nYes, kestrel7 was yours too."
    claims = [("leaked_password", "Your password is hunter2!"), ("leaked_password", "Yes, kestrel7 was yours too.")]
    visible, found = findings(text, claims=claims)
    assert [secret.of(visible) for each in found for secret in each.secrets] == ["hunter2!", "kestrel7"]
    assert [dict(each.facts) for each in found] == [{"quoted": True}, {"quoted": True}]


def test_the_readers_data_are_secret_but_not_the_senders_number():
    sentence = "You live at 12 Mill Lane, your number is +32 2 555 01 23, call me at +44 20 7946 0958"
    visible, found = findings(sentence, claims=[("reader_data", sentence)])
    data = next(each for each in found if each.indicator == "reader_data")
    assert [secret.of(visible) for secret in data.secrets] == ["12 Mill Lane", "+32 2 555 01 23"]
    assert facts(sentence, "contact_phone", claims=[("reader_data", sentence)]) == [{"phone": "+442079460958"}]


PIECES = st.sampled_from(
    [
        "write to me ",
        "your account ",
        X,
        "telegram: @",
        "dark_77 ",
        "+32 2 555 01 23 ",
        "t.me/",
        "\n",
        ". ",
        ":",
        "05",
        "ａ",
    ]
)


@given(st.lists(PIECES | st.text(max_size=4), max_size=20).map("".join))
def test_spans_lie_in_the_text_and_facts_are_plain(text):
    visible, found = findings(text)
    for each in found:
        assert each.span.end <= len(visible)
        assert all(each.span.start <= secret.start <= secret.end <= each.span.end for secret in each.secrets)


LONG, SECONDS = 200_000, 1.5
"""A million characters would have five times as long; the usual is a third of a second here."""


@pytest.mark.parametrize(
    "unit",
    [
        "telegram ",
        "t.me/",
        "@a",
        "a@a.a ",
        "skype:a",
        "05",
        "+1 ",
        "instagram.com/",
        "A ",
        "1",
        "xmpp:a@",
        "tg",
        "write to ",
    ],
)
def test_hostile_text_takes_linear_time(unit):
    text = (unit * LONG)[:LONG]
    began = time.process_time()
    list(find_handles(text))
    list(find_mail_addresses(text))
    list(candidates(text))
    owner(text, Span(LONG // 2, LONG // 2 + 1), "en")
    assert time.process_time() - began < SECONDS
