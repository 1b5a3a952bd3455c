"""A function over leaves, which are as many columns, or over the rows of a table."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

from perfrules.decimals import ONE, ZERO
from perfrules.engine.batch.kernel.arithmetic import combine
from perfrules.engine.batch.kernel.chunk import BoolsOf, Kept, UnsupportedError
from perfrules.engine.batch.kernel.compare import Test
from perfrules.engine.batch.kernel.effects import Effects
from perfrules.engine.batch.kernel.numbers import Known, Number
from perfrules.engine.batch.kernel.scope import Scope
from perfrules.engine.batch.kernel.select import select
from perfrules.engine.batch.kernel.tables import over_rows
from perfrules.engine.batch.kernel.values import Value, as_flag, both, flag, number, opposite
from perfrules.lang.tree import Aggregate, Tree

Evaluate: TypeAlias = Callable[[Scope, Tree], Value]


def fold(scope: Scope, tree: Aggregate, evaluate: Evaluate) -> Value:
    """Return what `sum(element for row in leaves(x) if condition)` and its like give."""
    function = scope.functions.get(tree.function)
    if function is None or function.plugin:
        raise UnsupportedError(tree.function)
    if tree.over == "table":
        table = (scope.tables or {}).get(tree.source)
        if table is None:
            raise UnsupportedError(tree.source)
        return over_rows(scope, tree, table, evaluate)
    parts: list[tuple[Test, Value]] = []
    for row in scope.leaves(tree.source):
        inner = replace(scope, rows={**scope.rows, tree.row: row})
        test: Test = True
        if tree.condition is not None:
            test = flag(evaluate(inner, tree.condition))
        if test is False:
            continue
        effects = Effects()
        value = evaluate(inner.marking(effects), tree.element)
        if effects.marks and tree.function in ("any", "all"):
            raise UnsupportedError(tree.function)  # which stop at what settles them
        scope.effects.take(effects, None if test is True else test)
        parts.append((test, value))
    return _folded(scope, tree.function, parts)


def _folded(scope: Scope, name: str, parts: list[tuple[Test, Value]]) -> Value:
    match name:
        case "sum":
            return _sum(scope, parts)
        case "mean":
            count = _count([test for test, _ in parts], scope)
            return combine(scope.effects, "/", _sum(scope, parts), count)
        case "count":
            return _count([both(test, flag(value)) for test, value in parts], scope)
        case "any":
            return as_flag(_any([both(test, flag(value)) for test, value in parts]))
        case "all":
            bad = _any([both(test, opposite(flag(value))) for test, value in parts])
            return as_flag(opposite(bad))
        case _:
            raise UnsupportedError(name)


def _sum(scope: Scope, parts: list[tuple[Test, Value]]) -> Number:
    found: Number = Known(ZERO)
    for test, value in parts:
        after = combine(scope.effects, "+", found, number(value))
        found = after if isinstance(test, bool) else select(test, after, found)
    return found


def _count(tests: list[Test], scope: Scope) -> Number:
    found: Number = Known(Decimal(sum(test is True for test in tests)))
    for test in tests:
        if not isinstance(test, bool):
            one = select(test, Known(ONE), Known(ZERO))
            found = combine(scope.effects, "+", found, one)
    return found


def _any(tests: list[Test]) -> Test:
    if any(test is True for test in tests):
        return True
    found: Test = False
    for test in tests:
        if not isinstance(test, bool):
            found = test if isinstance(found, bool) else _or(found, test)
    return found


def _or(left: BoolsOf, right: BoolsOf) -> BoolsOf:
    return Kept(lambda chunk: left(chunk) | right(chunk))
