"""`rank`: points by a place, in steps or by a table."""

from decimal import Decimal

import pytest

from tests.lang.methods.fakes import codes, fault, plan, rate, score

STEP = "{method: rank, actual: x, lose: 0.25}"
TABLE = "{method: rank, actual: x, table: [60, 57, 54, 51, 48], else: 0}"


@pytest.mark.parametrize(
    ("place", "expected"), [("1", "20"), ("2", "19.75"), ("41", "10"), ("81", "0"), ("82", "0")]
)
def test_a_quarter_point_a_place(place: str, expected: str) -> None:
    # domain §9.3.1 [V2 S61]: 减贫/贫困程度排位, 20 points, −0.25 per place
    assert score(STEP, "20", x=place) == Decimal(expected)


@pytest.mark.parametrize(
    ("place", "expected"),
    [("1", "60"), ("2", "57"), ("3", "54"), ("4", "51"), ("5", "48"), ("6", "0")],
)
def test_the_first_five_by_table(place: str, expected: str) -> None:
    # domain §12: top-5 60/57/54/51/48
    assert score(TABLE, "60", x=place) == Decimal(expected)


def test_shares_do_as_well() -> None:
    text = "{method: rank, actual: x, table: [100%, 80%], else: 50%}"
    assert [score(text, "10", x=place) for place in ("1", "2", "3")] == [10, 8, 5]


def test_at_most() -> None:
    assert score("{method: rank, actual: x, lose: 1, at_most: 5}", "20", x="100") == 15


def test_reasons() -> None:
    assert rate(TABLE, "60", x="2").because.zh == "第2名，按表计"
    assert rate(TABLE, "60", x="9").because.en == "place 9 is behind the first 5"
    assert rate(STEP, "20", x="3").because.zh == "第3名，每名扣0.25分，计2名，共扣0.5分"


@pytest.mark.parametrize("place", ["0", "-1", "2.5"])
def test_what_is_no_place_is_refused(place: str) -> None:
    assert fault(STEP, "20", x=place).code == "PRF722"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{method: rank, actual: x}", ["PRF222"]),
        ("{method: rank, actual: x, lose: 1, table: [5], else: 0}", ["PRF222"]),
        ("{method: rank, actual: x, at_most: 1}", ["PRF202"]),
        ("{method: rank, actual: x, table: [5]}", ["PRF202"]),
        ("{method: rank, actual: x, else: 5}", ["PRF202"]),
        ("{method: rank, actual: x, table: [5, 6], else: 0}", ["PRF702"]),
        ("{method: rank, actual: x, table: [5, 4], else: 4.5}", ["PRF702"]),
        ("{method: rank, actual: x, table: [5, 60%], else: 0}", ["PRF702"]),
        ("{method: rank, actual: x, table: [11], else: 0}", ["PRF426"]),
        ("{method: rank, actual: rate, lose: 1}", ["PRF350"]),
        ("{method: rank, lose: 1}", ["PRF420"]),
    ],
)
def test_faults(text: str, found: list[str]) -> None:
    assert codes(text) == found


def d(number: int) -> Decimal:
    return Decimal(number)


def test_reachable() -> None:
    assert plan(STEP, "20").reachable() == (d(0), d(1))
    assert plan("{method: rank, actual: x, lose: 1, at_most: 5}", "20").reachable() == (
        Decimal("0.75"),
        d(1),
    )
    assert plan(TABLE, "60").reachable() == (d(0), d(1))
