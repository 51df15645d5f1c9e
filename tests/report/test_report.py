"""What is printed for a person: order, rule, width, and nothing that steers a terminal."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamcheck.features.indicators import detectors
from scamcheck.features.indicators.base import Kind
from scamcheck.features.indicators.counter_signs import REAL_CASE_SIGNS
from scamcheck.guidance import Answers, ImageShared, guide
from scamcheck.languages import LANGUAGES, load_language
from scamcheck.report.facts import facts_in_words, fill, money, number, time
from scamcheck.report.text import MAX_WIDTH, claims_heading, render
from scamcheck.report.why import MAX_CLAIMS, Reasons, excerpt, percent, printable
from scamcheck.types import Counterfactual, Counterfactuals, Finding, Span, Verdict
from tests.guidance.cases import may_say_bluff
from tests.guidance.test_rule import ANSWERS, BLUFF_WORDS
from tests.report.made import CONTACT, HANDLE, MAILS, MASS, WALLET, assessed, finding, reasons

NO = Answers(ImageShared.NO)
ALL_CLAIMS = [each.id for each in detectors() if each.kind in (Kind.CLAIM, Kind.COUNTER_SIGN)]


def shown(name, answers=None, language="en", width=None, **more):
    assessment = replace(MAILS[name], **more)
    return render(assessment, guide(assessment, answers, language=language), reasons(assessment), width=width)


def without_quotes(text, language):
    """Return an answer without the words of the mail and the titles, which tell what the mail says."""
    words = load_language(language)
    for detector in detectors():
        text = text.replace(words.text(f"indicators.{detector.id}.title"), "")
    return re.sub("“[^”]*”", "", text).casefold()


def test_a_frightened_person_reads_what_matters_first():
    text, words = shown("mass", NO), load_language("en")
    order = (
        "most likely a bluff", words.text("ui.what_now"), words.text("ui.who_helps"), words.text("ui.claims"),
        words.text("kinds.fact"), words.text("kinds.header"), words.text("ui.how_sure"), "Without the sentences",
    )  # fmt: skip
    places = [text.index(part) for part in order]
    assert places == sorted(places)


@settings(max_examples=200, deadline=None)
@given(answers=ANSWERS, name=st.sampled_from(sorted(MAILS)), language=st.sampled_from(LANGUAGES))
def test_nobody_reads_of_a_bluff_before_the_answer_no(answers, name, language):
    if may_say_bluff(answers):
        return
    text = without_quotes(shown(name, answers, language), language)
    assert not [word for word in BLUFF_WORDS[language] if word in text]


@pytest.mark.parametrize("answer", list(ImageShared))
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_claim_is_weighed_before_the_answer_no(answer, language):
    text, words = shown("mass", Answers(answer), language), load_language(language)
    for key in ("hacked_device", "recording", "contacts_threat"):
        for part in ("truth", "todo"):
            assert (words.text(f"indicators.{key}.{part}") in text) == (answer is ImageShared.NO), (key, part)


@settings(max_examples=100, deadline=None)
@given(answers=ANSWERS, name=st.sampled_from(sorted(MAILS)), language=st.sampled_from(LANGUAGES))
def test_what_is_true_is_told_of_a_sign_of_a_real_case_alone_where_nothing_may_be_weighed(answers, name, language):
    guidance, words = guide(MAILS[name], answers, language=language), load_language(language)
    text = render(MAILS[name], guidance, reasons(MAILS[name]))
    told = {each.id for each in detectors() if words.text(f"indicators.{each.id}.truth") in text}
    assert guidance.weigh_claims or told <= set(REAL_CASE_SIGNS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("answer", list(ImageShared))
def test_signs_of_somebody_known_are_always_shown_with_care(answer, language):
    text, words = shown("personal", Answers(answer), language), load_language(language)
    assert words.text("explain.really_known") in text
    assert words.text("indicators.image_held.todo") in text
    quiet = shown("personal", Answers(answer), language, verdict=Verdict.UNRELATED)
    assert words.text("indicators.shared_past.title") in quiet


@pytest.mark.parametrize("answer", [ImageShared.YES, ImageShared.UNKNOWN])
@pytest.mark.parametrize("language", LANGUAGES)
def test_where_an_image_may_be_real_nothing_is_said_of_the_verdict(answer, language):
    text, words = shown("mass", Answers(answer), language), load_language(language)
    for key in ("ui.how_sure", "verdicts.sextortion_scam", "explain.for"):
        assert words.text(key) not in text


@pytest.mark.parametrize("answer", [None, NO])
@pytest.mark.parametrize("name", sorted(MAILS))
def test_what_leads_to_the_mass_mail_is_never_thought_away(name, answer):
    mass = Counterfactual(("payment_demand",), (Span(0, 3),), Verdict.SEXTORTION_SCAM, 0.99)
    given = MAILS[name]
    told = Reasons(Counterfactuals((mass,), (mass,)))
    text = render(given, guide(given, answer), told)
    assert "Without the sentences" not in text
    if given.verdict is not Verdict.SEXTORTION_SCAM:
        assert load_language("en").text("verdicts.sextortion_scam") not in text


@pytest.mark.parametrize("name", ["personal", "short"])
def test_what_may_be_a_real_case_hangs_on_nothing(name):
    change = Counterfactual(("payment_demand",), (Span(0, 3),), Verdict.UNRELATED, 0.1)
    given = MAILS[name]
    assert "Without the sentences" not in render(given, guide(given), Reasons(Counterfactuals((change,), (change,))))


def test_only_needed_counterfactuals_are_told():
    change = Counterfactual(("payment_demand",), (Span(0, 3),), Verdict.UNCERTAIN, 0.1)
    given = MAILS["mass"]
    line = "Without the sentences under “Demands money” the answer would be: We cannot tell."
    assert line in render(given, guide(given), Reasons(Counterfactuals((change,), (change,))))
    assert line not in render(given, guide(given), Reasons(Counterfactuals((change,), ())))


def test_how_often_such_an_answer_is_right_is_told_only_where_it_was_measured():
    given = MAILS["mass"]
    words = load_language("en")
    measured = " ".join(fill(words.text("explain.measured"), texts=214, right=211).split())
    assert measured in " ".join(shown("mass").split())
    assert words.text("explain.not_measured") in " ".join(render(given, guide(given)).split())


def test_the_strongest_claims_stand_first_and_the_others_are_named():
    text = shown("mass")
    listed = re.findall(r"^\* (.*)$", text, re.MULTILINE)
    assert len(listed) == MAX_CLAIMS
    assert listed[0] == "Says your device or mailbox was hacked"
    assert "Demands money" not in listed
    more = next(line for line in text.splitlines() if line.startswith("  and 7 more: "))
    assert "Shows or mentions your password" in more
    assert "Demands money" in more


def test_a_bill_names_no_amount_and_an_uncertain_mail_does():
    assert "42.5" not in without_quotes(shown("bill"), "en")
    assert "Amount: 42.5 euros" in shown("bill", verdict=Verdict.UNCERTAIN)
    assert load_language("en").text("ui.no_findings") in shown("bill")


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"hidden_text": "roses"}, "ui.hidden_text"),
        ({"hidden_text": " \n"}, None),
        ({"other_alternative": "Dear all"}, "ui.other_alternative"),
        ({"defects": ("one part was cut",)}, "ui.defects"),
        ({"reason": "not_all_read"}, "ui.reasons.not_all_read"),
        ({"reason": "too_short"}, "explain.reasons.too_short"),
        ({"reason": "may_be_personal"}, "explain.reasons.may_be_personal"),
        ({"pictures": MAILS["forwarded"].pictures}, "ui.picture_not_seen"),
        ({"chain": MAILS["forwarded"].chain}, "ui.judged_inner"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_not_read_is_said_in_a_sentence(more, key, language):
    text, words = shown("contacts", language=language, **more), load_language(language)
    keys = ("ui.hidden_text", "ui.other_alternative", "ui.defects", "ui.picture_not_seen", "ui.judged_inner")
    said = {each for each in {*keys, key} - {None} if words.text(each) in text}
    assert said == ({key} if key else set())


def test_an_empty_mail_gets_an_answer():
    empty = assessed(Verdict.UNCERTAIN, "", (), 0.5, reason="too_short")
    text = render(empty, guide(empty))
    assert "116 000" in text
    assert load_language("en").text("explain.cannot_tell") in text


@pytest.mark.parametrize("width", [40, 72, MAX_WIDTH])
@pytest.mark.parametrize("name", sorted(MAILS))
def test_lines_are_broken_at_blanks_and_nothing_is_lost(name, width):
    for language in LANGUAGES:
        wide, narrow = shown(name, NO, language), shown(name, NO, language, width=width)
        assert narrow.split() == wide.split()
        for line in narrow.splitlines():
            assert len(line) <= width or len(line.split()) <= 2 or "--" in line, line
        assert (WALLET in narrow) == (WALLET in wide)


def test_nothing_steers_a_terminal():
    text = MASS.replace("January", "\x1b[31mJan\u202euary\x9b\x07")
    claim = finding(text, "hacked_device", text[text.index("I hacked") : text.index("I am writing")])
    handle = Finding("contact_handle", Span(0, 4), {"app": "Tele\x1bgram", "handle": "@a\u202eb\nc"})
    hostile = assessed(
        Verdict.SEXTORTION_SCAM,
        text,
        (claim, handle),
        defects=("x\x1b]0;title\x07",),
        other_alternative="a\u2066b\x1bc",
    )
    for answers in (None, NO):
        for width in (None, MAX_WIDTH):
            found = render(hostile, guide(hostile, answers), reasons(hostile), width=width)
            assert found.replace("\n", "").isprintable()
    assert printable("a\x1b[31mb\u202ec\x07") == "a [31mb c "


def test_the_same_mail_gives_the_same_bytes():
    assert shown("mass", NO, width=80) == shown("mass", NO, width=80)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (950.0, {"en": "950", "nl": "950", "fr": "950", "pl": "950"}),
        (1300.5, {"en": "1,300.5", "nl": "1.300,5", "de": "1.300,5", "fr": "1 300,5", "pl": "1 300,5"}),
        (1_250_000.0, {"en": "1,250,000", "it": "1.250.000", "es": "1.250.000", "pt": "1.250.000"}),
        (0.05, {"en": "0.05", "nl": "0,05"}),
        (0.00000001, {"en": "0.00000001"}),
    ],
)
def test_numbers_are_written_as_a_language_writes_them(value, written):
    for language, text in written.items():
        assert number(value, load_language(language)) == text


def test_facts_in_words():
    words = load_language("en")
    assert money({"amount": 1300.0, "currency": "USD"}, words) == "1,300 US dollars"
    assert money({"amount": 5000.0, "currency": "CZK"}, words) == "5,000 CZK"
    assert money({"amount": 700.0, "currency": "EUR"}, load_language("nl")) == "700 euro"
    assert time(48, words) == "48 hours (2 days)"
    assert time(24, words) == "24 hours"
    assert time(36, words) == "36 hours"
    assert time(1, words) == "1 hour"
    assert time(0.5, words) == "0.5 hours"
    lines = facts_in_words(MAILS["contacts"].findings, words)
    assert fill(words.text("explain.mail_contact"), address=CONTACT) in lines
    assert fill(words.text("explain.handle_contact"), app="Signal", handle=HANDLE) in lines
    unchecked = Finding(
        "crypto_address", Span(0, 1), {"address": "0xab", "coin": "ETH", "coin_name": "Ethereum", "checksum": "none"}
    )
    assert facts_in_words([unchecked], words) == (
        "Wallet for Ethereum: 0xab\nIt has no check digits. Only its form shows that it is an address.",
    )


HEADERS = [
    ({"trick": "look_alike", "domain": "example.net"}, "letters from another alphabet"),
    ({"trick": "own_address", "domain": "example.net"}, "your own address"),
    ({"trick": "own_name", "domain": "example.net"}, "your own name"),
    ({"trick": "address", "domain": "example.net", "shown_domain": "example.org"}, "an address at example.org"),
    ({"trick": "known_name", "domain": "example.net", "shown_name": "Europol"}, "is Europol, but"),
]


@pytest.mark.parametrize(("facts", "said"), HEADERS)
def test_what_the_headers_show_is_a_sentence_without_quotation_marks(facts, said):
    found = Finding("display_name", Span(0, 0), {"header": "From", **facts})
    for language in LANGUAGES:
        given = assessed(Verdict.SEXTORTION_SCAM, "", (found,))
        words = load_language(language)
        text = render(given, guide(given, language=language))
        part = text[text.index(words.text("kinds.header")) : text.index(words.text("ui.how_sure"))]
        assert "“" not in part
        assert "{" not in part
        assert language != "en" or said in part


@pytest.mark.parametrize(
    ("indicator", "facts", "said"),
    [
        ("reply_to_differs", {"from_domain": "a.test", "reply_domain": "b.test"}, "go to b.test, not to a.test"),
        ("reply_to_differs", {"from_domain": "a.test", "reply_domain": "a.test"}, "another mailbox at a.test"),
        ("sender_check", {"spf": "pass", "aligned": True}, "confirmed that"),
        ("sender_check", {"spf": "fail", "aligned": False}, "could not confirm"),
        ("platform_notice", {"platform": "PayPal", "kind": "invoice", "confirmed": True}, "PayPal, and"),
        ("platform_notice", {"platform": "PayPal", "kind": "invoice", "confirmed": False}, "from PayPal."),
        ("sender_is_recipient", {"spoof_reported": False}, "the same address"),
    ],
)
def test_the_other_facts_of_the_headers(indicator, facts, said):
    given = assessed(Verdict.SEXTORTION_SCAM, "", (Finding(indicator, Span(0, 0), {"header": "From", **facts}),))
    text = render(given, guide(given))
    assert said in text
    assert "made up" not in text


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0.9999, "more than 99%"),
        (1, "more than 99%"),
        (0.99, "99%"),
        (0.9899, "98%"),
        (0.62, "62%"),
        (0.001, "1%"),
    ],
)
def test_no_chance_is_rounded_up_to_certainty(share, written):
    assert percent(share, load_language("en")) == written


@pytest.mark.parametrize("answer", list(ImageShared))
def test_that_the_sender_is_made_up_is_told_after_the_answer_no(answer):
    told = load_language("en").text("explain.headers.spoofed") in shown("mass", Answers(answer))
    assert told == (answer is ImageShared.NO)


def test_a_filled_text_is_not_filled_twice():
    assert fill("{a} and {b}", a="{b}", b="{a}") == "{b} and {a}"


def test_excerpts_are_short_and_on_one_line():
    assert excerpt("a\n b\t c") == "“a b c”"
    assert excerpt("x" * 200) == "“" + "x" * 160 + "…”"


def test_what_the_heading_over_the_claims_says():
    keys = {
        (name, answers): claims_heading(given, guide(given, answers))
        for name, given in MAILS.items()
        for answers in (None, NO)
    }
    assert {key for (_, answers), key in keys.items() if answers is None} == {"ui.noticed"}
    assert keys["mass", NO] == "ui.claims"
    assert keys["warning", NO] == "ui.claims_about"
    assert keys["personal", NO] == keys["short", NO] == "ui.noticed"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_indicator_can_be_shown(language):
    words = load_language(language)
    for name in ALL_CLAIMS:
        given = assessed(Verdict.SEXTORTION_SCAM, "Some words.", (Finding(name, Span(0, 10)),))
        text = render(given, guide(given, NO, language=language), reasons(given))
        assert words.text(f"indicators.{name}.title") in text
        assert words.text(f"indicators.{name}.todo") in text
