import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcheck.features.concepts import concepts, find_concepts
from scamcheck.languages import MAIL_LANGUAGES, load_cues, load_units
from scamcheck.text.unicode import fold, strip_marks
from tests.conftest import ROOT


def spoken_of(text, language):
    return {hit.concept for hit in find_concepts(fold(text).mapped.text, language)}


def test_there_are_cues_for_every_corpus_language():
    assert set(MAIL_LANGUAGES) == {path.name for path in (ROOT / "data").iterdir() if path.is_dir()}


@pytest.mark.parametrize("language", MAIL_LANGUAGES)
def test_every_language_has_every_concept(language):
    cues = load_cues(language)
    assert tuple(cues) == concepts()
    for concept, stems in cues.items():
        assert len(stems) >= 3, concept
        assert len(set(stems)) == len(stems), f"{concept}: a stem stands twice"
        assert all(stem == stem.lower() and stem.strip("* ") for stem in stems), concept
    units = load_units(language)
    assert units.hours
    assert units.days


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "I've hacked your webcam. Pay in bitcoin within 48 hours.", {"hacking", "camera", "coin", "time_limit"}),
        ("nl", "Betaal in bitcoin, of uw contacten zien de video.", {"payment", "coin", "contacts", "recording"}),
        ("de", "Ihre Webcam hat ein Video aufgenommen.", {"camera", "recording", "reader"}),
        ("fr", "Votre mot de passe est connu de la police.", {"password", "police"}),
        ("pl", "Nagrałem wideo twoją kamerą.", {"recording", "camera"}),
        ("ru", "Я взломал вашу почту и записал видео.", {"hacking", "recording"}),
        (
            "ja",
            "ウェブカメラで録画しました。ビットコインで支払ってください。",
            {"camera", "recording", "coin", "payment"},
        ),
        ("zh", "我黑进了你的电脑，请用比特币付款。", {"device", "coin", "payment"}),
        ("ko", "웹캠으로 녹화했습니다. 비트코인을 보내세요.", {"camera", "recording", "coin"}),
        ("ar", "سجلت فيديو بكاميرا هاتفك، ادفع بالبيتكوين", {"recording", "camera", "coin"}),
        ("el", "Κατέγραψα βίντεο με την κάμερά σου.", {"recording", "camera"}),
        ("tr", "Kameranla video kaydettim, bitcoin öde.", {"camera", "recording", "coin"}),
    ],
)
def test_the_same_concepts_in_other_words(language, text, expected):
    assert expected <= spoken_of(text, language)


def test_a_stem_matches_beginnings_whole_words_and_phrases():
    assert "coin" in spoken_of("MYBTC", "en")  # *btc: anywhere
    assert "writer" not in spoken_of("icy items", "en")  # i$: the word alone
    assert "silence" in spoken_of("Don't reply", "en")
    assert "silence" not in spoken_of("don't, she said, reply", "en")


@given(st.text(max_size=300), st.sampled_from(MAIL_LANGUAGES))
def test_hits_lie_in_the_text(text, language):
    for hit in find_concepts(text, language):
        assert 0 <= hit.span.start < hit.span.end <= len(text)
        assert hit.concept in concepts()


@pytest.mark.parametrize("language", MAIL_LANGUAGES)
def test_hostile_text_takes_linear_time(language):
    def seconds(text):
        start = time.process_time()
        find_concepts(text, language)
        return time.process_time() - start

    stems = strip_marks(" ".join(stem.strip("*$") for stems in load_cues(language).values() for stem in stems))
    for unit in (stems + " ", "i ", "i", "key "):
        text = (unit * (40_000 // len(unit) + 1))[:40_000]
        assert seconds(text) < 9 * seconds(text[:10_000]) + 0.2
