import re
import time

import pytest

from scamcheck.features.cues import CueError, compile_cues, expand
from scamcheck.features.indicators import detect, detectors
from scamcheck.languages import LANGUAGES, load_language
from scamcheck.limits import MAX_FINDINGS_PER_INDICATOR
from scamcheck.text import assemble
from scamcheck.types import Message, Part

REQUIRED = {
    "payment_demand", "crypto_address", "hacked_device", "malware", "recording", "adult_sites", "contacts_threat",
    "leaked_password", "own_address", "deadline", "no_police", "tracking", "disguised_text",
}  # fmt: skip
BY_PATTERN = {"crypto_address", "disguised_text"}

# One row an indicator and language: a sentence that makes the claim, and a near one that does not.
CLAIMS = [
    ("hacked_device", "en", "I hacked your computer last month.", "The council repaired your street last month."),
    ("hacked_device", "nl", "Ik heb uw computer gehackt.", "Wij hebben uw computer hersteld."),
    ("hacked_device", "fr", "J'ai piraté votre ordinateur.", "Nous avons réparé votre ordinateur."),
    ("hacked_device", "de", "Ich habe Ihren Computer gehackt.", "Wir haben Ihren Computer repariert."),
    ("malware", "en", "I installed a trojan on your device.", "The Trojan war lasted ten years."),
    ("malware", "nl", "Ik heb een virus op uw toestel geïnstalleerd.", "Wij hebben een printer geïnstalleerd."),
    ("malware", "fr", "J'ai installé un cheval de Troie sur votre appareil.", "J'ai posé une étagère chez vous."),
    ("malware", "de", "Ich habe einen Trojaner auf Ihrem Gerät installiert.", "Ich habe eine Lampe installiert."),
    ("recording", "en", "I recorded a video of you.", "The webinar was recorded on Tuesday."),
    ("recording", "nl", "Ik heb een video van u gemaakt.", "De vergadering werd opgenomen in het verslag."),
    ("recording", "fr", "J'ai enregistré une vidéo de vous.", "La séance a été enregistrée mardi."),
    ("recording", "de", "Ich habe ein Video von Ihnen aufgenommen.", "Die Sitzung wurde am Dienstag protokolliert."),
    ("adult_sites", "en", "while you visited adult sites", "while you visited our shop"),
    ("adult_sites", "nl", "terwijl u pornosites bezocht", "terwijl u onze winkel bezocht"),
    ("adult_sites", "fr", "pendant que vous visitiez des sites pour adultes", "pendant que vous visitiez le magasin"),
    ("adult_sites", "de", "während Sie Pornoseiten besuchten", "während Sie unseren Laden besuchten"),
    ("contacts_threat", "en", "I will send the video to all your contacts.", "I will send the invoice to your office."),
    ("contacts_threat", "nl", "Ik stuur de video naar al uw contacten.", "Ik stuur de factuur naar uw kantoor."),
    ("contacts_threat", "fr", "J'enverrai la vidéo à tous vos contacts.", "J'enverrai la facture à votre bureau."),
    ("contacts_threat", "de", "Ich schicke das Video an alle Ihre Kontakte.", "Ich schicke die Rechnung an Ihr Büro."),
    ("leaked_password", "en", "Your password is: kestrel-77!", "Reset the password of the printer, please."),
    ("leaked_password", "nl", "Uw wachtwoord is: kestrel-77!", "Wijzig het wachtwoord van de printer."),
    ("leaked_password", "fr", "Votre mot de passe est : kestrel-77!", "Changez le code de la porte."),
    ("leaked_password", "de", "Ihr Passwort lautet: kestrel-77!", "Bitte den Code der Tür ändern."),
    ("own_address", "en", "I sent this email from your own account.", "You can pay from your bank account."),
    ("own_address", "nl", "Ik stuurde deze mail vanaf uw eigen account.", "U kunt betalen vanaf uw rekening."),
    ("own_address", "fr", "Je vous ai envoyé ce mail depuis votre propre compte.", "Payez depuis votre banque."),
    ("own_address", "de", "Ich habe diese Mail von Ihrem eigenen Konto gesendet.", "Zahlen Sie von Ihrer Bank aus."),
    ("payment_demand", "en", "Send me 900 dollars in bitcoin.", "The ticket was 900 dollars last year."),
    ("payment_demand", "nl", "Betaal mij 900 euro in bitcoin.", "Het ticket was vorig jaar 900 euro."),
    ("payment_demand", "fr", "Envoyez-moi 900 euros en bitcoin.", "Le billet était à 900 euros l'an dernier."),
    ("payment_demand", "de", "Überweisen Sie mir 900 Euro in Bitcoin.", "Die Karte kostete im Vorjahr 900 Euro."),
    ("deadline", "en", "You have 48 hours to pay.", "The shop is open 24 hours."),
    ("deadline", "nl", "U hebt 48 uur om te betalen.", "De winkel is 24 uur open."),
    ("deadline", "fr", "Vous avez 48 heures pour payer.", "Le magasin est ouvert 24 heures."),
    ("deadline", "de", "Sie haben 48 Stunden Zeit.", "Der Laden hat 24 Stunden offen."),
    ("no_police", "en", "Do not go to the police.", "The police station is near the church."),
    ("no_police", "nl", "Ga niet naar de politie.", "Het politiebureau ligt bij de kerk."),
    ("no_police", "fr", "N'allez pas à la police.", "Le commissariat est près de l'église."),
    ("no_police", "de", "Gehen Sie nicht zur Polizei.", "Die Wache liegt bei der Kirche."),
    ("tracking", "en", "The timer starts when you open this message.", "The match starts at eight."),
    ("tracking", "nl", "De timer start zodra u dit bericht opent.", "De wedstrijd start om acht uur."),
    ("tracking", "fr", "Le compte à rebours commence dès que vous ouvrez ce message.", "Le match commence à midi."),
    ("tracking", "de", "Der Timer startet, sobald Sie diese Nachricht öffnen.", "Das Spiel startet um acht Uhr."),
]  # fmt: skip
FILLER = {
    "en": "Good morning, I hope that this letter finds you well today.",
    "nl": "Goedemorgen, ik hoop dat deze brief u vandaag goed bereikt.",
    "fr": "Bonjour, j'espère que cette lettre vous trouve en forme aujourd'hui.",
    "de": "Guten Morgen, ich hoffe, dass dieser Brief Sie heute gut erreicht.",
}


