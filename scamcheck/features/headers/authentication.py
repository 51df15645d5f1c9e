"""What the receiving server reports of SPF, DKIM and DMARC, read off the header fields that it wrote.

Nothing is verified here: it is the word of the server that a field names, and of the topmost fields only; those below
may be made up by the sender. The forms are those of RFC 8601, of ARC (RFC 8617), of Received-SPF (RFC 7208 section 9.1)
and of Microsoft 365, which names no server and adds `compauth`
(learn.microsoft.com/defender-office-365/message-headers-eop-mdo).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from scamcheck.features.headers.addresses import mailboxes, organisation, sender
from scamcheck.types import Message

_RESULTS = frozenset(
    ("none", "pass", "fail", "policy", "neutral", "temperror", "permerror", "softfail", "bestguesspass")
)
_METHODS = frozenset(("spf", "dkim", "dmarc", "compauth"))
_DOMAIN = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9])?", re.ASCII)
_SERVER = re.compile(r"[a-z0-9](?:[a-z0-9_.-]{0,251}[a-z0-9])?", re.ASCII)
_PROPERTIES = {
    "spf": ("smtp.mailfrom", "smtp.mail", "smtp.helo"),
    "dkim": ("header.d", "header.i", "header.from"),
    "dmarc": ("header.from",),
    "compauth": (),
}
"""Where the domain stands that a result is about, in the order of preference."""


@dataclass(frozen=True, slots=True)
class Result:
    """One result: the method, its outcome, the domain that it is about (empty where it is not said)."""

    method: str
    outcome: str
    domain: str = ""
    envelope: bool = True  # of SPF: the domain is that of the envelope sender, not the name of a computer


@dataclass(frozen=True, slots=True)
class Report:
    """What one server reports. `by` is its name, empty where it does not give one."""

    by: str
    results: tuple[Result, ...] = ()


@dataclass(frozen=True, slots=True)
class SenderCheck:
    """What the receiving server reports of a sender, one outcome a method, empty where it says nothing of it.

    `aligned` says whether something that passed was about the domain that stands in From (RFC 7489 section 3.1);
    `passed` are the domains of all that passed. `spoofed` says whether the server found the sender made up.
    """

    spf: str = ""
    dkim: str = ""
    dmarc: str = ""
    compauth: str = ""
    reported_by: str = ""
    aligned: bool = False
    spoofed: bool = False
    passed: frozenset[str] = field(default_factory=frozenset)

    @property
    def outcomes(self) -> Mapping[str, str]:
        """The outcomes of SPF, DKIM and DMARC that the server gave."""
        named = {"spf": self.spf, "dkim": self.dkim, "dmarc": self.dmarc}
        return {method: outcome for method, outcome in named.items() if outcome}


def sender_check(message: Message) -> SenderCheck | None:
    """Return what the receiving server reports of the sender of a message, None where it reports nothing.

    A server of the sender's own that speaks in a mail to others is not the receiving one: some scams bring such fields.
    """
    reports = _trusted(message)
    own = organisation(sender(message.sender).domain)
    readers = {organisation(mailbox.domain) for mailbox in mailboxes(message.recipients)}
    if readers and own not in readers and any(own and organisation(report.by) == own for report in reports):
        return None
    results = [result for report in reports for result in report.results]
    best = {method: _best(results, method, own) for method in _METHODS}
    if not any(best[method] for method in ("spf", "dkim", "dmarc")):
        return None
    spf, dkim, dmarc, compauth = (best[method] for method in ("spf", "dkim", "dmarc", "compauth"))
    if spf and not spf.domain:
        spf = Result("spf", spf.outcome, sender(message.return_path).domain)
    passed = [result for result in (spf, dkim) if result and result.outcome == "pass"]
    rejected = (dmarc is not None and dmarc.outcome == "fail") or (compauth is not None and compauth.outcome == "fail")
    confirmed = (dmarc is not None and dmarc.outcome == "pass") or any(_about(result, own) for result in passed)
    refused = spf is not None and spf.outcome == "fail" and _about(spf, own)
    return SenderCheck(
        spf=spf.outcome if spf else "",
        dkim=dkim.outcome if dkim else "",
        dmarc=dmarc.outcome if dmarc else "",
        compauth=compauth.outcome if compauth else "",
        reported_by=next((report.by for report in reports if report.by), ""),
        aligned=confirmed and not rejected,
        spoofed=rejected or (refused and not confirmed),
        passed=frozenset(each.domain for each in results if each.outcome == "pass" and each.domain)
        | frozenset(result.domain for result in passed if result.domain),
    )


def read_results(value: str, *, arc: bool = False) -> Report:
    """Return what an Authentication-Results field says, `arc` the same of ARC, behind the number of its instance."""
    clauses = list(_clauses(value))
    if arc and clauses and len(clauses[0]) == 1 and clauses[0][0].startswith("i="):
        del clauses[0]
    by = ""
    if clauses and clauses[0] and "=" not in clauses[0][0]:  # Microsoft 365 begins with the first result
        by = _server(clauses[0][0])
        clauses[0] = [word for word in clauses[0][1:] if "=" in word]  # else its version; some leave out the semicolon
    return Report(by, tuple(result for words in clauses for result in _results(words)))


def read_received_spf(value: str) -> Report:
    """Return what a Received-SPF field says."""
    words = [word for clause in _clauses(value) for word in clause]
    outcome = _outcome(words[0]) if words else ""
    pairs = _pairs(words[1:])
    receiver = _server(pairs.get("receiver", ""))
    if not outcome:
        return Report(receiver)
    envelope = pairs.get("identity", "mailfrom").lower() != "helo"
    domain = _domain(pairs.get("envelope-from", "") if envelope else pairs.get("helo", ""))
    return Report(receiver, (Result("spf", outcome, domain, envelope),))


def _trusted(message: Message) -> Sequence[Report]:
    """Return the reports of the topmost server; what it says in a Received-SPF or for ARC stands in for the rest."""
    results = [read_results(value) for name, value in message.authentication if name == "authentication-results"]
    results = [report for report in results if report.by == results[0].by]
    spf = [read_received_spf(value) for name, value in message.authentication if name == "received-spf"]
    arc = [read_results(value, arc=True) for name, value in message.authentication if name.startswith("arc-")]
    if not results:
        return arc or spf
    known = {result.method for report in results for result in report.results}
    if results[0].by:
        return results if "spf" in known else [*results, *(Report("", report.results) for report in spf)]
    return [*results, *(report if "spf" not in known else Report(report.by) for report in spf)]


def _best(results: Sequence[Result], method: str, own: str) -> Result | None:
    """Return the result of a method that counts: one that passed for the sender's domain, one that passed, the first.

    SPF of the envelope sender comes before that of the name a computer gave itself.
    """
    found = [result for result in results if result.method == method]
    if method == "spf":
        return next((result for result in found if result.envelope), found[0] if found else None)
    if method == "dkim":
        passed = [result for result in found if result.outcome == "pass"]
        found = [result for result in passed if _about(result, own)] or passed or found
    return found[0] if found else None


def _about(result: Result, own: str) -> bool:
    return bool(own and result.domain) and organisation(result.domain) == own


def _clauses(value: str) -> Iterator[list[str]]:
    """Yield the words of each clause between semicolons, without comments, however nested; quotes are taken off."""
    words, word, depth, quoted, escaped = list[str](), list[str](), 0, False, False
    for char in value:
        if escaped:
            escaped = False
        elif char == "\\" and (quoted or depth):
            escaped = True
            continue
        elif char == '"' and not depth:
            quoted = not quoted
            continue
        elif not quoted and char in "()":
            depth = max(0, depth + (1 if char == "(" else -1))
            char = " "
        elif not quoted and not depth and char == ";":
            words.append("".join(word))
            yield _joined(words)
            words, word = [], []
            continue
        if depth:
            char = " "
        if char.isspace() and not quoted:
            if word:
                words.append("".join(word))
                word = []
        else:
            word.append(char)
    words.append("".join(word))
    yield _joined(words)


def _joined(words: list[str]) -> list[str]:
    """Return the words of a clause with `spf = pass` as one: space and comments may stand around the sign."""
    joined: list[str] = []
    for word in filter(None, words):
        if joined and ((word.startswith("=") and "=" not in joined[-1]) or joined[-1].find("=") == len(joined[-1]) - 1):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _pairs(words: Sequence[str]) -> dict[str, str]:
    """Return names and values, of a name that stands twice the first."""
    pairs: dict[str, str] = {}
    for word in words:
        name, sign, value = word.partition("=")
        if sign:
            pairs.setdefault(name.lower(), value)
    return pairs


def _results(words: Sequence[str]) -> Iterator[Result]:
    """Yield the results in one clause: one, or several where semicolons are missing."""
    starts = [at for at, word in enumerate(words) if word.partition("=")[0].partition("/")[0].lower() in _METHODS]
    for at, end in pairwise([*starts, len(words)]):
        name, _, value = words[at].partition("=")
        method = name.partition("/")[0].lower()  # a version may follow, as in dkim/1
        outcome = _outcome(value)
        if not outcome:
            continue
        pairs = _pairs(words[at + 1 : end])
        key = next((each for each in _PROPERTIES[method] if _domain(pairs.get(each, ""))), "")
        yield Result(method, outcome, _domain(pairs.get(key, "")), key != "smtp.helo")


def _outcome(word: str) -> str:
    word = word.lower().rstrip(",;:.")
    word = "fail" if word == "hardfail" else word  # RFC 5451 section 2.4.2
    return word if word in _RESULTS else ""


def _domain(text: str) -> str:
    """Return the domain of an address or a domain as a field has it, empty where it is none."""
    domain = text.strip("<>'\" ").rpartition("@")[2].lower().rstrip(".")
    return domain if _DOMAIN.fullmatch(domain) and "." in domain else ""


def _server(text: str) -> str:
    name = text.lower().rstrip(".")
    return name if _SERVER.fullmatch(name) else ""
