"""Operators under the exact context are the reference's operations, refusals included."""

import ast
from decimal import ROUND_UP, Context, Decimal, Inexact, getcontext, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.decimals import round_to
from perfrules.engine.codegen.arithmetic import EXACT, ROUNDERS, Op, combine, exactly, rounded
from perfrules.engine.codegen.source import Source
from perfrules.engine.codegen.values import Value, constant
from perfrules.lang.expr.evaluate import OPERATORS
from perfrules.lang.frame import Fault

NODES: dict[Op, type[ast.operator]] = {"+": ast.Add, "-": ast.Sub, "*": ast.Mult, "/": ast.Div}
OPS: tuple[Op, ...] = ("+", "-", "*", "/")
WIDE = st.decimals("-9e24", "9e24", allow_nan=False, allow_infinity=False).map(EXACT.plus)
NUMBERS = st.one_of(WIDE, st.sampled_from([Decimal(n) for n in ("0", "1", "-1", "5e24", "1e-13")]))


def run(source: Source, value: Value, **names: Decimal) -> object:
    literals = {f"k{place}": item for place, item in enumerate(source.literals)}
    given = {"__builtins__": {}, **literals, **ROUNDERS, **names}
    exec(f"def f():\n{source.text() or ' pass'}\n return {value.code}", given)  # noqa: S102 - ours
    with localcontext(EXACT):
        return given["f"]()  # type: ignore[operator] # the function just made


@settings(max_examples=400)
@given(st.sampled_from(OPS), NUMBERS, NUMBERS)
def test_an_operation(op: Op, left: Decimal, right: Decimal) -> None:
    try:
        wanted = OPERATORS[NODES[op]](left, right)
    except Fault:
        wanted = None
    source = Source()
    found = combine(source, op, Value("x"), Value("y"))
    if wanted is None:
        with pytest.raises(ArithmeticError):
            run(source, found, x=left, y=right)
        assert source.doubts
        return
    assert run(source, found, x=left, y=right) == wanted
    for one, other in (("c", "y"), ("x", "c")):
        mixed = Source()
        values = [
            constant(mixed, number) if name == "c" else Value(name)
            for name, number in ((one, left), (other, right))
        ]
        assert run(mixed, combine(mixed, op, *values), x=left, y=right) == wanted


@given(st.sampled_from(OPS), NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_bounds_hold(op: Op, left: Decimal, right: Decimal, one: Decimal, two: Decimal) -> None:
    source = Source()
    found = combine(
        source,
        op,
        Value("x", min(left, one), max(left, one)),
        Value("y", min(right, two), max(right, two)),
    )
    try:
        value = run(source, found, x=left, y=right)
    except ArithmeticError:
        return
    assert isinstance(value, Decimal)
    assert found.low is None or found.low <= value
    assert found.high is None or value <= found.high


@given(st.decimals(0, 1000, allow_nan=False, places=15), st.integers(0, 12))
def test_rounding(value: Decimal, digits: int) -> None:
    for mode in ("half_up", "floor", "half_even"):
        source = Source()
        found = rounded(source, Value("x"), digits, mode)
        assert str(run(source, found, x=value)) == str(round_to(value, digits, mode))


def test_a_tie_after_a_division() -> None:
    """15 × 0.667 = 10.005 earns 10.01, design §5."""
    source = Source()
    found = rounded(source, combine(source, "*", Value("x"), Value("y")), 2, "half_up")
    assert str(run(source, found, x=Decimal(15), y=Decimal("0.667"))) == "10.01"


def test_the_host_gets_its_context_back() -> None:
    """2 ÷ 3 to 34 digits half-even, under a host's context that would refuse it."""

    def fails() -> None:
        assert getcontext() is EXACT
        raise KeyError

    with localcontext(Context(prec=3, rounding=ROUND_UP, traps=[Inexact])) as host:
        assert str(exactly(lambda: Decimal(2) / Decimal(3))) == f"0.{'6' * 33}7"
        assert getcontext() is host
        with pytest.raises(KeyError):
            exactly(fails)
        assert getcontext() is host
