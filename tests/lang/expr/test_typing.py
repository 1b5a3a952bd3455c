"""What the caller decides: wanted kinds, strata, missing policies, whole values."""

from dataclasses import replace
from decimal import Decimal

import pytest

from perfrules.errors import Text
from perfrules.lang.expr import ExprFault, ExprFaults, Later, Names, compile_expr
from perfrules.lang.types import MONEY, NUMBER, PERCENT, Kind, Type
from tests.sample_world import ELSEWHERE, NAMES


def faults(text: str, names: Names = NAMES, *want: Kind) -> tuple[ExprFault, ...]:
    with pytest.raises(ExprFaults) as caught:
        compile_expr(text, names, (), want)
    return caught.value.faults


def test_a_literal_takes_the_wanted_kind() -> None:
    assert compile_expr("1", NAMES, (), (Kind.PERCENT,)).type == PERCENT
    assert compile_expr("0", NAMES, (), (Kind.MONEY,)).type == MONEY
    assert compile_expr("1", NAMES, (), (Kind.NUMBER, Kind.PERCENT)).type == NUMBER


def test_a_computed_number_is_no_percent() -> None:
    assert [fault.code for fault in faults("x / y", NAMES, Kind.PERCENT)] == ["PRF350"]


def test_the_wanted_kinds_are_named() -> None:
    (fault,) = faults("flag", NAMES, Kind.NUMBER, Kind.PERCENT)
    assert fault.expected == Text("数或百分比", "a number or a percent")


@pytest.mark.parametrize("kind", [Kind.TABLE, Kind.MAP, Kind.SURVEY])
def test_a_whole_value_only_where_it_is_wanted(kind: Kind) -> None:
    name = {Kind.TABLE: "targets", Kind.MAP: "minimum", Kind.SURVEY: "survey"}[kind]
    assert compile_expr(name, NAMES, (), (kind,)).type.kind is kind
    assert [fault.code for fault in faults(name)] == ["PRF326"]
    assert [fault.code for fault in faults(f"{name} if flag else {name}", NAMES, kind)] == [
        "PRF326",
        "PRF326",
    ]


def test_money_keeps_the_unit_it_is_shown_in() -> None:
    assert compile_expr("budget - executed", NAMES, ()).type.unit == "万元"
    assert compile_expr("share * budget", NAMES, ()).type.unit == "万元"
    assert compile_expr("100亿元", NAMES, ()).type == Type(Kind.MONEY, unit="亿元")


def test_a_group_that_is_not_known_yet() -> None:
    early = replace(
        NAMES,
        indicators={},
        later={"rate": Later(Text("得分在后面", "rates come later"), ELSEWHERE)},
    )
    (fault,) = faults("rate.goals > 60%", early)
    assert (fault.code, fault.args["name"]) == ("PRF321", "rate.goals")
    early = replace(
        NAMES, indicators={}, later={"leaves": Later(Text("在后面", "later"), ELSEWHERE)}
    )
    (fault,) = faults("sum(l.score for l in leaves(goals))", early)
    assert fault.code == "PRF321"


def test_a_missing_policy_switches_the_guard_off() -> None:
    expr = compile_expr("gap + 1", replace(NAMES, missing_ok=True), ())
    assert not expr.type.optional


def test_bare_rate_where_it_is_a_name() -> None:
    names = Names({"rate": PERCENT})
    assert compile_expr("rate < 80%", names, ()).names == {"rate"}


def test_negative_literals_are_constants() -> None:
    assert compile_expr("-5%", NAMES, ()).constant == Decimal("-0.05")
    assert compile_expr("- 3", NAMES, ()).constant == -3
    assert compile_expr("0 - 3", NAMES, ()).constant is None


def test_names_in_chinese_are_suggested() -> None:
    names = Names({"预算执行数": NUMBER, "受助人数": NUMBER})
    (fault,) = faults("预算执行书 > 1", names)
    assert fault.hint == Text("是否想写 预算执行数？", "did you mean 预算执行数?")
    assert (fault.start, fault.end) == (0, 5)


def test_places_are_characters_behind_chinese_text() -> None:
    names = Names({"受助人数": NUMBER})
    (fault,) = faults("受助人数 > 100 and 受助人 > 1", names)
    assert (fault.start, fault.end) == (15, 18)


def test_faults_come_in_the_order_of_the_text() -> None:
    found = faults("zz1 + zz2 > 1 and s > 2 or zz3 > 1")
    assert [fault.start for fault in found] == sorted(fault.start for fault in found)
    assert len(found) == 4


def test_nothing_known_suggests_nothing() -> None:
    (fault,) = faults("x > 1", Names())
    assert fault.code == "PRF320"
