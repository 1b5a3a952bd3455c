"""Texts that are plain numbers, read all at once; the others are left to the reader of one."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from perfrules.engine.batch.arrays import flags, nulls
from perfrules.engine.batch.intake.scaled import Scaled, floats
from perfrules.engine.batch.vectors import Bools, Floats

_LONGEST: Final = 16  # signs: 15 digits and a point
_PLAIN: Final = r"^-?[0-9]+(\.[0-9]+)?$"
_PERCENT: Final = ord("%")


def _table(signs: bytes) -> Bools:
    found = np.ones(256, np.bool_)
    found[list(signs)] = False
    return found


_STRANGE: Final = _table(b"0123456789.-")
_STRANGE_PERCENT: Final = _table(b"0123456789.-%")


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
    array = array.cast(pa.large_string())
    if absent is not None:
        array = array.fill_null("0%" if percent else "0")
    bounds = np.frombuffer(array.buffers()[1], np.int64, array.offset + len(array) + 1)
    bounds = bounds[array.offset :]
    sizes = np.diff(bounds)
    others = (sizes > _LONGEST + percent) | (sizes <= percent)
    held = array.buffers()[2]
    data = np.zeros(0, np.uint8) if held is None else np.frombuffer(held, np.uint8)
    data = data[bounds[0] : bounds[-1]]
    strange = (_STRANGE_PERCENT if percent else _STRANGE)[data]
    ends = bounds[1:] - bounds[0] - 1
    if percent:
        last = np.zeros(len(array), np.bool_)
        last[~others] = data[ends[~others]] == _PERCENT
        others |= ~last
        strange |= data == _PERCENT
        strange[ends[last]] = False
    places = np.flatnonzero(strange)
    if len(places):
        others[np.unique(np.searchsorted(bounds - bounds[0], places, "right") - 1)] = True
    if percent:
        array = pc.ascii_rtrim(array, "%")
    values = _floats(array, others)
    found = floats(values, absent)
    if found.odd is not None:
        others |= found.odd
    return Digits(Scaled(np.where(others, 0, found.units), found.scale, absent), others)


def _floats(array: pa.Array, others: Bools) -> Floats:
    """Return the floats of plain texts; *others* grows by those that are none after all."""
    if others.any():
        array = pc.if_else(pa.array(others), "0", array)
    try:
        found: Floats = array.cast(pa.float64()).to_numpy()
    except pa.ArrowInvalid:
        others |= ~flags(pc.match_substring_regex(array, _PLAIN))
        found = pc.if_else(pa.array(others), "0", array).cast(pa.float64()).to_numpy()
    return found
