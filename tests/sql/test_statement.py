"""The statement run in duckdb says what `Program.scores` says, on every ruleset that has one."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

import perfrules
from benchmarks import workloads
from perfrules.engine.program import Program
from perfrules.errors import RulesetError, UsageError
from perfrules.lang.load import load_ruleset
from perfrules.sql import to_sql
from tests.random_rulesets import Drawn
from tests.sql.agreement import Cells, ask, cells, differs, disagreements
from tests.strategies import thresholds

ROOT = Path(__file__).parents[2]
DAY = date(2024, 6, 30)


def rulesets(*patterns: str) -> list[Path]:
    found = [path for pattern in patterns for path in ROOT.glob(pattern)]
    return sorted(path for path in found if b"\nruleset:" in b"\n" + path.read_bytes()[:1000])


SHIPPED = rulesets("rulesets/**/*.yaml", "plugins/*/src/*/rulesets/*.yaml")
GOOD = rulesets("tests/cases/good/*.yaml")
# What has no statement, each with what stands in the way.
REFUSED = {
    "accountability_register": "for_each",
    "boarding_subsidy": "evidence",
    "contractor": "table",
    "hubei/project_self_evaluation": "for_each",
    "dazhou/department_evaluation/department_evaluation": "for_each",
    "infrastructure": "redistribute",
    "joint_review": "panel",
    "mof/project_self_evaluation": "for_each",
    "monitoring": "table",
    "policy_evaluation": "for_each",
    "project_evaluation": "for_each",
    "public_funds": "for_each",
    "result_application": "table",
    "satisfaction_survey": "table",
    "school_building": "redistribute",
    "self_and_review": "for_each",
    "sorting": "table",
    "target_review": "table",
}
REFUSED_GOOD = {
    "aggregates": "geometric mean",
    "golden": "target",
    "not_applicable": "redistribute",
    "panel": "panel",
    "split": "for_each",
    "states": "evidence",
    "target_cells": "for_each",
}


def reason(path: Path, known: dict[str, str]) -> str | None:
    """Return why a ruleset is refused; None where it isn't listed."""
    written = path.with_suffix("").as_posix()
    return next((why for name, why in known.items() if written.endswith(f"/{name}")), None)


def program(path: Path) -> Program:
    return perfrules.load(str(path), as_of=DAY)


def rows_of(program: Program, times: int, seed: int = 0) -> list[dict[str, object]]:
    chance = Random(seed)  # noqa: S311 - seeded
    known = list(thresholds(program.plan))
    return [cells(program.plan, chance, known) for _ in range(times)]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_rulesets(path: Path) -> None:
    held_to(path, reason(path, REFUSED), 60)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_good_rulesets(path: Path) -> None:
    held_to(path, reason(path, REFUSED_GOOD), 60)


def held_to(path: Path, why: str | None, times: int) -> None:
    loaded = program(path)
    if why is not None:
        with pytest.raises(UsageError) as found:
            to_sql(loaded)
        assert any(why in item.message.en for item in found.value.diagnostics)
        assert {item.code for item in found.value.diagnostics} <= {"PRF680", "PRF681"}
        return
    assert disagreements(loaded, rows_of(loaded, times)) == []


def test_a_good_share_has_a_statement() -> None:
    assert len(SHIPPED) == len(REFUSED) + 16


@pytest.mark.parametrize(("leaves", "times"), [(20, 400), (100, 60)])
def test_workloads(leaves: int, times: int) -> None:
    loaded = perfrules.loads(workloads.ruleset(leaves))
    chance = Random(leaves)  # noqa: S311 - seeded
    rows = [typed(workloads.row(leaves, chance)) for _ in range(times)]
    rows += rows_of(loaded, times // 4)
    answers = ask(loaded, rows)
    assert [differs(loaded, row, answer) for row, answer in zip(rows, answers, strict=True)] == (
        [None] * len(rows)
    )
    assert all(answer["fault"] is None for answer in answers[:times])


def typed(row: Mapping[str, Any]) -> Cells:
    """Return the facts of a workload as the cells of a table."""
    found: Cells = {}
    for name, value in row.items():
        if isinstance(value, dict):
            found |= {f"{name}.{level}": int(count) for level, count in value.items()}
        elif value in ("是", "否"):
            found[name] = value == "是"
        elif value[0] in workloads.LABELS:
            found[name] = value.split("、")
        elif value.isdecimal():
            found[name] = int(value)
        else:
            percent = value.endswith("%")
            found[name] = Decimal(value.rstrip("%")) / (100 if percent else 1)
    return found


def test_ties() -> None:
    """15 × 0.667 = 10.005 is 10.01, 15 × 0.6669 = 10.0035 is 10.00; 3 × 0.5 ÷ 100 is 0.015."""
    text = (
        'ruleset: small.ties\nversion: "1.0"\ntitle: t\ntotal: 15\n'
        "grades: [{name: 合格, at_least: 9}, {name: 不合格, at_least: 0}]\n"
        "inputs:\n  a: {type: number, min: 0}\nindicators:\n"
        "  - {id: x, points: 15, score: {method: proportional, actual: a, target: 1000}}\n"
    )
    loaded = perfrules.loads(text)
    rows = [{"unit": None, "a": Decimal(value)} for value in ("667", "666.9", "1", "333")]
    totals = [str(answer["total"]) for answer in ask(loaded, rows)]
    assert totals == ["10.01", "10.00", "0.02", "5.00"]
    assert disagreements(loaded, rows) == []


class Sayable(Drawn):
    """Rulesets drawn at random of what SQL can say, most of the time."""

    UNSAID = ("rows", "**", "geometric", "redistribute", "evidence", "contains", "leaves(")

    def one(self, *items: str) -> str:
        kept = [item for item in items if not any(word in item for word in self.UNSAID)]
        return super().one(*(kept or items[:1]))

    def sheet(self, indent: str, points: str) -> list[str]:
        return self.leaf(indent, points)

    def text(self) -> str:
        written = super().text()
        start, end = written.index("  rows:\n"), written.index("      level: {type: choice")
        return written[:start] + written[written.index("\n", end) + 1 :]


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(st.randoms(use_true_random=False))
def test_any_ruleset(chance: Random) -> None:
    try:
        loaded = Program(load_ruleset(Sayable(chance).text(), "random.yaml"), DAY)
        to_sql(loaded)
    except (RulesetError, UsageError):
        assume(False)
    assert disagreements(loaded, rows_of(loaded, 12, chance.randrange(10**6))) == []
