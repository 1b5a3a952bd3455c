"""Texts that are plain numbers, read all at once; the others are left to the reader of one."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from perfrules.engine.batch.arrays import flags, nulls
from perfrules.engine.batch.intake.scaled import Scaled, floats
from perfrules.engine.batch.text.lines import Texts, texts_of
from perfrules.engine.batch.text.numerals import (
    DEEPEST,
    LONGEST,
    MOST,
    Numerals,
    numerals,
)
from perfrules.engine.batch.vectors import Bools, Ints

_PLAIN: Final = r"^-?[0-9]+(\.[0-9]+)?$"
_PERCENT: Final = ord("%")
_MINUS: Final = ord("-")
_TENS: Final = np.array([10**power for power in range(DEEPEST + 1)], np.int64)
_ROOM: Final = MOST // _TENS


@dataclass(frozen=True, slots=True)
class Digits:
    """`numbers` as far as texts are plain numbers; `others` are the rest, null ones left out."""

    numbers: Scaled
    others: Bools


def digits(array: pa.Array, *, percent: bool) -> Digits:
    """Return the numbers of texts such as `-1234.50`; with *percent* of `98.5%`, as written.

    >>> found = digits(pa.array(["1.5", "2", "3%", "—"]), percent=False)
    >>> found.numbers.units, found.numbers.scale, found.others
    (array([15, 20,  0,  0]), 1, array([False, False,  True,  True]))
    """
    absent = nulls(array)
    texts = texts_of(array if absent is None else array.fill_null(""), LONGEST)
    sizes, ends = texts.sizes, texts.starts + texts.sizes
    if percent:
        marked = (texts.data[ends - 1] == _PERCENT) & (sizes > 0)
        ends = ends - 1
        sizes = np.where(marked, sizes - 1, 0)
    found = _signed(texts, ends, sizes)
    scale, others = _scale(found)
    units = found.units
    if (found.decimals != scale).any():
        units *= _TENS[np.maximum(scale - found.decimals, 0)]
    if not others.any():
        return Digits(Scaled(units, scale, absent), others)
    units[others] = 0
    if absent is not None:
        others &= ~absent
    read = Digits(Scaled(units, scale, absent), others)
    # A number of more decimals than are read by words may be among the others.
    rows = np.flatnonzero(others & (sizes > DEEPEST + 2) & (sizes <= LONGEST))
    return read if not len(rows) else _with_deeper(read, array, rows, percent=percent)


def _signed(texts: Texts, ends: Ints, sizes: Ints) -> Numerals:
    """Return the numbers of texts, those below zero too."""
    found = numerals(texts.data, ends, sizes)
    if found.good.all():
        return found
    rows = np.flatnonzero(~found.good & (sizes > 1))
    rows = rows[texts.data[ends[rows] - sizes[rows]] == _MINUS]
    if len(rows):
        below = numerals(texts.data, ends[rows], sizes[rows] - 1)
        found.units[rows] = -below.units
        found.decimals[rows] = below.decimals
        found.good[rows] = below.good
    bad = ~found.good
    found.units[bad], found.decimals[bad] = 0, 0
    return found


def _scale(found: Numerals) -> tuple[int, Bools]:
    """Return the decimals that leave fewest numbers out, and which are left out."""
    units, decimals = found.units, found.decimals
    bad = ~found.good
    deepest = int(decimals.max(initial=0))
    most = max(int(units.max(initial=0)), -int(units.min(initial=0)))
    if most < _ROOM[deepest]:
        return deepest, bad
    sizes = np.abs(units)
    best: tuple[int, Bools] | None = None
    least = len(bad) + 1
    for scale in range(deepest, -1, -1):
        others = bad | (decimals > scale) | (sizes >= _ROOM[np.maximum(scale - decimals, 0)])
        count = int(np.count_nonzero(others))
        if count < least:
            least, best = count, (scale, others)
    assert best is not None  # noqa: S101 - the first scale is better than none
    return best


def _with_deeper(read: Digits, array: pa.Array, rows: Ints, *, percent: bool) -> Digits:
    """Return the same with the numbers of some rows that have many decimals."""
    texts = array.cast(pa.large_string()).take(pa.array(rows))
    if percent:
        texts = pc.if_else(pc.ends_with(texts, "%"), pc.utf8_slice_codeunits(texts, 0, -1), "")
    plain = flags(pc.match_substring_regex(texts, _PLAIN))
    values = pc.if_else(pa.array(plain), texts, "0").cast(pa.float64()).to_numpy()
    deeper = floats(values)
    if deeper.odd is not None:
        plain &= ~deeper.odd
    numbers = read.numbers
    scale = max(numbers.scale, deeper.scale)
    if numbers.most * 10 ** (scale - numbers.scale) >= MOST:
        return read  # they have no room beside each other: a value at a time, then
    if deeper.most * 10 ** (scale - deeper.scale) >= MOST:
        return read
    units = numbers.finer(scale).units.copy()
    units[rows] = np.where(plain, deeper.finer(scale).units, 0)
    others = read.others.copy()
    others[rows] = ~plain
    return Digits(Scaled(units, scale, numbers.absent), others)
