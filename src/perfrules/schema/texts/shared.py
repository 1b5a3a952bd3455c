"""Hover texts of keys that mean the same in every mapping, and of what sections share."""

from collections.abc import Mapping
from typing import Final

from perfrules.errors import Text

# A key that a model's own table doesn't tell is told as here.
KEYS: Final[Mapping[str, Text]] = {
    "id": Text(
        "编号：字母、数字、下划线或汉字，全文唯一", "its id: letters, digits, _ or Chinese; unique"
    ),
    "title": Text("名称，可写 {zh: …, en: …}", "its name; `{zh: …, en: …}` gives both languages"),
    "note": Text("说明，不影响计分", "a remark; it changes no score"),
    "basis": Text(
        "依据：文件、条款和可靠程度，可写多条", "where the rule comes from: one basis or a list"
    ),
    "language": Text("语言版本，目前为 1", "the version of the language: 1"),
    "version": Text('版本，带引号："1.0" 或 "1.0.2"', 'the version, in quotes: "1.0" or "1.0.2"'),
    "effective": Text("施行日期：from 起，until 之前", "in force from a day, until before another"),
    "parameters": Text(
        "参数：名称 → 数值，可按施行日期分列，可以是表",
        "parameters by name: a value, values by date, or a map",
    ),
    "inputs": Text("输入项：填报数据的名称 → 类型", "what facts hold: a type for each name"),
    "allow": Text(
        "允许的检查提示，须写理由", "findings of the checker that are allowed, with a reason"
    ),
    "actual": Text(
        "实际值：输入项或表达式；有 ask 或由外层给出时可省",
        "the actual value: an input or an expression; may be left out where `ask` or an outer "
        "method gives it",
    ),
    "Bilingual.zh": Text("中文", "in Chinese"),
    "Bilingual.en": Text("英文", "in English"),
    "BasisSpec.document": Text("文件名称或文号", "the document's name or number"),
    "BasisSpec.clause": Text("条款", "the clause"),
    "BasisSpec.evidence": Text("可靠程度", "how sure it is that the document says so"),
    "RoundingSpec.digits": Text("保留几位小数（0–12）", "decimals that are kept (0 to 12)"),
    "RoundingSpec.mode": Text("取舍方法", "which way it is rounded"),
    "TopRoundingSpec.digits": Text(
        "末级指标和总分的小数位数", "decimals of leaves and of the total"
    ),
    "TopRoundingSpec.leaf": Text("末级指标的小数位数", "decimals of leaves"),
    "TopRoundingSpec.total": Text("总分的小数位数", "decimals of the total"),
    "TopRoundingSpec.mode": Text("取舍方法", "which way scores are rounded"),
    "EffectiveSpec.from": Text("从这一天起", "from this day on"),
    "EffectiveSpec.until": Text("到这一天之前", "until the day before this one"),
    "PointsBySpec.how": Text("分值或权重如何得来", "how points or weights came about"),
    "PointsBySpec.because": Text("理由", "why"),
    "DeprecatedSpec.since": Text("自指标库的哪一版起", "since which version of the library"),
    "DeprecatedSpec.use": Text("改用哪个指标", "which indicator to use instead"),
    "DeprecatedSpec.because": Text("为什么停用", "why it isn't to be used"),
    "AllowSpec.code": Text("提示的代码，如 PRF417", "the finding's code, such as PRF417"),
    "AllowSpec.because": Text("为什么允许", "why it is allowed"),
    "FindingSpec.when": Text("条件，如 rate < 80%", "a condition, such as `rate < 80%`"),
    "FindingSpec.problem": Text("列出的问题", "the problem that is told"),
    "FindingSpec.suggestion": Text("建议", "what should be done"),
    "ToSpec.to": Text("分值转给这个指标", "the indicator that gets the points"),
    "ParameterSpec.unit": Text("单位", "its unit"),
    "ParameterSpec.keys": Text(
        "表的键：count、number、text、date 或选项型输入项，最多三层",
        "what a map's keys are: count, number, text, date or a choice input; three at most",
    ),
    "ParameterSpec.value": Text("数值，或键 → 数值", "the value, or values by key"),
    "ParameterSpec.values": Text("施行日期 → 数值", "values by the day from which each holds"),
    "ChooseSpec.of": Text("可能的结果，好的在前", "the possible results, best first"),
    "ChooseSpec.choose": Text(
        "取第一行成立的，或唯一成立的", "the first row that holds, or the only one"
    ),
    "ChooseSpec.rows": Text(
        "各行：when + then，最后一行 else", "rows of `when` and `then`, last an `else`"
    ),
    "WhenRow.when": Text("条件", "a condition"),
    "WhenRow.then": Text("条件成立时的结果", "the result where it holds"),
    "ElseRow.else": Text("以上都不成立时的结果", "the result where none of the others holds"),
}
