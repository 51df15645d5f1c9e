"""The page for one mail. It only lays out what `check` and `guide` give; nothing pasted is written or logged."""

from pathlib import Path

import streamlit as st

from scamcheck.errors import ModelError, UnreadableInputError
from scamcheck.guidance import COUNTRIES, Guidance, country_name, guide, likely_country
from scamcheck.languages import LANGUAGES, Language, load_language
from scamcheck.pipeline import check
from scamcheck.report.text import claims_heading, notes
from scamcheck.types import Assessment
from scamcheck.ui import blocks
from scamcheck.ui.questions import ask_about_image, ask_more

_HERE = Path(__file__).parent
_CODES_WITHOUT_HELP = (None, "nothing_given", "empty", "several")
# Both scripts are constants of ours; the only thing filled in is a code out of LANGUAGES.
_LANGUAGE_SCRIPT = "<script>document.documentElement.lang = '%s'</script>"
_SCROLL_SCRIPT = "<script>document.querySelector('[data-testid=stMain]')?.scrollTo(0, 0)</script>"
_KEPT = ("language", "country")


def _preferred_language() -> str:
    spoken = (st.context.locale or "").split("-")[0].lower()
    return spoken if spoken in LANGUAGES else "en"


def _choose_language_and_country() -> tuple[Language, str]:
    """Let the reader choose both; what the browser says is proposed."""
    state = st.session_state
    if "language" not in state:
        state.language, state.country = _preferred_language(), likely_country(st.context.locale or "")
    left, right = st.columns(2)
    code = left.selectbox(
        "Language / Taal / Langue / Sprache / Idioma / Lingua / Język",
        LANGUAGES,
        format_func=lambda each: load_language(each).name,
        key="language",
    )
    words = load_language(code)
    country = right.selectbox(
        words.text("ui.country"),
        sorted(COUNTRIES, key=lambda each: (each == COUNTRIES[-1], country_name(each, code))),
        format_func=lambda each: country_name(each, code),
        key="country",
    )
    return words, country


def _start_over() -> None:
    """Forget all but language and country. New widget keys make the browser drop what was typed and chosen."""
    kept = {name: st.session_state[name] for name in _KEPT if name in st.session_state}
    round_number = st.session_state.get("round", 0)
    st.session_state.clear()
    st.session_state.update({**kept, "round": round_number + 1})


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


def _show_help(guidance: Guidance, words: Language) -> None:
    st.header(words.text("ui.what_now"), anchor=False)
    st.html(blocks.steps(guidance, first=True))
    st.header(words.text("ui.who_helps"), anchor=False)
    st.html(blocks.contacts(guidance, words))
    st.html(blocks.crisis(guidance, words))
    if len(guidance.steps) > guidance.first_steps:
        st.header(words.text("guidance.after_that"), anchor=False)
        st.html(blocks.steps(guidance, first=False))


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
    if told := blocks.headers(assessment, words, weigh=guidance.weigh_claims):
        st.header(words.text("kinds.header"), anchor=False)
        st.html(told)
    if guidance.weigh_claims:
        with st.expander(words.text("ui.how_sure")):
            st.write(words.text("ui.how_sure_text"))
            st.html(blocks.chances(assessment, words))
    if assessment.defects:
        st.text(words.text("ui.defects") + "; ".join(assessment.defects))


def _show_result(assessment: Assessment | None, words: Language, country: str) -> None:
    """Show the answer in the order in which a frightened person reads it."""
    place = st.container()
    answers = ask_more(ask_about_image(words), words)
    guidance = guide(assessment, answers, country=country, language=words.code)
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
    words, country = _choose_language_and_country()
    st.html(_LANGUAGE_SCRIPT % words.code, unsafe_allow_javascript=True)
    assessment = st.session_state.get("assessment")
    if assessment is None:
        st.title(words.text("ui.tagline"), anchor=False)
        _ask(words)
    if assessment is not None and st.session_state.get("both_given"):
        st.info(words.text("ui.both_given"))
    if assessment is not None or st.session_state.get("error") not in _CODES_WITHOUT_HELP:
        _show_result(assessment, words, country)
        st.button(words.text("ui.start_over"), on_click=_start_over, width="stretch")
    if assessment is not None and not st.session_state.get("scrolled"):
        st.session_state.scrolled = True
        st.html(_SCROLL_SCRIPT, unsafe_allow_javascript=True)


if __name__ == "__main__":
    main()
