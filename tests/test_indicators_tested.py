"""Every indicator of every shipped library has a case, and a case in which it falls short."""

import re
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from perfrules.lang.load import load_cases, load_library
from tests.kinds import holds

ROOT = Path(__file__).parents[1]
LIBRARIES = sorted(
    path
    for pattern in ("rulesets/**/*.yaml", "plugins/*/src/**/*.yaml")
    for path in ROOT.glob(pattern)
    if holds("library", path)
)
AT_LEAST = {"education": 40, "sanitation": 35, "poverty": 35}


@pytest.mark.parametrize("path", LIBRARIES, ids=lambda path: path.stem)
def test_every_indicator_has_a_good_and_a_bad_case(path: Path) -> None:
    _, library = load_library(path.read_bytes(), str(path))
    cases = path.with_name(f"{path.stem}.cases.yaml")
    spec, _ = load_cases(cases.read_bytes(), str(cases))
    seen: dict[str, list[bool]] = defaultdict(list)
    for case in spec.tests:
        full = case.want is not None and case.want.rate == Decimal(1)
        seen[str(case.indicator)].append(full)
    lacking = [name for name in library.indicators if len(seen[name]) < 2]
    assert lacking == []
    assert [name for name in library.indicators if all(seen[name])] == []


@pytest.mark.parametrize(("sector", "least"), AT_LEAST.items())
def test_a_sector_has_enough_indicators(sector: str, least: int) -> None:
    count = 0
    for path in LIBRARIES:
        _, library = load_library(path.read_bytes(), str(path))
        if library.id.split(".")[0] == sector:
            count += len(library.indicators)
    assert count >= least


TAXONOMY = {
    *("decision.project_setup", "decision.targets", "decision.funding"),
    *("process.funds", "process.execution", "process.organisation"),
    *("output", "output.quantity", "output.quality", "output.timeliness", "output.cost"),
    *("benefit.economic", "benefit.social", "benefit.ecological", "benefit.sustainability"),
    "satisfaction",
}


def test_shipped_documents_use_one_taxonomy() -> None:
    used = {
        word
        for pattern in ("rulesets/**/*.yaml", "plugins/*/src/**/*.yaml")
        for path in ROOT.glob(pattern)
        for word in re.findall(r"\bcategory: ([\w.]+)", path.read_text(encoding="utf-8"))
    }
    assert used - TAXONOMY == set()
