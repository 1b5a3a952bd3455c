"""What an expression may name at each stratum: later ones are known, but not yet there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from perfrules.errors import Text
from perfrules.lang.expr import Later, Names
from perfrules.lang.functions import FUNCTIONS, Function
from perfrules.lang.plan import Indicator
from perfrules.lang.types import DATE, NUMBER, PERCENT, Type

_AFTER = Text(
    "把这一条写到 gates、decisions 或 report 中", "move this to gates, decisions or report"
)
_AFTER_GATES = Text(
    "把这一条写到 decisions 或 report 中；gates 里可改用总分，例如 total < 60",
    "move this to decisions or report; a gate can look at the total, such as total < 60",
)
_OF_GATES = Text(
    "把这一条写到 decisions 或 report 中；各 gates 互不可见，可把两个条件写进同一条",
    "move this to decisions or report; gates don't see each other: write both conditions into one",
)
_LATER = {
    "total": Later(
        Text("总分要在各指标计分之后才有", "the total is known after the indicators"), _AFTER
    ),
    "complete": Later(
        Text("完整度要在各指标计分之后才有", "complete is known after the indicators"), _AFTER
    ),
    "grade": Later(
        Text("等级要在总分确定之后才有", "the grade is known after the gates"), _AFTER_GATES
    ),
    "rate": Later(
        Text("得分率要在指标计分之后才有", "rates are known after the leaves are scored"), _AFTER
    ),
    "score": Later(
        Text("得分要在指标计分之后才有", "scores are known after the leaves are scored"), _AFTER
    ),
    "points": Later(Text("分值在此处还没有", "points are not known here yet"), _AFTER),
    "state": Later(
        Text("状态要在指标计分之后才有", "states are known after the leaves are scored"), _AFTER
    ),
    "gate": Later(
        Text("一票否决要在总分之后才判定", "gates are decided after the total"), _OF_GATES
    ),
    "leaves": Later(
        Text("末级指标要在计分之后才有", "leaves are known after they are scored"), _AFTER
    ),
}


@dataclass(frozen=True, slots=True)
class Strata:
    """The namespaces of a ruleset, one a stratum."""

    facts: Names  # inputs, parameters, derived values, as_of

    def rows(self, variable: str, table: Type) -> Names:
        """Return the namespace of a `for_each` leaf: its row too."""
        return replace(self.facts, rows={**self.facts.rows, variable: table})

    def scored(self, nodes: Iterable[Indicator], lost: Iterable[str]) -> Names:
        """Return the namespace after the branches are scored: adjustments.

        A node with only a weight, or for information only, has no score; *lost* ids have anything.
        """
        return replace(
            self.facts,
            indicators={
                **dict.fromkeys(lost, _PARTS | _POINTS),
                **{node.id: _parts(node) for node in nodes},
            },
            later={key: self.facts.later[key] for key in ("total", "complete", "grade", "gate")},
        )

    def totalled(self, scored: Names, *, known: bool) -> Names:
        """Return the namespace of gates: the total before gates, and how complete it is.

        A ruleset without a total (*known* is false) has neither.
        """
        later = {key: self.facts.later[key] for key in ("grade", "gate")}
        if not known:
            return replace(scored, later=later)
        values = {**scored.values, "total": NUMBER, "complete": PERCENT}
        return replace(scored, values=values, later=later)

    def final(self, totalled: Names, grade: Type | None, gates: Iterable[str]) -> Names:
        """Return the namespace of decisions, findings and the report: everything."""
        values = dict(totalled.values)
        if grade is not None:
            values["grade"] = grade
        return replace(totalled, values=values, gates=frozenset(gates), later={})


_PARTS = frozenset[str]({"rate", "state", "leaves"})
_POINTS = frozenset[str]({"score", "points"})


def _parts(node: Indicator) -> frozenset[str]:
    return _PARTS if node.weight is not None or not node.scored else _PARTS | _POINTS


def fact_names(values: Mapping[str, Type], functions: Mapping[str, Function] = FUNCTIONS) -> Names:
    """Return the first namespace: *values* and the evaluation's date."""
    return Names(
        values={**values, "as_of": DATE},
        rows={},
        indicators={},
        gates=frozenset(),
        functions=functions,
        later=_LATER,
    )
