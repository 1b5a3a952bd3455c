"""What follows from the leaves: adjustments, grades, gates, decisions, findings, the report."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from perfrules.decimals import ZERO, plain
from perfrules.errors import Path, Text
from perfrules.lang.check.basis import basis_plans
from perfrules.lang.check.behind import behind
from perfrules.lang.check.context import Context
from perfrules.lang.check.indicators import Given, Lookup
from perfrules.lang.expr import STATE, Names
from perfrules.lang.plan import (
    Adjustment,
    Decision,
    Effect,
    FindingPlan,
    Gate,
    Grade,
    Indicator,
)
from perfrules.lang.spec.indicators import IndicatorSpec
from perfrules.lang.spec.outcome import (
    AdjustmentSpec,
    DecisionSpec,
    DecisionsSpec,
    EffectSpec,
    GateSpec,
    GradeSpec,
)
from perfrules.lang.tree import Expr
from perfrules.lang.types import NUMBER, PERCENT, UNKNOWN, Kind, Type
from perfrules.messages import did_you_mean


def grade_plans(
    context: Context, specs: tuple[GradeSpec, ...], total: Decimal | None
) -> tuple[Grade, ...]:
    """Return the grades, best first, after checking that none leaves a hole or can't be reached."""
    seen: list[str] = []
    before: tuple[str, Decimal] | None = None
    last = 0
    for index, spec in enumerate(specs):
        path: Path = ("grades", index)
        if spec.name in seen:
            context.report("PRF462", (*path, "name"), value=spec.name)
        seen.append(spec.name)
        if spec.at_least is None:
            continue
        last = index
        bound = (*path, "at_least")
        if total is not None and spec.at_least > total:
            context.report(
                "PRF465", bound, value=plain(spec.at_least), right=plain(total), name=spec.name
            )
        if before is not None and spec.at_least == before[1]:
            context.report(
                "PRF464", bound, value=plain(spec.at_least), name=spec.name, other=before[0]
            )
        elif before is not None and spec.at_least > before[1]:
            context.report(
                "PRF463",
                bound,
                value=plain(spec.at_least),
                name=spec.name,
                left=plain(before[1]),
                other=before[0],
            )
        before = (spec.name, spec.at_least)
    if specs and (before is None or before[1] != ZERO):
        where: Path = ("grades", last, "at_least") if before else ("grades",)
        context.report("PRF466", where, value=plain(before[1]) if before else "—")
    return tuple(Grade(spec.name, spec.at_least, spec.title or Text()) for spec in specs)


def grade_type(grades: tuple[Grade, ...], *, lost: bool = False) -> Type | None:
    """Return the type of `grade`, ordered grades first; None where there are none."""
    if lost:
        return UNKNOWN
    if not grades:
        return None
    ordered = [item.name for item in grades if item.at_least is not None]
    apart = tuple(item.name for item in grades if item.at_least is None)
    return Type(Kind.CHOICE, of=(*ordered, *apart), unordered=apart)


def adjustment_plans(
    context: Context, specs: tuple[AdjustmentSpec, ...], names: Names
) -> tuple[Adjustment, ...]:
    """Return the bonuses and penalties, which see rates and scores but no total."""
    found = []
    seen: set[str] = set()
    for index, spec in enumerate(specs):
        path: Path = ("adjustments", index)
        _twice(context, path, spec.id, seen)
        score = context.points((*path, "score"), spec.score, names)
        low, high = spec.range
        if score is not None:
            found.append(
                Adjustment(
                    spec.id,
                    spec.title or Text(spec.id, spec.id),
                    low,
                    high,
                    score,
                    basis_plans(spec.basis),
                )
            )
    return tuple(found)


def _twice(context: Context, path: Path, name: str, seen: set[str]) -> None:
    """PRF467: two gates, decisions or adjustments with one id."""
    if name in seen:
        context.report("PRF467", (*path, "id"), value=name)
    seen.add(name)


def gate_plans(
    context: Context,
    specs: tuple[GateSpec, ...],
    names: Names,
    tree: tuple[Mapping[str, Indicator], tuple[Grade, ...], Decimal | None],
) -> tuple[Gate, ...]:
    """Return the gates; *tree* holds what they may name: indicators, grades, the total."""
    found = []
    seen: set[str] = set()
    for index, spec in enumerate(specs):
        path: Path = ("gates", index)
        _twice(context, path, spec.id, seen)
        when = context.compile((*path, "when"), spec.when, names, Kind.FLAG)
        effect, value = _effect(context, (*path, "then"), spec.then, names, tree)
        if when is not None and value is not None:
            title = spec.title or spec.reason or Text(spec.id, spec.id)
            found.append(
                Gate(
                    spec.id,
                    when,
                    effect,
                    value,
                    title,
                    spec.reason or title,
                    basis_plans(spec.basis),
                )
            )
    return tuple(found)


