"""The guidance for one reader, in words: headline, steps, contacts."""

from dataclasses import dataclass

from scamcheck.errors import LanguageError
from scamcheck.guidance import contacts as services
from scamcheck.guidance.answers import Answers
from scamcheck.guidance.organisations import Contact, Role, countries
from scamcheck.guidance.situations import Case, situation
from scamcheck.guidance.steps import steps
from scamcheck.guidance.topics import related
from scamcheck.languages import Language, load_language
from scamcheck.types import Assessment, Verdict

COUNTRIES: tuple[str, ...] = (*countries(), services.ELSEWHERE)
"""ISO 3166-1 codes of the countries whose services are known, and one for everywhere else."""

MAX_LEAD_WORDS = 120
"""Words before the first contact: what a frightened person reads before somebody to call is in view."""


@dataclass(frozen=True, slots=True)
class Guidance:
    """What to say to one reader.

    It is read in this order: headline, text, question, routes, the first `first_steps` of the steps, contacts, crisis
    line and emergency number, the other steps. `question` and `routes` are empty once the way is clear: the question
    is answered, or something else was told that decides (under 18, images online, despair). Never pay and a crisis
    line are always there; where no number is known for a country, the contact says where to go.

    `asserted` are those of the texts that assert a bluff. `real_case` says whether the help is that for a real case
    (yes, don't know, a minor), `weigh_claims` whether the texts "what is true" may stand beside the claims of the mail.
    `topics` are names for `scamcheck.guidance.topic`.
    """

    situation: str
    language: str
    country: str
    headline: str
    text: str
    question: str
    routes: tuple[str, ...]
    steps: tuple[str, ...]
    first_steps: int
    contacts: tuple[Contact, ...]
    crisis_text: str
    crisis: Contact
    danger_text: str
    danger: Contact
    third_party_note: str
    no_contact_note: str
    asserted: tuple[str, ...]
    topics: tuple[str, ...]
    real_case: bool
    weigh_claims: bool


def guide(
    assessment: Assessment | None, answers: Answers | None = None, *, country: str = "BE", language: str = "en"
) -> Guidance:
    """Return the guidance for a reader; without an assessment (nothing could be read) as after an abstention.

    Raises LanguageError where the country or the language is not known.
    """
    verdict = assessment.verdict if assessment else Verdict.UNCERTAIN
    indicators = frozenset(finding.indicator for finding in assessment.findings) if assessment else frozenset()
    return guide_case(Case(verdict, answers or Answers(), indicators), country=country, language=language)


def guide_case(case: Case, *, country: str = "BE", language: str = "en") -> Guidance:
    """Return the guidance for a case, of which no message need be at hand.

    Raises LanguageError where the country or the language is not known.
    """
    if country not in COUNTRIES:
        raise LanguageError(f"The services of {country!r} are not known yet. Choose one of: {', '.join(COUNTRIES)}.")
    words = load_language(language)
    key = situation(case)
    is_open = key.startswith("open.")
    report = next(iter(services.served(Role.REPORT_MAIL, country, language)), None)
    said = [_Text.of(words, f"guidance.{key}.{part}") for part in ("headline", "text")]
    done = [_step(step, words, report) for step in steps(case)]
    question = words.text("guidance.question") if is_open else ""
    routes = (words.text("guidance.route_no"), words.text("guidance.route_real")) if is_open else ()
    return Guidance(
        situation=key,
        language=language,
        country=country,
        headline=said[0].text,
        text=said[1].text,
        question=question,
        routes=routes,
        steps=tuple(each.text for each in done),
        first_steps=_fitting([*(each.text for each in said), question, *routes], [each.text for each in done]),
        contacts=services.contacts(case, country, language),
        crisis_text=words.text("guidance.crisis"),
        crisis=services.served(Role.CRISIS, country, language)[0],
        danger_text=words.text("guidance.danger"),
        danger=services.served(Role.EMERGENCY, country, language)[0],
        third_party_note=words.text("guidance.third_party"),
        no_contact_note=words.text("guidance.no_contact") if country == services.ELSEWHERE else "",
        asserted=tuple(each.text for each in (*said, *done) if each.asserts),
        topics=related(case),
        real_case=case.answers.real or case.answers.young,
        weigh_claims=case.may_weigh,
    )


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    asserts: str

    @classmethod
    def of(cls, words: Language, key: str) -> "_Text":
        return cls(words.text(key), words.asserts(key))


def _step(step: str, words: Language, report: Contact | None) -> _Text:
    """Return a step. To whom a mail is reported depends on the country: an address, a service, or nobody we know."""
    if step == "report" and not (report and report.email):
        step = "report_to" if report else "report_spam"
    text = _Text.of(words, f"steps.{step}")
    if report is None:
        return text
    return _Text(text.text.replace("{email}", report.email).replace("{name}", report.name), text.asserts)


def _fitting(lead: list[str], done: list[str]) -> int:
    """Return how many of the steps fit before the first contact, one at least."""
    left = MAX_LEAD_WORDS - sum(map(count_words, lead))
    fitting = 0
    for text in done:
        left -= count_words(text)
        if left < 0:
            break
        fitting += 1
    return max(fitting, 1)


def count_words(text: str) -> int:
    """Return the number of words, as people count them: what stands between blanks and has a letter or a digit."""
    return sum(any(map(str.isalnum, word)) for word in text.split())
