"""A result that is told later: numbers at once, every sentence the reference's."""

import copy
import gc
import pickle
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, asdict, fields, replace
from threading import Barrier
from typing import Any

import pytest

from perfrules.engine.codegen import told
from perfrules.engine.facts import Facts
from perfrules.engine.interpret import interpret
from perfrules.engine.program import UNITS_BEFORE_COMPILING, Program
from perfrules.engine.result import Result
from perfrules.errors import FactsError
from perfrules.lang.load import load_ruleset
from perfrules.lang.plan import Plan
from tests.sample_rulesets import FORM, SHEET
from tests.small import plan

FACTS = {"budget": "2000", "executed": "1585.4", "done": "95%", "misused": "否", "unit": "甲"}
FORM_PLAN = load_ruleset(FORM, "form.yaml")
SHEET_PLAN = load_ruleset(SHEET, "sheet.yaml")
ROWS = {
    "targets": [
        {"name": "甲", "done": "95%", "points": 60},
        {"name": "乙", "done": "120%", "points": 40},
    ]
}
# Everything that is left to the reference: what is missing, set by hand, noted, taken by default.
RICH = plan("""
inputs:
  a: {type: number}
  b: {type: number, optional: true}
  c: {type: number, default: 3}
  text: {type: text, optional: true}
indicators:
  - id: top
    points: 100
    indicators:
      - {id: x, points: 60, score: {method: proportional, actual: a, target: 100}}
      - {id: y, points: 40, missing: not_applicable, score: {method: formula, rate: b / 100}}
gates: [{id: low, when: total < 50, then: {cap_total: 40 + c}}]
decisions:
  rules:
    - {id: pay, when: a > 1, do: {code: pay, amount: a * 2}}
    - {id: more, when: rate.y > 50%, do: {code: more}}
report: {half: a / 2}
""")
UNITS: list[tuple[Plan, Mapping[str, Any]]] = [
    (FORM_PLAN, FACTS),
    (FORM_PLAN, {**FACTS, "misused": True, "done": "0%"}),
    (FORM_PLAN, {**FACTS, "unit": "Ａ１"}),
    (FORM_PLAN, {**FACTS, "executed": "１585.4"}),
    (FORM_PLAN, {**FACTS, "as_of": "2024-05-01"}),
    (FORM_PLAN, {**FACTS, "adjust": {"output": {"score": 70, "reason": "复核"}}}),
    (FORM_PLAN, {**FACTS, "waive": {"output": {"reason": "新设"}}}),
    (SHEET_PLAN, ROWS),
    (RICH, {"a": 50, "b": 60}),
    (RICH, {"a": 10, "b": 10, "c": 5}),
    (RICH, {"a": 50}),
    (RICH, {"a": "50", "b": "60", "text": "甲"}),
]


def warm(plan: Plan) -> Program:
    """Return a program that compiles its next unit."""
    program = Program(plan)
    program._seen = UNITS_BEFORE_COMPILING
    return program


def reference(plan: Plan, facts: Mapping[str, Any]) -> Result:
    """Return the result with every sentence made."""
    return Program(plan).interpret(facts)


SAME: list[Callable[[Result], object]] = [
    repr,
    Result.to_json,
    Result.explain,
    asdict,
    copy.copy,
    copy.deepcopy,
    pickle.dumps,
    lambda result: pickle.loads(pickle.dumps(result)),  # noqa: S301 - our own
    lambda result: replace(result, unit="乙"),
    lambda result: result.explain("en", "full"),
    lambda result: [line.because for line in result.lines()],
    lambda result: result.core,
    lambda result: result.reasons(),
]


@pytest.mark.parametrize("number", range(len(UNITS)))
def test_it_is_the_result_of_the_reference(number: int) -> None:
    plan, facts = UNITS[number]
    program, wanted = warm(plan), reference(plan, facts)
    assert program.score(facts) == wanted
    assert wanted == program.score(facts)
    for field in fields(Result):
        found = program.score(facts)
        assert getattr(found, field.name) == getattr(wanted, field.name), field.name
        assert found == wanted, field.name
    for call in SAME:
        found = program.score(facts)
        if call is not pickle.dumps:
            assert call(found) == call(wanted)
        assert pickle.loads(pickle.dumps(found)) == wanted  # noqa: S301 - our own


@pytest.fixture
def untold(monkeypatch: pytest.MonkeyPatch) -> list[Facts]:
    """Return the facts that the reference is asked about."""
    asked: list[Facts] = []

    def noted(plan: Plan, facts: Facts, parameters: Mapping[str, object]) -> Result:
        asked.append(facts)
        return interpret(plan, facts, parameters)

    monkeypatch.setattr(told, "interpret", noted)
    return asked


def test_numbers_ask_nothing_of_the_reference(untold: list[Facts]) -> None:
    result = warm(FORM_PLAN).score(FACTS)
    assert (str(result.total), str(result.rate), result.grade) == ("91.85", "0.9185", "优")
    assert (result.unit, result.as_of) == ("甲", None)
    assert result.complete == 1
    assert [(line.id, str(line.score)) for line in result.lines()] == [
        ("execution", "15.85"),
        ("output", "76.00"),
    ]
    assert str(result.line("execution").rate) == "0.7927"
    assert [gate.fired for gate in result.gates] == [False]
    assert [item.code for item in result.decisions] == ["guarantee_funding"]
    assert result.facts_digest == reference(FORM_PLAN, FACTS).facts_digest
    assert (result.warnings, result.adjustments, result.notes) == ((), (), ())
    assert untold == []
    assert result.line("execution").because.zh == "20 × 1585.4万元 ÷ 2000万元 = 15.854，计15.85"
    assert result.findings[0].indicator == "execution"
    assert len(untold) == 1  # once for all


