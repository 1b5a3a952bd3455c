"""`test --coverage` and `--mutate`: what is printed, in both languages, and the exit codes."""

import json
from pathlib import Path

import pytest

from tests.sample_work import run


def test_coverage_lists_what_is_missed(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "test", ".", "--coverage")
    assert (code, err) == (0, "")
    assert "form.yaml:26:25: 未到达 总分恰好 90（优）" in out
    assert "  用例须：使总分恰好为 90" in out
    assert "city.form：覆盖 40.00%（14/35，2 个用例）" in out
    code, out, err = run(capsys, "test", ".", "--coverage", "--fail-under", "95%", "--lang", "en")
    assert (code, "PRF834" in err) == (1, True)
    assert "city.form: 40.00% reached (14 of 35, 2 cases)" in out
    assert run(capsys, "test", ".", "--coverage", "--fail-under", "40")[0] == 0


def test_coverage_as_json(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "test", ".", "--coverage", "--format", "json")
    (found,) = json.loads(out)["coverage"]
    assert (found["percent"], found["points"], len(found["missed"])) == ("40.00", 35, 21)
    assert {"kind", "line", "column", "what", "needs"} == found["missed"][0].keys()


def test_mutation_prints_the_figure_and_the_survivors(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "test", ".", "--mutate")
    assert code == 1
    assert "form.yaml:26:25: 未发现 优 90 -> 优 91" in out
    assert "写一个总分在 90 与 91 之间的用例，并写明等级" in out
    assert "city.form：发现率" in out
    code, out, _ = run(capsys, "test", ".", "--mutate", "--fail-under", "10", "--format", "json")
    (found,) = json.loads(out)["mutation"]
    assert code == 0
    assert found["counts"]["refused"] == 1
    assert sum(found["counts"].values()) == len(found["mutants"])
    code, out, _ = run(capsys, "test", ".", "--mutate", "--limit", "3", "--format", "json")
    assert len(json.loads(out)["mutation"][0]["mutants"]) == 3


def test_without_cases_there_is_nothing_to_mutate(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (work / "empty").mkdir()
    code, _, err = run(capsys, "test", "empty", "--mutate")
    assert (code, "PRF630" in err) == (1, True)


def test_a_failing_case_shows_the_values_inside(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = work / "form.cases.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("decisions: [guarantee]", "decisions: [rectify]"),
        encoding="utf-8",
    )
    code, out, _ = run(capsys, "test", ".", "--lang", "en")
    assert code == 1
    assert "decisions: want rectify, got guarantee" in out
    assert "rate.output = 95% (" in out
    assert "rate.output < 80% = no (" in out
    assert "form.yaml:34" in out
