#!/usr/bin/env python3
"""Measure the shipped model on real mail; write the figures and the documents made of them.

measure.py CORPUS: a folder with labels.csv. Writes docs/measured/real-mail.json, MODEL_CARD.md and the README's table.
"""

import json
import re
import sys
from pathlib import Path

from scamcheck.evaluation import evaluate
from scamcheck.model.card import model_card, readme_figures
from scamcheck.model.store import load_model

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ROOT / "docs" / "measured" / "real-mail.json"
BEGIN, END = "<!-- figures: made by `make measure` -->", "<!-- end of figures -->"


def main() -> None:
    """Run the measure."""
    real = evaluate(Path(sys.argv[1]), workers=2)
    figures = {"model_sha256": load_model().card.sha256, "real_mail": real}
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
