"""The facts of findings in words: amounts, wallets, times, contacts, and what the headers show of the sender."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scamcheck.features.payment.coins import Checksum
from scamcheck.languages import Language
from scamcheck.types import Finding

Facts = Mapping[str, Any]

_HOURS_OF_DAY = 24
_MIN_DAYS = 2


def fill(text: str, **values: object) -> str:
    """Return a text with its placeholders filled. What is filled in is never looked at for placeholders again."""
    pieces = text.split("{")
    filled = [pieces[0]]
    for piece in pieces[1:]:
        name, _, rest = piece.partition("}")
        filled += [str(values[name]), rest]
    return "".join(filled)


def number(value: float, words: Language, *, places: int = 8) -> str:
    """Return a number as a language writes it, with `places` decimals at most.

    >>> from scamcheck.languages import load_language
    >>> number(1300.5, load_language("nl")), number(1300.5, load_language("en"))
    ('1.300,5', '1,300.5')
    """
    sample = words.text("explain.number")  # 1300.5 as the language writes it
    whole, _, rest = f"{value:.{places}f}".rstrip("0").partition(".")
    grouped = f"{int(whole):,}".replace(",", sample[1])
    return f"{grouped}{sample[-2]}{rest}" if rest else grouped


def money(facts: Facts, words: Language) -> str:
    """Return an amount with its currency, by name where the language file has one, else by its code."""
    key = f"explain.currencies.{facts['currency']}"
    currency = words.text(key) if key in words.keys() else facts["currency"]  # noqa: SIM118 - no mapping
    return fill(words.text("explain.money"), amount=number(facts["amount"], words), currency=currency)


def time(hours: float, words: Language) -> str:
    """Return a span of time in hours, and in days where it is whole days."""
    shown = number(hours, words, places=1)
    said = words.text("explain.hour") if shown == "1" else fill(words.text("explain.hours"), count=shown)
    if hours % _HOURS_OF_DAY or hours < _MIN_DAYS * _HOURS_OF_DAY:
        return said
    return f"{said} ({fill(words.text('explain.days'), count=number(hours / _HOURS_OF_DAY, words))})"


def facts_in_words(findings: Sequence[Finding], words: Language) -> tuple[str, ...]:
    """Return the facts of findings as sentences, each once: money, wallets, times, contacts, accounts.

    A line break stands before what is said of the wallet above it.
    """
    return tuple(dict.fromkeys(line for kind in _FACTS for found in findings for line in kind(found, words)))


def _amount(found: Finding, words: Language) -> Iterator[str]:
    if "amount" in found.facts:
        yield fill(words.text("explain.amount"), money=money(found.facts, words))


def _wallet(found: Finding, words: Language) -> Iterator[str]:
    facts: Facts = found.facts
    if found.indicator == "crypto_address":
        said = [fill(words.text("explain.wallet"), coin=facts["coin_name"], address=facts["address"])]
        said.append(words.text(f"explain.wallet_{'valid' if facts['checksum'] == Checksum.VALID else 'unchecked'}"))
        if facts.get("split"):
            said.append(words.text("explain.wallet_split"))
        yield "\n".join(said)


def _time(found: Finding, words: Language) -> Iterator[str]:
    facts: Facts = found.facts
    if "hours" in facts:
        yield fill(words.text("explain.time"), time=time(facts["hours"], words))
    if "until" in facts:
        yield fill(words.text("explain.until"), day=facts["until"])


def _contact(found: Finding, words: Language) -> Iterator[str]:
    keys = {"contact_address": "mail_contact", "contact_phone": "phone_contact", "contact_handle": "handle_contact"}
    if found.indicator in keys:
        yield fill(words.text(f"explain.{keys[found.indicator]}"), **found.facts)


def _account(found: Finding, words: Language) -> Iterator[str]:
    if found.indicator == "named_account":  # which one it is stays the reader's
        app = f" ({found.facts['app']})" if "app" in found.facts else ""
        yield f"{words.text('indicators.named_account.title')}{app}"


_FACTS = (_amount, _wallet, _time, _contact, _account)


def header_in_words(found: Finding, words: Language, *, weigh: bool = False) -> Iterator[str]:
    """Yield what a finding in the headers shows, as sentences; that the sender is made up only where it may `weigh`."""
    facts: Facts = found.facts
    if found.indicator == "sender_is_recipient":
        yield words.text("explain.headers.same")
        if weigh and facts.get("spoof_reported"):
            yield words.text("explain.headers.spoofed")
    elif found.indicator == "display_name":
        shown = facts.get("shown_domain", facts.get("shown_name", ""))
        yield fill(words.text(f"explain.headers.{facts['trick']}"), domain=facts["domain"], shown=shown)
    elif found.indicator == "reply_to_differs":
        key = "reply_same" if facts["reply_domain"] == facts["from_domain"] else "reply"
        yield fill(words.text(f"explain.headers.{key}"), domain=facts["from_domain"], reply=facts["reply_domain"])
    elif found.indicator == "sender_check":
        methods = ", ".join(f"{name.upper()}: {facts[name]}" for name in ("spf", "dkim", "dmarc") if name in facts)
        text = words.text(f"explain.headers.{'confirmed' if facts['aligned'] else 'unconfirmed'}")
        yield f"{text} ({methods})" if methods else text
    elif found.indicator == "platform_notice":
        key = "platform_confirmed" if facts["confirmed"] else "platform"
        yield fill(words.text(f"explain.headers.{key}"), platform=facts["platform"])
    else:
        yield words.text(f"indicators.{found.indicator}.title")
