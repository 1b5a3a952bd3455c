"""Rows become units wherever they come from: what a table needs, and what is wrong as a whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest

from perfrules.errors import Diagnostic, UsageError
from perfrules.files.entry import Entry
from perfrules.files.headings import Headings, Wanted
from perfrules.files.units import CsvOptions, RowsOf, control_signs, read_units
from perfrules.messages import diagnose
from tests.sample_csv import BUDGET, TARGETS

INPUTS = (BUDGET, TARGETS)


@dataclass(frozen=True, slots=True)
class Listed:
    """Rows from a list; a row of which a cell says `bad` is refused."""

    name: str
    cells: Sequence[Sequence[str]]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        yield from ((line, list(row)) for line, row in enumerate(self.cells, start=1))

    def faults(self, line: int, cells: Sequence[str], headings: Headings) -> list[Diagnostic]:
        bad = [diagnose("PRF694", value=cell, address="x") for cell in cells if cell == "bad"]
        return bad or control_signs(self.name, line, cells, headings)


def listed(name: str, *rows: str) -> RowsOf:
    """Return rows whose cells are separated by spaces."""
    return lambda _: Listed(name, [row.split(" ") for row in rows])


UNITS = listed("units", "unit budget", "甲 100", "乙 50")


def read(main: RowsOf, goals: RowsOf, **options: str) -> list[Entry]:
    return list(read_units(main, INPUTS, CsvOptions(**options), {"绩效目标表": goals}))  # type: ignore[arg-type] # texts alone


def test_a_table_is_joined_by_its_key() -> None:
    goals = listed("goals", "unit name target", "乙 次数 5", "甲 人数 9", "乙 天数 3")
    first, second = read(UNITS, goals, key="unit")
    assert first.facts == {
        "budget": "100",
        "targets": [{"name": "人数", "target": "9"}],
        "unit": "甲",
    }
    assert second.facts is not None
    assert second.facts["targets"] == [
        {"name": "次数", "target": "5"},
        {"name": "天数", "target": "3"},
    ]


def test_a_unit_without_rows_has_an_empty_table() -> None:
    first, second = read(UNITS, listed("goals", "unit name target", "乙 次数 5"), key="unit")
    assert first.facts is not None
    assert first.facts["targets"] == []
    assert second.problems == ()


def test_a_refused_row_of_a_table_refuses_its_unit() -> None:
    goals = listed("goals", "unit name target", "乙 次数 bad", "甲 次数 5", "丙 次数 bad")
    first, second, orphan = read(UNITS, goals, key="unit")
    assert first.facts is not None
    assert [item.code for item in second.problems] == ["PRF694"]
    assert [item.code for item in orphan.problems] == ["PRF622", "PRF694"]
    assert "units" in orphan.problems[0].message.zh


def test_all_that_is_wrong_with_headings_is_told_at_once() -> None:
    main = listed("units", "unit budgte", "甲 1")
    goals = listed("goals", "unit nmae target", "甲 x 1")
    with pytest.raises(UsageError) as error:
        read(main, goals, key="unit")
    told = [(item.code, item.span.file if item.span else "") for item in error.value.diagnostics]
    assert told == [
        ("PRF615", "units"), ("PRF618", "units"), ("PRF615", "goals"), ("PRF618", "goals"),
    ]  # fmt: skip


def test_a_reader_is_told_which_columns_are_wanted() -> None:
    seen: list[Sequence[Wanted]] = []

    def watched(rows: RowsOf) -> RowsOf:
        def opened(wanted: Sequence[Wanted]) -> Listed:
            seen.append(wanted)
            made = rows(wanted)
            assert isinstance(made, Listed)
            return made

        return opened

    goals = listed("goals", "unit name target", "甲 次数 5")
    read(watched(UNITS), watched(goals), key="unit")
    assert [[item.id for item in wanted] for wanted in seen] == [["budget"], ["name", "target"]]


def test_no_rows_are_a_sentence() -> None:
    with pytest.raises(UsageError, match="PRF612"):
        read(listed("units", "unit budget"), listed("goals", "unit name target"), key="unit")


def test_control_signs_are_told_by_column() -> None:
    headings = Headings(("a", "b"), (("a",), None))
    (problem,) = control_signs("f", 3, ["x\ty", "\x07"], headings)
    assert (problem.code, problem.path) == ("PRF620", ("b",))
