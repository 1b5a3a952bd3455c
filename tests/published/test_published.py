"""Published score tables, replayed: by the rule, and as printed with the cause."""

from pathlib import Path
from typing import Any, cast

import pytest

from perfrules.lang.document import read_document
from perfrules.testing import CaseOutcome, case_files, run_cases

HERE = Path(__file__).parent
EXAMPLES = HERE.parent.parent / "docs" / "examples"
FILES = sorted(case_files(HERE))


def explained(case: CaseOutcome) -> str:
    """Return why a case did not pass."""
    found = [f"{item.what}: wanted {item.want}, got {item.got}" for item in case.differences]
    found += [f"{item.code} {item.message.en}" for item in case.problems]
    return f"{case.file}: {case.name}: {case.outcome.value}: " + "; ".join(found)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.split(".")[0])
def test_published_tables(path: Path) -> None:
    report = run_cases([path])
    assert report.cases
    bad = [explained(case) for case in report.cases if case.outcome.value != "pass"]
    assert not bad, "\n".join(bad)


def test_every_case_names_its_source() -> None:
    for path in FILES:
        for case in run_cases([path]).cases:
            assert case.source.get("zh"), f"{path.name}: {case.name}"


@pytest.mark.parametrize(
    ("example", "cases"),
    [
        ("yongde-2022.yaml", "010-yongde-school-nutrition.cases.yaml"),
        ("huanggang-2020.yaml", "021-huanggang-by-the-form.cases.yaml"),
    ],
)
def test_the_examples_hold_the_same_facts(example: str, cases: str) -> None:
    facts = read_document((EXAMPLES / example).read_bytes(), example).value
    first = cast("dict[str, Any]", read_document((HERE / cases).read_bytes(), cases).value)
    assert facts == first["tests"][0]["facts"]
