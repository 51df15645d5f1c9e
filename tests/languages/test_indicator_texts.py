import re
import tomllib
from functools import cache
from importlib.resources import files

import pytest

CODES = ("en", "nl", "fr", "de", "es", "it", "pt", "pl")

CLAIMS = {
    "hacked_device", "own_address", "malware", "antivirus_silent", "camera_access", "recording", "adult_sites",
    "contacts_copied", "leaked_password", "reader_data", "contacts_threat", "reputation", "payment_demand",
    "how_to_buy", "deadline", "tracking", "no_reply", "no_police", "untraceable", "will_delete", "future_advice",
    "insult", "flattery", "nothing_personal",
}  # fmt: skip
FACTS = {
    "crypto_address", "amount", "disguised_text", "contact_phone", "contact_handle", "contact_address", "named_account",
}  # fmt: skip
HEADERS = {"sender_is_recipient", "display_name", "reply_to_differs", "sender_check", "platform_notice"}
COUNTER_SIGNS = {"shared_past", "named_app", "image_held", "known_person", "minor_involved", "paid_before"}
ABOUT = {"warning", "question"}
INDICATORS = CLAIMS | FACTS | HEADERS | COUNTER_SIGNS | ABOUT

TEXTS = ("title", "claim", "truth", "todo")
MAX_TITLE = 45
MAX_WORDS = 25
MAX_SENTENCES = {"title": 1, "claim": 2, "truth": 3, "todo": 3}

# What no text may say, whatever the reader answered: safety promised, an image denied, a bluff declared, porn named.
FORBIDDEN = {
    "en": r"\b(un)?safe(ly|ty)?\b|\bno (video|image|picture|photo|recording|film)|\b(has|have|holds?) nothing\b"
          r"|\bbluff|\bporn|\bnever happen|\bdo not worry|\bdon't worry|\bguarantee|\bharmless",
    "nl": r"\b(on)?veilig|\bgeen (enkele )?(video|beeld|foto|film|opname)|\b(heeft|hebben|heb) niets\b"
          r"|\bniets (heeft|hebben)\b|\bbluf|\bporno|\bgeen zorgen|\bgarand|\bonschuldig",
    "fr": r"\bsécurité|\bsans danger|\bne risquez|\b(aucune|pas de|pas d') ?(vidéo|image|photo|film|enregistrement)"
          r"|\bn'(a|ont|a absolument) rien\b(?! de personnel)|\bbluff|\bporno|\bsoyez tranquille|\bgaranti|\binoffensi",
    "de": r"\b(un)?sicher(e[nmrs]?)?\b|\bsicherheit\b|\bkeine?n? (video|bild|foto|film|aufnahme)"
          r"|\b(hat|haben|besitzt) nichts\b|\bnichts (hat|haben)\b|\bbluff|\bporno|\bkeine sorge|\bgarant|\bharmlos",
    "es": r"\bsegur[oa]s?\b|\ba salvo\b|\bno (hay|existe|tienen?) (ning[uú]n[ao]? )?(v[ií]deo|imagen|foto|grabaci)"
          r"|\bno tienen? nada\b|\bfarol|\bporno|\bno se preocupe|\bgarant|\binofensiv",
    "it": r"\bsicur[oaie]\b|\bal sicuro\b|\bnessun['oa]? ?(video|immagine|foto|film|registrazione)"
          r"|\bnon (ha|hanno) (nulla|niente)\b|\bbluff|\bporno|\bnon si preoccupi|\bgarant|\binnocu",
    "pt": r"\bsegur[oa]s?\b|\ba salvo\b|\bnão (há|existe|têm|tem) (nenhum[a]? )?(vídeo|imagem|foto|gravaç)"
          r"|\bnão (tem|têm) nada\b(?! pessoal)|\bblefe|\bbluff?e?\b|\bporn[oô]|\bnão se preocupe|\bgarant|\binofensiv",
    "pl": r"\b(nie)?bezpiecz|\bnie ma (żadnego |żadnych )?(nagra|film|zdję|wideo)|\bnie (ma|mają) nic\b"
          r"|\b(nic|niczego) nie (ma|mają)\b|\bblef|\bporno|\bproszę się nie martwić|\bgwarant|\bniegroźn",
}  # fmt: skip

# Where help is: each text of a counter-sign points to one of these.
HELP = {
    "en": "help|police", "nl": "hulp|politie", "fr": "aide|police", "de": "Hilfe|Polizei|Jugendtelefon",
    "es": "ayuda|policía", "it": "aiuto|polizia", "pt": "ajuda|apoio|polícia", "pl": "pomoc|policj|telefon zaufania",
}  # fmt: skip

SAID = {
    "en": ("You are safe.", "There is no video.", "They have nothing."),
    "nl": ("U bent veilig.", "Er is geen video.", "Ze hebben niets."),
    "fr": ("Vous êtes en sécurité.", "Il n'y a aucune vidéo.", "L'expéditeur n'a rien."),
    "de": ("Sie sind sicher.", "Es gibt kein Video.", "Der Absender hat nichts."),
    "es": ("Usted está a salvo.", "No hay ningún video.", "No tiene nada."),
    "it": ("Lei è al sicuro.", "Non c'è nessun video.", "Non ha nulla."),
    "pt": ("A sua conta está segura.", "Não há nenhum vídeo.", "Não tem nada."),
    "pl": ("Jest Pani bezpieczna.", "Nie ma żadnego nagrania.", "Oni nic nie mają."),
}

