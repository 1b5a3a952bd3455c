"""What holds for every text and every tree of arithmetic."""

import pickle
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from perfrules.decimals import CONTEXT, snap
from perfrules.errors import Text
from perfrules.lang.expr import ExprFault, ExprFaults, Names, compile_expr, evaluate
from perfrules.lang.expr.lex import LONGEST, lex
from perfrules.lang.expr.order import MOST_BRACKETS
from perfrules.lang.expr.parse import DEEPEST, MOST_NODES
from perfrules.lang.frame import Fault
from perfrules.lang.spec.names import name_fault
from perfrules.lang.tree import Expr
from perfrules.lang.types import NUMBER, Kind
from perfrules.messages import diagnose
from tests.sample_world import NAMES, World

QUICK = settings(max_examples=300, deadline=None)

SPELLED = """
    true and or not in if else for rate.goals r.points t t.points 80% 100万元 10天 1e3 5个 '优' "甲"
    sum( count( known( lookup( date( leaves(goals) is None lambda f"a"
    ( ) [ ] , + - * / ** == < >= . = && # ; : ' \\ ， ≥ ｘ
"""
WORDS = [*NAMES.values, *SPELLED.split(), "\n", "\u202e"]
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=10).map("".join),
)


def compiled(text: str) -> Expr | tuple[ExprFault, ...]:
    try:
        return compile_expr(text, NAMES, ("derive", "it"))
    except ExprFaults as error:
        return error.faults


def valued(expr: Expr, world: World | None = None) -> object:
    """Return the value, or the fault."""
    try:
        return evaluate(expr, world or World())
    except Fault as fault:
        return fault


@QUICK
@given(TEXTS)
@example("\ud800 > 1")
@example("0if flag else 1")
@example("x" + " " * LONGEST)
def test_any_text_is_an_expression_or_faults(text: str) -> None:
    found = compiled(text)
    if isinstance(found, tuple):
        assert found
        for fault in found:
            assert 0 <= fault.start <= fault.end <= max(len(text), 1)
            args: dict[str, Any] = fault.args
            told = diagnose(fault.code, hint=fault.hint, expected=fault.expected or Text(), **args)
            assert told.message.zh
        return
    value = valued(found)
    kinds = {Kind.FLAG: bool, Kind.DATE: date, Kind.TEXT: str, Kind.CHOICE: str}
    if isinstance(value, Fault):
        assert value.start is not None
    else:
        assert isinstance(value, kinds.get(found.type.kind, object))
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own bytes


# Random arithmetic, its text and its exact value together.
Pair = tuple[str, Fraction]
LITERALS = st.decimals(min_value=0, max_value=999, places=3).map(
    lambda number: (f"{number:f}", Fraction(number))
)
PERCENTS = st.integers(0, 400).map(lambda number: (f"{number}%", Fraction(number, 100)))
VALUES = st.sampled_from([("x", Fraction("85.5")), ("y", Fraction(10)), ("n", Fraction(3))])


def _binary(pairs: st.SearchStrategy[Pair]) -> st.SearchStrategy[Pair]:
    def joined(op: str, left: Pair, right: Pair) -> Pair:
        (a, one), (b, two) = left, right
        value = {"+": one + two, "-": one - two, "*": one * two}[op]
        return f"({a} {op} {b})", value

    def powered(base: Pair, exponent: int) -> Pair:
        return f"({base[0]}) ** {exponent}", base[1] ** exponent

    return st.one_of(
        st.builds(joined, st.sampled_from("+-*"), pairs, pairs),
        st.builds(powered, pairs, st.integers(0, 2)),
        pairs.map(lambda pair: (f"-({pair[0]})", -pair[1])),
    )


TREES = st.recursive(st.one_of(LITERALS, PERCENTS, VALUES), _binary, max_leaves=6)


@QUICK
@given(TREES)
def test_arithmetic_is_exact(pair: Pair) -> None:
    text, model = pair
    value = valued(compile_expr(text, NAMES, ()))
    if isinstance(value, Fault):
        assert value.code == "PRF531"
        return
    assert isinstance(value, Decimal)
    if len(value.as_tuple().digits) < CONTEXT.prec:  # else a product has more than 34 digits
        assert Fraction(value) == model
    else:
        assert abs(Fraction(value) - model) <= abs(model) / 10**30 + Fraction(1, 10**6)


@QUICK
@given(TREES, TREES)
def test_division_is_correctly_rounded(left: Pair, right: Pair) -> None:
    expr = compile_expr(f"({left[0]}) / ({right[0]})", NAMES, ())
    value = valued(expr)
    if isinstance(value, Fault):
        assert value.code == "PRF531" or right[1] == 0
        return
    assert isinstance(value, Decimal)
    model = left[1] / right[1]
    assert abs(Fraction(value) - model) <= abs(model) / 10**28


@QUICK
@given(
    st.decimals(allow_nan=False, allow_infinity=False),
    st.sampled_from(["==", "!=", "<", "<=", ">", ">="]),
)
def test_numbers_compare_snapped(number: Decimal, op: str) -> None:
    number = CONTEXT.create_decimal(number)
    if abs(number) >= Decimal("1e24") or (number and number.adjusted() < -100):
        return
    world = World(extra={"x": number, "y": snap(number)})
    expected = op in ("==", "<=", ">=")
    assert evaluate(compile_expr(f"x {op} y", NAMES, ()), world) is expected


@QUICK
@given(st.text(st.sampled_from("abzAZ09_预算〇é ｘⅳ①о\u0301"), min_size=1, max_size=5))
def test_a_name_is_what_an_id_is(name: str) -> None:
    """What can be an id can be read as a name: the two rules on characters agree."""
    if name_fault(name) is not None:
        return
    tokens = lex(name).tokens
    assert [token.text for token in tokens] == [name]
    assert compile_expr(name, Names({name: NUMBER}), ()).names == {name}


def test_a_names_own_characters_are_needed() -> None:
    with pytest.raises(ExprFaults):
        compile_expr("ｘ", Names({"ｘ": NUMBER}), ())


def test_an_expression_is_what_its_text_means() -> None:
    first = compile_expr("x  + y", NAMES, ("derive", "a"))
    assert isinstance(first, Expr)
    assert first.names == {"x", "y"}
    assert first.where == ("derive", "a")
    both = compile_expr(
        "rate.goals + score.goals * 0 + sum(l.score for l in leaves(goals)) "
        "+ sum(t.points for t in targets)",
        NAMES,
        (),
    )
    assert both.refs == {("rate", "goals"), ("score", "goals"), ("leaves", "goals")}
    assert both.names == {"targets"}


def test_limits_are_the_documented_ones() -> None:
    assert (LONGEST, MOST_NODES, DEEPEST) == (2000, 200, 32)
    assert MOST_BRACKETS < 200  # Python's tokenizer gives up there
