"""The cases of tests/cases/expr.yaml: what each expression means, or why it is refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from perfrules.decimals import plain
from perfrules.errors import Diagnostic, Text
from perfrules.lang.expr import ExprFault, ExprFaults, compile_expr, evaluate
from perfrules.lang.frame import Fault
from perfrules.lang.types import Kind
from perfrules.messages import CATALOG, diagnose, expression
from tests.sample_world import NAMES, World

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "cases" / "expr.yaml").read_text("utf-8")
)


def text_of(case: dict[str, Any]) -> str:
    written = case["expr"]
    if isinstance(written, str):
        return written
    times = int(written["times"])
    return str(written["repeat"] * times + written["then"] + written.get("close", "") * times)


def shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def case_id(case: dict[str, Any]) -> str:
    return text_of(case)[:60]


def sentence(fault: ExprFault) -> Diagnostic:
    args: dict[str, Any] = fault.args
    return diagnose(fault.code, hint=fault.hint, expected=fault.expected or Text(), **args)


GOOD = [case for case in CASES if "want" in case]
FAULTY = [case for case in CASES if "want_fault" in case]
BAD = [case for case in CASES if "want_code" in case]


@pytest.mark.parametrize("case", GOOD, ids=case_id)
def test_value(case: dict[str, Any]) -> None:
    expr = compile_expr(text_of(case), NAMES, ("derive", "it"))
    assert shown(evaluate(expr, World())) == case["want"]
    if "kind" in case:
        assert expr.type.kind is Kind[case["kind"].upper()]
    assert (expr.constant is not None) == case.get("constant", expr.constant is not None)


@pytest.mark.parametrize("case", FAULTY, ids=case_id)
def test_fault(case: dict[str, Any]) -> None:
    names = replace(NAMES, missing_ok=True) if case.get("missing_ok") else NAMES
    expr = compile_expr(case["expr"], names, ())
    with pytest.raises(Fault) as caught:
        evaluate(expr, World())
    fault = caught.value
    assert fault.code == case["want_fault"]
    assert case["expr"][fault.start : fault.end] == case["at"]
    args: dict[str, Any] = fault.args_by_name
    assert diagnose(fault.code, **args).message.zh  # every {field} is filled


@pytest.mark.parametrize("case", BAD, ids=case_id)
def test_refused(case: dict[str, Any]) -> None:
    text = text_of(case)
    want = tuple(Kind[kind.upper()] for kind in case.get("want_kind", ()))
    with pytest.raises(ExprFaults) as caught:
        compile_expr(text, NAMES, (), want)
    faults = caught.value.faults
    assert sorted(fault.code for fault in faults) == sorted(case["want_code"])
    first = next(fault for fault in faults if fault.code == case["want_code"][0])
    if "at" in case:
        assert text[first.start : first.end] == case["at"]
    for fault in faults:
        assert 0 <= fault.start < max(fault.end, 1) <= max(len(text), 1)
        found = sentence(fault)
        assert all((found.message.zh, found.message.en, found.hint.zh, found.hint.en))
        if fault is first and "hint" in case:
            assert found.hint.en == case["hint"]


def test_every_code_has_a_bad_row() -> None:
    assert {code for case in BAD for code in case["want_code"]} == set(expression.MESSAGES)


def test_every_fault_code_is_known() -> None:
    assert {case["want_fault"] for case in FAULTY} <= set(CATALOG)


def test_there_are_many() -> None:
    assert len(GOOD) > 120
    assert len(BAD) > 120
