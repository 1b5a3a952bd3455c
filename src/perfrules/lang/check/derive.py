"""Derived values in evaluation order; a cycle is refused and named."""

import re
from collections.abc import Mapping
from dataclasses import replace

from perfrules.errors import Path
from perfrules.lang.check.context import Context, kinds
from perfrules.lang.document import Scalar
from perfrules.lang.expr import Names
from perfrules.lang.expr.rules import common
from perfrules.lang.plan import Derived, Row
from perfrules.lang.spec.values import ChooseSpec, ElseRow
from perfrules.lang.tree import Expr, Tree
from perfrules.lang.types import UNKNOWN, Kind, Type
from perfrules.messages import did_you_mean

_WORD = re.compile(r"\"[^\"]*\"|'[^']*'|(?<![\w.])[^\W\d]\w*")


def derived_plans(
    context: Context, specs: Mapping[str, Scalar | ChooseSpec], names: Names
) -> tuple[tuple[Derived, ...], dict[str, Type]]:
    """Return the derived values, each after those it reads, and their types."""
    order, rings = in_order({name: _reads(spec, specs) for name, spec in specs.items()})
    types: dict[str, Type] = {}
    for ring in rings:
        if not types.keys() & set(ring):
            refuse_ring(context, ring, list(specs))
        types |= dict.fromkeys(ring, UNKNOWN)
    found: list[Derived] = []
    for name in order:
        if name in types:
            continue
        here = replace(names, values={**names.values, **types})
        derived = derived_plan(context, ("derive", name), name, specs[name], here)
        types[name] = derived.type if derived else UNKNOWN
        if derived:
            found.append(derived)
    return tuple(found), types


def refuse_ring(context: Context, ring: list[str], specs: list[str]) -> None:
    """PRF461: note a ring of derived values, turned so that it begins with the first written."""
    first = min(ring, key=specs.index)
    at = ring.index(first)
    turned = [*ring[at:], *ring[:at], first]
    shown = turned if len(turned) <= _LONGEST_RING else [*turned[:4], "…", first]
    context.report(
        "PRF461", ("derive", first), key=True, value=" -> ".join(shown), name=first, other=turned[1]
    )


_LONGEST_RING = 8


def _reads(spec: Scalar | ChooseSpec, known: Mapping[str, object]) -> set[str]:
    """Return the derived values whose names stand in the expressions of *spec*."""
    texts: list[str] = []
    if isinstance(spec, ChooseSpec):
        for row in spec.rows:
            if not isinstance(row, ElseRow):
                texts.append(row.when)
            if spec.of is None:  # else it gives labels, not expressions
                texts.append(row.else_ if isinstance(row, ElseRow) else row.then)
    else:
        texts.append(spec)
    return {word for text in texts for word in _WORD.findall(text) if word in known}


def in_order(reads: Mapping[str, set[str]]) -> tuple[list[str], list[list[str]]]:
    """Return the names with what they read first, and the rings of names that were met.

    Iterative: a ring of 500 names must not use up the stack.

    >>> in_order({"a": {"b"}, "b": set()})
    (['b', 'a'], [])
    >>> in_order({"a": {"b"}, "b": {"a"}})[1]
    [['a', 'b']]
    """
    order: list[str] = []
    done: set[str] = set()
    rings: list[list[str]] = []
    for start in reads:
        trail: list[tuple[str, list[str]]] = (
            [] if start in done else [(start, sorted(reads[start]))]
        )
        on_trail = {start}
        while trail:
            name, left = trail[-1]
            if not left:
                trail.pop()
                on_trail.discard(name)
                if name not in done:
                    done.add(name)
                    order.append(name)
                continue
            following = left.pop(0)
            if following in on_trail:
                walked = [item for item, _ in trail]
                rings.append(walked[walked.index(following) :])
            elif following not in done:
                trail.append((following, sorted(reads[following])))
                on_trail.add(following)
    return order, rings


def derived_plan(
    context: Context, path: Path, name: str, spec: Scalar | ChooseSpec, names: Names
) -> Derived | None:
    """Return one derived value, or None after noting what is wrong."""
    if not isinstance(spec, ChooseSpec):
        expr = context.compile(path, spec, names)
        return None if expr is None else Derived(name, expr.type, expr, path=path)
    rows: list[Row] = []
    complete = True
    for index, row in enumerate(spec.rows):
        place = (*path, "rows", index)
        last = isinstance(row, ElseRow)
        if last and index < len(spec.rows) - 1:
            context.report(
                "PRF484", place, value=str(row.else_ if isinstance(row, ElseRow) else "")
            )
        when = (
            None
            if isinstance(row, ElseRow)
            else context.compile((*place, "when"), row.when, names, Kind.FLAG)
        )
        raw = row.else_ if isinstance(row, ElseRow) else row.then
        then = _then(context, (*place, "else" if last else "then"), raw, spec, names)
        complete = complete and then is not None and (last or when is not None)
        if then is not None:
            rows.append(Row(when, then))
    if spec.choose == "first" and spec.rows and not isinstance(spec.rows[-1], ElseRow):
        context.report("PRF485", path, key=True, name=name)
    if not complete:
        return None
    if spec.of is not None:
        kind = Type(Kind.CHOICE, of=tuple(spec.of))
    else:
        found = _unified(
            context, path, name, [row.then.tree for row in rows if isinstance(row.then, Expr)]
        )
        if found is None:
            return None
        kind = found
    return Derived(name, kind, None, spec.choose, tuple(rows), path)


def _unified(context: Context, path: Path, name: str, trees: list[Tree]) -> Type | None:
    """Return the type that what the rows give has in common; PRF486 where there is none."""
    first = trees[0]
    for index, tree in enumerate(trees):
        shared = UNKNOWN if UNKNOWN in (first.type, tree.type) else common(first, tree)
        if shared is None:
            context.report(
                "PRF486",
                (*path, "rows", index),
                name=name,
                found=kinds(tree.type.kind),
                expected=kinds(first.type.kind),
            )
            return None
        if shared != first.type:
            first = tree
    return first.type


def _then(
    context: Context, path: Path, raw: Scalar, spec: ChooseSpec, names: Names
) -> Expr | str | None:
    if spec.of is None:
        return context.compile(path, raw, names)
    if str(raw) not in spec.of:
        context.report(
            "PRF473",
            path,
            value=str(raw),
            choices="、".join(spec.of),
            hint=did_you_mean(str(raw), tuple(spec.of)),
        )
        return None
    return str(raw)
