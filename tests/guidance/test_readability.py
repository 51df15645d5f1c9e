"""The advice is read by frightened people, by children, and by people who read a second language."""

import pytest

from tests.guidance.cases import READY, texts
from tests.guidance.readability import FORMULAS, count, syllables

ADVICE = ("guidance.", "steps.", "topics.")
MIN_EASE = 60
"""The lower edge of plain language on the scale of Flesch; also the edge that Gulpease names for lower secondary."""
MAX_SENTENCE = 28
MAX_WORD_LETTERS = {"pl": 6.6}
"""Letters for one word where no formula is. Polish prose for adults has about 6.0, law texts 7."""


def advice(language):
    return {key: text for key, text in texts(language).items() if key.startswith(ADVICE)}


@pytest.mark.parametrize("language", READY)
def test_the_advice_is_plain(language):
    found = count("\n".join(advice(language).values()), language)
    assert found.sentence_length <= 13
    if language in FORMULAS:
        assert FORMULAS[language](found) >= MIN_EASE
    else:
        assert found.word_letters <= MAX_WORD_LETTERS[language]


@pytest.mark.parametrize("language", READY)
def test_every_topic_is_plain(language):
    for key, text in advice(language).items():
        if key.startswith("topics.") and not key.endswith(".title") and language in FORMULAS:
            assert FORMULAS[language](count(text, language)) >= MIN_EASE - 5, key


@pytest.mark.parametrize("language", READY)
def test_sentences_are_short(language):
    lengths = [len(sentence) for text in advice(language).values() for sentence in count(text, language).sentences]
    assert sum(length > 20 for length in lengths) <= 0.05 * len(lengths)
    assert max(lengths) <= MAX_SENTENCE


@pytest.mark.parametrize(
    ("language", "word", "wanted"),
    [
        ("en", "trusted", 2), ("en", "moved", 1), ("en", "people", 2), ("en", "image", 2),
        ("nl", "bewijzen", 3), ("nl", "ideeën", 3), ("nl", "u", 1),
        ("fr", "banque", 1), ("fr", "image", 2), ("de", "Polizei", 3), ("es", "policía", 3),
        ("it", "aiuto", 3), ("pt", "ajuda", 3), ("pl", "pomoc", 2),
    ],
)  # fmt: skip
def test_syllables_are_counted(language, word, wanted):
    assert abs(syllables(word, language) - wanted) <= (language in ("es", "it"))  # "ía", "aiu": two vowels, one group


def test_hard_text_is_told_from_plain_text():
    hard = (
        "Notwithstanding the aforementioned considerations, complainants are recommended to initiate notification "
        "procedures regarding unauthorised dissemination of compromising audiovisual documentation immediately."
    )
    for language, formula in FORMULAS.items():
        assert formula(count(hard, language)) < MIN_EASE - 5 < formula(count("Go to a man. Say no.", language)), (
            language
        )
