"""The feature matrices: words, character n-grams and concepts, by sentence and by document.

Both models count the same things once: the document model sees the sum over a message's sentences, the claims model
each sentence alone. Concepts come in three kinds: spoken of at all, together in one sentence, together within a few
sentences. The last carries what makes a letter (access here, a price there) without long texts having everything.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.preprocessing import normalize

from scamcheck.features.concepts import concepts
from scamcheck.features.vectorize import MARKS, Sample, Sentence

MAX_WORDS = 45_000
MAX_CHARACTERS = 60_000
"""Vocabulary sizes, of the most frequent n-grams: what fits into the memory that a check may take."""

CONCEPT_WEIGHT = 0.6
"""The length of the part of a row that holds the concepts; words and characters have length 1 each. A fixed length, so
that a long text does not outweigh a short one. Chosen by cross-validation over families."""

NEAR = 6
"""Sentences within which two concepts stand together. Chosen by cross-validation over families."""

REACH, CONTEXT_WEIGHT = 3, 0.6
"""How many sentences before and behind one lend it their concepts, and the length of that part of its row: "Yep, you
did." claims nothing by itself. Chosen by cross-validation over families."""

_UNSPACED = "\u3040-\u30ff\u3400-\u9fff"
_TOKEN = rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+"  # without spaces between words, each character is a token


Weigh = Callable[[Any], Any]
"""Gives the weight of each feature in an array of their column numbers."""


@cache
def _places() -> dict[str, int]:
    return {name: place for place, name in enumerate((*concepts(), *MARKS))}


