"""One function from facts to scores: what it takes, it scores as admission and reference would."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, localcontext
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.engine.codegen.arithmetic import EXACT
from perfrules.engine.codegen.compiled import Compiled
from perfrules.engine.codegen.scores import Scores
from perfrules.engine.codegen.straight import make_straight
from perfrules.engine.facts import admit
from perfrules.engine.program import Program, parameters_on
from perfrules.lang.load import load_ruleset
from perfrules.lang.types import MISSING
from tests.engine.codegen.agreement import differs, numbers
from tests.sample_rulesets import SHEET
from tests.small import plan

MIXED = plan("""
parameters: {goal: {title: 目标, values: {2020-01-01: 100, 2024-01-01: 200}}}
inputs:
  budget: {type: money, unit: 万元, min: 0}
  paid: {type: money, unit: 万元, min: 0}
  large: {type: money, unit: 亿元, min: 0, max: 50亿元}
  done: {type: percent, min: 0%}
  size: {type: number, min: 0}
  free: {type: number}
  usual: {type: number, default: 7.50}
  spare: {type: number, optional: true}
  misused: {type: flag}
  level: {type: choice, of: [好, 差]}
  marks: {type: choice, of: [①, ②], many: true}
  answers: {type: survey, of: [满意, 一般, 不满意]}
  others: {type: survey, of: [满意, 不满意]}
indicators:
  - id: paid_out
    points: 30
    missing: zero
    score: {method: proportional, actual: paid, target: budget, floor: 20%}
  - {id: sized, points: 17, score: {method: proportional, actual: size, target: goal}}
  - {id: low, points: 13, score: {method: proportional, actual: size, target: 60, better: lower}}
  - id: parts
    points: 10
    score:
      method: mix
      of:
        - {share: 50%, score: {method: proportional, actual: paid, target: budget}}
        - {share: 50%, score: {method: proportional, actual: size, target: 900}}
  - {id: spared, points: 5, missing: not_applicable, score: {method: formula, rate: spare / 100}}
  - {id: happy, points: 15, score: {method: survey, actual: answers, values: {满意: 100%, 一般: 60%, 不满意: 0%}}}
  - {id: other, points: 10, score: {method: survey, actual: others, values: {满意: 100%, 不满意: 0%}}}
gates:
  - {id: rich, when: large > 40亿元, then: {cap_total: 90}}
  - {id: misuse, when: misused, then: {cap_total: 59}}
decisions:
  rules:
    - {id: big, when: paid > 1000万元 and free < usual, do: {code: big}}
""")  # noqa: E501 - one line an indicator
DAY = date(2023, 5, 1)
FACTS: dict[str, Any] = {
    "budget": "2000", "paid": "1585.4", "large": "12", "done": "95%", "size": "71.5", "free": "-3",
    "usual": "8", "spare": "55", "misused": "否", "level": "好", "marks": "①",
    "answers": {"满意": "30", "一般": "3", "不满意": "2"}, "others": {"满意": 7, "不满意": 1},
}  # fmt: skip


def ready(program: Program) -> Compiled:
    compiled = program._compiling()
    compiled.attempt(FACTS, program.as_of, program._parameters_on)
    return compiled


def straight(facts: dict[str, Any], when: date = DAY) -> object:
    """Return what the function gives; None where it doesn't take the facts."""
    found = ready(Program(MIXED, when))._ready[2]
    assert found is not None
    try:
        return found.function(facts, when)
    except LookupError:
        return None


def test_plain_facts_are_taken() -> None:
    """30 × 0.7927 = 23.78; 17 × 71.5 ÷ 100 = 12.155; 13 × 60 ÷ 71.5 = 10.909; 5 × 0.55 = 2.75;
    10 × (0.7927 + 71.5 ÷ 900) ÷ 2 = 4.3607; 15 × 31.8 ÷ 35 = 13.63; 10 × 7 ÷ 8 = 8.75.
    """
    found = straight(FACTS)
    assert isinstance(found, Scores)
    wanted = ("23.78", "12.16", "10.91", "4.36", "2.75", "13.63", "8.75")
    assert tuple(map(str, found.scores)) == wanted
    assert str(found.total) == "76.34"
    assert found.decisions == ("big",)
    assert straight({**FACTS, "unit": "P001"}) is not None


@pytest.mark.parametrize(
    "change",
    [
        {"paid": None}, {"paid": "1,585"}, {"size": "-1"}, {"large": "51"}, {"large": "50.1"},
        {"done": "95"}, {"level": "中"}, {"misused": 2}, {"marks": "③"}, {"answers": {"满意": "1"}},
        {"answers": {"满意": "1", "一般": "x", "不满意": "2"}}, {"others": [1]}, {"odd": 1},
        {"unit": "a\nb"}, {"as_of": "2023-05-01"}, {"waive": {}}, {7: 1}, {"size": "1" * 16},
        {"others": {"满意": 7, "不满意": -1}}, {"others": {"满意": True, "不满意": 1}},
        {"answers": {"满意": "", "一般": "1", "不满意": "2"}}, {"spare": "x"}, {"usual": "１"},
    ],
    ids=str,
)  # fmt: skip
def test_other_facts_are_left(change: dict[Any, Any]) -> None:
    assert straight({**FACTS, **change}) is None


