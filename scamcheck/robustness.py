"""How verdicts hold when a mail is disguised, and when a claim is taken out of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from scamcheck.model.corpus import CLAIMS, Mail
from scamcheck.model.disguise import DISGUISES, disguise
from scamcheck.model.store import Model
from scamcheck.pipeline import assess
from scamcheck.types import Message, Part, Verdict

SCAM = Verdict.SEXTORTION_SCAM


def disguised(texts: Iterable[tuple[str, Message]], model: Model) -> dict[str, dict[str, int]]:
    """Return for each disguise how many verdicts it left as they were.

    `texts` are names and messages. Counted are the messages that are called a mass mail undisguised (`scam`, of which
    `scam_kept`), all others (`other`, `other_kept`), and the others that become an alarm (`alarms`).
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name, message in texts:
        plain = assess(message, model)
        kind = "scam" if plain.verdict is SCAM else "other"
        for way in DISGUISES:
            verdict = assess(disguise(way, plain.text, seed=name), model).verdict
            counts[way][kind] += 1
            counts[way][f"{kind}_kept"] += verdict is plain.verdict
            counts[way]["alarms"] += kind == "other" and verdict is SCAM
    return {way: {key: int(value) for key, value in sorted(table.items())} for way, table in counts.items()}


def without_claim(mail: Mail, claim: str) -> Message | None:
    """Return a mail without the sentences that make a claim, or None where it does not make it."""
    spans = sorted(found.span for found in mail.claims if found.id == claim)
    if not spans:
        return None
    text, at = "", 0
    for span in spans:
        text += mail.text[at : max(at, span.start)]
        at = max(at, span.end)
    return Message(parts=(Part("text/plain", text + mail.text[at:]),), subject=mail.subject)


def ablated(letters: Sequence[Mail], model: Model) -> dict[str, dict[str, int]]:
    """Return for each claim how many letters that make it are found with it, and still without it."""
    found = {mail.id: assess(mail.message(), model).verdict is SCAM for mail in letters}
    table = {}
    for claim in sorted(CLAIMS):
        rest = {mail.id: message for mail in letters if (message := without_claim(mail, claim))}
        table[claim] = {
            "letters": len(rest),
            "found": sum(found[name] for name in rest),
            "found_without": sum(assess(message, model).verdict is SCAM for message in rest.values()),
        }
    return table
