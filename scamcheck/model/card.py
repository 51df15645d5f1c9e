"""The documents that are made from measured figures: MODEL_CARD.md, and the table in the README."""

from collections.abc import Iterable, Mapping
from typing import Any

from scamcheck.model.claims import MIN_PRECISION
from scamcheck.model.store import load_model

Figures = Mapping[str, Any]
"""The parts that `make measure` writes, by name: real-mail, cross-validation, robustness, forms, reading, speed."""

MIN_KEPT = 0.95
MIN_RECALL = {"leave_one_family_out": 0.95, "leave_one_language_out": 0.85}
"""What we aim for; the card names every row and language that falls short."""


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.1%})" if whole else "none measured"


def _interval(bounds: list[float]) -> str:
    return f"{bounds[0]:.1%} to {bounds[1]:.1%}"


def _rows(pairs: list[tuple[str, str]]) -> str:
    return "\n".join(f"| {name} | {value} |" for name, value in pairs)


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _verdict_table(table: Mapping[str, Mapping[str, int]], first: str) -> str:
    columns = sorted({verdict for counts in table.values() for verdict in counts})
    head = [first, *(f"`{column}`" for column in columns)]
    return _table(
        head, [[name, *(str(counts.get(column, "")) for column in columns)] for name, counts in sorted(table.items())]
    )


def readme_figures(figures: Figures) -> str:
    """Return the table of the README: what was measured on real mail and on families of our own, left out."""
    real, crossed = figures["real-mail"], figures["cross-validation"]
    scam, family, language = real["sextortion_scam"], crossed["leave_one_family_out"], crossed["leave_one_language_out"]
    cases = family["verdicts"]["sextortion_scam"]
    hidden, forms = figures["robustness"]["real_mail"], figures["forms"]["forms"]
    sent_on = min(forms, key=lambda form: forms[form]["kept"] / forms[form]["mails"])
    lowest = min(hidden, key=lambda way: hidden[way]["scam_kept"] / hidden[way]["scam"])
    found_all = f"{_share(scam['found'], scam['mails'])}, 95 % interval {_interval(scam['recall_interval_95'])}"
    return "\n".join(
        [
            "| measured | result |",
            "|---|---|",
            _rows(
                [
                    ("real sextortion-scam mails found", found_all),
                    ("other real mails called `sextortion_scam`", _share(scam["false_alarms"], scam["others"])),
                    (
                        f"real scam mails still found in the worst of {len(hidden)} disguises (`{lowest}`)",
                        _share(hidden[lowest]["scam_kept"], hidden[lowest]["scam"]),
                    ),
                    (
                        f"real scam mails still found in the worst of {len(forms)} ways to send them on (`{sent_on}`)",
                        _share(forms[sent_on]["kept"], forms[sent_on]["mails"]),
                    ),
                    (
                        "our own letters found by a model that saw no letter of that story, in any language",
                        f"{family['recall']:.1%} of {cases['mails']}, at {family['false_alarms']} false alarms among "
                        f"{family['others']} hard neighbours",
                    ),
                    (
                        "our own letters found by a model that saw no text of that language",
                        f"{language['recall']:.1%}, at {language['false_alarms']} false alarms",
                    ),
                    (
                        "real cases (`personal_sextortion`) of unseen families called `sextortion_scam`",
                        _share(cases["real_cases_called_scam"], cases["real_cases"]),
                    ),
                    ("one check of a 3 kB mail", f"{figures['speed']['check_ms']} ms on 2 cores"),
                ]
            ),
            "",
            f"Real mail: {real['mails']} mails, most of them English; the features were looked at with them. "
            "Our own letters are harder than real ones on purpose; what is not found is `uncertain`, never `bluff`.",
        ]
    )


def _left_out(figures: Figures, kind: str) -> str:
    part = figures["cross-validation"][kind]
    rows = [
        [name, f"{row['found']} of {row['letters']}", f"{row['found'] / row['letters']:.0%}"]
        for name, row in sorted(part["by_language"].items())
    ]
    short = [name for name, row in part["by_language"].items() if row["found"] < MIN_RECALL[kind] * row["letters"]]
    return "\n".join(
        [
            f"{part['texts']} mails. One threshold for all ({part['threshold']}), so that {part['false_alarms']} of "
            f"{part['others']} others are false alarms (95 % interval {_interval(part['false_alarm_interval_95'])}). "
            f"Recall {part['recall']:.1%} ({_interval(part['recall_interval_95'])}); accuracy over six classes without "
            f"abstention {part['accuracy_without_abstention']:.1%}.",
            "",
            _table(["language", "letters found", "share"], rows),
            "",
            f"We aim for {MIN_RECALL[kind]:.0%}. Short of it: {', '.join(sorted(short)) or 'none'}.",
        ]
    )


