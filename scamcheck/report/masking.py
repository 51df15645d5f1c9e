"""What of an assessment is the reader's own, and its texts without it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from scamcheck.features.concepts import find_concepts
from scamcheck.features.headers.addresses import sender
from scamcheck.limits import MAX_PASSWORDS
from scamcheck.text.passwords import quoted
from scamcheck.text.redact import EVIDENCE, MASK, Private, mask_spans, private_of, redact
from scamcheck.text.salutations import salutations
from scamcheck.text.sentences import split_sentences
from scamcheck.text.unicode import fold
from scamcheck.types import Assessment, Span

_NAME = re.compile(r"[^\W\d_]{3,40}")
_WORD = re.compile(r"\w")
_PASSWORD = "password"  # noqa: S105 - the concept of that name


def private(assessment: Assessment) -> Private:
    """Return what is known of the reader from everything that an assessment holds, to mask it in any text of it."""
    known = private_of(assessment.text, assessment.findings, sender=assessment.sender, recipients=assessment.recipients)
    beside = (assessment.around, assessment.other_alternative, assessment.hidden_text)
    greeted = {name for text in beside for each in salutations(text) for name in each.names}
    for link in assessment.chain:  # who writes the reader's own address as the sender often writes the name as well
        mailbox = sender(link.sender)
        if mailbox.address in known.secrets and "@" not in mailbox.name:
            greeted |= set(_NAME.findall(mailbox.name))
    passwords = (span.of(text) for text in (assessment.text, *beside[:2]) for span in _passwords(text, assessment))
    return replace(
        known,
        secrets=tuple(dict.fromkeys((*known.secrets, *islice(dict.fromkeys(passwords), MAX_PASSWORDS)))),
        names=known.names | greeted | {name.upper() for name in greeted},
    )


def masked_text(assessment: Assessment, own: Private | None = None) -> str:
    """Return the visible text with the reader's own data masked, character for character, so that spans stay true.

    `own` is what `private` gave for the assessment, where it is known already.
    """
    # A secret too short to be looked for everywhere (a house number) is masked where its finding has it.
    secrets = [secret for finding in assessment.findings for secret in finding.secrets]
    secrets += _passwords(assessment.text, assessment)
    return mask_spans(assessment.text, [*(own or private(assessment)).spans(assessment.text), *secrets])


def masked_sender(header: str, own: Private) -> str:
    """Return a From field, with the name masked too where its address is not known to be that of the sender."""
    masked = redact(header, own)
    return masked if sender(header).address in own.evidence else _WORD.sub(MASK, masked)


def _passwords(text: str, assessment: Assessment) -> Iterator[Span]:
    """Yield the spans of what stands as a password in a sentence that speaks of one, also where no finding says so."""
    evidence = {each.span.of(assessment.text) for each in assessment.findings if each.indicator in EVIDENCE}
    folded = fold(text).mapped
    for sentence in split_sentences(folded.text):
        if any(hit.concept == _PASSWORD for hit in find_concepts(sentence.of(folded.text), assessment.language)):
            found = (folded.to_source(span) for span in quoted(folded.text, sentence))
            yield from (each for each in found if not any(each.of(text) in given for given in evidence))
