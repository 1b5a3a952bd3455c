"""Tianmen's rules over many results: complete, tried, and shown at work by their own READMEs."""

import re
import shlex
from decimal import Decimal
from pathlib import Path

import pytest

from perfrules import check, load_portfolio
from perfrules.cli import main
from perfrules.engine.reason import show_value
from perfrules.lang.types import PERCENT
from perfrules.testing import run_cases

ROOT = Path(__file__).parent.parent
NAMES = ("incentive_fund", "consolidation", "annual_summary")
COMMAND = re.compile(r"^perfrules .*$", re.MULTILINE)
EVIDENCE = re.compile(r"evidence: (\w+)")


def folder(name: str) -> Path:
    return ROOT / "rulesets" / "tianmen" / name


@pytest.mark.parametrize("name", NAMES)
def test_has_no_finding_and_its_cases_pass(name: str) -> None:
    assert check(folder(name) / f"{name}.yaml") == ()
    report = run_cases([folder(name)])
    assert len(report.cases) >= 3
    bad = [(case.name, case.differences, case.problems) for case in report.cases]
    assert report.ok, bad


@pytest.mark.parametrize("name", NAMES)
def test_every_column_and_reported_value_is_in_a_case(name: str) -> None:
    plan = load_portfolio(f"tianmen.{name}").plan
    cases = (folder(name) / f"{name}.cases.yaml").read_text(encoding="utf-8")
    told = [*plan.order, *(item.id for item in plan.report)]
    assert [word for word in told if not re.search(rf"\b{word}: ", cases)] == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_shown_as_official(name: str) -> None:
    """No official text was at hand, and every decision says where it comes from."""
    text = (folder(name) / f"{name}.yaml").read_text(encoding="utf-8")
    assert set(EVIDENCE.findall(text)) <= {"published", "background", "proposed"}
    plan = load_portfolio(f"tianmen.{name}").plan
    assert all(item.basis for item in plan.decisions)
    assert all(item.basis for item in plan.parameters)


@pytest.mark.parametrize("name", NAMES)
def test_the_readme_is_in_chinese_first_and_its_commands_run(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = (folder(name) / "README.md").read_text(encoding="utf-8")
    assert page.index("什么时候用") < page.index("In English.")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rulesets").symlink_to(ROOT / "rulesets")
    ran = COMMAND.findall(page)
    assert len(ran) >= 3
    for line in ran:
        code = main(shlex.split(line)[1:])
        assert code == 0, line + capsys.readouterr().err


def test_the_share_of_returned_sheets_that_the_summary_reports() -> None:
    # [V S01]: 8,496 reviewed, 348 returned, 约4.1%; 348 / 8496 = 4.096 % [D]
    portfolio = load_portfolio("tianmen.annual_summary")
    reviews, evaluations = portfolio.plan.sources
    found = portfolio.score(
        {
            "reviews": [
                short(reviews, f"项目{number}", "中" if number < 348 else "优")
                for number in range(8496)
            ],
            "evaluations": [],
        }
    )
    assert found.report["reviewed"] == 8496
    assert found.report["returned"] == 348
    share = found.report["returned_share"]
    assert share == Decimal("0.041")
    assert show_value(share, PERCENT).zh == "4.1%"
    assert evaluations.ruleset == "mof.project_evaluation"


def short(source: object, unit: str, grade: str) -> dict[str, object]:
    """Return a result of a source with the same value for every line."""
    columns = source.columns  # type: ignore[attr-defined]
    ids = {path.partition(".")[2] for path in columns if "." in path}
    return {
        "format": 1,
        "ruleset": {"id": source.ruleset, "version": "1.0", "digest": source.digest},  # type: ignore[attr-defined]
        "unit": unit,
        "total": "70.00",
        "rate": "0.7",
        "grade": grade,
        "complete": "1",
        "indicators": [
            {"id": name, "score": "1", "rate": "0.7", "state": "scored"} for name in ids
        ],
    }
