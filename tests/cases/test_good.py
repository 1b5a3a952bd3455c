"""The language by example: each ruleset in `good/` with the cases beside it."""

from pathlib import Path

import pytest

from perfrules import check
from perfrules.testing import case_files, run_cases

HERE = Path(__file__).parent
GOOD = HERE / "good"
RULESETS = sorted(path for path in GOOD.glob("*.yaml") if not path.name.endswith(".cases.yaml"))
FILES = sorted([HERE / "golden.cases.yaml", *case_files(GOOD)])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.split(".")[0])
def test_cases_pass(path: Path) -> None:
    report = run_cases([path])
    assert report.cases
    bad = [
        f"{case.name}: {case.outcome.value}: "
        + "; ".join(f"{item.what}: wanted {item.want}, got {item.got}" for item in case.differences)
        + "; ".join(f"{item.code} {item.message.en}" for item in case.problems)
        for case in report.cases
        if case.outcome.value != "pass"
    ]
    assert not bad, "\n".join(bad)


@pytest.mark.parametrize("path", RULESETS, ids=lambda path: path.stem)
def test_rulesets_have_no_findings(path: Path) -> None:
    assert check(path) == ()


def test_every_ruleset_has_cases() -> None:
    """The cases of golden are one folder up; the corrected twelve faults are only checked."""
    without = [path.stem for path in RULESETS if not path.with_suffix(".cases.yaml").is_file()]
    assert without == ["golden", "twelve_faults_corrected"]
