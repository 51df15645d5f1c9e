"""The documents that are made from measured figures: MODEL_CARD.md, and the table in the README."""

from collections.abc import Mapping
from typing import Any

from scamcheck.model.store import load_model

Figures = Mapping[str, Any]


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.1%})" if whole else "none measured"


def _interval(bounds: list[float]) -> str:
    return f"{bounds[0]:.1%} to {bounds[1]:.1%}"


def _rows(pairs: list[tuple[str, str]]) -> str:
    return "\n".join(f"| {name} | {value} |" for name, value in pairs)


def _verdict_table(table: Mapping[str, Mapping[str, int]], first: str) -> str:
    columns = sorted({verdict for counts in table.values() for verdict in counts})
    head = f"| {first} | " + " | ".join(f"`{column}`" for column in columns) + " |"
    rule = "|---" * (len(columns) + 1) + "|"
    rows = [
        f"| {name} | " + " | ".join(str(counts.get(column, "")) for column in columns) + " |"
        for name, counts in sorted(table.items())
    ]
    return "\n".join([head, rule, *rows])


def readme_figures(figures: Figures) -> str:
    """Return the table of the README: what was measured on real mail and on held-out families of our own."""
    real = figures["real_mail"]
    scam, ours = real["sextortion_scam"], load_model().card.measured["held_out"]["sextortion_scam"]
    found_all = f"{_share(scam['found'], scam['mails'])}, 95 % interval {_interval(scam['recall_interval_95'])}"
    return "\n".join(
        [
            "| measured | result |",
            "|---|---|",
            _rows(
                [
                    ("real sextortion-scam mails found", found_all),
                    ("of these left as `uncertain`", str(scam["uncertain"])),
                    ("other real mails called `sextortion_scam`", _share(scam["false_alarms"], scam["others"])),
                    ("our own mails of held-out families: scam found", _share(ours["found"], ours["mails"])),
                    ("the same: other mails called `sextortion_scam`", _share(ours["false_alarms"], ours["others"])),
                    (
                        "the same: real cases (`personal_sextortion`) called `sextortion_scam`",
                        _share(ours["real_cases_called_scam"], ours["real_cases"]),
                    ),
                ]
            ),
            "",
            f"Real mail: {real['mails']} mails of a set on which thresholds and features were tuned, so a figure on "
            "unseen campaigns will be lower. Most of it is English.",
        ]
    )


def model_card(figures: Figures) -> str:
    """Return the text of MODEL_CARD.md for the shipped model and its figures."""
    card = load_model().card
    real, own = figures["real_mail"], card.measured["held_out"]
    folds = card.measured["out_of_fold"]
    thresholds = _rows([(f"`{name}`", f"{value:.3f}") for name, value in card.thresholds.items()])
    return f"""# Model card

Made by `make measure`; do not edit.

## What it is

A multinomial logistic regression on TF-IDF words, character n-grams and the indicators that were found, with
temperature scaling. It was trained on {card.measured["mails"]} mails that we wrote ourselves (data/README.md), in
English, Dutch, French and German, and on no real mail.

| | |
|---|---|
| model sha256 | `{card.sha256}` |
| corpus sha256 | `{card.corpus_sha256}` |
| scikit-learn | {card.scikit_learn} |
| accuracy over six classes without abstention, on held-out families | {own["accuracy_without_abstention"]} |
| log loss on held-out families | {own["log_loss"]} |
| the same, out of fold over the training families | {folds["accuracy_without_abstention"]}, {folds["log_loss"]} |

## What it is for, and what not

It tells a sextortion mass mail from its neighbours, and abstains where it is not sure. It says nothing about other
scams, and it never says that a mail can be trusted. It must not be the only thing that a possible victim hears: the
question about a real image comes first, and its answer outvotes the model.

## Thresholds

The lowest calibrated probability at which a verdict is named; below it the answer is `uncertain`. `personal_ceiling`
is the highest chance of a real case that a mass mail may have. Chosen on out-of-fold predictions.

| | |
|---|---|
{thresholds}

## On real mail (tuned on this set)

{real["mails"]} mails, labels sha256 `{real["labels_sha256"]}`. The label `not_extortion` accepts `unrelated` and
`other_scam`.

{_verdict_table(real["verdicts_by_label"], "label")}

Sextortion scam by language:

{_verdict_table(real["scam_found_by_language"], "language")}

## On our own mails of held-out families

{own["mails"]} mails, measured with a model that saw the other families only; the same authors wrote both. The model
that ships is the same recipe, fitted on all families.

{_verdict_table(own["verdicts_by_label"], "label")}

Sextortion scam by language:

{_verdict_table(own["scam_found_by_language"], "language")}

## Known limits

- Four languages. Mail in another language is mostly `uncertain`.
- Text only: pictures, PDF and other attachments are named, not read.
- Wallets that are split, and letter-spaced text, are not yet put together again.
- Ordinary mail and bulk advertising are told apart badly; that was not the aim.
"""
