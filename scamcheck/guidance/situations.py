"""Which situation is a reader in? The verdict alone never decides: the question about a real image comes first."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from scamcheck.guidance.answers import Answers, Done, Helper, How, ImageShared, Mine, Minor, Urgent
from scamcheck.types import Verdict

MAY_BE_REAL = (Verdict.PERSONAL_SEXTORTION, Verdict.UNCERTAIN)
"""Verdicts that may belong to a real case: nothing is asserted about them, whatever was answered."""

_DATA = frozenset((Mine.PHONE, Mine.ADDRESS, Mine.HOUSE_PHOTO))
_PASSWORD = frozenset((Mine.PASSWORD, Mine.PASSWORD_STILL_USED))
_LET_IN = frozenset((Done.OPENED, Done.GAVE_ACCESS))
_MADE_BY_OTHERS = (How.FAKED, How.SECRET, How.HACKED_ACCOUNT)


@dataclass(frozen=True, slots=True)
class Case:
    """A reader's case: what the message reads like, which indicators stand in it, and what the reader told."""

    verdict: Verdict
    answers: Answers
    indicators: frozenset[str] = frozenset()

    @property
    def may_say_bluff(self) -> bool:
        """Whether sentences may be shown that assert a bluff: a mass mail, and a clear no from an adult.

        Who opened a file or gave access may have let somebody in: then the sender may have something after all.
        """
        return self.verdict is Verdict.SEXTORTION_SCAM and self.answers.clear and not self.answers.done & _LET_IN

    @property
    def may_weigh(self) -> bool:
        """Whether "what is true" may stand beside the claims of the message."""
        return self.answers.clear and self.verdict not in MAY_BE_REAL and not self.answers.done & _LET_IN


def situation(case: Case) -> str:
    """Return the key of the reader's situation, which gives the first sentence and the tone.

    Several situations may hold at once; the more urgent and the more careful one comes first. What the others need is
    added as steps (`scamcheck.guidance.steps`).
    """
    answers = case.answers
    if Urgent.DESPAIR in answers.urgent:
        return "despair"
    if Urgent.DANGER in answers.urgent:
        return "danger_near"
    if answers.for_other and (answers.real or answers.young):
        return "other_minor" if answers.young else "other"
    if answers.young:
        return "minor_mail" if answers.image_shared is ImageShared.NO and not answers.real else "minor"
    if answers.real:
        return _real(answers)
    if answers.image_shared is ImageShared.UNANSWERED:
        return f"open.{case.verdict}"
    return _clear(case)


def _real(answers: Answers) -> str:
    if answers.online:
        return "online"
    if answers.known_person:
        return "known_person"
    if len(answers.how) == 1 and answers.how.issubset(_MADE_BY_OTHERS):
        return str(next(iter(answers.how)))
    return "yes" if answers.image_shared is ImageShared.YES else "unknown"


def _clear(case: Case) -> str:
    answers = case.answers
    if case.verdict not in MAY_BE_REAL:
        if Done.PAID in answers.done:
            return "paid"
        if answers.done:
            return "responded"
        if answers.fee_offer:
            return "fee_offer"
        if answers.police_letter:
            return "police_letter"
    if case.may_say_bluff:
        if answers.mine & _PASSWORD:
            return "password"
        if answers.mine & _DATA:
            return "personal_data"
        if Mine.OWN_ADDRESS in answers.mine:
            return "own_address"
    return f"no.{case.verdict}"


_NO, _YES = ImageShared.NO, ImageShared.YES
_MAIL = Verdict.SEXTORTION_SCAM


def _one(**told: object) -> Case:
    return Case(_MAIL, Answers(**told))  # type: ignore[arg-type]


SITUATIONS: Mapping[str, Case] = MappingProxyType(
    {
        **{f"open.{verdict}": Case(verdict, Answers()) for verdict in Verdict},
        **{f"no.{verdict}": Case(verdict, Answers(_NO)) for verdict in Verdict},
        "password": _one(image_shared=_NO, mine=_PASSWORD),
        "personal_data": _one(image_shared=_NO, mine=_DATA),
        "own_address": _one(image_shared=_NO, mine=frozenset((Mine.OWN_ADDRESS,))),
        "police_letter": Case(Verdict.OTHER_EXTORTION, Answers(_NO, police_letter=True)),
        "paid": _one(image_shared=_NO, done=frozenset((Done.PAID,))),
        "responded": _one(image_shared=_NO, done=frozenset(Done) - {Done.PAID}),
        "fee_offer": _one(image_shared=_NO, fee_offer=True),
        "yes": _one(image_shared=_YES, how=frozenset((How.SENT, How.VIDEO_CALL)), minor=Minor.NO),
        "unknown": _one(image_shared=ImageShared.UNKNOWN),
        "minor": _one(image_shared=_YES, minor=Minor.YES),
        "minor_mail": _one(image_shared=_NO, minor=Minor.YES),
        "online": _one(image_shared=_YES, minor=Minor.NO, online=True),
        "known_person": _one(image_shared=_YES, minor=Minor.NO, known_person=True),
        "faked": _one(image_shared=_YES, minor=Minor.NO, how=frozenset((How.FAKED,))),
        "secret": _one(image_shared=_YES, minor=Minor.NO, how=frozenset((How.SECRET,))),
        "hacked_account": _one(image_shared=_YES, minor=Minor.NO, how=frozenset((How.HACKED_ACCOUNT,))),
        "other": _one(image_shared=_YES, minor=Minor.NO, for_other=Helper.FRIEND),
        "other_minor": _one(image_shared=_YES, minor=Minor.YES, for_other=Helper.PARENT),
        "despair": _one(urgent=frozenset((Urgent.DESPAIR,))),
        "danger_near": _one(urgent=frozenset((Urgent.DANGER,))),
    }
)
"""Every situation with the plainest case that leads to it, in the order in which they are listed."""
