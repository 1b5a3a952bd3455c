"""A method that has no column form: its own plan rates each unit, for that leaf only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

import numpy as np

from perfrules.decimals import ONE
from perfrules.engine.batch.kernel.chunk import Chunk, Floats, Kept, Run, UnsupportedError
from perfrules.engine.batch.kernel.effects import Effects
from perfrules.engine.batch.kernel.leaf import Rating
from perfrules.engine.batch.kernel.numbers import UNIT, Known, Number, Real, scaled
from perfrules.engine.batch.kernel.shape import Shape
from perfrules.engine.batch.kernel.shares import Portion
from perfrules.engine.batch.vectors import (
    Bools,
    Chosen,
    Column,
    Counts,
    Days,
    Flags,
    Ints,
    Labels,
    Numbers,
    Sheet,
    Taken,
)
from perfrules.engine.codegen.runtime import TROUBLE, LackError, rated
from perfrules.engine.facts import Facts
from perfrules.engine.unit import Unit
from perfrules.lang.ballots import SurveyFact
from perfrules.lang.frame import MissingFault
from perfrules.lang.plan import Indicator, InputPlan, Plan
from perfrules.lang.types import MISSING, Kind


@dataclass(frozen=True, slots=True)
class Answered:
    """What a method said of the units of a chunk; where it said nothing, anything."""

    over: list[Decimal]
    under: list[Decimal]
    lacking: Bools
    odd: Bools
    unverified: Bools


class Caller:
    """Asks a leaf's method about every unit of a chunk that was admitted."""

    def __init__(
        self,
        plan: Plan,
        indicator: Indicator,
        points: Decimal,
        parameters: Mapping[str, object],
        as_of: date | None,
    ) -> None:
        self.plan = plan
        self.indicator = indicator
        self.points = points
        self.parameters = parameters
        self.as_of = as_of

    def __call__(self, chunk: Chunk) -> Answered:
        """Return its answers."""
        size = chunk.size
        found = Answered([ONE] * size, [ONE] * size, *(np.zeros(size, np.bool_) for _ in range(3)))
        refused = chunk.part(chunk.run.odd)
        columns = [_values(item, chunk) for item in self.plan.inputs]
        for at in np.flatnonzero(~refused).tolist():
            self._ask(found, at, [column[at] for column in columns])
        chunk.redone += size
        return found

    def _ask(self, found: Answered, at: int, values: list[object]) -> None:
        method = self.indicator.method
        assert method is not None  # noqa: S101 - it is a leaf
        by_id = dict(zip((item.id for item in self.plan.inputs), values, strict=True))
        facts = Facts(unit=None, as_of=self.as_of, values=by_id)
        unit = Unit(self.plan, facts, self.as_of, self.parameters, whole=self.plan.total)
        try:
            share, doubt = rated(unit, method, self.points, self.indicator.id, None, None)
        except (MissingFault, LackError):
            found.lacking[at] = True
        except TROUBLE:
            found.odd[at] = True
        else:
            found.over[at], found.under[at] = share
            found.unverified[at] = doubt


def rating_by(
    plan: Plan,
    indicator: Indicator,
    points: Number | None,
    parameters: Mapping[str, object],
    as_of: date | None,
    shape: Shape,
) -> Rating:
    """Return how a leaf is rated by its method's own plan."""
    if not all(_has_values(item, shape) for item in plan.inputs):
        raise UnsupportedError(indicator.id)
    seen = Known(ONE) if points is None or points == Known(Decimal(0)) else points
    if not isinstance(seen, Known):
        raise UnsupportedError
    ask = Kept(Caller(plan, indicator, seen.value, parameters, as_of))
    effects = Effects()
    effects.lack(lambda chunk: ask(chunk).lacking)
    effects.odd(lambda chunk: ask(chunk).odd)
    share = Portion(_number(ask, "over"), _number(ask, "under"))
    return Rating(share, effects, [lambda chunk: ask(chunk).unverified])


def _has_values(item: InputPlan, shape: Shape) -> bool:
    """Return whether a batch holds an input's values: of target cells it has the texts only."""
    column = shape.columns.get(item.id)
    if column is None or item.type.kind is Kind.TARGET:
        return False
    return column.rows is None or all(_has_values(part, column.rows) for part in item.columns)


def _number(ask: "Kept[Answered]", part: str) -> Real:
    """Return numerators or denominators: floats of decimals, which are rounded once."""

    def floats(chunk: Chunk) -> Floats:
        return np.array([float(value) for value in getattr(ask(chunk), part)])

    def exact(chunk: Chunk, where: Ints) -> list[Decimal]:
        values = getattr(ask(chunk), part)
        return [values[at] for at in where.tolist()]

    low = 0.0 if part == "over" else 1e-300
    return Real(Kept(floats), UNIT, 0.0, low, 1e25, exact)


def _values(item: InputPlan, chunk: Chunk) -> list[object]:
    """Return an input's admitted values by unit."""
    column = chunk.run.columns.get(item.id)
    if column is None:
        raise UnsupportedError(item.id)
    found = _plain(item, column, chunk)
    if column.absent is not None:
        for at in np.flatnonzero(chunk.part(column.absent)).tolist():
            found[at] = MISSING
    return found


def _plain(item: InputPlan, column: Column, chunk: Chunk) -> list[object]:
    match column:
        case Numbers():
            return [
                scaled(unit, column.scale)
                for unit in column.units[chunk.start : chunk.stop].tolist()
            ]
        case Flags():
            return list(chunk.part(column.values).tolist())
        case Labels():
            return [_named(column.of, code) for code in chunk.part(column.codes).tolist()]
        case Chosen():
            names = list(enumerate(column.of))
            return [
                frozenset(name for place, name in names if bits >> place & 1)
                for bits in chunk.part(column.bits).tolist()
            ]
        case Days():
            return [_day(ordinal) for ordinal in chunk.part(column.ordinals).tolist()]
        case Counts():
            counts = [chunk.part(part).tolist() for part in column.answers]
            return [
                SurveyFact({None: dict(zip(item.levels, row, strict=True))})
                for row in zip(*counts, strict=True)
            ]
        case Sheet():
            return _rows(item, column, chunk)


def _rows(item: InputPlan, sheet: Sheet, chunk: Chunk) -> list[object]:
    """Return each unit's rows."""
    offsets = sheet.offsets[chunk.start : chunk.stop + 1].tolist()
    size = int(sheet.offsets[-1])
    run = Run(Taken(size, sheet.columns, np.zeros(size, np.bool_)))
    inner = Chunk(run, offsets[0], offsets[-1], chunk.scores)
    columns = [_values(part, inner) for part in item.columns]
    names = [part.id for part in item.columns]
    rows = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
    start = offsets[0]
    return [tuple(rows[one - start : other - start]) for one, other in pairwise(offsets)]


def _named(of: tuple[str, ...], code: int) -> object:
    return of[code] if 0 <= code < len(of) else MISSING


def _day(ordinal: int) -> object:
    return date.fromordinal(ordinal) if 0 < ordinal <= date.max.toordinal() else MISSING
