"""Surveys as one column a level, as spreadsheets have them."""

import pyarrow as pa

from perfrules.engine.program import Program
from tests.engine.batch.tables import differences
from tests.small import plan

RULES = """
inputs:
  asked: {type: survey, title: 问卷, of: [好, 差]}
  both: {type: survey, of: [好, 差], groups: [师, 生], optional: true}
indicators:
  - {id: a, points: 100, score: {method: survey, actual: asked, values: {好: 100%, 差: 0%}}}
"""


def test_a_column_a_level() -> None:
    program = Program(plan(RULES))
    table = pa.table({
        "asked.好": [3, 1, None, 2, None],
        "问卷.差": ["1", "", "2", "—", None],
        "asked.issued": [5, None, None, None, None],
        "both.师.好": [1, None, None, None, None],
        "both.师.差": [1, None, None, None, None],
        "both.生.好": [1, 2, None, None, None],
        "both.生.差": [1, 2, None, None, None],
    })  # fmt: skip
    whole = {"好": 1, "差": 1}
    many: list[dict[str, object]] = [
        {"asked": {"好": 3, "差": "1", "issued": 5}, "both": {"师": whole, "生": whole}},
        {"asked": {"好": 1}, "both": {"生": {"好": 2, "差": 2}}},
        {"asked": {"差": "2"}},
        {"asked": {"好": 2, "差": "—"}},
        {},
    ]
    assert differences(program, table, many) == []
    found = program.score_table(table).column("rejected").to_pylist()
    codes = [[one["code"] for one in row or ()] for row in found]
    assert codes == [[], ["PRF521"], ["PRF521"], ["PRF521"], ["PRF502"]]
