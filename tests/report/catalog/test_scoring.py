"""Scoring in words: a sentence for what is written, and nothing of it left out."""

from typing import Any

import pytest

from perfrules.errors import Text
from perfrules.report.catalog import scoring
from perfrules.report.catalog.scoring import named

TITLES = {
    word: Text(zh, word)
    for word, zh in {
        "proportional": "按完成比例",
        "met": "直接赋分",
        "bands": "分档",
        "levels": "评判等级",
        "checklist": "要素计分",
        "deduct": "扣分",
        "deadline": "时限",
        "linear": "区间线性",
        "survey": "满意度问卷",
        "formula": "公式",
        "halving": "逐次减半",
    }.items()
}
NAMES = {
    "executed": Text("执行数", "executed"),
    "budget": Text("预算数", "the budget"),
    "standard": Text("标准", "the standard"),
    "level": Text("层级", "the level"),
    "open": Text("已公开", "it is published"),
}

BY_LEVEL = "the standard (by the level)"
PARTS = "parts of a step in proportion"
CASES: list[tuple[dict[str, Any], list[str], list[str]]] = [
    (
        {"method": "proportional", "actual": "executed", "target": "budget"},
        ["按执行数 ÷ 预算数计，最高为满分"],
        ["executed ÷ the budget, at most all points"],
    ),
    (
        {"method": "proportional", "better": "lower", "target": "lookup(standard, level)"},
        ["指标值不超过标准（按层级）得满分，超过时按标准（按层级） ÷ 指标值计"],
        [f"All points up to {BY_LEVEL}; beyond it {BY_LEVEL} ÷ the value measured"],
    ),
    (
        {
            "method": "proportional",
            "target": "900",
            "floor": "60%",
            "cap": "90%",
            "over": {"above": "130%", "slope": "2"},
            "zero_target": "full",
        },
        [
            "按指标值 ÷ 900 计，最高为满分",
            "低于 60% 不得分",
            "最高按 90% 计",
            "超过目标的 130% 时，超出部分按 2 倍扣减",
            "目标为零时得满分",
        ],
        [
            "the value measured ÷ 900, at most all points",
            "Nothing below 60%",
            "At most 90%",
            "What is above 130% of the target is lost 2 times",
            "All points where the target is zero",
        ],
    ),
    (
        {"method": "met", "when": "not open or executed >= budget", "otherwise": "40%"},
        ["非已公开或执行数 ≥ 预算数时得满分，否则得 40%"],
        ["All points where not it is published or executed ≥ the budget, else 40%"],
    ),
    (
        {"method": "met", "when": "open"},
        ["已公开时得满分，否则不得分"],
        ["All points where it is published, else nothing"],
    ),
    (
        {
            "method": "bands",
            "within": "linear",
            "bands": [
                {"at_least": "90%", "share": "100%"},
                {"above": "80%", "points": ["8", "6"]},
                {"else": "0"},
            ],
        },
        ["指标值所在的档，档内按比例", "不低于 90%：100%", "高于 80%：8–6 分", "其余：0"],
        [
            "By the band of the value measured, on a line within it",
            "at least 90%: 100%",
            "above 80%: 8–6 points",
            "else: 0",
        ],
    ),
    (
        {
            "method": "levels",
            "level": "level",
            "shares": {"好": ["100%", "80%"], "差": "0%"},
            "anchors": {"好": {"text": {"zh": "有制度", "en": "rules exist"}, "evidence": "true"}},
            "default": "bottom",
        },
        ["按层级", "好：100%–80%（有制度），须有佐证", "差：0%", "没有选定具体比例时取下限"],
        [
            "By the level",
            "好: 100%–80% (rules exist), to be proved",
            "差: 0%",
            "Where no share is chosen, the lower end",
        ],
    ),
    (
        {
            "method": "checklist",
            "elements": [
                {"id": "a", "title": "公示", "share": "60%", "required": "true"},
                {"id": "备案", "points": "2", "when": "open"},
            ],
        },
        [
            "要素中具备的各项相加",
            "公示：60%，缺此项全部不得分",
            "备案：2 分（条件：已公开）",
        ],
        [
            "What is there of the elements, added up",
            "公示: 60%; without it nothing is earned",
            "备案: 2 points (where it is published)",
        ],
    ),
    (
        {"method": "checklist"},
        ["要素的每一项权重相同"],
        ["Each element of the elements is worth the same"],
    ),
    (
        {"method": "deduct", "side": "below", "from": "100%", "per": "5%", "lose": "1"},
        ["指标值低于 100% 时，每低 5% 扣 1，不足一步的按比例扣", "扣完为止"],
        [
            f"Where the value measured is below 100%, 1 is lost for each 5%, {PARTS}",
            "Down to nothing",
        ],
    ),
    (
        {
            "method": "deduct",
            "kinds": [{"title": "事故", "count": "n", "lose": "2", "at_most": "6"}],
            "at_most": "8",
        },
        ["事故：每次扣 2，最多扣 6", "最多扣 8"],
        ["事故: 2 lost each time, at most 6", "At most 8 is lost"],
    ),
    (
        {"method": "deadline", "due": "due", "grace": "5天", "per": "10", "lose": "10%"},
        ["指标值不晚于 due 得满分", "宽限 5天", "每迟 10 天扣 10%，按比例"],
        [
            "All points where the value measured is not later than due",
            "5天 of grace",
            "10% is lost for 10 days, in proportion",
        ],
    ),
    (
        {"method": "deadline", "due": "due"},
        ["指标值不晚于 due 得满分", "迟于期限不得分"],
        ["All points where the value measured is not later than due", "Nothing where it is later"],
    ),
    (
        {"method": "linear", "zero_at": "60%", "full_at": "90%"},
        ["指标值为 60% 时不得分，为 90% 时得满分，其间按比例"],
        ["the value measured at 60% earns nothing, at 90% all points, on a line between"],
    ),
    (
        {"method": "linear", "zero_at": ["0", "9"], "between": ["3", "5"]},
        ["指标值在 3–5 之间得满分，到 0–9 降为零，其间按比例"],
        ["All points where the value measured is within 3–5, none at 0–9, on a line between"],
    ),
    (
        {"method": "formula", "points": "executed / 10"},
        ["得分 = 执行数 ÷ 10"],
        ["points = executed ÷ 10"],
    ),
]


