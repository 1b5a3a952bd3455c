"""Hover texts of a ruleset's and a library's top, and of the indicator tree."""

from collections.abc import Mapping
from typing import Final

from perfrules.errors import Text

KEYS: Final[Mapping[str, Text]] = {
    "RulesetSpec.ruleset": Text(
        "规则集编号，如 city.self_evaluation", "the ruleset's id, such as city.self_evaluation"
    ),
    "RulesetSpec.total": Text(
        "满分，各一级指标分值之和须与它相等", "the full score; the top indicators' points add to it"
    ),
    "RulesetSpec.rounding": Text("得分如何取舍", "how scores are rounded"),
    "RulesetSpec.aggregate": Text("最外层如何汇总", "how the top level is put together"),
    "RulesetSpec.derive": Text(
        "派生值：名称 → 表达式或选择表", "derived values: an expression or a choosing table by name"
    ),
    "RulesetSpec.indicators": Text(
        "指标树：末级有 score，其余有 indicators",
        "the tree: a leaf has `score`, a branch `indicators`",
    ),
    "RulesetSpec.adjustments": Text(
        "总分之外的加分、扣分项", "points added after the sum, each within a range"
    ),
    "RulesetSpec.gates": Text(
        "门槛（一票否决、封顶）", "conditions outside the sum: vetoes and caps"
    ),
    "RulesetSpec.grades": Text("等级，由高到低", "grades, the highest first"),
    "RulesetSpec.decisions": Text("结果应用", "what should follow from the result"),
    "RulesetSpec.report": Text(
        "结果中另列的数值：名称 → 表达式", "further values in the result: an expression by name"
    ),
    "RulesetSpec.points_by": Text("分值如何得来", "where the points come from"),
    "RulesetSpec.extends": Text(
        "在哪个规则集上改：编号@版本，或旁边的文件",
        "the ruleset this one changes: id@version or a file beside it",
    ),
    "RulesetSpec.change": Text("改动：编号 → 新的键值", "changes: new keys by id"),
    "RulesetSpec.remove": Text("去掉的编号", "ids that are taken out"),
    "RulesetSpec.add": Text(
        "增加的指标、门槛等，under 写明放在哪里", "what is added, each `under` a branch or section"
    ),
    "RulesetSpec.under": Text(
        "放在哪里：indicators、gates、adjustments、decisions 或一个上级指标的编号",
        "where it goes: indicators, gates, adjustments, decisions, or a branch's id",
    ),
    "LeafDefaults.points": Text("分值", "the points it can earn"),
    "LeafDefaults.weight": Text(
        "权重（不计分值，只计得分率）", "its weight, where rates are combined, not points"
    ),
    "LeafDefaults.points_of": Text(
        "每一行的分值，如 t.points", "each row's points, such as t.points"
    ),
    "LeafDefaults.split": Text("总分值，由各行平分", "points that the rows share equally"),
    "LeafDefaults.score": Text("计分方法和它的键", "how it is scored: a method with its keys"),
    "LeafDefaults.ask": Text(
        "同名的输入项，计分方法直接读它", "an input of the same id, which the method reads"
    ),
    "LeafDefaults.applies_when": Text(
        "适用条件，不成立即不适用", "the condition under which it applies"
    ),
    "LeafDefaults.not_applicable": Text(
        "不适用时分值如何处理", "what becomes of its points where it doesn't apply"
    ),
    "LeafDefaults.missing": Text(
        "数据缺失时怎么办（默认 error）", "what holds where facts are missing (error)"
    ),
    "LeafDefaults.unverified": Text(
        "缺少佐证时如何处理（默认 zero）", "what holds without evidence (zero)"
    ),
    "LeafDefaults.waived": Text(
        "批准免于考核时如何处理（默认 exclude）", "what holds where it was waived (exclude)"
    ),
    "LeafDefaults.scored": Text("false：只列出，不计分", "false: it is shown and not counted"),
    "LeafDefaults.rounding": Text("得分如何取舍", "how its score is rounded"),
    "LeafDefaults.finding": Text(
        "得分低时列出的问题和建议", "a problem and a suggestion where it fell short"
    ),
    "LeafDefaults.evidence": Text("须附的佐证材料", "the evidence that is asked for"),
    "LeafDefaults.category": Text(
        "共性分类，如 process.execution",
        "its place in the common taxonomy, such as process.execution",
    ),
    "LeafDefaults.core": Text(
        "true：共性指标，可以跨部门比较", "true: a core indicator, comparable across sectors"
    ),
    "LeafDefaults.nature": Text("定量或定性", "quantitative or qualitative"),
    "LeafDefaults.direction": Text("越高越好还是越低越好", "whether higher or lower is better"),
    "LeafDefaults.unit": Text("计量单位", "the unit of its value"),
    "NodeSpec.definition": Text("指标解释", "what the indicator means"),
    "NodeSpec.formula": Text("计算公式（供人阅读）", "its formula, for people to read"),
    "NodeSpec.for_each": Text("表中每一行一个末级指标", "one leaf for each row of a table"),
    "NodeSpec.aggregate": Text("下级指标如何汇总", "how the indicators below are put together"),
    "NodeSpec.each": Text("下级各末级指标共同的键", "what all leaves below have in common"),
    "NodeSpec.points_by": Text("分值或权重如何得来", "where points or weights come from"),
    "NodeSpec.deprecated": Text(
        "已停用：自哪一版起，改用哪个指标", "not to be used any more: since when, and what instead"
    ),
    "IndicatorSpec.indicators": Text("下级指标", "the indicators below it"),
    "IndicatorSpec.use": Text(
        "取自指标库：库.指标@版本", "an indicator of a library: library.indicator@version"
    ),
    "IndicatorSpec.with": Text(
        "库指标的输入项、参数在这里是什么", "what the library's inputs and parameters are here"
    ),
    "SplitSpec.points": Text("平分的总分值", "the points that are shared"),
    "SplitSpec.digits": Text("每份的小数位数", "decimals of a share"),
    "ForEachSpec.row": Text(
        "一行的名称，如 t，用 t.name 读它的列", "a name for a row, such as t: t.name reads a column"
    ),
    "ForEachSpec.in": Text("表的名称", "the table"),
    "ForEachSpec.where": Text(
        "取哪些行；其余只列出", "which rows count; others are for information"
    ),
    "ForEachSpec.key": Text("各行以什么区分，如 t.name", "what tells rows apart, such as t.name"),
    "LibrarySpec.library": Text("指标库编号，如 education", "the library's id, such as education"),
    "LibrarySpec.indicators": Text("供规则集取用的指标", "the indicators that rulesets may take"),
    "LibraryIndicatorSpec.indicators": Text("下级指标", "the indicators below it"),
    "LibraryIndicatorSpec.standards": Text(
        "本指标的标准，可按级别、日期分列", "its own standards, by level or by date"
    ),
    "LibraryIndicatorSpec.deprecated": Text(
        "已不宜再用：自哪一版起、改用什么、为什么",
        "not to be used any more: since when, what instead, and why",
    ),
    "DeprecatedSpec.since": Text('自哪一版起，如 "2.0"', 'since which version, such as "2.0"'),
    "DeprecatedSpec.use": Text("改用哪个指标", "the indicator to use instead"),
    "DeprecatedSpec.because": Text("理由", "why"),
    "LibraryIndicatorSpec.parameters": Text("本指标的参数", "its own parameters"),
    "AdjustmentSpec.range": Text("最少和最多，如 [0, 5]", "the least and the most, such as [0, 5]"),
    "AdjustmentSpec.score": Text("加减多少分", "how many points"),
    "GateSpec.when": Text("条件，成立即生效", "the condition under which it acts"),
    "GateSpec.then": Text("作用，五种之一", "what it does: one of five"),
    "GateSpec.reason": Text("写进结果的理由", "the reason that the result gives"),
    "EffectSpec.cap_total": Text("总分封顶", "the highest total"),
    "EffectSpec.cap_grade": Text("等级封顶", "the highest grade"),
    "EffectSpec.grade": Text("直接定为此等级", "the grade, whatever the total"),
    "EffectSpec.zero": Text("此指标得0分", "the indicator that earns nothing"),
    "EffectSpec.flag": Text("只作提示", "a text that is shown and changes nothing"),
    "GradeSpec.name": Text("等级名称", "the grade's name"),
    "GradeSpec.at_least": Text(
        "下限（含）；不写则只由门槛给出", "its lower bound; without one only a gate gives it"
    ),
    "DecisionsSpec.match": Text("全部成立的，或第一个成立的", "all rules that hold, or the first"),
    "DecisionsSpec.rules": Text("各项规则", "the rules"),
    "DecisionSpec.when": Text("条件", "the condition"),
    "DecisionSpec.do": Text("要做什么", "what should follow"),
    "DoSpec.code": Text("事项代码", "its code"),
    "DoSpec.amount": Text("金额", "an amount of money"),
    "DoSpec.due": Text("期限：日期，如 as_of + 10", "when it is due: a date, such as as_of + 10"),
}
