"""`survey`: counts by level become a satisfaction, by group where groups count."""

from decimal import Decimal

import pytest

from perfrules.decimals import CONTEXT
from perfrules.lang.ballots import SurveyFact
from tests.lang.methods.fakes import FIVE, checked, codes, fault, plan, rate, reach, score, share

LIKERT = (
    "{method: survey, actual: votes, values: {很满意: 100%, 较满意: 75%, 一般: 50%, "
    "不太满意: 25%, 不满意: 0%}%s}"
)
TWO = "{method: survey, actual: asked, values: {满意: 100%%, 不满意: 0%%}%s}"


def likert(more: str = "") -> str:
    return LIKERT.replace("%s", more)


def votes(*counts: int, issued: int | None = None) -> SurveyFact:
    return SurveyFact({None: dict(zip(FIVE, counts, strict=True))}, issued)


def asked(**groups: tuple[int, int]) -> SurveyFact:
    return SurveyFact({name: {"满意": yes, "不满意": no} for name, (yes, no) in groups.items()})


def test_golden_10_likert() -> None:
    # domain §14.10: 7055/1589/511/96/59, 100/75/50/25/0 → 91.58 % [V2 S10]
    fact = votes(7055, 1589, 511, 96, 59)
    exact = share(rate(likert(), votes=fact))
    # (7055 + 0.75×1589 + 0.5×511 + 0.25×96) ÷ 9310 = 8526.25 ÷ 9310
    assert exact == CONTEXT.divide(Decimal("8526.25"), Decimal(9310))
    assert score(likert(), "100", votes=fact) == Decimal("91.58")
    assert share(rate(likert(", digits: 2"), votes=fact)) == Decimal("0.9158")


def test_the_share_is_kept_as_a_fraction() -> None:
    found = rate(likert(), votes=votes(1, 0, 0, 0, 2))
    assert (found.numerator, found.denominator) == (Decimal("1.00"), Decimal(3))


@pytest.mark.parametrize(
    ("counts", "digits", "expected"),
    [((1, 0, 0, 0, 2), 0, "0.33"), ((2, 0, 0, 0, 1), 1, "0.667"), ((1, 0, 0, 0, 7), 1, "0.125")],
)
def test_digits_are_those_of_the_percentage(
    counts: tuple[int, ...], digits: int, expected: str
) -> None:
    assert share(rate(likert(f", digits: {digits}"), votes=votes(*counts))) == Decimal(expected)


@pytest.mark.parametrize(("yes", "expected"), [(899, 8), (900, 10), (901, 10), (799, 0), (800, 8)])
def test_then_another_method(yes: int, expected: int) -> None:
    bands = "[{at_least: 90%, points: 10}, {at_least: 80%, points: 8}, {else: 0}]"
    then = f", then: {{method: bands, bands: {bands}}}"
    fact = votes(yes, 0, 0, 0, 1000 - yes)
    assert score(likert(then), votes=fact) == expected


def test_digits_round_before_then() -> None:
    then = ", then: {method: bands, bands: [{at_least: 90%, points: 10}, {else: 0}]}"
    fact = votes(8996, 0, 0, 0, 1004)  # 89.96 %
    assert score(likert(", digits: 1" + then), votes=fact) == 10
    assert score(likert(", digits: 2" + then), votes=fact) == 0


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ("", "0.8"),  # pooled: (90 + 30) ÷ 150
        (", groups: pooled", "0.8"),
        (", groups: equal", "0.75"),  # (90 % + 60 %) ÷ 2
        (", groups: {村民: 60%, 干部: 40%}", "0.78"),  # 54 % + 24 %
    ],
)
def test_groups(groups: str, expected: str) -> None:
    fact = asked(村民=(90, 10), 干部=(30, 20))
    assert share(rate(TWO % groups, asked=fact)) == Decimal(expected)


@pytest.mark.parametrize("groups", ["", ", groups: equal", ", groups: {村民: 60%, 干部: 40%}"])
@pytest.mark.parametrize("fact", [asked(村民=(9, 1), 干部=(0, 0)), asked(村民=(0, 0), 干部=(0, 0))])
def test_a_group_without_answers_is_a_fault(groups: str, fact: SurveyFact) -> None:
    assert fault(TWO % groups, asked=fact).code == "PRF544"


def test_a_group_that_is_not_in_the_facts_is_a_fault() -> None:
    text = TWO % ", groups: {村民: 60%, 干部: 40%}"
    assert fault(text, asked=asked(村民=(9, 1))).args_by_name["name"] == "干部"


