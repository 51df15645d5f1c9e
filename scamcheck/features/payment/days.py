"""The day until which a reader is to pay, as the text has it: "until Friday", "vor dem 12. Mai", "до пятницы"."""

import re
from collections.abc import Mapping

_LEAD = (
    r"until|till|by|before|no later than|tot|voor|uiterlijk|bis|vor|spatestens|jusqu'au|jusqu'a|avant|d'ici|hasta"
    r"|antes de|antes del"
    r"|fino a|entro|prima di|ate|antes d[aeo]|do|przed|pred|najpozdeji do|najneskor do|pana|pana la|inainte de"
    r"|inaintea|tills|fore|senast"
    r"|indtil|inden|senest|innen|for|mennessa|viimeistaan|μεχρι|εως|πριν|до|не позднее|к|не пізніше|حتى|قبل"
)
_DAYS: Mapping[str, str] = {
    "en": "(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|tonight|midnight|noon|the end of (?:the|this) (?:day"
    "|week)",
    "nl": "(?:maan|dins|woens|donder|vrij|zater|zon)dag|morgen|vanavond|middernacht",
    "de": "(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|morgen|mitternacht|heute abend",
    "fr": "(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|demain|minuit|ce soir",
    "es": "(?:el )?(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)|manana|medianoche",
    "it": "(?:lune|marte|mercole|giove|vener)di|sabato|domenica|domani|mezzanotte",
    "pt": "(?:segunda|terca|quarta|quinta|sexta)(?:-feira)?|sabado|domingo|amanha|meia-noite",
    "pl": "poniedzialku|wtorku|srody|czwartku|piatku|soboty|niedzieli|jutra|polnocy",
    "cs": "pondeli|pondelka|utery|uterka|stredy|ctvrtka|ctvrtku|patku|soboty|nedele|zitrka|zitra|pulnoci",
    "sk": "pondelka|utorka|stredy|stvrtka|piatka|soboty|nedele|zajtra|polnoci",
    "hu": "(?:hetfo|kedd|szerda|csutortok|pentek|szombat|vasarnap|holnap|ejfel)(?:ig|re)",
    "ro": "luni|marti|miercuri|joi|vineri|sambata|duminica|maine|miezul noptii",
    "sv": "(?:man|tis|ons|tors|fre|lor|son)dag|i morgon"
    "|midnatt", "da": "(?:man|tirs|ons|tors|fre|lor|son)dag|i morgen|midnat",
    "nb": "(?:man|tirs|ons|tors|fre|lor|son)dag|i morgen|midnatt",
    "fi": "(?:maanantai|tiistai|torstai|perjantai|lauantai|sunnuntai)(?:hin|na)|keskiviikkoon|huomiseen|keskiyohon",
    "el": "(?:τη[νς]? |το )?(?:δευτερα|τριτη|τεταρτη|πεμπτη|παρασκευη|σαββατο|κυριακη)|αυριο|τα μεσανυχτα",
    "tr": "(?:pazartesi|sali|carsamba|persembe|cuma|cumartesi|pazar|yarin"
    "|gece yarisi)(?:[ny]?[aei])?(?: gunune)? kadar",
    "ru": "понедельника|вторника|среды|четверга|пятницы|субботы|воскресенья|завтра|полуночи",
    "uk": "понедилка|понеділка|вівторка|середи|четверга|п'ятниці|суботи|неділі|завтра|півночі",
    "ja": "(?:[月火水木金土日]曜日|明日|今夜)(?=まで)", "ko": "(?:[월화수목금토일]요일|내일|오늘 밤)(?=까지)",
    "zh": "(?:星期|周|週)[一二三四五六日天](?=之?前)|(?:明天|今晚)(?=之?前)",
    "ar": "يوم (?:الاثنين|الثلاثاء|الاربعاء|الأربعاء|الخميس|الجمعة|السبت|الاحد|الأحد)|غدا|منتصف الليل",
}  # fmt: skip
_MONTH = (
    r"(?:jan|gen|ene|ian|jaan|led|sty|feb|fev|fevr|uno|lut|mar|mae|mrt|bre|apr|abr|avr|dub|kwi|mai|may|maj|mei|mag"
    r"|kve|jun|giu|iun|juin"
    r"|cer|cze|jul|lug|iul|juil|lip|aug|ago|aou|srp|sie|sep|set|zar|wrz|okt|oct|ott|out|rij|paz|nov|lis|noi|dec|des"
    r"|dez|dic|pro|gru"
    r"|янв|фев|мар|апр|ма[яи]|июн|июл|авг|сен|окт|ноя|дек|січ|лют|бер|кві|тра|чер|лип|сер|вер|жов|лис|гру|ιαν|φεβ"
    r"|μαρ|απρ|μαι|ιουν|ιουλ"
    r"|αυγ|σεπ|οκτ|νοε|δεκ)[^\W\d_]{0,9}"
)
_DATE = (
    rf"\d{{1,2}}(?:st|nd|rd|th|\.)?(?: of| de)? {_MONTH}(?: \d{{4}})?|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    r"|\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?|\d{4}-\d\d-\d\d|\d{1,2}[:.h]\d\d"
)
_UNSPACED = (
    "|".join(_DAYS[code] for code in ("ja", "ko", "zh"))
    + r"|\d{1,2}月\s?\d{1,2}日(?=まで|之?前)|\d{1,2}월 ?\d{1,2}일(?=까지)"
)
_ENDING = "|".join(_DAYS[code] for code in ("hu", "tr"))
_SPACED = "|".join(days for code, days in _DAYS.items() if code not in ("ja", "ko", "zh", "hu", "tr"))

_UNTIL = re.compile(
    rf"(?<!\w)(?:{_LEAD})[ ](?:(?:the|next|this|coming|a[.s]|dem|den|der|de|le|el|la|il|o|a|zum|komende|nachsten"
    rf"|prochain)[ ]){{0,2}}"
    rf"(?P<day>(?:{_SPACED}|{_DATE})(?!\w))|(?<!\w)(?P<ending>{_ENDING})(?!\w)|(?P<unspaced>{_UNSPACED})",
    re.IGNORECASE,
)


def find_until(sentence: str) -> str | None:
    """Return the words for the day until which a sentence gives time, or None. The text is a folded one.

    >>> find_until("You have until Friday to pay.")
    'Friday'
    """
    found = _UNTIL.search(sentence)
    return next(filter(None, found.groups()), None) if found else None
