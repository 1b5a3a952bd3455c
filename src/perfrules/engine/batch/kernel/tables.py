"""A function over the rows of a table: rows are columns of their own, then added up by unit."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

import numpy as np

from perfrules.engine.batch.kernel.arithmetic import combine
from perfrules.engine.batch.kernel.chunk import (
    Chunk,
    IntsOf,
    Kept,
    Mask,
    Run,
    UnsupportedError,
)
from perfrules.engine.batch.kernel.compare import Test, compare
from perfrules.engine.batch.kernel.effects import Effects, there
from perfrules.engine.batch.kernel.numbers import (
    Exactly,
    Known,
    Number,
    Real,
    Whole,
    is_whole,
    scaled_by,
)
from perfrules.engine.batch.kernel.scope import Scope, column_of
from perfrules.engine.batch.kernel.shape import ColumnShape, Shape
from perfrules.engine.batch.kernel.values import (
    Answers,
    Constant,
    Day,
    Flag,
    Label,
    Members,
    Named,
    Value,
    as_flag,
    both,
    every,
    flag,
    number,
    opposite,
)
from perfrules.engine.batch.vectors import Bools, Ints, Sheet, Taken
from perfrules.lang.plan import InputPlan
from perfrules.lang.tree import Aggregate, Tree

Evaluate = Callable[[Scope, Tree], Value]
Names = Callable[[Run], tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table input of a batch: what its columns are, and how many rows a unit has at most."""

    item: InputPlan
    shape: ColumnShape

    @property
    def columns(self) -> Mapping[str, Named]:
        """The columns that have a form, row by row."""
        found: dict[str, Named] = {}
        inner = self.shape.rows or Shape(())
        for column in self.item.columns:
            if column.id in inner.columns:
                try:
                    found[column.id] = column_of(column, column.id, inner)
                except UnsupportedError:
                    continue
        return found

    def rows(self, outer: Chunk) -> "Rows":
        """Return the rows of a chunk's units."""
        if self not in outer.memo:
            outer.memo[self] = Rows(self.sheet(outer.run), outer, self._run(outer.run))
        found: Rows = outer.memo[self]
        return found

    def sheet(self, run: Run) -> Sheet:
        """Return the table's column."""
        found = run.columns[self.item.id]
        assert isinstance(found, Sheet)  # noqa: S101 - the shape says so
        return found

    def _run(self, outer: Run) -> Run:
        def make() -> Run:
            sheet = self.sheet(outer)
            size = int(sheet.offsets[-1])
            return Run(Taken(size, sheet.columns, np.zeros(size, np.bool_)), outer=outer)

        return outer.table(self, make)


class Rows:
    """The rows of a chunk's units: a chunk of their own, and which unit each row is of."""

    def __init__(self, sheet: Sheet, outer: Chunk, run: Run) -> None:
        bounds = sheet.offsets[outer.start : outer.stop + 1]
        start = int(bounds[0])
        self.outer = outer
        self.offsets: Ints = bounds - start
        self.unit: Ints = np.repeat(np.arange(outer.size), np.diff(bounds))
        self.chunk = Chunk(run, start, int(bounds[-1]), np.zeros((0, 0), np.int64))
        self.chunk.memo[Rows] = self

    def totals(self, units: Ints) -> Ints:
        """Return the sum of each unit's rows: sums wrap around alike, so that differences hold."""
        added = np.concatenate([np.zeros(1, np.int64), np.cumsum(units)])
        found: Ints = added[self.offsets[1:]] - added[self.offsets[:-1]]
        self.settle()
        return found

    def settle(self) -> None:
        """Count what was computed again exactly among the rows with the units."""
        self.outer.redone += self.chunk.redone
        self.chunk.redone = 0

    def any(self, mask: Bools) -> Bools:
        """Return the units in which a row's mask holds."""
        found: Bools = self.totals(mask.astype(np.int64)) > 0
        return found


