"""The one pipeline: source -> message -> layers -> predictions -> the layer that is judged -> assessment."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scamcheck.features.headers.addresses import sender
from scamcheck.features.indicators import Claim, detect
from scamcheck.features.matrix import Counts
from scamcheck.features.vectorize import Sample, sample
from scamcheck.model.evidence import shown
from scamcheck.model.explain import explanation
from scamcheck.model.guard import Judged, guarded, shared_past, shared_past_beside
from scamcheck.model.predict import claimed, predict
from scamcheck.model.store import Model, load_model
from scamcheck.readers import read
from scamcheck.readers.attachments import left_closed, open_all
from scamcheck.text import Layer, Text, assemble, layers
from scamcheck.types import THREATS, Assessment, Finding, Message, Part, Picture, Place, Prediction

_TEXT_CUT = "the text is longer than what is judged; the rest was not read"
_MIN_SHARED = 0.5
"""The share of the words of the shorter alternative that the other one has as well, where both say the same."""
_SENT_ON = re.compile(r"\s{0,9}\w{1,8}\s?[:：]")
"""How mail programs mark a subject of what is sent on or answered, in every language: "Fwd:", "TR:", "Doorst:"."""


@dataclass(frozen=True, slots=True)
class _Judgement(Judged):
    """A layer with what the model says of it, and what was counted in it: the message `number` of `counts`."""

    layer: Layer
    counts: Counts
    number: int

    @property
    def threat(self) -> float:
        """The chance that the layer is a threat of any kind."""
        return sum(self.prediction.probabilities[label] for label in THREATS)


def check(source: str | bytes | Message, *, filename: str | None = None) -> Assessment:
    """Return the assessment of one message: pasted text, the bytes of a file, or a Message.

    `filename` helps to tell the format where the content leaves it open. Raises UnreadableInputError where there is
    nothing to read, and ModelError where the model cannot be used.
    """
    message = source if isinstance(source, Message) else read(source, filename=filename)
    return assess(message, load_model())


def sample_of(message: Message) -> Sample:
    """Return the model's view of a message to train with: that of its longest reading."""
    samples = [sample(text.folded.text, text.language) for text in assemble(message)]
    return max(samples, key=lambda item: item.words)


def assess(message: Message, model: Model) -> Assessment:
    """Return the assessment of a message by a model.

    Of all messages in it (forwarded, attached, quoted) the innermost threatening one is judged; of two alternatives
    the more threatening one. Attachments are read where the text alone is no threat.
    """
    judgements = _judge(layers(message), model)
    best = _choose(judgements)
    if best.prediction.verdict in THREATS:
        opened = left_closed(message)
    else:
        opened = open_all(message, [item.layer.text.visible for item in judgements])
        inner = [layer for found in opened.messages for layer in layers(found, best.layer.chain[:1])]
        if inner:
            judgements += _judge(inner, model)
            best = _choose(judgements)
    pictures = (*(picture for each in message.walk() for picture in each.pictures), *opened.pictures)
    found = [defect for each in message.walk() for defect in each.defects]
    if any(item.layer.text.truncated for item in judgements):
        found.append(_TEXT_CUT)
    defects = tuple(dict.fromkeys((*found, *opened.defects)))
    past = any(shared_past(item, model.card) for item in judgements)
    prediction = guarded(best.prediction, best.layer.text.visible, past=past, pictures=pictures, defects=defects)
    return _assessment(best, judgements, prediction, pictures, defects, model)


def _judge(found: Sequence[Layer], model: Model) -> list[_Judgement]:
    samples = [sample(layer.text.folded.text, layer.text.language) for layer in found]
    counts = model.features.count(samples)
    said: list[list[Mapping[str, float]]] = [[] for _ in found]
    for claims, owner in zip(claimed(model, counts), counts.owners, strict=True):
        said[owner].append(claims)
    predictions = predict(model, counts, samples)
    return [
        _Judgement(*row, counts, number)
        for number, row in enumerate(zip(samples, predictions, said, found, strict=True))
    ]


def _choose(judgements: Sequence[_Judgement]) -> _Judgement:
    """Return the innermost layer that has the verdict of a threat, else the most threatening one of those sent."""
    threats = [item for item in judgements if item.prediction.verdict in THREATS]
    if threats:
        return max(threats, key=lambda item: (len(item.layer.chain), item.threat))
    likely = [item for item in judgements if item.threat > 0.5] or [
        item for item in judgements if len(item.layer.chain) == len(judgements[0].layer.chain)
    ]
    return max(likely, key=lambda item: item.threat)


def _assessment(
    best: _Judgement,
    judgements: Sequence[_Judgement],
    prediction: Prediction,
    pictures: tuple[Picture, ...],
    defects: tuple[str, ...],
    model: Model,
) -> Assessment:
    text, source = best.layer.text, best.layer.source
    claims = [Claim(name, sentence.span, share) for sentence, name, share in shown(best, model.card)]
    findings = (replace(found, place=_place(text, source, found)) for found in detect(text, best.layer.headers, claims))
    sentences = [text.folded.to_source(sentence.span) for sentence in best.sample.sentences]
    own_words = len(best.layer.chain) == max(len(item.layer.chain) for item in judgements)
    headers = best.layer.headers
    return Assessment(
        verdict=prediction.verdict,
        probabilities=prediction.probabilities,
        findings=tuple(findings),
        text=text.visible,
        hidden_text=text.hidden,
        language=text.language,
        reason=prediction.reason,
        defects=defects,
        model_version=model.version,
        chain=best.layer.chain,
        around=best.layer.around,
        other_alternative=_other_alternative(best, judgements),
        pictures=pictures,
        explanation=explanation(model, best.counts, best.number, best.prediction, sentences),
        past_outside=any(shared_past_beside(item, best, model.card) for item in judgements if item is not best),
        sender=headers.sender if own_words and not _SENT_ON.match(headers.subject) else "",
        recipients=", ".join(filter(None, (headers.recipients, *_senders_on(best.layer)))),
    )


def _senders_on(layer: Layer) -> Iterator[str]:
    """Yield who sent the judged message on, as far as they are known: the reader, or somebody who helps them."""
    for link in layer.chain[:-1]:
        mailbox = sender(link.sender)
        if mailbox.address:
            yield f'"{mailbox.name}" <{mailbox.address}>' if mailbox.name else mailbox.address


def _place(text: Text, source: Message, found: Finding) -> Place | None:
    at = text.to_part(found.span)
    if at is None:
        return None
    number, span = at
    part = source.parts[number] if number >= 0 else Part("text/plain", source.subject)
    return Place(number, part.name, span, tuple(box for line, box in part.boxes if line.intersects(span)))


def _other_alternative(best: _Judgement, judgements: Sequence[_Judgement]) -> str:
    """Return the text of the alternative beside the judged one, where the two say different things."""
    for item in judgements:
        beside = item.layer.source is best.layer.source and item.layer.chain == best.layer.chain
        if beside and item is not best:
            mine, other = (set(text.folded.text.casefold().split()) for text in (best.layer.text, item.layer.text))
            smaller = min(len(mine), len(other))
            if smaller and len(mine & other) < _MIN_SHARED * smaller:
                return item.layer.text.visible
    return ""
