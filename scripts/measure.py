#!/usr/bin/env python3
"""Measure the shipped model on real mail and on our held-out families; write figures and documents.

measure.py CORPUS: a folder with labels.csv. Writes docs/measured/real-mail.json, MODEL_CARD.md and the README's table.
"""

import json
import re
import sys
from pathlib import Path

import pandas as pd

from scamcheck.evaluation import evaluate, summarise
from scamcheck.model.card import model_card, readme_figures
from scamcheck.model.corpus import load_corpus
from scamcheck.model.store import load_model
from scamcheck.pipeline import assess
from scamcheck.types import Verdict

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ROOT / "docs" / "measured" / "real-mail.json"
BEGIN, END = "<!-- figures: made by `make measure` -->", "<!-- end of figures -->"


def held_out() -> dict[str, object]:
    """Return the figures on our own mails of the families that training never saw."""
    mails = [mail for mail in load_corpus(ROOT / "data") if mail.split == "test"]
    rows = [
        {
            "label": str(mail.label),
            "language": mail.language,
            "family": mail.family,
            "verdict": str(assess(mail.message(), load_model()).verdict),
        }
        for mail in mails
    ]
    personal = sum(mail.label is Verdict.PERSONAL_SEXTORTION for mail in mails)
    return {"mails": len(mails), "personal_mails": personal, **summarise(pd.DataFrame(rows))}


def main() -> None:
    """Run the measure."""
    real = evaluate(Path(sys.argv[1]), workers=2)
    figures = {"model_sha256": load_model().card.sha256, "real_mail": real, "held_out": held_out()}
    FIGURES.parent.mkdir(parents=True, exist_ok=True)
    FIGURES.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    (ROOT / "MODEL_CARD.md").write_text(model_card(figures), encoding="utf-8")
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    block = f"{BEGIN}\n\n{readme_figures(figures)}\n\n{END}"
    readme.write_text(re.sub(f"{re.escape(BEGIN)}.*{re.escape(END)}", lambda _: block, text, flags=re.DOTALL), "utf-8")
    print(readme_figures(figures))


if __name__ == "__main__":
    main()
