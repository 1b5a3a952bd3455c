"""Functions over the rows of a table, by unit: rows that lack, units without rows."""

import gc
import random
from decimal import Decimal

import pytest

from perfrules.engine.batch.kernel import Kernel
from perfrules.engine.batch.kernel.chunk import Chunk, Run
from perfrules.engine.facts import Facts
from perfrules.engine.program import Program
from perfrules.lang.plan import Plan
from perfrules.lang.types import MISSING
from tests.engine.batch.drawn_sheets import alone
from tests.engine.batch.kernel.taking import cells, compared, taken_of
from tests.engine.batch.tables import differences, table_of
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
    "count(t for t in rows if count(u for u in rows if u.block == t.block) > 1)",
    "sum(t.size * count(u for u in rows if u.size < t.size) for t in rows)",
    'sum(t.size for t in rows if not any(u.size > t.size and part == "甲" for u in rows))',
    "sum(sum(u.size - t.size for u in rows if u.block != t.block) for t in rows)",
    "sum(mean(u.size for u in rows if known(u.done) and u.done > share) for t in rows)",
    "max(t.size - min(u.size for u in rows) for t in rows)",
    "sum(max(0, t.size) / 3 for t in rows)",
    "sum(max(0, t.size) * max(0, t.size) / (1 + share) for t in rows if t.size > 10)",
    "mean(abs(t.size) / 7 for t in rows)",
    "sum(sqrt(abs(u.size)) for u in rows) * 10",
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


def test_pairs_by_hand() -> None:
    """Of four rows two blocks come twice and once: 产出 ×3 gives 9 pairs, 效益 1."""
    rows = tuple(
        {"block": block, "size": Decimal(size), "done": MISSING}
        for block, size in (("产出", 1), ("效益", 5), ("产出", 2), ("产出", 3))
    )
    many = [Facts(None, None, {"share": Decimal(0), "part": "甲", "rows": rows})] * 2
    plan = plan_of("sum(count(u for u in rows if u.block == t.block) for t in rows)")
    scored = Kernel(plan, {}).run(taken_of(plan, many))
    assert scored is not None
    assert [str(cells(scored, plan, at)["total"]) for at in range(2)] == ["10.00", "10.00"]


def test_too_many_pairs_are_left_to_the_reference() -> None:
    rows = tuple({"block": "产出", "size": Decimal(1), "done": MISSING} for _ in range(101))
    many = [
        Facts(None, None, {"share": Decimal(0), "part": "甲", "rows": part})
        for part in (rows, rows[:100], ())
    ]
    plan = plan_of("sum(sum(u.size for u in rows) for t in rows)")
    found = compared(plan, many, slow=True)
    assert found is not None
    assert found.differing == []
    assert found.done == 2


FAR = (Decimal(10) ** 15, Decimal(10) ** 15, Decimal(5))


def test_a_number_that_is_far_out_is_left_to_the_reference() -> None:
    """Its batch has no room for a sum of as many; the other units keep theirs."""
    rows = [({"block": "产出", "size": size, "done": MISSING},) for size in FAR]
    many = [Facts(None, None, {"share": Decimal(0), "part": "甲", "rows": part}) for part in rows]
    found = compared(plan_of("sum(t.size * t.size for t in rows)"), many, slow=True)
    assert found is not None
    assert found.differing == []


CELLS = """
inputs:
  rows:
    type: table
    columns:
      name: {{type: text}}
      target: {{type: target}}
      last: {{type: text, optional: true}}
derive: {{x: '{0}'}}
indicators:
  - {{id: a, points: 100, score: {{method: formula, rate: "min(1, max(0, x / 10))"}}}}
"""
TEXTS = ("≥95%", "≤3天", "=50个", "≥0.5", "90%-95%", "120套", "明显", "2022年9月底前", "≥3万人",
         "≥1234567.1234567元", "≥12345678901234元", "5天以内", "≥33.33333%",
         ">=7次", "大于5")  # fmt: skip


@pytest.mark.parametrize(
    "formula",
    [
        'count(t for t in rows if kind(t.target) in ["at_least", "range"])',
        'count(kind(t.target) != "words" for t in rows)',
        'sum((number(t.target) if kind(t.target) != "words" else 1) for t in rows)',
        'count(known(t.last) and kind(t.last) == "at_least" and number(t.last) < 3 for t in rows)',
        "count(known(t.last) and number(t.last) < number(t.target) for t in rows)",
        'count(t for t in rows if contains(t.name, "1") and number(t.target) > 3)',
    ],
)
def test_what_cells_state(formula: str) -> None:
    plan, chance = small(CELLS.format(formula)), random.Random(8)  # noqa: S311 - seeded
    many = [
        {
            "rows": [
                {"name": f"r{place}", "target": chance.choice(TEXTS[: 4 + size]),
                 "last": chance.choice((None, *TEXTS))}
                for place in range(size % 7)
            ]
        }
        for size in range(120)
    ]  # fmt: skip
    program = Program(plan)
    table = table_of(plan, many)
    assert differences(program, table, many) == []
    assert alone(program, table)[1] < 110


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


@pytest.mark.parametrize(
    "formula", [FORMULAS[1], "sum(count(u.size > t.size for u in rows) for t in rows)"]
)
def test_a_batch_leaves_nothing_behind(formula: str) -> None:
    """Rows and their units hold each other: such rings would stay until they are looked for."""
    plan, many = plan_of(formula), units(random.Random(5), 50)  # noqa: S311 - seeded
    kernel, taken = Kernel(plan, {}), taken_of(plan, many)
    gc.collect()
    gc.disable()
    try:
        assert kernel.run(taken) is not None
        left = [one for one in gc.get_objects() if isinstance(one, (Chunk, Run))]
    finally:
        gc.enable()
    assert left == []
