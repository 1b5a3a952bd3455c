"""W20 over columns by hand with numpy and binary floats: what a table is measured against.

It checks nothing and isn't exact. It works in pieces that fit a processor's cache and writes into
arrays made beforehand; it returns the same columns as `score_table`, as 64-bit floats.
"""

from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks.workloads import GRADES, LEVELS, kind_of, tree

Floats: TypeAlias = NDArray[np.float64]
Values: TypeAlias = Any  # of a column: NDArray, which a number would widen to
Given: TypeAlias = dict[str, NDArray[Any]]

LEAVES = 20
POINTS = 5.0
PIECE = 8192  # rows; 4,096 to 16,384 take the same
NAMES = tuple(name for _, name in reversed(GRADES))  # from the lowest
WORTH = np.array(list(LEVELS.values()))
LABELS_BY_SUBSET = np.array([bits.bit_count() for bits in range(16)], np.float64)


def given(table: pa.Table) -> Given:
    """Return the columns of a table of floats as arrays, most of them without a copy."""
    found: Given = {}
    for name in table.column_names:
        column = table[name].combine_chunks()
        if isinstance(column, pa.ChunkedArray):
            column = column.chunk(0)
        if pa.types.is_dictionary(column.type):
            column = column.indices  # sets of labels, in the order of their bits
        found[name] = column.to_numpy(zero_copy_only=False)
    return found


def lines() -> list[str]:
    """Return every line in the order of `score_table`."""
    found = []
    for first, branches in tree(LEAVES):
        found.append(first)
        for second, places in branches:
            found += [second, *(f"l{place}" for place in places)]
    return found


class Out:
    """What comes out: an array a column, filled piece by piece."""

    def __init__(self, size: int, *, rates: bool) -> None:
        self.total = np.empty(size)
        self.rate = np.empty(size)
        self.grade = np.empty(size, np.int8)
        self.scores = {name: np.empty(size) for name in lines()}
        self.rates = {name: np.empty(size) for name in lines()} if rates else {}
        self.flags = {name: np.empty(size, np.bool_)
                      for name in ("guarantee", "cut", "rectify")}  # fmt: skip


def _rounded(value: Floats, out: Floats) -> None:
    np.multiply(value, 100.0 * POINTS, out=out)
    out += 0.5
    np.floor(out, out=out)
    out /= 100.0


def _leaf(place: int, at: Given, low: int, high: int) -> Floats:
    """Return the share of a leaf's points."""
    name = f"v{place}"
    kind = kind_of(place, LEAVES)
    if kind == "survey":
        votes: Floats = np.zeros(high - low)
        worth: Floats = np.zeros(high - low)
        for level, share_of in LEVELS.items():
            counts = at[f"{name}.{level}"][low:high]
            votes += counts
            if share_of:
                worth += counts * share_of
        worth /= votes
        return worth
    value: Values = at[name][low:high]
    found: Values
    match kind:
        case "proportional":
            found = value / (at[f"{name}_target"][low:high] if place % 4 == 1 else 900.0)
            np.minimum(found, 1.0, out=found)
        case "reverse":
            found = 60.0 / value
            np.minimum(found, 1.0, out=found)
        case "bands":
            found = (value >= 0.70) * 0.5
            found += (value >= 0.85) * 0.3
            found += (value >= 0.95) * 0.2
        case "checklist":
            found = LABELS_BY_SUBSET[value]
            found *= 0.25
        case _:
            found = value * -0.1
            found += 1.0
            np.maximum(found, 0.0, out=found)
    share: Floats = found
    return share


def scored(table: pa.Table, *, rates: bool = False) -> pa.Table:
    """Return the columns of `score_table` for a table of floats, by floats."""
    size = len(table)
    at = given(table)
    out = Out(size, rates=rates)
    for low in range(0, size, PIECE):
        high = min(low + PIECE, size)
        _piece(at, out, low, high, rates=rates)
    return _table(out, at["misused"], size)


def _piece(at: Given, out: Out, low: int, high: int, *, rates: bool) -> None:
    part = slice(low, high)
    total = out.total[part]
    total[:] = 0.0
    for first, branches in tree(LEAVES):
        above = out.scores[first][part]
        above[:] = 0.0
        for second, places in branches:
            middle = out.scores[second][part]
            middle[:] = 0.0
            for place in places:
                share = _leaf(place, at, low, high)
                score = out.scores[f"l{place}"][part]
                _rounded(share, score)
                middle += score
                if rates:
                    out.rates[f"l{place}"][part] = share
            above += middle
            if rates:
                np.divide(middle, POINTS * len(places), out=out.rates[second][part])
        total += above
        if rates:
            np.divide(above, 50.0, out=out.rates[first][part])
    np.floor(total * 100.0 + 0.5, out=total)
    total /= 100.0
    np.divide(total, 100.0, out=out.rate[part])
    grade = out.grade[part]
    np.greater_equal(total, 60.0, out=grade, casting="unsafe")
    grade += total >= 80.0
    grade += total >= 90.0
    grade[at["misused"][part]] = 0
    np.equal(grade, 3, out=out.flags["guarantee"][part])
    np.less_equal(grade, 1, out=out.flags["cut"][part])
    np.less(out.scores["first0"][part], 0.8 * 50.0, out=out.flags["rectify"][part])


def _table(out: Out, misused: NDArray[np.bool_], size: int) -> pa.Table:
    columns: dict[str, Any] = {
        "row": np.arange(1, size + 1),
        "total": out.total,
        "rate": out.rate,
        "grade": pa.DictionaryArray.from_arrays(pa.array(out.grade), pa.array(NAMES)),
        "complete": np.ones(size),
    }
    for name, score in out.scores.items():
        columns[f"score.{name}"] = score
        if out.rates:
            columns[f"rate.{name}"] = out.rates[name]
    columns["gate.misuse"] = misused
    columns |= {f"decision.{name}": flag for name, flag in out.flags.items()}
    return pa.table(columns)
