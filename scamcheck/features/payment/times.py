"""The time that a text gives its reader: in hours, or as the words for a day. In the 24 languages of the mails.

Words are given as folding leaves them. Hours, days and the numbers that are written as words stand in
`languages/<code>.cues.toml`; what is said around them stands here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from scamcheck.features.concepts import UNSPACED, languages_for
from scamcheck.languages import load_units
from scamcheck.text.unicode import strip_marks
from scamcheck.types import Span

MAX_HOURS = 24 * 60
"""A longer time is no ultimatum. Real ones run from 24 to 168 hours."""

SAME = 0.25
"""Two times of one sentence that differ by less are one ("two days (50 hours)"): the one in hours is the exact one."""

_WEEKS: Mapping[str, str] = {
    "en": "week", "nl": "week|weken", "fr": "semaine", "de": "woche", "es": "semana", "it": "settiman", "pt": "semana",
    "pl": "tydzien|tygodni", "cs": "tyden|tydn", "sk": "tyzden|tyzdn", "hu": "het", "ro": "saptaman",
    "sv": "vecka|veckor", "da": "uge", "nb": "uke", "fi": "viiko|viikko", "el": "εβδομαδ", "tr": "hafta", "ru": "недел",
    "uk": "тижд|тижн", "ja": "週間", "ko": "주", "zh": "周|週|个星期|個星期|星期", "ar": "اسبوع|أسبوع|اسابيع|أسابيع",
}  # fmt: skip
_MINUTES = "minut|minuut|perc|dakika|λεπτ|минут|хвилин|分钟|分鐘|分間|분|دقيق"
_ALONE: Mapping[str, Mapping[str, int]] = {
    "ar": {"يومين": 48, "يومان": 48, "ساعتين": 2, "ساعتان": 2, "اسبوع": 168, "أسبوع": 168, "اسبوعين": 336},
    "ko": {"하루": 24, "이틀": 48, "사흘": 72, "일주일": 168},
    "ru": {"сутки": 24, "суток": 24},
    "ja": {"一週間": 168},
    "da": {"et dogn": 24}, "sv": {"ett dygn": 24}, "nb": {"ett dogn": 24}, "pl": {"doby": 24, "tydzien": 168},
}  # fmt: skip
"""Words that are a span of time without a number, in hours."""

_BEFORE_UNIT = r"(?:werk|arbeits|kalender|arbejds|arbeids|arbets)?"
_RANGE = r"(?:[ ]?(?:-|–|—|~|to|bis|tot|do|до|til|till|a|à|ou|or|oder|of|o|lub|または)[ ]?\d{1,4})?"
_REPEATED = re.compile(
    r"(?:(?<!\w)(?:every|each|alle|jede\w?|elke|iedere|toutes les|chaque|cada|ogni|co|kazd\w{1,3}|minden|la fiecare|var"
    r"|varje|hvert?|joka|καθε|her|кажд\w{2}|кожн\w{1,2}|كل|another|additional|further|weitere\w?"
    r"|zusatzliche\w?|nog eens|otr[oa]s|altr[ei]|outr[oa]s|kolejn\w{1,3}|dalsi\w{0,2}|vor|il y a|hace|pred|acum|πριν"
    r"|منذ|since|during the last|(?<!mate )(?<!mas )(?<!zbyva vam )(?<!zbyva ti )(?<!zostava vam )(?:jeste|este))"
    r"|毎|每|매)\s{0,3}$",
    re.IGNORECASE,
)
"""Before a time that is no ultimatum: one that comes again, one that is past, one that is added."""

_ADDED = re.compile(
    r"\s{0,2}(?:\+\+|more\b|extra\b|ago\b|geleden|fa\b|atras|temu|earlier|назад|тому|sedan|siden|sitten|前|전에|之前)",
    re.IGNORECASE,
)

_LEADS: Mapping[str, str] = {
    "en": r"within|in the next|(?:you|u)(?: will|'ll)?(?: only| just| now| still| exactly)? (?:have|got)|you'?ve got"
    r"|(?:give|giving|grant|allow)\w* you|(?:present|provide) you with|deadline|time limit",
    "nl": r"binnen|(?:je|jij|u) heb(?:t)?|u heeft|heb(?:t)? (?:je|u)|gee[fv]\w* (?:je|jou|u)|krijg\w*|tijd van",
    "de": r"innerhalb|binnen|(?:sie|du|ihr) (?:haben|hast|habt)|(?:haben|hast|habt) (?:sie|du|ihr)"
    r"|gebe (?:ihnen|dir|euch)|frist",
    "fr": r"vous avez|tu as|avez-vous|sous|d'ici|dans les|dans un delai|delai de|donne|il vous reste|vous disposez",
    "es": r"tien(?:es|e|en)|dentro de|plazo de|(?:te|le|les|os) doy|dispon(?:es|e)|en las proximas|(?:te|le) quedan",
    "it": r"hai|avete|lei ha|entro|(?:ti|le|vi) do|(?:ti|le|vi) concedo|(?:ti|le|vi) restano|tempo di",
    "pt": r"voce(?:s)? te[mn]s?|tens|tem(?: apenas| so)?|dentro de|dou-(?:lhe|te)|(?:te|lhe) dou|prazo de|em ate"
    r"|restam",
    "pl": r"masz|macie|ma(?: pan| pani)?|w ciagu|daje (?:ci|wam|panu)|zostalo|termin",
    "cs": r"mate|mas|do|behem|v prubehu|davam|zbyva|lhuta",
    "sk": r"mate|mas|do|v priebehu|pocas|davam|ostava|zostava|lehota",
    "hu": r"van|adok|kap\w*|rendelkez\w*|hatarido|maradt",
    "ro": r"aveti|ai|in termen de|in urmatoarele|(?:iti|va) (?:dau|ofer|acord)|termen|timp de",
    "sv": r"(?:du|ni) har|har (?:du|ni)|inom|ger (?:dig|er)|pa dig",
    "da": r"(?:du|i) har|har (?:du|i)|inden for|indenfor|inden|giver (?:dig|jer)|frist",
    "nb": r"(?:du|dere) har|har (?:du|dere)|innen|gir (?:deg|dere)|i lopet av|frist",
    "fi": r"(?:sinulla|teilla|sulla) on|annan|aikaa|maaraaika",
    "el": r"εχεις|εχετε|εντος|μεσα σε|(?:σας|σου) δινω|διορια|προθεσμια",
    "tr": r"suren(?:iz)?|vaktin(?:iz)?|zamanin(?:iz)?|yalnizca|sadece|tam",
    "ru": r"у вас|у тебя|в течение|даю|осталось|имеете|срок",
    "uk": r"у вас|у тебе|протягом|впродовж|даю|залишилося|маєте|маєш|термін",
    "ja": r"期限|猶予|残り|あと|今から|これから",
    "ko": r"기한|앞으로|당신에게|남은",
    "zh": r"你有|您有|你只有|您只有|给你|給你|给您|給您|期限|只有|还有|還有",
    "ar": r"لديك|لديكم|امامك|أمامك|خلال|امهلك|أمهلك|اعطيك|أعطيك|عندك|مهلة",
}
"""What stands before the time in an ultimatum."""

_FOLLOWS: Mapping[str, str] = {
    "en": r"left|remaining|to (?:pay|send|transfer|decide|comply|make)|from now",
    "nl": r"om te|de tijd|tijd\b|over\b", "de": r"zeit\b|um\b|verbleiben", "fr": r"pour\b",
    "hu": r"belul|all\b|ideje|alatt",
    "fi": r"aikaa|sisalla|kuluessa", "tr": r"icinde|icerisinde|sure\w*|vaktin\w*|zamanin\w*|var\b",
    "ja": r"以内|の猶予|与え|しか", "ko": r"이내|안에|내에|내로|남았|드리|주겠|드립",
    "zh": r"之内|以内|內|内|時間|时间",
}  # fmt: skip
"""What stands behind the time in an ultimatum, within a few words."""

_FOLLOWS_CHARS, _LEAD_CHARS = 16, 48


@dataclass(frozen=True, slots=True)
class Time:
    """A span of time that a text names: its length in hours, its place, and whether the text counts it in hours."""

    hours: int | float
    span: Span
    in_hours: bool = False


@cache
def _numbers(language: str) -> dict[str, int]:
    """Return the numbers that a language writes as words, as folding leaves them."""
    return {strip_marks(word).lower(): value for word, value in load_units(language).numbers.items()}


def _stem(word: str) -> str:
    """Return the pattern of a stem; one of a single letter ("48 h") is the whole word.

    In a longer Latin one a letter may be another that only looks like it: folding knows most of those, not all.
    """
    if not word.isascii() or not word.isalpha():
        return re.escape(word)
    if len(word) == 1:
        return rf"{word}(?!\w)"
    disguised = (
        rf"{word[:place]}(?![a-z])[\u0100-\u02af]{word[place + 1 :]}"
        for place in range(len(word) if len(word) > 3 else 0)
    )
    return "|".join((word, *disguised))


def _stems(words: Sequence[str]) -> str:
    return "|".join(_stem(strip_marks(word).lower()) for word in words)


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """Return the pattern of a number before a unit of time."""
    units = load_units(language)
    words = "|".join(sorted(map(re.escape, _numbers(language)), key=len, reverse=True))
    alone = "|".join(sorted(_ALONE.get(language, {}), key=len, reverse=True))
    start = "" if language in UNSPACED else r"(?<!\w)"
    return re.compile(
        rf"(?:(?<![\d.,月월])(?<!월 )(?P<digits>\d{{1,4}}(?:[.,]5(?!\d))?){_RANGE}|{start}(?P<words>{words}))"
        r"(?:[ ]?\([^()\n]{1,30}\))?[\s\-]{0,3}"
        rf"(?:(?:[^\W\d_]{{2,12}}[ ])?{_BEFORE_UNIT}(?:(?P<hours>{_stems(units.hours)})|(?P<days>{_stems(units.days)})"
        rf"|(?P<weeks>{_WEEKS[language]})|(?P<minutes>{_MINUTES})))"
        + (rf"|{start}(?P<alone>{alone})" if alone else ""),
        re.IGNORECASE,
    )


_HOURS = {"hours": 1.0, "days": 24.0, "weeks": 168.0, "minutes": 1 / 60}


def find_times(text: str, language: str) -> Iterator[Time]:
    """Yield the spans of time that a text gives, in order; not those that come again, are past or are added.

    `language` is an ISO 639-1 code. Of "24-48 hours" the first number counts: from then on the threat runs.
    """
    found: dict[int, Time] = {}
    for code in languages_for(language):
        for match in _pattern(code).finditer(text):
            before = text[max(0, match.start() - 20) : match.start()]
            if _REPEATED.search(before) or _ADDED.match(text, _word_end(text, match.end())):
                continue
            hours = _length(match, code)
            if hours is not None and 0 < hours <= MAX_HOURS:
                whole = int(hours) if float(hours).is_integer() else round(hours, 2)
                found.setdefault(match.start(), Time(whole, Span(*match.span()), bool(match["hours"])))
    return iter([found[start] for start in sorted(found)])


def _word_end(text: str, end: int) -> int:
    while end < len(text) and text[end].isalpha() and text[end].isascii():
        end += 1
    return end


def _length(match: re.Match[str], language: str) -> float | None:
    groups = match.groupdict()
    if groups.get("alone"):
        return float(_ALONE[language][groups["alone"].lower()])
    unit = next(_HOURS[name] for name in _HOURS if groups[name])
    if groups["digits"]:
        return float(groups["digits"].replace(",", ".")) * unit
    number = _numbers(language).get(groups["words"].lower())
    return None if number is None else number * unit


def ultimatum(times: Sequence[Time]) -> Time | None:
    """Return the time that counts among those of one sentence: the first, or what says the same in hours.

    The first is when the reader is told that it happens; later ones explain it or come after it.
    """
    if not times:
        return None
    first = times[0]
    exact = (time for time in times[1:] if time.in_hours and abs(time.hours - first.hours) <= SAME * first.hours)
    return first if first.in_hours else next(exact, first)


@cache
def _around(language: str) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    bounds = ("", "") if language in UNSPACED else ("(?<!\\w)", "(?!\\w)")
    lead = re.compile(f"{bounds[0]}(?:{_LEADS[language]}){bounds[1]}", re.IGNORECASE)
    follows = _FOLLOWS.get(language)
    return lead, re.compile(follows, re.IGNORECASE) if follows else None


def is_ultimatum(text: str, time: Time, language: str) -> bool:
    """Return whether a time is given to the reader: "you have 48 hours", "within two days", "48 hours left"."""
    before = text[max(0, time.span.start - _LEAD_CHARS) : time.span.start]
    after = text[time.span.end : time.span.end + _FOLLOWS_CHARS]
    for code in languages_for(language):
        lead, follows = _around(code)
        if lead.search(before) or (follows and follows.search(after)):
            return True
    return False
