"""Compiled scoring equals the reference: shipped rulesets, every method, rulesets at random."""

import pickle
import random
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import ROUND_UP, Context, Decimal, Inexact, getcontext, localcontext
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

import perfrules
from perfrules.engine.codegen import compile_plan, steps
from perfrules.engine.codegen.build import make
from perfrules.engine.facts import admit
from perfrules.engine.program import Program, parameters_on
from perfrules.errors import FactsError, RulesetError
from perfrules.lang.frame import Budget
from perfrules.lang.load import load_ruleset
from perfrules.lang.plan import Plan
from tests.engine.codegen.agreement import Called, differs, numbers, outcome
from tests.kinds import holds
from tests.random_rulesets import any_ruleset
from tests.sample_rulesets import FORM, SHEET
from tests.small import plan as small
from tests.strategies import any_facts, facts_for, seeds_of, thresholds

ROOT = Path(__file__).parents[3]


def loaded(path: Path) -> Plan:
    """Return the plan of a ruleset."""
    return perfrules.load(str(path)).plan


SHIPPED = sorted(path for path in ROOT.glob("rulesets/**/*.yaml") if holds("ruleset", path))
GOOD = sorted(path for path in ROOT.glob("tests/cases/good/*.yaml") if holds("ruleset", path))
few = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a random ruleset doesn't shrink
)


def disagreements(path: Path, times: int) -> list[tuple[int, object]]:
    plan = loaded(path)
    program, called = Program(plan), Called(plan)
    seeds, known = seeds_of(path), thresholds(plan)
    found = []
    for number in range(times):
        facts = any_facts(plan, random.Random(number), seeds, known)  # noqa: S311 - seeded
        difference = differs(*called(facts)) if number % 2 else differs(program, facts)
        if difference is not None:
            found.append((number, difference))
    return found


def test_there_are_rulesets() -> None:
    assert len(SHIPPED) > 10
    assert len(GOOD) > 20


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_two_thousand_units_of_each_shipped_ruleset(path: Path) -> None:
    assert disagreements(path, 2000) == []


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_units_of_each_good_ruleset(path: Path) -> None:
    assert disagreements(path, 300) == []


@pytest.mark.parametrize("path", [*SHIPPED, *GOOD], ids=lambda path: path.stem)
def test_the_cases_of_a_ruleset_are_answered_without_the_reference(path: Path) -> None:
    plan = loaded(path)
    compiled = compile_plan(plan)
    for facts in seeds_of(path):
        admitted, refused = outcome(partial(admit, plan, facts))
        if refused or admitted.adjust or admitted.waive or admitted.allow:
            continue
        if outcome(partial(Program(plan).score, facts))[1]:
            continue
        parameters = parameters_on(plan, admitted.as_of)
        found = compiled.quick(admitted, parameters)
        assert found is not None, facts


@few
@given(st.randoms(use_true_random=False))
def test_any_ruleset(chance: random.Random) -> None:
    try:
        plan = load_ruleset(any_ruleset(chance), "random.yaml")
    except RulesetError:
        assume(False)
    program, called, known = Program(plan), Called(plan), thresholds(plan)
    for number in range(12):
        facts = any_facts(plan, chance, (), known)
        assert (differs(*called(facts)) if number % 2 else differs(program, facts)) is None, facts


FORM_PROGRAM = Program(load_ruleset(FORM, "form.yaml"))


@settings(few, max_examples=200)
@given(facts_for(FORM_PROGRAM.plan))
def test_a_form(facts: Mapping[str, Any]) -> None:
    assert differs(FORM_PROGRAM, facts) is None


def test_a_form_by_hand() -> None:
    """See sample_rulesets: 15.85 + 76 = 91.85, 优."""
    facts = {"budget": "2000", "executed": "1585.4", "done": "95%", "misused": "否"}
    scores = FORM_PROGRAM.scores(facts)
    assert (str(scores.total), scores.grade, scores.decisions) == ("91.85", "优", ("guarantee",))
    assert scores.line("execution").score == Decimal("15.85")
    assert scores.line("execution").rate == Decimal("0.7927")
    assert scores.complete == 1


