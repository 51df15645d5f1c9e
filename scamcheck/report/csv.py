"""Records as CSV for a spreadsheet: one line a message, one readable value a column."""

import csv
import json
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

COLUMNS = ("source", "verdict", "probability", "reason", "right_in_tests", "language", "signs", "signs_against",
           "amounts", "wallets", "deadline_hours", "contacts", "sender", "pictures", "forwarded", "defects",
           "model_version", "error")  # fmt: skip
"""The columns, in order. `signs` and `signs_against` are ids of indicators, each once, in the order of the mail."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Facts = Mapping[str, Any]


def cell(value: Any) -> str:
    """Return a value as the text of a cell that no spreadsheet takes for a formula.

    Source of the rule: OWASP, CSV Injection (https://owasp.org/www-community/attacks/CSV_Injection).
    """
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    shown = "".join(char if char.isprintable() else " " for char in text)
    return "'" + shown if text.startswith(_FORMULA_STARTS) or shown.lstrip().startswith(_FORMULA_STARTS) else shown


class CsvWriter:
    """Writes records to an open text file, the header line first."""

    def __init__(self, file: TextIO) -> None:
        self._writer = csv.writer(file)
        self._writer.writerow(COLUMNS)

    def write(self, record: Mapping[str, Any]) -> None:
        """Write one record."""
        row = _row(record)
        self._writer.writerow([cell(row[column]) for column in COLUMNS])


def _row(record: Mapping[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {**dict.fromkeys(COLUMNS), **{key: record[key] for key in ("source", "error")}}
    if record["verdict"] is None:
        return row
    findings = record["findings"]
    against = [found["strength"] == "against" for found in findings]
    facts: dict[str, list[Facts]] = {found["indicator"]: [] for found in findings}
    for found in findings:
        facts[found["indicator"]].append(found["facts"])
    every = [each["facts"] for each in findings]
    reliability = record["reliability"]
    return {
        **row,
        **{key: record[key] for key in ("verdict", "reason", "language", "model_version")},
        "probability": record["probabilities"].get(record["verdict"]),
        "right_in_tests": f"{reliability['right']} of {reliability['texts']}" if reliability else None,
        "signs": _joined(each["indicator"] for each, not_one in zip(findings, against, strict=True) if not not_one),
        "signs_against": _joined(each["indicator"] for each, is_one in zip(findings, against, strict=True) if is_one),
        "amounts": _joined(f"{_number(each['amount'])} {each['currency']}" for each in every if "amount" in each),
        "wallets": _joined(f"{each['coin']} {each['address']}" for each in facts.get("crypto_address", ())),
        "deadline_hours": _joined(_number(each["hours"]) for each in every if "hours" in each),
        "contacts": _joined(_contacts(facts)),
        "sender": _joined(_sender(findings)),
        "pictures": len(record["pictures"]),
        "forwarded": len(record["chain"]) - 1,
        "defects": _joined(record["defects"]),
    }


def _joined(values: Any) -> str:
    return "; ".join(dict.fromkeys(map(str, values)))


def _number(value: float) -> str:
    return f"{value:.8f}".rstrip("0").rstrip(".")


def _contacts(facts: Mapping[str, list[Facts]]) -> Iterator[str]:
    yield from (f"mail {each['address']}" for each in facts.get("contact_address", ()))
    yield from (f"phone {each['phone']}" for each in facts.get("contact_phone", ()))
    yield from (f"{each['app']} {each['handle']}" for each in facts.get("contact_handle", ()))


def _sender(findings: list[dict[str, Any]]) -> Iterator[str]:
    """Yield what the headers show: the id of each finding, and its facts as `name=value`."""
    for found in findings:
        if found["kind"] == "header":
            facts = (f"{key}={_plain(value)}" for key, value in found["facts"].items() if key != "header")
            yield " ".join((found["indicator"], *facts))


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
