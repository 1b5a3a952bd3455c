"""What is used where: unused inputs, which inputs a unit can't do without."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from perfrules.lang.check.context import Context
from perfrules.lang.check.points import walk
from perfrules.lang.plan import Derived, Indicator, InputPlan, ParameterPlan
from perfrules.lang.tree import (
    Aggregate,
    Expr,
    Tree,
)


def trees(tree: Tree) -> Iterable[Tree]:
    """Yield *tree* and every tree in it."""
    open_trees: list[Tree] = [tree]
    while open_trees:
        here = open_trees.pop()
        yield here
        for field in ("operand", "left", "right", "base", "test", "body", "orelse", "item"):
            below = getattr(here, field, None)
            if below is not None:
                open_trees.append(below)
        for field in ("operands", "options", "args"):
            open_trees += getattr(here, field, ())
        for field in ("container", "element", "condition"):
            below = getattr(here, field, None)
            if below is not None:
                open_trees.append(below)


def used_names(exprs: Iterable[Expr]) -> set[str]:
    """Return every name that an expression reads, the tables of generators included."""
    found: set[str] = set()
    for expr in exprs:
        found |= expr.names
        for tree in trees(expr.tree):
            if isinstance(tree, Aggregate) and tree.over == "table":
                found.add(tree.source)
    return found


def check_unused(
    context: Context,
    inputs: Mapping[str, InputPlan],
    parameters: Iterable[ParameterPlan],
    derived: Iterable[Derived],
    nodes: tuple[Indicator, ...],
) -> None:
    """PRF481, PRF482, PRF483: an input, a parameter or a derived value that nothing reads."""
    used = used_names(context.exprs)
    used |= {node.for_each.table for node in walk(nodes) if node.for_each is not None}
    for name in inputs:
        if name not in used:
            context.report("PRF481", ("inputs", name), key=True, value=name)
    for parameter in parameters:
        if parameter.id not in used:
            context.report("PRF482", ("parameters", parameter.id), key=True, value=parameter.id)
    for item in derived:
        if item.id not in used:
            context.report("PRF483", ("derive", item.id), key=True, value=item.id)


def with_required(
    inputs: Mapping[str, InputPlan],
    nodes: tuple[Indicator, ...],
    exprs: Iterable[Expr],
    derived: Iterable[Derived],
) -> tuple[InputPlan, ...]:
    """Return the inputs, those not required that only lenient leaves read.

    A leaf is lenient where it says what a missing value means or when it applies: its inputs are
    then missed, if at all, when that leaf is scored, not when the facts are admitted.
    """
    reads = names_behind(derived)
    lenient: set[str] = set()
    strict: set[str] = set()
    leaf_exprs: set[int] = set()
    readers: dict[str, list[frozenset[str]]] = {}
    for node, within in _with_branches(nodes, frozenset()):
        if node.method is None:
            continue
        own = {name for expr in node.method.reads for name in through(expr.names, reads)}
        leaf_exprs |= {id(expr) for expr in node.method.reads}
        if node.missing != "error" or node.applies_when is not None:
            lenient |= own
        else:
            for name in own:
                readers.setdefault(name, []).append(within)
    behind: set[int] = {id(expr) for item in derived for expr in _exprs_of(item)}
    for expr in exprs:
        if id(expr) not in leaf_exprs and id(expr) not in behind and not _forgiving(expr):
            strict |= through(expr.names, reads)
    found = []
    for item in inputs.values():
        if item.required and item.id not in strict and item.id in readers:
            found.append(replace(item, only_for=tuple(readers[item.id])))
        elif item.required and item.id not in strict and item.id in lenient:
            found.append(replace(item, required=False))
        else:
            found.append(item)
    return tuple(found)


def _with_branches(
    nodes: tuple[Indicator, ...], above: frozenset[str]
) -> Iterable[tuple[Indicator, frozenset[str]]]:
    """Yield every node with its own id and those of the branches it lies in."""
    for node in nodes:
        within = above | {node.id}
        yield node, within
        yield from _with_branches(node.children, within)


def _forgiving(expr: Expr) -> bool:
    """Return whether *expr* does without a value that isn't there.

    So do a finding and the report; a binding or a formula is missed where a method reads it.
    """
    if expr.where[0] == "report" or expr.where[-1] == "formula":
        return True
    return "finding" in expr.where or "with" in expr.where


def _exprs_of(derived: Derived) -> list[Expr]:
    found = [derived.expr] if derived.expr is not None else []
    for row in derived.rows:
        found += [part for part in (row.when, row.then) if isinstance(part, Expr)]
    return found


def names_behind(derived: Iterable[Derived]) -> dict[str, set[str]]:
    """Return, for each derived value, every name behind it (they come in evaluation order)."""
    reads: dict[str, set[str]] = {}
    for item in derived:
        direct = {name for expr in _exprs_of(item) for name in expr.names}
        reads[item.id] = direct | {below for name in direct for below in reads.get(name, ())}
    return reads


def through(names: Iterable[str], reads: Mapping[str, set[str]]) -> set[str]:
    """Return *names* and, of the derived ones, what is behind them."""
    found = set(names)
    for name in names:
        found |= reads.get(name, set())
    return found
