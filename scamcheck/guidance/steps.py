"""Which steps does a case need, and which first? Each answer adds its own; the urgent ones come first, none twice."""

from collections.abc import Iterator

from scamcheck.guidance.answers import Done, Helper, How, Mine, Minor, Urgent
from scamcheck.guidance.situations import MAY_BE_REAL, Case, situation
from scamcheck.types import Verdict

MAX_STEPS = 10
"""Steps on one page. A frightened person does not read an eleventh; the contacts know the rest."""

ORDER: tuple[str, ...] = (
    *("danger_near", "call_now", "never_pay", "listen", "paid", "access", "stop_contact", "grown_up", "no_image"),
    *("no_reply", "replied"),
    *("mass_mail", "password_leak", "data_leak", "sender_faked", "police_letter", "password_now"),
    *("evidence", "evidence_young", "keep_evidence", "tell_someone", "young_call", "online_report"),
    *("known_person", "helper_parent", "helper_friend", "helper_teacher", "helper_helpdesk"),
    *("opened", "clicked", "no_click", "fee_offer", "keep", "faked", "secret", "account"),
    *("minor", "police", "takedown", "takedown_young", "platform", "report", "password", "near_home", "mailbox"),
    *("private_profiles", "search_self", "nothing_to_remove", "police_if_harm", "if_paid"),
    *("ask_sender", "paste_the_mail"),
)
"""All steps, the most urgent first: safety, then what cannot be undone, then proof and people, then the rest."""

_CLEAR = {
    Verdict.SEXTORTION_SCAM: "never_pay no_reply no_click keep report nothing_to_remove police_if_harm",
    Verdict.PERSONAL_SEXTORTION: "never_pay evidence tell_someone police report if_paid",
    Verdict.OTHER_EXTORTION: "never_pay no_reply police_letter no_click keep report police_if_harm if_paid",
    Verdict.OTHER_SCAM: "never_pay no_reply no_click report if_paid",
    Verdict.ABOUT_SEXTORTION: "never_pay paste_the_mail",
    Verdict.UNRELATED: "never_pay ask_sender",
    Verdict.UNCERTAIN: "never_pay no_reply no_click keep_evidence tell_someone report",
}
_OPEN = "never_pay no_reply keep"
_OPEN_MAY_BE_REAL = "never_pay keep_evidence tell_someone"
_REAL = "never_pay stop_contact evidence no_image tell_someone takedown platform police if_paid"
_YOUNG = "never_pay stop_contact grown_up evidence_young no_image young_call takedown_young platform police"
_YOUNG_MAIL = "never_pay no_reply grown_up young_call no_click keep report"

_DONE = {
    Done.PAID: "paid",
    Done.REPLIED: "replied",
    Done.CLICKED: "clicked",
    Done.OPENED: "opened",
    Done.GAVE_ACCESS: "access",
}
_HOW = {
    How.SENT: "private_profiles",
    How.VIDEO_CALL: "private_profiles",
    How.PARTNER: "known_person",
    How.SECRET: "secret",
    How.HACKED_ACCOUNT: "account",
    How.FAKED: "faked",
}
_MINE = {
    Mine.PASSWORD: "password",
    Mine.PASSWORD_STILL_USED: "password_now",
    Mine.ADDRESS: "near_home",
    Mine.HOUSE_PHOTO: "near_home",
    Mine.OWN_ADDRESS: "mailbox",
}
_LEAKED = {
    "password_leak": frozenset((Mine.PASSWORD, Mine.PASSWORD_STILL_USED)),
    "data_leak": frozenset((Mine.PHONE, Mine.ADDRESS, Mine.HOUSE_PHOTO)),
    "sender_faked": frozenset((Mine.OWN_ADDRESS,)),
}
_INSTEAD = {
    "paid": frozenset(("if_paid", "police_if_harm")),
    "replied": frozenset(("no_reply",)),
    "password_now": frozenset(("password",)),
    "online_report": frozenset(("platform",)),
    "fee_offer": frozenset(("nothing_to_remove",)),
}
"""Steps that say what others say as well, and more."""

_SAID_FIRST = {
    "no.sextortion_scam": frozenset(("mass_mail",)),
    "fee_offer": frozenset(("fee_offer",)),
    "police_letter": frozenset(("police_letter",)),
    "password": frozenset(("mass_mail", "password_leak")),
    "personal_data": frozenset(("mass_mail", "data_leak")),
    "own_address": frozenset(("mass_mail", "sender_faked")),
}
"""Steps whose point stands in the first sentences of these situations already."""


def steps(case: Case) -> tuple[str, ...]:
    """Return the keys of the steps of a case, the most urgent first, `MAX_STEPS` at most."""
    wanted = {*_base(case).split(), *_told(case)}
    for step, instead in _INSTEAD.items():
        if step in wanted:
            wanted -= instead
    if not case.may_say_bluff:
        wanted -= {"nothing_to_remove"}
    if case.answers.for_other:
        wanted -= {"tell_someone"}  # somebody was told: the one who asks
    if case.answers.for_other not in (None, Helper.FRIEND):
        wanted -= {"grown_up"}
    wanted -= _SAID_FIRST.get(situation(case), frozenset())
    return tuple(step for step in ORDER if step in wanted)[:MAX_STEPS]


def _base(case: Case) -> str:
    answers = case.answers
    if answers.young:
        return _YOUNG_MAIL if situation(case) == "minor_mail" else _YOUNG
    if answers.real:
        return _REAL if answers.minor is Minor.NO else f"{_REAL} minor"
    if answers.clear:
        return f"{_CLEAR[case.verdict]} mass_mail" if case.may_say_bluff else _CLEAR[case.verdict]
    return _OPEN_MAY_BE_REAL if case.verdict in MAY_BE_REAL or answers.urgent else _OPEN


def _told(case: Case) -> Iterator[str]:
    """Yield the steps that single answers add."""
    answers = case.answers
    yield from (_DONE[each] for each in answers.done)
    yield from (_HOW[each] for each in answers.how)
    yield from (_MINE[each] for each in answers.mine if each in _MINE)
    if case.may_say_bluff:
        yield from (step for step, data in _LEAKED.items() if answers.mine & data)
    if "leaked_password" in case.indicators and answers.clear:
        yield "password"
    if answers.online:
        yield from ("online_report", "search_self")
    if answers.known_person:
        yield "known_person"
    if answers.fee_offer:
        yield "fee_offer"
    if answers.police_letter:
        yield "police_letter"
    if answers.for_other:
        yield from ("listen", f"helper_{answers.for_other}")
    if Urgent.DANGER in answers.urgent:
        yield "danger_near"
    if Urgent.DESPAIR in answers.urgent:
        yield "call_now"
