"""Cases of a portfolio: what passes, what fails, what can't be tried; each told apart."""

from pathlib import Path

import pytest

from perfrules import check
from perfrules.testing import CaseOutcome, Outcome, run_cases
from tests.sample_rulesets import FORM

FUND = """\
portfolio: city.fund
version: "1.0"
inputs: {pool: {type: money, unit: 元}}
results: {r: {of: city.form@1}}
derive:
  place: {rank: r.total}
  share: {allocate: pool, in_proportion_to: r.fact.budget}
decisions: {rules: [{id: reward, when: place == 1, do: {code: reward}}]}
report: {fund: sum(share), grades: {count: true, by: r.grade}}
"""
CASE = """\
cases: city.fund
tests:
  - name: 两个项目
    inputs: {pool: 100元}
    results:
      - {unit: 甲, total: 95, grade: 优}
      - {unit: 乙, total: 70, grade: 中, scores: {output: 9}}
    facts: [{unit: 甲, budget: 1万元}, {unit: 乙, budget: 3万元}]
    want:
      rows: {甲: {place: 1, share: 25.00}, 乙: {place: 2, share: 75}}
      decisions: {甲: [reward], 乙: []}
      report: {fund: 100, grades: {优: 1, 中: 1, 差: 0}}
      rejected: []
      warnings: []
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "form.yaml").write_text(FORM, encoding="utf-8")
    (tmp_path / "fund.yaml").write_text(FUND, encoding="utf-8")
    return tmp_path


def tried(folder: Path, text: str) -> CaseOutcome:
    path = folder / "fund.cases.yaml"
    path.write_text(text, encoding="utf-8")
    (case,) = run_cases([path]).cases
    return case


def test_passes(folder: Path) -> None:
    case = tried(folder, CASE)
    assert (case.outcome, case.name) == (Outcome.PASS, "两个项目"), case
    assert case.span is not None
    assert case.span.line == 3
    assert check(folder / "fund.cases.yaml") == ()


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("share: 25.00", "share: 25.01", "rows.甲.share"),
        ("place: 1,", "place: none,", "rows.甲.place"),
        ("甲: [reward]", "甲: []", "decisions.甲"),
        ("fund: 100", "fund: 99.99", "report.fund"),
        ("优: 1,", "优: 2,", "report.grades.优"),
        ("rejected: []", "rejected: [丙]", "rejected"),
        ("warnings: []", "warnings: [PRF731]", "warnings"),
    ],
)
def test_one_difference_fails_and_is_named(folder: Path, old: str, new: str, what: str) -> None:
    assert old in CASE
    case = tried(folder, CASE.replace(old, new))
    assert case.outcome is Outcome.FAIL
    assert [item.what for item in case.differences] == [what]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("乙: {place: 2", "丙: {place: 2", "PRF631"),
        ("place: 1,", "plaice: 1,", "PRF631"),
        ("fund: 100", "fond: 100", "PRF631"),
        ("scores: {output: 9}", "scores: {outputs: 9}", "PRF631"),
        ("inputs: {pool: 100元}", "inputs: {pol: 100元}", "PRF501"),
        ("cases: city.fund", "cases: city.fond", "PRF601"),
        ("facts: [", "fact: [", "PRF201"),
        ("- {unit: 甲, total", "- {unti: 甲, total", "PRF201"),
        ("facts: [{unit: 甲, budget: 1万元}", "facts: [甲", "PRF212"),
    ],
)
def test_a_slip_is_an_error_not_a_failure(folder: Path, old: str, new: str, code: str) -> None:
    assert old in CASE
    case = tried(folder, CASE.replace(old, new))
    assert case.outcome is Outcome.ERROR
    assert code in {item.code for item in case.problems}


def test_a_wanted_code(folder: Path) -> None:
    start = CASE.index("    want:")
    refused = CASE[:start].replace("    inputs: {pool: 100元}\n", "") + "    want_code: PRF502\n"
    assert tried(folder, refused).outcome is Outcome.PASS
    other = tried(folder, refused.replace("PRF502", "PRF729"))
    assert (other.outcome, other.differences[0].what) == (Outcome.FAIL, "want_code")
    unrefused = tried(folder, CASE[:start] + "    want_code: PRF502\n")
    assert unrefused.outcome is Outcome.FAIL


def test_only_some_are_run(folder: Path) -> None:
    (folder / "fund.cases.yaml").write_text(CASE, encoding="utf-8")
    report = run_cases([folder / "fund.cases.yaml"], only="三个")
    assert [case.outcome for case in report.cases] == [Outcome.SKIP]
    assert not report.ok
