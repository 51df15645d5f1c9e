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
# # The corpus
# What was written, in which languages, and what is composed from the claim banks.

# %%
from pathlib import Path

import pandas as pd

from scamcheck.model.corpus import BANK, CLAIMS, load_bank, load_corpus
from scamcheck.pipeline import sample_of

DATA = Path("data")
mails = load_corpus(DATA)
table = pd.DataFrame(
    [
        {
            "language": m.language,
            "label": str(m.label),
            "family": m.family,
            "split": m.split,
            "register": m.register,
            "characters": len(m.text),
            "claims": len({claim.id for claim in m.claims}),
        }
        for m in mails
    ]
)
pd.crosstab(table["language"], table["label"], margins=True)

# %% [markdown]
# Letters are short and long, fluent and clumsy.

# %%
scams = table[table["label"] == "sextortion_scam"]
scams.groupby("register")["characters"].describe()[["count", "min", "50%", "max"]]

# %%
pd.crosstab(scams["family"], scams["split"])

# %% [markdown]
# Which claims do the letters make? No claim stands in all of them.

# %%
made = pd.Series([claim for m in mails if m.label == "sextortion_scam" for claim in {c.id for c in m.claims}])
(made.value_counts() / len(scams)).round(2)

# %%
bank = pd.DataFrame([{"language": w.language, "name": w.name, "split": w.split} for w in load_bank(DATA)])
set(bank["name"]) == BANK, len(CLAIMS)

# %%
pd.crosstab(bank["language"], bank["split"])

# %% [markdown]
# The models do not see words alone: concepts mean the same in every language.

# %%
example = next(m for m in mails if m.language == "ja" and m.family == "terse")
pd.DataFrame(
    [{"sentence": s.text, "concepts": ", ".join(sorted(s.concepts))} for s in sample_of(example.message()).sentences]
)
