"""The pytest plugin: cases are tests where a project asks for it, and only there."""

import ast
from importlib.metadata import entry_points
from pathlib import Path

import pytest

import pytest_perfrules
from tests.sample_rulesets import CASES, FORM

pytest_plugins = ["pytester"]


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.path.joinpath("form.yaml").write_text(FORM, encoding="utf-8")
    pytester.path.joinpath("form.cases.yaml").write_text(CASES, encoding="utf-8")
    return pytester


def ran(project: pytest.Pytester, *argv: str) -> pytest.RunResult:
    known = {item.value for item in entry_points(group="pytest11")}
    load = () if "pytest_perfrules" in known else ("-p", "pytest_perfrules")
    return project.runpytest_subprocess(*load, *argv)


def test_nothing_is_collected_unasked(project: pytest.Pytester) -> None:
    assert ran(project).ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_each_case_is_a_test(project: pytest.Pytester) -> None:
    found = ran(project, "--perfrules", "-v")
    found.assert_outcomes(passed=2)
    found.stdout.fnmatch_lines(
        ["*form.cases.yaml::手算 PASSED*", "*form.cases.yaml::缺一项 PASSED*"]
    )


def test_a_setting_asks_too_and_a_failure_reads_as_in_perfrules_test(
    project: pytest.Pytester,
) -> None:
    project.makeini("[pytest]\nperfrules_cases = true\nperfrules_lang = en\n")
    file = project.path / "form.cases.yaml"
    file.write_text(CASES.replace("total: 91.85", "total: 90"), encoding="utf-8")
    found = ran(project)
    found.assert_outcomes(passed=1, failed=1)
    found.stdout.fnmatch_lines(["*form.cases.yaml:3:*FAIL 手算", "*total: want 90, got 91.85*"])


def test_a_file_that_cannot_be_read_fails(project: pytest.Pytester) -> None:
    (project.path / "broken.cases.yaml").write_text("cases: [\n", encoding="utf-8")
    ran(project, "--perfrules").assert_outcomes(passed=2, failed=1)


def test_nothing_of_perfrules_is_imported_before_a_file_is_found() -> None:
    tree = ast.parse(Path(pytest_perfrules.__file__).read_text(encoding="utf-8"))
    top = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
    names = {getattr(node, "module", None) or node.names[0].name for node in top}
    assert names == {"collections.abc", "pathlib", "typing", "pytest"}
