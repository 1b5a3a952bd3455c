"""Hover texts of the scoring methods and of their keys."""

from collections.abc import Mapping
from typing import Final

from perfrules.errors import Text

_MOST = Text("最多扣多少", "the most that is lost")
_INNER = Text("换用的计分方法", "the method used instead")

ABOUT: Final[Mapping[str, Text]] = {
    "met": Text(
        "条件成立得满分，否则得 otherwise（默认0）",
        "full points where a condition holds, else `otherwise` (0)",
    ),
    "proportional": Text(
        "按实际值与目标值之比，不超过满分", "the share of the target that was reached, at most all"
    ),
    "target": Text(
        "读目标值单元格（≥95%、≤3天、90–110人、日期、文字），按其写法计分",
        "reads a target cell (≥95%, ≤3天, 90–110人, a date, words) and scores as it says",
    ),
    "linear": Text(
        "zero_at 处0分，full_at 处满分，其间按直线",
        "0 at `zero_at`, full at `full_at`, a straight line between",
    ),
    "bands": Text(
        "按实际值所在的档得分，只写各档下限",
        "points by the band the value lies in; only lower bounds are written",
    ),
    "levels": Text(
        "各等级对应得分比例，或一段比例", "a rating and the share it earns, or a range of shares"
    ),
    "checklist": Text(
        "各要素分别得分，缺必备要素得0分",
        "elements that each earn a share; without a required one nothing",
    ),
    "deduct": Text(
        "从满分起扣，每超一步或每出现一次扣若干，扣完为止",
        "full points less what each step or occurrence costs, down to 0",
    ),
    "deadline": Text("按时得满分，每迟若干天扣分", "full points in time, less for each days after"),
    "survey": Text("各档人数折算成满意度", "satisfaction from the answers of a survey"),
    "panel": Text(
        "评委打分的平均、中位数，或去掉两端再平均", "raters' scores: mean, median or trimmed mean"
    ),
    "mix": Text(
        "几种方法按比例综合（定性与定量）", "several methods, each for a share of the points"
    ),
    "either": Text(
        "几种算法取其一：最好的、第一个适用的或申报的",
        "one of several ways: best, first that applies, or declared",
    ),
    "formula": Text(
        "用表达式算得分率或得分，超出范围即出错",
        "an expression for the rate or the points; out of range is a fault",
    ),
    "rank": Text("每退一位扣若干，或按表得分", "points by a place: a step for each, or a table"),
    "relative": Text(
        "与固定标杆或封存的参照值比较", "against fixed goalposts or a frozen reference"
    ),
}
KEYS: Final[Mapping[str, Text]] = {
    "MetSpec.when": Text("条件，如 collected >= 90%", "the condition, such as collected >= 90%"),
    "MetSpec.otherwise": Text("不成立时的得分（默认0）", "what is earned otherwise (0)"),
    "ProportionalSpec.target": Text("目标值，须大于0", "the target; above 0"),
    "ProportionalSpec.better": Text(
        "越高越好还是越低越好（默认 higher）", "whether higher or lower is better (higher)"
    ),
    "ProportionalSpec.floor": Text("低于此比例不得分", "the share below which nothing is earned"),
    "ProportionalSpec.cap": Text("比例的上限", "the most that the share can be"),
    "ProportionalSpec.over": Text(
        "远超目标时扣分或提示", "what follows from going far beyond the target"
    ),
    "ProportionalSpec.zero_target": Text(
        "目标为0时怎么办（默认 error）", "what holds where the target is 0 (error)"
    ),
    "OverSpec.above": Text(
        "超过目标的多少算过多，如 130%", "how much of the target is too much, such as 130%"
    ),
    "OverSpec.slope": Text("超出部分按多大比例扣", "how steeply points are lost beyond it"),
    "OverSpec.flag": Text("true：只作提示", "true: a note and nothing else"),
    "TargetSpec.target": Text("目标值单元格，如 t.target", "the target cell, such as t.target"),
    "TargetSpec.level": Text("文字目标的评判等级", "the rating, for targets in words"),
    "TargetSpec.plain": Text("没有 ≥、≤ 的数是什么意思", "what a number without an operator means"),
    "TargetSpec.shares": Text(
        "各等级的得分比例；不写按财政部表样",
        "the share of each rating; without it the national form's",
    ),
    "TargetSpec.default": Text("比例是一段时取哪里", "where in a range of shares"),
    "TargetSpec.late": Text("迟于目标日期时的计分方法", "the method for a day after the target"),
    "TargetSpec.year": Text(
        "as_of：没有年份的日期按评价年份", "as_of: a date without a year is of the evaluation's"
    ),
    "TargetSpec.by": Text(
        "某一类目标换用别的方法", "methods in place of the rule of a kind of target"
    ),
    **{
        f"BySpec.{key}": _INNER
        for key in ("number", "at_least", "at_most", "equal", "range", "none", "date", "words")
    },
    "LinearSpec.zero_at": Text(
        "得0分的值；有 between 时可写两个", "where nothing is earned; two with `between`"
    ),
    "LinearSpec.full_at": Text("得满分的值", "where everything is earned"),
    "LinearSpec.between": Text(
        "得满分的区间，如 [95%, 105%]", "the interval that is best, such as [95%, 105%]"
    ),
    "BandsSpec.bands": Text(
        "各档，由高到低，最后一档 else", "the bands, bounds descending, last an `else`"
    ),
    "BandsSpec.within": Text("linear：档内按直线", "linear: on a line within a band"),
    "BandSpec.above": Text("大于此值", "above this value"),
    "BandSpec.at_least": Text("不小于此值", "at or above this value"),
    "BandSpec.else": Text("其余情形的得分", "what all other values earn"),
    "BandSpec.points": Text("得分；within 时写 [高, 低]", "points; with `within` [high, low]"),
    "BandSpec.share": Text("得分比例", "the share of the points"),
    "LevelsSpec.level": Text("评判等级：选项型输入项", "the rating: a choice input"),
    "LevelsSpec.shares": Text(
        "等级 → 比例或 [高, 低]；或参数表的名称",
        "a share or [high, low] by level; or a map parameter",
    ),
    "LevelsSpec.chosen": Text("在区间内核定的比例", "the share chosen within the range"),
    "LevelsSpec.default": Text("没有核定时取区间的哪里", "where in the range without a choice"),
    "LevelsSpec.anchors": Text("各等级的含义", "what each level means"),
    "AnchorSpec.text": Text("含义", "what it means"),
    "AnchorSpec.evidence": Text("true：须有佐证", "true: it has to be proved"),
    "ChecklistSpec.actual": Text(
        "已具备的要素：多选输入项", "the elements that are there: a choice of many"
    ),
    "ChecklistSpec.elements": Text("各要素", "the elements"),
    "ElementSpec.id": Text("要素，如 ①", "the element, such as ①"),
    "ElementSpec.share": Text("占分值的比例", "its share of the points"),
    "ElementSpec.points": Text("得分", "its points"),
    "ElementSpec.when": Text("具备的条件", "the condition that it is there"),
    "ElementSpec.required": Text("true：必备，缺它全项0分", "true: without it nothing is earned"),
    "DeductSpec.side": Text("超出哪一边扣分", "on which side points are lost"),
    "DeductSpec.from": Text("从此值起", "the value from which steps count"),
    "DeductSpec.per": Text("每一步多大", "the size of a step"),
    "DeductSpec.lose": Text("每一步扣多少", "what a step costs"),
    "DeductSpec.whole_steps": Text("true：不足一步不扣", "true: a part of a step costs nothing"),
    "DeductSpec.at_most": _MOST,
    "DeductSpec.kinds": Text("各类情形，每次扣若干", "kinds of occurrences, each with its cost"),
    "KindSpec.count": Text("次数", "how often it occurred"),
    "KindSpec.lose": Text("每次扣多少", "what each costs"),
    "KindSpec.at_most": _MOST,
    "DeadlineSpec.actual": Text("完成日期", "the day it was done"),
    "DeadlineSpec.due": Text("期限", "the day it is due"),
    "DeadlineSpec.grace": Text("宽限天数", "days of grace"),
    "DeadlineSpec.per": Text("每迟多少天", "for each so many days late"),
    "DeadlineSpec.lose": Text("扣多少", "so much is lost"),
    "DeadlineSpec.at_most": _MOST,
    "DeadlineSpec.whole_steps": Text("true：不足一步不扣", "true: a part of a step costs nothing"),
    "SurveySpec.actual": Text("问卷输入项", "the survey"),
    "SurveySpec.values": Text("各档折算成的满意度", "what an answer of each level is worth"),
    "SurveySpec.groups": Text("各人群如何合并", "how groups are put together"),
    "SurveySpec.empty": Text(
        "exclude：没有答卷的人群不计", "exclude: a group without answers doesn't count"
    ),
    "SurveySpec.digits": Text("满意度的小数位数", "decimals of the percentage"),
    "SurveySpec.minimum": Text("最少答卷数", "the fewest answers that count"),
    "SurveySpec.return_rate": Text("最低回收率", "the lowest return rate"),
    "SurveySpec.then": Text("满意度再用什么方法计分", "the method that takes the satisfaction"),
    "PanelSpec.actual": Text("专家评分输入项", "the panel"),
    "PanelSpec.out_of": Text("评委打分的满分", "the full score that raters give"),
    "PanelSpec.combine": Text("如何合成一个分（默认 mean）", "how scores become one (mean)"),
    "PanelSpec.trim": Text("去掉几个最高、最低分", "how many are left out at each end"),
    "PanelSpec.groups": Text("各类评委如何合并", "how groups of raters are put together"),
    "PanelSpec.empty": Text(
        "exclude：没有人评的类别不计", "exclude: a group without raters doesn't count"
    ),
    "PanelSpec.items": Text("各评分事项的比例", "the share of each item"),
    "PanelSpec.void": Text("作废的打分", "ballots that don't count"),
    "PanelSpec.minimum": Text("最少评委人数", "the fewest raters"),
    "PanelSpec.digits": Text("合成分的小数位数", "decimals of the combined score"),
    "PanelSpec.then": Text("合成分再用什么方法计分", "the method that takes the combined score"),
    "TrimSpec.above": Text("评委多于几人时", "with more raters than this"),
    "TrimSpec.drop": Text("两端各去掉几个", "so many are left out at each end"),
    "MixSpec.of": Text("各部分，比例合计100%", "the parts; their shares make 100%"),
    "PartSpec.share": Text("占分值的比例", "its share of the points"),
    "PartSpec.score": Text("这一部分的计分方法", "how the part is scored"),
    "EitherSpec.pick": Text("取哪一个", "which one counts"),
    "EitherSpec.of": Text("各种算法", "the ways to score"),
    "DeclaredSpec.declared": Text("申报算法的选项型输入项", "the choice input that names the way"),
    "AlternativeSpec.id": Text("算法的名称", "the name of the way"),
    "AlternativeSpec.applies_when": Text("适用条件", "the condition under which it applies"),
    "AlternativeSpec.score": Text("计分方法", "how it is scored"),
    "FormulaSpec.rate": Text("得分率，0–100%", "the rate, 0 to 100%"),
    "FormulaSpec.points": Text("得分，0到分值", "the points, 0 to all"),
    "RankSpec.actual": Text("位次", "the place"),
    "RankSpec.lose": Text("每退一位扣多少", "what each place costs"),
    "RankSpec.at_most": _MOST,
    "RankSpec.table": Text("第一、二、三……位的得分", "points of the first places"),
    "RankSpec.else": Text("其余位次的得分", "points of every later place"),
    "RelativeSpec.by": Text("比较方法", "how it is compared"),
    "RelativeSpec.better": Text("越高越好还是越低越好", "whether higher or lower is better"),
    "RelativeSpec.low": Text("下标杆", "the lower goalpost"),
    "RelativeSpec.high": Text("上标杆", "the upper goalpost"),
    "RelativeSpec.mean": Text("平均值", "the mean"),
    "RelativeSpec.deviation": Text("标准差", "the standard deviation"),
    "RelativeSpec.zero_at": Text("得0分的标准分", "the z-score where nothing is earned"),
    "RelativeSpec.full_at": Text("得满分的标准分", "the z-score where everything is earned"),
    "RelativeSpec.reference": Text("封存的参照值", "a frozen reference set"),
    "ReferenceSpec.values": Text("参照值", "its values"),
    "ReferenceSpec.digest": Text("摘要，改动即被发现", "its digest, which notices a change"),
}
