"""`panel`: raters' scores by mean, median or trimmed mean, by group and item; void ones."""

from decimal import Decimal

import pytest

from perfrules.lang.ballots import Ballot, PanelFact
from tests.lang.methods.fakes import codes, fault, plan, rate, reach, score, share

TRIMMED = "{method: panel, actual: jury, out_of: 100, combine: trimmed, trim: {above: 5, drop: 1}}"


def panel(keys: str = "", actual: str = "jury") -> str:
    return f"{{method: panel, actual: {actual}, out_of: 100{keys}}}"


def jury(*scores: str) -> PanelFact:
    return PanelFact(tuple(Ballot(f"r{n}", Decimal(score)) for n, score in enumerate(scores)))


def grouped(**groups: tuple[str, ...]) -> PanelFact:
    return PanelFact(
        tuple(
            Ballot(f"{group}{n}", Decimal(score), group)
            for group, scores in groups.items()
            for n, score in enumerate(scores)
        )
    )


def itemised(**raters: tuple[str, str]) -> PanelFact:
    return PanelFact(
        tuple(
            Ballot(rater, Decimal(score), None, item)
            for rater, scores in raters.items()
            for item, score in zip(("设计", "效果"), scores, strict=True)
        )
    )


EIGHT = tuple(str(score) for score in range(60, 100, 5))


def test_golden_20_one_highest_and_one_lowest_left_out() -> None:
    # domain §14.20: 8 raters 60…95 in steps of 5, trim one max and one min → 77.5 [V2 S36]
    found = rate(TRIMMED, jury=jury(*EIGHT))
    assert score(TRIMMED, "100", jury=jury(*EIGHT)) == Decimal("77.5")
    assert found.because.zh == "77.5 ÷ 100（8人评分，去掉最高、最低各1个后平均）"
    assert found.because.en == "77.5 ÷ 100 (mean of 8 raters without the 1 highest and lowest)"
    assert [note.zh for note in found.notes] == ["评分最高95、最低60，相差35"]


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        (("0", "80", "80", "80", "100"), "68"),  # five raters: the plain mean
        (("0", "80", "80", "80", "80", "100"), "80"),  # six: without 0 and 100
        (("90",), "90"),
    ],
)
def test_trimming_begins_above_five_raters(scores: tuple[str, ...], expected: str) -> None:
    assert score(TRIMMED, "100", jury=jury(*scores)) == Decimal(expected)


@pytest.mark.parametrize(
    ("scores", "expected"),
    [(("70", "90", "80"), "80"), (("70", "90", "80", "100"), "85"), (("1",), "1")],
)
def test_median(scores: tuple[str, ...], expected: str) -> None:
    assert score(panel(", combine: median"), "100", jury=jury(*scores)) == Decimal(expected)


def test_the_mean_is_exact() -> None:
    found = rate(panel(), jury=jury("1", "0", "0"))
    assert (found.numerator, found.denominator) == (Decimal(1), Decimal(300))


@pytest.mark.parametrize(("digits", "expected"), [(1, "0.667"), (0, "0.67")])
def test_digits_round_the_score(digits: int, expected: str) -> None:
    text = panel(f", digits: {digits}")
    assert share(rate(text, jury=jury("66", "67", "67"))) == Decimal(expected)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("", "0.8"),  # five ballots pooled: (90 + 90 + 90 + 60 + 70) ÷ 5
        (", groups: equal", "0.775"),  # (90 + 65) ÷ 2
        (", groups: {专家: 60%, 代表: 40%}", "0.8"),  # 54 + 26
    ],
)
def test_groups(keys: str, expected: str) -> None:
    fact = grouped(专家=("90", "90", "90"), 代表=("60", "70"))
    assert share(rate(panel(keys, "grouped"), grouped=fact)) == Decimal(expected)


def test_trimming_is_within_each_group() -> None:
    text = panel(
        ", combine: trimmed, trim: {above: 2, drop: 1}, groups: {专家: 60%, 代表: 40%}", "grouped"
    )
    fact = grouped(专家=("0", "90", "100"), 代表=("60", "70"))
    assert share(rate(text, grouped=fact)) == Decimal("0.8")  # 90 × 60 % + 65 × 40 %


def test_a_group_without_ballots() -> None:
    keys = ", groups: {专家: 60%, 代表: 40%}"
    fact = grouped(专家=("90",))
    assert fault(panel(keys, "grouped"), grouped=fact).code == "PRF544"
    assert share(rate(panel(keys + ", empty: exclude", "grouped"), grouped=fact)) == Decimal("0.9")