@pytest.mark.parametrize("groups", ["", ", groups: equal", ", groups: {村民: 60%, 干部: 40%}"])
def test_a_group_without_answers_may_be_left_out(groups: str) -> None:
    text = TWO % (groups + ", empty: exclude")
    assert share(rate(text, asked=asked(村民=(9, 1), 干部=(0, 0)))) == Decimal("0.9")
    assert fault(text, asked=asked(村民=(0, 0), 干部=(0, 0))).code == "PRF544"


def test_no_answers_at_all_is_a_fault() -> None:
    assert fault(likert(), votes=votes(0, 0, 0, 0, 0)).code == "PRF544"


@pytest.mark.parametrize(("count", "notes"), [(29, 1), (30, 0), (31, 0)])
def test_a_small_sample_is_noted(count: int, notes: int) -> None:
    found = rate(likert(", minimum: 30"), votes=votes(count, 0, 0, 0, 0))
    assert len(found.notes) == notes


@pytest.mark.parametrize(
    ("issued", "zh"),
    [
        (101, "回收率 59.4059%（60/101），低于 60%"),
        (100, None),
        (99, None),
        (None, "未填发放份数，回收率无法核对"),
    ],
)
def test_a_low_return_rate_is_noted(issued: int | None, zh: str | None) -> None:
    found = rate(likert(", return_rate: 60%"), votes=votes(60, 0, 0, 0, 0, issued=issued))
    assert [note.zh for note in found.notes] == ([] if zh is None else [zh])


def test_reason() -> None:
    because = rate(likert(), votes=votes(6, 2, 1, 0, 1)).because
    assert because.zh == "满意度 80%（(6×100% + 2×75% + 1×50% + 0×25% + 1×0%) ÷ 10）"
    assert because.en == "satisfaction 80% ((6×100% + 2×75% + 1×50% + 0×25% + 1×0%) ÷ 10)"


def test_reason_with_groups_and_then() -> None:
    text = TWO % ", groups: {村民: 60%, 干部: 40%}, then: {method: proportional, target: 90%}"
    because = rate(text, asked=asked(村民=(90, 10), 干部=(30, 20))).because
    assert because.zh == "满意度 78%（村民 90% × 60%、干部 60% × 40%）；78% ÷ 90%"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (TWO % ", groups: {村民: 60%}", ["PRF428", "PRF430"]),
        (TWO % ", groups: {村民: 60%, 干部: 50%}", ["PRF428"]),
        (TWO % ", groups: {村民: 60%, 乡镇: 40%}", ["PRF431"]),
        (TWO % ", groups: {村民: rate, 干部: 40%}", ["PRF440"]),
        (TWO % ", groups: half", ["PRF205"]),
        (likert(", groups: equal"), ["PRF451"]),
        (likert(", empty: keep"), ["PRF205"]),
        (likert(", return_rate: 60"), ["PRF342"]),
        (likert(", return_rate: 110%"), ["PRF426"]),
        (likert(", digits: 13"), ["PRF228"]),
        (likert().replace("一般: 50%", "一般: 150%"), ["PRF426"]),
        (likert().replace(", 一般: 50%", ""), ["PRF430"]),
        (likert().replace("一般", "还行"), ["PRF431"]),
        (likert().replace("votes", "x"), ["PRF350"]),
        (likert(", then: {method: proportional, target: 95}"), ["PRF342"]),
        (
            likert(", then: {method: bands, bands: [{at_least: 101%, points: 1}, {else: 0}]}"),
            ["PRF438"],
        ),
        ("{method: survey, values: {满意: 100%}}", ["PRF420"]),
    ],
)
def test_faults(text: str, found: list[str]) -> None:
    assert sorted(codes(text)) == sorted(found)


def test_a_fault_of_the_inner_method_has_its_whole_path() -> None:
    text = likert(", then: {method: bands, bands: [{at_least: 90%, points: 11}, {else: 0}]}")
    assert checked(text)[1].faults == [("PRF426", ("then", "bands", 0, "points"))]


def test_reachable_and_reads() -> None:
    assert reach(plan(likert())) == "0 to 1"
    assert reach(plan(likert().replace("100%", "90%").replace(" 0%", " 10%"))) == "0.1 to 0.9"
    then = plan(likert(", then: {method: met, when: ok, otherwise: 40%}"))
    assert reach(then) == "0.4 to 1"
    assert [item.text for item in then.reads][-2:] == ["ok", "40%"]


def test_a_group_that_the_rule_does_not_know_is_named() -> None:
    groups = ", groups: {村民: 60%%, 干部: 40%%}".replace("%%", "%")
    found = fault(TWO % groups, asked=asked(村民=(8, 2), 干部=(9, 1), 游客=(1, 0)))
    assert found.code == "PRF566"
    assert found.args_by_name["name"] == "游客"
