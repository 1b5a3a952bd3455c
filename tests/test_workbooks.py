"""Workbooks through the command line: what its user types, and what is told."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import perfrules
from perfrules.cli import main
from perfrules.files.xlsx import read_grid
from tests.sample_books import Made, book
from tests.sample_rulesets import FORM, SHEET

HEADS = ["unit", "全年预算数", "支出", "完成率", "截留挪用"]
UNITS = [["甲", 2000, 1585.4, 0.95, False], ["乙", 100, 50, 0.6, False]]
GOALS = [["unit", "指标", "完成率", "分值"], ["甲", "人数", 1, 60], [None, "次数", 0.5, 40]]
# What is left out of a bare installation.
BLOCKED = "import sys; sys.modules['openpyxl'] = None\n"


def percents(*columns: tuple[str, str]) -> Made:
    """Return a change that shows a column of a sheet as percentages."""

    def change(sheet: Made) -> None:
        for name, column in columns:
            for cell in sheet.parent[name][column][1:]:
                cell.number_format = "0%"

    return change


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with rulesets and a workbook of facts; it is the current one."""
    monkeypatch.chdir(tmp_path)
    Path("form.yaml").write_text(FORM, encoding="utf-8")
    Path("sheet.yaml").write_text(SHEET, encoding="utf-8")
    rows = [["某市项目支出自评表"], HEADS, *UNITS]
    facts = book(rows, percents(("2022", "D")), title="2022", 说明=[["x"]])
    Path("facts.xlsx").write_bytes(facts)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    code = main([*argv, "--traceback"])
    out, err = capsys.readouterr()
    return code, out, err


def test_a_program_scores_a_workbook(work: Path) -> None:
    found = list(perfrules.score_file(perfrules.load("form.yaml"), "facts.xlsx#2022"))
    assert [
        (item.unit, str(item.total)) for item in found if isinstance(item, perfrules.Result)
    ] == [
        ("甲", "91.85"),
        ("乙", "58.00"),
    ]
    with pytest.raises(perfrules.UsageError):
        list(perfrules.score_file(perfrules.load("form.yaml"), "facts.xlsx#2099"))


