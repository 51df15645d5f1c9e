"""Short texts on one subject each, that a reader can look up: from telling somebody to what the law says."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from scamcheck.errors import LanguageError
from scamcheck.guidance.contacts import helping
from scamcheck.guidance.organisations import Contact, Role
from scamcheck.guidance.situations import Case
from scamcheck.languages import load_language

TOPICS: Mapping[str, tuple[Role, ...]] = MappingProxyType(
    {
        "talk": (Role.VICTIM_SUPPORT, Role.YOUNG_TALK, Role.CRISIS),
        "care": (Role.CRISIS, Role.VICTIM_SUPPORT),
        "evidence": (Role.POLICE,),
        "police": (Role.POLICE, Role.VICTIM_SUPPORT, Role.JUSTICE_HOUSE, Role.LEGAL_FIRST),
        "feelings": (Role.VICTIM_SUPPORT, Role.CRISIS),
        "who_helps": (
            *(Role.CHILD, Role.YOUNG_TALK, Role.MEDIA_INFO, Role.CLUB_INTEGRITY, Role.VICTIM_SUPPORT),
            *(Role.JUSTICE_HOUSE, Role.LEGAL_FIRST, Role.LEGAL_SECOND, Role.ADULT_IMAGES, Role.PARTNER_VIOLENCE),
        ),
        "never_give_in": (Role.POLICE, Role.CHILD),
        "tell": (Role.CHILD, Role.YOUNG_TALK, Role.POLICE),
        "platforms": (Role.ADULT_IMAGES, Role.CHILD),
        "search": (Role.SEARCH_TOOLS, Role.ONLINE_REMOVAL),
        "settings": (Role.MEDIA_INFO,),
        "prevent": (Role.MEDIA_INFO,),
        "helping": (Role.CHILD, Role.VICTIM_SUPPORT),
        "law": (Role.LEGAL_FIRST, Role.LEGAL_SECOND, Role.POLICE),
        "words": (Role.MEDIA_INFO,),
        "removal": (Role.TAKEDOWN_ADULT, Role.TAKEDOWN_MINOR, Role.ONLINE_REMOVAL, Role.ADULT_IMAGES),
        "passwords": (Role.BREACH_CHECK,),
    }
)
"""Every topic with the roles of those who help with it, in the order in which topics are listed."""

_REAL = ("talk", "evidence", "never_give_in", "police", "platforms", "removal", "feelings", "who_helps", "care", "law")
_YOUNG = ("tell", "never_give_in", "talk", "removal", "feelings", "who_helps", "care", "platforms", "police")
_CLEAR = ("passwords", "talk", "police", "words", "settings", "prevent", "care")
_OPEN = ("words", "talk", "evidence", "never_give_in", "who_helps", "passwords", "care")


@dataclass(frozen=True, slots=True)
class Topic:
    """A short text on one subject: `body` is a tuple of paragraphs of one to three sentences."""

    id: str
    title: str
    body: tuple[str, ...]
    contacts: tuple[Contact, ...]


def topic(name: str, *, country: str = "BE", language: str = "en") -> Topic:
    """Return a topic for a country and a language. Raises LanguageError where there is no topic of that name."""
    if name not in TOPICS:
        raise LanguageError(f"There is no topic {name!r}. Choose one of: {', '.join(TOPICS)}.")
    words = load_language(language)
    key, known = f"topics.{name}.body", words.keys()
    of_country = f"{key}_{country.lower()}"
    body = words.text(of_country if of_country in known else key)
    return Topic(
        id=name,
        title=words.text(f"topics.{name}.title"),
        body=tuple(line.strip() for line in body.splitlines() if line.strip()),
        contacts=helping(TOPICS[name], country, language, each=2),
    )


def related(case: Case) -> tuple[str, ...]:
    """Return the names of the topics for a case, the most useful first."""
    answers = case.answers
    names = _YOUNG if answers.young else _REAL if answers.real else _CLEAR if answers.clear else _OPEN
    if answers.online:
        names = ("removal", "search", *names)
    if answers.for_other:
        names = ("helping", *names)
    return tuple(dict.fromkeys(names))
