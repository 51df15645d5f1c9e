import time

import pytest

from scamcheck.features.payment.days import find_until
from scamcheck.features.payment.times import find_times, is_ultimatum, ultimatum
from scamcheck.languages import MAIL_LANGUAGES
from scamcheck.text.unicode import fold


def folded(text):
    return fold(text).mapped.text


def hours(text, language="en"):
    time = ultimatum(list(find_times(folded(text), language)))
    return time.hours if time else None


ULTIMATUMS = [
    ("en", "You have 48 hours to pay.", 48), ("nl", "Je hebt twee dagen om te betalen.", 48),
    ("fr", "Vous avez deux jours pour payer.", 48), ("de", "Sie haben fünfzig Stunden Zeit.", 50),
    ("es", "Tienes cuarenta y ocho horas.", 48), ("it", "Hai 48 ore per pagare.", 48),
    ("pt", "Você tem dois dias.", 48), ("pl", "Masz dwa dni na zapłatę.", 48),
    ("cs", "Dávám vám posledních 72 hodin.", 72), ("sk", "Máte dva dni.", 48),
    ("hu", "Két napon belül fizess.", 48), ("ro", "Aveți 48 de ore.", 48), ("sv", "Du har två dagar på dig.", 48),
    ("da", "Du har to dage.", 48), ("nb", "Du har to dager.", 48), ("fi", "Sinulla on kaksi päivää.", 48),
    ("el", "Έχετε δύο ημέρες.", 48), ("tr", "48 saat içinde ödeyin.", 48), ("ru", "У вас двое суток.", 48),
    ("uk", "У вас є 48 годин.", 48), ("ja", "４８時間以内に支払え。", 48), ("ko", "이틀 안에 보내세요.", 48),
    ("zh", "您有两天。", 48), ("ar", "لديك ٤٨ ساعة.", 48),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), ULTIMATUMS)
def test_ultimatums_in_every_language(language, text, expected):
    text = folded(text)
    found = ultimatum(list(find_times(text, language)))
    assert found
    assert found.hours == expected
    assert is_ultimatum(text, found, language)


def test_no_language_is_left_out():
    assert {language for language, _, _ in ULTIMATUMS} == set(MAIL_LANGUAGES)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "48 h", 48),
        ("en", "48h", 48),
        ("en", "24-48 hours", 24),  # from the first on the threat runs
        ("en", "24 to 48 hours", 24),
        ("en", "50 hours (more than 2 days)", 50),
        ("en", "two days (50 hours)", 50),  # the exact one of two that say the same
        ("en", "3 days, and then 12 hours more", 72),
        ("en", "one week (7 days)", 168),
        ("en", "three working days", 72),
        ("en", "two (2) days", 48),
        ("en", "2 (two) days", 48),
        ("en", "1.5 days", 36),
        ("en", "30 minutes", 0.5),
        ("en", "72 hou\u027cs", 72),
        ("de", "gut zwei Tage, das sind 50 Stunden", 50),
        ("de", "drei Werktage", 72),
        ("de", "eine Woche", 168),
        ("ar", "أمامك يومين فقط", 48),
        ("zh", "48小时", 48),
        ("xx", "48 hours", 48),
    ],
)
def test_lengths(language, text, expected):
    assert hours(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I update it every 4 hours."),
        ("en", "Write 48h more and I wait."),
        ("en", "I give another 48 hours."),
        ("en", "write 48H++"),
        ("en", "4 hidden cameras"),
        ("en", "3 days ago"),
        ("en", "900 days"),
        ("en", "0 hours"),
        ("de", "alle 4 Stunden"),
        ("cs", "že vám ještě 48 hodin"),
        ("ja", "11月3日に会った"),
        ("ko", "5월 3일"),
        ("en", "two sources of income"),
        ("fr", "toutes les 4 heures"),
        ("ru", "каждые 4 часа"),
        ("en", "Good day."),
    ],
)
def test_no_ultimatums(language, text):
    assert hours(text, language) is None


@pytest.mark.parametrize("text", ["24 hours of sport", "The meeting takes 2 hours.", "I have watched you for 3 days."])
def test_a_time_alone_is_no_ultimatum(text):
    assert not [each for each in find_times(text, "en") if is_ultimatum(text, each, "en")]


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("pay until Friday", "Friday"),
        ("until the 12th of May", "12th of May"),
        ("by midnight", "midnight"),
        ("before 12.05.2024", "12.05.2024"),
        ("bis zum 12. Mai", "12. Mai"),
        ("tot vrijdag", "vrijdag"),
        ("jusqu'au 3 mars", "3 mars"),
        ("до пятницы", "пятницы"),
        ("péntekig", "pentekig"),
        ("金曜日までに", "金曜日"),
        ("금요일까지", "금요일"),
        ("5月3日之前", "5月3日"),
        ("I waited for 5 people", None),
        ("on Friday we met", None),
        ("before 2019", None),
        ("by train", None),
    ],
)
def test_days(text, until):
    assert find_until(folded(text)) == until


@pytest.mark.parametrize("text", ["4 ", "48 hours ", "two ", "2 (", "until ", "1-1-", "jeste "])
def test_time_is_linear(text):
    start = time.process_time()
    long = text * (100_000 // len(text))
    for each in find_times(long, "en"):
        is_ultimatum(long, each, "en")
    find_until(long)
    assert time.process_time() - start < 8
