"""A table of many units scored: batch by batch, in order, rows in = rows out.

What can't be admitted or scored at once is scored unit by unit: the digits, the states and the
errors are those of `Program.score` either way.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from perfrules.decimals import SNAP, ZERO
from perfrules.engine.batch.alike import Alike
from perfrules.engine.batch.arrays import either, nulls
from perfrules.engine.batch.columns import TABLE
from perfrules.engine.batch.exact import scored_alone
from perfrules.engine.batch.facts import facts_of
from perfrules.engine.batch.intake import Intake
from perfrules.engine.batch.joined import Joined, joined, table_input, text_of
from perfrules.engine.batch.kernel import Kernel, dated
from perfrules.engine.batch.layout import Columns, Layout
from perfrules.engine.batch.output import Alone, Output
from perfrules.engine.batch.plain import plain_values
from perfrules.engine.batch.schema import BITS, WIDE, Shape, shape_of
from perfrules.engine.batch.scored import BatchScored
from perfrules.engine.batch.stream import sized, stream_of
from perfrules.engine.batch.units import days_of, names_of
from perfrules.engine.batch.vectors import Bools, Ints
from perfrules.engine.batch.wide import TooWideError
from perfrules.engine.codegen.scores import Scores
from perfrules.engine.facts.reserved import lines_of
from perfrules.errors import Diagnostic, FactsError, Text, UsageError
from perfrules.lang.characters import same
from perfrules.lang.plan import Plan
from perfrules.lang.types import Kind
from perfrules.messages import diagnose

Batch: TypeAlias = pa.RecordBatch
Batches: TypeAlias = pa.RecordBatchReader
Table: TypeAlias = pa.Table

_MOST_KERNELS: Final = 64
_LARGE: Final = 1000
_LONGER: Final = 2
_DAY: Final = pa.date32()


class Kernels:
    """The kernels of a plan: one for each set of parameter values, and each day where it asks."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.dated = dated(plan)
        self.made: dict[tuple[object, ...], tuple[Kernel, Mapping[str, object]]] = {}
        self.shapes: dict[tuple[bool, int], Shape] = {}

    def shape(self, *, rates: bool, bits: int) -> Shape:
        """Return the columns that come out."""
        key = (rates, bits)
        if key not in self.shapes:
            self.shapes[key] = shape_of(self.plan, rates=rates, bits=bits)
        return self.shapes[key]

    def kernel(self, parameters: Mapping[str, object], day: date | None) -> Kernel:
        """Return the kernel for a day and the values that the parameters have then."""
        day = day if self.dated else None
        key = (day, *(id(parameters[item.id]) for item in self.plan.parameters))
        found = self.made.get(key)  # another thread may clear them
        if found is None:
            if len(self.made) >= _MOST_KERNELS:
                self.made.clear()
            # The values are kept with it, so that none of their ids is ever used again.
            found = self.made[key] = Kernel(self.plan, parameters, day), parameters
        return found[0]


@dataclass(frozen=True, slots=True)
class Rules:
    """A ruleset as it scores: one unit, or what is needed to score many."""

    plan: Plan
    kernels: Kernels
    score: Callable[[Mapping[str, object]], Scores]
    parameters_on: Callable[[date | None], Mapping[str, object]]
    as_of: date | None