def _calibration(part: Figures) -> str:
    found = part["calibration"]
    rows = [[str(row["texts"]), f"{row['probability']:.3f}", f"{row['right']:.3f}"] for row in found["bins"]]
    low, high = found["interval_95"]
    return "\n".join(
        [
            f"Expected calibration error {found['expected_error']:.4f} (bootstrap 95 % interval {low:.4f}-{high:.4f}).",
            "",
            _table(["texts", "mean probability of the likeliest class", "share right"], rows),
        ]
    )


def _robustness(figures: Figures) -> str:
    real, own = figures["robustness"]["real_mail"], figures["robustness"]["held_out_families"]

    def cells(row: Figures) -> list[str]:
        kept = f"{row['scam_kept']} of {row['scam']}" if row["scam"] else "none"
        return [kept, f"{row['other_kept'] / row['other']:.1%}", str(row["alarms"])]

    head = ["disguise", "real: scam kept", "others kept", "alarms", "ours: scam kept", "others kept", "alarms"]
    short = sorted(
        {way for table in (real, own) for way, row in table.items() if row["scam_kept"] < MIN_KEPT * row["scam"]}
    )
    return "\n".join(
        [
            _table(head, [[f"`{way}`", *cells(real[way]), *cells(own[way])] for way in real]),
            "",
            f"We aim for {MIN_KEPT:.0%} of the mass mails. Short of it: {', '.join(short) or 'none'}.",
        ]
    )


def _forms(figures: Figures) -> str:
    table = figures["forms"]["forms"]
    seconds, memory = figures["reading"]["seconds"], figures["reading"]["peak_mebibytes"]
    rows = [
        [f"`{form}`", f"{row['kept']} of {row['mails']}", f"{row['goal']:.0%}", ", ".join(row["others"]) or "-"]
        for form, row in table.items()
    ]
    return "\n".join(
        [
            _table(["form", "verdict kept", "goal", "else"], rows),
            "",
            f"Reading and judging all {figures['reading']['mails']} real mails: median {seconds['p50']} s, 99 % within "
            f"{seconds['p99']} s, slowest {seconds['p100']} s; peak memory {memory['parent']:.0f} MiB, and "
            f"{memory['child']:.0f} MiB in the process that reads pictures and documents.",
        ]
    )


def _claims(card: Any) -> str:
    """Return how well each claim is found: in all languages, and in those that the interface began with."""
    rows = []
    for name, by_language in card.measured["claims"].items():
        cells = [_precision_and_recall(by_language.values())]
        cells += [_precision_and_recall([by_language[language]]) for language in ("en", "nl", "fr", "de")]
        rows.append([f"`{name}`", str(sum(row["sentences"] for row in by_language.values())), *cells])
    return _table(["claim", "sentences", "all", "en", "nl", "fr", "de"], rows)


def _claims_by_language(card: Any) -> str:
    """Return how well claims of all kinds together are found, by language."""
    table = card.measured["claims"]
    languages = sorted({language for by_language in table.values() for language in by_language})
    rows = []
    for language in languages:
        counts = [by_language[language] for by_language in table.values()]
        rows.append([language, str(sum(row["sentences"] for row in counts)), _precision_and_recall(counts)])
    return _table(["language", "sentences", "precision, recall"], rows)


def _precision_and_recall(rows: Iterable[Mapping[str, int]]) -> str:
    counts = list(rows)
    there, found, right = (sum(row[key] for row in counts) for key in ("sentences", "found", "right"))
    precision = f"{right / found:.0%}" if found else "-"
    recall = f"{right / there:.0%}" if there else "-"
    return f"{precision}, {recall}"


