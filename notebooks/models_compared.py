# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Which model?
# Six designs, on English, French, Czech and Japanese, each mail judged without its family (five folds): the plain
# TF-IDF and logistic regression on written mails; concepts alone; both; both with composed texts and fragments (what
# ships); and the sentence-claims design, alone and beside the one that ships.
# What counts is the recall at one false alarm in a thousand, and the log loss over six classes.

# %%
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

from scamcheck.features.matrix import Features
from scamcheck.model import claims
from scamcheck.model.corpus import load_bank
from scamcheck.model.train import choose_beta, folds, held_out_scores, load_training_set, softmax
from scamcheck.pipeline import sample_of
from scamcheck.types import LABELS

DATA, LANGUAGES = Path("data"), ["cs", "en", "fr", "ja"]
training = load_training_set(DATA, sample_of, languages=LANGUAGES)
features = Features().fit(training.samples)
counts = features.count(training.samples)
everything = features.documents(counts)
words = len(features.words.vocabulary_) + len(features.characters.vocabulary_)
len(training.mails), len(training.samples), everything.shape

# %% [markdown]
# The claims of each text, by a sentence model that saw the claim bank only, so that no mail judged here was in it.

# %%
bank, texts = claims.labelled_sentences([], [], load_bank(DATA, languages=LANGUAGES))
rows = claims.sentence_matrix(features, texts, bank)
shares = claims.fit(rows, bank).probabilities(features.sentences(counts)).values
highest = np.zeros((len(training.samples), shares.shape[1]))
np.maximum.at(highest, counts.owners, shares)
claim_features = sparse.csr_matrix(highest)

# %%
written = range(training.written)
truth = [mail.label for mail in training.mails]
scam = np.array([label == "sextortion_scam" for label in truth])
designs = {
    "plain TF-IDF + LR, written mails": (everything[:, :words], True),
    "concepts alone, with composed texts": (everything[:, words:], False),
    "TF-IDF and concepts, written mails": (everything, True),
    "TF-IDF and concepts, with composed texts (ships)": (everything, False),
    "sentence claims alone": (claim_features, True),
    "what ships, and sentence claims": (sparse.hstack([everything, claim_features], format="csr"), False),
}
found = []
for name, (matrix, only_written) in designs.items():
    splits = []
    for _, test in folds(training.mails):
        fit = training.without(test)
        splits.append((fit[fit < training.written] if only_written else fit, test))
    scores = held_out_scores(matrix, training, splits)
    shares = softmax(choose_beta(scores, truth) * scores)
    alarm = shares[:, LABELS.index("sextortion_scam")]
    others = np.sort(alarm[~scam])[::-1]
    right = [LABELS.index(label) for label in truth]
    found.append(
        {
            "design": name,
            "recall at 0.1 % false": (alarm[scam] > others[int(0.001 * len(others))]).mean(),
            "recall at 1 % false": (alarm[scam] > others[int(0.01 * len(others))]).mean(),
            "log loss": -np.log(shares[np.arange(len(right)), right]).mean(),
        }
    )
comparison = pd.DataFrame(found).set_index("design").round(3)
comparison

# %% [markdown]
# Claims add little to the verdict that words and concepts do not carry; so the simplest that wins ships, and the
# sentence model finds the evidence.
