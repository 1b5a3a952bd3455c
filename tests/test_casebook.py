"""Cases of libraries, and what they may not ask of a ruleset."""

from pathlib import Path

import pytest

from perfrules.testing import CaseOutcome, run_cases
from tests.sample_reuse import FORM, LIBRARY

CASE = "  - {{name: 甲, {more}facts: {facts}, want: {want}}}\n"


def run(folder: Path, *tests: str, of: str = "edu") -> list[CaseOutcome]:
    (folder / "edu.yaml").write_text(LIBRARY, encoding="utf-8")
    (folder / "form.yaml").write_text(FORM, encoding="utf-8")
    path = folder / "edu.cases.yaml"
    path.write_text(f"cases: {of}\ntests:\n" + "".join(tests), encoding="utf-8")
    return list(run_cases([path]).cases)


def test_rate_score_and_state_are_the_indicators(tmp_path: Path) -> None:
    facts = "{helped: 49, eligible: 100, level: 市}"
    more = "indicator: coverage, as_of: 2022-01-01, "
    found = run(
        tmp_path,
        CASE.format(more=more, facts=facts, want="{rate: 0, score: 0, state: scored}"),
        CASE.format(more=more, facts=facts, want="{rate: 50%}"),
        CASE.format(more=more, facts=facts, want="{score: 5, state: missing}"),
        CASE.format(more=more + "points: 50, ", facts=facts, want="{findings: [coverage]}"),
    )
    assert [case.outcome.value for case in found] == ["pass", "fail", "fail", "pass"]
    assert [item.what for item in found[2].differences] == ["state", "score"]


def test_a_library_is_named_by_path_too(tmp_path: Path) -> None:
    test = CASE.format(
        more="indicator: execution, points: 12, ", facts="{spent: 1, budget: 3}", want="{score: 4}"
    )
    assert [case.outcome.value for case in run(tmp_path, test, of="edu.yaml")] == ["pass"]
    assert [case.outcome.value for case in run(tmp_path, test, of="edu@2")] == ["pass"]


def test_children_of_a_branch_have_their_scores(tmp_path: Path) -> None:
    test = CASE.format(
        more="indicator: process, ", facts="{helped: 50}", want="{score: 1, scores: {second: 0}}"
    )
    assert [case.outcome.value for case in run(tmp_path, test)] == ["pass"]


@pytest.mark.parametrize(
    ("of", "more", "want", "code"),
    [
        ("edu", "", "{rate: 1}", "PRF662"),
        ("edu", "indicator: coverag, ", "{rate: 1}", "PRF273"),
        ("city.form", "indicator: execution, ", "{rate: 1}", "PRF663"),
        ("city.form", "points: 3, ", "{rate: 1}", "PRF663"),
        ("city.form", "", "{score: 1}", "PRF663"),
        ("city.form", "", "{state: scored}", "PRF663"),
        ("city.nobody", "", "{rate: 1}", "PRF601"),
    ],
)
def test_what_cannot_be_tried_is_an_error(
    tmp_path: Path, of: str, more: str, want: str, code: str
) -> None:
    (case,) = run(tmp_path, CASE.format(more=more, facts="{}", want=want), of=of)
    assert case.outcome.value == "error"
    assert [item.code for item in case.problems] == [code]


def test_a_bad_twin_may_be_wanted(tmp_path: Path) -> None:
    test = "  - {name: 甲, indicator: execution, facts: {spent: 1}, want_code: PRF502}\n"
    other = "  - {name: 乙, facts: {}, want_code: PRF662}\n"
    assert [case.outcome.value for case in run(tmp_path, test, other)] == ["pass", "pass"]
