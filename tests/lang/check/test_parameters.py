"""Parameters: dated values, maps to depth 3, one type for all values."""

from datetime import date
from decimal import Decimal

import pytest

from perfrules.lang.plan import ParameterPlan
from perfrules.lang.types import Kind
from tests.small import codes, faults, plan

USE = "inputs: {}\nreport: {x: 1}\n"


def declared(spec: str, use: str = "p", inputs: str = "{}") -> ParameterPlan:
    return plan(f"parameters:\n  p: {spec}\ninputs: {inputs}\nreport:\n  x: {use}").parameters[0]


def refusals(spec: str) -> list[str]:
    return [code for code in codes(f"parameters:\n  p: {spec}\n{USE}") if code != "PRF482"]


def test_an_undated_value() -> None:
    found = declared("{value: 50%}")
    assert found.values == ((date.min, Decimal("0.5")),)
    assert not found.dated


def test_dated_values_ascend_however_they_were_written() -> None:
    found = declared("{values: {2024-01-01: 60%, 2020-01-01: 50%}}")
    assert [day for day, _ in found.values] == [date(2020, 1, 1), date(2024, 1, 1)]
    assert found.dated


def test_a_number_takes_the_money_unit() -> None:
    found = declared("{unit: 万元, value: 3}")
    assert found.values[0][1] == 30_000
    assert found.type.kind is Kind.MONEY


def test_a_map_of_two_levels() -> None:
    found = declared(
        "{keys: [count, level], value: {4: {高: 25%, 低: 20%}, 6: {高: 40%, 低: 30%}}}",
        'lookup(p, 4, "高")',
        "{level: {type: choice, of: [高, 低]}}",
    )
    assert found.type.depth == 2
    assert found.values[0][1] == {
        Decimal(4): {"高": Decimal("0.25"), "低": Decimal("0.2")},
        Decimal(6): {"高": Decimal("0.4"), "低": Decimal("0.3")},
    }


@pytest.mark.parametrize("spec", ["{value: 0}", "{keys: count, value: {1: 0, 2: 50%, 3: 1}}"])
def test_a_bare_0_or_1_goes_with_percents(spec: str) -> None:
    assert refusals(spec) == []


@pytest.mark.parametrize(
    ("spec", "found"),
    [
        ("{keys: month, value: {4: 25%}}", ["PRF476"]),
        ("{keys: count, value: 25%}", ["PRF477"]),
        ("{value: {4: 25%}}", ["PRF477"]),
        ("{keys: [count, text], value: {4: 25%, 8: 60%}}", ["PRF477"]),
        ('{keys: number, value: {4: 25%, "4.0": 30%}}', ["PRF478"]),
        ("{keys: count, value: {四: 25%}}", ["PRF479"]),
        ("{keys: count, value: {1e3: 25%}}", ["PRF479"]),
        ("{keys: count, value: {NaN: 25%}}", ["PRF479"]),
        ("{keys: date, value: {2024-02-30: 25%}}", ["PRF479"]),
        ("{keys: count, value: {4: 25%, 8: 60}}", ["PRF480"]),
        ("{values: {2020-01-01: 50%, 2021-01-01: 60, 2022-01-01: 70}}", ["PRF480", "PRF480"]),
        ("{value: 1 + 1}", ["PRF472"]),
        ("{value: x}", ["PRF320"]),
    ],
)
def test_what_is_refused(spec: str, found: list[str]) -> None:
    assert refusals(spec) == found


def test_a_key_must_be_an_option_of_the_choice() -> None:
    body = """
    parameters:
      p: {keys: level, value: {高: 25%, 底: 20%}}
    inputs: {level: {type: choice, of: [高, 低]}}
    report:
      x: lookup(p, level)
    """
    assert codes(body) == ["PRF473"]
    assert faults(body)[0].span is not None


def test_a_refused_parameter_makes_no_followers() -> None:
    body = "parameters:\n  p: {keys: month, value: {4: 25%}}\ninputs: {n: {type: count}}\n"
    assert codes(body + 'report: {x: "step(p, n)"}') == ["PRF476"]