def test_facts_are_scored_from_a_workbook(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # 20 × 0.7927 = 15.854 → 15.85; 80 × 0.95 = 76; 10 + 48 = 58.
    code, out, err = run(capsys, "score", "form.yaml", "facts.xlsx")
    assert code == 0
    assert [line.split()[:3] for line in out.splitlines()] == [
        ["甲", "91.85", "优"], ["乙", "58.00", "差"],
    ]  # fmt: skip
    assert "PRF697" in err
    assert "没有读的工作表：说明" in err


def test_a_sheet_is_chosen_by_name(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheets: dict[str, Made] = {"乡 镇": [HEADS, UNITS[1]]}
    change = percents(("乡 镇", "D"))
    (work / "two.xlsx").write_bytes(book([["说明"]], change, **sheets))
    code, out, _ = run(capsys, "score", "form.yaml", "two.xlsx", "--sheet", "乡 镇")
    assert (code, out.split()[:2]) == (0, ["乙", "58.00"])
    code, _, err = run(capsys, "score", "form.yaml", "two.xlsx", "--sheet", "乡")
    assert (code, "PRF693" in err) == (2, True)


@pytest.mark.parametrize("joined", ["sheet", "file", "sheet of a file"])
def test_target_sheets_are_joined(
    work: Path, capsys: pytest.CaptureFixture[str], joined: str
) -> None:
    # 60 × 100 % + 40 × 50 % = 80.
    def merge(name: str) -> Made:
        def change(sheet: Made) -> None:
            sheet.parent[name].merge_cells("A2:A3")
            percents((name, "C"))(sheet)

        return change

    sheets: dict[str, Made] = {"绩效目标表": GOALS}
    units = [["unit"], ["甲"]]
    more: tuple[str, ...] = ()
    match joined:
        case "sheet":
            (work / "units.xlsx").write_bytes(book(units, merge("绩效目标表"), **sheets))
        case "file":
            (work / "units.xlsx").write_bytes(book(units))
            (work / "goals.xlsx").write_bytes(book(GOALS, merge("表1")))
            more = ("--table", "targets=goals.xlsx")
        case _:
            (work / "units.xlsx").write_bytes(book(units))
            sheets = {"2022": GOALS}
            (work / "goals.xlsx").write_bytes(book([["x"]], merge("2022"), **sheets))
            more = ("--table", "targets=goals.xlsx#2022")
    code, out, _ = run(capsys, "score", "sheet.yaml", "units.xlsx", "--key", "unit", *more)
    assert (code, out.split()[:2]) == (0, ["甲", "80.00"])


def test_a_workbook_is_explained_and_compared(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "explain", "form.yaml", "facts.xlsx")
    assert (code, "1585.4" in out) == (0, True)
    changed = FORM.replace('version: "1.0"', 'version: "2.0"').replace(
        "at_least: 90", "at_least: 92"
    )
    (work / "new.yaml").write_text(changed, encoding="utf-8")
    code, out, err = run(capsys, "diff", "form.yaml", "new.yaml", "--facts", "facts.xlsx")
    assert (code, "优 → 良" in out) == (0, True)
    assert "PRF697" in err


def test_results_are_written_where_they_came_from(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "score", "form.yaml", "facts.xlsx", "-o", "out.xlsx")[0] == 0
    found = read_grid(work / "out.xlsx")
    assert found.rows[1].cells[:5] == ("甲", "", "91.85", "91.85%", "优")
    code, _, err = run(capsys, "score", "form.yaml", "facts.xlsx", "-o", "facts.xlsx")
    assert (code, "PRF642" in err) == (2, True)


@pytest.mark.parametrize(
    "argv",
    [
        ("score", "form.yaml", "small.csv", "--sheet", "x"),
        ("score", "form.yaml", "large.csv", "--sheet", "x", "-o", "out.csv"),
        ("score", "form.yaml", "facts.parquet", "--sheet", "x"),
        ("score", "form.yaml", "facts.xlsx", "--encoding", "gbk"),
        ("diff", "form.yaml", "form.yaml", "--facts", "small.csv", "--sheet", "x"),
        ("diff", "form.yaml", "form.yaml", "--facts", "small.csv", "-o", "out.xlsx"),
        ("score", "form.yaml", "small.csv", "--rejects", "bad.xlsx"),
    ],
)
def test_options_of_other_files_are_refused(
    work: Path, capsys: pytest.CaptureFixture[str], argv: tuple[str, ...]
) -> None:
    head = ",".join(HEADS)
    (work / "small.csv").write_text(f"{head}\n甲,1,1,1%,否\n", encoding="utf-8")
    lines = "".join(f"u{number},1,1,1%,否\n" for number in range(20_000))
    (work / "large.csv").write_text(f"{head}\n{lines}", encoding="utf-8")
    (work / "facts.parquet").write_bytes(b"")
    code, _, err = run(capsys, *argv)
    assert (code, "PRF642" in err) == (2, True)


def python(code: str) -> str:
    """Return what a new interpreter prints."""
    done = subprocess.run(  # noqa: S603 - this interpreter
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    return done.stdout


def test_nothing_has_to_be_installed_to_read_and_write(work: Path) -> None:
    argv = ["score", "form.yaml", "facts.xlsx", "-o", "out.xlsx"]
    code = f"{BLOCKED}from perfrules.cli import main\nprint(main({argv!r}))"
    assert python(code).strip() == "0"
    assert (work / "out.xlsx").is_file()


def test_scoring_a_csv_loads_nothing_of_workbooks(work: Path) -> None:
    (work / "small.csv").write_text(f"{','.join(HEADS)}\n甲,1,1,1%,否\n", encoding="utf-8")
    argv = ["score", "form.yaml", "small.csv"]
    code = (
        f"import sys\nfrom perfrules.cli import main\nmain({argv!r})\n"
        "print([name for name in sys.modules if 'files.xlsx' in name])"
    )
    assert python(code).splitlines()[-1] == "[]"
