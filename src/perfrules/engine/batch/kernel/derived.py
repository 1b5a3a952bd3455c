"""Derived values by column: what fails or lacks does so only where it is used."""

from typing import cast

import numpy as np

from perfrules.engine.batch.kernel.chunk import BoolsOf, Chunk, Kept, UnsupportedError
from perfrules.engine.batch.kernel.effects import Effects, there
from perfrules.engine.batch.kernel.expressions import chosen, flag_of, value_of
from perfrules.engine.batch.kernel.scope import Scope
from perfrules.engine.batch.kernel.values import Constant, Named, Value, every
from perfrules.engine.batch.vectors import Bools
from perfrules.lang.plan import Derived, Plan


def derive(scope: Scope, plan: Plan, names: dict[str, Named]) -> None:
    """Add the value of each derived name; one without a column form is left out."""
    for derived in plan.derived:
        effects = Effects()
        try:
            value = _value(scope.marking(effects), derived)
        except UnsupportedError:
            continue
        names[derived.id] = _named(value, effects)


def _named(value: Value, effects: Effects) -> Named:
    if not effects.marks:
        return Named(value, computed=True)
    find = Kept(effects.find())
    lack = (lambda chunk: find(chunk)[0]) if effects.lacks else None
    fail = (lambda chunk: find(chunk)[1]) if effects.odds else None
    return Named(value, lack, fail, computed=True)


def _value(scope: Scope, derived: Derived) -> Value:
    if derived.expr is not None:
        return value_of(scope, derived.expr)
    return _choose(scope, derived)


def _choose(scope: Scope, derived: Derived) -> Value:
    """Return what the first true row of a table gives, or its only one."""
    first = derived.choose == "first"
    open_: BoolsOf | None = None  # where no row was true yet; None: everywhere
    rows: list[tuple[BoolsOf, Value]] = []
    several: list[BoolsOf] = []
    for row in derived.rows:
        effects = Effects()
        test = every(True if row.when is None else flag_of(scope.marking(effects), row.when))
        scope.effects.take(effects, open_ if first or row.when is None else None)
        if not first and row.when is not None and open_ is not None:
            several.append(_again(test, open_))
        taken = test if open_ is None else _both(test, open_)
        rows.append((taken, Constant(None)))
        open_ = _still(test, open_)
    for again in several:
        scope.effects.odd(there(again))
    if open_ is not None:
        scope.effects.odd(there(open_))
    values: list[Value] = []
    for row, (taken, _) in zip(derived.rows, rows, strict=True):
        if isinstance(row.then, str):
            values.append(Constant(row.then))
            continue
        effects = Effects()
        values.append(value_of(scope.marking(effects), row.then))
        scope.effects.take(effects, taken)
    found = values[-1]
    for (taken, _), value in reversed(list(zip(rows, values, strict=True))[:-1]):
        found = chosen(taken, value, found)
    return found


def _both(left: BoolsOf, right: BoolsOf) -> BoolsOf:
    return Kept(lambda chunk: left(chunk) & right(chunk))


def _again(test: BoolsOf, still: BoolsOf) -> BoolsOf:
    """Return where a row is true though one before it was."""
    return Kept(lambda chunk: test(chunk) & ~still(chunk))


def _still(test: BoolsOf, still: BoolsOf | None) -> BoolsOf:
    def left(chunk: Chunk) -> Bools:
        found = np.logical_not(test(chunk))
        return cast("Bools", found if still is None else found & still(chunk))

    return Kept(left)
