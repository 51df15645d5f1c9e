"""User names in messengers and networks that a text gives: as a link, behind the app's name, or by their own shape."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from scamcheck.limits import MAX_MATCHES
from scamcheck.types import Span


@dataclass(frozen=True, slots=True)
class App:
    """A messenger or network: its id, the words for it, the shape of a user name, and whose one most likely is.

    `secretive`: such letters name it to be reached, never as where the reader is; so a name needs no word of contact.
    """

    id: str
    words: str
    shape: str
    secretive: bool = True


@dataclass(frozen=True, slots=True)
class Handle:
    """A user name: the app, the name without an at sign, its span, and whether the name alone says it is a contact."""

    app: str
    handle: str
    span: Span
    secretive: bool


_NAME = r"[A-Za-z0-9][\w.\-]{2,38}[A-Za-z0-9_]"
_NUMBER = r"\+?\d(?:[ ./()-]{0,2}\d){6,17}"

APPS: tuple[App, ...] = (
    App("telegram", r"telegramm?(?:a|e|u|ie|om|em)?|tg|телеграмм?[аеу]?|тг|电报|電報|テレグラム|텔레그램|"
        r"تيليجرام|تلغرام|تليجرام",
        r"[A-Za-z]\w{4,31}"),
    App("whatsapp", r"whats ?app(?:e|u|om|ie)?|ватсап[еу]?|вотсап[еу]?|واتساب|واتس اب|왓츠앱", _NUMBER,
        secretive=False),
    App("signal", r"signal(?:u|om|em)?|сигнал[еу]?", rf"[A-Za-z_]\w{{2,31}}\.\d{{2,9}}|{_NUMBER}"),
    App("wickr", r"wickr(?: me)?", r"[A-Za-z0-9][\w\-]{3,31}"),
    App("skype", r"skype(?:u|om|em)?|скайп[еу]?", r"live:[.\w\-]{3,40}|[A-Za-z][\w.\-]{4,30}[\w]", secretive=False),
    App("snapchat", r"snap ?chat(?:u|om|ie)?|snap", r"[A-Za-z][\w.\-]{1,13}[A-Za-z0-9]", secretive=False),
    App("instagram", r"instagram(?:u|om|ie|e|a)?|insta|инстаграмм?[еу]?", r"\w[\w.]{1,28}\w", secretive=False),
    App("kik", r"kik", r"\w[\w.]{0,18}\w", secretive=False),
    App("discord", r"discord(?:u|om|zie|ie)?|дискорд[еу]?", r"[\w.]{2,32}#\d{4}|\w[\w.]{1,30}\w", secretive=False),
    App("threema", r"threema", r"[*A-Z0-9][A-Z0-9]{7}"),
    App("xmpp", r"jabber|xmpp|джаббер", r"[A-Za-z0-9][\w.+\-]{0,63}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,6}"),
)  # fmt: skip
"""The apps, by their words and shapes. Shapes: the rules that each app gives for its user names."""

_LINKS = (
    ("telegram", r"(?:https?://)?(?:www\.)?(?:t|telegram)\.(?:me|dog)/(?:s/)?(?P<handle>[A-Za-z]\w{3,31})(?![\w/])"),
    ("telegram", r"(?:https?://)?(?:t|telegram)\.(?:me|dog)/(?P<handle>(?:joinchat/|\+)[\w\-]{8,40})"),
    ("telegram", r"tg://resolve\?domain=(?P<handle>[A-Za-z]\w{3,31})"),
    ("whatsapp", r"(?:https?://)?wa\.me/(?P<handle>\+?\d{7,15})"),
    ("whatsapp", r"(?:https?://api\.whatsapp\.com/|whatsapp://)send/?\?phone=(?P<handle>\+?\d{7,15})"),
    ("signal", r"(?:https?://)?signal\.me/#(?P<handle>p/\+?\d{7,15}|eu/[\w\-]{20,90})"),
    ("threema", r"(?:https?://)?threema\.id/(?P<handle>[*A-Z0-9][A-Z0-9]{7})(?!\w)"),
    ("skype", r"skype:(?P<handle>(?:live:)?[A-Za-z][\w.\-]{4,40})\?(?:chat|call)"),
    ("skype", r"(?:https?://)?join\.skype\.com/invite/(?P<handle>\w{6,24})"),
    ("snapchat", r"(?:https?://)?(?:www\.)?snapchat\.com/add/(?P<handle>[A-Za-z][\w.\-]{1,14})"),
    ("instagram", r"(?:https?://)?(?:www\.)?instagram\.com/(?P<handle>\w[\w.]{1,28}\w)/?(?![\w/])"),
    ("discord", r"(?:https?://)?discord\.(?:gg|com/(?:invite|users))/(?P<handle>[\w\-]{4,24})"),
    ("xmpp", r"xmpp:(?P<handle>[A-Za-z0-9][\w.+\-]{0,63}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,6})"),
)
_LINK = re.compile(
    "|".join(rf"(?P<l{i}>{pattern.replace('?P<handle>', '?:')})" for i, (_, pattern) in enumerate(_LINKS))
)
_LINK_PARTS = tuple((app, re.compile(pattern)) for app, pattern in _LINKS)
_LINK_SIGNS = (
    ".me/", ".dog/", "tg://", "whatsapp", "threema.id", "skype", "snapchat.com", "instagram.com", "discord.", "xmpp:",
)  # fmt: skip
_WORD_SIGNS = (
    "telegram", "tg", "телеграм", "тг", "电报", "電報", "テレグラム", "텔레그램", "تيليجرام", "تلغرام", "تليجرام",
    "whats", "ватсап", "вотсап", "واتس", "왓츠앱", "signal", "сигнал", "wickr", "skype", "скайп", "snap", "insta",
    "инстаграм", "kik", "discord", "дискорд", "threema", "jabber", "xmpp", "джаббер",
)  # fmt: skip
"""What stands in every link, and in every app's name: most mails have none of it, and are not searched further."""
_SECRETIVE = frozenset(("session", "tox", *(app.id for app in APPS if app.secretive)))

