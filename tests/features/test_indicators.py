import time

import pytest

from scamcheck.features.indicators import Claim, detect, detectors
from scamcheck.features.indicators.base import Kind, Strength
from scamcheck.languages import LANGUAGES, MAIL_LANGUAGES, load_language
from scamcheck.limits import MAX_FINDINGS_PER_INDICATOR
from scamcheck.model.corpus import CLAIMS, COUNTER_SIGNS, EXAMPLES, fill, load_bank
from scamcheck.pipeline import check
from scamcheck.text import assemble
from scamcheck.text.sentences import split_sentences
from scamcheck.types import ORDINARY, Message, Part
from tests.conftest import ROOT

FACTS = {"amount", "contact_address", "contact_handle", "contact_phone", "crypto_address", "named_account"}
HEADERS = {"display_name", "platform_notice", "reply_to_differs", "sender_check", "sender_is_recipient"}
SIGNS = COUNTER_SIGNS | {"warning", "question"}
REQUIRED = CLAIMS | FACTS | HEADERS | SIGNS | {"disguised_text"}


def find(text, *names, **headers):
    """Return the reading and the findings where every sentence makes the named claims."""
    message = Message((Part("text/plain", text),), **headers)
    reading = assemble(message)[0]
    folded = reading.folded.text
    claims = [Claim(name, span, 0.9) for span in split_sentences(folded) for name in names]
    return reading, detect(reading, message, claims)


def test_the_required_indicators_are_there():
    assert {detector.id for detector in detectors()} == REQUIRED


def test_the_ordinary_ones_are_those_that_ordinary_mail_has():
    assert {detector.id for detector in detectors() if detector.strength is Strength.ORDINARY} == ORDINARY


def test_the_kind_of_an_indicator_is_where_it_comes_from():
    kinds = {kind: {detector.id for detector in detectors() if detector.kind is kind} for kind in Kind}
    assert kinds[Kind.HEADER] == HEADERS
    assert kinds[Kind.COUNTER_SIGN] == SIGNS
    assert kinds[Kind.FACT] == FACTS


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_indicator_has_words_in_every_language(language):
    words = load_language(language)
    for indicator in REQUIRED:
        for text in ("title", "claim", "truth", "todo"):
            assert len(words.text(f"indicators.{indicator}.{text}")) > 5


# One letter a language; each claim is to be found in the sentence that makes it.
LETTERS = {
    "en": {
        "hacked_device": "I hacked your computer and your phone last month.",
        "malware": "A trojan is installed on your device.",
        "adult_sites": "You like to visit porn sites very much.",
        "recording": "I recorded a video of you while you satisfied yourself.",
        "contacts_threat": "I will send the video to all your friends and colleagues.",
        "payment_demand": "Send me 900 dollars in bitcoin.",
        "deadline": "You have 48 hours to pay.",
        "no_police": "Do not go to the police, and tell nobody.",
    },
    "nl": {
        "hacked_device": "Ik heb je computer en je telefoon gehackt.",
        "malware": "Er staat een trojan op je toestel.",
        "adult_sites": "Je bezoekt graag pornosites.",
        "recording": "Ik heb een video gemaakt waarop je jezelf bevredigt.",
        "contacts_threat": "Ik stuur de video naar al je vrienden en collega's.",
        "payment_demand": "Betaal 900 euro in bitcoin.",
        "deadline": "Je hebt 48 uur om te betalen.",
        "no_police": "Ga niet naar de politie en vertel het aan niemand.",
    },
    "fr": {
        "hacked_device": "J'ai piraté votre ordinateur et votre téléphone.",
        "malware": "Un cheval de Troie est installé sur votre appareil.",
        "adult_sites": "Vous aimez visiter des sites pornographiques.",
        "recording": "J'ai enregistré une vidéo où vous vous masturbez.",
        "contacts_threat": "J'enverrai la vidéo à tous vos amis et collègues.",
        "payment_demand": "Envoyez-moi 900 euros en bitcoin.",
        "deadline": "Vous avez 48 heures pour payer.",
        "no_police": "N'allez pas à la police et n'en parlez à personne.",
    },
    "de": {
        "hacked_device": "Ich habe Ihren Computer und Ihr Handy gehackt.",
        "malware": "Ein Trojaner ist auf Ihrem Gerät installiert.",
        "adult_sites": "Sie besuchen gern Pornoseiten.",
        "recording": "Ich habe ein Video aufgenommen, auf dem Sie sich selbst befriedigen.",
        "contacts_threat": "Ich schicke das Video an alle Ihre Freunde und Kollegen.",
        "payment_demand": "Überweisen Sie 900 Euro in Bitcoin.",
        "deadline": "Sie haben 48 Stunden Zeit.",
        "no_police": "Gehen Sie nicht zur Polizei und sagen Sie es niemandem.",
    },
}


