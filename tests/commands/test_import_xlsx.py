"""`import-xlsx`: the files it writes pass check and test; what is left is told; exit codes."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.excel.layouts import LAYOUTS
from tests.sample_work import run


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, layout in LAYOUTS.items():
        Path(f"{name}.xlsx").write_bytes(layout.workbook())


def test_it_writes_a_ruleset_its_cases_and_their_schemas(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, err = run(capsys, "import-xlsx", "mof.xlsx", "-o", "city/form.yaml", "--id", "a.b")
    assert code == 0, err
    assert "8 个末级指标：读懂 6，待写 2" in out
    assert out.count("PRF872") == 2
    assert "form.yaml:52:13" in out.replace("\\", "/")
    assert "perfrules test" in err
    for kind in ("ruleset", "cases"):
        assert Path(f"city/schemas/{kind}.schema.json").is_file()
    assert "ruleset: a.b\n" in Path("city/form.yaml").read_text(encoding="utf-8")
    code, out, _ = run(capsys, "check", "city", "--lang", "en")
    assert (code, out.splitlines()[-1]) == (0, "2 files checked: 0 errors, 0 warnings")
    code, out, _ = run(capsys, "test", "city")
    assert code == 0, out
    assert run(capsys, "fmt", "--check", "city")[0] == 0


def test_the_id_and_the_name_come_from_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "import-xlsx", "totals.xlsx", "--title", "环卫考核", "--lang", "en")
    assert code == 0
    assert "4 indicators: 3 understood, 1 left to write" in out
    text = Path("totals.yaml").read_text(encoding="utf-8")
    assert "ruleset: totals\n" in text
    assert "title: 环卫考核\n" in text


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "import-xlsx", "sections.xlsx", "--format", "json")
    found = json.loads(out)
    assert code == 0
    assert found["files"] == ["sections.yaml", "sections.cases.yaml"]
    assert (found["ruleset"], found["indicators"], found["understood"]) == ("sections", 5, 4)
    (told,) = found["diagnostics"]
    assert (told["code"], told["file"], told["severity"]) == ("PRF872", "sections.yaml", "warning")


def test_nothing_is_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    Path("mof.cases.yaml").write_text("mine", encoding="utf-8")
    code, _, err = run(capsys, "import-xlsx", "mof.xlsx")
    assert (code, "PRF862" in err) == (2, True)
    assert not Path("mof.yaml").exists()
    assert Path("mof.cases.yaml").read_text(encoding="utf-8") == "mine"


def test_a_table_that_contradicts_itself_is_written_and_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    book = load_workbook("hubei.xlsx")
    book["湖北"]["A6"] = "产出指标（65分）"
    book.save("wrong.xlsx")
    code, out, _ = run(capsys, "import-xlsx", "wrong.xlsx")
    assert code == 1
    assert "湖北!A6：“产出指标”印的是 65 分，其下各项合计 60 分" in out
    assert "把“产出指标”改为 points: 60" in out  # the checker says so too
    assert Path("wrong.yaml").is_file()


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["none.xlsx"], "PRF603"),
        (["mof.xlsx", "--sheet", "别的"], "PRF693"),
        (["text.xlsx"], "PRF691"),
        (["empty.xlsx"], "PRF870"),
    ],
)
def test_what_cannot_be_read_is_told(
    args: list[str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("text.xlsx").write_text("一级指标,分值", encoding="utf-8")
    book = load_workbook("mof.xlsx")
    book.active = book.create_sheet("空表")
    del book["自评表"]
    book.save("empty.xlsx")
    exit_code, _, err = run(capsys, "import-xlsx", *args)
    assert exit_code == 2
    assert code in err
    assert not list(Path().glob("*.yaml"))