def _effect(
    context: Context,
    path: Path,
    then: EffectSpec,
    names: Names,
    tree: tuple[Mapping[str, Indicator], tuple[Grade, ...], Decimal | None],
) -> tuple[Effect, Expr | str | Text | None]:
    indicators, grades, total = tree
    if then.cap_total is not None:
        expr = context.points((*path, "cap_total"), then.cap_total, names)
        cap = expr.constant if expr is not None else None
        if isinstance(cap, Decimal) and total is not None and cap >= total:
            context.report("PRF468", (*path, "cap_total"), value=plain(cap), right=plain(total))
        return "cap_total", expr
    if then.zero is not None:
        if then.zero not in indicators:
            hint = did_you_mean(then.zero, list(indicators))
            context.report("PRF469", (*path, "zero"), value=then.zero, hint=hint)
            return "zero", None
        return "zero", then.zero
    if then.flag is not None:
        return "flag", then.flag
    key: Effect = "cap_grade" if then.cap_grade is not None else "grade"
    name = then.cap_grade if then.cap_grade is not None else then.grade
    known = [item.name for item in grades if key == "grade" or item.at_least is not None]
    if name not in known:
        shown = "、".join(known)
        hint = Text(f"等级有：{shown}", f"the grades are {shown}") if known else Text()
        context.report("PRF488", (*path, key), value=name, hint=hint)
        return key, None
    return key, name


def decision_plans(
    context: Context, spec: DecisionsSpec | None, names: Names
) -> tuple[Decision, ...]:
    """Return the decisions in order."""
    found: list[Decision] = []
    seen: set[str] = set()
    for index, rule in enumerate(spec.rules if spec else ()):
        path: Path = ("decisions", "rules", index)
        _twice(context, path, rule.id, seen)
        decision = _decision(context, path, rule, names)
        if decision is not None:
            found.append(decision)
    return tuple(found)


def _decision(context: Context, path: Path, rule: DecisionSpec, names: Names) -> Decision | None:
    when = None
    if rule.when is not None:
        when = context.compile((*path, "when"), rule.when, names, Kind.FLAG)
    names = behind(names, when)
    amount = due = None
    if rule.do.amount is not None:
        amount = context.compile(
            (*path, "do", "amount"), rule.do.amount, names, Kind.MONEY, Kind.NUMBER, Kind.PERCENT
        )
    if rule.do.due is not None:
        due = context.compile((*path, "do", "due"), rule.do.due, names, Kind.DATE)
    if rule.when is not None and when is None:
        return None
    title = rule.do.title or Text(rule.do.code, rule.do.code)
    return Decision(rule.id, when, rule.do.code, title, amount, due, basis_plans(rule.basis))


def with_findings(
    context: Context,
    nodes: tuple[Indicator, ...],
    specs: tuple[IndicatorSpec, ...],
    names: Names,
    each: tuple[Given, ...] = (),
) -> tuple[Indicator, ...]:
    """Return *nodes* with their findings, whose conditions see the node's own rate and state."""
    done = []
    for node, spec in zip(nodes, specs, strict=True):
        look = Lookup(spec, node.path, () if spec.indicators else each)
        given = look.get("finding")
        inner = each if spec.each is None else (Given(spec.each, (*node.path, "each")), *each)
        children = with_findings(context, node.children, spec.indicators, names, inner)
        done.append(
            replace(
                node,
                children=children,
                findings=_findings(context, node, given, names) if given else (),
            )
        )
    return tuple(done)


def _findings(
    context: Context, node: Indicator, given: Given, names: Names
) -> tuple[FindingPlan, ...]:
    own: dict[str, Type] = {
        "rate": PERCENT,
        "score": NUMBER,
        "points": NUMBER,
        "state": STATE,
    }
    if node.for_each is not None:
        table = names.values.get(node.for_each.table)
        columns = table.columns if table else ()
        names = replace(
            names, rows={**names.rows, node.for_each.row: Type(Kind.ROW, columns=columns)}
        )
    names = replace(names, missing_ok=True)  # a condition on a value that isn't there doesn't hold
    found = []
    single = isinstance(context.value_at(given.path), dict)
    for index, item in enumerate(given.value):
        place = given.path if single else (*given.path, index)
        when = context.compile((*place, "when"), item.when, names, Kind.FLAG, extra=own)
        if when is not None:
            found.append(FindingPlan(when, item.problem, item.suggestion or Text()))
    return tuple(found)


def report_plans(
    context: Context, specs: Mapping[str, object], names: Names
) -> tuple[tuple[str, Expr], ...]:
    """Return the named values of `report`."""
    names = replace(names, missing_ok=True)
    found = []
    for name, raw in specs.items():
        expr = context.compile(("report", name), raw, names)
        if expr is not None:
            found.append((name, expr))
    return tuple(found)