@pytest.mark.parametrize(("written", "zh", "en"), CASES)
def test_it_is_a_sentence(written: dict[str, Any], zh: list[str], en: list[str]) -> None:
    head, *lines = scoring(written, TITLES, NAMES)
    assert written["method"] in head.zh
    assert [line.zh for line in lines] == zh
    assert [line.en for line in lines] == en


def test_a_survey_leads_to_another_method() -> None:
    written = {
        "method": "survey",
        "values": {"满意": "100%", "不满意": "0%"},
        "minimum": "30",
        "then": {"method": "proportional", "target": "standard"},
    }
    lines = [line.zh for line in scoring(written, TITLES, NAMES)]
    assert lines[1] == "由问卷计算满意度：满意 100%、不满意 0%"
    assert lines[2:] == [
        "少于 30 份时提示",
        "所得满意度再按下列方法计分：",
        "按完成比例（proportional）",
        "按指标值 ÷ 标准计，最高为满分",
    ]


def test_what_has_no_sentence_is_shown_as_written() -> None:
    written = {"method": "halving", "start": "executed", "steps": ["1", {"a": "2"}]}
    assert [line.zh for line in scoring(written, TITLES, NAMES)] == [
        "逐次减半（halving）",
        "start：executed",
        "steps：1; a: 2",
    ]
    more = {"method": "formula", "rate": "1", "unheard": "of"}
    assert scoring(more, TITLES, NAMES)[-1].en == "unheard: of"
    assert scoring({"method": "gone"}, {}, {})[0].en == "gone"


def test_texts_in_quotes_name_nothing() -> None:
    assert named('level == "level"', NAMES).zh == '层级 = "level"'
    assert named("rate.level", NAMES).zh == "rate.level"
