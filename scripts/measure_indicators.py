#!/usr/bin/env python3
"""Print precision and recall of the indicators on the labelled sentences of data/, by language and split.

A labelled sentence counts as found where a finding of its claim overlaps it; a finding counts as right where it
overlaps a sentence with its claim. `--misses CLAIM` prints the sentences that were missed and the wrong findings.
"""

import argparse
from collections import Counter
from pathlib import Path

from scamcheck.features.indicators import detect
from scamcheck.languages import LANGUAGES
from scamcheck.model.corpus import load_corpus
from scamcheck.text import assemble
from scamcheck.types import Verdict

ALSO_RIGHT = {"hacked_device": {"malware", "camera_access"}, "recording": {"camera_access"}, "no_police": {"no_reply"}}
"""A finding that overlaps a sentence with the neighbouring claim is not wrong: people label the border either way."""


def main() -> None:
    """Run the measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=("train", "test"), default="train")
    parser.add_argument("--language", choices=LANGUAGES)
    parser.add_argument("--misses", metavar="CLAIM")
    options = parser.parse_args()
    gold: Counter[tuple[str, str]] = Counter()
    hit: Counter[tuple[str, str]] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    for mail in load_corpus(Path("data"), languages=[options.language] if options.language else None):
        if mail.label is not Verdict.SEXTORTION_SCAM or mail.split != options.split:
            continue
        text = assemble(mail.message())[0]
        offset = len(text.visible) - len(mail.text)
        findings = [(f.indicator, f.span) for f in detect(text, mail.message()) if f.span.start >= offset]
        claims = [(claim.id, claim.span.start + offset, claim.span.end + offset) for claim in mail.claims]
        for claim, start, end in claims:
            gold[mail.language, claim] += 1
            if any(name == claim and span.start < end and start < span.end for name, span in findings):
                hit[mail.language, claim] += 1
            elif options.misses == claim:
                print(f"missed {mail.id}: {text.visible[start:end]}")
        for name, span in findings:
            found[mail.language, name] += 1
            names = {name} | ALSO_RIGHT.get(name, set())
            if any(claim in names and span.start < end and start < span.end for claim, start, end in claims):
                right[mail.language, name] += 1
            elif options.misses == name:
                print(f"wrong  {mail.id}: {span.of(text.visible)!r}")
    for language, name in sorted(gold.keys() | found.keys()):
        if not found[language, name] and not hit[language, name] and name not in {n for _, n in found}:
            continue
        recall = hit[language, name] / max(1, gold[language, name])
        precision = right[language, name] / max(1, found[language, name])
        counts = (
            f"recall {recall:.2f} of {gold[language, name]:3}   precision {precision:.2f} of {found[language, name]}"
        )
        print(f"{language} {name:16} {counts}")


if __name__ == "__main__":
    main()