def rows_of(chunk: Chunk) -> Rows:
    """Return what a chunk of rows belongs to."""
    found: Rows = chunk.memo[Rows]
    return found


class Spread(Mapping[str, Named]):
    """The names of a unit as its rows see them."""

    def __init__(self, names: Mapping[str, Named]) -> None:
        self.names = names

    def __getitem__(self, name: str) -> Named:
        """Return a name's value by row."""
        return spread(self.names[name])

    def __iter__(self) -> Iterator[str]:
        """Return the names."""
        return iter(self.names)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.names)


def spread(named: Named) -> Named:
    """Return a unit's value as its rows see it."""
    return Named(
        _spread(named.value), _mask(named.lack), _mask(named.fail), computed=named.computed
    )


def _mask(mask: Mask | None) -> Mask | None:
    if mask is None:
        return None

    def spread(chunk: Chunk) -> Bools | None:
        rows = rows_of(chunk)
        found = mask(rows.outer)
        return None if found is None else found[rows.unit]

    return spread


def _ints(get: IntsOf) -> IntsOf:
    def spread(chunk: Chunk) -> Ints:
        rows = rows_of(chunk)
        found = get(rows.outer)
        return found[rows.unit] if np.ndim(found) else found

    return Kept(spread)


def _exactly(exact: Exactly) -> Exactly:
    def spread(chunk: Chunk, where: Ints) -> list[Decimal]:
        rows = rows_of(chunk)
        return exact(rows.outer, rows.unit[where])

    return spread


def _spread(value: Value) -> Value:
    match value:
        case Whole():
            return replace(value, units=_ints(value.units), exact=_exactly(value.exact))
        case Real():
            return replace(value, floats=_ints(value.floats), exact=_exactly(value.exact))  # type: ignore[arg-type] # floats alike
        case Flag():
            return Flag(_ints(value.get))  # type: ignore[arg-type] # flags alike
        case Label():
            return Label(_ints(value.codes), _names(value.names))
        case Day():
            return Day(_ints(value.ordinals))
        case Members():
            return Members(_ints(value.bits), _names(value.names))
        case Answers():
            return replace(value, counts=tuple(_ints(count) for count in value.counts))
        case Known() | Constant():
            return value


def _names(names: Names) -> Names:
    """Return the names of a unit's labels as a batch of rows knows them."""
    return lambda run: names(run.beyond)


def inside(scope: Scope, row: str, table: Table, effects: Effects) -> Scope:
    """Return what an expression about a row of a table sees; marks are by row."""
    outer, leaves = scope.reference, scope.leaves
    return replace(
        scope,
        names=Spread(scope.names),
        shadows=Spread(scope.shadows),
        rows={row: table.columns},
        effects=effects,
        reference=lambda kind, name: spread(outer(kind, name)),
        leaves=lambda name: [Spread(leaf) for leaf in leaves(name)],
        tables=None,
    )


def over_rows(scope: Scope, tree: Aggregate, table: Table, evaluate: Evaluate) -> Value:
    """Return what `sum(element for row in table if condition)` and its like give by unit."""
    if scope.rows or scope.tables is None:
        raise UnsupportedError(tree.source)
    effects = Effects()
    inner = inside(scope, tree.row, table, effects)
    test: Test = True
    if tree.condition is not None:
        test = flag(evaluate(inner, tree.condition))
    element_effects = Effects()
    value = evaluate(inner.marking(element_effects), tree.element)
    effects.take(element_effects, None if test is True else every(test))
    _raise(scope, table, effects, stops=tree.function in ("any", "all"))
    return _folded(scope, tree.function, table, test, value)


def _raise(scope: Scope, table: Table, effects: Effects, *, stops: bool) -> None:
    """Mark the units that have a row with a mark; where a row may not be looked at, as odd ones."""
    if table.shape.lacks:
        name = table.item.id
        scope.effects.lack(lambda chunk: chunk.part(_absent(chunk.run.columns[name])))
    if not effects.marks:
        return
    find = Kept(effects.find())

    def raised(place: int) -> Mask:
        def mask(chunk: Chunk) -> Bools | None:
            rows = table.rows(chunk)
            found = find(rows.chunk)[place]
            return None if found is None else rows.any(found)

        return mask

    scope.effects.odd(raised(1))
    (scope.effects.odd if stops else scope.effects.lack)(raised(0))


