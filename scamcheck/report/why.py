"""Why an answer is what it is, in lines of text: what was found, how sure it is, what it hangs on.

Nothing here asserts a bluff, and "what is true" stands beside a claim only where the guidance lets it
(`Guidance.weigh_claims`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from scamcheck.features.indicators.base import Kind, Strength
from scamcheck.features.indicators.counter_signs import REAL_CASE_SIGNS
from scamcheck.guidance import Guidance
from scamcheck.guidance.situations import MAY_BE_REAL
from scamcheck.languages import Language, load_language
from scamcheck.model.explain import HOW_IT_IS_WRITTEN, leading
from scamcheck.report.facts import facts_in_words, fill, header_in_words
from scamcheck.report.json import detector_of
from scamcheck.report.masking import masked_text
from scamcheck.text.redact import Private, redact
from scamcheck.types import THREATS, Assessment, Contribution, Counterfactuals, Finding, Reliability, Verdict

MAX_CLAIMS = 8
"""Claims that are listed. A mass mail has up to 15; who reads on a telephone reads three."""

_MAX_QUOTES = 2
_MAX_EXCERPT = 160
_MAX_LEADING = 2
_ORDER = tuple(Strength)
_MOST = 99  # percent
_SURE = (("very", 0.98), ("quite", 0.9), ("rather", 0.7))


@dataclass(frozen=True, slots=True)
class Reasons:
    """What belongs to an assessment and takes time to work out: what its verdict hangs on, how often it is right."""

    counterfactuals: Counterfactuals = field(default_factory=Counterfactuals)
    reliability: Reliability | None = None


def printable(text: str) -> str:
    """Return text that cannot steer a terminal: control and bidirectional characters become spaces."""
    return "".join(char if char.isprintable() else " " for char in text)


def excerpt(text: str, limit: int = _MAX_EXCERPT) -> str:
    """Return a text of any origin in quotation marks, on one line, cut where it is longer than `limit` characters."""
    shown = " ".join(printable(" ".join(text.split())).split())
    return f"\u201c{shown[:limit].rstrip()}\u2026\u201d" if len(shown) > limit else f"\u201c{shown}\u201d"


def shows_verdict(guidance: Guidance) -> bool:
    """Return whether the verdict may be spoken of: where an image may be real, only the reader's answer counts."""
    return bool(guidance.question) or guidance.weigh_claims or guidance.situation.startswith("no.")