@pytest.mark.parametrize("language", LETTERS)
def test_each_claim_is_found_in_the_sentence_that_makes_it(language):
    letter = LETTERS[language]
    assessment = check(" ".join(letter.values()))
    found = {}
    for finding in assessment.findings:
        found.setdefault(finding.indicator, []).append(finding.span.of(assessment.text))
    missed = [name for name, sentence in letter.items() if sentence not in " ".join(found.get(name, []))]
    assert not missed


@pytest.mark.parametrize("language", MAIL_LANGUAGES)
def test_claims_are_found_in_every_language_of_the_corpus(language):
    """One wording of each claim: most are found. What was measured on unseen sentences stands in MODEL_CARD.md."""
    said = {}
    for wording in load_bank(ROOT / "data", languages=[language]):
        if wording.split == "train" and wording.name in CLAIMS:
            said.setdefault(wording.name, fill(wording.text, EXAMPLES))
    found = {finding.indicator for finding in check("\n".join(said.values())).findings}
    assert len(found & said.keys()) >= 8, sorted(said.keys() - found)


def test_the_password_is_found_to_the_letter_and_marked_as_secret():
    reading, findings = find('Hello there. Your password is "kestrel-77!", right?', "leaked_password")
    secrets = [secret.of(reading.visible) for finding in findings for secret in finding.secrets]
    assert secrets == ["kestrel-77!"]


@pytest.mark.parametrize("text", ["Your password is known to me.", "Your password is not safe with you."])
def test_a_common_word_is_no_password(text):
    assert not [finding for finding in find(text, "leaked_password")[1] if finding.secrets]


def test_facts():
    text = "Pay 1.300 dollars in bitcoin. You have two days. BTC: 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"
    _, findings = find(text, "payment_demand", "deadline")
    facts = {}
    for finding in findings:
        facts.setdefault(finding.indicator, {}).update(finding.facts)
    assert facts["payment_demand"] == {"amount": 1300.0, "currency": "USD", "coin": "BTC"}
    assert facts["deadline"] == {"hours": 48}
    assert facts["crypto_address"]["coin"] == "BTC"


def test_disguises_are_shown_where_they_stand():
    reading, findings = find("This is your pаsswоrd and I rеcоrdеd you, my friend.")
    spans = [finding.span.of(reading.visible) for finding in findings if finding.indicator == "disguised_text"]
    assert spans
    assert spans[0].startswith("pаsswоrd")


def test_marks_that_the_language_does_not_write_are_a_disguise():
    text = "Hëllö, Í åm å håckër ånd Í håvë äccess tö yöür öpëråtïng systëm, ånd tö yöür åccöünt ås wëll, yöu sëë"
    assert "disguised_text" in {finding.indicator for finding in find(text)[1]}
    real = "Hôtel à Liège : nous vous attendons dès l'été, près de la forêt, où l'air est léger et la tête se repose."
    assert "disguised_text" not in {finding.indicator for finding in find(real)[1]}


def test_findings_of_one_indicator_do_not_overlap_and_are_capped():
    _, findings = find("Pay me 900 dollars now! " * 60, "payment_demand")
    demands = [finding for finding in findings if finding.indicator == "payment_demand"]
    assert 0 < len(demands) <= MAX_FINDINGS_PER_INDICATOR
    assert not any(a.span.intersects(b.span) for a in demands for b in demands if a is not b)


@pytest.mark.parametrize(
    "text", ["You have two days (48 hours) to pay.", "You have 48 hours to pay.", "You have 48h to pay."]
)
def test_a_deadline_given_twice_is_read_by_its_unit(text):
    hours = [finding.facts.get("hours") for finding in find(text, "deadline")[1]]
    assert hours == [48]


def test_an_exchange_rate_is_no_demand():
    _, findings = find("You must pay 900 USD to my wallet now. 1 BTC = 7,530 USD at the moment.", "payment_demand")
    assert [finding.facts["amount"] for finding in findings if "amount" in finding.facts] == [900]


def test_many_amounts_and_demands_take_linear_time():
    def seconds(size):
        text = ("Pay me now. " * size) + ("5 usd " * size)
        start = time.process_time()
        find(text[:90_000], "payment_demand")
        return time.process_time() - start

    assert seconds(4_000) < 9 * seconds(1_000) + 0.3
