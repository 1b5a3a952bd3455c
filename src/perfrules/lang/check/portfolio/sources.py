"""The sources of a portfolio: whose results they are, and what may be read of each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from perfrules.errors import Path
from perfrules.lang.check.context import Context
from perfrules.lang.check.earlier import fields_of, ruleset_of
from perfrules.lang.check.inputs import input_plan
from perfrules.lang.check.usage import trees
from perfrules.lang.plan import InputPlan, Plan
from perfrules.lang.portfolio import Source
from perfrules.lang.spec.portfolio import PortfolioSpec, SourceSpec
from perfrules.lang.tree import Aggregate, Expr
from perfrules.lang.tree import Column as ColumnTree
from perfrules.lang.types import NUMERIC, TEXT, Kind, Type

SCALARS: Final = frozenset({*NUMERIC, Kind.DATE, Kind.FLAG, Kind.TEXT, Kind.CHOICE, Kind.CHOICES})


def rulesets_of(context: Context, spec: PortfolioSpec) -> dict[str, Plan]:
    """Return each source's ruleset, as far as there is one without faults."""
    found: dict[str, Plan] = {}
    for name, item in spec.results.items():
        plan = ruleset_of(context, ("results", name, "of"), item.of)
        if plan is not None:
            found[name] = plan
    return found


def facts_of(context: Context, name: str, spec: SourceSpec, plan: Plan) -> Mapping[str, InputPlan]:
    """Return the facts of a source's units: the ruleset's inputs, and those declared here.

    PRF713: one declared here is the ruleset's already; PRF714: it is no single value.
    """
    found = {item.id: item for item in plan.inputs}
    for key, item in spec.facts.items():
        path: Path = ("results", name, "facts", key)
        if key in found:
            context.report("PRF713", path, key=True, value=key, ruleset=plan.id)
            continue
        made = input_plan(context, path, key, item)
        if made.type.kind not in SCALARS:
            context.report("PRF714", (*path, "type"), value=key)
        found[key] = made
    return found


def paths_of(plan: Plan, facts: Mapping[str, InputPlan], *, joined: bool) -> dict[str, Type]:
    """Return what may be read of one result, by the path after the source's name."""
    found: dict[str, Type] = {"unit": TEXT}
    found |= {
        path: kind for path, kind in fields_of(plan).items() if not path.startswith("report.")
    }
    for name, item in facts.items():
        if item.type.kind in SCALARS:
            found[f"fact.{name}"] = item.type
    return {path: replace(kind, optional=kind.optional or joined) for path, kind in found.items()}


def facts_read(exprs: Iterable[Expr], sources: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield source and fact for each `r.fact.name` that an expression reads."""
    known = frozenset(sources)
    for expr in exprs:
        walked = {
            tree.row: tree.source
            for tree in trees(expr.tree)
            if isinstance(tree, Aggregate) and tree.over == "table"
        }
        for tree in trees(expr.tree):
            if isinstance(tree, ColumnTree) and tree.column.startswith("fact."):
                source = walked.get(tree.row, tree.row)
                if source in known:
                    yield source, tree.column.removeprefix("fact.")


def source_plan(
    name: str,
    spec: SourceSpec,
    plan: Plan,
    facts: Mapping[str, InputPlan],
    paths: Mapping[str, Type],
    read: set[tuple[str, str]],
) -> Source:
    """Return a source as the plan holds it; *read* are the facts that are needed."""
    return Source(
        id=name,
        of=spec.of,
        ruleset=plan.id,
        version=plan.version,
        digest=plan.digest,
        title=spec.title or plan.title,
        joined=spec.join is not None,
        total=plan.total,
        columns=paths,
        facts=tuple(item for key, item in facts.items() if (name, key) in read),
        inputs=tuple(facts.values()),
    )