class Why:
    """The reasons for the answer to one reader. Each method yields lines, none where there is nothing to say."""

    def __init__(self, assessment: Assessment, guidance: Guidance, reasons: Reasons, own: Private) -> None:
        self._assessment = assessment
        self._guidance = guidance
        self._reasons = reasons
        self._own = own
        self._words = load_language(guidance.language)
        self._text = masked_text(assessment, own)
        self._found: dict[str, list[Finding]] = {}
        for finding in assessment.findings:
            self._found.setdefault(finding.indicator, []).append(finding)
        telling = {finding.indicator for finding in assessment.telling}
        threatens = assessment.verdict in (*THREATS, Verdict.UNCERTAIN)
        if not threatens and all(detector_of(name).strength is Strength.ORDINARY for name in telling):
            telling = set()  # a bill names an amount, a newsletter another address for answers
        self._telling = telling

    def evidence(self, heading: str) -> Iterator[str]:
        """Yield what was found: claims, facts, headers, signs of something else; `heading` is the key over claims."""
        sections = [
            (heading, list(self._claims())),
            ("kinds.fact", list(self._facts())),
            ("kinds.header", list(self._headers())),
            ("explain.really_known", list(self._signs(REAL_CASE_SIGNS, always=True))),
            ("explain.about", list(self._signs([name for name in self._found if name not in REAL_CASE_SIGNS]))),
        ]
        if not any(lines for _, lines in sections):
            yield self._words.text("ui.no_findings")
        for number, (key, lines) in enumerate(each for each in sections if each[1]):
            if number:
                yield ""
            yield self._words.text(key) + ":"
            yield from lines

    def _claims(self) -> Iterator[str]:
        """Yield the claims with their sentences, the strongest first; of one strength, the earlier one."""
        names = [name for name in self._found if name in self._telling and detector_of(name).kind is Kind.CLAIM]
        names.sort(key=lambda name: (name == HOW_IT_IS_WRITTEN, _ORDER.index(detector_of(name).strength)))
        for name in names[:MAX_CLAIMS]:
            yield from self._one(name, weigh=self._guidance.weigh_claims)
        if len(names) > MAX_CLAIMS:
            more = fill(self._words.text("explain.more"), count=len(names) - MAX_CLAIMS)
            yield f"  {more}: {'; '.join(map(self._title, names[MAX_CLAIMS:]))}"

    def _title(self, name: str) -> str:
        return self._words.text(f"indicators.{name}.title")

    def _one(self, name: str, *, weigh: bool) -> Iterator[str]:
        yield f"* {self._title(name)}"
        quotes = dict.fromkeys(excerpt(finding.span.of(self._text)) for finding in self._found[name])
        yield from (f"    {quote}" for quote in list(quotes)[:_MAX_QUOTES])
        if len(quotes) > _MAX_QUOTES:
            yield f"    (+{len(quotes) - _MAX_QUOTES})"
        if weigh:
            yield from self._weighed(name)

    def _weighed(self, name: str) -> Iterator[str]:
        facts = self._found[name][0].facts
        yield f"    {self._words.text('ui.truth')}: {self._words.text(f'indicators.{name}.truth')}"
        if facts.get("spoof_reported"):
            yield f"    {self._words.text('explain.headers.spoofed')}"
        elif facts.get("from_equals_to") is False:
            yield f"    {self._words.text('ui.other_sender')}"
        yield f"    {self._words.text('explain.todo')}: {self._words.text(f'indicators.{name}.todo')}"

    def _facts(self) -> Iterator[str]:
        findings = [finding for finding in self._assessment.findings if finding.indicator in self._telling]
        for fact in facts_in_words(findings, self._words):
            first, *others = fact.split("\n")
            yield f"- {self._masked(first)}"
            yield from (f"  {self._masked(each)}" for each in others)

    def _headers(self) -> Iterator[str]:
        for name, findings in self._found.items():
            if name in self._telling and detector_of(name).kind is Kind.HEADER:
                weigh = self._guidance.weigh_claims
                said = (header_in_words(each, self._words, weigh=weigh) for each in findings)
                lines = dict.fromkeys(line for sentences in said for line in sentences)
                yield from (f"- {self._masked(line)}" for line in lines)
                if weigh:
                    yield f"  {self._words.text('ui.truth')}: {self._words.text(f'indicators.{name}.truth')}"

    def _masked(self, line: str) -> str:
        """Return a line of ours with facts in it, without what is the reader's in them."""
        return printable(redact(line, self._own))

    def _signs(self, names: Iterable[str], *, always: bool = False) -> Iterator[str]:
        """Yield the signs against a mass mail. What is said of a real case asks for care, so it needs no answer."""
        for name in names:
            if name in self._found and detector_of(name).kind is Kind.COUNTER_SIGN:
                yield from self._one(name, weigh=always or self._guidance.weigh_claims)

    def sure(self) -> Iterator[str]:
        """Yield how sure the answer is, and what it hangs on; nothing where the verdict is not to be spoken of."""
        verdict, words = self._assessment.verdict, self._words
        if not shows_verdict(self._guidance):
            return
        yield words.text("ui.how_sure")
        if verdict is Verdict.UNCERTAIN:
            yield f"{words.text('explain.cannot_tell')} {words.text('explain.can_be_wrong')}"
            return
        share = self._assessment.probabilities[verdict]
        how = next((name for name, least in _SURE if share >= least), "little")
        chance = fill(words.text("explain.chance"), percent=percent(share, words))
        yield f"{words.text(f'verdicts.{verdict}')}. {words.text(f'explain.sure.{how}')} {chance}"
        found = self._reasons.reliability
        measured = words.text("explain.not_measured")
        if found:
            measured = fill(words.text("explain.measured"), texts=found.texts, right=found.right)
        yield f"{measured} {words.text('explain.can_be_wrong')}"
        yield from self._leading()
        yield from self._hangs_on()

    def _leading(self) -> Iterator[str]:
        explanation = self._assessment.explanation
        if explanation.label is not self._assessment.verdict:
            return
        sides = zip(("for", "against"), leading(explanation, _MAX_LEADING), strict=True)
        for side, sentences in sides:
            if sentences:
                yield self._words.text(f"explain.{side}") + ":"
                yield from self._quoted(sentences)

    def _quoted(self, sentences: Sequence[Contribution]) -> Iterator[str]:
        yield from (f"    {excerpt(each.span.of(self._text))}" for each in sentences)

    def _hangs_on(self) -> Iterator[str]:
        """Yield without what the answer would be another. What may be the words of a real case is not thought away."""
        if self._assessment.verdict in MAY_BE_REAL:
            return
        for found in self._reasons.counterfactuals.needed:
            if found.verdict is not Verdict.SEXTORTION_SCAM and self._telling.issuperset(found.indicators):
                names = dict(zip(("first", "second"), map(self._title, found.indicators), strict=False))
                text = self._words.text("explain.without_two" if len(names) > 1 else "explain.without_one")
                yield fill(text, answer=self._words.text(f"verdicts.{found.verdict}"), **names)


def percent(share: float, words: Language) -> str:
    """Return a probability in percent as a language writes it, never rounded up, never 0 or 100."""
    number = min(max(int(share * 100), 1), 99)
    shown = fill(words.text("explain.percent"), number=number)
    return fill(words.text("explain.over"), percent=shown) if share * 100 > number and number == _MOST else shown
