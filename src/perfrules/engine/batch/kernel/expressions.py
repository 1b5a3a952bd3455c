"""A checked expression's tree → operations on columns, with marks in the reference's order."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

import numpy as np

from perfrules.decimals import ONE, snap
from perfrules.engine.batch.kernel.arithmetic import combine, negated
from perfrules.engine.batch.kernel.calls import call
from perfrules.engine.batch.kernel.chunk import BoolsOf, Chunk, IntsOf, Kept, UnsupportedError
from perfrules.engine.batch.kernel.compare import Test, compare
from perfrules.engine.batch.kernel.effects import Effects, there
from perfrules.engine.batch.kernel.folds import fold
from perfrules.engine.batch.kernel.numbers import Known, Number, Whole, scaled
from perfrules.engine.batch.kernel.relations import ordered, same
from perfrules.engine.batch.kernel.scope import Scope, constant, ordinals
from perfrules.engine.batch.kernel.select import select
from perfrules.engine.batch.kernel.values import (
    Constant,
    Day,
    Flag,
    Label,
    Members,
    Named,
    Value,
    as_flag,
    every,
    flag,
    inverse,
    matches,
    number,
    opposite,
)
from perfrules.engine.batch.vectors import Bools, Ints
from perfrules.lang.tree import (
    Aggregate,
    Arithmetic,
    Call,
    Column,
    Compare,
    Const,
    Expr,
    IfElse,
    In,
    Logic,
    Name,
    Negate,
    Not,
    Power,
    Ref,
    Tree,
)
from perfrules.lang.tree import (
    Known as Asked,
)
from perfrules.lang.types import NUMERIC, Kind

_DEEPEST: Final = 80  # levels of a tree
_LAST_DAY: Final = date.max.toordinal()


def value_of(scope: Scope, expr: Expr) -> Value:
    """Return the value of *expr*; marks go into the scope's effects."""
    return evaluate(scope, expr.tree)


def number_of(scope: Scope, expr: Expr) -> Number:
    """Return the value of a numeric expression."""
    return number(value_of(scope, expr))


def flag_of(scope: Scope, expr: Expr) -> Test:
    """Return the value of a condition."""
    return flag(value_of(scope, expr))


def read(scope: Scope, named: Named) -> Value:
    """Return the value of a name; units in which it isn't there are marked."""
    if named.fail is not None:
        scope.effects.odd(named.fail)
    if named.lack is not None:
        scope.effects.lack(named.lack)
    return named.value


def evaluate(scope: Scope, tree: Tree, depth: int = 0) -> Value:  # noqa: C901, PLR0912 - one case a node
    """Return the value of a tree."""
    if depth > _DEEPEST:
        raise UnsupportedError
    deeper = depth + 1
    match tree:
        case Const():
            return constant(tree.value)
        case Name():
            return read(scope, scope.named(tree.id))
        case Column():
            return read(scope, _column(scope, tree))
        case Ref():
            return read(scope, scope.reference(tree.ref, tree.id))
        case Negate():
            return negated(number(evaluate(scope, tree.operand, deeper)))
        case Not():
            found = flag(evaluate(scope, tree.operand, deeper))
            return as_flag(opposite(found))
        case Arithmetic():
            return _arithmetic(scope, tree, deeper)
        case Power():
            base = number(evaluate(scope, tree.base, deeper))
            power: Number = Known(ONE)
            for _ in range(tree.exponent):
                power = combine(scope.effects, "*", power, base)
            return power
        case Compare():
            return _compare(scope, tree, deeper)
        case Logic():
            return _logic(scope, tree, deeper)
        case IfElse():
            return _if_else(scope, tree, deeper)
        case In():
            return _in(scope, tree, deeper)
        case Call():
            args = [evaluate(scope, arg, deeper) for arg in tree.args]
            return call(scope, tree.function, args)
        case Asked():
            return _known(scope, tree)
        case Aggregate():
            return fold(scope, tree, lambda inner, part: evaluate(inner, part, deeper))


def _column(scope: Scope, tree: Column) -> Named:
    found = scope.rows.get(tree.row, {}).get(tree.column)
    if found is None:
        raise UnsupportedError(tree.row)
    return found


