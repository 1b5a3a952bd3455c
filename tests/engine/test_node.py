"""The working tree: what counts, and by which policy."""

from decimal import Decimal

import pytest

from perfrules.engine.node import Node, fixed_rate, share_of
from perfrules.engine.result import State
from perfrules.errors import Text
from perfrules.lang.frame import Rated
from perfrules.lang.plan import Applicability, Indicator


def node(name: str, state: State = State.SCORED, **keys: object) -> Node:
    indicator = Indicator(name, (), Text(name), None, None, None, **keys)  # type: ignore[arg-type]
    return Node(indicator, name, (name,), Text(name), Decimal(10), None, state=state)


@pytest.mark.parametrize(
    ("state", "counts"),
    [
        (State.SCORED, True),
        (State.MISSING, True),  # missing: zero earns nothing and counts
        (State.UNVERIFIED, True),
        (State.NOT_APPLICABLE, False),
        (State.WAIVED, False),
        (State.INFORMATIONAL, False),
    ],
)
def test_what_counts_by_default(state: State, *, counts: bool) -> None:
    assert node("a", state).counts is counts


def test_a_policy_decides() -> None:
    full = node("a", State.NOT_APPLICABLE, not_applicable=Applicability("full"))
    assert full.counts
    assert fixed_rate(full) == (Decimal(1), Decimal(1))
    left_out = node("a", State.UNVERIFIED, unverified=Applicability("exclude"))
    assert not left_out.counts
    zero = node("a", State.WAIVED, waived=Applicability("zero"))
    assert fixed_rate(zero) == (Decimal(0), Decimal(1))


def test_a_rating_is_kept_as_a_fraction() -> None:
    rated = node("a")
    rated.rated = Rated(Decimal(2), Text(), Decimal(3))
    assert fixed_rate(rated) == (Decimal(2), Decimal(3))
    assert str(share_of(rated.rated)).startswith("0.66666666666666666666666666666666")


def test_walking() -> None:
    root, left, right = node("root"), node("left"), node("right")
    root.children = [left, right]
    assert [item.id for item in root.walk()] == ["root", "left", "right"]
    assert list(root.leaves()) == []
