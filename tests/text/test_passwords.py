"""Which characters of a sentence are the quoted password, in the mail languages."""

import time

import pytest

from scamcheck.text.passwords import is_mixed, labelled, quoted
from scamcheck.text.sentences import split_sentences
from scamcheck.text.unicode import fold
from scamcheck.types import Span


def found(text):
    folded = fold(text).mapped.text
    return [span.of(folded) for sentence in split_sentences(folded)[:1] for span in quoted(folded, sentence)]


PLAIN = [
    ("en", "Your password is kestrel."),
    ("nl", "Uw wachtwoord is kestrel."),
    ("fr", "Votre mot de passe est kestrel."),
    ("de", "Ihr Kennwort lautet kestrel."),
    ("es", "Su contraseña es kestrel."),
    ("it", "La tua password è kestrel."),
    ("pt", "A sua senha é kestrel."),
    ("pl", "Twoje hasło to kestrel."),
    ("cs", "Vaše heslo je kestrel."),
    ("sk", "Vaše heslo bolo kestrel."),
    ("hu", "A jelszava: kestrel"),
    ("ro", "Parola ta este kestrel."),
    ("sv", "Ditt lösenord är kestrel."),
    ("da", "Din adgangskode er kestrel."),
    ("nb", "Passordet ditt er kestrel."),
    ("fi", "Salasanasi on kestrel."),
    ("el", "Ο κωδικός σου είναι kestrel."),
    ("tr", "Şifreniz: kestrel"),
    ("ru", "Ваш пароль — kestrel"),
    ("uk", "Твій пароль: kestrel"),
    ("ja", "あなたのパスワードは「kestrel」です。"),
    ("ko", "당신의 비밀번호: kestrel"),
    ("zh", "你的密码：kestrel"),
    ("ar", "كلمة المرور الخاصة بك: kestrel"),
]
MENTIONED = [
    "Your password is known.",
    "Your password was stolen.",
    "Your password is not safe.",
    "Your password is mine.",
    "Your password must be changed.",
    "I have your e-mail and your password!",
    "Uw wachtwoord is bekend.",
    "Votre mot de passe est connu.",
    "Ihr Passwort ist bekannt.",
    "Su contraseña fue robada.",
    "La tua password è nota.",
    "A sua senha foi roubada.",
    "Twoje hasło jest znane.",
    "Vaše heslo je známé.",
    "A jelszava ismert.",
    "Parola ta este cunoscută.",
    "Ditt lösenord är stulet.",
    "Din adgangskode er kendt.",
    "Passordet ditt er kjent.",
    "Salasanasi on tiedossa.",
    "Ο κωδικός σου είναι γνωστός.",
    "Şifreniz biliniyor.",
    "Ваш пароль известен.",
    "Ваш пароль відомий.",
    "あなたのパスワードを知っている。",
    "당신의 비밀번호를 안다.",
    "你的密码我知道。",
    "كلمة سرك معروفة.",
    "I changed the password 48h ago, pay $500 or 0.05BTC.",
    "See https://example.org/a1?b=2 for your password.",
    "Your password and mp3 files, Windows10 and 2FA are mine.",
    "The password of anna2@example.org was easy.",
    f"Your password for wallet 1{'A1zP1eP5QGefi2DMPTfTL5SLmv7Divf'}Na.",
    "It was sent at 10:30am with your password.",
]


@pytest.mark.parametrize(("language", "text"), PLAIN)
def test_a_plain_word_that_is_given_as_the_password_is_found(language, text):
    assert found(text) == ["kestrel"]


@pytest.mark.parametrize("text", MENTIONED)
def test_a_password_that_is_only_spoken_of_is_none(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "secrets"),
    [
        ("hunter2 is your password.", ["hunter2"]),
        ("ur pw = hunter-77, recognise it??", ["hunter-77"]),
        ("Your password is hunter2!", ["hunter2!"]),
        ("I know that “kestrel” is your password", ["kestrel"]),
        ("Your password 'kestrel' is weak", ["kestrel"]),
        ("Your password is kestrel, and I kept it", ["kestrel"]),
        ("Your password - kestrel", ["kestrel"]),
        ("pass:hunter2", ["hunter2"]),
        ("anna@example.org:hunter2", ["hunter2"]),
        ("Your passwords: a1b2c3, d4e5f6", ["a1b2c3", "d4e5f6"]),
        ("Your password is 19870512", ["19870512"]),
        ("the password pa$$word was easy", ["pa$$word"]),
        ("Codice segreto da te utilizzato (hunter2) si trova", ["hunter2"]),
        ("Şifreniz hunter2'ydi", ["hunter2"]),
        ("你的密码是hunter2，对吧？", ["hunter2"]),
        ("Here is your password:\nkestrel\nand so on", ["kestrel"]),
        ("Here is your password:\n\n  «kestrel»\n", ["kestrel"]),
        ("I know your password\nhunter2\n", ["hunter2"]),
        ("I know your password\nkestrel\n", []),
        ("I know your password:\nand more\n", []),
        ("I know your password:\n\nhttps://example.org\n", []),
    ],
)
def test_where_the_password_stands(text, secrets):
    assert found(text) == secrets


def test_a_password_on_the_line_before_counts_where_no_word_looks_like_it():
    for line, secrets in (("hunter2", ["hunter2"]), ("Listen", []), ("see hunter2", [])):
        text = f"{line}\nis the password that you use"
        assert [span.of(text) for span in quoted(text, split_sentences(text)[1])] == secrets


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("password: hunter2", ["hunter2"]),
        ("Passwort = kestrel", ["kestrel"]),
        ("пароль: кречет", ["кречет"]),
        ("密码：hunter2", ["hunter2"]),
        ("password - kestrel", ["kestrel"]),
        ("password: 123456", ["123456"]),
        ("password: see below", []),
        ("password-protected files", []),
        ("compass: northern", []),
        ("password: known", []),
        ("the password hunter2", []),
    ],
)
def test_labelled_values(text, values):
    assert [span.of(text) for span in labelled(text)] == values


@pytest.mark.parametrize("word", ["hunter2", "pa$$word", "a1", "summer_sun", "h*****2", "ab!12"])
def test_words_that_only_passwords_are_written_as(word):
    assert is_mixed(word)


@pytest.mark.parametrize(
    "word", ["hacked!", "e-mail", "you're", "48h", "$500", "mp3", "2nd", "Windows10", "a@b.example", "..."]
)
def test_words_that_are_written_so_elsewhere(word):
    assert not is_mixed(word)


LONG, SECONDS = 200_000, 1.5
"""A million characters would have five times as long; the usual is a third of a second here."""


@pytest.mark.parametrize("unit", ["password:", "password ", "a", "a1", "密码", "pass:a ", "is ", "\n"])
def test_hostile_text_takes_linear_time(unit):
    text = (unit * LONG)[:LONG]
    began = time.process_time()
    list(labelled(text))
    quoted(text, Span(0, 400))
    assert time.process_time() - began < SECONDS
