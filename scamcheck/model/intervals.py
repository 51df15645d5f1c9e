"""The interval of a measured share."""

from math import sqrt


def wilson(hits: int, total: int) -> tuple[float, float]:
    """Return the 95 % score interval of a share (Wilson 1927), rounded to 4 places; (0, 1) where there is nothing.

    >>> wilson(50, 50)
    (0.9287, 1.0)
    """
    if not total:
        return 0.0, 1.0
    z, share = 1.959964, hits / total
    center = (share + z * z / (2 * total)) / (1 + z * z / total)
    reach = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return round(max(0.0, center - reach), 4), round(min(1.0, center + reach), 4)
