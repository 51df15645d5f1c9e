"""The guidance for one reader, in words: headline, steps, contacts."""

from dataclasses import dataclass

from scamcheck.errors import LanguageError
from scamcheck.guidance.organisations import Contact, contact
from scamcheck.guidance.situations import Answers, ImageShared, situation
from scamcheck.languages import Language, load_language
from scamcheck.types import Assessment

COUNTRIES = ("BE",)
"""ISO 3166-1 codes of the countries whose services are known."""

_REPORT = {"BE": "be-safeonweb"}
_REAL_CASE = {"BE": ("be-childfocus", "be-police-local", "be-igvm", "int-stopncii", "int-takeitdown")}
_YOUNG = {"BE": {"nl": "be-awel", "fr": "be-103", "de": "be-jugendhilfedienst"}}
_DANGER = {"BE": "be-police-101"}
_CRISIS = {"BE": {"nl": "be-1813", "fr": "be-cps", "de": "be-108", "en": "be-chs"}}
_PAID = {"BE": "be-cardstop"}


@dataclass(frozen=True, slots=True)
class Guidance:
    """What to say to one reader.

    `question` and `routes` are empty once the question is answered; never pay and a crisis line are always there.
    `weigh_claims` says whether the texts "what is true" may stand beside the claims of the mail.
    """

    situation: str
    language: str
    country: str
    headline: str
    text: str
    question: str
    routes: tuple[str, ...]
    steps: tuple[str, ...]
    contacts: tuple[Contact, ...]
    crisis_text: str
    crisis: Contact
    danger_text: str
    danger: Contact
    third_party_note: str
    weigh_claims: bool


def guide(
    assessment: Assessment | None, answers: Answers | None = None, *, country: str = "BE", language: str = "en"
) -> Guidance:
    """Return the guidance for a reader; without an assessment (nothing could be read) as after an abstention.

    Raises LanguageError where the country or the language is not known.
    """
    if country not in COUNTRIES:
        raise LanguageError(f"The services of {country!r} are not known yet. Choose one of: {', '.join(COUNTRIES)}.")
    answers = answers or Answers()
    words = load_language(language)
    chosen = situation(assessment, answers)
    report = contact(_REPORT[country], language)
    is_open = answers.image_shared is ImageShared.UNANSWERED
    contacts = [report] if chosen.report_contact else []
    if chosen.real_case:
        young = _YOUNG[country].get(language)
        real_case = [contact(name, language) for name in _REAL_CASE[country]]
        real_case += [contact(young, language)] if young else []
        contacts = [*contacts, *real_case] if chosen.report_first else [*real_case, *contacts]
    if "paid" in chosen.steps:
        contacts.append(contact(_PAID[country], language))
    return Guidance(
        situation=chosen.key,
        language=language,
        country=country,
        headline=words.text(f"guidance.{chosen.key}.headline"),
        text=words.text(f"guidance.{chosen.key}.text"),
        question=words.text("guidance.question") if is_open else "",
        routes=(words.text("guidance.route_no"), words.text("guidance.route_real")) if is_open else (),
        steps=tuple(_step(step, words, report) for step in chosen.steps),
        contacts=tuple(contacts),
        crisis_text=words.text("guidance.crisis"),
        crisis=contact(_CRISIS[country][language], language),
        danger_text=words.text("guidance.danger"),
        danger=contact(_DANGER[country], language),
        third_party_note=words.text("guidance.third_party"),
        weigh_claims=chosen.weigh_claims,
    )


def _step(step: str, words: Language, report: Contact) -> str:
    return words.text(f"steps.{step}").replace("{email}", report.email)
