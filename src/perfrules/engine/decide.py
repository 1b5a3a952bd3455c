"""From the total before gates to what follows: gates, total, grade, decisions, findings, report.

All gates see the total before gates, never each other; their effects combine as zero, smallest cap,
fixed grade, worst grade cap. Decisions see the final total.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from perfrules.decimals import CONTEXT, ZERO, plain, round_to, snap
from perfrules.engine.node import Node
from perfrules.engine.reason import because_of, same, show_value
from perfrules.engine.result import AdjustmentLine, DecisionLine, FindingLine, GateLine, State
from perfrules.engine.unit import Unit
from perfrules.errors import Diagnostic, Text
from perfrules.lang.frame import Fault, MissingFault
from perfrules.lang.plan import Basis, Decision, Gate, Grade, Plan
from perfrules.lang.tree import Expr
from perfrules.messages import diagnose


def basis_texts(basis: tuple[Basis, ...]) -> tuple[str, ...]:
    """Return each basis as one line with its evidence label, so that none is taken for more.

    >>> basis_texts((Basis("财预〔2020〕10号", "第十二条", "background"),))
    ('财预〔2020〕10号 第十二条 [background]',)
    """
    return tuple(
        f"{item.document}{f' {item.clause}' if item.clause else ''} [{item.evidence}]"
        for item in basis
    )


def bonuses(unit: Unit, total: Decimal) -> tuple[Decimal, list[AdjustmentLine]]:
    """Add the ruleset's adjustments to *total*, then limit it to 0..total, a line of its own."""
    plan = unit.plan
    lines: list[AdjustmentLine] = []
    if not plan.adjustments:
        return total, lines
    found = total
    for item in plan.adjustments:
        value = unit.value(item.score)
        assert isinstance(value, Decimal)  # noqa: S101 - typed at load
        if not item.low <= snap(value) <= item.high:
            raise Fault(
                "PRF543",
                where=item.score.where,
                name=item.id,
                value=plain(value),
                left=plain(item.low),
                right=plain(item.high),
            )
        score = round_to(value, plan.total_rounding.digits, plan.total_rounding.mode)
        found = CONTEXT.add(found, score)
        lines.append(
            AdjustmentLine(item.id, "bonus", None, score, item.title, because_of(unit, item.score))
        )
    limited = max(ZERO, min(found, plan.total if plan.total is not None else found))
    if limited != found:
        lines.append(
            AdjustmentLine(
                "limit",
                "limit",
                found,
                CONTEXT.subtract(limited, found),
                Text("总分限制", "limit of the total"),
                Text(
                    f"总分须在0至{plain(plan.total or found)}之间",
                    f"the total stays between 0 and {plain(plan.total or found)}",
                ),
            )
        )
    return limited, lines


def fire(unit: Unit) -> list[GateLine]:
    """Set the flag of every gate and return their lines, told with the values they saw.

    A gate that can't be decided refuses the unit, but where nothing was assessed there is no total
    for a gate to act on: one that asks for it doesn't fire.
    """
    for gate in unit.plan.gates:
        unit.gates[gate.id] = _fires(unit, gate)
    return [_gate_line(unit, gate) for gate in unit.plan.gates]


def _fires(unit: Unit, gate: Gate) -> bool:
    try:
        return bool(unit.value(gate.when))
    except MissingFault as fault:
        if fault.name == "total":
            return False
        raise


def _gate_line(unit: Unit, gate: Gate) -> GateLine:
    """Return a gate's line: whether it fired, what it does, and the values behind it."""
    value = gate.value
    if isinstance(value, Expr):
        fired = unit.gates[gate.id]  # the cap of a gate that didn't fire is not asked for
        shown = show_value(unit.value(value), value.type).zh if fired else value.text
    else:
        shown = value.get("zh") if isinstance(value, Text) else value
    return GateLine(
        id=gate.id,
        title=gate.title,
        fired=unit.gates[gate.id],
        effect=gate.effect,
        value=shown,
        reason=gate.reason,
        because=because_of(unit, gate.when),
        basis=basis_texts(gate.basis),
    )


def capped(unit: Unit, total: Decimal) -> Decimal:
    """Return *total* under the smallest cap of the gates that fired."""
    for gate in unit.plan.gates:
        if gate.effect == "cap_total" and unit.gates[gate.id] and isinstance(gate.value, Expr):
            cap = unit.value(gate.value)
            assert isinstance(cap, Decimal)  # noqa: S101 - typed at load
            rounding = unit.plan.total_rounding
            total = min(total, round_to(cap, rounding.digits, rounding.mode))
    return total


def grade_for(total: Decimal, grades: Sequence[Grade]) -> str | None:
    """Return the first grade whose threshold *total* reaches; thresholds are inclusive.

    >>> scale = (Grade("优", Decimal(90)), Grade("差", Decimal(0)), Grade("未能证明", None))
    >>> grade_for(Decimal("90.00"), scale), grade_for(Decimal("89.99"), scale)
    ('优', '差')
    """
    for grade in grades:
        if grade.at_least is not None and total >= grade.at_least:
            return grade.name
    return None


