#!/usr/bin/env python3
"""Count the facts that are found in real mails: the money asked for, the wallets, the deadlines, the passwords.

    scripts/count_facts.py CORPUS [--gold tests/cases/dev_facts.json] [--show]
    scripts/count_facts.py CORPUS --ordinary

CORPUS is a folder with a labels.csv as `scamcheck evaluate` reads it. The gold file holds, for each file name, how many
facts of each kind a person counted in the mail: different ones, each once. Nothing of a mail is written to any file.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from scamcheck.errors import UnreadableInputError
from scamcheck.evaluation import read_labels
from scamcheck.features.indicators import detectors
from scamcheck.features.payment.amounts import find_amounts
from scamcheck.features.payment.times import find_times
from scamcheck.pipeline import check
from scamcheck.types import Assessment, Span, Verdict

KINDS = ("payment demands", "wallets", "split wallets", "deadlines", "passwords")
ORDINARY_LABELS = frozenset(("unrelated", "not_extortion"))
_WALLET_LIKE = re.compile(r"(?<!\w)(?=\w*\d)(?=\w*[A-Za-z])[0-9A-Za-z]{25,110}(?!\w)")
_NUMBER_AND_SIGN = re.compile(
    r"[$€£¥₽]\s?\d|\d\s?(?:[$€£¥₽]|[A-Z]{3,4}\b|[hH]\b)|\d\s?\w{0,12}(?:hour|day|uur|dag|stund|tag|hodin)"
)


def facts_of(assessment: Assessment) -> dict[str, set[str]]:
    """Return the different facts of each kind in an assessment."""
    found: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for finding in assessment.findings:
        facts = finding.facts
        if finding.indicator == "payment_demand" and "amount" in facts:
            found["payment demands"].add(f"{facts['amount']} {facts['currency']}")
        elif finding.indicator == "crypto_address":
            found["wallets"].add(str(facts["address"]))
            if facts.get("split"):
                found["split wallets"].add(str(facts["address"]))
        elif finding.indicator == "deadline" and (stated := facts.get("hours", facts.get("until"))) is not None:
            found["deadlines"].add(str(stated))
        elif finding.indicator == "leaked_password":
            found["passwords"] |= {secret.of(assessment.text) for secret in finding.secrets}
    return found


def uncovered(assessment: Assessment) -> Iterator[str]:
    """Yield the lines around each amount, time and wallet-like word that no finding covers."""
    text = assessment.text
    covered = [finding.span for finding in assessment.findings]
    seen = [amount.span for amount in find_amounts(text)]
    seen += [time.span for time in find_times(text, assessment.language)]
    seen += [Span(*match.span()) for match in (*_WALLET_LIKE.finditer(text), *_NUMBER_AND_SIGN.finditer(text))]
    for span in sorted(seen):
        if not any(span.intersects(other) for other in covered):
            yield " ".join(text[max(0, span.start - 60) : span.end + 40].split())


def _mails(folder: Path, labels: frozenset[str]) -> Iterator[tuple[str, Assessment]]:
    for row in read_labels(folder).to_dict("records"):
        if row["label"] in labels:
            path = folder / row["file"]
            try:
                yield str(row["file"]), check(path.read_bytes(), filename=path.name)
            except UnreadableInputError:
                continue


def count(folder: Path, gold: Mapping[str, Mapping[str, int]], *, show: bool) -> None:
    """Print what is found in each sextortion mail beside what a person counted in it, and the sums."""
    sums = {kind: Counter[str]() for kind in KINDS}
    print(f"{'file':42}" + "".join(f"{kind:>17}" for kind in KINDS))
    mails = 0
    for name, assessment in _mails(folder, frozenset((str(Verdict.SEXTORTION_SCAM),))):
        mails += 1
        found, present = facts_of(assessment), gold.get(name)
        cells = []
        for kind in KINDS:
            number = len(found[kind])
            sums[kind]["found"] += number
            cells.append(str(number))
            if present is not None:
                there = present.get(kind, 0)
                sums[kind]["present"] += there
                sums[kind]["right"] += min(number, there)
                sums[kind]["invented"] += max(0, number - there)
                cells[-1] += f"/{there}" + (" !" if number != there else "")
        print(f"{name:42}" + "".join(f"{cell:>17}" for cell in cells))
        if show:
            for kind in KINDS:
                print(f"    {kind}: {', '.join(sorted(found[kind]))}")
            for line in uncovered(assessment):
                print(f"    not covered: {line}")
    print(f"\n{mails} mails")
    for kind in KINDS:
        print(f"{kind:17}" + "".join(f"{what:>12} {number:4}" for what, number in sums[kind].items()))


def ordinary(folder: Path) -> None:
    """Print in how many ordinary mails each indicator is found, and in how many it would be shown."""
    fired, shown = Counter[str](), Counter[str]()
    mails = 0
    for _, assessment in _mails(folder, ORDINARY_LABELS):
        mails += 1
        fired.update({finding.indicator for finding in assessment.findings})
        shown.update({finding.indicator for finding in assessment.telling})
    print(f"{mails} ordinary mails{'':12}found    in 1,000       shown    in 1,000")
    for detector in detectors():
        number, told = fired[detector.id], shown[detector.id]
        print(f"{detector.id:28}{number:8}{1000 * number / mails:12.1f}{told:12}{1000 * told / mails:12.1f}")


def main() -> None:
    """Read the arguments and print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--gold", type=Path, help="counts made by a person, as JSON")
    parser.add_argument("--show", action="store_true", help="print the facts, and what no finding covers")
    parser.add_argument("--ordinary", action="store_true", help="count the indicators in ordinary mail instead")
    arguments = parser.parse_args()
    if arguments.ordinary:
        ordinary(arguments.corpus)
        return
    gold = json.loads(arguments.gold.read_text(encoding="utf-8")) if arguments.gold else {}
    count(arguments.corpus, gold, show=arguments.show)


if __name__ == "__main__":
    main()