def test_a_line_that_is_not_scored_is_left_to_policies() -> None:
    facts = {name: value for name, value in FACTS.items() if name != "spare"}
    found = straight(facts)
    assert type(found) is tuple
    values, _ = found
    assert list(values) == [*admit(MIXED, facts, DAY).values.values()]
    assert differs(Program(MIXED, DAY), facts) is None


def test_it_is_made_where_nothing_has_to_be_asked() -> None:
    assert make_straight(MIXED, parameters_on(MIXED, DAY)) is not None
    judged = plan("""
    inputs: {judges: {type: panel}}
    indicators:
      - {id: p, points: 100, score: {method: panel, actual: judges, out_of: 100}}
    """)
    assert make_straight(judged, {}) is None  # the reference rates a panel


def test_sheets_are_taken_as_far_as_their_steps_are_sure() -> None:
    sheet = load_ruleset(SHEET, "sheet.yaml")
    made = make_straight(sheet, {})
    assert made is not None
    rows = [{"name": f"甲{n}", "done": "95%", "points": 60 if n else 40} for n in range(2)]
    with localcontext(EXACT):
        found = made.function({"targets": rows}, MISSING)
        assert isinstance(found, Scores)
        assert str(found.total) == "95.00"
        many = [{"name": f"甲{n}", "done": "95%", "points": 60} for n in range(9000)]
        assert made.function({"targets": many}, MISSING) is None


def test_the_source_holds_nothing_of_the_authors() -> None:
    made = make_straight(MIXED, parameters_on(MIXED, DAY))
    assert made is not None
    assert made.source.isascii()
    for word in ("budget", "paid", "spare", "misuse", "2000", "900"):
        assert word not in made.source


def test_what_nothing_reads_is_not_made() -> None:
    made = make_straight(MIXED, parameters_on(MIXED, DAY))
    assert made is not None
    lines = made.source.split("\n")
    # The budget is wanted in the mix and the large sum by the gate; no survey but by its counts.
    assert any(line.startswith(" i0 = n0 * ") for line in lines)
    assert any(line.startswith(" i2 = n2 * ") for line in lines)
    assert not any(line.startswith((" i3 = ", " i11 = ", " i12 = ")) for line in lines)


def test_each_date_has_its_function() -> None:
    program = Program(MIXED)
    for day, wanted in ((DAY, "12.16"), (date(2024, 5, 1), "6.08"), (DAY, "12.16")):
        for _ in range(2):
            assert str(program.scores(FACTS, as_of=day).scores[1]) == wanted
    assert len(program._compiling()._straight) == 2
    assert str(program.scores({**FACTS, "as_of": "2024-05-01"}).scores[1]) == "6.08"


def written(value: Decimal) -> list[object]:
    """Return the ways to give a number."""
    return [f"{value:f}", value, float(value)] if value % 1 else [f"{value:f}", value, int(value)]


AMOUNTS = st.one_of(
    st.decimals(0, 4000, places=2),
    st.decimals(0, 4000, places=15),
    st.sampled_from(["0", "2000", "400", "400.000000000001", "1E-15", "999999999999999"]).map(
        Decimal
    ),
)
COUNTS = st.integers(0, 40)


@st.composite
def plain_facts(draw: st.DrawFn) -> Mapping[str, Any]:
    """Facts as a program gives them, numbers in any of their forms."""

    def number(amounts: st.SearchStrategy[Decimal]) -> object:
        return draw(st.sampled_from(written(draw(amounts))))

    return {
        **FACTS,
        **{name: number(AMOUNTS) for name in ("budget", "paid", "size", "free")},
        "large": number(st.decimals(0, 50, places=3)),
        "usual": number(st.decimals(-9, 9, places=1)),
        "spare": draw(st.none() | st.sampled_from(["0", "100", 55])),
        "misused": draw(st.sampled_from(["是", "否", True, False])),
        "marks": draw(st.sampled_from(["①", ["①"], {"②"}, "①、②"])),
        "answers": {level: draw(COUNTS.map(str)) for level in ("满意", "一般", "不满意")},
        "others": {
            "满意": draw(st.sampled_from(["1", 1])), "不满意": draw(st.sampled_from(["2", 2]))
        },
    }  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(plain_facts())
def test_it_scores_as_the_reference(facts: Mapping[str, Any]) -> None:
    assert differs(PROGRAM, facts) is None


PROGRAM = Program(MIXED, DAY)


def test_it_agrees_with_the_function_of_admitted_values() -> None:
    compiled = ready(PROGRAM)
    found = compiled.run(admit(MIXED, FACTS, DAY), PROGRAM._parameters_on(DAY))
    assert numbers(found) == numbers(PROGRAM.scores(FACTS))
