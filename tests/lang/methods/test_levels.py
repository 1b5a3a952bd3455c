"""`levels`: what a rating is worth, the value chosen in its range, and the evidence it needs."""

from decimal import Decimal

import pytest

from tests.lang.methods.fakes import checked, codes, fault, plan, rate, reach, score

HUBEI = (
    "{method: levels, level: level, chosen: chosen, default: %s, "
    "shares: {达成: [100%%, 80%%], 部分达成: [80%%, 50%%], 未达成: [50%%, 0%%]}}"
)
MOF = (
    "{method: levels, level: level, chosen: chosen, default: middle, "
    "shares: {达成: [100%, 80%], 部分达成: [80%, 60%], 未达成: [60%, 0%]}}"
)


@pytest.mark.parametrize(
    ("text", "level", "chosen", "expected"),
    [
        (HUBEI % "middle", "达成", "80%", "8"),
        (HUBEI % "middle", "部分达成", "79.99%", "8.00"),
        (HUBEI % "middle", "部分达成", "50%", "5"),
        (HUBEI % "middle", "未达成", "49.99%", "5.00"),
        (HUBEI % "middle", "未达成", "0%", "0"),
        (MOF, "达成", "80%", "8"),
        (MOF, "部分达成", "60%", "6"),
        (MOF, "达成", "100%", "10"),
    ],
)
def test_golden_19_an_edge_belongs_to_the_upper_level(
    text: str, level: str, chosen: str, expected: str
) -> None:
    # domain §14.19: edges 0.80 and 0.50 (Hubei), 0.80 and 0.60 (MOF) [V2 S04, S06]
    assert score(text, level=level, chosen=chosen) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "level", "chosen"),
    [
        (HUBEI % "middle", "部分达成", "80%"),
        (HUBEI % "middle", "未达成", "50%"),
        (MOF, "未达成", "60%"),
        (MOF, "达成", "79.99%"),
        (MOF, "部分达成", "59.99%"),
        (MOF, "未达成", "-1%"),
        (MOF, "达成", "100.01%"),
    ],
)
def test_a_value_outside_its_level_is_refused(text: str, level: str, chosen: str) -> None:
    assert fault(text, level=level, chosen=chosen).code == "PRF561"


@pytest.mark.parametrize(
    ("default", "level", "expected"),
    [
        ("top", "达成", "10"), ("middle", "达成", "9"), ("bottom", "达成", "8"),
        ("top", "部分达成", "8"), ("middle", "部分达成", "6.5"), ("bottom", "部分达成", "5"),
        ("top", "未达成", "5"), ("middle", "未达成", "2.5"), ("bottom", "未达成", "0"),
    ],
)  # fmt: skip
def test_without_a_chosen_value_the_default_holds(default: str, level: str, expected: str) -> None:
    assert score(HUBEI % default, level=level) == Decimal(expected)


def test_single_shares() -> None:
    text = "{method: levels, level: two, shares: {好: 100%, 差: 40%}}"
    assert [score(text, two=label) for label in ("好", "差")] == [10, 4]
    assert rate(text, two="差").because.zh == "评为“差”（40%）"


def test_the_leafs_own_question_is_the_level() -> None:
    assert plan("{method: levels, shares: {好: 100%, 差: 0%}}", ask="two").reads[0].text == "two"


def test_shares_of_a_map_parameter() -> None:
    text = "{method: levels, level: level, shares: table}"
    shares = {"达成": Decimal(1), "部分达成": Decimal("0.7")}
    assert score(text, level="部分达成", table=shares) == 7
    missing = fault(text, level="未达成", table=shares)
    assert (missing.code, missing.args_by_name["key"]) == ("PRF533", "未达成")
    assert fault(text, level="达成", table={"达成": Decimal(2)}).code == "PRF563"


@pytest.mark.parametrize(
    ("facts", "zh", "en"),
    [
        (
            {"level": "部分达成"},
            "评为“部分达成”（80%至50%），取中间值65%",
            "rated 部分达成 (80% to 50%): its middle 65%",
        ),
        (
            {"level": "达成", "chosen": "85%"},
            "评为“达成”（100%至80%），核定85%",
            "rated 达成 (100% to 80%), set at 85%",
        ),
    ],
)
def test_reason(facts: dict[str, str], zh: str, en: str) -> None:
    because = rate(HUBEI % "middle", **facts).because
    assert (because.zh, because.en) == (zh, en)


