"""Rounding what was learnt, so that the last bits of a sum do not change the model file."""

from typing import Any

import numpy as np


def round_significant(values: Any, digits: int = 6) -> Any:
    """Return an array rounded to significant digits."""
    array = np.asarray(values, dtype=np.float64)
    magnitude = np.floor(np.log10(np.abs(array), where=array != 0, out=np.zeros_like(array)))
    scale = 10.0 ** (digits - 1 - magnitude)
    return np.round(array * scale) / scale
