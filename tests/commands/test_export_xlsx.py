"""`export-xlsx`: a ruleset as a workbook, what has no place in it told, nothing written over."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.sample_work import run


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_ruleset_becomes_a_workbook_and_a_ruleset_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, err = run(capsys, "export-xlsx", "mof.project_evaluation")
    assert code == 0
    assert out == "写出 mof.project_evaluation.xlsx\n"
    assert "评分表里没有写：否决与封顶" in err
    sheet = load_workbook("mof.project_evaluation.xlsx").active
    assert sheet is not None
    assert sheet["A2"].value == "一级指标"
    code, out, _ = run(capsys, "import-xlsx", "mof.project_evaluation.xlsx", "-o", "back.yaml")
    assert code == 0, out
    text = Path("back.yaml").read_text(encoding="utf-8")
    assert "ruleset: mof.project_evaluation\n" in text
    assert "PRF873" not in out  # the grades came along


def test_english(capsys: pytest.CaptureFixture[str]) -> None:
    args = ("export-xlsx", "mof.project_evaluation", "-o", "a.xlsx", "--lang", "en")
    code, out, err = run(capsys, *args)
    assert (code, out) == (0, "wrote a.xlsx\n")
    assert "no place for: gates" in err


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["mof.project_evaluation", "-o", "a.csv"], "PRF642"),
        (["mof.project_evaluation", "-o", "there.xlsx"], "PRF862"),
        (["tianmen.monitoring"], "PRF876"),
        (["no.such_ruleset"], "PRF60"),
    ],
)
def test_what_cannot_be_done_is_told(
    args: list[str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("there.xlsx").write_text("mine", encoding="utf-8")
    exit_code, _, err = run(capsys, "export-xlsx", *args)
    assert exit_code == 2
    assert code in err
    assert [path.name for path in Path().iterdir()] == ["there.xlsx"]
    assert Path("there.xlsx").read_text(encoding="utf-8") == "mine"
