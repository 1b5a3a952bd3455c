"""From the lines to what follows: total, gates, grade, decisions, as `engine.decide` has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sqlglot import exp

from perfrules.decimals import ZERO
from perfrules.errors import Text
from perfrules.lang.frame import Fault
from perfrules.lang.plan import Decision, Gate, Plan
from perfrules.lang.tree import Expr
from perfrules.sql import number as numeric
from perfrules.sql.expressions import holds, number, value
from perfrules.sql.lines import Line, declared, named_code, state_of
from perfrules.sql.methods.share import is_missing
from perfrules.sql.nodes import (
    Cond,
    Node,
    absent,
    as_node,
    binary,
    both,
    case,
    negated,
    present,
    some,
    surely,
    text,
    whole,
)
from perfrules.sql.number import Number, decimal, within
from perfrules.sql.rollup import Rollup
from perfrules.sql.scene import NO_TOTAL, Known, Scene, Trouble, Unsaid
from perfrules.sql.values import Flag


@dataclass(slots=True)
class Outcome:
    """What one ruleset makes of its lines."""

    scene: Scene
    lines: list[Line]

    @property
    def plan(self) -> Plan:
        """The ruleset."""
        return self.scene.plan

    def total(self, zeroed: dict[str, Cond]) -> tuple[Number | None, Cond]:
        """Score all lines; return the total before gates, and whether there is none."""
        scene, plan = self.scene, self.plan
        rollup = Rollup(scene, plan.rounding, zeroed)
        summed = plan.aggregate == "sum"
        for line in self.lines:
            rollup.score(line, above=True, summed=summed)
        alive = scene.condition(some(line.counts for line in self.lines))
        if plan.total is None or alive is False:
            return None, True
        found: Number | None = None
        with scene.refusing(), scene.watch.apart() as doubts:
            found = self._added(rollup) if summed else self._combined(rollup, plan.total)
        self._tell("total", doubts, alive)
        return found, negated(alive)

    def _added(self, rollup: Rollup) -> Number:
        score, possible, excluded = rollup.added(self.lines)
        return self._bonuses(self._rounded(rollup.rescaled(score, possible, excluded)))

    def _combined(self, rollup: Rollup, total: Decimal) -> Number:
        rate = rollup.combined(self.plan.aggregate, self.lines, ())
        return self._bonuses(self._rounded(self.scene.numbers.multiply(decimal(total), rate)))

    def _rounded(self, found: Number) -> Number:
        rounding = self.plan.total_rounding
        return self.scene.numbers.round_to(found, rounding.digits, rounding.mode)

    def _bonuses(self, total: Number) -> Number:
        """Add the ruleset's adjustments, then limit the total to 0..total."""
        if not self.plan.adjustments:
            return total
        numbers = self.scene.numbers
        for item in self.plan.adjustments:
            value = number(self.scene, item.score)
            low, high = decimal(item.low), decimal(item.high)
            good = both(numbers.compare(">=", value, low), numbers.compare("<=", value, high))
            good = self.scene.condition(good)
            self.scene.watch.tell("PRF543", negated(good))
            near = Fraction(1, 10**12)
            kept = within(numbers.select([(good, value)]), low.low - near, high.high + near)
            total = numbers.add(total, self._rounded(kept))
        most = self.plan.total
        total = numbers.named(total)
        pairs = [(numbers.raw("<", total, numeric.ZERO), numeric.ZERO)]
        if most is not None:
            pairs.append((numbers.raw(">", total, decimal(most)), decimal(most)))
        found = numbers.select(pairs, total)
        return within(found, Fraction(0), found.high)

    def _tell(self, place: str, found: Sequence[Trouble], when: Cond) -> None:
        for condition, code in found:
            self.scene.watch.tell(named_code(code, place), both(when, condition))

    # ---- what expressions may ask for

    def know_lines(self) -> None:
        """Make rate, score, points and state of every line known."""
        scene = self.scene
        for top in self.lines:
            for line in top.walk():
                name = line.plan.id
                lacks = scene.condition(negated(line.counts))
                scene.refs["state", name] = Known(state_of(scene, line))
                points = decimal(line.points or ZERO)
                scene.refs["points", name] = Known(points, line.points is None)
                score = line.score or numeric.ZERO
                scene.refs["score", name] = Known(score, lacks if line.score else True)
                if not line.informational:
                    scene.refs["rate", name] = Known(line.rate, lacks)
                elif not isinstance(scene.refs.get(("rate", name)), Fault):
                    scene.refs["rate", name] = line.known or Known(numeric.ZERO, True)

    def know_total(self, total: Number | None, lacks: Cond) -> None:
        """Make the total known; where there is none, a gate that asks for it doesn't fire."""
        scene = self.scene
        code = None
        if lacks is not False:
            code = (
                scene.steps.let(case([(lacks, text(NO_TOTAL))]))
                if lacks is not True
                else text(NO_TOTAL)
            )
        scene.names["total"] = Known(total or numeric.ZERO, trouble=code)

    def know_complete(self) -> None:
        """Make the assessed share known, where points add up throughout."""
        scene = self.scene
        lines = [line for top in self.lines for line in top.walk()]
        branches = [line for line in lines if line.children]
        counted = [line for line in lines if not line.informational]
        summed = self.plan.aggregate == "sum" and all(line.sums for line in branches)
        if self.plan.total is None or not self.plan.total:
            scene.names["complete"] = Known(numeric.ONE, self.plan.total is None)
            return
        if not summed:
            what = Text("complete", "complete")
            scene.names["complete"] = Unsaid(what)
            return
        numbers = scene.numbers
        found = numeric.ZERO
        for line in counted:
            if line.plan.method is not None:
                here = both(line.scored, line.kept)
                own = numbers.select([(here, decimal(line.points or ZERO))], numeric.ZERO)
                found = numbers.add(found, own)
        complete = numbers.divide(numbers.named(found), decimal(self.plan.total))
        scene.names["complete"] = Known(numbers.named(complete))

    # ---- gates

    def gates(self) -> dict[str, Cond]:
        """Return whether each gate fires; one that can't be decided refuses the unit."""
        fired: dict[str, Cond] = {}
        for gate in self.plan.gates:
            fired[gate.id] = False
            with self.scene.refusing():
                fired[gate.id] = self._fires(gate)
        for gate in self.plan.gates:
            if isinstance(gate.value, Expr):
                with self.scene.refusing():
                    self._cap(gate, gate.value, fired[gate.id])
        for key, condition in fired.items():
            self.scene.refs["gate", key] = Known(Flag(condition))
        return fired

    def _fires(self, gate: Gate) -> Cond:
        scene = self.scene
        with scene.watch.apart() as found:
            condition = holds(scene, gate.when)
        code = scene.code_of(found)
        if code is None:
            return scene.condition(surely(condition))
        silent = surely(exp.EQ(this=code.copy(), expression=text(NO_TOTAL)))
        scene.watch.tell(named_code(code, gate.id), both(present(code), negated(silent)))
        return scene.condition(both(absent(code), surely(condition)))

    def _cap(self, gate: Gate, expr: Expr, fired: Cond) -> Number:
        """Return the cap a gate sets, rounded as a total is; its faults count where it fired."""
        scene = self.scene
        with scene.watch.apart() as found:
            cap = self._rounded(number(scene, expr))
        self._tell(gate.id, found, fired)
        return cap

    def capped(self, total: Number, fired: dict[str, Cond]) -> Number:
        """Return the total under the smallest cap of the gates that fired."""
        numbers = self.scene.numbers
        for gate in self.plan.gates:
            if gate.effect == "cap_total" and isinstance(gate.value, Expr):
                with self.scene.refusing():
                    cap = self._cap(gate, gate.value, fired[gate.id])
                    lower = both(fired[gate.id], numbers.raw("<", cap, total))
                    total = numbers.select([(self.scene.condition(lower), cap)], total)
        return total

    def grade(self, total: Number, fired: dict[str, Cond]) -> Node | None:
        """Return the grade: fixed ones first, then the worst cap; NULL for none."""
        plan, scene = self.plan, self.scene
        if not plan.grades:
            return None
        order = [grade.name for grade in plan.grades if grade.at_least is not None]
        reached: list[tuple[Cond, Node]] = [
            (
                scene.numbers.raw(">=", total, decimal(grade.at_least)),
                whole(order.index(grade.name)),
            )
            for grade in plan.grades
            if grade.at_least is not None
        ]
        place = scene.steps.let(case([*self._worst("grade", order, fired), *reached]))
        cap = case(self._worst("cap_grade", order, fired))
        if isinstance(cap, exp.Case):
            cap = scene.steps.let(cap)
            worse = both(present(cap), binary(exp.GT, cap, place))
            place = scene.steps.let(case([(absent(place), exp.Null()), (worse, cap)], place))
        names: list[tuple[Cond, Node]] = [
            (fired[gate.id], text(str(gate.value)))
            for gate in plan.gates
            if gate.effect == "grade" and str(gate.value) not in order
        ]
        names += [
            (binary(exp.EQ, place, whole(number_)), text(name))
            for number_, name in enumerate(order)
        ]
        return scene.steps.let(case(names))

    def _worst(
        self, effect: str, order: list[str], fired: dict[str, Cond]
    ) -> list[tuple[Cond, Node]]:
        """Return the conditions of an effect's grades, the worst first."""
        found: list[tuple[Cond, Node]] = []
        for place in range(len(order) - 1, -1, -1):
            here = some(
                fired[gate.id]
                for gate in self.plan.gates
                if gate.effect == effect and str(gate.value) == order[place]
            )
            if here is not False:
                found.append((here, whole(place)))
        return found

    # ---- decisions

    def decisions(self) -> dict[str, Node]:
        """Return whether each decision follows; NULL where a value it needs is missing."""
        found: dict[str, Node] = {}
        open_: Cond = True  # whether the rules are still looked at: with match first, up to one
        for rule in self.plan.decisions:
            with self.scene.refusing():
                follows, undecided = self._decision(rule, open_)
                found[rule.id] = self.scene.steps.let(
                    case([(undecided, exp.Null())], as_node(follows))
                )
                if self.plan.match == "first":
                    open_ = self.scene.condition(both(open_, negated(some([follows, undecided]))))
        return found

    def _decision(self, rule: Decision, open_: Cond) -> tuple[Cond, Cond]:
        scene = self.scene
        with scene.watch.apart() as found:
            condition = True if rule.when is None else holds(scene, rule.when)
        code = scene.code_of(found)
        follows = scene.condition(both(open_, surely(condition)))
        undecided: Cond = False
        if code is not None:
            lacks = scene.condition(surely(is_missing(code)))
            scene.watch.tell(named_code(code, rule.id), both(open_, present(code), negated(lacks)))
            follows = scene.condition(both(follows, absent(code)))
            undecided = scene.condition(both(open_, lacks))
        for expr in (rule.amount, rule.due):
            if expr is not None:
                self.look(expr, rule.id, follows)
        return follows, undecided

    # ---- what only may fail

    def look(self, expr: Expr, place: str, when: Cond) -> None:
        """Tell the faults of an expression that is computed for a result's words only."""
        scene = self.scene
        with scene.watch.apart() as found:
            value(scene, expr)
        code = scene.code_of(found)
        if code is not None:
            lacks = surely(is_missing(code))
            scene.watch.tell(named_code(code, place), both(when, present(code), negated(lacks)))

    def words(self) -> None:
        """Tell what the report and the findings can run into."""
        for key, expr in self.plan.report:
            with self.scene.refusing():
                self.look(expr, key, True)
        for top in self.lines:
            for line in top.walk():
                for finding in line.plan.findings:
                    with self.scene.refusing():
                        self._finding(line, finding.when)

    def _finding(self, line: Line, when: Expr) -> None:
        scene = self.scene
        assessed = True if "state" in when.names else some([line.scored, line.missing])
        known = {
            key: known
            for key in ("rate", "score", "points", "state")
            if isinstance(known := scene.refs.get((key, line.plan.id)), Known)
        }
        with scene.binding(**known):
            self.look(when, line.plan.id, assessed)


def sums_hold(scene: Scene, lines: list[Line]) -> None:
    """Refuse sums of points that differ: every unit would be refused (PRF540)."""
    for top in lines:
        for line in top.walk():
            if line.points is None or not line.children or not line.sums:
                continue
            if declared(line.children) != line.points:
                scene.refused.append(Unsaid(_SUMS, line.plan.path))
    plan = scene.plan
    if (
        plan.total is not None
        and plan.aggregate == "sum"
        and lines
        and declared(lines) != plan.total
    ):
        scene.refused.append(Unsaid(_SUMS, ("total",)))


_SUMS = Text("加不到总数的分值", "points that don't add up")