class TableScorer:
    """Scores the batches of one table.

    Args:
        rules: The ruleset.
        schema: The table's columns.
        tables: Sheets that are tables of their own, by input: the table and its key column.
        rates: Whether the rate of each line is wanted.
        ignore: Columns to leave out.
        bits: How wide the decimals that come out are, 128 or 64.

    Raises:
        UsageError: The columns can't be used.
    """

    def __init__(
        self,
        rules: Rules,
        schema: pa.Schema,
        *,
        tables: Mapping[str, tuple[object, str]] | None = None,
        rates: bool = True,
        ignore: Sequence[str] = (),
        bits: int = WIDE,
    ) -> None:
        plan = rules.plan
        self.rules = rules
        self.rates = rates
        self.joined = _tables(plan, tables or {})
        inputs = tuple(item for item in plan.inputs if item.id not in self.joined)
        keys = {name: table.key for name, table in self.joined.items()}
        self.layout = Layout(inputs, schema, keys, ignore, lines_of(plan))
        self.intake = Intake(plan)
        self.shape = rules.kernels.shape(rates=rates, bits=bits)
        self.alike = Alike()
        self.sheets = frozenset(line.id for line in self.shape.lines if line.has_rows)
        self.one_by_one = False
        self.times = 1
        self.seen: dict[str, int] = {}

    def batches(
        self, given: Iterable[pa.RecordBatch], threads: int = 1
    ) -> Iterator[pa.RecordBatch]:
        """Yield what comes out for each batch, then what no unit has had of other tables.

        Args:
            given: The batches.
            threads: How many are worked on side by side. Sheets of other tables are used up by the
                units in their order: with them there is one.
        """
        if threads > 1 and not self.joined:
            yield from self._side_by_side(given, threads)
            return
        row = 1
        for batch in given:
            yield self.batch(batch, row)
            row += len(batch)
        orphans = [one for table in self.joined.values() for one in table.orphans()]
        if orphans:
            yield self._orphans(orphans)

    def _side_by_side(
        self, given: Iterable[pa.RecordBatch], threads: int
    ) -> Iterator[pa.RecordBatch]:
        """Yield what comes out in the order of the batches; one for each thread is ahead."""
        # Each step of one thread keeps the other waiting for a moment: fewer and longer ones win.
        self.times = _LONGER
        row = 1
        ahead: deque[Future[pa.RecordBatch]] = deque()
        with ThreadPoolExecutor(threads, "perfrules") as pool:
            for batch in given:
                ahead.append(pool.submit(self.batch, batch, row))
                row += len(batch)
                if len(ahead) > threads:
                    yield ahead.popleft().result()
            while ahead:
                yield ahead.popleft().result()

    def batch(self, batch: pa.RecordBatch, row: int = 1) -> pa.RecordBatch:
        """Return what comes out for a batch, whose first row is the *row*-th of all."""
        columns, refused = self._with_sheets(self.layout.read(batch), row)
        size = columns.size
        names, unnamed = names_of(columns)
        wrong = either(unnamed, *(_there(array) for array in columns.evidence.values()))
        parts: list[tuple[Ints | None, list[pa.Array]]] = []
        for day, units, good in days_of(self.rules.plan, columns, self.rules.as_of):
            if units is None:
                parts.append((None, self._part(columns, day, wrong, refused, good=good)))
                continue
            places = np.flatnonzero(units)
            below = {int(np.searchsorted(places, unit)): refused[unit]
                     for unit in refused if units[unit]}  # fmt: skip
            some = None if wrong is None else wrong[places]
            made = self._part(columns.take(places), day, some, below, good=good)
            parts.append((places, made))
        return pa.RecordBatch.from_arrays(
            [pa.array(np.arange(row, row + size)), names, *_together(parts, self.shape)],
            schema=self.shape.schema,
        )

    def _part(
        self,
        columns: Columns,
        day: date | None,
        wrong: Bools | None,
        refused: Mapping[int, tuple[Diagnostic, ...]],
        *,
        good: bool,
    ) -> list[pa.Array]:
        """Return the columns from `as_of` on of units of one date."""
        size = columns.size
        many, again = self._many(columns, day, wrong) if good else (None, None)
        rows = np.arange(size) if again is None else np.flatnonzero(again)
        if refused:
            rows = np.union1d(rows, np.array(sorted(refused), np.int64))
        waiting = [row for row in rows.tolist() if row not in refused]
        facts = facts_of(columns, waiting) if waiting else ()
        found = iter(scored_alone(facts, self.rules.score, sheets=self.sheets, rates=self.rates))
        alone = Alone(
            rows, [refused[row] if row in refused else next(found) for row in rows.tolist()]
        )
        days = self.alike.column(day, size, lambda size: pa.repeat(pa.scalar(day, _DAY), size))
        return [days, *self._columns(size, many, alone)]

    def _many(
        self, columns: Columns, day: date | None, wrong: Bools | None
    ) -> tuple[BatchScored | None, Bools | None]:
        """Return the scores of all units at once, and those to be scored by themselves."""
        if self.one_by_one:
            return None, None
        try:
            parameters = self.rules.parameters_on(day)
        except FactsError:
            return None, None
        taken = self.intake.take(columns.inputs, columns.size, wrong)
        many = self.rules.kernels.kernel(parameters, day).run(
            taken, rates=self.rates, bits=self.shape.bits, times=self.times
        )
        if many is None:
            # Sheets are laid out first, which is in vain where a plan can't be scored at once.
            self.one_by_one = bool(self.sheets)
            return None, None
        again = taken.odd | many.again
        if self.shape.scale != SNAP:  # there is room for few digits before the point
            whole = int((self.rules.plan.total or ZERO) * 10**many.digits)
            again |= np.abs(many.total) >= min(_LARGE * whole, 2**62)
            if many.complete is not None:
                again |= (many.complete != 0) & (many.complete != 10**SNAP)
        return many, again

    def _columns(self, size: int, many: BatchScored | None, alone: Alone) -> list[pa.Array]:
        whole = self.rules.plan.total
        try:
            made = Output(self.shape, whole, size, many, alone, self.alike)
            return made.columns(rates=self.rates)
        except TooWideError as error:
            found = list(alone.found)
            for place in error.places:
                found[place] = (diagnose("PRF668"),)
            return self._columns(size, many, Alone(alone.rows, found))

    def _with_sheets(
        self, columns: Columns, row: int
    ) -> tuple[Columns, dict[int, tuple[Diagnostic, ...]]]:
        """Return a batch with the rows that other tables bring, and units that come again."""
        refused: dict[int, tuple[Diagnostic, ...]] = {}
        if not self.joined:
            return columns, refused
        keys = {
            key: [text_of(value) for value in plain_values(array)]
            for key, array in columns.keys.items()
        }
        inputs = dict(columns.inputs)
        for name, table in self.joined.items():
            inputs[name] = table.rows([same(key) for key in keys[table.key]])
        first = next(iter(keys.values()))
        for place, key in enumerate(first):
            before = self.seen.setdefault(same(key), row + place) if key else row + place
            if before != row + place:
                refused[place] = (_twice(key, row + place, before),)
        unit = pa.array([key or None for key in first], pa.string())
        if columns.unit is not None:
            unit = pc.coalesce(columns.unit.cast(pa.string()), unit)
        return replace(columns, inputs=inputs, unit=unit), refused

    def _orphans(self, orphans: Sequence[tuple[str, Diagnostic]]) -> pa.RecordBatch:
        """Return a row for each key of a table that no unit has had."""
        size = len(orphans)
        alone = Alone(np.arange(size), [(problem,) for _, problem in orphans])
        return pa.RecordBatch.from_arrays(
            [
                pa.nulls(size, pa.int64()),
                pa.array([shown or None for shown, _ in orphans], pa.string()),
                pa.nulls(size, pa.date32()),
                *self._columns(size, None, alone),
            ],
            schema=self.shape.schema,
        )


