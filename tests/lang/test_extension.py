"""What a plugin sees of a leaf: typed values, and how a person writes them."""

from datetime import date
from decimal import Decimal

import pytest

from perfrules.errors import Text
from perfrules.lang.extension import Given, NoValue

GIVEN = Given(
    {"actual": Decimal("0.95"), "side": "up", "late": True, "due": date(2022, 12, 31)},
    Decimal(10),
    {"actual": Text("95%", "95%")},
)


def test_a_value_comes_by_its_kind() -> None:
    assert GIVEN.number("actual") == Decimal("0.95")
    assert GIVEN.text("side") == "up"
    assert GIVEN.flag("late") is True
    assert GIVEN.day("due") == date(2022, 12, 31)
    assert "side" in GIVEN
    assert "other" not in GIVEN


def test_another_kind_is_the_plugins_mistake() -> None:
    for ask in (GIVEN.text, GIVEN.flag, GIVEN.day):
        with pytest.raises(TypeError, match="actual"):
            ask("actual")
    with pytest.raises(TypeError, match="side"):
        GIVEN.number("side")


def test_a_value_is_shown_in_its_unit() -> None:
    assert GIVEN.shown("actual").en == "95%"
    assert GIVEN.shown("side").zh == "up"


def test_a_refusal_has_a_reason() -> None:
    assert NoValue(Text("没有", "none")).reason.en == "none"
