"""Words of 评分标准 and 指标值 become the rule that they state, or none."""

from decimal import Decimal
from time import perf_counter

import pytest

from perfrules.excel.rule import Question
from perfrules.excel.understand import understand
from perfrules.excel.yaml import flow

BANDS = "{{method: bands, bands: [{}]}}"
KINDS = "{{method: deduct, kinds: [{}]}}"
ELEMENTS = "{{method: checklist, elements: [{}]}}"
THREE = "{at_least: 90%, points: 10}, {at_least: 80%, points: 6}, {else: 0}"

# points, 指标值, 评分标准, the rule; the cells are as published tables print them
KNOWN = [
    # a target with a sign states the proportion by itself, and so do words
    (8, "≥95%", "", "{method: proportional, target: 95%}"),
    (8, "不低于42人", "", "{method: proportional, target: 42}"),
    (8, "≤202.6万元", "", "{method: proportional, target: 202.6万元, better: lower}"),
    (8, "≤5天", "得分=目标值÷实际完成值×分值", "{method: proportional, target: 5, better: lower}"),
    (8, "50个", "按完成比例得分", "{method: proportional, target: 50}"),
    (8, "50个", "得分＝实际完成值/年度指标值×100%×指标分值", "{method: proportional, target: 50}"),
    (8, "50个", "完成得满分，未完成按比例得分。", "{method: proportional, target: 50}"),
    (8, "", "得分=执行率×分值", "{method: proportional, target: 100%}"),
    (8, "=8个", "", '{method: target, target: "\'=8个\'", plain: refuse}'),
    (8, "90%-95%", "", '{method: target, target: "\'90%-95%\'", plain: refuse}'),
    (8, "≤0起", "", '{method: target, target: "\'≤0起\'", plain: refuse}'),
    (8, "2022年12月底前", "", '{method: target, target: "\'2022年12月底前\'", plain: refuse}'),
    (
        8, "", "得分=实际到位资金（万元）÷计划投入资金（万元）×100%×分值",
        "{method: proportional, actual: 实际到位资金, target: 计划投入资金}",
    ),
    # bands, however their ends are written
    (10, "", "≥90%得10分；80%（含）-90%得6分；80%以下不得分", BANDS.format(THREE)),
    (10, "", "90%（含）以上得满分，80%（含）-90%得6分，低于80%得0分", BANDS.format(THREE)),
    (10, "", "达到90%得10分；80%≤满意度＜90%得6分；其他不得分", BANDS.format(THREE)),
    (10, "", "1.≥90%，得10分；2.[80%,90%)，得6分；3.＜80%，不得分。", BANDS.format(THREE)),
    (10, "", "满意度≥90%得10分；≥80%且＜90%得60%的分值；其余不得分", BANDS.format(THREE)),
    (
        5, "", "≤5%得5分；5%（不含）-10%（含）得3分；＞10%不得分",
        BANDS.format("{above: 10%, points: 0}, {above: 5%, points: 3}, {else: 5}"),
    ),
    (
        5, "", "90%-100%得5分，90%（不含）以下得2分",
        BANDS.format("{at_least: 90%, points: 5}, {else: 2}"),
    ),
    # deductions
    (
        4, "", "每发现一处不合规扣0.5分，扣完为止",
        "{method: deduct, kinds: [{title: 发现不合规, count: 甲, lose: 0.5}]}",
    ),
    (
        4, "", "每缺少1项扣1分；每逾期一天扣0.2分，最多扣2分",
        KINDS.format("{title: 缺少, count: 甲_1, lose: 1}, "
                     "{title: 逾期, count: 甲_2, lose: 0.2, at_most: 2}"),
    ),
    (
        4, "≥95%", "达到目标值得满分，每低1个百分点扣0.5分，扣完为止",
        "{method: deduct, side: below, from: 95%, per: 1%, lose: 0.5}",
    ),
    (
        4, "", "不超过5%得满分，每超过2%扣1分",
        "{method: deduct, side: above, from: 5%, per: 2%, lose: 1}",
    ),
    (
        4, "30天", "每高于目标值满5天扣1分，最多扣3分",
        "{method: deduct, side: above, from: 30, per: 5, lose: 1, whole_steps: true, at_most: 3}",
    ),
    # yes or no
    (4, "", "是得4分，否不得分", "{method: met, when: 甲}"),
    (4, "", "制度健全得4分，否则得1.5分", "{method: met, when: 甲, otherwise: 1.5}"),
    (4, "", "及时完成的得满分，未及时完成的扣3分", "{method: met, when: 甲, otherwise: 1}"),
    (4, "≥95%", "达到目标值得满分，否则不得分", '{method: met, when: "甲 >= 95%"}'),
    (4, "≤200万元", "达到目标得满分；否则得1分",
     '{method: met, when: "甲 <= 200万元", otherwise: 1}'),
    # ratings
    (10, "", "优得10分，良得8分，中得6分，差得0分",
     "{method: levels, shares: {优: 100%, 良: 80%, 中: 60%, 差: 0%}}"),
    (10, "", "好（10分）、一般（6.5分）、差（0分）",
     "{method: levels, shares: {好: 100%, 一般: 65%, 差: 0%}}"),
    (10, "", "健全100%，基本健全60%，不健全0%",
     "{method: levels, shares: {健全: 100%, 基本健全: 60%, 不健全: 0%}}"),
    (9, "", "优得9分，良得7分，差不得分",
     '{method: formula, points: "9 if 甲 == \\"优\\" else (7 if 甲 == \\"良\\" else 0)"}'),
    # elements
    (5, "", "①制度健全（2分）；②执行有效（3分）",
     ELEMENTS.format("{id: ①, title: 制度健全, points: 2}, "
                     "{id: ②, title: 执行有效, points: 3}")),
    (2, "", "①符合法规；②符合规划。每项1分",
     ELEMENTS.format("{id: ①, title: 符合法规, points: 1}, "
                     "{id: ②, title: 符合规划, points: 1}")),
]  # fmt: skip

