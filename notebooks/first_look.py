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
# # A first look
# One mail through the whole program, and the make-up of the training corpus.

# %%
from pathlib import Path

import pandas as pd

import scamcheck
from scamcheck.model.corpus import load_corpus

# %%
assessment = scamcheck.check(Path("tests/mails/lookalikes.eml").read_bytes(), filename="lookalikes.eml")
pd.Series({str(label): share for label, share in assessment.probabilities.items()}).round(3)

# %% [markdown]
# Each finding has its span in the text that the reader sees, also where letters are disguised.

# %%
pd.DataFrame(
    [{"indicator": f.indicator, "words": f.span.of(assessment.text)[:60], **f.facts} for f in assessment.findings]
)

# %%
guidance = scamcheck.guide(assessment, country="BE", language="en")
print(guidance.headline, guidance.question, *guidance.routes, sep="\n")

# %%
mails = pd.DataFrame(
    [{"language": m.language, "label": str(m.label), "split": m.split} for m in load_corpus(Path("data"))]
)
pd.crosstab(mails["label"], mails["split"])
