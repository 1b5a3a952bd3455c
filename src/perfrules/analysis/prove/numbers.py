"""The numbers, days and texts that a ruleset decides by: where a search looks first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from perfrules.lang.check.usage import trees
from perfrules.lang.plan import Plan
from perfrules.lang.tree import Const, Expr
from perfrules.lang.types import Kind

_SKIPPED: Final = frozenset({"places", "text", "warnings", "added", "basis", "inputs", "tree"})


@dataclass(frozen=True, slots=True)
class Landmarks:
    """What is written in a ruleset, by kind, in order of size."""

    numbers: tuple[Decimal, ...]
    percents: tuple[Decimal, ...]
    money: tuple[Decimal, ...]
    days: tuple[date, ...]
    texts: tuple[str, ...]


def landmarks(plan: Plan) -> Landmarks:
    """Return the values written in the rules of *plan*, its parameters' included."""
    found: dict[str, set[object]] = {"n": set(), "p": set(), "m": set(), "d": set(), "t": set()}
    for expr in exprs_in(plan):
        for tree in trees(expr.tree):
            if isinstance(tree, Const):
                _add(found, tree.value, tree.type.kind)
    for given in plan.inputs:
        if given.default is not None:
            _add(found, given.default, given.type.kind)
    for item in plan.parameters:
        kind = item.type.kind
        inner = item.type.inner.kind if item.type.inner is not None else kind
        for _, value in item.values:
            for entry, at in _entries(value):
                _add(found, entry, Kind.NUMBER if at else inner)
    return Landmarks(*(tuple(sorted(items)) for items in found.values()))  # type: ignore[type-var, arg-type] # by kind


def _add(found: Mapping[str, set[object]], value: object, kind: Kind) -> None:
    if isinstance(value, bool):
        return
    if isinstance(value, Decimal):
        place = {Kind.PERCENT: "p", Kind.MONEY: "m"}.get(kind, "n")
        found[place].add(value)
    elif isinstance(value, date):
        found["d"].add(value)
    elif isinstance(value, str):
        found["t"].add(value)


def _entries(value: object) -> Iterator[tuple[object, bool]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield key, True
            yield from _entries(item)
    else:
        yield value, False


def exprs_in(item: object) -> Iterator[Expr]:
    """Yield every expression of a plan or a part of one."""
    if isinstance(item, Expr):
        yield item
    elif isinstance(item, Mapping):
        for part in item.values():
            yield from exprs_in(part)
    elif isinstance(item, tuple):
        for part in item:
            yield from exprs_in(part)
    elif is_dataclass(item) and not isinstance(item, type):
        for field in fields(item):
            if field.name not in _SKIPPED:
                yield from exprs_in(getattr(item, field.name))
