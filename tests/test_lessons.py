"""What users of such tools ask for, one check a row: missing values, traces, rounding, units."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import perfrules
from perfrules.engine.decide import grade_for
from perfrules.engine.program import Program
from perfrules.engine.result import Result
from perfrules.errors import FactsError
from perfrules.lang.load import load_ruleset
from perfrules.registry import listed

SCHOOL = """
ruleset: city.school
version: "1.0"
title: 学校项目
total: 100
inputs:
  budget: {type: money, unit: 万元, min: 0}
  spent: {type: money, unit: 万元, min: 0}
  helped: {type: count}
  liked: {type: percent}
  quality: {type: choice, of: [优, 良, 差]}
  misused: {type: flag}
  cap: {type: number, default: 100}
indicators:
  - {id: execution, points: 20, score: {method: proportional, actual: spent, target: budget}}
  - {id: pupils, points: 40, score: {method: proportional, actual: helped, target: cap}}
  - id: quality_of_work
    points: 20
    missing: zero
    score: {method: levels, level: quality, shares: {优: 100%, 良: 70%, 差: 0%}}
  - id: opinion
    points: 20
    score:
      method: bands
      actual: liked
      bands: [{at_least: 90%, points: 20}, {at_least: 60%, points: 10}, {else: 0}]
gates: [{id: misuse, when: misused, then: {grade: 差}}]
grades:
  - {name: 优, at_least: 90}
  - {name: 良, at_least: 80}
  - {name: 中, at_least: 60}
  - {name: 差, at_least: 0}