ANCHORED = (
    "{method: levels, level: two, shares: {好: 100%, 差: 40%}, "
    "anchors: {好: {text: {zh: 制度健全, en: rules complete}, evidence: true}, 差: 无制度}}"
)


@pytest.mark.parametrize(
    ("level", "evidence", "unverified"),
    [("好", None, True), ("好", "验收报告", False), ("差", None, False)],
)
def test_an_anchor_may_ask_for_evidence(
    level: str, evidence: str | None, *, unverified: bool
) -> None:
    found = rate(ANCHORED, evidence=evidence, two=level)
    assert found.unverified is unverified
    assert bool(found.notes) is unverified


def test_an_anchor_is_in_the_reason() -> None:
    because = rate(ANCHORED, two="好").because
    assert because.zh == "评为“好”（100%）：制度健全"
    assert because.en == "rated 好 (100%): rules complete"


def levels(shares: str, more: str = "", level: str = "two") -> str:
    return f"{{method: levels, level: {level}, {more}shares: {{{shares}}}}}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (levels("好: 100%"), ["PRF430"]),
        (levels("好: 100%, 坏: 0%"), ["PRF431"]),
        (levels("好: 100%, 差: 0%, 坏: 0%"), ["PRF431"]),
        (levels("好: 100%, 差: [60%, 0%]"), ["PRF432"]),
        (levels("好: 100%, 差: [0%, 60%]", "default: top, "), ["PRF433"]),
        (levels("好: [100%, 60%], 差: [70%, 0%]", "default: top, "), ["PRF434"]),
        (levels("好: 100%, 差: 0%", "default: top, "), ["PRF439"]),
        (levels("好: 100%, 差: 0%", "chosen: chosen, "), ["PRF439"]),
        (levels("好: 100, 差: 0%"), ["PRF342"]),
        (levels("好: 101%, 差: 0%"), ["PRF426"]),
        (levels("好: 100%, 差: -1%"), ["PRF427"]),
        (levels("好: 100%, 差: [60%]"), ["PRF445"]),
        (levels("好: 100%, 差: 0%", "anchors: {坏: x}, "), ["PRF431"]),
        (levels("好: 100%, 差: 0%", "anchors: {好: {evidence: true}}, "), ["PRF202"]),
        (levels("好: 100%, 差: 0%", level="ok"), ["PRF350"]),
        ("{method: levels, shares: {好: 100%}}", ["PRF420"]),
        ("{method: levels, level: two, shares: x}", ["PRF350"]),
        ("{method: levels, level: level, shares: table, default: top}", ["PRF439"]),
        ("{method: levels, level: level, shares: table, chosen: chosen}", ["PRF439"]),
    ],
)
def test_faults(text: str, found: list[str]) -> None:
    assert codes(text) == found


def test_an_optional_value_is_fine_only_as_chosen() -> None:
    assert codes(HUBEI % "top") == []
    assert codes(levels("好: chosen, 差: 0%")) == ["PRF351"]


def test_a_misspelt_label_is_one_fault_with_a_hint() -> None:
    found = checked(levels("达成: 100%, 部份达成: 50%, 未达成: 0%", level="level"))[1]
    assert found.faults == [("PRF431", ("shares", "部份达成"))]
    assert found.args[0]["hint"].en == "did you mean 部分达成?"


def test_a_range_computed_reversed_is_a_fault_of_the_unit() -> None:
    text = levels("好: 100%, 差: [60%, rate]", "default: bottom, ")
    assert score(text, two="差", rate="20%") == 2
    assert fault(text, two="差", rate="70%").code == "PRF568"


def test_reachable() -> None:
    assert reach(plan(MOF)) == "0 to 1"
    assert reach(plan(levels("好: 90%, 差: [40%, 20%]", "default: top, "))) == "0.2 to 0.9"
    assert plan("{method: levels, level: level, shares: table}").reachable() is None
