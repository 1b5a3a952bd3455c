"""Cases: what passes, fails, can't be tried or is skipped; nothing found is no success."""

from pathlib import Path

import pytest

import perfrules
from perfrules.errors import UsageError
from perfrules.registry import Registry
from perfrules.testing import CaseReport, Outcome, run_cases
from tests.sample_rulesets import CASES, FORM

FACTS = "{budget: 2000万元, executed: 1585.4万元, done: 95%, misused: 否}"


def run(folder: Path, cases: str, ruleset: str = FORM, **options: str) -> CaseReport:
    (folder / "form.yaml").write_text(ruleset, encoding="utf-8")
    (folder / "form.cases.yaml").write_text(cases, encoding="utf-8")
    return run_cases([folder], Registry([]), **options)


def one(folder: Path, want: str, within: str = "") -> CaseReport:
    text = f"cases: city.form\ntests:\n  - name: x\n    facts: {FACTS}\n    want: {want}\n{within}"
    return run(folder, text)


def test_cases_pass(tmp_path: Path) -> None:
    report = run(tmp_path, CASES)
    assert [case.outcome for case in report.cases] == [Outcome.PASS, Outcome.PASS], report.cases
    assert report.ok


@pytest.mark.parametrize(
    ("want", "what", "wanted", "got"),
    [
        ("{total: 91.84}", "total", "91.84", "91.85"),
        ("{total: none}", "total", "none", "91.85"),
        ("{rate: 0.9}", "rate", "0.9", "0.9185"),
        ("{grade: 良}", "grade", "良", "优"),
        ("{complete: 50%}", "complete", "0.5", "1"),
        ("{scores: {execution: 15.86}}", "scores.execution", "15.86", "15.85"),
        ("{rates: {output: 96%}}", "rates.output", "0.96", "0.95"),
        ("{states: {output: missing}}", "states.output", "missing", "scored"),
        ("{decisions: []}", "decisions", "-", "guarantee"),
        ("{decisions: [rectify]}", "decisions", "rectify", "guarantee"),
        ("{gates: [misuse]}", "gates", "misuse", "-"),
        ("{findings: []}", "findings", "-", "execution"),
        ("{lost_first: output}", "lost_first", "output", "execution"),
        ("{warnings: [PRF555]}", "warnings", "PRF555", "-"),
    ],
)
def test_a_difference_names_key_want_and_got(
    tmp_path: Path, want: str, what: str, wanted: str, got: str
) -> None:
    (case,) = one(tmp_path, want).cases
    assert case.outcome is Outcome.FAIL, case
    (found,) = case.differences
    assert (found.what, found.want, found.got) == (what, wanted, got)


def test_a_line_s_difference_brings_its_reason_and_its_place(tmp_path: Path) -> None:
    (case,) = one(tmp_path, "{scores: {execution: 20}}").cases
    assert "1585.4万元" in case.differences[0].because.zh
    assert case.span is not None
    assert (Path(case.span.file).name, case.span.line) == ("form.cases.yaml", 3)


@pytest.mark.parametrize(
    "want",
    [
        "{total: 91.850}",
        "{rate: 91.85%}",
        "{complete: 100%}",
        "{decisions: [guarantee_funding]}",
        "{gates: []}",
        "{lost_first: [execution, output]}",
        "{rates: {execution: 0.7927}}",
    ],
)
def test_what_is_equal_in_value_is_equal(tmp_path: Path, want: str) -> None:
    # 4.15 lost on execution, 4 on output.
    assert one(tmp_path, want).ok


def test_a_tolerance_needs_a_reason_and_is_exact(tmp_path: Path) -> None:
    within = "    within: {total: 0.05, because: 原表印一位小数}\n"
    assert one(tmp_path, "{total: 91.9}", within).ok
    assert not one(tmp_path, "{total: 91.91}", within).ok
    bare = one(tmp_path, "{total: 91.9}", "    within: {total: 0.05}\n")
    assert [case.outcome for case in bare.cases] == [Outcome.ERROR]


