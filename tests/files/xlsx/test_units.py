"""Workbooks as facts: units, tables joined from sheets, from other workbooks, from CSVs."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from perfrules.errors import UsageError
from perfrules.files.entry import Entry, Source
from perfrules.files.units import CsvOptions
from perfrules.files.xlsx.units import read_workbooks
from perfrules.lang.plan import InputPlan
from tests.sample_books import Made, book, source
from tests.sample_csv import BUDGET, JURY, SATISFIED, TARGETS

UNITS: list[list[object]] = [["unit", "budget"], ["甲", 100], ["乙", 50]]
GOALS: list[list[object]] = [
    ["unit", "name", "target"],
    ["甲", "受助人数", "≥100人"],
    ["甲", "覆盖率", 0.98],
    ["乙", "次数", 5],
]
JOINED = {
    "甲": [("受助人数", "≥100人"), ("覆盖率", "0.98")],
    "乙": [("次数", "5")],
}


def read(
    data: bytes | Source, inputs: Sequence[InputPlan] = (BUDGET,), **options: Made
) -> list[Entry]:
    file = data if isinstance(data, Source) else source(data)
    return list(read_workbooks(file, inputs, CsvOptions(**options)))


def codes(data: bytes, inputs: Sequence[InputPlan] = (BUDGET,), **options: Made) -> list[str]:
    with pytest.raises(UsageError) as error:
        read(data, inputs, **options)
    return [item.code for item in error.value.diagnostics]


def goals(entries: Sequence[Entry]) -> dict[str, list[tuple[object, object]]]:
    found = {}
    for entry in entries:
        assert entry.facts is not None
        rows = entry.facts["targets"]
        assert isinstance(rows, list)
        found[str(entry.unit)] = [(row["name"], row["target"]) for row in rows]
    return found


def test_a_row_is_a_unit() -> None:
    first, second = read(book([["自评表"], *UNITS]))
    assert (first.row, first.unit, first.facts) == (3, "甲", {"budget": "100", "unit": "甲"})
    assert second.headings == {"budget": "budget"}


def test_a_row_with_a_bad_cell_is_refused_and_the_others_are_read() -> None:
    bad, good = read(book([UNITS[0], ["甲", "#DIV/0!"], UNITS[2]]))
    assert (bad.facts, bad.unit) == (None, "甲")
    assert [(item.code, item.path) for item in bad.problems] == [("PRF694", ("budget",))]
    assert str(bad.problems[0].span) == "facts.xlsx:2:1"
    assert good.facts is not None


def test_a_unit_that_stands_twice_is_refused() -> None:
    _, second = read(book([UNITS[0], ["甲", 1], ["甲 ", 2]]))
    assert [item.code for item in second.problems] == ["PRF623"]


def test_surveys_and_named_columns_are_read() -> None:
    (entry,) = read(
        book([["编号", "满意度.好", "满意度.差"], ["P1", 9, 1]]), (SATISFIED,), id="编号"
    )
    assert entry.facts == {"satisfied": {"好": "9", "差": "1"}, "unit": "P1"}


@pytest.mark.parametrize("name", ["targets", "绩效目标表", "Targets"])
def test_a_sheet_named_like_a_table_is_joined(name: str) -> None:
    sheets: dict[str, Made] = {name: GOALS}
    found = read(book(UNITS, **sheets), (BUDGET, TARGETS), key="unit")
    assert goals(found) == JOINED


def test_merged_units_of_a_table_are_filled_down() -> None:
    def change(made: Made) -> None:
        made.parent["targets"].merge_cells("A2:A3")

    data = book(UNITS, change, targets=[*GOALS[:2], [None, *GOALS[2][1:]], GOALS[3]])
    assert goals(read(data, (BUDGET, TARGETS), key="unit")) == JOINED


def test_a_table_may_be_another_workbook_a_sheet_of_it_or_a_csv() -> None:
    inputs = (BUDGET, TARGETS)
    other = source(book(GOALS), "goals.xlsx")
    assert goals(read(book(UNITS), inputs, key="unit", tables={"targets": other})) == JOINED
    second = replace(source(book([["x"]], 目标=GOALS), "goals.xlsx"), sheet="目标")
    assert goals(read(book(UNITS), inputs, key="unit", tables={"targets": second})) == JOINED
    text = "\n".join(",".join(map(str, row)) for row in GOALS)
    lines = source(text.encode(), "goals.csv")
    assert goals(read(book(UNITS), inputs, key="unit", tables={"targets": lines})) == JOINED
    main = source("\n".join(f"{unit},{number}" for unit, number in UNITS).encode(), "facts.csv")
    assert goals(read(main, inputs, key="unit", tables={"targets": other})) == JOINED


def test_a_sheet_that_an_option_names_is_not_joined_twice() -> None:
    data = book(UNITS, 目标=GOALS, targets=[["unit", "name", "target"]])
    same = replace(source(data), sheet="目标")
    assert goals(read(data, (BUDGET, TARGETS), key="unit", tables={"targets": same})) == JOINED


def test_a_sheet_named_like_a_table_needs_a_key() -> None:
    assert codes(book(UNITS, targets=GOALS), (BUDGET, TARGETS)) == ["PRF642"]


def test_a_bad_cell_of_a_table_refuses_its_unit() -> None:
    rows = [GOALS[0], ["甲", "覆盖率", "#REF!"], GOALS[3]]
    bad, good = read(book(UNITS, targets=rows), (BUDGET, TARGETS), key="unit")
    assert [item.code for item in bad.problems] == ["PRF694"]
    assert "targets!C2" in bad.problems[0].message.zh
    assert good.facts is not None


def test_rows_of_a_table_without_a_unit_are_told() -> None:
    *_, orphan = read(book(UNITS, targets=[*GOALS, ["丙", "x", 1]]), (BUDGET, TARGETS), key="unit")
    assert [item.code for item in orphan.problems] == ["PRF622"]


def test_panels_are_tables_too() -> None:
    rows = [["unit", "rater", "score"], ["甲", "张", 90], ["甲", "李", 88]]
    first, _ = read(book(UNITS, jury=rows), (BUDGET, JURY), key="unit")
    assert first.facts is not None
    assert first.facts["jury"] == [{"rater": "张", "score": "90"}, {"rater": "李", "score": "88"}]


@pytest.mark.parametrize(
    ("rows", "options", "code"),
    [
        ([], {}, "PRF612"),
        ([["unit", "budget"]], {}, "PRF612"),
        ([["unit", "budgte"], ["甲", 1]], {}, "PRF615"),
        ([["unit"], ["甲"]], {}, "PRF618"),
        (UNITS, {"id": "编号"}, "PRF621"),
        (UNITS, {"sheet": "none"}, "PRF693"),
        (UNITS, {"key": "unit", "tables": {"none": source(book(GOALS), "t.xlsx")}}, "PRF624"),
        ([["unit", *map(str, range(1001))], ["甲", 1]], {}, "PRF614"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(
    rows: list[list[object]], options: dict[str, Made], code: str
) -> None:
    assert code in codes(book(rows), **options)


def test_notes_are_those_of_every_workbook() -> None:
    other = source(book(GOALS, 说明=[["x"]]), "goals.xlsx")
    options = CsvOptions(key="unit", tables={"targets": other})
    found = read_workbooks(source(book(UNITS)), (BUDGET, TARGETS), options)
    assert [item.message.zh for item in found.notes] == ["工作簿 goals.xlsx：没有读的工作表：说明"]
    assert found.total == 2
