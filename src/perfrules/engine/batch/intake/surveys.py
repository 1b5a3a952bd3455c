"""Surveys without groups: the answers of each level, all there, no more than were handed out."""

from typing import Final

import numpy as np
import pyarrow as pa

from perfrules.engine.batch.arrays import either, fields, nulls
from perfrules.engine.batch.intake.number import numbers
from perfrules.engine.batch.intake.readings import Reader
from perfrules.engine.batch.intake.words import unread
from perfrules.engine.batch.vectors import Bools, Counts
from perfrules.errors import Text
from perfrules.lang.plan import InputPlan
from perfrules.lang.types import NUMBER

ISSUED: Final = "issued"
_COUNT: Final = InputPlan("count", NUMBER, Text(), whole=True)
_HANDED_OUT: Final = InputPlan(ISSUED, NUMBER, Text(), whole=True, required=False)
_LARGE: Final = 10**15


def survey(item: InputPlan, array: pa.Array) -> tuple[Counts | None, Bools | None]:
    """Return the answers of each level, and which questionnaires are odd; None with groups."""
    if not pa.types.is_struct(array.type) or item.groups:
        return None, unread(item, nulls(array), len(array))
    absent = nulls(array)
    given = fields(array)
    odd: Bools | None = None
    answers = []
    for level in item.levels:
        if level not in given:
            return None, unread(item, nulls(array), len(array))
        found, wrong = numbers(Reader(_COUNT), given[level])
        units = found.units[:]  # whole, whatever they came as
        large = None if found.most < _LARGE else units >= _LARGE
        odd = either(odd, wrong, large)
        answers.append(units)
    if ISSUED in given:
        returned = np.add.reduce(answers, axis=0)
        found, wrong = numbers(Reader(_HANDED_OUT), given[ISSUED])
        fewer = returned > found.units[:]
        odd = either(odd, wrong, fewer if found.absent is None else fewer & ~found.absent)
    for name, child in given.items():
        if name not in item.levels and name != ISSUED:
            odd = either(odd, unread(_HANDED_OUT, nulls(child), len(child)))
    if absent is not None:
        odd = absent & item.required if odd is None else (odd & ~absent) | (absent & item.required)
    return Counts(tuple(answers), absent), odd
