"""Numbers with a unit, as sheets write them, read all at once: `935.5人`, `≥940人`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from perfrules.engine.batch.arrays import flags
from perfrules.engine.batch.intake.digits import digits
from perfrules.engine.batch.vectors import Bools, Ints

DEEPEST: Final = 10  # decimals: of a percentage two more stand behind the point of the fraction
# What `codegen.forms.goals` takes as a number in the target's own unit.
_NUMBER: Final = r"(?P<number>[0-9]{1,15}(?:\.[0-9]{1,15})?)"
_ACTUAL: Final = rf"^(?P<before>){_NUMBER}(?P<unit>.*)$"
# No number goes on behind another, and a cell of more than 60 signs is none.
_TARGET: Final = rf"^(?P<before>≥|≤|=|>=|<=){_NUMBER}(?P<unit>|[^0-9.,].*)$"
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Quantities:
    """Texts as `units / 10**scale`, and which of `around` stands before and behind each number.

    A text that isn't `plain` is no such number, or one that has no room: its units mean nothing.
    """

    units: Ints
    scale: int
    places: Ints
    around: tuple[tuple[str, str], ...]
    plain: Bools


def actuals(texts: Sequence[str]) -> Quantities:
    """Return what different actual values say.

    >>> found = actuals(["935.5人", "40人", "很好", "98%"])
    >>> found.units, found.scale, found.plain
    (array([9355,  400,    0,  980]), 1, array([ True,  True, False,  True]))
    >>> found.around
    (('', '人'), ('', '%'))
    """
    return _quantities(pa.array(texts, pa.string()), _ACTUAL)


def targets(texts: Sequence[str]) -> Quantities:
    """Return what different target cells with a sign before their number say."""
    array = pa.array(texts, pa.string())
    short = pc.less_equal(pc.binary_length(array), _LONGEST)
    return _quantities(pc.if_else(short, array, ""), _TARGET)


def _quantities(array: pa.Array, pattern: str) -> Quantities:
    parts = pc.extract_regex(array, pattern)
    there = flags(pc.is_valid(parts))
    known = pa.array(there)
    before, numbers, behind = (pc.if_else(known, part, None) for part in parts.flatten())
    read = digits(numbers.fill_null("0"), percent=False)
    first, second = pc.dictionary_encode(before), pc.dictionary_encode(behind)
    signs, units = first.dictionary.to_pylist(), second.dictionary.to_pylist()
    places = _codes(first) * max(1, len(units)) + _codes(second)
    found, plain = read.numbers, there & ~read.others
    if found.scale > DEEPEST:
        found = found.coarser(DEEPEST)
        plain &= True if found.odd is None else ~found.odd
    around = tuple((sign, unit) for sign in signs for unit in units)
    return Quantities(found.units, found.scale, places, around, plain)


def _codes(coded: pa.Array) -> Ints:
    found: Ints = coded.indices.fill_null(0).to_numpy().astype(np.int64)
    return found