def _known(scope: Scope, tree: Asked) -> Value:
    operand = tree.operand
    named = _column(scope, operand) if isinstance(operand, Column) else scope.named(operand.id)
    if named.fail is not None:
        scope.effects.odd(named.fail)
    if named.lack is None:
        return Constant(value=True)
    if named.computed:
        scope.effects.lack(named.lack)
        return Constant(value=True)
    lack = named.lack

    def asked(chunk: Chunk) -> Bools:
        mask = lack(chunk)
        return np.ones(chunk.size, np.bool_) if mask is None else ~mask

    return Flag(Kept(asked))


def _arithmetic(scope: Scope, tree: Arithmetic, depth: int) -> Value:
    left, right = evaluate(scope, tree.left, depth), evaluate(scope, tree.right, depth)
    kinds = tree.left.type.kind, tree.right.type.kind
    if Kind.DATE not in kinds:
        return combine(scope.effects, tree.op, number(left), number(right))
    if kinds == (Kind.DATE, Kind.DATE):
        return days_between(ordinals(left), ordinals(right))
    day, span = (left, right) if kinds[0] is Kind.DATE else (right, left)
    moved = number(span) if tree.op == "+" else negated(number(span))
    return _later(scope.effects, ordinals(day), moved)


def days_between(left: IntsOf, right: IntsOf) -> Whole:
    """Return how many days lie between two dates."""

    def units(chunk: Chunk) -> Ints:
        found = left(chunk) - right(chunk)
        return found if np.ndim(found) else np.full(chunk.size, found)

    kept = Kept(units)
    return Whole(
        kept, Fraction(1), -_LAST_DAY, _LAST_DAY,
        lambda chunk, where: [scaled(unit, 0) for unit in kept(chunk)[where].tolist()],
    )  # fmt: skip


def _later(effects: Effects, day: IntsOf, span: Number) -> Day:
    """Return a day some whole days later."""
    if isinstance(span, Known):
        whole = snap(span.value)
        if whole != whole.to_integral_value():
            effects.always_odd()
            return Day(day)
        shift = max(min(int(whole), 2 * _LAST_DAY), -2 * _LAST_DAY)
        moved: IntsOf = lambda chunk: day(chunk) + shift  # noqa: E731 - one of two
    elif isinstance(span, Whole) and span.factor.denominator == 1:
        by, units, most = span.factor.numerator, span.units, 2 * _LAST_DAY
        if max(abs(span.low), abs(span.high)) * by >= 2**62:
            raise UnsupportedError
        moved = lambda chunk: day(chunk) + np.clip(units(chunk) * by, -most, most)  # noqa: E731 - the other
    else:
        raise UnsupportedError
    kept = Kept(moved)
    effects.odd(there(lambda chunk: (kept(chunk) < 1) | (kept(chunk) > _LAST_DAY)))
    return Day(kept)


def _compare(scope: Scope, tree: Compare, depth: int) -> Value:
    """Return a chain; what stands behind a link that doesn't hold isn't evaluated."""
    left = evaluate(scope, tree.operands[0], depth)
    found: Test = True
    for place, op in enumerate(tree.ops):
        effects = Effects()
        right = evaluate(scope.marking(effects), tree.operands[place + 1], depth)
        one, other = tree.operands[place : place + 2]
        if one.type.kind in NUMERIC and other.type.kind in NUMERIC:
            link: Test = compare(op, number(left), number(right))
        elif op in ("==", "!="):
            link = same(left, right, negated=op == "!=")
        else:
            link = ordered(op, left, right, one.type, other.type)
        found = _and(scope, found, link, effects)
        left = right
    return as_flag(found)


def _and(scope: Scope, left: Test, right: Test, effects: Effects) -> Test:
    if isinstance(left, bool):
        if not left:
            return False
        scope.effects.take(effects)
        return right
    scope.effects.take(effects, left)
    if isinstance(right, bool):
        return left if right else False
    one, other = left, right
    return Kept(lambda chunk: one(chunk) & other(chunk))


def _or(scope: Scope, left: Test, right: Test, effects: Effects) -> Test:
    if isinstance(left, bool):
        if left:
            return True
        scope.effects.take(effects)
        return right
    scope.effects.take(effects, inverse(left))
    if isinstance(right, bool):
        return True if right else left
    one, other = left, right
    return Kept(lambda chunk: one(chunk) | other(chunk))


