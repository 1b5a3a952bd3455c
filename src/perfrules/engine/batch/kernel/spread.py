"""What an expression about a row of a table sees of its unit."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

import numpy as np

from perfrules.engine.batch.kernel.chunk import Chunk, IntsOf, Kept, Mask, Run
from perfrules.engine.batch.kernel.effects import Effects
from perfrules.engine.batch.kernel.numbers import Exactly, Known, Real, Whole
from perfrules.engine.batch.kernel.rows import Nested, Table, rows_of
from perfrules.engine.batch.kernel.scope import Scope
from perfrules.engine.batch.kernel.values import (
    Answers,
    Constant,
    Day,
    Flag,
    Label,
    Members,
    Named,
    Value,
)
from perfrules.engine.batch.vectors import Bools, Ints

Names: TypeAlias = Callable[[Run], tuple[str, ...]]


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
        rows={
            **{name: Spread(columns) for name, columns in scope.rows.items()},
            row: table.columns,
        },
        effects=effects,
        reference=lambda kind, name: spread(outer(kind, name)),
        leaves=lambda name: [Spread(leaf) for leaf in leaves(name)],
        tables=_within(scope.tables),
    )


def _within(tables: Mapping[str, Table] | None) -> Mapping[str, Table] | None:
    """Return the tables that can be looked through for each row of one."""
    if tables is None or any(isinstance(table, Nested) for table in tables.values()):
        return None
    return {name: Nested(table.item, table.shape) for name, table in tables.items()}
