"""A checked expression as SQL, its faults told in the order in which they would be met."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final, cast

from sqlglot import exp

from perfrules.errors import Text
from perfrules.lang.frame import Fault
from perfrules.lang.tree import (
    Aggregate,
    Arithmetic,
    Call,
    Column,
    Compare,
    CompareOp,
    Const,
    Expr,
    IfElse,
    In,
    Known,
    Logic,
    Name,
    Negate,
    Not,
    Power,
    Ref,
    Tree,
)
from perfrules.sql import calls
from perfrules.sql.nodes import (
    Cond,
    Node,
    as_node,
    binary,
    both,
    case,
    negated,
    some,
    surely,
    whole,
)
from perfrules.sql.number import Number, decimal, whole_number
from perfrules.sql.numbers import COMPARISONS
from perfrules.sql.scene import Scene, Unsaid
from perfrules.sql.values import Chosen, Day, Flag, Label, Listing, Value, day, label
from perfrules.sql.whole import Whole, compare, constant

_LAST_DAY: Final = date.max.toordinal()
_ROWS = Text("逐行计算（for … in …）", "going over rows (for … in …)")
_POWER = Text("乘方 **", "a power (**)")


def value(scene: Scene, expr: Expr) -> Value:
    """Return the value of *expr*; what SQL can't say carries its place in the text."""
    try:
        return _Visitor(scene, expr).visit(expr.tree)
    except Fault as fault:
        if fault.where is None:
            fault.where = expr.where
        raise


def number(scene: Scene, expr: Expr) -> Number:
    """Return the value of a numeric expression, with names for its parts."""
    found = value(scene, expr)
    assert isinstance(found, Number)  # noqa: S101 - typed at load
    return scene.numbers.named(found)


def holds(scene: Scene, expr: Expr) -> Cond:
    """Return whether a condition holds; NULL where it can't be told."""
    found = value(scene, expr)
    assert isinstance(found, Flag)  # noqa: S101 - typed at load
    return scene.condition(found.holds)


def constant_of(found: object) -> Value:
    """Return a value that is written out or set by a parameter."""
    match found:
        case bool():
            return Flag(found)
        case Decimal():
            return decimal(found)
        case str():
            return label(found)
        case date():
            return day(found)
        case Mapping():
            return Listing(found)
        case _:
            raise Unsaid(Text("这种值", "a value of this kind"))