def _logic(scope: Scope, tree: Logic, depth: int) -> Value:
    first, *others = tree.operands
    found = flag(evaluate(scope, first, depth))
    join = _and if tree.op == "and" else _or
    for operand in others:
        effects = Effects()
        right = flag(evaluate(scope.marking(effects), operand, depth))
        found = join(scope, found, right, effects)
    return as_flag(found)


def _if_else(scope: Scope, tree: IfElse, depth: int) -> Value:
    test = flag(evaluate(scope, tree.test, depth))
    if isinstance(test, bool):
        return evaluate(scope, tree.body if test else tree.orelse, depth)
    sides = []
    for part, when in ((tree.body, test), (tree.orelse, inverse(test))):
        effects = Effects()
        sides.append(evaluate(scope.marking(effects), part, depth))
        scope.effects.take(effects, when)
    return chosen(test, sides[0], sides[1])


def chosen(test: BoolsOf, body: Value, orelse: Value) -> Value:
    """Return one value where a condition holds, else the other."""
    if isinstance(body, Constant) and body == orelse:
        return body
    if _is(Flag, body, orelse, bool):
        one, other = every(flag(body)), every(flag(orelse))
        return Flag(Kept(lambda chunk: np.where(test(chunk), one(chunk), other(chunk))))
    if _is(Day, body, orelse, date):
        early, late = ordinals(body), ordinals(orelse)
        return Day(Kept(lambda chunk: np.where(test(chunk), early(chunk), late(chunk))))
    if _is(Label, body, orelse, str):
        return _labels(test, _label(body), _label(orelse))
    return select(test, number(body), number(orelse))


def _is(kind: type, body: Value, orelse: Value, fixed: type) -> bool:
    return all(
        isinstance(side, kind) or (isinstance(side, Constant) and isinstance(side.value, fixed))
        for side in (body, orelse)
    )


def _label(value: Value) -> Label:
    if isinstance(value, Label):
        return value
    assert isinstance(value, Constant)  # noqa: S101 - the caller looked
    names, zero = (str(value.value),), np.int64(0)
    return Label(lambda _: zero, lambda _: names)  # type: ignore[return-value,arg-type] # broadcast


def _labels(test: BoolsOf, body: Label, orelse: Label) -> Label:
    """Return one of two labels: the names of the second stand behind those of the first."""

    def codes(chunk: Chunk) -> Ints:
        behind = len(body.names(chunk.run))
        return np.where(test(chunk), body.codes(chunk), orelse.codes(chunk) + behind)

    return Label(Kept(codes), lambda run: body.names(run) + orelse.names(run))


def _in(scope: Scope, tree: In, depth: int) -> Value:
    item = evaluate(scope, tree.item, depth)
    if tree.container is not None:
        found = _member(item, evaluate(scope, tree.container, depth))
    else:
        options = [option.value for option in tree.options if isinstance(option, Const)]
        found = _among(item, options)
    if not tree.negated:
        return as_flag(found)
    return as_flag(opposite(found))


def _among(item: Value, options: Sequence[object]) -> Test:
    if isinstance(item, Constant):
        return item.value in options
    if isinstance(item, Label):
        return matches(item, frozenset(str(option) for option in options))
    tests: list[Test] = []
    for option in options:
        if isinstance(option, Decimal):
            tests.append(compare("==", number(item), Known(option)))
        else:
            tests.append(same(item, Constant(option), negated=False))
    if any(test is True for test in tests):
        return True
    parts = [test for test in tests if not isinstance(test, bool)]
    if not parts:
        return False
    return Kept(lambda chunk: np.logical_or.reduce([part(chunk) for part in parts]))


def _member(item: Value, container: Value) -> Test:
    if not isinstance(container, Members) or not isinstance(item, Constant):
        raise UnsupportedError
    return holds(container, str(item.value))


def holds(members: Members, name: str) -> BoolsOf:
    """Return whether a set of choices holds a label."""

    def test(chunk: Chunk) -> Bools:
        names = members.names(chunk.run)
        if name not in names:
            return np.zeros(chunk.size, np.bool_)
        found: Bools = (members.bits(chunk) & (1 << names.index(name))) != 0
        return found

    return Kept(test)
