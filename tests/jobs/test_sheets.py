"""Results as a workbook: the numbers of the CSV as numbers, what was rejected beside them."""

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from perfrules import load
from perfrules.errors import UsageError
from perfrules.files.xlsx import read_grid
from perfrules.jobs.forms import CsvForm
from perfrules.jobs.sheets import SheetForm, fits_sheet, row_text
from tests.jobs.sample import HEADS, facts, rows, score
from tests.sample_books import Made, book

COUNT = 300
BAD = sum(number % 7 == 3 for number in range(COUNT))


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the form and many units; it is the current one."""
    facts(tmp_path, rows(COUNT))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def cells(path: Path, sheet: str) -> list[list[object]]:
    made: Made = load_workbook(path)[sheet]
    return [[cell.value for cell in row] for row in made.iter_rows()]


def test_a_workbook_has_the_columns_and_values_of_the_csv(
    many: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert score(capsys, "facts.csv", "-o", "out.xlsx")[0] == 1
    assert score(capsys, "facts.csv", "-o", "out.csv", "--rejects", "bad.csv")[0] == 1
    for name, sheet in (("out.csv", "得分"), ("bad.csv", "退回")):
        text = (many / name).read_text(encoding="utf-8-sig")
        heads, *lines = csv.reader(io.StringIO(text))
        found, *others = cells(many / "out.xlsx", sheet)
        assert heads == found
        assert len(lines) == len(others) == (COUNT - BAD if name == "out.csv" else BAD)
        for line, row in zip(lines, others, strict=True):
            for head, one, other in zip(heads, line, row, strict=True):
                if head in ("total", "rate", "complete", "row") or head.startswith("score."):
                    assert isinstance(other, int | float)
                    assert Decimal(repr(other)) == Decimal(one)
                else:
                    assert (other or "") == one


def test_people_see_points_with_their_digits(
    many: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    score(capsys, "facts.csv", "-o", "out.xlsx")
    made: Made = load_workbook(many / "out.xlsx")["得分"]
    shown = {head.value: cell.number_format for head, cell in zip(made[1], made[2], strict=True)}
    assert (shown["unit"], shown["total"], shown["rate"], shown["score.output"]) == (
        "@", "0.00", "0.00%", "0.00",
    )  # fmt: skip
    assert made.freeze_panes == "A2"


def test_sheets_are_named_in_the_language(many: Path, capsys: pytest.CaptureFixture[str]) -> None:
    score(capsys, "facts.csv", "-o", "out.xlsx", "--lang", "en")
    assert load_workbook(many / "out.xlsx").sheetnames == ["scores", "rejected"]


def test_parts_and_processes_change_no_byte(many: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seen = []
    for argv in ((), ("--part-rows", "37"), ("--part-rows", "97", "--jobs", "2")):
        assert score(capsys, "facts.csv", "-o", "out.xlsx", "--rejects", "bad.csv", *argv)[0] == 1
        seen.append([(many / name).read_bytes() for name in ("out.xlsx", "bad.csv")])
    assert seen[0] == seen[1] == seen[2]
    names = {"bad.csv", "facts.csv", "form.yaml", "out.xlsx"}
    assert {path.name for path in many.iterdir()} == names


def test_a_file_of_columns_is_written_too(many: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    units = pa.table({
        "unit": ["甲"], "budget": [100.0], "executed": [50.0], "done": [0.6], "misused": [False],
    })  # fmt: skip
    pq.write_table(units, many / "facts.parquet")
    (many / "form.yaml").write_text(
        (many / "form.yaml").read_text("utf-8").replace("percent,", "percent, bare: fraction,"),
        encoding="utf-8",
    )
    assert score(capsys, "facts.parquet", "-o", "out.xlsx")[0] == 0
    assert cells(many / "out.xlsx", "得分")[1][:5] == ["甲", None, 58, 0.58, "差"]


def test_what_looks_like_a_formula_stays_a_text(
    many: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evil = ["=1+1", "+cmd|'/C calc'!A0", "@SUM(1)", "-2+3"]
    table = [HEADS.split(","), *([name, 100, 50, "60%", "否"] for name in evil)]

    def as_text(sheet: Made) -> None:
        for cell in sheet["A"]:
            cell.data_type = "s"

    (many / "evil.xlsx").write_bytes(book(table, as_text))
    assert score(capsys, "evil.xlsx", "-o", "out.xlsx")[0] == 0
    sheet: Made = load_workbook(many / "out.xlsx")["得分"]
    assert [(cell.value, cell.data_type) for cell in sheet["A"]][1:] == [
        (name, "s") for name in evil
    ]
    assert [row.cells[0] for row in read_grid(many / "out.xlsx").rows][1:] == evil


def test_results_can_be_read_as_facts_again(many: Path, capsys: pytest.CaptureFixture[str]) -> None:
    score(capsys, "facts.csv", "-o", "out.xlsx")
    grid = read_grid(many / "out.xlsx")
    assert not grid.faults
    assert grid.rows[1].cells[:3] == ("P00000", "", "0")


def test_without_a_scored_unit_no_file_is_left(
    many: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (many / "none.csv").write_text(f"{HEADS}\n甲,100,x,60%,否\n", encoding="utf-8")
    assert score(capsys, "none.csv", "-o", "out.xlsx")[0] == 2
    assert not (many / "out.xlsx").exists()


def test_an_interrupted_run_leaves_the_old_file(
    many: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (many / "out.xlsx").write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    code, _, err = score(capsys, "facts.csv", "-o", "out.xlsx")
    assert (code, "PRF640" in err) == (2, True)
    assert (many / "out.xlsx").read_bytes() == b"old"
    assert not list(many.glob(".out*"))


def test_a_workbook_needs_a_file(many: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = score(capsys, "facts.csv", "--format", "xlsx")
    assert (code, out, "PRF642" in err) == (2, "", True)


def test_a_full_sheet_is_told_before_anything_is_scored(
    many: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fits_sheet(COUNT)
    monkeypatch.setattr("perfrules.files.xlsx.write.LAST_ROW", 100)
    with pytest.raises(UsageError):
        fits_sheet(COUNT)
    code, _, err = score(capsys, "facts.csv", "-o", "out.xlsx")
    assert (code, "PRF698" in err) == (2, True)
    assert "退回" not in err


def test_numbers_give_the_cells_of_a_result(many: Path) -> None:
    program = load(many / "form.yaml")
    given = {"unit": "甲", "budget": 100, "executed": 50, "done": "60%", "misused": False}
    form, lines = SheetForm(program.plan), CsvForm(program.plan)
    result = program.score(given)
    assert form.of(result) == row_text(lines.cells(result))
    assert form.of_scores("甲", None, program.scores(given)) == form.of(result)
    assert [column.head for column in form.columns()] == lines.heads()
