"""Units one by one into columns: exact decimals, dates, sheets' rows, reasons."""

from datetime import date

import pyarrow as pa

from perfrules import Result, loads
from perfrules.engine.program import Program
from perfrules.files.entry import Entry
from perfrules.jobs.units import UnitWork
from perfrules.messages import diagnose
from tests.sample_rulesets import FORM, SHEET

GOOD = {"unit": "甲", "budget": 2000, "executed": "1585.4", "done": "95%", "misused": False}


def table(program: Program, *entries: Entry) -> pa.Table:
    with pa.ipc.open_stream(UnitWork(program, "facts", rejects=True)(entries).output) as stream:
        return stream.read_all()


def test_numbers_dates_and_reasons() -> None:
    refused = Entry(5, None, (diagnose("PRF612", file="x"),), "丙")
    found = table(
        loads(FORM),
        Entry(2, {**GOOD, "as_of": "2022-12-31"}),
        Entry(3, {**GOOD, "done": "约5", "as_of": "2022年12月31日"}, unit="甲"),
        Entry(4, {**GOOD, "as_of": "去年"}, unit="甲"),
        refused,
    )
    day = date(2022, 12, 31)
    assert found["row"].to_pylist() == [2, 3, 4, 5]
    assert found["unit"].to_pylist() == ["甲", "甲", "甲", "丙"]
    assert found["as_of"].to_pylist() == [day, day, None, None]
    totals = [value and str(value) for value in found["total"].to_pylist()]
    assert totals == ["91.85", None, None, None]
    codes = [row and row[0]["code"] for row in found["rejected"].to_pylist()]
    assert codes == [None, "PRF503", "PRF513", "PRF612"]


def test_units_are_called_what_their_results_call_them() -> None:
    names = ["Ｐ００１", "—", "甲\u2028乙"]
    found = table(
        loads(FORM), *(Entry(row, {**GOOD, "unit": one}, unit=one) for row, one in enumerate(names))
    )
    assert found["unit"].to_pylist() == ["P001", None, "甲\u2028乙"]
    assert [row is None for row in found["rejected"].to_pylist()] == [True, True, False]


def test_a_sheet_has_its_rows() -> None:
    targets = [
        {"name": "人数", "done": "90%", "points": 60},
        {"name": "资金", "done": "100%", "points": 40},
    ]
    found = table(loads(SHEET), Entry(1, {"unit": "P1", "targets": targets}))
    # By hand: 60 × 90 % = 54, and 40 × 100 % = 40.
    assert str(found["total"][0]) == "94.00"
    rows = found["rows.goals"].to_pylist()[0]
    assert [(row["key"], str(row["score"])) for row in rows] == [
        ("人数", "54.00"),
        ("资金", "40.00"),
    ]


def test_observers_are_told() -> None:
    told: list[Result] = []
    table(Program(loads(FORM).plan, None, (told.append,)), Entry(1, GOOD))
    assert [str(result.total) for result in told] == ["91.85"]
