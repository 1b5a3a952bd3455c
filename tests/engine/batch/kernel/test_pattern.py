"""Units in which not everything is scored: every policy, gates that set lines to 0."""

import random
from decimal import Decimal

import pytest

from perfrules.engine.batch.kernel import Kernel
from perfrules.engine.facts import Facts
from perfrules.lang.plan import Plan
from perfrules.lang.types import MISSING
from tests.engine.batch.kernel.taking import cells, compared, taken_of
from tests.small import plan as small

BODY = """
inputs:
  a: {{type: percent}}
  b: {{type: percent, optional: true}}
  runs: {{type: flag}}
  bad: {{type: flag}}
indicators:
  - id: first
    points: 60
    indicators:
      - {{id: x, points: 33, score: {{method: formula, rate: a}}}}
      - id: y
        points: 20
        applies_when: runs
        not_applicable: {policy}
        missing: {missing}
        score: {{method: formula, rate: b}}
      - {{id: z, points: 7, score: {{method: formula, rate: "a * a"}}}}
  - {{id: second, points: 40, score: {{method: formula, rate: "1 - a"}}}}
gates: [{{id: veto, when: bad, then: {{zero: first}}}}]
"""
POLICIES = ("full", "zero", "exclude", "redistribute", "redistribute_equally", "{to: second}")


def units(count: int) -> list[Facts]:
    chance = random.Random(3)  # noqa: S311 - seeded
    return [
        Facts(
            None,
            None,
            {
                "a": Decimal(chance.randrange(10001)).scaleb(-4),
                "b": MISSING if not chance.randrange(3) else Decimal("0.5"),
                "runs": bool(chance.randrange(3)),
                "bad": not chance.randrange(4),
            },
        )
        for _ in range(count)
    ]


def plan_of(policy: str, missing: str) -> Plan:
    return small(BODY.format(policy=policy, missing=missing))


@pytest.mark.parametrize("missing", ["zero", "not_applicable"])
@pytest.mark.parametrize("policy", POLICIES)
def test_policies(policy: str, missing: str) -> None:
    found = compared(plan_of(policy, missing), units(200), slow=True)
    assert found is not None
    assert found.differing == []
    assert found.done == found.able > 100


def test_by_hand() -> None:
    """60 × (33 × 1 + 7 × 1) ÷ 40 = 60 where 20 points are left out; 0 where the gate fired."""
    plan = plan_of("exclude", "zero")
    many = [
        Facts(None, None, {"a": Decimal(1), "b": MISSING, "runs": False, "bad": bad})
        for bad in (False, True)
    ] * 200
    scored = Kernel(plan, {}).run(taken_of(plan, many))
    assert scored is not None
    one, other = cells(scored, plan, 0), cells(scored, plan, 1)
    assert (str(one["total"]), str(one["score.first"]), one["score.y"]) == ("60.00", "60.00", None)
    assert (str(other["total"]), other["gates"]) == ("0.00", ("veto",))
    assert str(one["complete"]) == "0.800000000000"


def test_few_units_of_a_pattern_are_not_worth_code_of_their_own() -> None:
    plan = plan_of("redistribute", "zero")
    found = compared(plan, units(40), fewest=1000)
    assert found is not None
    assert found.differing == []
    assert found.done < found.able
