"""A function over the rows of a table, or the leaves of an indicator, as a loop."""

from collections.abc import Callable
from typing import TypeAlias

from perfrules.decimals import ZERO
from perfrules.engine.codegen.scope import Scope
from perfrules.engine.codegen.source import UnsupportedError
from perfrules.engine.codegen.values import Value
from perfrules.lang.tree import Aggregate, Tree

Evaluate: TypeAlias = Callable[[Scope, Tree], Value]


def fold(scope: Scope, tree: Aggregate, evaluate: Evaluate) -> Value:
    """Return what `sum(element for row in source if condition)` and its like give."""
    function = scope.functions.get(tree.function)
    if function is None or function.plugin or tree.function not in _LOOPS:
        raise UnsupportedError(tree.function)
    source = scope.source
    row = source.local("r")
    if tree.over == "table":
        named = scope.names.get(tree.source)
        if named is None:
            raise UnsupportedError(tree.source)
        rows, columns = named.value.code, scope.tables[tree.source]
        if named.lacks:
            source.lack(f"{rows} is M")
    else:
        rows, columns = scope.leaves(tree.source), {}
    inner = scope.within(tree.row, row, columns)
    found = source.local()

    def loop(start: str, step: Callable[[Value], None]) -> Value:
        """Put *step* into a loop over the elements, and return the element's value."""
        source.line(f"{found} = {start}")
        with source.block(f"for {row} in {rows}"):
            if tree.condition is None:
                element = evaluate(inner, tree.element)
                step(element)
                return element
            with source.block(f"if {evaluate(inner, tree.condition).code}"):
                element = evaluate(inner, tree.element)
                step(element)
                return element

    return _LOOPS[tree.function](scope, found, loop)


Loop: TypeAlias = Callable[[str, Callable[[Value], None]], Value]


def _sum(scope: Scope, found: str, loop: Loop) -> Value:
    source = scope.source
    source.doubts += 1
    element = loop("Z", lambda item: source.line(f"{found} = {found} + {item.code}"))
    low = ZERO if element.low is not None and element.low >= ZERO else None
    return Value(found, low, None, element.places)


def _mean(scope: Scope, found: str, loop: Loop) -> Value:
    source = scope.source
    count = source.keep("0")

    def step(item: Value) -> None:
        source.line(f"{found} = {found} + {item.code}")
        source.line(f"{count} += 1")

    element = loop("Z", step)
    source.give_up(f"not {count}")
    low = ZERO if element.low is not None and element.low >= ZERO else None
    return Value(source.keep(f"{found} / D({count})"), low)


def _count(scope: Scope, found: str, loop: Loop) -> Value:
    loop("0", lambda item: scope.source.line(f"if {item.code}: {found} += 1"))
    return Value(scope.source.keep(f"D({found})"), ZERO, None, 0)


def _extreme(sign: str) -> Callable[[Scope, str, Loop], Value]:
    def extreme(scope: Scope, found: str, loop: Loop) -> Value:
        source = scope.source

        def step(item: Value) -> None:
            code = source.keep(item.code)
            source.line(f"if {found} is None or {code} {sign} {found}: {found} = {code}")

        element = loop("None", step)
        source.give_up(f"{found} is None")
        return Value(found, element.low, element.high, element.places)

    return extreme


def _settled(value: str, test: str) -> Callable[[Scope, str, Loop], Value]:
    """Return the loop that stops at the first element that settles the matter."""

    def settled(scope: Scope, found: str, loop: Loop) -> Value:
        def step(item: Value) -> None:
            with scope.source.block(test.format(item.code)):
                scope.source.line(f"{found} = {value}")
                scope.source.line("break")

        loop("False" if value == "True" else "True", step)
        return Value(found)

    return settled


_LOOPS = {
    "sum": _sum,
    "mean": _mean,
    "count": _count,
    "min": _extreme("<"),
    "max": _extreme(">"),
    "any": _settled("True", "if {}"),
    "all": _settled("False", "if not {}"),
}
