"""The page for one mail. It only lays out what `check` and `guide` give; nothing pasted is written or logged."""

from pathlib import Path

import streamlit as st

from scamcheck.errors import ModelError, UnreadableInputError
from scamcheck.guidance import Answers, Guidance, ImageShared, guide
from scamcheck.languages import LANGUAGES, Language, load_language
from scamcheck.pipeline import check
from scamcheck.report.text import claims_heading, notes
from scamcheck.types import Assessment
from scamcheck.ui import blocks

_HERE = Path(__file__).parent
_CODES_WITHOUT_HELP = (None, "nothing_given", "empty", "several")
# Both scripts are constants of ours; the only thing filled in is a code out of LANGUAGES.
_LANGUAGE_SCRIPT = "<script>document.documentElement.lang = '%s'</script>"
_SCROLL_SCRIPT = "<script>document.querySelector('[data-testid=stMain]')?.scrollTo(0, 0)</script>"
_ANSWERS = (ImageShared.YES, ImageShared.NO, ImageShared.UNKNOWN)


def _preferred_language() -> str:
    spoken = (st.context.locale or "").split("-")[0].lower()
    return spoken if spoken in LANGUAGES else "en"


def _choose_language() -> Language:
    if "language" not in st.session_state:
        st.session_state.language = _preferred_language()
    code = st.radio(
        "Language / Taal / Langue / Sprache",
        LANGUAGES,
        format_func=lambda each: load_language(each).name,
        horizontal=True,
        key="language",
    )
    return load_language(code)


def _start_over() -> None:
    """Forget everything but the language. New widget keys make the browser drop what was typed and chosen."""
    language, round_number = st.session_state.get("language"), st.session_state.get("round", 0)
    st.session_state.clear()
    st.session_state.language = language
    st.session_state.round = round_number + 1


def _ask(words: Language) -> None:
    """Show the box, the upload and the button; check what was given."""
    round_number = st.session_state.get("round", 0)
    st.write(words.text("ui.intro"))
    messages = st.container()
    with st.form(f"mail-{round_number}", border=False):
        pasted = st.text_area(
            words.text("ui.paste_label"),
            placeholder=words.text("ui.paste_placeholder"),
            height=170,
            key=f"paste-{round_number}",
        )
        upload = st.file_uploader(words.text("ui.upload_label"), key=f"upload-{round_number}")
        st.caption(words.text("ui.upload_warning"))
        pressed = st.form_submit_button(words.text("ui.check"), type="primary", width="stretch")
    if pressed:
        for name in ("answer", "error"):
            st.session_state.pop(name, None)
        st.session_state.both_given = bool(pasted.strip() and upload)
        try:
            if pasted.strip():
                st.session_state.assessment = check(pasted)
            elif upload is not None:
                st.session_state.assessment = check(upload.getvalue(), filename=upload.name)
            else:
                st.session_state.error = "nothing_given"
        except UnreadableInputError as error:
            st.session_state.error = error.code
        except ModelError:
            st.session_state.error = "model"
        except Exception:  # noqa: BLE001 - whatever a hostile mail breaks, the reader must see who helps
            st.session_state.error = "broken"
        st.rerun()
    with messages:
        _show_error(words)


def _show_error(words: Language) -> None:
    error = st.session_state.get("error")
    if error == "nothing_given":
        st.info(words.text("ui.nothing_given"))
    elif error:
        st.warning(words.text(f"errors.{error}"))


def _ask_about_image(words: Language) -> ImageShared:
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


def _show_help(guidance: Guidance, words: Language) -> None:
    st.header(words.text("ui.what_now"), anchor=False)
    st.html(blocks.steps(guidance))
    st.header(words.text("ui.who_helps"), anchor=False)
    st.html(blocks.contacts(guidance, words))
    st.html(blocks.crisis(guidance, words))


def _show_evidence(assessment: Assessment, guidance: Guidance, words: Language) -> None:
    st.header(words.text("ui.the_mail"), anchor=False)
    st.caption(words.text("ui.the_mail_help"))
    st.html(blocks.mail(assessment))
    if assessment.around:
        with st.expander(words.text("ui.around")):
            st.text(assessment.around)
    if assessment.other_alternative:
        with st.expander(words.text("ui.other_alternative")):
            st.text(assessment.other_alternative)
    if assessment.hidden_text:
        st.caption(words.text("ui.hidden_text"))
    st.header(words.text(claims_heading(assessment, guidance)), anchor=False)
    st.html(blocks.claims(assessment, words, weigh=guidance.weigh_claims))
    if guidance.weigh_claims:
        with st.expander(words.text("ui.how_sure")):
            st.write(words.text("ui.how_sure_text"))
            st.html(blocks.chances(assessment, words))
    if assessment.defects:
        st.text(words.text("ui.defects") + "; ".join(assessment.defects))


def _show_result(assessment: Assessment | None, words: Language) -> None:
    """Show the answer in the order in which a frightened person reads it."""
    place = st.container()
    answer = _ask_about_image(words)
    guidance = guide(assessment, Answers(answer), language=words.code)
    with place:
        st.html(blocks.answer(guidance, words))
    for note in notes(assessment, words) if assessment else ():
        st.info(note)
    if guidance.routes:
        st.html(blocks.routes(guidance))
    _show_help(guidance, words)
    if assessment and assessment.text.strip():
        _show_evidence(assessment, guidance, words)


def main() -> None:
    """Draw the page: first the box, then, in its place, the answer."""
    # A file of ours: the icons that Streamlit offers by name are fetched from another host.
    st.set_page_config(page_title="scamcheck", page_icon=str(_HERE / "icon.png"), layout="centered")
    st.html(_HERE / "style.css")
    words = _choose_language()
    st.html(_LANGUAGE_SCRIPT % words.code, unsafe_allow_javascript=True)
    assessment = st.session_state.get("assessment")
    if assessment is None:
        st.title(words.text("ui.tagline"), anchor=False)
        _ask(words)
    if assessment is not None and st.session_state.get("both_given"):
        st.info(words.text("ui.both_given"))
    if assessment is not None or st.session_state.get("error") not in _CODES_WITHOUT_HELP:
        _show_result(assessment, words)
        st.button(words.text("ui.start_over"), on_click=_start_over, width="stretch")
    if assessment is not None and not st.session_state.get("scrolled"):
        st.session_state.scrolled = True
        st.html(_SCROLL_SCRIPT, unsafe_allow_javascript=True)


if __name__ == "__main__":
    main()