def test_a_sheet_by_hand() -> None:
    """60 × 0.95 = 57 and 40 × 1 = 40: 97."""
    program = Program(load_ruleset(SHEET, "sheet.yaml"))
    rows = [
        {"name": "甲", "done": "95%", "points": 60},
        {"name": "乙", "done": "120%", "points": 40},
    ]
    scores = program.scores({"targets": rows})
    assert scores.ids == ("goals", "goals[甲]", "goals[乙]")
    assert [str(score) for score in scores.scores] == ["97.00", "57.00", "40.00"]


# ---- what an author wrote never becomes source


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_source_holds_nothing_of_the_authors(path: Path) -> None:
    plan = loaded(path)
    made = make(plan, parameters_on(plan, date(2024, 6, 30)))
    assert made is not None
    assert made.source.isascii()
    for indicator in plan.indicators:
        assert indicator.id not in made.source.split()
    assert made.function.__globals__["__builtins__"] == {}


# ---- errors


def test_the_same_errors() -> None:
    for facts in (
        {},
        {"budget": "x", "executed": "1", "done": "1%", "misused": "否"},
        {"budget": 0, "executed": 1, "done": "1%", "misused": False},
        {"budget": 1, "executed": 1, "done": "1", "misused": False},
        {"budget": 1, "executed": 1, "done": "1%", "misused": 2},
        {"budget": 1, "executed": 1, "done": "1%", "misused": True, "odd": 1},
        {"budget": 1, "executed": 1, "done": "1%", "misused": True, "as_of": "2024-02-30"},
        {"budget": 1, "executed": 1, "done": "1%", "misused": True, "unit": "a\nb"},
        {"budget": 1, "executed": 1, "done": "1%", "misused": True, "waive": {"none": {}}},
        {"budget": 10**30, "executed": 1, "done": "1%", "misused": True},
    ):
        assert differs(FORM_PROGRAM, facts) is None, facts


def test_facts_that_are_no_mapping() -> None:
    with pytest.raises(FactsError, match="PRF500"):
        FORM_PROGRAM.scores([("budget", 1)])  # type: ignore[arg-type] # what a caller may do


def test_a_key_of_a_strange_type_is_not_looked_up() -> None:
    class Key(str):
        __slots__ = ()

        def __eq__(self, other: object) -> bool:
            raise AssertionError

        __hash__ = str.__hash__

    with pytest.raises(FactsError, match="PRF501"):
        FORM_PROGRAM.scores({Key("budget"): 1})


def test_steps_run_out_as_in_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Budget.__init__, "__defaults__", (50_000,))
    monkeypatch.setattr(steps, "_MOST", 25_000)
    program = Program(
        small("""
        inputs:
          rows: {type: table, columns: {name: {type: text}, size: {type: number}}}
        derive:
          ties: sum(count(a.size == b.size for a in rows) for b in rows)
        indicators:
          - {id: x, points: 100, score: {method: formula, rate: "min(1, ties / 100000)"}}
    """)
    )
    rows = [{"name": str(number), "size": number} for number in range(150)]
    for count in (3, 150):
        assert differs(program, {"rows": rows[:count]}) is None
    assert [item.code for item in outcome(lambda: program.scores({"rows": rows}))[1]] == ["PRF509"]


# ---- a program stays what it is


def test_a_program_travels_and_compiles_again() -> None:
    facts = {"budget": 10, "executed": 5, "done": "50%", "misused": "是"}
    wanted = FORM_PROGRAM.scores(facts)
    assert pickle.loads(pickle.dumps(FORM_PROGRAM)).scores(facts) == wanted  # noqa: S301 - our own
    assert pickle.loads(pickle.dumps(wanted)) == wanted  # noqa: S301 - our own