def find(text, **headers):
    message = Message((Part("text/plain", text),), **headers)
    reading = assemble(message)[0]
    return reading, detect(reading, message)


def test_the_required_indicators_are_there():
    assert {detector.id for detector in detectors()} == REQUIRED


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_indicator_has_words_in_every_language(language):
    words = load_language(language)
    for indicator in REQUIRED:
        for text in ("title", "claim", "truth"):
            assert len(words.text(f"indicators.{indicator}.{text}")) > 8
        if indicator not in BY_PATTERN:
            assert words.cues(indicator), f"{indicator} has no cues in {language}"
    assert words.cues("deadline_hours")
    assert words.cues("deadline_days")


def test_every_claim_has_a_row_in_every_language():
    assert {(indicator, language) for indicator, language, _, _ in CLAIMS} == {
        (indicator, language) for indicator in REQUIRED - BY_PATTERN for language in LANGUAGES
    }


@pytest.mark.parametrize(("indicator", "language", "claim", "neighbour"), CLAIMS)
def test_claims_are_found_and_neighbours_are_not(indicator, language, claim, neighbour):
    text = f"{FILLER[language]} {claim}"
    _, findings = find(text)
    spans = [finding.span for finding in findings if finding.indicator == indicator]
    assert spans, f"{indicator} not found"
    assert all(span.start >= len(FILLER[language]) for span in spans)
    _, findings = find(f"{FILLER[language]} {neighbour}")
    assert indicator not in {finding.indicator for finding in findings}


def test_the_password_is_found_to_the_letter_and_marked_as_secret():
    reading, findings = find('Hello there. Your password is "kestrel-77!", right?')
    secrets = [finding.secret.of(reading.visible) for finding in findings if finding.secret]
    assert secrets == ["kestrel-77!"]


