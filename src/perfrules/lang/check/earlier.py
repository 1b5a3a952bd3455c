"""Inputs that are an earlier stage's result: typed from the ruleset that they name."""

from dataclasses import replace

from perfrules.errors import DiagnosedError, Path, RulesetError, Text
from perfrules.lang.check.context import Context
from perfrules.lang.check.points import walk
from perfrules.lang.check.rules import grade_type
from perfrules.lang.expr import STATE
from perfrules.lang.plan import Earlier, InputPlan, Plan
from perfrules.lang.spec.inputs import EarlierInput
from perfrules.lang.types import NUMBER, NUMERIC, PERCENT, UNKNOWN, Kind, Type
from perfrules.messages import did_you_mean

SCALARS = frozenset({*NUMERIC, Kind.DATE, Kind.FLAG, Kind.TEXT, Kind.CHOICE})


def earlier_plan(context: Context, path: Path, name: str, spec: EarlierInput) -> InputPlan:
    """Return the plan of such an input, of unknown type after noting what is wrong."""
    title = spec.title or Text()
    nothing = InputPlan(name, UNKNOWN, title, required=not spec.optional)
    plan = ruleset_of(context, (*path, "from"), spec.from_)
    if plan is None:
        return nothing
    known = fields_of(plan)
    kind = known.get(spec.field)
    if kind is None:
        hint = did_you_mean(spec.field, list(known))
        context.report("PRF716", (*path, "field"), value=spec.field, ruleset=plan.id, hint=hint)
        return nothing
    return InputPlan(
        id=name,
        type=replace(kind, optional=spec.optional),
        title=title,
        column=spec.column,
        required=not spec.optional,
        earlier=Earlier(plan.id, plan.version, plan.digest, spec.field),
    )


def ruleset_of(context: Context, path: Path, name: str) -> Plan | None:
    """Return a ruleset by its name; PRF710 where there is none, PRF711 where it has faults."""
    find = context.vocabulary.rulesets
    try:
        if find is not None:
            return find(name)
        context.report("PRF710", path, value=name)
    except RulesetError as error:
        count = sum(item.severity == "error" for item in error.diagnostics)
        context.report("PRF711", path, value=name, count=count)
    except DiagnosedError as error:
        first = error.diagnostics[0]
        code = "PRF717" if first.code == "PRF717" else "PRF710"
        context.report(code, path, value=name, hint=first.hint or None)
    return None


def fields_of(plan: Plan) -> dict[str, Type]:
    """Return what a result of *plan* has, by the name of the field."""
    found: dict[str, Type] = {}
    if plan.total is not None:
        found |= {"total": NUMBER, "rate": PERCENT, "complete": PERCENT}
    grade = grade_type(plan.grades)
    if grade is not None:
        found["grade"] = grade
    for node in walk(plan.indicators):
        found |= {f"rate.{node.id}": PERCENT, f"state.{node.id}": STATE}
        if node.weight is None and node.scored:
            found[f"score.{node.id}"] = NUMBER
    for name, expr in plan.report:
        if expr.type.kind in SCALARS:
            found[f"report.{name}"] = replace(expr.type, optional=False)
    return found
