"""Inputs: bounds, defaults and options in the unit they are declared in."""

from datetime import date
from decimal import Decimal

import pytest

from perfrules.lang.plan import InputPlan
from perfrules.lang.types import Kind
from tests.small import codes, faults, plan


def declared(spec: str) -> InputPlan:
    found = plan(f"inputs:\n  x: {spec}\nreport: {{x: x}}")
    return found.inputs[0]


@pytest.mark.parametrize(
    ("spec", "low", "high"),
    [
        ("{type: money, unit: 万元, min: 0, max: 1亿元}", Decimal(0), Decimal(100_000_000)),
        ("{type: money, unit: 万元, min: 10}", Decimal(100_000), None),
        ("{type: money, unit: 元, max: 0.5万元}", None, Decimal(5000)),
        ("{type: percent, min: 0, max: 1}", Decimal(0), Decimal(1)),
        ("{type: percent, min: 12.5%}", Decimal("0.125"), None),
        ("{type: number, min: -3, max: 4.5}", Decimal(-3), Decimal("4.5")),
        ("{type: date, min: 2020-01-01}", date(2020, 1, 1), None),
    ],
)
def test_bounds_are_in_the_base_unit(spec: str, low: object, high: object) -> None:
    found = declared(spec)
    assert (found.min, found.max) == (low, high)


@pytest.mark.parametrize(
    ("spec", "default"),
    [
        ("{type: flag, default: false}", False),
        ("{type: percent, default: 50%}", Decimal("0.5")),
        ("{type: money, unit: 万元, default: 3}", Decimal(30_000)),
        ("{type: choice, of: [优, 差], default: 差}", "差"),
        ("{type: text, default: 无}", "无"),
        ("{type: date, default: 2022-12-31}", date(2022, 12, 31)),
        ("{type: count, default: 0}", Decimal(0)),
    ],
)
def test_defaults(spec: str, default: object) -> None:
    found = declared(spec)
    assert found.default == default
    assert not found.required


def test_without_default_it_is_required() -> None:
    assert declared("{type: flag}").required
    assert not declared("{type: flag, optional: true}").required


def test_a_count_is_whole() -> None:
    assert declared("{type: count}").whole
    assert not declared("{type: number}").whole


@pytest.mark.parametrize(
    ("spec", "code"),
    [
        ("{type: percent, max: 95}", "PRF472"),
        ("{type: money, unit: 万元, max: 95%}", "PRF472"),
        ("{type: flag, default: 1}", "PRF472"),
        ("{type: number, min: 2, max: 1}", "PRF470"),
        ("{type: money, unit: 万元, min: 20000元, max: 1}", "PRF470"),
        ("{type: date, min: 2022-01-01, max: 2021-01-01}", "PRF470"),
        ("{type: date, min: 2022-13-01}", "PRF146"),
        ("{type: number, min: 0, max: 1, default: 2}", "PRF475"),
        ("{type: number, min: 0, default: -1}", "PRF475"),
        ("{type: choice, of: [优, 差], default: 良}", "PRF473"),
        ("{type: choice, of: [优, 差, 优]}", "PRF471"),
        ("{type: survey, of: [满意, 满意]}", "PRF471"),
        ("{type: count, default: 1, optional: true}", "PRF474"),
        ("{type: number, min: y}", "PRF320"),
    ],
)
def test_what_is_refused(spec: str, code: str) -> None:
    assert codes(f"inputs:\n  x: {spec}\nreport: {{x: 1}}") == [code]


def test_equal_bounds_and_a_default_on_the_bound_are_fine() -> None:
    found = declared("{type: number, min: 1, max: 1, default: 1}")
    assert found.default == 1


def test_the_place_is_the_value_and_the_hint_can_be_typed() -> None:
    found = faults("inputs:\n  x: {type: percent, max: 95}\nreport: {x: 1}")[0]
    assert found.span is not None
    assert (found.span.line, found.span.column) == (5, 27)
    assert found.hint.en == "write 95%"


def test_bounds_are_told_as_they_were_written() -> None:
    found = faults("inputs:\n  x: {type: money, unit: 万元, min: 2万元, max: 1}\nreport: {x: 1}")[0]
    assert 'min 2万元 of "x" is above its max 1' in found.message.en


def test_columns_are_inputs_too() -> None:
    table = "inputs:\n  t: {type: table, columns: {p: {type: number, min: 2, max: 1}}}\n"
    assert codes(table + "report: {n: count(r for r in t)}") == ["PRF470"]


def test_a_choice_of_many_is_a_set() -> None:
    body = "inputs:\n  x: {type: choice, of: [①, ②], many: true}\nreport: {x: '\"①\" in x'}"
    assert plan(body).inputs[0].type.kind is Kind.CHOICES