def context_columns() -> int:
    """Return how many of the last columns of a sentence's row tell of the sentences around it."""
    return 3 * len(_places())


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted in some messages: one row a sentence, and the message that each sentence belongs to."""

    words: Any
    characters: Any
    concepts: list[list[int]]
    owners: Any
    messages: int


class Features:
    """The vocabularies and weights learnt from training texts. Fitted once; then turns samples into matrices."""

    def __init__(self) -> None:
        self.words = CountVectorizer(
            ngram_range=(1, 2), token_pattern=_TOKEN, min_df=2, max_features=MAX_WORDS, dtype=np.float64
        )
        self.characters = CountVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), min_df=3, max_features=MAX_CHARACTERS, dtype=np.float64
        )
        self.weights = {
            (rows, block): TfidfTransformer(sublinear_tf=True)
            for rows in ("document", "sentence")
            for block in ("words", "characters")
        }

    def fit(self, samples: Sequence[Sample]) -> "Features":
        """Learn vocabularies and weights from training texts; labels are not looked at."""
        sentences = [sentence.text for sample in samples for sentence in sample.sentences]
        self.words.fit(sentences)
        self.characters.fit(sentences)
        counts = self.count(samples)
        for (rows, block), weights in self.weights.items():
            weights.fit(_rows(counts, block, rows))
        return self

    def count(self, samples: Sequence[Sample]) -> Counts:
        """Return the counts of some samples."""
        sentences: list[Sentence] = [sentence for sample in samples for sentence in sample.sentences]
        texts = [sentence.text for sentence in sentences]
        places = _places()
        return Counts(
            words=self.words.transform(texts),
            characters=self.characters.transform(texts),
            concepts=[sorted(places[name] for name in sentence.concepts) for sentence in sentences],
            owners=np.repeat(np.arange(len(samples)), [len(sample.sentences) for sample in samples]),
            messages=len(samples),
        )

    def documents(self, counts: Counts) -> Any:
        """Return the sparse matrix of the messages: one row a message."""
        return self._matrix(counts, "document", _near(counts))

    def sentences(self, counts: Counts) -> Any:
        """Return the sparse matrix of the sentences: one row a sentence, with the concepts of those around it."""
        own = self._matrix(counts, "sentence", [_together(found) for found in counts.concepts])
        around = _indicator_matrix(_around(counts), width=context_columns())
        return sparse.hstack([own, CONTEXT_WEIGHT * normalize(around)], format="csr")

    def split(self, counts: Counts, message: int, weigh: Weigh) -> Any:
        """Return for each sentence of a message what it brings to the weighted sum of the message's row.

        What a feature brings is divided over the sentences that have it: words and characters in proportion to their
        counts, a concept or a pair in one sentence equally, a pair of near sentences equally over the places where it
        stands, half to either sentence. The results add up to the whole but for the rounding of the last digits, and
        are the same at every run: no sum depends on the order of a set or on the number of threads.
        """
        first, past = np.searchsorted(counts.owners, [message, message + 1])
        words, characters = (self.weights["document", block].idf_ for block in ("words", "characters"))
        return (
            _split_terms(counts.words[first:past], words, weigh)
            + _split_terms(counts.characters[first:past], characters, lambda columns: weigh(len(words) + columns))
            + _split_concepts(
                counts.concepts[first:past], lambda columns: weigh(len(words) + len(characters) + columns)
            )
        )

    def _matrix(self, counts: Counts, rows: str, found: list[set[int]]) -> Any:
        blocks = [self.weights[rows, block].transform(_rows(counts, block, rows)) for block in ("words", "characters")]
        return sparse.hstack([*blocks, CONCEPT_WEIGHT * normalize(_indicator_matrix(found))], format="csr")


def _rows(counts: Counts, block: str, rows: str) -> Any:
    by_sentence = getattr(counts, block)
    if rows == "sentence":
        return by_sentence
    count = len(counts.owners)
    sums = sparse.csr_matrix((np.ones(count), (counts.owners, np.arange(count))), shape=(counts.messages, count))
    return sums @ by_sentence


def _pair(first: int, second: int) -> int:
    """Return the number of a pair of concepts, behind the concepts themselves."""
    size = len(_places())
    return size + min(first, second) * size + max(first, second)


def _together(found: list[int]) -> set[int]:
    return {*found, *(_pair(one, other) for place, one in enumerate(found) for other in found[place + 1 :])}


def _near(counts: Counts) -> list[set[int]]:
    """Return for each message its concepts, the pairs in one sentence, and the pairs in sentences near each other."""
    shift = len(_places()) ** 2
    features: list[set[int]] = [set() for _ in range(counts.messages)]
    for place, (owner, found) in enumerate(zip(counts.owners, counts.concepts, strict=True)):
        following = range(place, min(place + NEAR, len(counts.owners)))
        near = {name for other in following if counts.owners[other] == owner for name in counts.concepts[other]}
        features[owner] |= _together(found)
        features[owner] |= {shift + _pair(one, other) for one in found for other in near}
    return features


def _around(counts: Counts) -> list[set[int]]:
    """Return for each sentence the concepts of the one before, of the one behind, and of those further off."""
    size, last = len(_places()), len(counts.owners)
    found: list[set[int]] = []
    for place, owner in enumerate(counts.owners):
        others = (other for other in range(max(0, place - REACH), min(last, place + REACH + 1)) if other != place)
        sides = ((other, {-1: 0, 1: 1}.get(other - place, 2)) for other in others if counts.owners[other] == owner)
        found.append({side * size + name for other, side in sides for name in counts.concepts[other]})
    return found


def _indicator_matrix(found: list[set[int]], *, width: int | None = None) -> Any:
    """Return rows of zeros and ones; by default as wide as concepts and both kinds of pairs."""
    size = len(_places())
    columns = [column for features in found for column in sorted(features)]
    edges = np.cumsum([0, *map(len, found)])
    return sparse.csr_matrix(
        (np.ones(len(columns)), columns, edges), shape=(len(found), width or size + 2 * size * size)
    )


def _split_terms(by_sentence: Any, idf: Any, weigh: Weigh) -> Any:
    """Return what each sentence brings to the weighted tf-idf values of words or characters."""
    count = by_sentence.shape[0]
    columns, place = np.unique(by_sentence.indices, return_inverse=True)
    if not len(columns):
        return np.zeros(count)
    totals = np.bincount(place, by_sentence.data)
    values = (1 + np.log(totals)) * idf[columns]
    worth = weigh(columns) * values / np.sqrt((values * values).sum()) / totals
    rows = np.repeat(np.arange(count), np.diff(by_sentence.indptr))
    return np.bincount(rows, worth[place] * by_sentence.data, minlength=count)


def _split_concepts(found: list[list[int]], weigh: Weigh) -> Any:
    """Return what each sentence brings to the weighted values of concepts and both kinds of pairs."""
    size, count = len(_places()), len(found)
    rows = np.repeat(np.arange(count), [len(names) for names in found])
    if not len(rows):
        return np.zeros(count)
    has = np.zeros((count, size))
    has[rows, np.concatenate(found).astype(int)] = 1
    following = np.zeros_like(has)  # how many of the sentences behind, but near, have the concept
    for step in range(1, min(NEAR, count)):
        following[:-step] += has[step:]
    # All counts are whole numbers, so the order of these sums does not matter. Pairs stand above the diagonal, where
    # a concept pairs with itself.
    together, ordered = np.triu(has.T @ has), has.T @ following
    near = together + np.triu(ordered) + np.tril(ordered, -1).T
    pairs = np.arange(size, size + size * size).reshape(size, size)
    value = CONCEPT_WEIGHT / np.sqrt(sum(map(np.count_nonzero, (together, near))))

    def worth(columns: Any, places: Any) -> Any:
        """Return what one place of each feature is worth; 0 for features that stand nowhere."""
        there = places > 0
        table = np.zeros_like(places)
        table[there] = weigh(columns[there]) * value / places[there]
        return table

    of_near = worth(pairs + size * size, near)
    in_one = np.diag(worth(np.arange(size), together.diagonal())) + worth(pairs, np.triu(together, 1)) + of_near
    sparse_has = sparse.csr_matrix(has)
    amounts = ((sparse_has @ in_one) * has).sum(axis=1)
    halves = sparse_has @ ((of_near + of_near.T - np.diag(of_near.diagonal())) / 2)
    amounts += (halves * following).sum(axis=1)
    for step in range(1, min(NEAR, count)):
        amounts[step:] += (halves[:-step] * has[step:]).sum(axis=1)
    return amounts