def graded(unit: Unit, total: Decimal) -> str | None:
    """Return the grade of *total* after the gates: fixed grades first, then the worst cap."""
    plan = unit.plan
    order = [grade.name for grade in plan.grades if grade.at_least is not None]
    fired = [gate for gate in plan.gates if unit.gates[gate.id]]
    grade = grade_for(total, plan.grades)
    fixed = [str(gate.value) for gate in fired if gate.effect == "grade"]
    # A grade without an order says that nothing can be said: it outweighs every ordered one.
    unordered = [name for name in fixed if name not in order]
    if unordered:
        return unordered[0]
    if fixed:
        grade = max(fixed, key=order.index)
    for gate in fired:
        if gate.effect == "cap_grade" and grade is not None:
            grade = max(grade, str(gate.value), key=order.index)
    return grade


def decide(unit: Unit) -> tuple[list[DecisionLine], list[Diagnostic], tuple[str, ...]]:
    """Return the decisions that follow, what was said, and the ids of those left open."""
    lines: list[DecisionLine] = []
    warnings: list[Diagnostic] = []
    left_open: dict[str, list[Decision]] = {}
    for rule in unit.plan.decisions:
        try:
            if rule.when is not None and not unit.value(rule.when):
                continue
        except MissingFault as fault:
            left_open.setdefault(fault.name, []).append(rule)
            if unit.plan.match == "first":
                break  # which rule is the first that holds can't be known any more
            continue
        lines.append(
            DecisionLine(
                id=rule.id,
                code=rule.code,
                title=rule.title,
                because=because_of(unit, rule.when) if rule.when else same(""),
                amount=_amount(unit, rule.amount, rule.id, warnings),
                due=_due(unit, rule.due, rule.id, warnings),
                basis=basis_texts(rule.basis),
            )
        )
        if unit.plan.match == "first":
            break
    open_ones = [_undecided(unit.plan, name, rules) for name, rules in left_open.items()]
    waiting = {rule.id for rules in left_open.values() for rule in rules}
    undecided = tuple(rule.id for rule in unit.plan.decisions if rule.id in waiting)
    return lines, [*open_ones, *warnings], undecided


def _amount(unit: Unit, expr: Expr | None, name: str, warnings: list[Diagnostic]) -> str | None:
    found = _wanted(unit, expr, name, warnings)
    if expr is None or found is None:
        return None
    return show_value(found, unit.shown_type(expr)).zh


def _due(unit: Unit, expr: Expr | None, name: str, warnings: list[Diagnostic]) -> date | None:
    found = _wanted(unit, expr, name, warnings)
    return found if isinstance(found, date) else None


def _wanted(unit: Unit, expr: Expr | None, name: str, warnings: list[Diagnostic]) -> object | None:
    """Return the value of *expr*; the decision stands without it, and a warning says so."""
    if expr is None:
        return None
    try:
        return unit.value(expr)
    except MissingFault as fault:
        at = unit.plan.places.at(expr.where)
        warnings.append(diagnose("PRF556", at, path=expr.where, name=name, missing=fault.name))
        return None


def _undecided(plan: Plan, missing: str, rules: Sequence[Decision]) -> Diagnostic:
    """Return one warning for all rules that lack the same value."""
    where = rules[0].when.where if rules[0].when else ()
    base, dot, member = missing.partition(".")
    guard = f'state.{member} == "scored"' if dot and base in _OF_LINES else f"known({missing})"
    names = ", ".join(rule.id for rule in rules)
    return diagnose(
        "PRF552", plan.places.at(where), path=where, name=names, missing=missing, guard=guard
    )


_OF_LINES = ("rate", "score", "points")


def find(unit: Unit, nodes: Sequence[Node]) -> list[FindingLine]:
    """Return the findings of every line that fell short, in document order.

    A line that has no rate produces a finding only by its state: a condition on a value that isn't
    there doesn't hold.
    """
    lines: list[FindingLine] = []
    for top in nodes:
        for node in top.walk():
            if not node.plan.findings or (node.plan.for_each is not None and node.row is None):
                continue
            lines += _findings(unit, node)
    return lines


def _findings(unit: Unit, node: Node) -> list[FindingLine]:
    own = {
        "rate": node.rate,
        "score": node.score,
        "points": node.points,
        "state": node.state.value,
    }
    unit.extra = {name: value for name, value in own.items() if value is not None}
    each = node.plan.for_each
    if each is not None and node.row is not None:
        unit.bound[each.row] = node.row
    # What doesn't apply fell short of nothing, unless a condition asks for just that state.
    assessed = node.state not in (State.NOT_APPLICABLE, State.WAIVED, State.INFORMATIONAL)
    lost = ZERO
    if node.score is not None and node.effective is not None:
        lost = CONTEXT.subtract(node.effective, node.score)
    lines = [
        FindingLine(node.id, item.problem, item.suggestion, lost)
        for item in node.plan.findings
        if (assessed or "state" in item.when.names) and unit.holds(item.when)
    ]
    unit.extra = {}
    if each is not None:
        unit.bound.pop(each.row, None)
    return lines


def named_values(unit: Unit) -> tuple[dict[str, object], dict[str, Text]]:
    """Return what `report` names, as values and as people write them; None where one is missing."""
    values: dict[str, object] = {}
    shown: dict[str, Text] = {}
    for name, expr in unit.plan.report:
        try:
            values[name] = unit.value(expr)
        except MissingFault:
            values[name] = None
        shown[name] = show_value(values[name], unit.shown_type(expr))
    return values, shown
