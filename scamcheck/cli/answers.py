"""The answers of the reader as options of a command. Each can be left out."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import click

from scamcheck.guidance import Answers, Done, Helper, How, ImageShared, Mine, Minor, Urgent


def _one_of(kind: type[StrEnum]) -> click.Choice[str]:
    return click.Choice([str(value) for value in kind])


_OPTIONS = (
    click.option(
        "--image-shared",
        type=_one_of(ImageShared),
        default=str(ImageShared.UNANSWERED),
        help="Could someone really have an intimate image of you? The answer decides which help is shown.",
    ),
    click.option("--how", type=_one_of(How), multiple=True, help="How could someone have it? Several times."),
    click.option(
        "--minor",
        type=_one_of(Minor),
        default=str(Minor.UNANSWERED),
        help="Are you under 18, or were you in the image?",
    ),
    click.option("--done", type=_one_of(Done), multiple=True, help="What did you do already? Several times."),
    click.option("--mine", type=_one_of(Mine), multiple=True, help="What in the mail is really yours? Several times."),
    click.option("--online", is_flag=True, help="Images are online already."),
    click.option("--known-person", is_flag=True, help="It is an ex-partner or somebody you know."),
    click.option("--fee-offer", is_flag=True, help="Somebody offers to remove images or recover money for a fee."),
    click.option("--police-letter", is_flag=True, help="The message is in the name of the police."),
    click.option("--for", "for_other", type=_one_of(Helper), help="You ask for somebody else, as their ..."),
    click.option("--urgent", type=_one_of(Urgent), multiple=True, help="Danger near you, or despair. Several times."),
)


def answer_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of all answers to a command; `answers` makes the value of what they give."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def answers(given: dict[str, Any]) -> Answers:
    """Return the answers out of the parameters of a command that has `answer_options`."""
    return Answers(
        image_shared=ImageShared(given["image_shared"]),
        how=frozenset(map(How, given["how"])),
        minor=Minor(given["minor"]),
        done=frozenset(map(Done, given["done"])),
        mine=frozenset(map(Mine, given["mine"])),
        online=given["online"],
        known_person=given["known_person"],
        fee_offer=given["fee_offer"],
        police_letter=given["police_letter"],
        for_other=Helper(given["for_other"]) if given["for_other"] else None,
        urgent=frozenset(map(Urgent, given["urgent"])),
    )