# What states no rule, or one too many, or one that doesn't fit the points: a person decides.
UNKNOWN = [
    (8, "", ""),
    (8, "50个", ""),  # at least or at most?
    (8, "效果明显", ""),
    (8, "12月底前", ""),  # of which year?
    (8, "≥0起", ""),
    (8, "≤5天", "按完成比例得分"),  # more would earn more
    (8, "", "按完成比例得分"),  # of what?
    (8, "", "酌情扣分"),
    (8, "≥95%", "酌情扣分"),
    (10, "", "≥90%得10分；70%-80%得6分；其他不得分"),  # a hole
    (10, "", "≥90%得10分；80%-95%得6分；80%以下不得分"),  # an overlap
    (10, "", "≥90%得12分；其他不得分"),  # more than there is
    (10, "", "≥90%得8分；其他不得分"),  # nothing earns all of it
    (10, "", "≥90%得10分；80个以上得6分；其他不得分"),
    (10, "", "满意度≥90%得10分；执行率＜90%不得分"),
    (10, "", "≥90%得10分；≥80%且＜90%酌情得分；其他不得分"),
    (4, "", "每发现一处不合规扣0.5分，情节严重的不得分"),
    (4, "", "每发现一处不合规扣5分"),  # one takes more than all
    (4, "", "每低于目标值1%扣1分"),  # which target?
    (4, "≥95人", "每低1%扣1分"),
    (4, "", "优得4分，良得4分，差得0分"),
    (4, "", "优得3分，差得0分"),
    (4, "", "优得4分，蓝得2分，差得0分"),
    (4, "", "①制度健全（2分）；②执行有效（3分）"),  # 5 of 4
    (4, "", "①制度健全；②执行有效"),
    (4, "", "①制度健全（2分）；③执行有效（2分）"),
    (4, "", "是得3分，否不得分"),
    (4, "", "是得4分，否则扣5分"),
]


def question(points: int, target: str, standard: str) -> Question:
    return Question("甲", Decimal(points), target, standard)


@pytest.mark.parametrize(("points", "target", "standard", "rule"), KNOWN)
def test_words_that_state_a_rule(points: int, target: str, standard: str, rule: str) -> None:
    found = understand(question(points, target, standard))
    assert found is not None
    assert flow(found.score) == rule


@pytest.mark.parametrize(("points", "target", "standard"), UNKNOWN)
def test_words_that_state_none(points: int, target: str, standard: str) -> None:
    assert understand(question(points, target, standard)) is None


@pytest.mark.parametrize(
    ("target", "standard", "ask"),
    [
        ("≥95%", "", "{type: percent}"),
        ("≤200万元", "", "{type: money, unit: 万元}"),
        ("≥8万亩", "", "{type: number, unit: 万亩}"),
        ("", "每发现一处扣1分", "{type: count, unit: 处}"),
        ("", "优得10分，差得0分", "{type: choice, of: [优, 差]}"),
        ("", "及时完成得10分，否则不得分", "{type: flag, title: 及时完成}"),
        ("2022-12-31", "", "{type: date}"),
        ("", "0≤偏差率<5%得10分；≥5%不得分", "{type: percent, min: 0%}"),
        ("", "90%-100%得10分；低于90%不得分", "{type: percent, max: 100%}"),
    ],
)
def test_what_is_asked(target: str, standard: str, ask: str) -> None:
    found = understand(question(10, target, standard))
    assert found is not None
    assert flow(found.ask) == ask


@pytest.mark.parametrize(
    ("target", "standard", "doubts"),
    [
        ("", "≥90%得10分；80%（含）-90%得6分；80%以下不得分", []),
        ("", "90%以上得10分；80%-90%得6分；80%以下不得分", ["恰为 90% 时", "恰为 80% 时"]),
        ("≥95%", "每低于目标值1%扣1分", ["不足 1% 的部分"]),
        ("≥95%", "每低于目标值满1%扣1分", []),
    ],
)
def test_a_reading_that_could_be_another_is_told(
    target: str, standard: str, doubts: list[str]
) -> None:
    found = understand(question(10, target, standard))
    assert found is not None
    assert len(found.doubts) == len(doubts)
    for doubt, words in zip(found.doubts, doubts, strict=True):
        assert doubt.zh.startswith(words)
        assert doubt.en


@pytest.mark.parametrize(
    "part", ["得", "每", "9", "≥9%得1分；", "优得1分，", "①甲1分", "-", "(", "甲÷乙"]
)
@pytest.mark.parametrize("size", [590, 32_000])
def test_long_cells_are_quick(part: str, size: int) -> None:
    begin = perf_counter()
    understand(question(10, "", (part * size)[:size]))
    assert perf_counter() - begin < 5
