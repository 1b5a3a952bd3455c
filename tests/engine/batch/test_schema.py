"""What the columns are is known before anything is scored."""

import pyarrow as pa
import pytest

from perfrules.engine.batch.schema import scale_of, shape_of
from tests.small import plan

TREE = """
total: {total}
rounding: {{digits: 2}}
inputs:
  a: {{type: number}}
  b: {{type: number, optional: true}}
  level: {{type: choice, of: [好, 差]}}
  rows: {{type: table, columns: {{name: {{type: text}}, n: {{type: number}}}}}}
indicators:
  - id: top
    points: {half}
    indicators:
      - id: sure
        points: {quarter}
        rounding: {{digits: 3}}
        score: {{method: proportional, actual: a, target: 9}}
      - id: maybe
        points: {quarter}
        missing: zero
        score: {{method: proportional, actual: b, target: 9}}
  - id: sheet
    points: {half}
    for_each: {{row: r, in: rows, key: r.name}}
    split: {{points: equally, digits: 2}}
    score: {{method: proportional, actual: r.n, target: 9}}
"""

LEVELS = "{method: levels, level: level, shares: {好: 100%, 中: 60%, 差: 0%}}"
LINEAR = "{method: proportional, actual: a, target: 9}"
HALF = f"{{share: 60%, score: {LINEAR}}}"


def tree(total: int) -> str:
    rules = TREE.format(total=total, half=total / 2, quarter=total / 4).replace(
        "    split: {points: equally, digits: 2}\n", "    points_of: r.n\n"
    )
    return rules + "grades: [{name: 差, at_least: 0}]\n"


def test_states_are_shown_where_a_line_may_not_be_scored() -> None:
    shape = shape_of(plan(tree(100)), rates=True)
    assert [(line.id, line.digits, line.stateful, line.has_rows) for line in shape.lines] == [
        ("top", 3, False, False),  # one part is always scored; it shows the digits of its parts
        ("sure", 3, False, False),
        ("maybe", 2, True, False),
        ("sheet", 2, True, True),
    ]
    assert shape.schema.field("score.sure").type == pa.decimal128(38, 3)
    assert [name for name in shape.schema.names if "sheet" in name] == [
        "score.sheet", "rate.sheet", "state.sheet", "rows.sheet",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "stateful"),
    [
        (f"score: {LEVELS}", True),  # may lack evidence
        (f"score: {LINEAR}", False),
        (f"score: {LINEAR}, applies_when: a > 1", True),
        (f"score: {LINEAR}, scored: false", True),
        (f"score: {{method: mix, of: [{{share: 40%, score: {LEVELS}}}, {HALF}]}}", True),
        (f"score: {{method: mix, of: [{{share: 40%, score: {LINEAR}}}, {HALF}]}}", False),
    ],
)
def test_what_makes_a_line_other_than_scored(body: str, stateful: bool) -> None:  # noqa: FBT001 - data
    other = "{id: other, points: 50, score: {method: proportional, actual: a, target: 9}}"
    points = "" if "scored" in body else "points: 50, "
    rest = other if points else other.replace("50", "100")
    rules = plan(f"""
    inputs: {{a: {{type: number}}, level: {{type: choice, of: [好, 中, 差]}}}}
    indicators: [{{id: one, {points}{body}}}, {rest}]
    """)
    lines = {line.id: line.stateful for line in shape_of(rules, rates=False).lines}
    assert lines == {"one": stateful, "other": False}


@pytest.mark.parametrize(("total", "scale"), [(100, 12), (3, 34), (40, 12), (120, 34), (7, 34)])
def test_a_rate_has_the_decimals_it_needs(total: int, scale: int) -> None:
    assert scale_of(plan(tree(total))) == scale