@pytest.mark.parametrize("text", ["Your password is known to me.", "Your password is not safe with you."])
def test_a_common_word_is_no_password(text):
    assert not [finding for finding in find(text)[1] if finding.secret]


def test_facts():
    _, findings = find("Pay 1.300 dollars in bitcoin. You have two days. BTC: 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2")
    facts = {finding.indicator: dict(finding.facts) for finding in findings}
    assert facts["payment_demand"] == {"amount": 1300.0, "currency": "USD"}
    assert facts["deadline"] == {"hours": 48}
    assert facts["crypto_address"]["coin"] == "BTC"


@pytest.mark.parametrize(
    ("sender", "recipients", "same"),
    [
        ("Ann <ann@example.org>", "ann@EXAMPLE.org", True),
        ("Ann <ann@example.org>", "Bob <bob@example.org>, x@example.net", False),
        ("ann@example.org", "", None),
        ("not an address", "ann@example.org", None),
    ],
)
def test_the_own_address_claim_is_checked_against_the_headers(sender, recipients, same):
    text = "Hello. I sent this email from your own account."
    findings = [f for f in find(text, sender=sender, recipients=recipients)[1] if f.indicator == "own_address"]
    assert [finding.facts.get("from_equals_to") for finding in findings] == [same]


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
    _, findings = find("Pay me 900 dollars now! " * 60)
    demands = [finding for finding in findings if finding.indicator == "payment_demand"]
    assert 0 < len(demands) <= MAX_FINDINGS_PER_INDICATOR
    assert not any(a.span.intersects(b.span) for a in demands for b in demands if a is not b)


@pytest.mark.parametrize("cue", ["a.*b", "a+", "a{2,}", "(ab)*"])
def test_unbounded_cues_are_refused(cue):
    with pytest.raises(CueError):
        expand(cue, r"\d", 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_cues_take_linear_time_on_hostile_text(language):
    names = sorted(load_language(language).cue_names())

    def seconds(text: str) -> float:
        start = time.process_time()
        for name in names:
            pattern = compile_cues(name, language)
            assert pattern is not None
            sum(1 for _ in pattern.finditer(text))
        return time.process_time() - start

    cues = [cue for name in names for cue in load_language(language).cues(name)]
    words = " ".join(sorted({word for cue in cues for word in re.findall(r"\w{2,}", cue)}))
    for hostile in (words + " ", "i ", " ", "\n", "you "):
        hostile = hostile * (40_000 // len(hostile) + 1)
        assert seconds(hostile[:40_000]) < 9 * seconds(hostile[:10_000]) + 0.2


def test_the_gap_of_a_cue_reaches_over_words_but_not_over_sentences():
    pattern = re.compile(expand("hacked … computer", r"\d", 0), re.IGNORECASE)
    assert pattern.search("I hacked your nice old computer")
    assert pattern.search("I hacked your\ncomputer")
    assert not pattern.search("I hacked it. Your computer is old")
    assert not pattern.search("I hacked it\n\nYour computer is old")
    assert not pattern.search("I hacked " + "very " * 20 + "computer")


@pytest.mark.parametrize(
    "text", ["You have two days (48 hours) to pay.", "You have 48 hours to pay.", "You have 48h to pay."]
)
def test_a_deadline_given_twice_is_read_by_its_unit(text):
    hours = [finding.facts.get("hours") for finding in find(text)[1] if finding.indicator == "deadline"]
    assert hours == [48]


def test_an_exchange_rate_is_no_demand():
    _, findings = find("You must pay 900 USD to my wallet now. It is not hard to do. 1 BTC = 7,530 USD at the moment.")
    demands = [finding.facts.get("amount") for finding in findings if finding.indicator == "payment_demand"]
    assert demands == [900]


def test_many_amounts_and_demands_take_linear_time():
    def seconds(size):
        text = ("Pay me now. " * size) + ("5 usd " * size)
        start = time.process_time()
        find(text[:90_000])
        return time.process_time() - start

    assert seconds(4_000) < 9 * seconds(1_000) + 0.3
