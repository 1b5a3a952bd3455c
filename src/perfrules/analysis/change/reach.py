"""How far a change in one part of a document can reach: another score, what follows, or words."""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from perfrules.analysis.change.change import Level
from perfrules.analysis.change.entry import TOP, Entry
from perfrules.analysis.reads import behind, exprs
from perfrules.lang.check.digest import says_only
from perfrules.lang.plan import Plan
from perfrules.lang.tree import Expr

Reaches: TypeAlias = Callable[[str], bool]

_FOLLOWING: Final = ("grades", "decisions", "report")  # read from a total, never a part of it
_FOLLOWING_TOP: Final = ("decisions", "effective")
_NAMED: Final = ("inputs", "parameters", "derive")
_ON_TOTAL: Final = ("cap_total", "zero")


def reach(entry: Entry, reaches: Reaches) -> Level:
    """Return the most that a change of meaning in *entry* can do.

    A gate that caps the total or zeroes a branch is part of the score; one that caps or fixes the
    grade, or only flags, is not. A name that only gates of that kind, decisions or reports read is
    not part of the score either.
    """
    if entry.section == TOP:
        if says_only(entry.name):
            return Level.PATCH
        return Level.MINOR if entry.name in _FOLLOWING_TOP else Level.MAJOR
    if entry.section in _FOLLOWING:
        return Level.MINOR
    if entry.section == "gates":
        return Level.MAJOR if _on_total(entry.value) else Level.MINOR
    if entry.section in _NAMED:
        return Level.MAJOR if reaches(entry.name) else Level.MINOR
    return Level.MAJOR


def _on_total(gate: object) -> bool:
    then = gate.get("then") if isinstance(gate, Mapping) else None
    return isinstance(then, Mapping) and any(key in then for key in _ON_TOTAL)


def reaches_score(*plans: Plan) -> Reaches:
    """Return whether a score may depend on a name, in any of some versions of a ruleset."""
    found: set[str] = set()
    for plan in plans:
        scoring: list[Expr] = [*exprs(plan.indicators), *exprs(plan.adjustments)]
        scoring += exprs([gate for gate in plan.gates if gate.effect in _ON_TOTAL])
        found |= behind(plan, scoring)
        for node in _tables(plan):
            found.add(node)
    return found.__contains__


def _tables(plan: Plan) -> list[str]:
    """Return the tables whose rows are leaves."""
    found: list[str] = []
    waiting = list(plan.indicators)
    while waiting:
        node = waiting.pop()
        waiting += node.children
        if node.for_each is not None:
            found.append(node.for_each.table)
    return found
