"""The questions that decide which help fits. The first one comes first; all others can be skipped."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

import streamlit as st

from scamcheck.guidance import Answers, Done, Helper, How, ImageShared, Mine, Minor, Urgent
from scamcheck.languages import Language

_ANSWERS = (ImageShared.YES, ImageShared.NO, ImageShared.UNKNOWN)
_MORE = ("online", "known_person", "fee_offer", "police_letter")

Choice = TypeVar("Choice", bound=StrEnum)


def ask_about_image(words: Language) -> ImageShared:
    """Ask whether someone could really have an image, and return the answer."""
    labels = {answer: words.text(f"ui.answer_{answer}") for answer in _ANSWERS}
    chosen = st.radio(
        words.text("guidance.question"),
        _ANSWERS,
        index=None,
        format_func=lambda answer: labels[answer],
        horizontal=True,
        key="answer",
    )
    st.caption(words.text("guidance.question_help"))
    return chosen or ImageShared.UNANSWERED


def ask_more(image: ImageShared, words: Language) -> Answers:
    """Offer the other questions, folded away, and return all answers. How an image came to be is asked after a yes."""
    with st.expander(words.text("ui.tell_more")):
        minor = st.radio(
            words.text("questions.minor.label"),
            [Minor.YES, Minor.NO, Minor.UNKNOWN],
            index=None,
            format_func=lambda answer: words.text(f"ui.answer_{answer}"),
            horizontal=True,
            key="minor",
        )
        how = _several("how", How, words) if image in (ImageShared.YES, ImageShared.UNKNOWN) else frozenset()
        done = _several("done", Done, words)
        mine = _several("mine", Mine, words)
        more = _tick("more", _MORE, words)
        urgent = _several("urgent", Urgent, words)
        for_other = st.radio(
            words.text("questions.for_other.label"),
            list(Helper),
            index=None,
            format_func=lambda each: words.text(f"questions.for_other.{each}"),
            key="for_other",
        )
    return Answers(
        image_shared=image,
        how=how,
        minor=minor or Minor.UNANSWERED,
        done=done,
        mine=mine,
        online="online" in more,
        known_person="known_person" in more,
        fee_offer="fee_offer" in more,
        police_letter="police_letter" in more,
        for_other=for_other,
        urgent=urgent,
    )


def _several(name: str, kind: type[Choice], words: Language) -> frozenset[Choice]:
    return frozenset(kind(each) for each in _tick(name, list(kind), words))


def _tick(name: str, choices: Iterable[str], words: Language) -> set[str]:
    st.markdown(f"**{words.text(f'questions.{name}.label')}**")
    return {str(each) for each in choices if st.checkbox(words.text(f"questions.{name}.{each}"), key=f"{name}-{each}")}
