"""Scores: the rates are computed when they are asked for, to 12 decimals as a result shows them."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from perfrules.decimals import CONTEXT, snap
from perfrules.engine.answer import State
from perfrules.engine.codegen import LineScore, Scores
from perfrules.engine.codegen.scores import rate_of

D = Decimal
SCORES = Scores(
    D("91.85"), D(100), "优", D(1), ("a", "b"), (D("15.85"), None),
    (State.SCORED, State.INFORMATIONAL), (), ("keep",), (), ((D("1585.4"), D(2000)), None),
)  # fmt: skip


def test_lines() -> None:
    assert SCORES.rate == D("0.9185")
    assert SCORES.rates == (D("0.7927"), None)
    assert SCORES.line("a") == LineScore("a", D("15.85"), D("0.7927"), State.SCORED)
    assert SCORES.lines()[1] == LineScore("b", None, None, State.INFORMATIONAL)
    with pytest.raises(KeyError):
        SCORES.line("c")


def test_nothing_can_be_set() -> None:
    with pytest.raises(AttributeError):
        SCORES.total = D(100)  # type: ignore[misc] # what must fail
    assert not hasattr(SCORES, "__dict__")


NUMBERS = st.decimals("-1e6", "1e6", allow_nan=False, places=5)


@given(NUMBERS, NUMBERS.filter(bool))
@example(D("-640.00001"), D("0.00064"))  # -1000000.015625, longer than any rate up to 1
def test_a_rate_is_what_a_line_shows(over: Decimal, under: Decimal) -> None:
    wanted = snap(CONTEXT.divide(over, under))
    assert str(rate_of((over, under))) == str(wanted)
    assert rate_of(CONTEXT.divide(over, under)) == wanted
    assert rate_of((over, under, wanted)) is wanted
    rates = SCORES._replace(shares=((over, under), CONTEXT.divide(over, under))).rates
    assert list(map(str, rates)) == [str(wanted), str(wanted)]
