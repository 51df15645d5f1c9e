#!/usr/bin/env python3
"""Measure the shipped model; write the figures, and the documents made of them.

measure.py CORPUS [--only PART ...]: CORPUS is a folder of real mail with labels.csv. The parts are real-mail,
cross-validation, robustness, forms, reading and speed; each writes docs/measured/PART.json with the model's digest.
Then MODEL_CARD.md and the figures of the README are made from all. All parts together take about an hour.
"""

import argparse
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from joblib import Parallel, delayed

from scamcheck.errors import UnreadableInputError
from scamcheck.evaluation import evaluate, read_labels
from scamcheck.model.card import model_card, readme_figures
from scamcheck.model.corpus import load_corpus
from scamcheck.model.disguise import DISGUISES
from scamcheck.model.store import Model, load_model
from scamcheck.model.train import fit_classifier, load_training_set
from scamcheck.model.validate import cross_validate
from scamcheck.pipeline import sample_of
from scamcheck.readers import read
from scamcheck.robustness import ablated, disguised
from scamcheck.types import Verdict

ROOT = Path(__file__).resolve().parent.parent
DATA, MEASURED = ROOT / "data", ROOT / "docs" / "measured"
BEGIN, END = "<!-- figures: made by `make measure` -->", "<!-- end of figures -->"
WORKERS = 2
CHUNK = 40


def real_mail(corpus: Path) -> dict[str, Any]:
    """Return the figures on real mail; the macro average is over families of mass mails."""
    figures = evaluate(corpus, workers=WORKERS)
    families = figures["scam_found_by_family"].values()
    shares = [counts.get("sextortion_scam", 0) / sum(counts.values()) for counts in families]
    return {**figures, "recall_macro_over_families": round(float(np.mean(shares)), 4), "families": len(shares)}


def held_out_model() -> Model:
    """Return the shipped model with the classifier of documents fitted on the training families only."""
    training, shipped = load_training_set(DATA, sample_of), load_model()
    matrix = shipped.features.documents(shipped.features.count(training.samples))
    fit = training.without(np.flatnonzero([mail.split == "test" for mail in training.mails]))
    return replace(shipped, document=fit_classifier(matrix[fit].astype(np.float32), training.labels[fit]))


def _add(tables: list[dict[str, dict[str, int]]]) -> dict[str, dict[str, int]]:
    keys = ("alarms", "other", "other_kept", "scam", "scam_kept")
    return {way: {key: sum(table[way].get(key, 0) for table in tables) for key in keys} for way in DISGUISES}


def _real_chunk(corpus: Path, names: list[str]) -> dict[str, dict[str, int]]:
    texts = []
    for name in names:
        try:
            texts.append((name, read((corpus / name).read_bytes(), filename=name)))
        except UnreadableInputError:
            continue
    return disguised(texts, load_model())


def robustness(corpus: Path) -> dict[str, Any]:
    """Return how verdicts hold under every disguise, on real mail and held-out families, and without single claims."""
    files = [str(name) for name in read_labels(corpus)["file"]]
    chunks = [files[at : at + CHUNK] for at in range(0, len(files), CHUNK)]
    real = Parallel(n_jobs=WORKERS)(delayed(_real_chunk)(corpus, chunk) for chunk in chunks)
    model = held_out_model()
    held_out = [mail for mail in load_corpus(DATA) if mail.split == "test"]
    letters = [mail for mail in held_out if mail.label is Verdict.SEXTORTION_SCAM]
    return {
        "real_mail": _add(real),
        "held_out_families": disguised(((mail.id, mail.message()) for mail in held_out), model),
        "without_claim": ablated(letters, model),
    }


def benchmark(name: str, *arguments: Path) -> dict[str, Any]:
    """Return what a benchmark prints, run in a process of its own."""
    script = ROOT / "benchmarks" / f"{name}.py"
    done = subprocess.run([sys.executable, str(script), *arguments], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> None:
    """Run the measure."""
    parts = {
        "real-mail": real_mail,
        "cross-validation": lambda corpus: cross_validate(DATA, sample_of),
        "robustness": robustness,
        "forms": lambda corpus: benchmark("forms", corpus),
        "reading": lambda corpus: benchmark("reading", corpus),
        "speed": lambda corpus: benchmark("check_speed"),
    }
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--only", nargs="+", choices=parts, default=list(parts))
    options = parser.parse_args()
    MEASURED.mkdir(parents=True, exist_ok=True)
    for part in options.only:
        print(f"measuring {part} ...", file=sys.stderr)
        figures = {"model_sha256": load_model().card.sha256, **parts[part](options.corpus)}
        text = json.dumps(figures, indent=1, ensure_ascii=False)
        (MEASURED / f"{part}.json").write_text(text + "\n", encoding="utf-8")
    figures = {part: json.loads((MEASURED / f"{part}.json").read_text(encoding="utf-8")) for part in parts}
    (ROOT / "MODEL_CARD.md").write_text(model_card(figures), encoding="utf-8")
    readme = ROOT / "README.md"
    block = f"{BEGIN}\n\n{readme_figures(figures)}\n\n{END}"
    text = re.sub(f"{re.escape(BEGIN)}.*{re.escape(END)}", lambda _: block, readme.read_text("utf-8"), flags=re.DOTALL)
    readme.write_text(text, "utf-8")
    print(readme_figures(figures))


if __name__ == "__main__":
    main()
