"""Whether scores depend on the day."""

from datetime import date
from decimal import Decimal

from perfrules.engine.batch.kernel import Kernel, dated
from perfrules.engine.facts import Facts
from tests.engine.batch.kernel.taking import cells, compared, taken_of
from tests.small import plan as small

DATED = """
inputs: {start: {type: date}}
indicators:
  - {id: x, points: 100, score: {method: met, when: "days(as_of - start) >= 30"}}
"""


def test_an_expression_that_reads_the_day() -> None:
    assert dated(small(DATED))
    assert not dated(small(DATED.replace("days(as_of - start) >= 30", "year(start) > 2020")))


def test_the_day_of_a_batch() -> None:
    plan, day = small(DATED), date(2024, 1, 31)
    many = [Facts(None, day, {"start": date(2024, 1, start)}) for start in (1, 2)]
    scored = Kernel(plan, {}, day).run(taken_of(plan, many))
    assert scored is not None
    assert [cells(scored, plan, at)["total"] for at in (0, 1)] == [Decimal(100), Decimal(0)]
    found = compared(plan, many, day, slow=True)
    assert found is not None
    assert found.differing == []


def test_without_a_day_units_are_left_to_others() -> None:
    found = compared(small(DATED), [Facts(None, None, {"start": date(2024, 1, 1)})])
    assert found is None or found.done == 0
