"""Parquet and Arrow files: read whole or not at all, their columns matched, names once."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from perfrules import loads
from perfrules.errors import UsageError
from perfrules.jobs.identity import About
from perfrules.jobs.tables import PartReader, TableFile, TableTasks, entries_of, joined
from tests.sample_rulesets import FORM, SHEET

PLAN = loads(FORM).plan
ROW = {"unit": "甲", "budget": 2000, "支出": 1585.4, "done": "95%", "misused": False}


def parquet(folder: Path, rows: Sequence[dict[str, Any]], name: str = "facts.parquet") -> str:
    place = folder / name
    pq.write_table(pa.Table.from_pylist(list(rows)), place, row_group_size=2)
    return str(place)


def codes(call: Any, *args: Any) -> list[str]:  # noqa: ANN401 - any call that fails
    with pytest.raises(UsageError) as error:
        call(*args)
    return [item.code for item in error.value.diagnostics]


def test_parts_have_the_size_that_was_asked_for(tmp_path: Path) -> None:
    rows = [{**ROW, "unit": f"P{number}"} for number in range(7)]
    file = TableFile(parquet(tmp_path, rows), PLAN.inputs)
    assert file.survey() == {}
    assert file.total == 7
    found = list(file.parts(3))
    assert [(row, len(batch)) for row, batch in found] == [(1, 3), (4, 3), (7, 1)]
    units = [unit for _, batch in found for unit in batch["unit"].to_pylist()]
    assert units == [f"P{number}" for number in range(7)]


def test_a_unit_that_stood_before_is_refused_where_it_stands_again(tmp_path: Path) -> None:
    name = parquet(tmp_path, [ROW, {**ROW, "unit": "乙"}, {**ROW, "unit": " 甲"}])
    file = TableFile(name, PLAN.inputs)
    twice = file.survey()
    assert twice == {3: 1}
    tasks = TableTasks(file, 2, twice, About(loads(FORM), (), {}))
    parts = dict(tasks.parts(()))
    reader = PartReader(name, PLAN)
    first, second = reader.read(parts[0]), reader.read(parts[1])
    assert (len(first.batch), list(first.refused)) == (2, [])
    (refused,) = second.refused
    assert (refused.row, refused.problems[0].code, len(second.batch)) == (3, "PRF623", 0)
    assert [entry.row for entry in entries_of(file, PLAN, twice, 2) if entry.facts is None] == [3]
    assert list(dict(tasks.parts({0}))) == [1]


def test_entries_are_facts(tmp_path: Path) -> None:
    file = TableFile(parquet(tmp_path, [ROW, {**ROW, "unit": None, "done": None}]), PLAN.inputs)
    first, second = entries_of(file, PLAN, {}, 10)
    assert first.facts == {
        "unit": "甲", "budget": 2000, "executed": 1585.4, "done": "95%", "misused": False
    }  # fmt: skip
    assert (second.row, second.unit, "done" in (second.facts or {})) == (2, None, False)


def test_sheets_are_columns_of_lists(tmp_path: Path) -> None:
    plan = loads(SHEET).plan
    targets = [{"指标": "人数", "完成率": "90%", "分值": 100}]
    file = TableFile(parquet(tmp_path, [{"unit": "P1", "targets": targets}]), plan.inputs)
    file.survey()
    (entry,) = entries_of(file, plan, {}, 10)
    assert entry.facts == {
        "unit": "P1", "targets": [{"name": "人数", "done": "90%", "points": 100}]
    }  # fmt: skip


def test_another_column_names_the_unit(tmp_path: Path) -> None:
    row = {"code": 7, **{name: value for name, value in ROW.items() if name != "unit"}}
    file = TableFile(parquet(tmp_path, [row]), PLAN.inputs, unit="code")
    assert file.survey() == {}
    ((_, batch),) = file.parts(5)
    assert batch.schema.names == ["budget", "支出", "done", "misused", "unit"]


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ({**ROW, "note": "x"}, ["PRF615"]),
        ({name: value for name, value in ROW.items() if name != "done"}, ["PRF618"]),
    ],
)
def test_columns_that_can_not_be_used(
    tmp_path: Path, row: dict[str, Any], wanted: list[str]
) -> None:
    assert codes(TableFile(parquet(tmp_path, [row]), PLAN.inputs).survey) == wanted


def test_a_column_can_be_left_out(tmp_path: Path) -> None:
    file = TableFile(parquet(tmp_path, [{**ROW, "note": "x"}]), PLAN.inputs)
    assert TableFile(file.name, PLAN.inputs, ignore=("note",)).survey() == {}


def test_evidence_for_no_indicator(tmp_path: Path) -> None:
    file = TableFile(parquet(tmp_path, [{**ROW, "evidence.x": "第3页"}]), PLAN.inputs)
    assert file.survey() == {}
    assert replace(file, lines={"x": False}).survey() == {}
    assert codes(replace(file, lines={"y": False}).survey) == ["PRF615"]


@pytest.mark.parametrize("name", ["facts.parquet", "facts.arrow"])
@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"PAR1", b"ARROW1\0\0"])
def test_no_such_file(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    assert codes(TableFile(str(tmp_path / name), PLAN.inputs).survey) == ["PRF679"]


@pytest.mark.parametrize("name", ["facts.parquet", "facts.arrow"])
def test_a_file_that_is_cut_off(tmp_path: Path, name: str) -> None:
    table = pa.Table.from_pylist([ROW] * 1000)
    place = tmp_path / name
    if name.endswith("parquet"):
        pq.write_table(table, place)
    else:
        with pa.ipc.new_stream(place, table.schema) as stream:
            stream.write_table(table, max_chunksize=100)
    data = place.read_bytes()
    place.write_bytes(data[: len(data) - 40])
    assert "PRF679" in codes(TableFile(str(place), PLAN.inputs).survey)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert codes(TableFile(str(tmp_path / "x.parquet"), PLAN.inputs).survey) == ["PRF603"]


def test_a_table_without_rows(tmp_path: Path) -> None:
    table = pa.Table.from_pylist([ROW]).slice(0, 0)
    pq.write_table(table, tmp_path / "x.parquet")
    assert codes(TableFile(str(tmp_path / "x.parquet"), PLAN.inputs).survey) == ["PRF612"]


@pytest.mark.parametrize("form", ["parquet", "arrow"])
def test_no_parts_are_no_file(form: str) -> None:
    found: list[bytes] = []
    joined(form)([], found.append)
    assert found == []