class _Visitor:
    """One walk over one expression."""

    def __init__(self, scene: Scene, expr: Expr) -> None:
        self.scene = scene
        self.numbers = scene.numbers
        self.expr = expr
        self.nodes: Mapping[type, Callable[..., Value]] = {
            Const: self._const,
            Name: self._name,
            Ref: self._ref,
            Negate: self._negate,
            Not: self._not,
            Arithmetic: self._arithmetic,
            Compare: self._compare,
            Logic: self._logic,
            IfElse: self._if,
            In: self._in,
            Call: self._call,
            Known: self._known,
        }

    def visit(self, tree: Tree) -> Value:
        """Return the value of *tree*."""
        try:
            if isinstance(tree, Power):
                raise Unsaid(_POWER)
            if isinstance(tree, Column | Aggregate):
                raise Unsaid(_ROWS)
            return self.nodes[type(tree)](tree)
        except Fault as fault:
            if fault.start is None:
                fault.start, fault.end = tree.start, tree.end
                fault.args_by_name.setdefault("text", self.expr.text[tree.start : tree.end])
            raise

    def _const(self, tree: Const) -> Value:
        return constant_of(tree.value)

    def _name(self, tree: Name) -> Value:
        return self.scene.use(self.scene.names[tree.id])

    def _ref(self, tree: Ref) -> Value:
        return self.scene.use(self.scene.refs[tree.ref, tree.id])

    def _number(self, tree: Tree) -> Number:
        found = self.visit(tree)
        assert isinstance(found, Number)  # noqa: S101 - typed at load
        return found

    def _flag(self, tree: Tree) -> Cond:
        found = self.visit(tree)
        assert isinstance(found, Flag)  # noqa: S101 - typed at load
        return self.scene.condition(found.holds)

    def _negate(self, tree: Negate) -> Value:
        return self.numbers.negative(self._number(tree.operand))

    def _not(self, tree: Not) -> Value:
        return Flag(negated(self._flag(tree.operand)))

    def _known(self, tree: Known) -> Value:
        if isinstance(tree.operand, Column):
            raise Unsaid(_ROWS)
        known = self.scene.names[tree.operand.id]
        if isinstance(known, Fault):
            raise known
        return Flag(negated(known.absent))

    # ---- arithmetic

    def _arithmetic(self, tree: Arithmetic) -> Value:
        left, right = self.visit(tree.left), self.visit(tree.right)
        if isinstance(left, Day):
            return self._days(tree, left, right)
        assert isinstance(left, Number)  # noqa: S101 - typed at load
        assert isinstance(right, Number)  # noqa: S101 - typed at load
        numbers = self.numbers
        match tree.op:
            case "+":
                return numbers.add(left, right)
            case "-":
                return numbers.subtract(left, right)
            case "*":
                return numbers.multiply(left, right)
            case _:
                left, right = numbers.named(left), numbers.named(right)
                self.scene.watch.tell("PRF530", numbers.is_zero(right))
                if right.constant == 0:
                    return decimal(Decimal(0))
                return numbers.divide(left, right)

    def _days(self, tree: Arithmetic, left: Day, right: Value) -> Value:
        made = self.scene.whole
        if isinstance(right, Day):
            return whole_number(made.add(left.ordinal, made.negative(right.ordinal)))
        assert isinstance(right, Number)  # noqa: S101 - typed at load
        span = self.numbers.snap(right)
        step = constant(10**span.scale)
        count, rest = made.divide(span.top, step)
        self.scene.watch.tell("PRF531", compare(exp.NEQ, rest, constant(0)))
        count = made.negative(count) if tree.op == "-" else count
        found = made.let(made.add(left.ordinal, count))
        inside = both(
            compare(exp.GTE, found, constant(1)), compare(exp.LTE, found, constant(_LAST_DAY))
        )
        self.scene.watch.tell("PRF531", negated(inside))
        if found.constant is not None:
            return Day(found)
        kept = self.scene.steps.let(case([(inside, found.node)]))
        return Day(Whole(kept, max(found.low, 1), min(found.high, _LAST_DAY)))

    # ---- conditions

    def _logic(self, tree: Logic) -> Value:
        found: list[Cond] = []
        watch, outer = self.scene.watch, self.scene.watch.path
        try:
            for operand in tree.operands:
                one = self._flag(operand)
                found.append(one)
                watch.path = (*watch.path, one if tree.op == "and" else negated(one))
        finally:
            watch.path = outer
        return Flag(both(*found) if tree.op == "and" else some(found))

    def _if(self, tree: IfElse) -> Value:
        test = self._flag(tree.test)
        watch = self.scene.watch
        with watch.when(test):
            body = self.visit(tree.body)
        with watch.when(negated(test)):
            other = self.visit(tree.orelse)
        return chosen(self.scene, [(test, body)], other)

    def _compare(self, tree: Compare) -> Value:
        ordered = any(op not in ("==", "!=") for op in tree.ops)
        watch, outer = self.scene.watch, self.scene.watch.path
        found: list[Cond] = []
        try:
            left = self._operand(tree.operands[0], ordered=ordered)
            for op, item in zip(tree.ops, tree.operands[1:], strict=True):
                right = self._operand(item, ordered=ordered)
                one = self.scene.condition(self._pair(op, left, right))
                found.append(one)
                watch.path = (*watch.path, one)
                left = right
        finally:
            watch.path = outer
        return Flag(both(*found))

    def _operand(self, tree: Tree, *, ordered: bool) -> Value:
        found = self.visit(tree)
        if isinstance(found, Number):
            return self.numbers.snap(found)
        if not ordered or not isinstance(found, Label):
            return found
        ranks = {name: -place for place, name in enumerate(tree.type.of)
                 if name not in tree.type.unordered}  # fmt: skip
        if found.written is not None and found.written in ranks:
            return Label(whole(ranks[found.written]))
        pairs: list[tuple[Cond, Node]] = [
            (is_label(found, name), whole(rank)) for name, rank in ranks.items()
        ]
        return Label(self.scene.steps.let(case(pairs)))

    def _pair(self, op: CompareOp, left: Value, right: Value) -> Cond:
        if isinstance(left, Number) and isinstance(right, Number):
            return self.numbers.raw(op, left, right)
        if isinstance(left, Day) and isinstance(right, Day):
            return compare(COMPARISONS[op], left.ordinal, right.ordinal)
        if isinstance(left, Flag) and isinstance(right, Flag):
            return binary(COMPARISONS[op], as_node(left.holds), as_node(right.holds))
        if isinstance(left, Label) and isinstance(right, Label):
            found = binary(COMPARISONS[op], left.node, right.node)
            # A label without an order is neither better nor worse than another.
            return found if op in ("==", "!=") else surely(found)
        raise Unsaid(Text("这样的比较", "this comparison"))

    def _in(self, tree: In) -> Value:
        item = self.visit(tree.item)
        if tree.container is not None:
            container = self.visit(tree.container)
            if (
                not isinstance(container, Chosen)
                or not isinstance(item, Label)
                or item.written is None
            ):
                raise Unsaid(Text("与变动的选项比较", "a label that isn't written out"))
            found: Cond = self.scene.steps.dialect.holds(container.node, item.written)
        else:
            item = self.numbers.snap(item) if isinstance(item, Number) else item
            options = [self.visit(option) for option in tree.options]
            options = [
                self.numbers.snap(one) if isinstance(one, Number) else one for one in options
            ]
            found = some(self._pair("==", item, option) for option in options)
        return Flag(negated(found) if tree.negated else found)

    def _call(self, tree: Call) -> Value:
        args = [self.visit(arg) for arg in tree.args]
        return calls.call(self.scene, tree.function, args, self._chosen)

    def _chosen(self, pairs: list[tuple[Cond, Value]], default: Value | None) -> Value:
        return chosen(self.scene, pairs, default)


