"""`fmt`: files are laid out in place, or only looked at; what can't be read is told."""

import io
from pathlib import Path

import pytest

from tests.sample_rulesets import FORM
from tests.sample_work import run

MESSY = FORM.replace("    points: 20\n", "    points:   20  # 执行\n")


def test_in_place(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (work / "messy.yaml").write_text(MESSY, encoding="utf-8")
    code, out, err = run(capsys, "fmt", "messy.yaml", "form.yaml", "--check", "--lang", "en")
    assert (code, out) == (1, "would be laid out messy.yaml\n")
    assert "2 files: 1 changed, 1 the same" in err
    assert (work / "messy.yaml").read_text(encoding="utf-8") == MESSY
    code, out, _ = run(capsys, "fmt", "messy.yaml")
    assert (code, out) == (0, "已整理 messy.yaml\n")
    made = (work / "messy.yaml").read_text(encoding="utf-8")
    assert made == FORM.replace("    points: 20\n", "    points: 20    # 执行\n")
    assert run(capsys, "fmt", "messy.yaml", "--check")[0] == 0


def test_standard_input(
    work: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(MESSY.encode()), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", stdin)
    code, out, _ = run(capsys, "fmt", "-")
    assert (code, "    points: 20    # 执行" in out) == (0, True)


def test_what_is_no_document_stays(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (work / "broken.yaml").write_text("a: [1\n", encoding="utf-8")
    code, out, err = run(capsys, "fmt", "broken.yaml", "--lang", "en")
    assert (code, out) == (1, "")
    assert "broken.yaml:" in err
    assert "1 can't be laid out" in err
    assert (work / "broken.yaml").read_text(encoding="utf-8") == "a: [1\n"