def test_rows_ask_nothing_of_the_reference(untold: list[Facts]) -> None:
    """60 × 0.95 = 57 and 40: 97."""
    result = warm(SHEET_PLAN).score(ROWS)
    assert [(line.id, str(line.score)) for line in result.lines()] == [
        ("goals", "97.00"), ("goals[甲]", "57.00"), ("goals[乙]", "40.00"),
    ]  # fmt: skip
    assert [line.title.zh for line in result.indicators[0].children] == ["甲", "乙"]
    assert untold == []


def test_the_first_units_are_interpreted(untold: list[Facts]) -> None:
    program = Program(FORM_PLAN)
    for _ in range(UNITS_BEFORE_COMPILING):
        assert program.score(FACTS).findings
    assert untold == []
    assert program.score(FACTS).findings
    assert len(untold) == 1


def test_facts_that_change_afterwards_change_nothing() -> None:
    rows: list[dict[str, object]] = [dict(row) for row in ROWS["targets"]]
    facts: dict[str, object] = {"targets": rows, "unit": "甲"}
    wanted = reference(SHEET_PLAN, facts)
    result = warm(SHEET_PLAN).score(facts)
    facts["unit"] = "乙"
    rows[0]["done"] = "1%"
    rows.append({})
    assert result == wanted


MARKED = plan("""
inputs:
  marks: {type: choice, of: [①, ②], many: true}
  answers: {type: survey, of: [满意, 不满意]}
  spare: {type: text, optional: true}
indicators:
  - {id: m, points: 60, score: {method: checklist, actual: marks, elements: [{id: ①, share: 50%}, {id: ②, share: 50%}]}}
  - {id: s, points: 40, score: {method: survey, actual: answers, values: {满意: 100%, 不满意: 0%}}}
""")  # noqa: E501 - one line an indicator


@pytest.mark.parametrize("marks", [["①"], {"①"}, ("①",), "①"], ids=str)
def test_lists_and_counts_that_change_afterwards_change_nothing(marks: Collection[str]) -> None:
    """60 × 50 % and 40 × 3 ÷ 4: 60."""
    facts: dict[str, Any] = {"marks": marks, "answers": {"满意": "3", "不满意": "1"}}
    wanted = reference(MARKED, facts)
    result = warm(MARKED).score(facts)
    facts["answers"]["满意"] = "0"
    if isinstance(marks, list):
        marks.append("②")
    elif isinstance(marks, set):
        marks.add("②")
    facts["spare"] = "甲"
    assert str(result.total) == "60.00"
    assert result == wanted


def test_a_result_goes_when_nothing_holds_it() -> None:
    program, alone = warm(FORM_PLAN), warm(SHEET_PLAN)
    program.score(FACTS), alone.score(ROWS)
    gc.collect()
    gc.disable()
    try:
        for one, facts in ((program, FACTS), (alone, ROWS)):
            result = one.score(facts)
            assert result.gates is not None
            assert [line.score for line in result.lines()]
            assert [line.rate for line in result.lines()]
            assert [line.because for line in result.lines()]
            del result
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_nobody_changes_a_result() -> None:
    result = warm(FORM_PLAN).score(FACTS)
    for item in (result, result.indicators[0], result.gates[0], result.decisions[0]):
        for name in ("because", "total", "other"):
            with pytest.raises((FrozenInstanceError, TypeError)):
                setattr(item, name, 1)
    assert result == reference(FORM_PLAN, FACTS)


def test_errors_come_at_once() -> None:
    program = warm(SHEET_PLAN)
    twice = {"targets": [{"name": "甲", "done": "1%", "points": 50}] * 2}
    refused: list[dict[str, object]] = [{}, {"targets": []}, {**twice}, {**ROWS, "odd": 1}]
    for facts in refused:
        with pytest.raises(FactsError) as wanted:
            program.interpret(facts)
        with pytest.raises(FactsError) as found:
            program.score(facts)
        assert found.value.diagnostics == wanted.value.diagnostics


def test_observers_get_it() -> None:
    seen: list[Result] = []
    program = Program(FORM_PLAN, observers=[seen.append])
    program._seen = UNITS_BEFORE_COMPILING
    result = program.score(FACTS)
    assert seen[0] is result


def test_many_threads_ask_one_result() -> None:
    program, wanted = warm(FORM_PLAN), reference(FORM_PLAN, FACTS)
    for _ in range(10):
        result, barrier = program.score(FACTS), Barrier(8)

        def ask(
            place: int, result: Result = result, barrier: Barrier = barrier
        ) -> tuple[object, str]:
            barrier.wait()
            line = result.indicators[place % 2]
            return line, line.because.zh

        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(ask, range(8)))
        for place in (0, 1):
            lines = [line for number, (line, _) in enumerate(found) if number % 2 == place]
            assert all(line is lines[0] for line in lines)
            assert found[place][1] == wanted.indicators[place].because.zh
        assert result == wanted
