"""A method without a column form is asked unit by unit, for its leaf only."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar

import numpy as np

from perfrules.engine.batch.kernel import Kernel, dated
from perfrules.engine.batch.vectors import Flags, Numbers, Taken
from perfrules.errors import Text
from perfrules.lang.frame import Evaluation, Fault, Rated
from perfrules.lang.plan import Plan
from perfrules.lang.tree import Expr
from tests.engine.batch.kernel.taking import cells
from tests.small import plan as small

BODY = """
inputs: {a: {type: percent}, b: {type: flag}}
indicators:
  - {id: x, points: 70, score: {method: formula, rate: a}}
  - {id: y, points: 30, score: {method: met, when: b}}
"""


@dataclass(frozen=True)
class Strange:
    """A method that no module of ours knows: a third, or a fault above 90 %."""

    name: ClassVar[str] = "strange"
    actual: Expr
    asked: list[Decimal]

    @property
    def reads(self) -> tuple[Expr, ...]:
        return (self.actual,)

    def rate(self, at: Evaluation) -> Rated:
        found = at.value(self.actual)
        assert isinstance(found, Decimal)
        self.asked.append(found)
        if found > Decimal("0.9"):
            raise Fault("PRF535", name=Text("x", "x"))
        return Rated(Decimal(1), Text("x", "x"), Decimal(3))

    def reachable(self) -> None:
        return None


def plan_with(asked: list[Decimal]) -> Plan:
    plan = small(BODY)
    first = plan.indicators[0]
    method: Any = first.method
    odd: Any = replace(first, method=Strange(method.expr, asked))
    return replace(plan, indicators=(odd, *plan.indicators[1:]))


def test_for_that_leaf_only() -> None:
    asked: list[Decimal] = []
    plan = plan_with(asked)
    columns: Mapping[str, Any] = {
        "a": Numbers(np.array([50, 95, 10, 20]), 2, 95),
        "b": Flags(np.array([True, True, False, True])),
    }
    odd = np.array([False, False, False, True])
    scored = Kernel(plan, {}).run(Taken(4, columns, odd))
    assert scored is not None
    assert scored.again.tolist()[:3] == [False, True, False]
    said = cells(scored, plan, 0)
    assert (str(said["score.x"]), str(said["rate.x"])) == ("23.33", "0.333333333333")
    assert str(said["total"]) == "53.33"
    assert asked == [Decimal("0.50"), Decimal("0.95"), Decimal("0.10")]  # once each, admitted only


def test_such_a_method_may_look_at_the_day() -> None:
    assert dated(plan_with([]))
    assert not dated(small(BODY))
