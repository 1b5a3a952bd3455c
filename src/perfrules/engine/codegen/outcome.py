"""From the total to what follows, in generated code: gates, grade, decisions; findings, report.

Findings and reported values are no part of the scores, but where one could fail it is computed,
for then the unit is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from perfrules.decimals import ZERO
from perfrules.engine.codegen.arithmetic import combine, rounded
from perfrules.engine.codegen.expressions import value_of
from perfrules.engine.codegen.lines import LinePlan
from perfrules.engine.codegen.rollup import Rollup
from perfrules.engine.codegen.scope import Named, Scope
from perfrules.engine.codegen.source import Source, UnsupportedError
from perfrules.engine.codegen.trees import walk
from perfrules.engine.codegen.values import Value, constant, reaches
from perfrules.lang.plan import Decision, Gate, Plan
from perfrules.lang.tree import Aggregate, Expr, Ref, RefKind


@dataclass(slots=True)
class Outcome:
    """Adds the statements of what follows from the scores."""

    source: Source
    plan: Plan
    rollup: Rollup
    base: Scope
    lines: Mapping[str, LinePlan]
    gates: dict[str, str] = field(default_factory=dict)  # the local of each gate's flag

    def scope(self, **names: Value | None) -> Scope:
        """Return what expressions see after the branches."""
        found = {
            name: Named(value) if value is not None else Named(Value("M"), lacks=True)
            for name, value in names.items()
        }
        return replace(
            self.base,
            names={**self.base.names, **found},
            reference=self._reference,
            leaves=self._leaves,
        )

    def _reference(self, kind: RefKind, name: str) -> Named:
        if kind == "gate":
            return Named(Value(self.gates[name]))
        return self.rollup.reference(self.lines, kind, name)

    def _leaves(self, name: str) -> str:
        """Return the code of the leaves under an indicator, as rows of a table."""
        rows = []
        for line in self.lines[name].walk():
            if line.is_sheet and line.scored:
                lists = (line.keys, line.share, line.row_scores, line.row_points, line.counted)
                shown = ", ".join((self.source.slot(line.plan.id), *lists))
                rows.append(f"*leaf_rows({shown})")
            if line.is_leaf and line.scored:
                kinds: tuple[RefKind, ...] = ("rate", "score", "points", "state")
                parts = [(kind, self._reference(kind, line.plan.id).value.code) for kind in kinds]
                pairs = [("id", self.source.slot(line.plan.id)), *parts]
                shown = ", ".join(f"{self.source.slot(key)}: {code}" for key, code in pairs)
                rows.append(f"{{{shown}}}")
        return self.source.keep(f"({', '.join(rows)},)" if rows else "()")

    def asked_rates(self) -> None:
        """Compute every rate that something asks for, once, before anything branches."""
        exprs: list[Expr | None] = [gate.when for gate in self.plan.gates]
        exprs += [gate.value for gate in self.plan.gates if isinstance(gate.value, Expr)]
        exprs += [item.score for item in self.plan.adjustments]
        for rule in self.plan.decisions:
            exprs += (rule.when, rule.amount, rule.due)
        exprs += [expr for _, expr in self.plan.report]
        exprs += [item.when for line in self.lines.values() for item in line.plan.findings]
        for expr in exprs:
            for part in walk(expr.tree) if expr is not None else ():
                if isinstance(part, Ref) and part.ref == "rate":
                    self._rates_of([self.lines[part.id]])
                elif isinstance(part, Aggregate) and part.over == "leaves":
                    self._rates_of(
                        [line for line in self.lines[part.source].walk() if line.is_leaf]
                    )

    def _rates_of(self, lines: list[LinePlan]) -> None:
        for line in lines:
            if line.scored:
                self.rollup.rate(line)

    def total(self) -> Value | None:
        """Return the total before gates; None where there is none."""
        plan, tops = self.plan, self.rollup.tops
        if plan.total is None or not any(line.scored for line in tops):
            return None
        rounding = plan.total_rounding
        if plan.aggregate == "sum":
            found = self.rollup.added(tops)
            if self.rollup.digits() == {rounding.digits}:
                return self._bonuses(found)  # a sum of such numbers is one
        else:
            rate = self.rollup.combined(plan.aggregate, tops)
            found = combine(self.source, "*", constant(self.source, plan.total), rate)
        return self._bonuses(rounded(self.source, found, rounding.digits, rounding.mode))

    def _bonuses(self, total: Value) -> Value:
        plan, source = self.plan, self.source
        if not plan.adjustments:
            return total
        found = total
        rounding = plan.total_rounding
        for item in plan.adjustments:
            value = value_of(self.scope(), item.score)
            for sign, bound in (("<", item.low), (">", item.high)):
                wrong = reaches(source, sign, value, constant(source, bound))  # type: ignore[arg-type] # two of its signs
                if wrong.constant is not False:
                    source.give_up(wrong.code)
            score = rounded(source, value, rounding.digits, rounding.mode)
            found = combine(source, "+", found, score)
        code = source.keep(found.code)
        if plan.total is not None:
            top = source.slot(plan.total)
            source.line(f"if {top} < {code}: {code} = {top}")
        source.line(f"if {code} <= Z: {code} = Z")
        return Value(code, ZERO, plan.total, found.places)

    def fire(self, total: Value | None) -> str | None:
        """Add the gates' flags; return the code that tells whether one zeroes something."""
        scope = self.scope(total=total, complete=self.rollup.complete)
        for place, gate in enumerate(self.plan.gates):
            name = f"f{place}"
            self.source.line(f"{name} = {value_of(scope, gate.when).code}")
            self.gates[gate.id] = name
        zeroing = [self.gates[gate.id] for gate in self.plan.gates if gate.effect == "zero"]
        return " or ".join(zeroing) if zeroing else None

    def cap(self, total: Value) -> Value:
        """Return the total under the smallest cap of the gates that fired."""
        scope = self.scope(total=total, complete=self.rollup.complete)
        source, rounding = self.source, self.plan.total_rounding
        caps = [gate for gate in self.plan.gates if gate.effect == "cap_total"]
        if not caps:
            return total
        code = source.keep(total.code)
        low = total.low
        for gate in caps:
            assert isinstance(gate.value, Expr)  # noqa: S101 - of this effect
            with source.block(f"if {self.gates[gate.id]}"):
                value = value_of(scope, gate.value)
                cap = rounded(source, value, rounding.digits, rounding.mode)
                source.line(f"if {cap.code} < {code}: {code} = {cap.code}")
            low = None if low is None or cap.low is None else min(low, cap.low)
        return Value(code, low, total.high, total.places)

    def grade(self, total: Value) -> str:
        """Return the local of the grade; None in it where there is none."""
        source = self.source
        name = "grade"
        head = "if"
        for grade in self.plan.grades:
            if grade.at_least is not None:
                with source.block(f"{head} {total.code} >= {source.slot(grade.at_least)}"):
                    source.line(f"{name} = {source.slot(grade.name)}")
                head = "elif"
        if head == "if":
            source.line(f"{name} = None")
        else:
            with source.block("else"):
                source.line(f"{name} = None")
        graded = [gate for gate in self.plan.gates if gate.effect in ("grade", "cap_grade")]
        if graded:
            flags = [self.gates[gate.id] for gate in graded]
            regrade = source.slot(Regrade(self.plan, tuple(graded)))
            with source.block(f"if {' or '.join(flags)}"):
                source.line(f"{name} = {regrade}({name}, ({', '.join(flags)},))")
        return name

    def decide(self, scope: Scope) -> None:
        """Add the decisions that follow to `h`, those that lack a value to `u`."""
        source = self.source
        source.line("h = u = ()")
        if self.plan.match == "first":
            source.line("go = True")
        for rule in self.plan.decisions:
            if self.plan.match == "first":
                with source.block("if go"):
                    self._rule(scope, rule)
            else:
                self._rule(scope, rule)

    def final(self, total: Value | None, grade: str | None) -> Scope:
        """Return what expressions see after the grade."""
        scope = self.scope(total=total, complete=self.rollup.complete)
        graded = Named(Value("M"), lacks=True)
        if grade is not None:
            low = total.low if total is not None else None
            steps = [item.at_least for item in self.plan.grades if item.at_least is not None]
            if low is not None and steps and low >= min(steps):  # there is always a grade
                graded = Named(Value(grade))
            else:
                self.source.line(f"v = M if {grade} is None else {grade}")
                graded = Named(Value("v"), lacks=True)
        return replace(scope, names={**scope.names, "grade": graded})

    def _rule(self, scope: Scope, rule: Decision) -> None:
        source = self.source
        slot = source.slot(rule.id)
        with source.aside() as lines:
            before = source.lacks
            when = "True" if rule.when is None else value_of(scope, rule.when).code
            with source.block(f"if {when}"):
                for expr in (rule.amount, rule.due):
                    if expr is not None:
                        value_of(scope, expr)
                source.line(f"h += ({slot},)")
                if self.plan.match == "first":
                    source.line("go = False")
            lacking = source.lacks > before
        if not lacking:
            source.add(lines)
            return
        source.lacks = before
        with source.block("try"):
            source.add(lines, 1)
        with source.block("except Lack"):
            source.line(f"u += ({slot},)")

    def watch(self, scope: Scope) -> bool:
        """Add the findings' conditions and the reported values that could refuse the unit.

        Returns:
            Whether there are any.
        """
        found = False
        for line in self.lines.values():
            for item in line.plan.findings:
                if self._may_fail(self._dry(scope, line), item.when):
                    self._watch(self._own(scope, line), item.when)
                    found = True
        for _, expr in self.plan.report:
            if self._may_fail(scope, expr):
                self._watch(scope, expr)
                found = True
        return found

    def _may_fail(self, scope: Scope, expr: Expr) -> bool:
        """Whether evaluating *expr* could be refused: what could only be missing is not."""
        source = self.source
        mark = source.mark()
        with source.aside():
            value_of(scope, expr)
            found = source.doubts > mark[3]
        source.back(mark)
        return found

    def _dry(self, scope: Scope, line: LinePlan) -> Scope:
        """Return a scope that looks like that of a finding, for code that is dropped."""
        unknown = Named(Value("M"), lacks=True)
        own = dict.fromkeys(("rate", "score", "points", "state"), unknown)
        each = line.plan.for_each
        if each is not None:
            scope = scope.within(each.row, "M", scope.tables[each.table])
        return replace(scope, shadows=own)

    def _own(self, scope: Scope, line: LinePlan) -> Scope:
        """Return the scope of a finding: it knows the line's own rate, score, points and state."""
        if line.is_sheet:  # whose findings are its rows': the reference looks at them
            raise UnsupportedError
        kinds: tuple[RefKind, ...] = ("rate", "score", "points", "state")
        own = {kind: self._reference(kind, line.plan.id) for kind in kinds}
        return replace(scope, shadows={str(kind): named for kind, named in own.items()})

    def _watch(self, scope: Scope, expr: Expr) -> None:
        source = self.source
        with source.block("try"):
            value_of(scope, expr)
        with source.block("except Lack"):
            source.line("pass")


class Regrade:
    """What the gates that fired make of a grade: fixed ones first, then the worst cap."""

    def __init__(self, plan: Plan, gates: tuple[Gate, ...]) -> None:
        self.order = [grade.name for grade in plan.grades if grade.at_least is not None]
        self.gates = gates

    def __call__(self, grade: str | None, flags: tuple[bool, ...]) -> str | None:
        """Return the grade under the gates whose flag is true."""
        fired = [gate for gate, flag in zip(self.gates, flags, strict=True) if flag]
        fixed = [str(gate.value) for gate in fired if gate.effect == "grade"]
        unordered = [name for name in fixed if name not in self.order]
        if unordered:
            return unordered[0]
        if fixed:
            grade = max(fixed, key=self.order.index)
        for gate in fired:
            if gate.effect == "cap_grade" and grade is not None:
                grade = max(grade, str(gate.value), key=self.order.index)
        return grade