NOT_SAID = {
    "en": ("It is no proof of a virus.", "They show nothing.", "There is nothing to do."),
    "nl": ("Het is geen bewijs van een virus.", "Ze tonen niets.", "U hoeft niets te doen."),
    "fr": ("Ce n'est pas une preuve.", "Ils ne montrent rien.", "Cela n'a rien de personnel."),
    "de": ("Das ist kein Beweis.", "Sie zeigen nichts.", "Sichern Sie zuerst Beweise."),
    "es": ("No demuestra nada.", "No hay nada que hacer.", "No muestran nada."),
    "it": ("Non prova nulla.", "Non mostrano nulla.", "Nessuno può trovarlo."),
    "pt": ("Não prova nada.", "Não é nada pessoal.", "Não mostram nada."),
    "pl": ("Niczego nie pokazują.", "Nie trzeba nic robić.", "To nic osobistego."),
}


@cache
def load(code):
    source = files("scamcheck.languages").joinpath(f"{code}.indicators.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)


def texts(code):
    """Yield the id, the key and the text of each text of each indicator."""
    for indicator, keys in load(code)["indicators"].items():
        for key, text in keys.items():
            yield indicator, key, text


def every_text(code):
    """Yield each text of a file with its dotted key, also the headings and the strengths."""
    for table in ("strengths", "kinds"):
        for key, text in load(code)[table].items():
            yield f"{table}.{key}", text
    for indicator, key, text in texts(code):
        yield f"{indicator}.{key}", text


def sentences(text):
    return [part for part in re.split(r"(?<=[.?!])\s+", text) if part]


def forbidden(code, text):
    return re.search(FORBIDDEN[code], text, re.IGNORECASE)


@pytest.mark.parametrize("code", CODES)
def test_every_language_has_the_same_keys_in_the_same_order(code):
    assert [key for key, _ in every_text(code)] == [key for key, _ in every_text("en")]


def test_every_indicator_has_its_four_texts():
    english = load("en")
    assert set(english) == {"strengths", "kinds", "indicators"}
    assert set(english["indicators"]) == INDICATORS
    assert all(tuple(keys) == TEXTS for keys in english["indicators"].values())


def test_every_kind_and_strength_has_its_words():
    from scamcheck.features.indicators.base import Kind, Strength

    assert set(load("en")["kinds"]) == set(Kind)
    assert set(load("en")["strengths"]) == set(Strength)


@pytest.mark.parametrize("code", CODES)
def test_texts_are_clean(code):
    for key, text in every_text(code):
        assert text.strip() == text != "", key
        assert text.isprintable(), key
        assert not re.search(r"  |[{}!\u2014]", text), (key, text)
        assert text[0].isupper() or text[0] == "¿", (key, text)


@pytest.mark.parametrize("code", CODES)
def test_titles_are_short_headings(code):
    for indicator, key, text in texts(code):
        if key == "title":
            assert len(text) <= MAX_TITLE, (indicator, len(text), text)
            assert not text.endswith((".", "?", ":")), (indicator, text)


@pytest.mark.parametrize("code", CODES)
def test_sentences_are_short_and_few(code):
    for indicator, key, text in texts(code):
        assert len(sentences(text)) <= MAX_SENTENCES[key], (indicator, key, text)
        assert key == "title" or text.endswith((".", "?")), (indicator, key, text)
        for sentence in sentences(text):
            assert len(sentence.split()) <= MAX_WORDS, (indicator, key, len(sentence.split()), sentence)


@pytest.mark.parametrize("code", CODES)
def test_nothing_is_promised_or_denied(code):
    for key, text in every_text(code):
        assert not forbidden(code, text), (key, text)


@pytest.mark.parametrize("code", CODES)
def test_the_forbidden_words_are_found_and_their_neighbours_are_not(code):
    for text in SAID[code]:
        assert forbidden(code, text), text
    for text in NOT_SAID[code]:
        assert not forbidden(code, text), text


@pytest.mark.parametrize("code", CODES)
def test_a_sign_of_a_real_case_points_to_help(code):
    for indicator in COUNTER_SIGNS:
        todo = load(code)["indicators"][indicator]["todo"]
        assert re.search(HELP[code], todo, re.IGNORECASE), (indicator, todo)


@pytest.mark.parametrize("code", CODES)
def test_no_two_indicators_share_a_title_or_a_truth(code):
    for wanted in ("title", "truth"):
        found = [text for _, key, text in texts(code) if key == wanted]
        assert len(found) == len(set(found)), [text for text in found if found.count(text) > 1]


@pytest.mark.parametrize("code", [code for code in CODES if code != "en"])
def test_no_text_is_left_in_english(code):
    english = dict(every_text("en"))
    assert [key for key, text in every_text(code) if text == english[key]] == []
