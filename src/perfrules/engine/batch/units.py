"""The reserved columns: the unit's name, and the date of its evaluation."""

from collections.abc import Iterator
from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from perfrules.engine.batch.arrays import flags, is_text, spread
from perfrules.engine.batch.intake.readings import encoded
from perfrules.engine.batch.layout import Columns
from perfrules.engine.batch.plain import plain_values
from perfrules.engine.batch.text.marks import is_full, is_plain
from perfrules.engine.batch.vectors import Bools
from perfrules.engine.facts.problems import Problems
from perfrules.engine.facts.reserved import read_as_of, read_unit
from perfrules.lang.plan import Plan

_LONG: Final = 60  # signs
_PLAIN: Final = f"^[0-9A-Za-z一-鿿]{{1,{_LONG}}}$"


def names_of(columns: Columns) -> tuple[pa.Array, Bools | None]:
    """Return the name of each unit as admission reads it, and which names it refuses."""
    array = columns.unit
    if array is None:
        return pa.nulls(columns.size, pa.string()), None
    if is_text(array.type):
        if is_full(array) and is_plain(array) and pc.max(pc.binary_length(array)).as_py() <= _LONG:
            return array.cast(pa.string()), None
        plain = flags(pc.fill_null(pc.match_substring_regex(array, _PLAIN), True))
        if plain.all():
            return array.cast(pa.string()), None
        rows = np.flatnonzero(~plain)
        names, refused = _read(array.take(pa.array(rows)))
        mask = pa.array(~plain)
        return pc.replace_with_mask(array.cast(pa.string()), mask, names), spread(
            refused, rows, columns.size
        )
    return _read(array)


def _read(array: pa.Array) -> tuple[pa.Array, Bools | None]:
    """Return names read one by one; a text that is refused stays as it is."""
    names: list[str | None] = []
    refused: list[bool] = []
    for value in plain_values(array):
        problems = Problems()
        name = read_unit(value, problems)
        refused.append(bool(problems.found))
        names.append(value if name is None and isinstance(value, str) and refused[-1] else name)
    found = np.array(refused, np.bool_)
    return pa.array(names, pa.string()), found if found.any() else None


def days_of(
    plan: Plan, columns: Columns, called: date | None
) -> Iterator[tuple[date | None, Bools | None, bool]]:
    """Yield each date of a batch, which units have it (None: all), and whether it can be scored on.

    Args:
        plan: The checked ruleset.
        columns: The batch.
        called: The date of the call, or of the program.
    """
    if columns.as_of is None:
        only, fine = _day(plan, None, called)
        yield only, None, fine
        return
    coded = encoded(columns.as_of)
    if coded is None:
        yield called, None, False
        return
    codes, different = coded
    days = [_day(plan, value, called) for value in (*plain_values(different), None)]
    by_day: dict[tuple[date | None, bool], list[int]] = {}
    for place, one in enumerate(days):
        by_day.setdefault(one, []).append(place if place < len(different) else -1)
    for (day, good), places in by_day.items():
        units: Bools = np.isin(codes, places)
        if units.all():
            yield day, None, good
        elif units.any():
            yield day, units, good


def _day(plan: Plan, given: object, called: date | None) -> tuple[date | None, bool]:
    problems = Problems()
    found = read_as_of(plan, given, called, problems)
    return (None, False) if problems.found else (found, True)
