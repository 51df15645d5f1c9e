"""The texts of the advice in every language: complete, tagged alike, and without the words that hurt."""

import re

import pytest

from scamcheck.guidance import SITUATIONS, TOPICS, Done, Helper, How, Mine, Urgent
from scamcheck.guidance.steps import ORDER
from scamcheck.languages import LANGUAGES, Language, load_language
from tests.guidance.cases import READY, texts

TAGGED = {
    *(f"guidance.{key}.{part}" for key in ("no.sextortion_scam", "password", "personal_data", "own_address")
      for part in ("headline", "text")),
    *(f"steps.{key}" for key in ("mass_mail", "password_leak", "data_leak", "sender_faked", "nothing_to_remove")),
}  # fmt: skip
NEVER = {
    "en": r"you should(?:n't| not) have|you watched|your fault(?<!not your fault)|send us the image|years in prison"
    r"|(?:will|can) never be published|(?:is|are) safe\b|guarantee",
    "nl": r"u had niet mogen|u keek naar|stuur ons het beeld|jaar (?:cel|gevangenis)|is veilig|bent veilig"
    r"|wordt nooit (?:getoond|verspreid)|garand",
    "fr": r"vous n'auriez pas d|vous avez regardé|envoyez-nous l'image|ans de prison|vous êtes en sécurité|garanti",
    "de": r"sie hätten nicht|sie haben .{0,20}pornos|schicken sie uns das bild|jahre (?:haft|gefängnis)"
    r"|mail ist sicher|sie sind sicher|garant",
    "es": r"no debería haber|usted vio|envíenos la imagen|años de (?:cárcel|prisión)|está a salvo|garantiz",
    "it": r"non avrebbe dovuto|ha guardato|ci invii l'immagine|anni di (?:carcere|reclusione)|è al sicuro|garant",
    "pt": r"não devia ter|não deveria ter|envie-nos a imagem|anos de (?:prisão|cadeia)|está a salvo|garant",
    "pl": r"nie powin(?:ien|na) (?:był|była)|proszę przesłać nam zdj|lat więzienia|gwarant",
}
FIRST_WORD_DELETE = r"^(?:delete|wis|verwijder|supprimez|effacez|löschen|borre|elimine|cancelli|elimini|apague|usuń)"
DATED = r"\b20(?:1|2)\d\b"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_text(language):
    assert load_language(language).keys() == load_language("en").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_texts_are_tagged_in_every_language(language):
    words = load_language(language)
    assert {key for key in texts(language) if words.asserts(key)} == TAGGED
    assert {words.asserts(key) for key in TAGGED} == {"bluff"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_survive_translation(language):
    words, english = load_language(language), load_language("en")
    for key in (english.keys() & words.keys()) - {"alphabet"}:
        wanted = sorted(re.findall(r"\{\w+\}", english.text(key)))
        assert sorted(re.findall(r"\{\w+\}", words.text(key))) == wanted, key
        assert words.text(key).strip(), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_blames_promises_or_asks_for_the_image(language):
    for key, text in texts(language).items():
        assert not re.search(NEVER[language], text, re.IGNORECASE), key
        assert not re.search(FIRST_WORD_DELETE, text, re.IGNORECASE), key


def test_the_list_of_forbidden_words_catches_what_it_is_for():
    for text in ("You should not have sent it.", "It is your fault.", "You are safe.", "We guarantee it."):
        assert re.search(NEVER["en"], text, re.IGNORECASE)
    assert not re.search(NEVER["en"], "It is not your fault.", re.IGNORECASE)


@pytest.mark.parametrize("language", READY)
def test_what_is_said_about_the_law_carries_a_date_and_no_sentence_lengths(language):
    for key in ("topics.law.body", "topics.law.body_be"):
        lines = load_language(language).text(key).strip().splitlines()
        assert re.search(DATED, " ".join(lines[-2:])), key


def test_every_key_is_used_and_every_use_has_a_key():
    keys = set(texts("en"))
    assert {key for key in keys if key.startswith("steps.")} == {
        f"steps.{step}" for step in (*ORDER, "report_to", "report_spam")
    }
    assert {key for key in keys if key.startswith("situations.")} == {f"situations.{key}" for key in SITUATIONS}
    for situation in SITUATIONS:
        assert {f"guidance.{situation}.headline", f"guidance.{situation}.text"} <= keys
    assert {key.split(".")[1] for key in keys if key.startswith("topics.")} == set(TOPICS)
    for name, kind in {"how": How, "done": Done, "mine": Mine, "for_other": Helper, "urgent": Urgent}.items():
        assert {f"questions.{name}.{value}" for value in (*kind, "label")} <= keys


@pytest.mark.parametrize("language", READY)
def test_topics_have_as_many_lines_in_every_language(language):
    for key, text in texts("en").items():
        if ".body" in key:
            assert len(texts(language)[key].strip().splitlines()) == len(text.strip().splitlines()), key


def test_a_tagged_text_is_one_text():
    words = Language("xx", {"a": {"text": "one", "asserts": "bluff"}, "b": {"headline": "two", "text": "three"}})
    assert words.keys() == {"a", "b.headline", "b.text"}
    assert (words.text("a"), words.asserts("a")) == ("one", "bluff")
    assert (words.text("b.text"), words.asserts("b.text"), words.asserts("c")) == ("three", "", "")
