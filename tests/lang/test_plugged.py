"""A plugin's function: typed like ours, called through the guard, it travels by its name."""

import pickle
from decimal import Decimal

import pytest

from perfrules.lang.expr import ExprFaults, Names, compile_expr, evaluate
from perfrules.lang.frame import Fault
from perfrules.lang.functions import FUNCTIONS
from perfrules.lang.plugged import plugged_function
from perfrules.lang.types import MONEY, NUMBER, Kind
from tests.plugins.sample import MIDDLE, SPREAD
from tests.sample_world import World

D = Decimal
TABLE = {**FUNCTIONS, "spread": plugged_function(SPREAD, "sample 2.1")}
TABLE["middle"] = plugged_function(MIDDLE, "sample 2.1")


def test_it_is_explained_like_ours() -> None:
    assert TABLE["spread"].signature == "spread(low, high)"
    assert TABLE["middle"].signature == "middle(t.x for t in table)"
    assert TABLE["spread"].plugin == "sample 2.1"
    assert TABLE["spread"].arity == (2, 2)


def test_its_kinds_are_checked() -> None:
    names = Names({"x": NUMBER, "cost": MONEY}, functions=TABLE)
    assert compile_expr("spread(cost, 10万元)", names, ()).type.kind is Kind.MONEY
    for text, code in (
        ("spread(x, cost)", "PRF349"),
        ("spread(cost)", "PRF323"),
        ("middle(cost)", "PRF352"),
        ("spread(cost, cost) > 5", "PRF343"),
    ):
        with pytest.raises(ExprFaults) as caught:
            compile_expr(text, names, ())
        assert [fault.code for fault in caught.value.faults] == [code], text


def test_it_is_called_with_exact_values() -> None:
    expr = compile_expr("spread(10万元, 12.5万元)", Names(functions=TABLE), ())
    assert evaluate(expr, World(), TABLE) == D(25000)


def test_a_fold_of_nothing_may_refuse() -> None:
    fold = TABLE["middle"].fold
    assert fold is not None
    assert fold(iter([D(3), D(1), D(2)])) == 2
    with pytest.raises(Fault) as caught:
        fold(iter(()))
    assert caught.value.code == "PRF921"


def test_a_fault_in_a_row_is_not_the_plugins() -> None:
    def rows() -> object:
        yield D(1)
        raise Fault("PRF530")

    fold = TABLE["middle"].fold
    assert fold is not None
    with pytest.raises(Fault) as caught:
        fold(rows())
    assert caught.value.code == "PRF530"


def test_the_same_kind_comes_back() -> None:
    fold = TABLE["middle"].fold
    assert fold is not None
    assert fold(iter([True])) is True
    with pytest.raises(Fault) as caught:
        fold(iter(["x", D(1)]))
    assert caught.value.code == "PRF920"


def test_it_travels() -> None:
    call = pickle.loads(pickle.dumps(TABLE["spread"])).call  # noqa: S301 - our own bytes
    assert call(D(1), D(4)) == 3