"""
PLAN = load_ruleset(SCHOOL)
PROGRAM = Program(PLAN)
FACTS: dict[str, Any] = {
    "budget": "200",
    "spent": "150",
    "helped": "90",
    "liked": "91%",
    "quality": "良",
    "misused": "否",
}


def score(**changed: object) -> Result:
    return PROGRAM.score({**FACTS, **changed})


@pytest.mark.parametrize("name", [*FACTS, "cap"])
def test_a_dropped_input_is_never_a_silent_zero(name: str) -> None:
    """B1: dropping a key raises, changes a state, or is listed as defaulted."""
    facts = {key: value for key, value in {**FACTS, "cap": "50"}.items() if key != name}
    try:
        result = PROGRAM.score(facts)
    except FactsError as error:
        told = [item.message.en for item in error.diagnostics]
        assert name in " ".join(told)
        return
    states = {line.state.value for line in result.lines()}
    assert name in result.defaulted or states != {"scored"}


def test_a_veto_has_no_default() -> None:
    """B1: a flag that a gate asks for and that has a default is refused."""
    with pytest.raises(perfrules.RulesetError) as error:
        load_ruleset(SCHOOL.replace("misused: {type: flag", "misused: {default: false, type: flag"))
    assert [item.code for item in error.value.diagnostics] == ["PRF492"]


@given(
    spent=st.integers(0, 300),
    helped=st.integers(0, 150),
    liked=st.integers(0, 100),
    quality=st.sampled_from(["优", "良", "差", None]),
)
@settings(max_examples=60, deadline=None)
def test_each_lost_point_has_one_line(
    spent: int, helped: int, liked: int, quality: str | None
) -> None:
    """B3: what the leaves lost is what the total lacks, and each that lost says why."""
    result = score(spent=spent, helped=helped, liked=f"{liked}%", quality=quality)
    lost = sum((line.lost for line in result.reasons()), Decimal(0))
    assert result.total is not None
    assert lost == 100 - result.total
    assert all(line.because.zh and line.because.en for line in result.reasons())
    assert len({line.id for line in result.reasons()}) == len(result.reasons())


@given(cents=st.integers(0, 10_000))
def test_every_total_of_two_digits_has_one_grade(cents: int) -> None:
    """B8, B9: no total falls between two grades, and bounds belong to the better one."""
    total = Decimal(cents).scaleb(-2)
    wanted = "优" if cents >= 9000 else "良" if cents >= 8000 else "中" if cents >= 6000 else "差"
    assert grade_for(total, PLAN.grades) == wanted


@given(helped=st.integers(0, 200), spent=st.decimals(0, 300, places=3))
@settings(max_examples=60, deadline=None)
def test_the_printed_total_earns_the_printed_grade(helped: int, spent: Decimal) -> None:
    """B8: the grade is decided on the number that is shown."""
    shown = score(helped=helped, spent=str(spent)).to_dict()
    assert grade_for(Decimal(str(shown["total"])), PLAN.grades) == shown["grade"]


def test_a_summary_of_thirty_indicators_is_short() -> None:
    """B15: the first depth fits on a screen."""
    leaves = "\n".join(
        f"  - {{id: i{n}, points: 1, score: {{method: met, when: ok}}}}" for n in range(30)
    )
    text = (
        'ruleset: a.b\nversion: "1.0"\ntitle: 三十项\ntotal: 30\ninputs: {ok: {type: flag}}\n'
        f"indicators:\n{leaves}\ngrades: [{{name: 差, at_least: 0}}]\n"
    )
    result = Program(load_ruleset(text)).score({"ok": False})
    assert len(result.explain(lang="zh", depth="summary").splitlines()) <= 30


def test_money_is_the_same_in_every_unit() -> None:
    """B20: 120万元 and 1,200,000元 are one amount, and a percentage is no number."""
    one = score(spent="120万元")
    for other in ("1,200,000元", "1200千元", "0.012亿元", "120"):
        assert score(spent=other).total == one.total
    with pytest.raises(FactsError):
        score(helped="98%")
    with pytest.raises(FactsError):
        score(liked="98")


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        # 20 × (0.1 + 0.2) ÷ 0.3 = 20 in decimals; binary floats make it 20.000000000000004.
        ({"budget": "0.3", "spent": "0.3"}, "20.00"),
        # 20 × 2.675 ÷ 20 = 2.675 → 2.68; a float holds 2.67499999… and would give 2.67.
        ({"budget": "20", "spent": "2.675"}, "2.68"),
        ({"budget": 20.0, "spent": 2.675}, "2.68"),
        # 20 × 25,000,001 ÷ 25,000,001 = 20
        ({"budget": "25,000,001", "spent": "25,000,001"}, "20.00"),
    ],
)
def test_money_never_passes_through_a_float(facts: Mapping[str, object], wanted: str) -> None:
    """B23: exact from text to report; a float is the decimal that its repr writes."""
    assert f"{score(**facts).line('execution').score:f}" == wanted


def test_sums_in_expressions_are_exact() -> None:
    """B23: 0.1 + 0.2 is 0.3."""
    text = 'ruleset: a.b\nversion: "1.0"\ntitle: 和\ninputs: {}\nreport: {same: 0.1 + 0.2 == 0.3}\n'
    assert Program(load_ruleset(text)).score({}).report["same"] is True


def test_a_table_of_110_points_is_refused() -> None:
    """B11: the sums of published tables are checked, never rescaled."""
    sheet = [
        {"block": "产出指标", "name": name, "target": "≥1个", "actual": "1个", "points": points}
        for name, points in (("甲", 40), ("乙", 50))
    ]
    program = perfrules.load("hubei.project_self_evaluation")
    facts = {"adjusted_budget": "1", "executed": "1", "misused": "否", "targets": sheet}
    with pytest.raises(FactsError) as error:
        program.score(facts)
    assert error.value.diagnostics[0].code == "PRF540"
    assert "90" in error.value.diagnostics[0].message.en
    assert "80" in error.value.diagnostics[0].message.en


def test_every_shipped_ruleset_is_named_by_its_file() -> None:
    """A stranger finds a ruleset where its id says it is."""
    root = Path(__file__).parents[1]
    for path in root.glob("rulesets/**/*.yaml"):
        found = listed(path)
        if found is not None and found.kind == "ruleset":
            area, name = found.id.split(".", 1)
            assert path.stem == name
            assert path.relative_to(root / "rulesets").parts[0] == area
