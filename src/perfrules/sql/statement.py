"""The one statement: a table's columns in, a row's numbers out, and its fault where it has one."""

from datetime import date

from sqlglot import exp

from perfrules.engine.program import Program, parameters_on
from perfrules.errors import Diagnostic, Text, UsageError
from perfrules.lang.frame import Fault
from perfrules.lang.plan import Derived
from perfrules.messages import diagnose
from perfrules.sql import DialectName
from perfrules.sql.columns import admit, clashes, columns_of
from perfrules.sql.dialect import Dialect
from perfrules.sql.expressions import chosen, constant_of, holds, value
from perfrules.sql.lines import Line, lines_of, rate_lines
from perfrules.sql.nodes import Cond, Node, absent, as_node, both, case, name, negated, some
from perfrules.sql.number import Number, decimal
from perfrules.sql.outcome import Outcome, sums_hold
from perfrules.sql.scene import Known, Scene, Unsaid
from perfrules.sql.steps import Steps, table_of
from perfrules.sql.values import Flag, Label, Value, day, label

_UNIT = "unit"
_RATE_DIGITS = 12


def statement(program: Program, dialect: DialectName, table: str) -> exp.Select:
    """Return the statement of a ruleset.

    Raises:
        UsageError: What can't be said in SQL, all of it, in the order of the ruleset.
    """
    return _Statement(program, Dialect(dialect)).made(table)


