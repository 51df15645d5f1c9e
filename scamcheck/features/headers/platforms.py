"""Platforms that send notices for their users, told by the sender of a genuine notice.

A threat in the free text of such a notice passes every check of the sender. The list is `platforms.toml`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from scamcheck.features.headers.addresses import organisation, sender
from scamcheck.features.headers.authentication import sender_check
from scamcheck.types import Message


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform: its name, and the kind of notices that it sends."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice that a platform sent: the field that names the platform, and whether a server confirmed that domain."""

    platform: Platform
    header: str
    confirmed: bool


@cache
def platforms() -> Mapping[str, Platform]:
    """Return the platforms by registrable domain."""
    source = files("scamcheck.features.headers").joinpath("platforms.toml").read_text(encoding="utf-8")
    return {domain: Platform(**entry) for domain, entry in tomllib.loads(source).items()}


def platform_of(domain: str) -> Platform | None:
    """Return the platform that a domain belongs to."""
    return platforms().get(organisation(domain))


def platform_notice(message: Message) -> Notice | None:
    """Return by which platform a message was sent, told by From or Sender (as calendar invitations have it).

    None where the receiving server reports of the sender and confirms nothing for that domain: that one is made up.
    """
    check = sender_check(message)
    passed = {organisation(domain) for domain in check.passed} if check else set()
    for header, value in (("From", message.sender), ("Sender", message.submitter)):
        domain = sender(value).domain
        platform = platform_of(domain)
        confirmed = organisation(domain) in passed and not (check and check.spoofed and header == "From")
        if platform and (confirmed or check is None):
            return Notice(platform, header, confirmed)
    return None