def _absent(column: object) -> Bools:
    absent: Bools | None = getattr(column, "absent", None)
    assert absent is not None  # noqa: S101 - the shape says so
    return absent


def _folded(scope: Scope, name: str, table: Table, test: Test, value: Value) -> Value:
    match name:
        case "sum":
            return summed(table, test, number(value))
        case "mean":
            count = _count(table, test)
            return combine(scope.effects, "/", summed(table, test, number(value)), count)
        case "count":
            return _count(table, both(test, flag(value)))
        case "any":
            some = _count(table, both(test, flag(value)))
            return as_flag(compare(">", some, Known(Decimal(0))))
        case "all":
            bad = _count(table, both(test, opposite(flag(value))))
            return as_flag(compare("==", bad, Known(Decimal(0))))
        case "min" | "max":
            return _extreme(scope, table, test, number(value), larger=name == "max")
        case _:
            raise UnsupportedError(name)


def _whole(units: IntsOf, factor: Fraction, low: int, high: int) -> Whole:
    if not is_whole(factor, low, high):
        raise UnsupportedError
    kept = Kept(units)
    return Whole(
        kept, factor, low, high,
        lambda chunk, where: [scaled_by(factor, unit) for unit in kept(chunk)[where].tolist()],
    )  # fmt: skip


def _by_row(value: Number) -> tuple[IntsOf, Fraction, int, int]:
    """Return a number's units by row; a guess has none."""
    if isinstance(value, Known):
        factor = abs(Fraction(value.value)) or Fraction(1)
        unit = int(Fraction(value.value) / factor)
        return (lambda chunk: np.full(chunk.size, unit)), factor, unit, unit
    if not isinstance(value, Whole):
        raise UnsupportedError
    return value.units, value.factor, value.low, value.high


def summed(table: Table, test: Test, value: Number) -> Number:
    """Return what a number of the rows in which a condition holds adds up to, by unit."""
    units, factor, low, high = _by_row(value)
    most = table.shape.most

    def total(chunk: Chunk) -> Ints:
        rows = table.rows(chunk)
        found = units(rows.chunk)
        if not isinstance(test, bool):
            found = found * test(rows.chunk)
        return rows.totals(found)

    if test is False:
        return Known(Decimal(0))
    return _whole(total, factor, min(0, low) * most, max(0, high) * most)


def _count(table: Table, test: Test) -> Number:
    if test is False:
        return Known(Decimal(0))
    holds = every(test)

    def counted(chunk: Chunk) -> Ints:
        rows = table.rows(chunk)
        return rows.totals(holds(rows.chunk).astype(np.int64))

    return _whole(counted, Fraction(1), 0, table.shape.most)


def _extreme(scope: Scope, table: Table, test: Test, value: Number, *, larger: bool) -> Number:
    """Return the largest or smallest; a unit without rows is refused."""
    units, factor, low, high = _by_row(value)
    count = _count(table, test)
    none = compare("==", count, Known(Decimal(0)))
    if none is True:
        scope.effects.always_odd()
    elif none is not False:
        scope.effects.odd(there(none))
    call, worst = (np.maximum, low) if larger else (np.minimum, high)

    def found(chunk: Chunk) -> Ints:
        rows = table.rows(chunk)
        values = units(rows.chunk)
        if not isinstance(test, bool):
            values = np.where(test(rows.chunk), values, worst)
        padded = np.append(values, worst)  # so that every unit's first row is there
        out: Ints = call.reduceat(padded, rows.offsets[:-1])
        return np.where(np.diff(rows.offsets) == 0, worst, out)

    return _whole(found, factor, low, high)
