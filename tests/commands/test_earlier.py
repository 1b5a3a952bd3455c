"""`--results INPUT=FILE[#FIELD]`: what an earlier stage found becomes a fact of the next."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.sample_work import run

ROOT = Path(__file__).parent.parent.parent
EVALUATION = "mof.project_evaluation"
UNIT = "某乡镇道路硬化项目"
# 60 + 22.5 + 4 + 0.5 = 87 of 100: between 80 % and 90 %, 8 points of 10.
SURVEY = f"""\
unit: {UNIT}
beneficiaries: {{很满意: 60, 比较满意: 30, 一般: 8, 不太满意: 2, 很不满意: 0}}
fieldwork: [{{group: 受益群众, issued: 120, valid: 100}}]
"""


@pytest.fixture
def place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Path:
    """Return a folder with an evaluation that lacks the satisfaction, and a survey's result."""
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "rulesets/mof/project_evaluation/example.yaml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("satisfied:")]
    Path("facts.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    Path("survey.yaml").write_text(SURVEY, encoding="utf-8")
    code, _, _ = run(
        capsys, "score", "tianmen.satisfaction_survey", "survey.yaml", "-o", "survey.json"
    )
    assert code == 0
    return tmp_path


def survey() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path("survey.json").read_text(encoding="utf-8"))
    return found


def write(name: str, value: object) -> None:
    Path(name).write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def test_a_field_of_a_result_fills_an_input(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert survey()["total"] == "87.00"
    call = ("score", EVALUATION, "facts.yaml", "--results", "satisfied=survey.json#rate")
    code, out, err = run(capsys, *call, "--format", "json")
    assert code == 0, err
    (line,) = [item for item in json.loads(out)["indicators"] if item["id"] == "satisfaction"]
    assert (line["rate"], line["score"]) == ("0.8", "8.00")
    assert "没有用上" not in err


def test_explain_takes_the_same_results(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ("explain", EVALUATION, "facts.yaml", "--results", "satisfied=survey.json#rate")
    code, out, _ = run(capsys, *call)
    assert code == 0
    assert "87%" in out


def test_without_them_the_value_is_missing(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "score", EVALUATION, "facts.yaml")
    assert (code, "PRF502" in err) == (2, True)


def test_another_units_result_is_not_used_and_that_is_said(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write("survey.json", {**survey(), "unit": "某乡镇道路硬化"})
    call = ("score", EVALUATION, "facts.yaml", "--results", "satisfied=survey.json#rate")
    code, _, err = run(capsys, *call, "--lang", "en")
    assert code == 2
    assert "PRF502" in err
    assert "results of 1 units were not used" in err


def test_a_value_given_twice_is_refused(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By the facts and a result, or by two results: which one counts is never guessed."""
    one = "satisfied=survey.json#rate"
    code, _, err = run(
        capsys, "score", EVALUATION, "facts.yaml", "--results", one, "--results", one
    )
    assert (code, "PRF732" in err) == (2, True)
    with Path("facts.yaml").open("a", encoding="utf-8") as file:
        file.write("satisfied: 95%\n")
    code, _, err = run(capsys, "score", EVALUATION, "facts.yaml", "--results", one)
    assert (code, "PRF732" in err) == (2, True)


@pytest.mark.parametrize("field", ["rates", "total", "grade", "report.nothing"])
def test_a_field_that_isnt_there_or_is_something_else_is_refused(
    place: Path, capsys: pytest.CaptureFixture[str], field: str
) -> None:
    call = ("score", EVALUATION, "facts.yaml", "--results", f"satisfied=survey.json#{field}")
    code, _, err = run(capsys, *call)
    assert (code, "PRF738" in err) == (2, True)


def test_a_result_by_other_rules_is_refused(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = survey()
    changed["ruleset"]["digest"] = "sha256:0"
    write("survey.json", changed)
    call = ("score", EVALUATION, "facts.yaml", "--results", "satisfied=survey.json#rate")
    code, _, err = run(capsys, *call)
    assert (code, "PRF738" in err) == (2, True)


def test_a_result_without_a_value_leaves_the_input_empty(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write("survey.json", {**survey(), "rate": None})
    call = ("score", EVALUATION, "facts.yaml", "--results", "satisfied=survey.json#rate")
    code, _, err = run(capsys, *call)
    assert (code, "PRF502" in err) == (2, True)


@pytest.mark.parametrize(
    ("ruleset", "given"),
    [
        (EVALUATION, "satisfed=survey.json#rate"),  # no such input
        (EVALUATION, "satisfied=survey.json"),  # which field
        (EVALUATION, "satisfied=#rate"),  # which file
        (EVALUATION, "satisfied=plain.json#rate"),  # no results
        ("tianmen.joint_review", "evaluation=survey.json#grade"),  # the input says the field
    ],
)
def test_an_option_that_cant_be_used(
    place: Path, capsys: pytest.CaptureFixture[str], ruleset: str, given: str
) -> None:
    write("plain.json", {"satisfied": "90%"})
    code, _, err = run(capsys, "score", ruleset, "facts.yaml", "--results", given)
    assert (code, "PRF642" in err) == (2, True)


def test_an_input_with_from_refuses_a_result_of_another_ruleset(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = ROOT / "rulesets/tianmen/joint_review/example.yaml"
    write("survey.json", {**survey(), "unit": "城乡垃圾处理项目"})
    call = ("score", "tianmen.joint_review", str(facts), "--results", "evaluation=survey.json")
    code, _, err = run(capsys, *call)
    assert (code, "PRF738" in err) == (2, True)


def test_what_is_read_is_not_written_over(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = Path("survey.json").read_bytes()
    call = ("score", EVALUATION, "facts.yaml", "--results", "satisfied=survey.json#rate")
    code, _, err = run(capsys, *call, "-o", "survey.json")
    assert (code, "PRF642" in err) == (2, True)
    assert Path("survey.json").read_bytes() == before