def test_a_name_that_no_result_has_is_an_error_with_the_nearest(tmp_path: Path) -> None:
    (case,) = one(tmp_path, "{scores: {excution: 20}}").cases
    assert case.outcome is Outcome.ERROR
    assert case.problems[0].code == "PRF631"
    assert case.problems[0].hint.en == "did you mean execution?"


@pytest.mark.parametrize(
    ("facts", "code", "outcome"),
    [
        ("{budget: 1万元, done: 1%, misused: 否}", "PRF502", Outcome.PASS),
        ("{budget: 1万元, done: 1%, misused: 否}", "PRF530", Outcome.FAIL),
        (FACTS, "PRF502", Outcome.FAIL),
    ],
)
def test_a_wanted_code_is_one_that_refuses_the_facts(
    tmp_path: Path, facts: str, code: str, outcome: Outcome
) -> None:
    text = f"cases: city.form\ntests:\n  - {{name: x, facts: {facts}, want_code: {code}}}\n"
    (case,) = run(tmp_path, text).cases
    assert case.outcome is outcome, case


def test_refused_facts_where_a_result_is_wanted_are_an_error(tmp_path: Path) -> None:
    text = "cases: city.form\ntests:\n  - {name: x, facts: {budget: 1万元}, want: {total: 1}}\n"
    (case,) = run(tmp_path, text).cases
    assert case.outcome is Outcome.ERROR
    assert case.problems


def test_a_broken_ruleset_is_each_case_s_error_unless_its_code_is_wanted(tmp_path: Path) -> None:
    broken = FORM.replace("points: 20", "points: 21")
    code = perfrules.check(broken)[0].code
    text = (
        f"cases: form.yaml\ntests:\n  - {{name: a, facts: {FACTS}, want: {{total: 1}}}}\n"
        f"  - {{name: b, facts: {FACTS}, want_code: {code}}}\n"
    )
    report = run(tmp_path, text, broken)
    assert [case.outcome for case in report.cases] == [Outcome.ERROR, Outcome.PASS]


def test_a_broken_file_of_cases_is_an_error_and_the_others_run(tmp_path: Path) -> None:
    (tmp_path / "a.cases.yaml").write_text("cases: city.form\n", encoding="utf-8")
    report = run(tmp_path, CASES)
    assert [case.outcome for case in report.cases] == [Outcome.ERROR, Outcome.PASS, Outcome.PASS]
    assert not report.ok


def test_a_ruleset_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    report = run(tmp_path, CASES.replace("city.form", "city.nothing"))
    assert {case.outcome for case in report.cases} == {Outcome.ERROR}
    assert report.cases[0].problems[0].code == "PRF601"


def test_the_ruleset_beside_the_cases_comes_before_the_registry_s(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "form.yaml").write_text(FORM.replace("points: 20", "points: 21"), encoding="utf-8")
    here = tmp_path / "here"
    here.mkdir()
    (here / "form.yaml").write_text(FORM, encoding="utf-8")
    (here / "form.cases.yaml").write_text(CASES, encoding="utf-8")
    assert run_cases([here], Registry([other])).ok


def test_what_is_not_asked_for_is_skipped_and_told_apart(tmp_path: Path) -> None:
    report = run(tmp_path, CASES, only="手算")
    assert [case.outcome for case in report.cases] == [Outcome.PASS, Outcome.SKIP]
    assert report.ok
    assert not run(tmp_path, CASES, only="没有").ok


def test_nothing_found_is_no_success(tmp_path: Path) -> None:
    report = run_cases([tmp_path], Registry([]))
    assert report.cases == ()
    assert not report.ok


def test_a_path_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as error:
        run_cases([tmp_path / "nothing.cases.yaml"])
    assert [item.code for item in error.value.diagnostics] == ["PRF603"]


def test_no_name_is_not_the_current_folder() -> None:
    with pytest.raises(UsageError) as error:
        run_cases([""])
    assert [item.code for item in error.value.diagnostics] == ["PRF603"]


def test_without_paths_the_registry_s_cases_run(tmp_path: Path) -> None:
    (tmp_path / "form.yaml").write_text(FORM, encoding="utf-8")
    (tmp_path / "form.cases.yaml").write_text(CASES, encoding="utf-8")
    assert len(run_cases(registry=Registry([tmp_path])).cases) == 2
