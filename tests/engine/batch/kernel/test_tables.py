"""Functions over the rows of a table, by unit: rows that lack, units without rows."""

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
  share: {{type: percent}}
  part: {{type: choice, of: [甲, 乙, 丙]}}
  rows:
    type: table
    columns:
      block: {{type: choice, of: [产出, 效益]}}
      size: {{type: number}}
      done: {{type: percent, optional: true}}
derive: {{x: '{0}'}}
indicators:
  - {{id: a, points: 100, score: {{method: formula, rate: "min(1, max(0, x / 100))"}}}}
"""
FORMULAS = (
    "sum(t.size for t in rows)",
    'sum(t.size * share for t in rows if t.block == "产出")',
    "sum(t.size - 1 for t in rows if t.size > share)",
    "mean(t.size for t in rows)",
    'max(t.size for t in rows if t.block == "效益")',
    "min(t.size for t in rows)",
    "count(t.size > 10 for t in rows)",
    "1 if any(t.size > 50 for t in rows) else 2",
    "1 if all(t.size > 0 for t in rows) else 2",
    "sum((t.done if known(t.done) else 0%) for t in rows) * 1",
    "count(t.done >= 95% for t in rows if known(t.done))",
    'sum(t.size for t in rows if part == "甲" or part == "丙" and t.size > 30)',
)


def units(chance: random.Random, count: int) -> list[Facts]:
    """Return units of none to five rows."""
    found = []
    for _ in range(count):
        rows = tuple(
            {
                "block": chance.choice(("产出", "效益")),
                "size": Decimal(chance.randrange(-200, 9000)).scaleb(-2),
                "done": chance.choice((MISSING, Decimal("0.95"), Decimal("0.9499"))),
            }
            for _ in range(chance.randrange(6))
        )
        values = {
            "share": Decimal(chance.randrange(101)).scaleb(-2),
            "part": chance.choice(("甲", "乙", "丙")),
            "rows": rows,
        }
        found.append(Facts(None, None, values))
    return found


def plan_of(formula: str) -> Plan:
    return small(BODY.format(formula))


@pytest.mark.parametrize("formula", FORMULAS)
def test_as_the_reference(formula: str) -> None:
    many = units(random.Random(5), 150)  # noqa: S311 - seeded
    found = compared(plan_of(formula), many, slow=True)
    assert found is not None
    assert found.differing == []
    assert found.done > 50


FOLLOWS = """
decisions:
  match: all
  rules:
    - {{id: x, when: '{0}', do: {{code: x, title: 记}}}}
"""


@pytest.mark.parametrize(
    "condition",
    ["any(t.size > score.a for t in rows)", "sum(t.size * rate.a for t in rows) > total"],
)
def test_rows_see_the_lines_of_their_unit(condition: str) -> None:
    plan = small(BODY.format(FORMULAS[0]) + FOLLOWS.format(condition))
    found = compared(plan, units(random.Random(6), 150), slow=True)  # noqa: S311 - seeded
    assert found is not None
    assert found.differing == []
    assert found.done > 50


def test_by_hand() -> None:
    """40 + 20 = 60 of 100; no rows make 0."""
    full = ({"block": "产出", "size": Decimal(40), "done": MISSING},
            {"block": "效益", "size": Decimal(20), "done": MISSING})  # fmt: skip
    many = [
        Facts(None, None, {"share": Decimal(0), "part": "甲", "rows": rows})
        for rows in (full, (), full[:1])
    ]
    plan = plan_of("sum(t.size for t in rows)")
    scored = Kernel(plan, {}).run(taken_of(plan, many))
    assert scored is not None
    assert [str(cells(scored, plan, at)["total"]) for at in range(3)] == ["60.00", "0.00", "40.00"]
