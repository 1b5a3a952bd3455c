"""Tianmen's processes and the evaluation frameworks: complete, covered by cases, shown at work."""

import re
import shlex
from pathlib import Path

import pytest

from perfrules import check, load
from perfrules.api import read_facts
from perfrules.cli import main
from perfrules.lang.load import load_cases
from perfrules.lang.spec.cases import CasesSpec
from perfrules.testing import run_cases

ROOT = Path(__file__).parent.parent
FOLDERS = sorted(path.parent for path in (ROOT / "rulesets").glob("*/*/example.yaml"))
COMMAND = re.compile(r"^perfrules [^`\n]*$|`(perfrules [^`\n]*)`", re.MULTILINE)
EXPECTED = {
    "tianmen.ex_ante_appraisal",
    "tianmen.special_bond_appraisal",
    "tianmen.target_review",
    "tianmen.monitoring",
    "tianmen.self_and_review",
    "tianmen.satisfaction_survey",
    "tianmen.joint_review",
    "tianmen.accountability_register",
    "tianmen.result_application",
    "mof.project_evaluation",
    "mof.department_evaluation",
    "mof.policy_evaluation",
    "mof.government_investment",
    "hunan.department_evaluation",
    "dazhou.department_evaluation",
}


def commands(page: Path) -> list[str]:
    """Return every command of a page, in order, once."""
    text = page.read_text(encoding="utf-8")
    return list(dict.fromkeys(found[1] or found[0] for found in COMMAND.finditer(text)))


def ruleset_of(folder: Path) -> Path:
    """Return the ruleset of a process's folder, which has the folder's name."""
    return folder / f"{folder.name}.yaml"


def cases_of(folder: Path) -> CasesSpec:
    path = folder / f"{folder.name}.cases.yaml"
    return load_cases(path.read_bytes(), str(path))[0]


by_process = pytest.mark.parametrize(
    "folder", FOLDERS, ids=lambda path: f"{path.parent.name}.{path.name}"
)


def test_every_process_is_there() -> None:
    assert {f"{path.parent.name}.{path.name}" for path in FOLDERS} >= EXPECTED


@by_process
def test_a_process_has_its_four_files(folder: Path) -> None:
    name = f"{folder.parent.name}.{folder.name}"
    assert load(name).plan.id == name
    assert check(ruleset_of(folder)) == ()
    page = (folder / "README.md").read_text(encoding="utf-8")
    assert page.startswith(f"# {name} · ")
    assert "**In English.**" in page


@by_process
def test_the_example_is_scored(folder: Path) -> None:
    program = load(ruleset_of(folder))
    (entry,) = read_facts(folder / "example.yaml", program.plan)
    assert entry.facts is not None
    result = program.score(entry.facts)
    assert result.unit
    assert [item.code for item in result.warnings] == []
    assert result.decisions


@by_process
def test_cases_pass_and_reach_every_outcome(folder: Path) -> None:
    report = run_cases([folder / f"{folder.name}.cases.yaml"])
    bad = [
        f"{case.name}: {[str(item) for item in (*case.differences, *case.problems)]}"
        for case in report.cases
        if case.outcome.value != "pass"
    ]
    assert not bad, "\n".join(bad)
    results = [case.result for case in report.cases if case.result is not None]
    plan = load(ruleset_of(folder)).plan
    graded = {result.grade for result in results if result.grade}
    assert graded == {grade.name for grade in plan.grades}
    fired = {gate.id for result in results for gate in result.gates if gate.fired}
    assert fired == {gate.id for gate in plan.gates}
    decided = {item.id for result in results for item in result.decisions}
    assert decided == {rule.id for rule in plan.decisions}


@by_process
def test_each_has_a_case_that_must_be_refused(folder: Path) -> None:
    assert [case.name for case in cases_of(folder).tests if case.want_code]


@by_process
def test_a_page_names_commands_that_work(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    found = commands(folder / "README.md")
    assert found
    for line in found:
        assert main([*shlex.split(line)[1:], "--traceback"]) == 0, capsys.readouterr().err


@by_process
def test_nothing_claims_to_be_official(folder: Path) -> None:
    text = ruleset_of(folder).read_text(encoding="utf-8")
    assert "evidence: official" not in text
    assert "evidence: proposed" in text


@pytest.mark.parametrize("line", commands(ROOT / "docs" / "tianmen.md"))
def test_commands_of_the_page_work(
    line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert main([*shlex.split(line)[1:], "--traceback"]) == 0, capsys.readouterr().err
    assert capsys.readouterr().out


def test_the_page_names_every_process() -> None:
    text = (ROOT / "docs" / "tianmen.md").read_text(encoding="utf-8")
    assert {name for name in EXPECTED if f"[{name}]" not in text} == set()


def test_facts_beside_a_ruleset_are_no_documents(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "facts.yaml").write_text("# 填报数据\nunit: 某小学\n", encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 2
    assert "PRF626" in capsys.readouterr().err
    (tmp_path / "other.yaml").write_text("unit_price: 3\n", encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 1
    assert "PRF219" in capsys.readouterr().out
