"""Reasoning about expressions without facts: what a value can be, what an assumption makes of it.

Everything errs on one side: a case that is left open may be impossible, one that is ruled out
really is. A value that isn't there makes no case: what needs it has no value either.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from perfrules.analysis.prove.calls import called, folded
from perfrules.analysis.prove.case import Case, Cases, Term, each, few, term
from perfrules.analysis.prove.compare import among, compared, pair
from perfrules.analysis.prove.interval import STEP, Interval, point
from perfrules.analysis.prove.value import (
    NO,
    YES,
    Flag,
    Value,
    join,
    meet,
    of_type,
    of_value,
)
from perfrules.analysis.prove.world import World
from perfrules.decimals import ONE, ZERO
from perfrules.lang.plan import Derived
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
    Known,
    Logic,
    Name,
    Negate,
    Not,
    Power,
    Ref,
    Tree,
)


@dataclass(frozen=True, slots=True)
class Reason:
    """A world with what is known of its results; `known` are total, grade, rates and the like."""

    world: World
    known: Mapping[Term, Value]

    def bind(self, **names: Value) -> "Reason":
        """Return the reasoning in which methods have bound names."""
        return replace(self, world=replace(self.world, bound={**self.world.bound, **names}))

    def number(self, tree: Tree, case: Case) -> Interval | None:
        """Return the interval of a number; None where it can't have a value."""
        found = self.value(tree, case)
        return found if isinstance(found, Interval) else None if found is None else Interval()

    def flag(self, tree: Tree, case: Case) -> Flag:
        """Return whether a condition may hold and may fail, each way followed as a case."""
        return Flag(bool(self.assume(tree, True, case)), bool(self.assume(tree, False, case)))

    def value(self, tree: Tree, case: Case) -> Value | None:
        """Return what the value of *tree* may be; None where it can't have one."""
        key = term(tree)
        if key in case.memo:
            return case.memo[key]
        found = self._value(tree, case)
        said = case.terms.get(key)
        if found is not None and said is not None:
            said = said.unseen() if isinstance(said, Interval) else said
            found = meet(found, said)
        if not self.world.bound:
            case.memo[key] = found
        return found

    def _value(self, tree: Tree, case: Case) -> Value | None:  # noqa: C901, PLR0912 - one branch a node
        match tree:
            case Const():
                return of_value(tree.value)
            case Name():
                return self._name(tree, case)
            case Column():
                source = case.rows.get(tree.row)
                if source is None:
                    return of_type(tree.type)
                return self.world.column(source, tree.column, tree.type)
            case Ref():
                return self.known.get((tree.ref, tree.id), of_type(tree.type))
            case Negate():
                found = self.number(tree.operand, case)
                return None if found is None else found.negated()
            case Arithmetic():
                return self._arithmetic(tree, case)
            case Power():
                return self._power(tree, case)
            case Compare() | Logic() | Not() | Known() | In():
                return self.flag(tree, case)
            case IfElse():
                found_value: Value | None = None
                for side, truth in ((tree.body, True), (tree.orelse, False)):
                    for inner in self.assume(tree.test, truth, case):
                        found_value = join(found_value, self.value(side, inner))
                return found_value
            case Call():
                args = [self.value(part, case) for part in tree.args]
                return None if None in args else called(tree, args)  # type: ignore[arg-type] # looked at
            case Aggregate():
                return self._rows(tree, case)

    def _name(self, tree: Name, case: Case) -> Value | None:
        world = self.world
        if tree.id in world.bound:
            return world.bound[tree.id]
        if tree.id in world.inputs:
            return world.input(tree.id)
        if tree.id in world.parameters:
            return world.parameter(tree.id)
        if tree.id in world.derived:
            return self._derived(world.derived[tree.id], case)
        if tree.id == "as_of":
            return world.day()
        return self.known.get(("name", tree.id), of_type(tree.type))

    def _derived(self, item: Derived, case: Case) -> Value | None:
        if item.expr is not None:
            return self.value(item.expr.tree, case)
        found: Value | None = None
        for row in range(len(item.rows)):
            then = item.rows[row].then
            for inner in self.chosen(item, row, case):
                value = of_value(then) if isinstance(then, str) else self.value(then.tree, inner)
                found = join(found, value)
        return found

    def chosen(self, item: Derived, row: int, case: Case) -> Cases:
        """Return the cases in which a row of a `choose` table is taken: none before it holds."""
        cases = [case]
        for place, other in enumerate(item.rows):
            if place > row and item.choose == "first":
                break
            if other.when is None:
                continue
            when = other.when.tree
            cases = each(cases, partial(self.assume, when, place == row))
        return cases

    def _arithmetic(self, tree: Arithmetic, case: Case) -> Value | None:
        left, right = self.number(tree.left, case), self.number(tree.right, case)
        if left is None or right is None:
            return None
        same = term(tree.left) == term(tree.right)
        match tree.op:
            case "+":
                return left.plus(right)
            case "-":
                return point(ZERO) if same else left.minus(right)
            case "*":
                return left.times(right)
            case _:
                if right.one == ZERO:
                    return None
                return point(ONE) if same else left.over(right)

    def _power(self, tree: Power, case: Case) -> Value | None:
        base = self.number(tree.base, case)
        if base is None:
            return None
        found = point(ONE)
        for _ in range(tree.exponent):
            found = found.times(base)
        if tree.exponent and tree.exponent % 2 == 0:
            return found.meet(Interval(ZERO)) or found
        return found

    def _rows(self, tree: Aggregate, case: Case) -> Value | None:
        inner = case.within(tree.row, tree.source)
        cases = [inner] if tree.condition is None else self.assume(tree.condition, True, inner)
        element: Value | None = None
        for one in cases:
            element = join(element, self.value(tree.element, one))
        item = self.world.inputs.get(tree.source)
        least = (item.min_rows or 0) if item is not None and tree.condition is None else 0
        most = item.max_rows if item is not None else None
        return folded(tree, element, least, most)

    def assume(self, tree: Tree, truth: bool, case: Case) -> Cases:  # noqa: C901, FBT001, PLR0912 - a node each
        """Return the cases in which *tree* is *truth*; none where it never is."""
        match tree:
            case Not():
                return self.assume(tree.operand, not truth, case)
            case Logic():
                if (tree.op == "and") == truth:
                    return self._every(tree.operands, truth, case)
                return self._some(tree.operands, truth, case)
            case IfElse():
                found: Cases = []
                for side, holds in ((tree.body, True), (tree.orelse, False)):
                    for inner in self.assume(tree.test, holds, case):
                        found += self.assume(side, truth, inner)
                return few(found, case)
            case Compare():
                return compared(self, tree, truth, case)
            case In():
                return among(self, tree, truth, case)
            case Const():
                return [case] if tree.value is truth else []
            case Name() if tree.id in self.world.derived:
                return self._of_derived(
                    self.world.derived[tree.id], tree, YES if truth else NO, case
                )
            case Ref() if tree.ref == "gate":
                return self._gate(tree, truth, case)
            case Known():
                if not tree.operand.type.optional and isinstance(tree.operand, Name):
                    item = self.world.inputs.get(tree.operand.id)
                    if item is not None and item.required:
                        return [case] if truth else []
                return self._narrow(tree, YES if truth else NO, case)
            case _:
                return self._narrow(tree, YES if truth else NO, case)

    def reaches(
        self, left: Expr, right: Expr, case: Case, *, inclusive: bool, truth: bool = True
    ) -> Cases:
        """Return the cases in which one value reaches another, or doesn't."""
        return pair(self, left.tree, ">=" if inclusive else ">", right.tree, truth, case)

    def _narrow(self, tree: Tree, value: Value, case: Case) -> Cases:
        if not isinstance(tree, Known):
            found = self._value(tree, case)
            if found is None or meet(found, value) is None:
                return []
        now = case.narrowed(term(tree), value)
        return [] if now is None else [now]

    def _gate(self, tree: Ref, truth: bool, case: Case) -> Cases:  # noqa: FBT001
        when = self.world.gates[tree.id].when
        # A gate sees the total before the gates, a decision the one after them.
        if not when.refs and "total" not in when.names and "complete" not in when.names:
            return self.assume(when.tree, truth, case)
        return self._narrow(tree, YES if truth else NO, case)

    def _every(self, trees: Iterable[Tree], truth: bool, case: Case) -> Cases:  # noqa: FBT001
        cases = [case]
        for tree in trees:
            cases = each(cases, partial(self.assume, tree, truth))
        return cases

    def _some(self, trees: tuple[Tree, ...], truth: bool, case: Case) -> Cases:  # noqa: FBT001
        """Return the cases of the first that decides, the others before it being the opposite."""
        found: Cases = []
        before = [case]
        for tree in trees:
            found += each(before, partial(self.assume, tree, truth))
            before = each(before, partial(self.assume, tree, not truth))
        return few(found, case)

    def _of_derived(self, item: Derived, tree: Name, value: Value, case: Case) -> Cases:
        """Return the cases in which a derived value is *value*."""
        now = case.narrowed(term(tree), value)
        if now is None:
            return []
        if item.expr is not None:
            if isinstance(value, Flag):
                return self.assume(item.expr.tree, value.true, now)
            return self.equal(item.expr.tree, value, now)
        found: Cases = []
        for row in range(len(item.rows)):
            then = item.rows[row].then
            for inner in self.chosen(item, row, now):
                if isinstance(then, str):
                    found += [inner] if meet(of_value(then), value) is not None else []
                elif isinstance(value, Flag):
                    found += self.assume(then.tree, value.true, inner)
                else:
                    found += self.equal(then.tree, value, inner)
        return few(found, now)

    def equal(self, tree: Tree, value: Value, case: Case) -> Cases:
        """Return the cases in which *tree* is one of *value*'s; numbers as comparisons see them."""
        derived = self.world.derived.get(tree.id) if isinstance(tree, Name) else None
        if (
            isinstance(tree, Name)
            and derived is not None
            and tree.id not in self.world.bound
            and case.terms.get(term(tree)) != value
        ):
            return self._of_derived(derived, tree, value, case)
        found = self.value(tree, case)
        if found is None:
            return []
        if isinstance(found, Interval) and isinstance(value, Interval):
            if found.seen().meet(value) is None:
                return []
        elif meet(found, value) is None:
            return []
        if isinstance(tree, Const):
            return [case]
        now = case.narrowed(term(tree), value)
        if now is None:
            return []
        return self._through(tree, value, now)

    def _through(self, tree: Tree, value: Value, case: Case) -> Cases:
        """Pass what is known of a sum or a multiple on to its only part that varies."""
        if not isinstance(value, Interval) or not isinstance(tree, Arithmetic | Negate):
            return [case]
        wide = value.unseen()
        if isinstance(tree, Negate):
            return self._back(tree.operand, wide.negated(), case)
        left, right = self.number(tree.left, case), self.number(tree.right, case)
        if left is None or right is None:
            return []
        cases = [case]
        if tree.op in "+-":
            back = wide.minus(right) if tree.op == "+" else wide.plus(right)
            cases = self._back(tree.left, back, case)
            if tree.op == "+" and right.one is None:
                more = wide.minus(left)
                cases = each(cases, partial(self._back, tree.right, more))
        elif tree.op == "*" and right.one:
            cases = self._back(tree.left, wide.over(right), case)
        elif tree.op == "/" and right.one:
            cases = self._back(tree.left, wide.times(right), case)
        return cases

    def _back(self, tree: Tree, wide: Interval, case: Case) -> Cases:
        if isinstance(tree, Const):
            return [case]
        slack = Interval(
            None if wide.low is None else wide.low - STEP,
            None if wide.high is None else wide.high + STEP,
        )
        return self.equal(tree, slack.seen(), case)
