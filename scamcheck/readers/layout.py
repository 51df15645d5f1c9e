"""The reading order of lines found in a picture: rows, paragraphs, columns. Pure, without any library."""

import statistics
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_COLUMN_ROWS = 3  # fewer rows side by side are a table row or a caption, not columns
_COLUMN_SHARE = 0.2  # of the width; a narrower left side holds labels ("From:"), which belong to their row
_MAX_COLUMNS = 4
_MAX_RUN = 200  # rows looked at for one pair of columns: the work stays linear on a page of confetti


@dataclass(frozen=True, slots=True)
class Line:
    """A line of writing: its text, its edges in pixels, and how sure the recognition is (0 to 1)."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    score: float = 1.0

    @property
    def height(self) -> int:
        """The height in pixels, at least one."""
        return max(self.bottom - self.top, 1)


Row = list[Line]


def rows(lines: Iterable[Line]) -> list[Row]:
    """Return the lines by rows from the top, the pieces of a row in the direction of their script."""
    found: list[Row] = []
    for line in sorted(lines, key=lambda line: (line.top + line.bottom, line.left)):
        middle = (line.top + line.bottom) / 2
        last = found[-1][-1] if found else None
        if last and middle < last.bottom - last.height * 0.1 and line.top < (last.top + last.bottom) / 2:
            found[-1].append(line)
        else:
            found.append([line])
    for row in found:
        row.sort(key=lambda line: line.left, reverse=_runs_leftward(row))
    return found


def _runs_leftward(row: Row) -> bool:
    kinds = [unicodedata.bidirectional(char) for line in row for char in line.text[:200]]
    return kinds.count("R") + kinds.count("AL") > kinds.count("L")


def _gaps(row: Row, least: float) -> list[tuple[float, float]]:
    """Return the empty stretches between the pieces of a row, edges included, that are wide enough to part columns."""
    edges: list[tuple[float, float]] = []
    reach = float("-inf")
    for line in sorted(row, key=lambda line: line.left):
        if line.left - reach >= least:
            edges.append((reach, line.left))
        reach = max(reach, line.right)
    return [*edges, (reach, float("inf"))]


def _shared(
    first: list[tuple[float, float]], second: list[tuple[float, float]], least: float
) -> list[tuple[float, float]]:
    both = ((max(a, c), min(b, d)) for a, b in first for c, d in second)
    return [(start, end) for start, end in both if end - start >= least]


def _inner(gaps: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the stretches that have writing on both sides."""
    return [gap for gap in gaps if gap[0] > float("-inf") and gap[1] < float("inf")]


def _split(run: list[Row], gap: tuple[float, float], width: float) -> tuple[list[Line], list[Line]] | None:
    """Return the lines left and right of a gap, or None where the two are no columns of a page of this width."""
    lines = [line for row in run for line in row]
    left, right = [line for line in lines if line.left < gap[1]], [line for line in lines if line.left >= gap[1]]
    for side, other in ((left, right), (right, left)):
        wide = max(line.right for line in side) - min(line.left for line in side)
        if len(side) < _COLUMN_ROWS or wide < _COLUMN_SHARE * width:
            return None
        beside = sum(any(line.top < two.bottom and two.top < line.bottom for two in other) for line in side)
        if beside < _COLUMN_ROWS:
            return None
    return left, right


def _in_columns(found: list[Row], depth: int) -> list[Row]:
    """Return rows with columns read one after the other: runs of rows that leave the same stretch empty."""
    if depth >= _MAX_COLUMNS or len(found) < _COLUMN_ROWS:
        return found
    lines = [line for row in found for line in row]
    least = statistics.median(line.height for line in lines)
    width = max(line.right for line in lines) - min(line.left for line in lines)
    ordered: list[Row] = []
    start = 0
    while start < len(found):
        shared, end = _gaps(found[start], least), start + 1
        while end < min(len(found), start + _MAX_RUN):
            longer = _shared(shared, _gaps(found[end], least), least)
            if not _inner(longer):
                break
            shared, end = longer, end + 1
        widest = max(_inner(shared), key=lambda gap: gap[1] - gap[0], default=None)
        sides = _split(found[start:end], widest, width) if widest and end - start >= _COLUMN_ROWS else None
        if sides:
            order = (1, 0) if _runs_leftward([line for side in sides for line in side]) else (0, 1)
            for side in order:
                ordered += _in_columns(rows(sides[side]), depth + 1)
        else:
            end = start + 1
            ordered.append(found[start])
        start = end
    return ordered


def in_order(lines: Sequence[Line]) -> list[Row]:
    """Return the lines as rows in reading order: from the top, columns one after the other.

    Columns are runs of at least three rows with the same wide empty stretch, both sides a fifth of the width or more;
    so the labels of a mail window stay with their values, and chat bubbles left and right stay in their order.
    """
    return _in_columns(rows(lines), 0)


def _height(row: Row) -> float:
    return statistics.median(line.height for line in row)


def join(ordered: Sequence[Row]) -> tuple[str, list[tuple[int, int, Line]]]:
    """Return the text of ordered rows and where each line stands in it.

    Rows are parted by a line break, paragraphs (a gap of most of a line, wider than the usual one) by an empty line,
    the pieces of a row by a space.
    """
    gaps = [_gap(above, below) for above, below in pairwise(ordered)]
    usual = statistics.median(gaps) if gaps else 0
    text: list[str] = []
    spans: list[tuple[int, int, Line]] = []
    length = 0
    for number, row in enumerate(ordered):
        if number:
            gap, height = gaps[number - 1], min(_height(ordered[number - 1]), _height(row))
            apart = gap < -height or (gap > 0.7 * height and gap > 1.5 * usual)
            text.append("\n\n" if apart else "\n")
            length += len(text[-1])
        for piece, line in enumerate(row):
            if piece:
                text.append(" ")
                length += 1
            text.append(line.text)
            spans.append((length, length + len(line.text), line))
            length += len(line.text)
    return "".join(text), spans


def _gap(above: Row, below: Row) -> float:
    """Return the pixels between two rows; negative where they overlap or the lower one begins a new column."""
    return min(line.top for line in below) - max(line.bottom for line in above)
