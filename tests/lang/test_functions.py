"""The table of functions: complete, explained, pure."""

from datetime import date
from decimal import Decimal, localcontext

import pytest

from perfrules.errors import Text
from perfrules.lang import operations
from perfrules.lang.expr import ExprFaults, Names, compile_expr, evaluate
from perfrules.lang.frame import Fault
from perfrules.lang.functions import FORMS, FUNCTIONS, Function, Parameter
from perfrules.lang.spec.names import RESERVED
from perfrules.lang.types import NUMBER, Kind
from tests.sample_world import NAMES, World

D = Decimal
LANGUAGE = (
    "date abs min max round floor ceil sqrt ln exp sum count any all mean "
    "known contains number kind lookup step year month days leaves"
)


def test_the_table_is_the_languages() -> None:
    assert {*FUNCTIONS, *FORMS} == set(LANGUAGE.split())


def test_no_name_can_hide_a_function() -> None:
    assert {*FUNCTIONS, *FORMS} <= RESERVED


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_each_is_explained(function: Function) -> None:
    assert function.signature.startswith(f"{function.name}(")
    assert all((function.title.zh, function.title.en, function.doc.zh, function.doc.en))
    assert function.call or function.fold
    assert bool(function.parameters) == (function.call is not None)
    assert bool(function.element) == (function.fold is not None)


def test_arity() -> None:
    assert FUNCTIONS["abs"].arity == (1, 1)
    assert FUNCTIONS["round"].arity == (1, 2)
    assert FUNCTIONS["max"].arity == (2, None)
    assert FUNCTIONS["lookup"].arity == (2, None)


@pytest.mark.parametrize(
    ("found", "want"),
    [
        (operations.rounded(D("2.5")), 3),
        (operations.rounded(D("-2.5")), -3),
        (operations.rounded(D("0.124999999999"), D(2)), D("0.12")),
        (operations.rounded(D("0.1249999999999"), D(2)), D("0.13")),  # snapped to 0.125 first
        (operations.floor(D("-2.0000000000001")), -2),
        (operations.floor(D("-2.1")), -3),
        (operations.ceil(D("-2.9")), -2),
        (operations.total([]), 0),
        (operations.total([D("0.1")] * 3), D("0.3")),
        (operations.count([]), 0),
        (operations.exp(D(-1000)), D("5.075958897549456765291809479574337E-435")),
        (operations.year(date(1949, 10, 1)), 1949),
        (operations.month(date(1949, 10, 1)), 10),
    ],
)
def test_values(found: Decimal, want: Decimal) -> None:
    assert found == want


def test_the_hosts_decimal_context_is_not_used() -> None:
    with localcontext() as context:
        context.prec = 3
        assert operations.total([D("100.001"), D("0.0001")]) == D("100.0011")
        assert operations.mean([D(1), D(2), D(2)]) == D("1.666666666666666666666666666666667")
        expr = compile_expr("abs(0 - x * 1.0001) + -(x * 1.0001)", NAMES, ())
        assert evaluate(expr, World()) == 0
        assert evaluate(compile_expr("-(85.50001)", NAMES, ()), World()) == D("-85.50001")
        assert compile_expr("123456.789%", NAMES, ()).constant == D("1234.56789")


@pytest.mark.parametrize(
    ("name", "args", "code"),
    [
        ("sqrt", (D(-1),), "PRF532"),
        ("ln", (D(0),), "PRF532"),
        ("exp", (D(58),), "PRF531"),
        ("exp", (D("1e24"),), "PRF531"),
        ("lookup", ({D(1): D(1)}, D(2)), "PRF533"),
        ("step", ({D(1): D(1)}, D("0.9")), "PRF533"),
        ("step", ({"红": {D(1): D(1)}}, "绿", D(1)), "PRF533"),
    ],
)
def test_faults(name: str, args: tuple[object, ...], code: str) -> None:
    call = FUNCTIONS[name].call
    assert call is not None
    with pytest.raises(Fault) as caught:
        call(*args)
    assert caught.value.code == code


@pytest.mark.parametrize("name", ["mean", "min", "max"])
def test_nothing_of_no_rows(name: str) -> None:
    fold = FUNCTIONS[name].fold
    assert fold is not None
    with pytest.raises(Fault) as caught:
        fold(iter(()))
    assert caught.value.code == "PRF546"


def test_step_takes_dates() -> None:
    table: dict[object, object] = {date(2020, 1, 1): D(1), date(2022, 1, 1): D(2)}
    assert operations.step(table, date(2021, 12, 31)) == 1
    assert operations.step(table, date(2022, 1, 1)) == 2


TWICE = Function(
    "twice",
    Text("两倍", "twice"),
    "twice(x)",
    Text("乘以2", "times two"),
    (Parameter("x", frozenset({Kind.NUMBER})),),
    NUMBER,
    call=lambda value: value * 2,
)


def test_a_plugin_can_add_a_function() -> None:
    functions = {**FUNCTIONS, "twice": TWICE}
    names = Names({"x": NUMBER}, functions=functions)
    expr = compile_expr("twice(x) + 1", names, ())
    assert evaluate(expr, World(), functions) == 172
    with pytest.raises(ExprFaults) as caught:
        compile_expr("twice('x')", names, ())
    assert [fault.code for fault in caught.value.faults] == ["PRF349"]
    with pytest.raises(ExprFaults) as caught:
        compile_expr("twice(x)", Names({"x": NUMBER}), ())
    assert [fault.code for fault in caught.value.faults] == ["PRF322"]