def model_card(figures: Figures) -> str:
    """Return the text of MODEL_CARD.md for the shipped model and its figures."""
    card = load_model().card
    real, held_out, crossed = figures["real-mail"], card.measured["held_out"], figures["cross-validation"]
    scam, family = real["sextortion_scam"], crossed["leave_one_family_out"]
    cases = family["verdicts"]["sextortion_scam"]
    thresholds = _rows([(f"`{name}`", f"{value:.3f}") for name, value in card.thresholds.items()])
    without = [
        [f"`{name}`", str(row["letters"]), str(row["found"]), str(row["found_without"])]
        for name, row in figures["robustness"]["without_claim"].items()
        if row["letters"]
    ]
    return f"""# Model card

Made by `make measure`; do not edit.

## What it is

Two linear models on the same counts of words, character n-grams and concepts (what a text speaks of, by the cue stems
of its language). A multinomial logistic regression with temperature scaling gives the verdict on a message. A second
one, of single sentences, finds the claims that are shown as evidence and the signs of a real case; such a sign vetoes
the verdict of a mass mail. They were trained on {
        card.measured["mails"]
    } mails in 24 languages that we wrote ourselves, on
{card.measured["texts"] - card.measured["mails"]} texts composed from our claim banks or cut from those mails
(data/README.md), and on no real mail.

| | |
|---|---|
| model sha256 | `{card.sha256}` |
| corpus and cues sha256 | `{card.corpus_sha256}` |
| scikit-learn | {card.scikit_learn} |
| rebuild it | `make train`, about three minutes; the same bytes with the pinned versions |

## What it is for, and what not

It tells a sextortion mass mail from its neighbours, and abstains where it is not sure. It says nothing about other
scams, and it never says that a mail can be trusted. It must not be the only thing that a possible victim hears: the
question about a real image comes first, and its answer outvotes the model.

## Thresholds

The lowest calibrated probability at which a verdict is named; below it the answer is `uncertain`. `personal_ceiling`
is the highest chance of a real case that a mass mail may have. Chosen by cross-validation over our own families.

| | |
|---|---|
{thresholds}

## On real mail

{real["mails"]} mails, labels sha256 `{real["labels_sha256"]}`. Thresholds come from our own mails, but features were
looked at with this set, so expect somewhat less on other mail. Found: {_share(scam["found"], scam["mails"])}, 95 %
interval {_interval(scam["recall_interval_95"])}; macro average over {real["families"]} families
{real["recall_macro_over_families"]:.1%}. False alarms: {_share(scam["false_alarms"], scam["others"])}, interval
{
        _interval(scam["false_alarm_interval_95"])
    }. The set holds no `personal_sextortion` and no `about_sextortion`. The label
`not_extortion` accepts `unrelated` and `other_scam`.

{_verdict_table(real["verdicts_by_label"], "label")}

Sextortion scam by language, and by family:

{_verdict_table(real["scam_found_by_language"], "language")}

{_verdict_table(real["scam_found_by_family"], "family")}

## On our own mails, a family left out

Every mail is judged by models that saw no mail of its story in any language. The letters are more varied than real
ones, and the neighbours were written to be mistaken. Real cases called a mass mail: {
        _share(cases["real_cases_called_scam"], cases["real_cases"])
    }.

{_left_out(figures, "leave_one_family_out")}

Verdicts by label:

{_verdict_table(family["verdicts"]["verdicts_by_label"], "label")}

Letters found, by family:

{_table(["family", "found"], [[n, f"{r['found']} of {r['letters']}"] for n, r in sorted(family["by_family"].items())])}

## On our own mails, a language left out

The cue stems of the language stay, every text of it is left out.

{_left_out(figures, "leave_one_language_out")}

## Is the probability honest?

Each mail judged without its family:

{_calibration(family)}

## Disguises

Each applied to every real mail, and to our own mails of the families held out for testing (judged by a model that saw
the other families only). "Kept" means: the same verdict as undisguised. An alarm is a harmless mail that becomes
`sextortion_scam`.

{_robustness(figures)}

## Sent on

Every real mass mail of the set, sent on in each form: attached, quoted, forwarded inline in six languages, as
screenshot, picture or PDF (benchmarks/forms.py). Kept: the verdict of the original.

{_forms(figures)}

## Without a claim

Letters of held-out families, without the sentences that make one claim. No claim is needed.

{_table(["claim left out", "letters that make it", "found with it", "found without"], without)}

## The claims

Sentences of threatening letters in 24 languages, each judged by a model that saw no letter of its family: precision,
recall. Each threshold has at least a precision of {MIN_PRECISION:.0%}, and the best F 0.5 of those. Every sentence was
labelled by two readers who did not see each other's labels; a claim that only one of them saw counts neither as right
nor as wrong.

{_claims(card)}

All claims together, by language:

{_claims_by_language(card)}

## Held-out families, one look

{held_out["mails"]} mails of the families marked `split = "test"`, judged by one model that saw none of them.

{_verdict_table(held_out["verdicts_by_label"], "label")}

## Known failures and limits

- Mails kept as strict expected failures: tests/cases/known_failures.
- Pictures: what is read by script, with the share of wrong characters, stands in docs/measured/ocr.json (drawn pictures
  only; no photographs of screens). Films, old Office files and encrypted mail are named, not read.
- Letter-spaced text whose words are not set apart further, and words cut in two by a space, are not put together again.
- Languages other than the 24 are judged by what they share with them, and mostly end in `uncertain`.
- Ordinary mail and bulk advertising are told apart badly; that was not the aim.
- No native professional has reviewed the corpus (data/README.md says what to look at first).
"""
