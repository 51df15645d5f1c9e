"""What a reader told about their case. Every question can be left open; an open one is never taken for a no."""

from dataclasses import dataclass
from enum import StrEnum


class ImageShared(StrEnum):
    """The answer to "could someone really have an intimate image of you?". Only NO may lead to the word bluff."""

    UNANSWERED = "unanswered"
    NO = "no"
    YES = "yes"
    UNKNOWN = "unknown"


class Minor(StrEnum):
    """The answer to "are you under 18, or were you in the image?"."""

    UNANSWERED = "unanswered"
    NO = "no"
    YES = "yes"
    UNKNOWN = "unknown"


class How(StrEnum):
    """How the image came to be, or came into other hands."""

    SENT = "sent"
    VIDEO_CALL = "video_call"
    PARTNER = "partner"
    SECRET = "secret"  # noqa: S105 - filmed secretly
    HACKED_ACCOUNT = "hacked_account"
    FAKED = "faked"


class Done(StrEnum):
    """What the reader did already."""

    PAID = "paid"
    REPLIED = "replied"
    CLICKED = "clicked"
    OPENED = "opened"
    GAVE_ACCESS = "gave_access"


class Mine(StrEnum):
    """What in the message is really the reader's."""

    PASSWORD = "password"  # noqa: S105 - the name of an answer
    PASSWORD_STILL_USED = "password_still_used"  # noqa: S105
    PHONE = "phone"
    ADDRESS = "address"
    HOUSE_PHOTO = "house_photo"
    OWN_ADDRESS = "own_address"


class Helper(StrEnum):
    """Who asks for somebody else. The other answers are then about that person."""

    PARENT = "parent"
    FRIEND = "friend"
    TEACHER = "teacher"
    HELPDESK = "helpdesk"


class Urgent(StrEnum):
    """What comes before everything else."""

    DANGER = "danger"
    DESPAIR = "despair"


@dataclass(frozen=True, slots=True)
class Answers:
    """What the reader told. What was not told is left as it is here."""

    image_shared: ImageShared = ImageShared.UNANSWERED
    how: frozenset[How] = frozenset()
    minor: Minor = Minor.UNANSWERED
    done: frozenset[Done] = frozenset()
    mine: frozenset[Mine] = frozenset()
    online: bool = False
    known_person: bool = False
    fee_offer: bool = False
    police_letter: bool = False
    for_other: Helper | None = None
    urgent: frozenset[Urgent] = frozenset()

    @property
    def young(self) -> bool:
        """Whether the reader or the person in the image is, or may be, under 18."""
        return self.minor in (Minor.YES, Minor.UNKNOWN)

    @property
    def real(self) -> bool:
        """Whether there may be an image. Of answers that contradict each other the more careful one counts."""
        said = self.image_shared in (ImageShared.YES, ImageShared.UNKNOWN)
        return said or bool(self.how) or self.online or self.known_person

    @property
    def clear(self) -> bool:
        """Whether the word bluff is allowed: the answer is no, and nothing else that was told speaks against it."""
        return self.image_shared is ImageShared.NO and not self.real and not self.young