def is_label(found: Label, name: str) -> Cond:
    """Return whether a label is *name*."""
    if found.written is not None:
        return found.written == name
    return exp.EQ(this=found.node.copy(), expression=label(name).node)


def chosen(scene: Scene, pairs: list[tuple[Cond, Value]], default: Value | None) -> Value:
    """Return the value of the first condition that holds, else *default*: all of one kind."""
    every = [item for _, item in pairs] + ([] if default is None else [default])
    conditions = [condition for condition, _ in pairs]
    first = every[0]
    rest = every[-1] if default is not None else None
    if isinstance(first, Number):
        return scene.numbers.select(
            list(zip(conditions, cast("list[Number]", every), strict=False)),
            cast("Number | None", rest),
        )
    if isinstance(first, Flag):
        flags = [as_node(cast("Flag", item).holds) for item in every]
        last = None if rest is None else flags[-1]
        return Flag(scene.steps.let(case(list(zip(conditions, flags, strict=False)), last)))
    if isinstance(first, Label):
        labels = [cast("Label", item).node for item in every]
        last = None if rest is None else labels[-1]
        return Label(scene.steps.let(case(list(zip(conditions, labels, strict=False)), last)))
    if isinstance(first, Day):
        days = [cast("Day", item).ordinal for item in every]
        last_day = None if rest is None else days[-1]
        made = scene.whole
        return Day(made.let(made.select(list(zip(conditions, days, strict=False)), last_day)))
    raise Unsaid(Text("在这种值之间选择", "choosing between values of this kind"))
