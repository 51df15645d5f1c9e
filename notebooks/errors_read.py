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
# # Errors, read
# What the model gets wrong when it has not seen the story: from the figures that `make measure` wrote.

# %%
import json
from pathlib import Path

import pandas as pd

from scamcheck.model.corpus import load_corpus
from scamcheck.pipeline import check
from scamcheck.types import Verdict

crossed = json.loads(Path("docs/measured/cross-validation.json").read_text(encoding="utf-8"))
family, language = crossed["leave_one_family_out"], crossed["leave_one_language_out"]
pd.DataFrame({"family left out": family["by_language"], "language left out": language["by_language"]}).map(
    lambda row: round(row["found"] / row["letters"], 2)
)

# %% [markdown]
# Which stories are hard? Short fragments, letters without a wallet, and accusations: they lack what most letters have.

# %%
pd.DataFrame(family["by_family"]).T.assign(share=lambda rows: (rows["found"] / rows["letters"]).round(2)).sort_values(
    "share"
)

# %%
pd.DataFrame(family["verdicts"]["verdicts_by_label"]).T.fillna(0).astype(int)

# %% [markdown]
# Letters that the shipped model, which has seen them, still does not name: what do they look like?

# %%
letters = [mail for mail in load_corpus(Path("data"), languages=["en", "nl"]) if mail.label is Verdict.SEXTORTION_SCAM]
unnamed = [
    (mail, assessment)
    for mail in letters
    if (assessment := check(mail.message())).verdict is not Verdict.SEXTORTION_SCAM
]
pd.DataFrame(
    [
        {"id": mail.id, "verdict": str(a.verdict), "reason": a.reason, "characters": len(mail.text)}
        for mail, a in unnamed
    ],
    columns=["id", "verdict", "reason", "characters"],
)