@pytest.mark.parametrize(
    ("void", "expected", "names"),
    [
        ("", "0.85", None),  # (100 + 80 + 75) ÷ 3
        (", void: [all_full]", "0.775", "甲"),
        (", void: [all_full, all_equal]", "0.75", "甲、乙"),
        (", void: [all_equal]", "0.75", "甲、乙"),
    ],
)
def test_void_ballots(void: str, expected: str, names: str | None) -> None:
    fact = itemised(甲=("100", "100"), 乙=("80", "80"), 丙=("70", "80"))
    found = rate(panel(void, "itemised"), itemised=fact)
    assert share(found) == Decimal(expected)
    told = [note.zh for note in found.notes if "无效" in note.zh]
    assert told == ([] if names is None else [f"评分无效，不计入：{names}"])


def test_one_score_is_never_all_equal() -> None:
    assert share(rate(panel(", void: [all_equal]"), jury=jury("80", "80"))) == Decimal("0.8")


def test_only_void_ballots_are_a_fault() -> None:
    assert fault(panel(", void: [all_full]"), jury=jury("100", "100")).code == "PRF544"


def test_items_have_shares() -> None:
    text = panel(", items: {设计: 30%, 效果: 70%}", "itemised")
    fact = itemised(甲=("100", "80"), 乙=("60", "80"))
    assert share(rate(text, itemised=fact)) == Decimal("0.8")  # (86 + 74) ÷ 2


def test_a_rater_who_left_out_an_item_is_a_fault() -> None:
    text = panel(", items: {设计: 30%, 效果: 70%}", "itemised")
    fact = PanelFact((Ballot("甲", Decimal(80), None, "设计"),))
    found = fault(text, itemised=fact)
    assert (found.code, found.args_by_name["item"]) == ("PRF567", "效果")


@pytest.mark.parametrize(("score_given", "code"), [("-0.01", "PRF565"), ("100.01", "PRF565")])
def test_a_score_outside_the_scale_is_a_fault(score_given: str, code: str) -> None:
    assert fault(panel(), jury=jury(score_given)).code == code


@pytest.mark.parametrize("score_given", ["0", "100"])
def test_the_ends_of_the_scale_are_fine(score_given: str) -> None:
    assert share(rate(panel(), jury=jury(score_given))) == Decimal(score_given) / 100


def test_too_few_ballots_are_a_fault() -> None:
    assert fault(panel(", minimum: 3"), jury=jury("80", "90")).code == "PRF545"
    assert score(panel(", minimum: 3"), jury=jury("80", "90", "85")) == Decimal("8.5")


def test_then_another_method() -> None:
    then = ", then: {method: bands, bands: [{at_least: 90, points: 10}, {else: 6}]}"
    assert score(panel(then), jury=jury("89", "90")) == 6
    assert score(panel(then), jury=jury("90", "90")) == 10
    assert rate(panel(then), jury=jury("90", "90")).because.zh == (
        "评分 90（2人评分平均）；90 达到 90"
    )


def test_no_ballots_are_a_fault() -> None:
    assert fault(panel(), jury=PanelFact(())).code == "PRF544"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{method: panel, actual: jury}", ["PRF443"]),
        ("{method: panel, out_of: 100}", ["PRF420"]),
        (panel().replace("100", "0"), ["PRF437"]),
        (panel().replace("100", "100%"), ["PRF350"]),
        (panel(", combine: trimmed"), ["PRF202"]),
        (panel(", trim: {above: 5, drop: 1}"), ["PRF439"]),
        (panel(", combine: trimmed, trim: {above: 1, drop: 1}"), ["PRF452"]),
        (panel(", combine: trimmed, trim: {above: 2, drop: 1}"), []),
        (panel(", combine: average"), ["PRF205"]),
        (panel(", groups: equal"), ["PRF451"]),
        (panel(", groups: {专家: 60%, 代表: 30%}", "grouped"), ["PRF428"]),
        (panel(", items: {设计: 60%, 效果: 30%}", "itemised"), ["PRF428"]),
        (panel(", items: {设计: 60%, 效益: 40%}", "itemised"), ["PRF431"]),
        (panel(", void: [all_zero]"), ["PRF205"]),
        (panel("", "x"), ["PRF350"]),
        (panel(", then: {method: met, when: x}"), ["PRF350"]),
    ],
)
def test_faults(text: str, found: list[str]) -> None:
    assert codes(text) == found


def test_reachable_and_reads() -> None:
    assert reach(plan(panel())) == "0 to 1"
    then = plan(panel(", then: {method: met, when: value > x, otherwise: 20%}"))
    assert reach(then) == "0.2 to 1"
    assert [item.text for item in then.reads] == ["jury", "100", "value > x", "20%"]
