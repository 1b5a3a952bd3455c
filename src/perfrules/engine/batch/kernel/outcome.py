"""From the total to what follows: gates, total, grade, decisions, for one pattern of states."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import ceil

import numpy as np

from perfrules.decimals import CONTEXT, ZERO
from perfrules.engine.answer import State
from perfrules.engine.batch.kernel.arithmetic import combine
from perfrules.engine.batch.kernel.chunk import (
    Before,
    BoolsOf,
    Chunk,
    IntsOf,
    Kept,
    Mask,
    UnsupportedError,
)
from perfrules.engine.batch.kernel.compare import compare
from perfrules.engine.batch.kernel.effects import Effects, there
from perfrules.engine.batch.kernel.expressions import flag_of, number_of, value_of
from perfrules.engine.batch.kernel.findings import watch
from perfrules.engine.batch.kernel.functions import rounded as rounded_number
from perfrules.engine.batch.kernel.grades import Grades
from perfrules.engine.batch.kernel.lines import Line
from perfrules.engine.batch.kernel.numbers import Known, Number, Whole, real
from perfrules.engine.batch.kernel.rollup import Rollup, rescaled, rounded, whole
from perfrules.engine.batch.kernel.scope import Scope
from perfrules.engine.batch.kernel.score import score_of
from perfrules.engine.batch.kernel.values import Constant, Flag, Label, Named, every
from perfrules.engine.batch.vectors import Bools, Ints
from perfrules.engine.node import Node
from perfrules.lang.plan import Decision, Plan
from perfrules.lang.tree import Expr, RefKind

_KINDS: tuple[RefKind, ...] = ("rate", "score", "points", "state")


def everywhere(chunk: Chunk) -> Bools:
    """Return a mask that holds in every unit."""
    return np.ones(chunk.size, np.bool_)


_LACKING = Named(Known(ZERO), lack=everywhere)


@dataclass(slots=True)
class Outcome:
    """What follows from the scores of a pattern; marks of units to be scored again go along."""

    plan: Plan
    rollup: Rollup
    base: Scope
    complete: Number | None
    again: bool = False  # gates fired before, and set lines to 0
    gates: dict[str, BoolsOf] = field(default_factory=dict)
    total: Whole | None = None
    grade: IntsOf | None = None
    decisions: list[tuple[BoolsOf, Mask | None]] = field(default_factory=list)

    @property
    def effects(self) -> Effects:
        """Where marks go: all of them make a unit be scored again."""
        return self.rollup.effects

    def conclude(self) -> None:
        """Plan everything."""
        total = self._total()
        if self.again:
            self.gates = {gate.id: _fired(place) for place, gate in enumerate(self.plan.gates)}
            seen = None if total is None else self._seen(total)
        else:
            seen = total
            self._fire(total)
        if total is not None:
            self.total = self._capped(total, seen)
            self.grade = Grades(self.plan, self.gates).of(self.total)
        scope = self._final()
        self._decide(scope)
        watch(self, scope)

    def _scope(self, total: Whole | None = None) -> Scope:
        """Return what expressions see after the branches."""
        complete = _LACKING if self.complete is None else Named(self.complete)
        names = {
            "total": _LACKING if total is None else Named(total),
            "complete": complete,
            "grade": Named(Constant(""), lack=everywhere),
        }
        return replace(
            self.base,
            names={**self.base.names, **names},
            effects=self.effects,
            reference=self._reference,
            leaves=self._leaves,
        )

    def _reference(self, kind: RefKind, name: str) -> Named:
        if kind == "gate":
            return Named(Flag(self.gates[name]))
        found, node = self.rollup.found[name], self._nodes[name]
        line = self.rollup.lines[name]
        number: Number | None = None
        none = None if line.empty is None else there(line.empty)
        match kind:
            case "state":
                return Named(Constant(node.state.value), fail=none)
            case "points":
                number = line.points
                none = None if line.plan.points is not None else none
            case "score":
                number = found.score
            case "rate":
                number = self.rollup.rate(name)
                if node.state is State.INFORMATIONAL and number is not None:
                    assert line.rating is not None  # noqa: S101 - it has a share
                    find = line.rating.effects.find()
                    return Named(number, lack=lambda chunk: find(chunk)[0])
        if number is None:
            return _LACKING
        return Named(number, lack=none) if kind != "points" else Named(number, fail=none)

    @property
    def _nodes(self) -> Mapping[str, Node]:
        return {node.id: node for top in self.rollup.nodes for node in top.walk()}

    def _leaves(self, name: str) -> list[Mapping[str, Named]]:
        return [
            {
                "id": Named(Constant(leaf.id)),
                **{kind: self._reference(kind, leaf.id) for kind in _KINDS},
            }
            for leaf in self._told(name)
            if leaf.state is not State.INFORMATIONAL
        ]

    def _told(self, name: str) -> list[Node]:
        found = list(self._nodes[name].leaves())
        if any(leaf.row is not None for leaf in found):
            raise UnsupportedError(name)  # one stands for all rows of a sheet
        return found

    def _total(self) -> Whole | None:
        """Return the total before gates; None where there is none."""
        plan, nodes = self.plan, self.rollup.nodes
        if plan.total is None or not any(node.counts for node in nodes):
            return None
        rounding = plan.total_rounding
        if plan.aggregate == "sum":
            total, possible, excluded = self.rollup.added(nodes)
            if excluded:
                whole_ = Known(CONTEXT.add(possible, excluded))
                put = score_of(*rescaled(total, possible, whole_), rounding)
                most = ceil(Fraction(whole_.value) * 10**rounding.digits) + 1

                def units(chunk: Chunk) -> Ints:
                    out = np.empty(chunk.size, np.int64)
                    put(chunk, out)
                    return out

                return self._bonuses(whole(Kept(units), rounding.digits, most))
            if isinstance(total, Whole) and total.factor == Fraction(1, 10**rounding.digits):
                return self._bonuses(total)
        else:
            rate = self.rollup.combined(plan.aggregate, nodes)
            total = combine(self.effects, "*", Known(plan.total), rate)
        return self._bonuses(_whole_of(rounded(total, rounding)))

    def _bonuses(self, total: Whole) -> Whole:
        plan, rounding = self.plan, self.plan.total_rounding
        if not plan.adjustments:
            return total
        found: Number = total
        scope = self._scope()
        for item in plan.adjustments:
            value = number_of(scope, item.score)
            for op, bound in (("<", item.low), (">", item.high)):
                test = compare(op, value, Known(bound))  # type: ignore[arg-type] # two of its signs
                if test is not False:
                    self.effects.odd(there(every(test)))
            score = self._rounded(value)
            found = combine(self.effects, "+", found, score)
        top = 2**61 if plan.total is None else Fraction(plan.total) * 10**rounding.digits
        if top != int(top):
            raise UnsupportedError
        summed = _whole_of(found)
        times, highest = int(summed.factor * 10**rounding.digits), int(top)
        raw = summed.units

        def units(chunk: Chunk) -> Ints:
            limited: Ints = np.clip(raw(chunk) * times, 0, highest)
            return limited

        return whole(Kept(units), rounding.digits, min(highest, max(0, summed.high * times)))

    def _rounded(self, value: Number) -> Number:
        """Return a number rounded as totals are; one below 0 half up or down only."""
        rounding = self.plan.total_rounding
        if real(value).low >= 0:
            return rounded(value, rounding)
        if rounding.mode == "half_even":
            raise UnsupportedError
        return rounded_number(self.effects, value, rounding.digits, rounding.mode)

    def _fire(self, total: Whole | None) -> None:
        """Plan the gates' flags; a gate that lacks a value refuses its unit."""
        scope = self._scope(total)
        for gate in self.plan.gates:
            self.gates[gate.id] = every(flag_of(scope, gate.when))

    def _seen(self, total: Whole) -> Whole:
        """Return the total that the gates saw."""
        high = max(total.high, 10**17)
        return whole(Kept(_total_before), self.plan.total_rounding.digits, high)

    def _capped(self, total: Whole, seen: Whole | None) -> Whole:
        """Return the total under the smallest cap of the gates that fired."""
        scope = self._scope(seen)
        digits = self.plan.total_rounding.digits
        found: Number = total
        for gate in self.plan.gates:
            if gate.effect != "cap_total" or not isinstance(gate.value, Expr):
                continue
            fired = self.gates[gate.id]
            effects = Effects()
            value = number_of(scope.marking(effects), gate.value)
            self.effects.take(effects, fired)
            cap = _whole_of(self._rounded(value))
            found = _lowered(_whole_of(found), cap, fired, digits)
        return _whole_of(found)

    def _final(self) -> Scope:
        """Return what expressions see after the grade."""
        scope = self._scope(self.total)
        grade = self.grade
        if grade is None:
            return scope
        names = tuple(item.name for item in self.plan.grades)
        lacking: Mask = Kept(lambda chunk: grade(chunk) < 0)
        label = Label(Kept(lambda chunk: np.maximum(grade(chunk), 0)), lambda _: names)
        return replace(scope, names={**scope.names, "grade": Named(label, lack=lacking)})

    def _decide(self, scope: Scope) -> None:
        """Plan the decisions that follow, and where one lacks a value."""
        left: BoolsOf | None = None  # where no rule was the first yet
        for rule in self.plan.decisions:
            test, lack = self._rule(scope, rule, left)
            self.decisions.append((test, lack))
            if self.plan.match == "first":
                left = _still(left, test, lack)

    def _rule(
        self, scope: Scope, rule: Decision, left: BoolsOf | None
    ) -> tuple[BoolsOf, Mask | None]:
        effects = Effects()
        holds = every(True if rule.when is None else flag_of(scope.marking(effects), rule.when))
        if rule.amount is not None or rule.due is not None:
            self._wanted(scope, rule, holds, left)
        find = effects.find()
        if effects.odds:
            self.effects.odd(_within(lambda chunk: find(chunk)[1], left))
        lacks = effects.lacks
        lack: Mask = Kept(_within(lambda chunk: find(chunk)[0], left))

        def test(chunk: Chunk) -> Bools:
            found = holds(chunk)
            lacking = lack(chunk) if lacks else None
            if lacking is not None:
                found = found & ~lacking
            return found if left is None else found & left(chunk)

        return Kept(test), lack if lacks else None

    def _wanted(self, scope: Scope, rule: Decision, holds: BoolsOf, left: BoolsOf | None) -> None:
        """Mark where an amount or a day that a decision wants can't be computed."""
        effects = Effects()
        for expr in (rule.amount, rule.due):
            if expr is not None:
                value_of(scope.marking(effects), expr)
        if effects.odds:
            find = effects.find()
            inner = Effects()
            inner.odd(_within(lambda chunk: find(chunk)[1], left))
            self.effects.take(inner, holds)

    def own(self, scope: Scope, line: Line) -> Scope:
        """Return what a finding's condition about a line sees."""
        own = {str(kind): self._reference(kind, line.plan.id) for kind in _KINDS}
        return replace(scope, shadows=own)


