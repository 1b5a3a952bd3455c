"""Sheets, panels and surveys in every Arrow form: as admission reads them, or odd."""

from typing import Any

import pyarrow as pa
import pytest

from perfrules.lang.types import MISSING
from tests.engine.batch.intake.reading import ODD, held

TABLE = "{type: table, columns: {name: {type: text}, n: {type: count, default: 3}}}"
SHORT = "{type: table, rows: {min: 1, max: 2}, optional: true, columns: {n: {type: count}}}"
SURVEY = "{type: survey, of: [好, 差]}"
LOOSE = "{type: survey, of: [好, 差], optional: true}"
GROUPS = "{type: survey, of: [好, 差], groups: [师, 生]}"
PANEL = "{type: panel, optional: true}"

ROWS = [[{"name": "a", "n": "1"}, {"name": "b", "n": None}], [], None, [{"name": None, "n": "2"}],
        [{"name": "c", "n": "x"}], [None]]  # fmt: skip
KIND = pa.struct([("name", pa.string()), ("n", pa.string())])
VIEWS = pa.struct([("name", pa.string_view()), ("n", pa.string_view())])
COUNTS = [{"好": 3, "差": 1}, {"好": 3, "差": None}, None, {"好": -1, "差": 1}, {"好": 0, "差": 0}]
ISSUED = [{"好": 3, "差": 1, "issued": 4}, {"好": 3, "差": 1, "issued": 3},
          {"好": 3, "差": 1, "issued": None}]  # fmt: skip
HELD = [[{"name": "a", "n": 1}, {"name": "b", "n": 3}], [], ODD, ODD, ODD, ODD]


@pytest.mark.parametrize(
    ("spec", "array", "wanted"),
    [
        (TABLE, pa.array(ROWS, pa.list_(KIND)), HELD),
        (TABLE, pa.array(ROWS, pa.large_list(KIND)), HELD),
        (TABLE, pa.array(ROWS, pa.list_view(KIND)), HELD),
        (TABLE, pa.array(ROWS, pa.list_(VIEWS)), HELD),
        (TABLE, pa.array([None, *ROWS, *ROWS], pa.list_(KIND)).slice(1, 6), HELD),
        (TABLE, pa.array([[{"name": "a"}]]), [[{"name": "a", "n": 3}]]),
        (TABLE, pa.array(["a", None]), [ODD, ODD]),
        (TABLE, pa.array([["a"], None]), [ODD, ODD]),
        (TABLE, pa.nulls(2), [ODD, ODD]),
        (SHORT, pa.array([[{"n": 1}], [], [{"n": 1}] * 3, None]), [[{"n": 1}], ODD, ODD, MISSING]),
        (SURVEY, pa.array(COUNTS), [(3, 1), ODD, ODD, ODD, (0, 0)]),
        (LOOSE, pa.array(COUNTS), [(3, 1), ODD, MISSING, ODD, (0, 0)]),
        (SURVEY, pa.array(ISSUED), [(3, 1), ODD, (3, 1)]),
        (SURVEY, pa.array([{"好": "3", "差": "1,000"}, {"好": "3", "差": "—"}]), [(3, 1000), ODD]),
        (SURVEY, pa.array([{"好": "1", "差": "1", "中": None}, {"好": "1", "差": "1", "中": "1"}]),
         [(1, 1), ODD]),
        (SURVEY, pa.array([{"好": 1}]), [ODD]),
        (SURVEY, pa.array([{"好": 10**16, "差": 1}]), [ODD]),
        (SURVEY, pa.array([5]), [ODD]),
        (LOOSE, pa.nulls(1), [ODD]),
        (GROUPS, pa.array([{"师": {"好": 1, "差": 1}, "生": {"好": 1, "差": 1}}]), [ODD]),
        (PANEL, pa.array([[{"rater": "甲", "score": 90}], []]), [ODD, ODD]),
    ],
)  # fmt: skip
def test_what_is_held(spec: str, array: pa.Array, wanted: list[Any]) -> None:
    assert held(spec, array) == wanted