def test_the_hosts_decimal_context_changes_nothing_and_is_left_alone() -> None:
    facts = {"budget": "3", "executed": "1", "done": "33.3333%", "misused": "否"}
    wanted = numbers(FORM_PROGRAM.scores(facts))
    with localcontext(Context(prec=3, rounding=ROUND_UP, traps=[Inexact])) as host:
        assert numbers(Program(FORM_PROGRAM.plan).scores(facts)) == wanted
        assert getcontext() is host
        assert not any(host.flags.values())
        assert host.prec == 3


def test_the_context_is_given_back_after_an_error() -> None:
    before = getcontext()
    with pytest.raises(FactsError):
        FORM_PROGRAM.scores({"budget": 0, "executed": 1, "done": "1%", "misused": False})
    assert getcontext() is before


def test_threads_give_the_same_scores() -> None:
    plan = load_ruleset(FORM, "form.yaml")
    units = [any_facts(plan, random.Random(number)) for number in range(60)]  # noqa: S311 - seeded
    wanted = [str(outcome(partial(FORM_PROGRAM.scores, facts))) for facts in units]
    program = Program(plan)

    def all_units(_: int) -> list[str]:
        return [str(outcome(partial(program.scores, facts))) for facts in units]

    with ThreadPoolExecutor(8) as pool:
        assert all(found == wanted for found in pool.map(all_units, range(8)))


DATED = """
parameters: {least: {values: {2020-01-01: 50%, 2022-01-01: 60%}}}
inputs: {done: {type: percent}}
indicators:
  - {id: x, points: 100, score: {method: met, when: done >= least}}
"""


def test_each_date_has_its_parameters() -> None:
    program = Program(small(DATED))
    totals = [
        program.scores({"done": "55%"}, as_of=day).total
        for day in (date(2021, 12, 31), date(2022, 1, 1), date(2020, 1, 1))
    ]
    assert totals == [100, 0, 100]
    assert program.scores({"done": "55%", "as_of": "2021-05-05"}).total == 100
    assert differs(program, {"done": "55%", "as_of": "2019-12-31"}) is None
    assert differs(program, {"done": "55%"}) is None


def test_dates_that_share_values_share_a_function() -> None:
    plan = small(DATED)
    compiled = compile_plan(plan)
    first = compiled.made(parameters_on(plan, date(2020, 5, 5)))
    assert compiled.made(parameters_on(plan, date(2021, 5, 5))) is first
    assert compiled.made(parameters_on(plan, date(2022, 5, 5))) is not first


def test_a_date_outside_the_rulesets_is_refused_each_time() -> None:
    program = Program(small("effective: {from: 2022-01-01}\n" + DATED))
    assert program.scores({"done": "70%"}, as_of=date(2022, 5, 5)).total == 100
    for _ in range(2):
        with pytest.raises(FactsError, match="PRF523"):
            program.scores({"done": "70%"}, as_of=date(2021, 5, 5))


def test_what_is_0_has_the_zeros_of_the_reference() -> None:
    """Combined rates take 0.00 as 0, and sums begin at 0: so are digits printed."""
    body = """
        inputs: {a: {type: percent}, level: {type: choice, of: [好, 差]}, part: {type: percent}}
        indicators:
          - id: b
            points: 100
            aggregate: minimum
            indicators:
              - id: c
                aggregate: weighted_mean
                indicators:
                  - {id: d, weight: 2, score: {method: formula, rate: a}}
                  - {id: e, weight: 2, score: {method: met, when: a < 50%}}
              - {id: f, score: {method: levels, level: level, default: middle, chosen: part,
                                shares: {好: [100%, 50%], 差: [50%, 0%]}}}
    """
    program = Program(small(body))
    for part in ("-0.00000000001%", "0%", "25%"):
        for share in ("0%", "0.00%", "30.0%"):
            facts = {"a": share, "level": "差", "part": part}
            assert differs(program, facts) is None, facts
