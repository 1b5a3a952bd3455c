"""Values and conditions as a person reads them."""

from datetime import date
from decimal import Decimal

import pytest

from perfrules.engine.reason import show_value, type_of
from perfrules.lang.types import DATE, DAYS, FLAG, MISSING, MONEY, NUMBER, PERCENT, Kind, Type
from tests.small import plan, score


@pytest.mark.parametrize(
    ("value", "kind", "zh", "en"),
    [
        (Decimal("0.5"), PERCENT, "50%", "50%"),
        (Decimal(1) / 3, PERCENT, "33.3333%", "33.3333%"),
        (Decimal(15000), Type(Kind.MONEY, "万元"), "1.5万元", "1.5万元"),
        (Decimal(15000), MONEY, "15000元", "15000元"),
        (Decimal(3), Type(Kind.NUMBER, "人"), "3人", "3人"),
        (Decimal(10), DAYS, "10天", "10 days"),
        (Decimal(2) / 3, NUMBER, "0.666667", "0.666667"),
        (Decimal("1E+2"), NUMBER, "100", "100"),
        (True, FLAG, "是", "yes"),
        (date(2022, 12, 31), DATE, "2022-12-31", "2022-12-31"),
        (frozenset(), Type(Kind.CHOICES), "（无）", "(none)"),
        (MISSING, NUMBER, "缺失", "missing"),
        (None, NUMBER, "缺失", "missing"),
        ("优", NUMBER, "优", "优"),
    ],
)
def test_values(value: object, kind: Type, zh: str, en: str) -> None:
    assert (show_value(value, kind).zh, show_value(value, kind).en) == (zh, en)


def test_a_set_is_in_a_fixed_order() -> None:
    assert show_value(frozenset("丙甲乙"), Type(Kind.CHOICES)).zh == "丙、乙、甲"


def test_a_condition_shows_its_values_in_their_units() -> None:
    body = """
    inputs:
      spent: {type: money, unit: 万元}
      share: {type: percent}
      n: {type: number, optional: true}
    decisions:
      rules:
        - {id: x, when: spent > 1万元 and share > 1% and not known(n), do: {code: c}}
    """
    found = score(body, spent="2.5万元", share="30%").decisions[0].because
    assert found.zh == (
        "spent > 1万元 and share > 1% and not known(n)（n = 缺失，share = 30%，spent = 2.5万元）"
    )


def test_types_of_names() -> None:
    found = plan("inputs: {n: {type: percent}}\nderive: {m: n * 2}\nreport: {m: m}")
    assert type_of(found, "n") == PERCENT
    assert type_of(found, "m") == PERCENT
    assert type_of(found, "total") == NUMBER
    assert type_of(found, "complete") == PERCENT