def _before(chunk: Chunk) -> Before:
    found = chunk.run.before
    assert found is not None  # noqa: S101 - such a pattern is given it
    return found


def _fired(place: int) -> BoolsOf:
    return Kept(lambda chunk: chunk.part(_before(chunk).gates[place]))


def _total_before(chunk: Chunk) -> Ints:
    return chunk.part(_before(chunk).total)


def _whole_of(number: Number) -> Whole:
    """Return a rounded number as whole units by unit."""
    if isinstance(number, Whole):
        return number
    if not isinstance(number, Known):
        raise UnsupportedError
    digits = max(0, -int(number.value.as_tuple().exponent))
    unit = int(number.value.scaleb(digits, CONTEXT))
    return Whole(
        lambda chunk: np.full(chunk.size, unit), Fraction(1, 10**digits), unit, unit, number.exact
    )


def _lowered(total: Whole, cap: Whole, fired: BoolsOf, digits: int) -> Whole:
    times = [int(number.factor * 10**digits) for number in (total, cap)]

    def units(chunk: Chunk) -> Ints:
        found = total.units(chunk) * times[0]
        lower = np.minimum(found, cap.units(chunk) * times[1])
        return np.where(fired(chunk), lower, found)

    found = whole(Kept(units), digits, max(total.high * times[0], 0))
    return replace(found, low=min(total.low * times[0], cap.low * times[1]))


def _within(mask: Mask, left: BoolsOf | None) -> Mask:
    if left is None:
        return mask

    def within(chunk: Chunk) -> Bools | None:
        found = mask(chunk)
        return None if found is None else found & left(chunk)

    return within


def _still(left: BoolsOf | None, test: BoolsOf, lack: Mask | None) -> BoolsOf:
    """Return where neither this rule nor one before it settled the matter."""

    def still(chunk: Chunk) -> Bools:
        done = test(chunk)
        lacking = None if lack is None else lack(chunk)
        found: Bools = ~(done if lacking is None else done | lacking)
        return found if left is None else found & left(chunk)

    return Kept(still)
