"""CSV becomes units: rows, cells, tables joined by a key."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.errors import UsageError
from perfrules.files.csv import CsvOptions, read_csv
from perfrules.files.entry import Entry
from perfrules.lang.types import Kind
from tests.sample_csv import (
    BUDGET,
    JURY,
    NOTE,
    SPENT,
    TARGETS,
    codes,
    given_input,
    read,
    refused,
    source,
)

MAIN = "project_id,budget,spent\nP001,100,95\nP002,1,1\n"


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)


def joined(table: str, main: str = MAIN) -> list[Entry]:
    return read(
        main,
        BUDGET,
        SPENT,
        TARGETS,
        key="project_id",
        tables={"targets": source(table, "targets.csv")},
    )


def test_a_row_is_a_unit() -> None:
    (entry,) = read("unit,budget,spent\nP001,100,95\n")
    assert (entry.row, entry.unit) == (2, "P001")
    assert entry.facts == {"unit": "P001", "budget": "100", "spent": "95"}


def test_the_unit_s_column_may_be_an_input_too() -> None:
    ident = given_input("project_id", Kind.TEXT)
    (entry,) = read("project_id\nP1\n", ident, id="project_id")
    assert entry.facts == {"unit": "P1", "project_id": "P1"}


def test_the_date_has_a_column_of_its_own() -> None:
    first, second = read("budget,spent,as_of\n1,2,2022-12-31\n1,2,\n")
    assert first.facts is not None
    assert first.facts["as_of"] == "2022-12-31"
    assert second.facts == {"budget": "1", "spent": "2"}


def test_rows_are_counted_by_lines_of_the_file() -> None:
    text = 'unit,budget,spent,remark\n\nA,1,2,"a\nb"\n,,,\nB,3,4,""\n'
    first, second = read(text, BUDGET, SPENT, NOTE)
    assert (first.row, second.row) == (3, 6)
    assert first.facts is not None
    assert first.facts["remark"] == "a\nb"


@pytest.mark.parametrize("row", ["A,1", "A,1,234,95", "A"])
def test_a_ragged_row_is_rejected_and_the_others_go_on(row: str) -> None:
    bad, good = read(f"unit,budget,spent\n{row}\nB,1,2\n")
    assert bad.facts is None
    assert codes(bad.problems) == ["PRF619"]
    assert bad.row == 2
    assert good.unit == "B"


def test_an_empty_cell_stays_for_admission_to_judge() -> None:
    (entry,) = read("budget,spent\n1,\n")
    assert entry.facts == {"budget": "1", "spent": ""}


def test_a_control_sign_rejects_the_row_and_names_the_column() -> None:
    bad, good = read("unit,budget,spent\nA,1\x00,2\nB,1,2\n")
    (problem,) = bad.problems
    assert (problem.code, problem.path) == ("PRF620", ("budget",))
    assert good.facts is not None


@pytest.mark.parametrize("second", ["P001", " p001 ", "Ｐ００１"])
def test_a_unit_twice_is_rejected_the_second_time(second: str) -> None:
    first, again = read(f"unit,budget,spent\nP001,1,2\n{second},1,2\n")
    assert first.facts is not None
    (problem,) = again.problems
    assert problem.code == "PRF623"
    assert "row 3 of facts.csv already stands in row 2" in problem.message.en


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('budget,spent\n1,2\n"1,2\n', "PRF613", 3),
        ('budget,spent\n1,2\n"1"x,2\n', "PRF613", 3),
        ("", "PRF612", 1),
        ("budget,spent\n", "PRF612", 1),
        ("budget,spent\n,\n", "PRF612", 1),
        (",".join(f"c{n}" for n in range(1001)), "PRF614", 1),
        ("budget,spent\n" + "9" * 1_000_001, "PRF614", 2),
        ('budget,spent\n1,"' + "9" * 200_000 + '"', "PRF614", 2),
    ],
)
def test_a_file_that_is_not_sound_is_refused_whole(text: str, code: str, line: int) -> None:
    (problem,) = refused(text)
    assert problem.code == code
    assert problem.span is not None
    assert problem.span.line == line


def test_another_delimiter_is_read_where_it_is_declared() -> None:
    (entry,) = read("budget;spent\n1,5;2\n", delimiter=";")
    assert entry.facts == {"budget": "1,5", "spent": "2"}


def test_evidence_has_a_column_an_indicator() -> None:
    first, second = read("budget,spent,evidence.execution\n1,2,第3页\n1,2,\n")
    assert first.facts is not None
    assert first.facts["evidence"] == {"execution": "第3页"}
    assert second.facts is not None
    assert "evidence" not in second.facts


def test_a_table_is_joined_by_its_key_and_may_be_empty() -> None:
    first, second = joined("project_id,name,target\np001,人数,≥940人\nP001 ,资金,=1\n")
    assert first.facts is not None
    assert first.facts["targets"] == [
        {"name": "人数", "target": "≥940人"},
        {"name": "资金", "target": "=1"},
    ]
    assert second.facts is not None
    assert second.facts["targets"] == []
    assert second.unit == "P002"  # the key names the unit where no other column does


def test_the_order_of_a_table_s_rows_stays_and_that_of_files_does_not_matter() -> None:
    one = joined("project_id,name,target\nP002,c,1\nP001,a,1\nP001,b,1\n")[0]
    two = joined("project_id,name,target\nP001,a,1\nP002,c,1\nP001,b,1\n")[0]
    assert one.facts == two.facts


def test_rows_of_nobody_are_rejected_by_name() -> None:
    entries = joined("project_id,name,target\nP009,人数,1\nP001,b,1\n,x,1\n")
    assert len(entries) == 4
    assert [entry.facts is None for entry in entries] == [False, False, True, True]
    (problem,) = entries[2].problems
    assert problem.code == "PRF622"
    assert str(problem.span) == "targets.csv:2:1"
    assert "P009" in problem.message.zh
    assert entries[3].row == 4


def test_a_table_s_bad_row_rejects_its_unit() -> None:
    first, second = joined("project_id,name,target\nP001,人数\nP001,b,1\n")
    assert first.facts is None
    assert codes(first.problems) == ["PRF619"]
    assert str(first.problems[0].span) == "targets.csv:2:1"
    assert second.facts is not None


def test_a_table_without_the_key_is_refused_with_its_other_faults() -> None:
    with pytest.raises(UsageError) as error:
        joined("id,name,targte\nP001,a,1\n")
    assert sorted(codes(error.value.diagnostics)) == ["PRF615", "PRF615", "PRF618", "PRF621"]


def test_a_table_needs_a_file_of_its_own() -> None:
    (problem,) = refused("budget,spent\n1,2\n", BUDGET, SPENT, TARGETS)
    assert problem.code == "PRF618"
    assert "--table targets=FILE --key" in problem.hint.zh


def test_a_table_that_is_none_is_named() -> None:
    (problem,) = refused(
        MAIN, BUDGET, SPENT, TARGETS, key="project_id", tables={"target": source("")}
    )
    assert problem.code == "PRF624"
    assert "targets" in problem.hint.en


def test_a_panel_is_a_table_of_raters() -> None:
    (entry,) = read(
        "unit\nA\n",
        JURY,
        key="unit",
        tables={"jury": source("unit,rater,score\nA,甲,88\n", "jury.csv")},
    )
    assert entry.facts == {"unit": "A", "jury": [{"rater": "甲", "score": "88"}]}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=6))
def test_every_row_comes_out_once_and_as_written(rows: list[tuple[str, str]]) -> None:
    quoted = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in rows]
    text = "budget,spent\n" + "".join(",".join(row) + "\n" for row in quoted)
    wanted = [row for row in rows if any(cell.strip() for cell in row)]
    if not wanted:
        assert codes(refused(text)) == ["PRF612"]
        return
    got = [entry.facts for entry in read(text, encoding="utf-8")]
    assert got == [{"budget": first, "spent": second} for first, second in wanted]


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_give_units_or_sentences(data: bytes) -> None:
    try:
        found = list(read_csv(source(b"budget,spent\n" + data), (BUDGET, SPENT), CsvOptions()))
    except UsageError:
        return
    assert found
    assert all((entry.facts is None) == bool(entry.problems) for entry in found)
