"""One proof under way: what is known, the search beside it, what was found so far."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from perfrules.analysis.prove.case import Case, Cases
from perfrules.analysis.prove.outcome import Outcome, outcome
from perfrules.analysis.prove.proof import Finding, How, Shown
from perfrules.analysis.prove.reason import Reason
from perfrules.analysis.prove.search import Goal, Near, Search
from perfrules.analysis.prove.world import World
from perfrules.analysis.reads import behind
from perfrules.engine.unit import Unit
from perfrules.errors import Path, Severity, Text
from perfrules.lang.plan import Indicator, Plan
from perfrules.lang.tree import Expr
from perfrules.messages import diagnose

_RESULTS = frozenset({"total", "grade", "complete"})


@dataclass(slots=True)
class Inquiry:
    """What the single questions about a ruleset share."""

    world: World
    reason: Reason
    results: Outcome
    search: Search
    findings: list[Finding] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)

    @property
    def plan(self) -> Plan:
        """The ruleset."""
        return self.world.plan

    def report(
        self,
        code: str,
        path: Path,
        how: How,
        facts: Mapping[str, Any] | None = None,
        *,
        key: bool = False,
        severity: Severity | None = None,
        **args: Any,  # noqa: ANN401 - a sentence's arguments
    ) -> None:
        """Note a finding; what was only searched for is a warning, whatever its code."""
        if how == "searched":
            severity = "warning"
        if severity is not None:
            args["severity"] = severity
        document = self.plan.places.document
        if document is None:
            found = diagnose(code, self.plan.places.at(path), path=path, **args)
        else:
            found = document.diagnose(code, path, key=key, **args)
        self.findings.append(Finding(found, how, self.search.tried, self.search.seed, facts))

    def show(self, zh: str, en: str, how: How, facts: Mapping[str, Any] | None = None) -> None:
        """Note what was shown to be as it should."""
        self.shown.append(Shown(Text(zh, en), how, facts))

    def possible(self, cases: Cases, exprs: Iterable[Expr] = ()) -> bool:
        """Return whether a case is left that the results allow too."""
        if not any(self.about_results(expr) for expr in exprs):
            return bool(cases)
        return any(outcome(self.world, case) is not None for case in cases)

    def about_results(self, expr: Expr) -> bool:
        """Return whether an expression reads a total, a grade or an indicator's result."""
        return bool(expr.refs) or not _RESULTS.isdisjoint(expr.names)

    def names(self, exprs: Iterable[Expr]) -> list[str]:
        """Return the inputs that expressions depend on; all of them where results are read."""
        given = tuple(exprs)
        if any(self.about_results(expr) for expr in given):
            return list(self.world.inputs)
        return sorted(behind(self.plan, given) & set(self.world.inputs))

    def reach(self, goal: Goal, exprs: Iterable[Expr], budget: int | None = None) -> Near:
        """Return the unit nearest to a goal that depends on *exprs*."""
        return self.search.reach(goal, self.names(exprs), budget or self.search.effort // 12)

    def reads(self, node: Indicator) -> list[Expr]:
        """Return what decides a line: its method, and when it and what it lies in apply."""
        found = [] if node.method is None else list(node.method.reads)
        for other in self.world.nodes.values():
            inside = node.path[: len(other.path)] == other.path
            if inside and other.applies_when is not None:
                found.append(other.applies_when)
        return found

    def away(self, unit: Unit, node: Indicator) -> Decimal:
        """Return how far a unit is from a line's being asked for at all."""
        whens = [
            other.applies_when
            for other in self.world.nodes.values()
            if node.path[: len(other.path)] == other.path and other.applies_when is not None
        ]
        return sum((self.search.gauge.gap(unit, when) for when in whens), Decimal(2))

    def nearest(self, goal: Goal, exprs: Iterable[Expr]) -> Mapping[str, Any] | None:
        """Return a unit that comes near to what is impossible, to show by how much it isn't."""
        return self.reach(goal, exprs, 30).facts


def begun(search: Search) -> Inquiry | None:
    """Return the inquiry into a ruleset; None where no unit at all could be scored by it."""
    found = outcome(search.world, Case())
    if found is None:
        return None
    return Inquiry(search.world, Reason(search.world, found.known()), found, search)


def share_gap(rate: Decimal | None, *, full: bool) -> Decimal:
    """Return how far a rate is from all, or from anything less.

    >>> share_gap(Decimal("0.5"), full=True), share_gap(Decimal(1), full=False)
    (Decimal('0.5'), Decimal('1'))
    """
    if rate is None:
        return Decimal(2)
    if full:
        return max(1 - rate, Decimal(0))
    return Decimal(0) if rate < 1 else Decimal(1)
