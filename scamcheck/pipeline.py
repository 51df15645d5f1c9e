"""The one pipeline: source -> message -> text -> findings -> prediction -> assessment."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from scamcheck.features.indicators import Claim, detect
from scamcheck.features.vectorize import Sample, sample
from scamcheck.model.claims import REAL_CASE
from scamcheck.model.predict import claimed, predict
from scamcheck.model.store import Model, load_model
from scamcheck.readers import read
from scamcheck.text import Text, assemble
from scamcheck.types import Assessment, Message, Prediction, Verdict

SHARED_PAST = frozenset(("together", "writer"))
INTIMACY = frozenset(("intimate", "held_image", "app"))
"""Concepts that stand in one sentence where somebody tells of a call, a chat or pictures that really were."""

_THREATS = (Verdict.SEXTORTION_SCAM, Verdict.PERSONAL_SEXTORTION, Verdict.OTHER_EXTORTION)


def check(source: str | bytes | Message, *, filename: str | None = None) -> Assessment:
    """Return the assessment of one message: pasted text, the bytes of a file, or a Message.

    `filename` helps to tell the format where the content leaves it open. Raises UnreadableInputError where there is
    nothing to read, and ModelError where the model cannot be used.
    """
    message = source if isinstance(source, Message) else read(source, filename=filename)
    return assess(message, load_model())


def view(message: Message) -> list[tuple[Text, Sample]]:
    """Return each reading of a message with the model's view of it."""
    return [(text, sample(text.folded.text, text.language)) for text in assemble(message)]


def sample_of(message: Message) -> Sample:
    """Return the model's view of a message to train with: that of its longest reading."""
    return max((item for _, item in view(message)), key=lambda item: item.words)


def assess(message: Message, model: Model) -> Assessment:
    """Return the assessment of a message by a model. Of two readings the more threatening one is judged."""
    readings = view(message)
    samples = [item for _, item in readings]
    counts = model.features.count(samples)
    predictions = predict(model, counts, samples)
    judged = max(range(len(readings)), key=lambda place: _threat(predictions[place]))
    text, item = readings[judged]
    said = [found for found, owner in zip(claimed(model, counts), counts.owners, strict=True) if owner == judged]
    claims = [
        Claim(name, sentence.span, probability)
        for sentence, found in zip(item.sentences, said, strict=True)
        for name, probability in found.items()
    ]
    defects = _defects(message, [text for text, _ in readings])
    shared_past = _tells_a_shared_past(item, said, model.card.claim_thresholds[REAL_CASE])
    prediction = _guarded(predictions[judged], shared_past, defects)
    return Assessment(
        verdict=prediction.verdict,
        probabilities=prediction.probabilities,
        findings=detect(text, message, claims),
        text=text.visible,
        hidden_text=text.hidden,
        language=text.language,
        reason=prediction.reason,
        defects=defects,
        model_version=model.card.sha256[:12],
    )


def _guarded(prediction: Prediction, shared_past: bool, defects: Sequence[str]) -> Prediction:
    """Return the prediction, or an abstention where something speaks against it that the model does not weigh enough.

    A sign of a shared past (a call, an app, "I really sent") beats every likeness to the mass mail: the mass mail is
    easily copied by somebody who does have an image, and a victim may paste one below their own words. And "see
    attached" is how many threats arrive: where something was not read, no sign in the rest is no sign of anything.
    """
    if prediction.verdict is Verdict.SEXTORTION_SCAM and shared_past:
        return replace(prediction, verdict=Verdict.UNCERTAIN, reason="may_be_personal")
    if prediction.verdict is Verdict.UNRELATED and defects:
        return replace(prediction, verdict=Verdict.UNCERTAIN, reason="not_all_read")
    return prediction


def _tells_a_shared_past(item: Sample, said: Sequence[Mapping[str, float]], threshold: float) -> bool:
    """Return whether a sentence reads like a real case: surely, or half so and with the words of a shared past."""
    for sentence, found in zip(item.sentences, said, strict=True):
        share = found.get(REAL_CASE, 0.0)
        words = sentence.concepts >= SHARED_PAST and not sentence.concepts.isdisjoint(INTIMACY)
        if share >= threshold or (share and words):
            return True
    return False


def _threat(prediction: Prediction) -> float:
    return sum(prediction.probabilities[label] for label in _THREATS)


def _defects(message: Message, texts: Sequence[Text]) -> tuple[str, ...]:
    cut = ("the text is longer than what is judged; the rest was not read",) if any(t.truncated for t in texts) else ()
    unread = tuple(f"attachment not read: {name}" for name in message.attachments)
    return (*message.defects, *cut, *unread)