class Sizes(NamedTuple):
    """How many rows a batch has, how many are worked on side by side, how wide decimals are."""

    batch_rows: int
    threads: int
    decimal_bits: int

    def check(self) -> None:
        """Refuse what is no number from 1 on, and a width that there isn't: UsageError PRF646."""
        count = Text("1 以上的整数", "a whole number from 1 on")
        wrong = [
            diagnose("PRF646", option=option, value=str(value), expected=count)
            for option, value in (("batch_rows", self.batch_rows), ("threads", self.threads))
            if type(value) is not int or value < 1
        ]
        if self.decimal_bits not in BITS or type(self.decimal_bits) is not int:
            option, value = "decimal_bits", str(self.decimal_bits)
            width = Text("128 或 64", "128 or 64")
            wrong.append(diagnose("PRF646", option=option, value=value, expected=width))
        if wrong:
            raise UsageError(tuple(wrong))


def scored(rules: Rules, given: object, sizes: Sizes, **options: Any) -> pa.RecordBatchReader:  # noqa: ANN401 - as TableScorer takes them
    """Return what comes out for a table, batch by batch.

    Raises:
        UsageError: PRF646, a batch can't have so many rows; or the table can't be used.
    """
    sizes.check()
    stream = stream_of(given)
    scorer = TableScorer(rules, stream.schema, bits=sizes.decimal_bits, **options)
    return pa.RecordBatchReader.from_batches(
        scorer.shape.schema, scorer.batches(sized(stream, sizes.batch_rows), sizes.threads)
    )


def _there(array: pa.Array) -> Bools | None:
    gone = nulls(array)
    return np.ones(len(array), np.bool_) if gone is None else ~gone


def _tables(plan: Plan, tables: Mapping[str, tuple[object, str]]) -> dict[str, Joined]:
    nested = [item for item in plan.inputs if item.type.kind in (Kind.TABLE, Kind.PANEL)]
    found: dict[str, Joined] = {}
    for name, (table, key) in tables.items():
        item = table_input(nested, name)
        found[item.id] = joined(item, stream_of(table).read_all(), key)
    return found


def _together(parts: Sequence[tuple[Ints | None, list[pa.Array]]], shape: Shape) -> list[pa.Array]:
    """Return the columns of units of several dates, in the order of the units."""
    if not parts:
        return [pa.array([], field.type) for field in list(shape.schema)[2:]]
    if parts[0][0] is None:
        return parts[0][1]
    order = pa.array(np.argsort(np.concatenate([places for places, _ in parts])))
    columns = zip(*(columns for _, columns in parts), strict=True)
    return [pa.concat_arrays(column).take(order) for column in columns]


def _twice(unit: str, row: int, first: int) -> Diagnostic:
    return diagnose("PRF623", path=("unit",), value=unit, file=TABLE, row=row, first=first)
