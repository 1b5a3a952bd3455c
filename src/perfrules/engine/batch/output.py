"""The numbers of a batch put into the columns that come out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from perfrules.decimals import CONTEXT, SNAP
from perfrules.engine.batch.alike import Alike
from perfrules.engine.batch.arrays import either
from perfrules.engine.batch.exact import Refused, UnitScored
from perfrules.engine.batch.listed import listed
from perfrules.engine.batch.schema import STATES, LineShape, Shape, decimal_type
from perfrules.engine.batch.scored import BatchScored, LineScored
from perfrules.engine.batch.vectors import Bools, Ints
from perfrules.engine.batch.wide import Units, decimals, exactly, scattered

Number: TypeAlias = Callable[[UnitScored], Decimal | None]

_SCORED: Final = STATES.index("scored")
_ROOM: Final = 2**62


@dataclass(frozen=True, slots=True)
class Alone:
    """The units that were scored by themselves: where they stand, and what came out."""

    rows: Ints
    found: Sequence[UnitScored | Refused]

    def each(self, number: Number) -> list[Decimal | None]:
        """Return a number of each unit; None where it was refused."""
        return [None if isinstance(one, tuple) else number(one) for one in self.found]


class Output:
    """The columns of one batch in the making.

    Args:
        shape: What the columns are.
        whole: The points of the total.
        size: The number of units.
        many: What was scored at once; None for nothing.
        alone: What was scored one by one.
        alike: Keeps columns that are the same for every batch.
    """

    def __init__(
        self,
        shape: Shape,
        whole: Decimal | None,
        size: int,
        many: BatchScored | None,
        alone: Alone,
        alike: Alike | None = None,
    ) -> None:
        self.shape = shape
        self.whole = whole
        self.size = size
        self.many = many
        self.alone = alone
        self.alike = Alike() if alike is None else alike

    def columns(self, *, rates: bool) -> list[pa.Array]:
        """Return the columns from `total` to `rejected`.

        Raises:
            TooWideError: A number of a unit that was scored alone has too many digits.
        """
        found = [*self._totals()]
        for place, line in enumerate(self.shape.lines):
            found += self._line(place, line, rates=rates)
        found += self._gates()
        found += self._decisions()
        found += [self._rows(line) for line in self.shape.lines if line.has_rows]
        found.append(self._rejected())
        return found

    def _number(
        self,
        units: Units | None,
        scale: int,
        absent: Bools | None,
        number: Number,
        most: int | None = None,
    ) -> pa.Array:
        """Return a column of decimals: of the units at once, and of those scored alone.

        Args:
            units: The numbers of the units at once, and of those scored alone anything.
            scale: How many decimals there are.
            absent: Where there is none.
            number: Gives that of a unit scored alone.
            most: A bound on all of *units* that count, where one is known.
        """
        rows = self.alone.rows
        kind = decimal_type(scale, self.shape.bits)
        if units is None and not len(rows):
            return pa.nulls(self.size, kind)
        if not len(rows):
            assert units is not None  # noqa: S101 - looked at just now
            return decimals(units, kind, absent, most)
        values = exactly(self.alone.each(number), kind)
        if units is None:
            if len(rows) == self.size:
                return values
            units, absent = np.zeros(self.size, np.int64), np.ones(self.size, np.bool_)
        return scattered(units, kind, absent, rows, values)

    def _codes(
        self,
        codes: NDArray[np.int8] | None,
        words: Sequence[str],
        word: Callable[[UnitScored], str | None],
    ) -> pa.Array:
        """Return a column of words by their codes, -1 for none."""
        found = np.full(self.size, -1, np.int8) if codes is None else codes.astype(np.int8)
        if len(self.alone.rows):
            known = {name: place for place, name in enumerate(words)}
            found = found.copy()
            found[self.alone.rows] = [
                -1 if isinstance(one, tuple) else known.get(word(one) or "", -1)
                for one in self.alone.found
            ]
        gone = found < 0
        indices = pa.array(found, mask=gone if gone.any() else None)
        return pa.DictionaryArray.from_arrays(indices, pa.array(words, pa.string()))

    def _totals(self) -> list[pa.Array]:
        many, shape = self.many, self.shape
        total: Ints | None = None
        rate: Units | None = None
        absent = pointless = None
        if many is not None:
            total, absent = _digits(many.total, many.digits, shape.digits), many.untotalled
            rate = self._rate(many)
            pointless = None if self.whole else np.ones(self.size, np.bool_)
        return [
            self._number(total, shape.digits, absent, lambda one: one.scores.total),
            self._number(rate, shape.scale, either(absent, pointless), lambda one: one.scores.rate),
            self._codes(
                None if many is None else many.grade, shape.grades, lambda one: one.scores.grade
            ),
            self._complete(many, pointless),
        ]

    def _rate(self, many: BatchScored) -> Units:
        """Return the total as a share of its points."""
        if not self.whole:
            return np.zeros(self.size, np.int64)
        total = many.total
        if len(self.alone.rows):  # what stands there means nothing
            total = total.copy()
            total[self.alone.rows] = 0
        if self.shape.scale == SNAP:
            factor = int(Decimal(10) ** (SNAP - many.digits) / self.whole)
            if _most(total) * factor < _ROOM:
                return total * np.int64(factor)
        whole = self.whole

        def share(units: int) -> Decimal:
            return CONTEXT.divide(Decimal(units).scaleb(-many.digits), whole)

        return _each_different(total, share, decimal_type(self.shape.scale, self.shape.bits))

    def _complete(self, many: BatchScored | None, pointless: Bools | None) -> pa.Array:
        """Return the share of the points that was assessed."""
        scale, kind = self.shape.scale, decimal_type(self.shape.scale, self.shape.bits)
        one = 10**SNAP
        same = many is not None and many.complete is None and pointless is None
        if same and not len(self.alone.rows):
            return self.alike.column(
                "complete", self.size, lambda size: pa.repeat(pa.scalar(Decimal(1), kind), size)
            )
        units: Units | None = None
        if many is not None:
            parts = np.full(self.size, one) if many.complete is None else many.complete.copy()
            parts[self.alone.rows] = 0
            units = parts
            if scale != SNAP:
                units = _each_different(parts, lambda part: Decimal(part) / one, kind)
        return self._number(units, scale, pointless, lambda one: one.scores.complete)

    def _line(self, place: int, line: LineShape, *, rates: bool) -> list[pa.Array]:
        many: LineScored | None = None if self.many is None else self.many.lines[place]
        found = [
            self._number(
                None if many is None else _digits(many.score, many.digits, line.digits),
                line.digits,
                None if many is None else many.unscored,
                lambda one: one.lines[place][0],
                None if many is None else many.most * 10 ** (line.digits - many.digits),
            )
        ]
        if rates:
            found.append(
                self._number(
                    None if many is None else many.rate,
                    SNAP,
                    None if many is None else many.unrated,
                    lambda one: one.lines[place][1],
                )
            )
        if line.stateful:
            codes = None
            if many is not None:
                codes = many.state
                if codes is None:
                    codes = np.full(self.size, _SCORED, np.int8)
            found.append(self._codes(codes, STATES, lambda one: one.lines[place][2]))
        return found

    def _flags(
        self,
        values: Bools | None,
        absent: Bools | None,
        flag: Callable[[UnitScored], bool | None],
    ) -> pa.Array:
        """Return a column of yes and no."""
        rows = self.alone.rows
        alone = [None if isinstance(one, tuple) else flag(one) for one in self.alone.found]
        if values is None and len(rows) == self.size:
            return pa.array(alone, pa.bool_())
        if not len(rows):
            return pa.array(values, mask=absent)
        found = np.zeros(self.size, np.bool_) if values is None else values.copy()
        gone = np.zeros(self.size, np.bool_) if absent is None else absent.copy()
        found[rows] = [bool(one) for one in alone]
        gone[rows] = [one is None for one in alone]
        return pa.array(found, mask=gone)

    def _gates(self) -> list[pa.Array]:
        def fired(name: str) -> Callable[[UnitScored], bool]:
            return lambda one: name in one.scores.gates

        return [
            self._flags(None if self.many is None else self.many.gates[place], None, fired(name))
            for place, name in enumerate(self.shape.gates)
        ]

    def _decisions(self) -> list[pa.Array]:
        def decided(name: str) -> Callable[[UnitScored], bool | None]:
            def follows(one: UnitScored) -> bool | None:
                found = name in one.scores.decisions
                return None if not found and name in one.scores.undecided else found

            return follows

        return [
            self._flags(
                None if self.many is None else self.many.decisions[place],
                None if self.many is None else self.many.undecided[place],
                decided(name),
            )
            for place, name in enumerate(self.shape.decisions)
        ]

    def _rows(self, line: LineShape) -> pa.Array:
        """Return the lines of a sheet's rows."""
        many = None if self.many is None else self.many.sheets.get(line.id)
        return listed(line, self.size, many, self.alone.rows, self.alone.found)

    def _rejected(self) -> pa.Array:
        kind = self.shape.schema.field("rejected").type
        refused = [
            (row, one)
            for row, one in zip(self.alone.rows.tolist(), self.alone.found, strict=True)
            if isinstance(one, tuple)
        ]
        if not refused:
            return self.alike.column("rejected", self.size, lambda size: pa.nulls(size, kind))
        found: list[object] = [None] * self.size
        for row, problems in refused:
            found[row] = [
                (
                    item.code,
                    ".".join(map(str, item.path)),
                    item.message.get("zh"),
                    item.message.get("en"),
                )
                for item in problems
            ]
        return pa.array(found, kind)


def _digits(units: Ints, digits: int, wanted: int) -> Ints:
    """Return a score in units of the digits that its column has."""
    if digits == wanted:
        return units
    low = units if units.ndim == 1 else units[:, 0]
    found: Ints = low * np.int64(10 ** (wanted - digits))
    return found


def _each_different(units: Ints, number: Callable[[int], Decimal], kind: pa.DataType) -> pa.Array:
    """Return decimals that are computed once for each different whole number."""
    different, places = np.unique(units, return_inverse=True)
    values = exactly([number(one) for one in different.tolist()], kind)
    return values.take(pa.array(places))


def _most(units: Ints) -> int:
    return max(int(units.max()), -int(units.min())) if len(units) else 0