class _Statement:
    """One ruleset on its way."""

    def __init__(self, program: Program, dialect: Dialect) -> None:
        self.program, self.plan = program, program.plan
        if self.plan.needs_as_of and program.as_of is None:
            raise UsageError((diagnose("PRF524", name=Text("规则集", "the ruleset")),))
        parameters = parameters_on(self.plan, program.as_of)
        self.scene = Scene(self.plan, program.as_of, parameters, Steps(dialect))
        self.unit = self.scene.steps.column(name(_UNIT))

    def made(self, table: str) -> exp.Select:
        """Return the statement."""
        scene, plan = self.scene, self.plan
        self._names()
        lines = lines_of(scene, plan.indicators)
        if not scene.refused:
            sums_hold(scene, lines)
        rate_lines(scene, lines, True)
        outcome = Outcome(scene, lines)
        total, lacks = outcome.total({})
        outcome.know_lines()
        outcome.know_total(total, lacks)
        with scene.refusing():
            outcome.know_complete()
        fired = outcome.gates()
        zeroed = self._zeroed(lines, fired)
        if zeroed:
            total, lacks = outcome.total(zeroed)
            outcome.know_lines()
        grade: Node | None = None
        if total is not None:
            total = outcome.capped(total, fired)
            grade = outcome.grade(total, fired)
            if grade is not None and lacks is not False:
                grade = case([(negated(lacks), grade)])
        outcome.know_total(total, lacks)
        none = True if grade is None else scene.condition(absent(grade))
        scene.names["grade"] = Known(Label(grade if grade is not None else exp.Null()), none)
        decisions = outcome.decisions()
        outcome.words()
        self._refuse()
        return scene.steps.select(
            table, self._outputs(lines, total, lacks, grade, fired, decisions)
        )

    # ---- names

    def _names(self) -> None:
        scene = self.scene
        known: list[str] = [_UNIT]
        for item in self.plan.inputs:
            columns = columns_of(item)
            known += [column.name for column in columns]
            if not columns:
                what = Text(
                    f"“{item.type.kind.value[0]}”输入项",
                    f"an input of type {item.type.kind.value[1]}",
                )
                scene.names[item.id] = Unsaid(what, ("inputs", item.id))
                scene.refused.append(scene.names[item.id])  # type: ignore[arg-type] # it was set above
                continue
            scene.names[item.id] = admit(scene, item)
        self._apart(known, "inputs")
        for key, found in scene.parameters.items():
            try:
                scene.names[key] = Known(constant_of(found))
            except Fault as fault:
                scene.names[key] = fault
        when = self.program.as_of
        scene.names["as_of"] = Known(day(when or date.min), when is None)
        for derived in self.plan.derived:
            try:
                scene.names[derived.id] = self._derived(derived)
            except Fault as fault:
                scene.names[derived.id] = fault
                scene.refused.append(fault)

    def _derived(self, derived: Derived) -> Known:
        scene = self.scene
        with scene.watch.apart() as found:
            result = (
                value(scene, derived.expr) if derived.expr is not None else self._table(derived)
            )
        code = scene.code_of(found)
        if isinstance(result, Number):
            result = scene.numbers.named(result)
            if code is not None:
                # What could not be computed has no bounds either.
                result = scene.numbers.select([(absent(code), result)])
        elif isinstance(result, Flag):
            result = Flag(scene.condition(result.holds))
        return Known(result, trouble=code)

    def _table(self, derived: Derived) -> Value:
        """Return what a choosing table gives: the first or only row that holds."""
        scene = self.scene
        held: list[Cond] = []
        for row in derived.rows:
            if row.when is None:
                held.append(negated(some(held)))
                continue
            before = negated(some(held)) if derived.choose == "first" else True
            with scene.watch.when(before):
                held.append(scene.condition(both(before, holds(scene, row.when))))
        if derived.choose == "unique":
            pairs = [both(one, two) for place, one in enumerate(held) for two in held[:place]]
            scene.watch.tell("PRF539", scene.condition(some(pairs)))
        scene.watch.tell("PRF539", negated(some(held)))
        found: list[tuple[Cond, Value]] = []
        for row, here in zip(derived.rows, held, strict=True):
            with scene.watch.when(here):
                then = label(row.then) if isinstance(row.then, str) else value(scene, row.then)
            found.append((here, then))
        return chosen(scene, found, None)

    def _zeroed(self, lines: list[Line], fired: dict[str, Cond]) -> dict[str, Cond]:
        """Return for each line whether a gate that fired zeroes it."""
        by_id = {line.plan.id: line for top in lines for line in top.walk()}
        found: dict[str, Cond] = {}
        for gate in self.plan.gates:
            if gate.effect == "zero":
                for line in by_id[str(gate.value)].walk():
                    before = found.get(line.plan.id, False)
                    found[line.plan.id] = self.scene.condition(some([before, fired[gate.id]]))
        return found

    # ---- refusals

    def _apart(self, names: list[str], where: str) -> None:
        """Refuse names that a database can't tell apart."""
        for one, other in clashes(names):
            what = Text(
                f"只有大小写不同的“{other}”和“{one}”", f"{other} beside {one}, apart by case only,"
            )
            self.scene.refused.append(Unsaid(what, (where, one.partition(".")[0])))

    def _refuse(self) -> None:
        found: dict[Diagnostic, None] = {}
        for fault in self.scene.refused:
            found[self.plan.places.diagnose(fault)] = None
        if not found:
            return
        order = sorted(
            found, key=lambda one: (one.span is None, one.span and (one.span.line, one.span.column))
        )
        raise UsageError(tuple(order))

    # ---- outputs

    def _outputs(
        self,
        lines: list[Line],
        total: Number | None,
        lacks: Cond,
        grade: Node | None,
        fired: dict[str, Cond],
        decisions: dict[str, Node],
    ) -> list[tuple[str, Node]]:
        scene, plan = self.scene, self.plan
        fault = scene.code_of(scene.watch.found)
        fine: Cond = True if fault is None else absent(fault)
        there = both(fine, negated(lacks))
        outputs: list[tuple[str, Node]] = [(_UNIT, self.unit)]
        outputs.append(("total", self._decimal(total, there)))
        rate: Number | None = None
        if total is not None and plan.total:
            numbers = scene.numbers
            rate = numbers.snap(numbers.divide(total, decimal(plan.total)))
            rate = numbers.round_to(rate, _RATE_DIGITS)
        outputs.append(("rate", self._decimal(rate, there)))
        outputs.append(
            ("grade", exp.cast(exp.Null(), "VARCHAR") if grade is None else case([(fine, grade)]))
        )
        for top in lines:
            for line in top.walk():
                score = None if line.informational or line.points is None else line.score
                shown = self._decimal(score, both(fine, line.counts))
                outputs.append((f"score.{line.plan.id}", shown))
        outputs += [(f"gate.{key}", case([(fine, as_node(fires))])) for key, fires in fired.items()]
        outputs += [(f"decision.{key}", case([(fine, node)])) for key, node in decisions.items()]
        self._apart([key for key, _ in outputs], "indicators")
        self._refuse()
        outputs.append(("fault", exp.cast(exp.Null(), "VARCHAR") if fault is None else fault))
        return outputs

    def _decimal(self, found: Number | None, there: Cond) -> Node:
        dialect = self.scene.steps.dialect
        if found is None:
            return dialect.decimal(exp.Null(), 36, 2)
        assert found.bottom is None  # noqa: S101 - it is rounded
        return dialect.scaled(case([(there, found.top.node)]), found.scale)


def schema(program: Program, dialect: DialectName, table: str) -> exp.Create:
    """Return the table a statement reads: the unit, then the columns of each input."""
    own = Dialect(dialect)
    columns = [(_UNIT, "VARCHAR")]
    columns += [(one.name, one.type) for item in program.plan.inputs for one in columns_of(item)]
    definitions = [
        exp.ColumnDef(this=exp.to_identifier(key, quoted=True), kind=own.schema(kind))
        for key, kind in columns
    ]
    return exp.Create(this=exp.Schema(this=table_of(table), expressions=definitions), kind="TABLE")


def written(node: exp.Expression, dialect: DialectName) -> str:
    """Return a statement's text, laid out for reading."""
    return f"{node.sql(dialect, pretty=True, comments=False)}\n"
