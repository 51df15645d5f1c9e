"""The page in Streamlit's own test harness: every language, every answer, every kind of input."""

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from scamcheck.languages import LANGUAGES, load_language
from tests.conftest import MAILS, ROOT
from tests.readers import made

TIMEOUT = 60


@pytest.fixture
def page():
    return choose(AppTest.from_file(str(ROOT / "app.py"), default_timeout=TIMEOUT).run(), country="BE")


def shown(page):
    return " ".join(
        [
            element.value
            for kind in ("title", "header", "markdown", "caption", "warning", "info", "text")
            for element in page.get(kind)
        ]
        + [element.proto.body for element in page.get("html")]
    )


def paste(page, text):
    page.text_area[0].set_value(text)
    page.button[0].click()
    return page.run()


def choose(page, **choices):
    for key, value in choices.items():
        page.selectbox(key=key).set_value(value)
    return page.run()


def answer(page, value):
    page.radio(key="answer").set_value(value)
    return page.run()


MAIL = (MAILS / "plain.eml").read_text(encoding="utf-8")


def test_the_page_opens_without_an_error(page):
    assert not page.exception
    assert load_language("en").text("ui.upload_warning") in shown(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_way_in_every_language(page, language):
    page.selectbox(key="language").set_value(language).run()
    paste(page, MAIL)
    words = load_language(language)
    assert not page.exception
    assert words.text("guidance.open.sextortion_scam.headline") in shown(page)
    assert page.radio(key="answer").label == words.text("guidance.question")
    for value, key in (("no", "guidance.no.sextortion_scam"), ("yes", "guidance.yes"), ("unknown", "guidance.unknown")):
        answer(page, value)
        assert not page.exception
        assert words.text(f"{key}.headline").split("'")[0] in shown(page)


def test_nothing_is_called_a_bluff_before_the_answer(page):
    paste(page, MAIL)
    assert "bluff" not in shown(page).lower()
    assert load_language("en").text("guidance.open.sextortion_scam.headline") in shown(page)
    assert "bluff" in shown(answer(page, "no")).lower()
    assert "bluff" not in shown(answer(page, "yes")).lower()


def test_a_harmless_text_asks_the_question_too(page):
    paste(
        page,
        "Dear all, the meeting about the new printers moves to Thursday at ten. Best wishes, Carla from the office",
    )
    assert page.radio(key="answer").value is None
    assert "safe" not in shown(page).lower().replace("safeonweb", "")
    assert "116 000" in shown(answer(page, "yes"))


def test_the_password_is_not_shown(page):
    paste(page, MAIL)
    assert "kestrel" not in shown(page)


def test_an_upload_is_checked(page):
    page.file_uploader[0].upload("mail.eml", (MAILS / "html.eml").read_bytes(), "message/rfc822")
    page.button[0].click()
    page.run()
    assert not page.exception
    assert load_language("en").text("guidance.open.sextortion_scam.headline") in shown(page)
    assert load_language("en").text("ui.hidden_text") in shown(page)


def test_a_picture_is_not_shown_and_leads_to_help(page):
    page.file_uploader[0].upload("a.png", made.saved(Image.new("RGB", (400, 300), "navy")), "image/png")
    page.button[0].click()
    page.run(timeout=60)
    assert not page.exception
    assert not page.get("imgs")
    assert load_language("en").text("ui.reasons.picture_without_text") in shown(page)
    assert "116 000" in shown(page)


def test_a_broken_picture_leads_to_help(page):
    page.file_uploader[0].upload("a.png", b"\x89PNG\r\n\x1a\n" + bytes(60), "image/png")
    page.button[0].click()
    page.run(timeout=60)
    assert load_language("en").text("errors.damaged") in shown(page)
    assert "116 000" in shown(page)


def test_a_screenshot_is_read(page):
    page.file_uploader[0].upload("a.png", made.saved(made.screenshot(MAIL)), "image/png")
    page.button[0].click()
    page.run(timeout=60)
    assert not page.exception
    assert load_language("en").text("guidance.open.sextortion_scam.headline") in shown(page)


def test_nothing_given_is_a_friendly_word(page):
    page.button[0].click()
    page.run()
    assert load_language("en").text("ui.nothing_given") in shown(page)


def test_whatever_breaks_the_reader_sees_who_helps(page, monkeypatch):
    monkeypatch.setattr("scamcheck.pipeline.layers", lambda message: 1 / 0)
    paste(page, MAIL)
    assert not page.exception
    assert load_language("en").text("errors.broken") in shown(page)
    assert "116 000" in shown(page)


def test_a_missing_model_still_shows_who_helps(page, monkeypatch):
    from scamcheck.errors import ModelError

    def broken():
        raise ModelError("gone")

    monkeypatch.setattr("scamcheck.pipeline.load_model", broken)
    paste(page, MAIL)
    assert load_language("en").text("errors.model") in shown(page)
    assert "116 000" in shown(page)


def test_start_over_forgets_the_mail(page):
    page.selectbox(key="language").set_value("nl").run()
    paste(page, MAIL)
    page.button[-1].click()
    page.run()
    assert page.text_area[0].value == ""
    assert "assessment" not in page.session_state
    assert page.selectbox(key="language").value == "nl"


def test_a_new_mail_takes_back_the_answer(page):
    paste(page, MAIL)
    answer(page, "no")
    page.button[-1].click()
    page.run()
    paste(page, MAIL + " Pay soon.")
    assert page.radio(key="answer").value is None


def test_hostile_text_is_shown_as_text(page):
    paste(
        page,
        "I hacked you <script>alert(1)</script> <img src=https://example.org/x.png> pay me 900 dollars in bitcoin now",
    )
    assert "<script>alert" not in shown(page)
    assert "<img" not in shown(page)


def test_where_the_threat_may_be_real_no_claim_is_weighed(page):
    words = load_language("en")
    paste(page, MAIL)
    for value in (None, "yes", "unknown"):
        if value:
            answer(page, value)
        assert words.text("ui.noticed") in shown(page)
        assert words.text("indicators.sender_is_recipient.truth") not in shown(page)
        assert words.text("verdicts.sextortion_scam") not in shown(page)
        for indicator in ("recording", "hacked_device", "leaked_password", "adult_sites"):
            assert words.text(f"indicators.{indicator}.truth") not in shown(page)
    answer(page, "no")
    assert words.text("indicators.recording.truth") in shown(page)
    assert words.text("indicators.sender_is_recipient.truth") in shown(page)


def test_a_bad_file_leaves_the_box_open(page):
    page.file_uploader[0].upload("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1" + bytes(range(256)), "application/msword")
    page.button[0].click()
    page.run()
    assert load_language("en").text("errors.binary") in shown(page)
    paste(page, MAIL)
    assert load_language("en").text("guidance.open.sextortion_scam.headline") in shown(page)


def test_the_country_decides_who_helps(page):
    paste(page, MAIL)
    answer(page, "yes")
    assert "Child Focus" in shown(page)
    choose(page, country="GB")
    assert "Child Focus" not in shown(page)
    assert "Revenge Porn Helpline" in shown(page)
    choose(page, country="XX")
    assert load_language("en").text("guidance.crisis") in shown(page)
    assert "Revenge Porn Helpline" not in shown(page)


def test_a_minor_is_never_told_that_it_is_a_bluff(page):
    words = load_language("en")
    paste(page, MAIL)
    answer(page, "no")
    assert words.text("guidance.no.sextortion_scam.headline") in shown(page)
    page.radio(key="minor").set_value("yes").run()
    assert words.text("guidance.no.sextortion_scam.headline") not in shown(page)
    assert words.text("indicators.recording.truth") not in shown(page)
    assert "Child Focus" in shown(page)


def test_what_the_reader_did_already_changes_the_steps(page):
    words = load_language("en")
    paste(page, MAIL)
    answer(page, "no")
    assert words.text("steps.paid") not in shown(page)
    page.checkbox(key="done-paid").check().run()
    assert words.text("steps.paid") in shown(page)


def test_how_an_image_came_to_be_is_asked_only_where_there_may_be_one(page):
    paste(page, MAIL)
    answer(page, "no")
    assert "how-faked" not in [box.key for box in page.checkbox]
    answer(page, "unknown")
    assert "how-faked" in [box.key for box in page.checkbox]