_KEY = re.compile(r"[0-9a-fA-F]{66,80}")
_SESSION_DIGITS, _TOX_DIGITS = 66, 76
_WORDS = re.compile("|".join(rf"(?P<{app.id}>(?<![\w@./])(?:{app.words})(?![\w@]))" for app in APPS), re.IGNORECASE)
# "Telegram: @name", "telegram id is name_1", "skype (name)"; up to three words between, a sign before the name
_FILLER = r"(?:[ \t]{1,2}[^\W\d_]{1,12}){0,3}[ \t]{0,2}"
_SIGN = r"(?P<sign>@|[:=：–—]\s{0,2}@?|\(@?|-[ \t]@?|\"@?|[ \t])"
_BEHIND = {app.id: re.compile(rf"{_FILLER}{_SIGN}(?P<handle>{app.shape})(?![\w@])") for app in APPS}
_BEFORE = re.compile(r"(?<![\w.])@(?P<handle>\w[\w.]{2,31})\W{1,3}(?:[^\W\d_]{1,10}\W{1,2}){0,2}$")
_AT = re.compile(r"(?<![\w.@/])@[A-Za-z]")
_FAR = 110  # characters behind the name of an app: a filler, a sign, the longest user name
_NOT_NAMES = re.compile(r"(?:https?|www|username|user|channel|contact|telegram|whatsapp|signal|account|number)$", re.I)


def tox_checksum_right(address: str) -> bool:
    """Return whether the last four of 76 hexadecimal digits are the checksum of a Tox id.

    Each of its two bytes is the exclusive or of every second byte before it. Source: the Tox specification, "Tox ID"
    (https://toktok.ltd/spec.html#tox-id).
    """
    data = bytes.fromhex(address)
    even = odd = 0
    for at, byte in enumerate(data[:36]):
        if at % 2:
            odd ^= byte
        else:
            even ^= byte
    return data[36:] == bytes((even, odd))


def find_handles(text: str) -> Iterator[Handle]:
    """Yield the user names that a text gives, kind by kind; one that is written in two ways may come twice."""
    for match in _KEY.finditer(text):
        key, beside = (
            match.group(),
            text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1],
        )
        if any(map(str.isalnum, beside)):
            continue
        if len(key) == _SESSION_DIGITS and key.startswith("05"):
            yield Handle("session", key, Span(*match.span()), secretive=True)
        elif len(key) == _TOX_DIGITS and tox_checksum_right(key):
            yield Handle("tox", key, Span(*match.span()), secretive=True)
    lower = text.lower()
    if any(sign in lower for sign in _LINK_SIGNS):
        yield from _links(text)
    signs = [sign for sign in _WORD_SIGNS if sign in lower]
    if signs:
        yield from _named(text, signs)


def _links(text: str) -> Iterator[Handle]:
    for match in islice(_LINK.finditer(text), MAX_MATCHES):
        app, pattern = _LINK_PARTS[int((match.lastgroup or "l0")[1:])]
        found = pattern.fullmatch(match.group())
        if found:
            yield Handle(app, found["handle"].rstrip("."), Span(*match.span()), app in _SECRETIVE)


def _app_names(text: str, signs: list[str]) -> Iterator[re.Match[str]]:
    """Yield where an app is named, in order; searching for the signs first is ten times faster than the pattern."""
    for place in re.finditer("|".join(map(re.escape, signs)), text, re.IGNORECASE):
        if match := _WORDS.match(text, place.start()):
            yield match


def _named(text: str, signs: list[str]) -> Iterator[Handle]:
    for match in islice(_app_names(text, signs), MAX_MATCHES):
        app = match.lastgroup or ""
        found = _BEHIND[app].match(text, match.end(), match.end() + _FAR)
        if found and _is_name(app, found["handle"], found["sign"].strip()):
            handle = found["handle"].rstrip(".-")
            start = found.start("handle")
            yield Handle(app, handle, Span(start, start + len(handle)), app in _SECRETIVE)
            continue
        before = text[max(0, match.start() - 64) : match.start()]
        named = _BEFORE.search(before) if "@" in before else None
        if named:
            start = match.start() - len(before) + named.start("handle") - 1
            span = Span(start, start + 1 + len(named["handle"].rstrip(".")))
            yield Handle(app, named["handle"].rstrip("."), span, app in _SECRETIVE)


def _is_name(app: str, handle: str, sign: str) -> bool:
    """Return whether what stands behind the name of an app is a user name, not the next word of the sentence."""
    if _NOT_NAMES.match(handle):
        return False
    if app in ("whatsapp", "xmpp", "threema") or "@" in sign or handle.startswith("live:"):
        return True
    mixed = any(char.isdigit() or char in "_#" for char in handle)
    if app == "signal":
        return mixed
    return mixed or sign in (":", "=", "：", "(", '"', "–", "—")
