"""Records as CSV, one line a message, nested values as JSON in their cell."""

import csv
import json
from collections.abc import Mapping
from typing import Any, TextIO

from scamcheck.report.json import KEYS

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def cell(value: Any) -> str:
    """Return a value as the text of a cell that no spreadsheet takes for a formula.

    Source of the rule: OWASP, CSV Injection (https://owasp.org/www-community/attacks/CSV_Injection).
    """
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "'" + text if text.startswith(_FORMULA_STARTS) else text


class CsvWriter:
    """Writes records to an open text file, the header line first."""

    def __init__(self, file: TextIO) -> None:
        self._writer = csv.writer(file)
        self._writer.writerow(KEYS)

    def write(self, record: Mapping[str, Any]) -> None:
        """Write one record."""
        self._writer.writerow([cell(record[key]) for key in KEYS])
