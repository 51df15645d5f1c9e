"""The mail as safe HTML, with its findings marked and numbered."""

import itertools
from collections.abc import Sequence
from html import escape

from scamcheck.model.explain import HOW_IT_IS_WRITTEN
from scamcheck.types import Finding


def numbered(findings: Sequence[Finding]) -> dict[str, int]:
    """Return a number for each indicator that stands in the text, in the order of the mail.

    How it is written comes after what it says.
    """
    numbers: dict[str, int] = {}
    for finding in sorted(findings, key=lambda each: each.indicator == HOW_IT_IS_WRITTEN):
        if len(finding.span):
            numbers.setdefault(finding.indicator, len(numbers) + 1)
    return numbers


def highlight(text: str, findings: Sequence[Finding]) -> str:
    """Return the text as HTML: everything escaped, each finding in a mark that ends with its indicator's number.

    Where findings overlap, the shared characters stand in one mark; every finding's number is shown at its end.
    Findings that stand nowhere in the text (facts of the headers) are not marked.
    """
    numbers = numbered(findings)
    findings = [finding for finding in findings if len(finding.span)]
    borders = sorted({0, len(text), *(f.span.start for f in findings), *(f.span.end for f in findings)})
    pieces = []
    for start, end in itertools.pairwise(borders):
        covering = [f for f in findings if f.span.start <= start and end <= f.span.end]
        body = escape(text[start:end])
        said = any(finding.indicator != HOW_IT_IS_WRITTEN for finding in covering)
        css = "sc-mark" if said else "sc-disguise"
        pieces.append(f'<mark class="{css}">{body}</mark>' if covering else body)
        ending = sorted({numbers[f.indicator] for f in covering if f.span.end == end})
        pieces += [f'<sup class="sc-number">{number}</sup>' for number in ending]
    return "".join(pieces)
