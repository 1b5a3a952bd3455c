"""Numbers, money, percentages, counts: into the base unit, within their bounds, defaults filled."""

from dataclasses import replace
from decimal import Decimal
from typing import Final

import numpy as np
import pyarrow as pa

from perfrules.engine.batch.arrays import either, is_text, spread
from perfrules.engine.batch.intake.digits import digits
from perfrules.engine.batch.intake.readings import REFUSED, Reader
from perfrules.engine.batch.intake.scaled import (
    ROOM,
    Scaled,
    least_units,
    most_units,
    of_decimals,
    places_of,
    scaled,
    units_of,
)
from perfrules.engine.batch.vectors import Bools, Numbers
from perfrules.lang.plan import InputPlan
from perfrules.lang.types import MISSING, Kind
from perfrules.lang.units import MONEY_FACTORS

_CENT: Final = -2


def numbers(reader: Reader, array: pa.Array) -> tuple[Numbers, Bools | None]:
    """Return a column of numbers in the base unit of its kind, and which values are odd.

    A value that is missing takes the default; where there is none and one is needed, it is odd.
    """
    item = reader.item
    found = _plain(item, array) if is_text(array.type) else _given(item, array)
    if found is None:
        found = _read(reader, array)
    elif isinstance(found, tuple):
        found = _with_others(reader, array, *found)
    return _filled(item, found)


def _plain(item: InputPlan, array: pa.Array) -> tuple[Scaled, Bools | None]:
    """Return the plain numbers of a column of texts, and which texts are others."""
    percent = item.type.kind is Kind.PERCENT
    marked = percent and (item.bare is None or _ends_marked(array))
    found = digits(array, percent=marked)
    tens = _CENT if marked or (percent and item.bare == "percent") else _tens(item)
    return _checked(item, found.numbers.times(tens), found.others)


def _ends_marked(array: pa.Array) -> bool:
    """Return whether the first value that is there ends in a percent sign."""
    for value in array:
        text = value.as_py()
        if text:
            return bool(text.endswith("%"))
    return False


def _given(item: InputPlan, array: pa.Array) -> Scaled | None:
    """Return numbers given as such; None where the type is none of numbers."""
    if item.type.kind is Kind.PERCENT and item.bare is None:
        return None
    found = scaled(array)
    if found is None:
        return None
    tens = _CENT if item.bare == "percent" else _tens(item)
    good, others = _checked(item, found.times(tens), None)
    return good.without(others)


def _tens(item: InputPlan) -> int:
    """Return the power of ten that an amount of money is multiplied by to be in 元."""
    if item.type.kind is not Kind.MONEY:
        return 0
    return MONEY_FACTORS[item.type.unit or "元"].adjusted()


def _checked(item: InputPlan, found: Scaled, others: Bools | None) -> tuple[Scaled, Bools | None]:
    """Return numbers, and which of them aren't within bounds or whole as they should be."""
    wrong = others
    low, high = item.min, item.max
    if item.whole or isinstance(low, Decimal) or isinstance(high, Decimal):
        found = found.bounded()
    if isinstance(low, Decimal):
        least = least_units(low, found.scale)
        if found.bounds()[0] < least:
            wrong = either(wrong, found.units < least)
    if isinstance(high, Decimal):
        most = most_units(high, found.scale)
        if found.bounds()[1] > most:
            wrong = either(wrong, found.units > most)
    if item.whole:
        if found.bounds()[0] < 0:
            wrong = either(wrong, found.units < 0)
        found = found.coarser(0)
        wrong = either(wrong, found.odd)
    if wrong is not None and found.absent is not None:
        wrong &= ~found.absent
    return found, wrong


def _with_others(reader: Reader, array: pa.Array, found: Scaled, others: Bools | None) -> Scaled:
    """Return plain numbers with the others read one by one."""
    if others is None or not others.any():
        return found
    rows = np.flatnonzero(others)
    below = _read(reader, array.take(pa.array(rows)))
    units = np.where(others, 0, found.units)
    size = len(units)
    scale = found.scale
    if below.scale > scale and found.most * 10 ** (below.scale - scale) < ROOM:
        scale = below.scale
    whole, part = replace(found, held=units, ends=None, limit=None).finer(scale), below.at(scale)
    units = whole.units.copy()
    units[rows] = part.units
    return Scaled(
        units,
        scale,
        either(whole.absent, spread(part.absent, rows, size)),
        either(whole.odd, spread(part.odd, rows, size)),
    )


def _read(reader: Reader, array: pa.Array) -> Scaled:
    """Return the numbers of a column whose different values are read one by one."""
    size = len(array)
    column = reader.column(array)
    if column is None:
        there = ~array.is_null().to_numpy(zero_copy_only=False)
        return Scaled(np.zeros(size, np.int64), 0, ~there, there)
    codes, values = column
    values = [*values, MISSING]  # what the code -1 finds
    known = [value if isinstance(value, Decimal) else Decimal(0) for value in values]
    table = of_decimals(known)
    absent = np.array([value is MISSING for value in values])[codes]
    odd = np.array([value is REFUSED for value in values])
    odd = (odd if table.odd is None else odd | table.odd)[codes]
    return Scaled(
        table.units[codes],
        table.scale,
        absent if absent.any() else None,
        odd if odd.any() else None,
    )


def _filled(item: InputPlan, found: Scaled) -> tuple[Numbers, Bools | None]:
    """Return a column with its default where a value is missing, and what is odd."""
    absent = found.absent
    if absent is not None and isinstance(item.default, Decimal):
        deeper = places_of([item.default])
        if deeper > found.scale and found.most * 10 ** (deeper - found.scale) < ROOM:
            found = found.finer(deeper)
        default = units_of(item.default, found.scale)
        units = np.where(absent, default or 0, found.units)
        odd = absent if default is None else None
        found = replace(
            found, held=units, ends=None, limit=None, absent=None, odd=either(found.odd, odd)
        )
        absent = None
    odd = found.odd
    if absent is not None and item.required:
        odd = either(odd, absent)
    return Numbers(found.held, found.scale, found.most, absent), odd
