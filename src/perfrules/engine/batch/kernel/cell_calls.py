"""`kind(t.target)` and `number(t.target)` by column: what the cells of a batch state."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

import numpy as np

from perfrules.decimals import CONTEXT, ONE
from perfrules.engine.batch.intake.scaled import Scaled
from perfrules.engine.batch.kernel.chunk import Chunk, Kept, Run, UnsupportedError
from perfrules.engine.batch.kernel.effects import there
from perfrules.engine.batch.kernel.numbers import Whole, scaled
from perfrules.engine.batch.kernel.quantities import targets
from perfrules.engine.batch.kernel.scope import Scope
from perfrules.engine.batch.kernel.values import Label, Value
from perfrules.engine.batch.vectors import Bools, Ints
from perfrules.lang.cells import TargetCell, read_target
from perfrules.lang.functions import KINDS

_SCALE: Final = 6  # decimals of a number that stands in columns
_MOST: Final = 10**16
_CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Stated:
    """What different cells state: the place of each kind, and numbers in millionths.

    Those without a number, or with one that has no room here, are `odd`.
    """

    kinds: Ints
    units: Ints
    odd: Bools

    def put(self, where: int | Bools, cell: TargetCell) -> None:
        """Set the kind of cells that are like one."""
        self.kinds[where] = KINDS.index(cell.kind)


def stated(texts: Sequence[str]) -> Stated:
    """Return what different texts state as target cells.

    >>> found = stated(["≥95%", "明显", "90%-95%"])
    >>> [KINDS[kind] for kind in found.kinds], found.units, found.odd
    (['at_least', 'words', 'range'], array([950000,      0, 900000]), array([False,  True, False]))
    """
    size = len(texts)
    found = Stated(np.zeros(size, np.int64), np.zeros(size, np.int64), np.ones(size, np.bool_))
    signed = targets(texts)
    alone = ~signed.plain
    for place in np.unique(signed.places[signed.plain]).tolist():
        where = signed.plain & (signed.places == place)
        sign, unit = signed.around[place]
        cell = read_target(f"{sign}1{unit}")  # one of each sign and unit
        if cell.number not in (ONE, _CENT):
            alone |= where
            continue
        found.put(where, cell)
        numbers = Scaled(signed.units[where], signed.scale + (2 if cell.number == _CENT else 0))
        numbers = numbers.at(_SCALE)
        found.units[where] = numbers.units
        found.odd[where] = numbers.units >= _MOST
        if numbers.odd is not None:
            found.odd[where] |= numbers.odd
    for at in np.flatnonzero(alone).tolist():
        cell = read_target(texts[at])
        found.put(at, cell)
        units = None if cell.number is None else CONTEXT.scaleb(cell.number, _SCALE)
        if units is not None and units == units.to_integral_value() and abs(units) < _MOST:
            found.units[at], found.odd[at] = int(units), False
    return found


def _table(label: Label, run: Run) -> Stated:
    names = label.names(run)  # the batch keeps it, so that its id is never another's
    return run.table((stated, id(names)), lambda: stated(names or ("",)))


def kind_of(_: Scope, args: Sequence[Value]) -> Value:
    """Return the kind of each cell."""
    label = args[0]
    if not isinstance(label, Label):
        raise UnsupportedError

    def codes(chunk: Chunk) -> Ints:
        return _table(label, chunk.run).kinds.take(label.codes(chunk), mode="clip")

    return Label(Kept(codes), lambda _: KINDS)


def number_of(scope: Scope, args: Sequence[Value]) -> Value:
    """Return the number of each cell; one without a number is odd."""
    label = args[0]
    if not isinstance(label, Label):
        raise UnsupportedError

    def units(chunk: Chunk) -> Ints:
        return _table(label, chunk.run).units.take(label.codes(chunk), mode="clip")

    def odd(chunk: Chunk) -> Bools:
        return _table(label, chunk.run).odd.take(label.codes(chunk), mode="clip")

    scope.effects.odd(there(odd))
    kept = Kept(units)
    return Whole(
        kept, Fraction(1, 10**_SCALE), -_MOST, _MOST,
        lambda chunk, where: [scaled(unit, _SCALE) for unit in kept(chunk)[where].tolist()],
    )  # fmt: skip
