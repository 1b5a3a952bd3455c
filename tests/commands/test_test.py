"""`test`: cases that pass, fail, or are not there."""

import json
from pathlib import Path

import pytest

from tests.sample_rulesets import CASES
from tests.sample_work import run


def test_test_runs_cases_and_fails_where_they_do(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "test", ".")
    assert (code, out) == (0, "通过 2，不符 0，出错 0，跳过 0\n")
    (work / "form.cases.yaml").write_text(CASES.replace("91.85", "91.84"), encoding="utf-8")
    code, out, _ = run(capsys, "test", "form.cases.yaml")
    assert code == 1
    assert "form.cases.yaml:3:" in out
    assert "total: 应为 91.84，实为 91.85" in out
    code, out, _ = run(capsys, "test", ".", "--format", "json")
    found = json.loads(out)
    assert (code, found["ok"], found["counts"]["fail"]) == (1, False, 1)


def test_test_without_a_case_is_no_success(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (work / "empty").mkdir()
    code, _, err = run(capsys, "test", "empty")
    assert (code, "PRF630" in err) == (1, True)
    assert run(capsys, "test", "nothing.cases.yaml")[0] == 2
