"""Which names plan data reads: directly, and through derived values."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass

from perfrules.lang.check.usage import trees
from perfrules.lang.plan import Plan
from perfrules.lang.tree import Aggregate, Expr


def exprs(value: object, skip: frozenset[str] = frozenset()) -> Iterator[Expr]:
    """Yield every expression inside plan data, but for what lies in fields called as in *skip*."""
    if isinstance(value, Expr):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from exprs(item, skip)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from exprs(item, skip)
    elif is_dataclass(value) and not isinstance(value, type):
        for item in fields(value):
            if item.name not in skip:
                yield from exprs(getattr(value, item.name), skip)


def names(expr: Expr) -> set[str]:
    """Return the names that an expression reads, the tables of its generators included."""
    tables = {
        tree.source
        for tree in trees(expr.tree)
        if isinstance(tree, Aggregate) and tree.over == "table"
    }
    return {*expr.names, *tables}


def behind(plan: Plan, read: Iterable[Expr]) -> set[str]:
    """Return every name that the value of one of *read* depends on, derived ones followed."""
    derived = {item.id: item for item in plan.derived}
    found: set[str] = set()
    waiting = [name for expr in read for name in names(expr)]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        if name in derived:
            waiting += [below for expr in exprs(derived[name]) for below in names(expr)]
    return found
