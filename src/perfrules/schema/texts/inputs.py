"""Hover texts of inputs: their types and their keys."""

from collections.abc import Mapping
from typing import Final

from perfrules.errors import Text

TYPES: Final[Mapping[str, Text]] = {
    "NumberInput": Text("数：没有单位或有计数单位", "a number, with or without a unit"),
    "CountInput": Text("整数，不小于0", "a whole number, 0 or more"),
    "MoneyInput": Text("金额，须写 unit", "an amount of money; it needs a unit"),
    "PercentInput": Text("百分比，如 98%", "a percentage, such as 98%"),
    "DateInput": Text("日期，如 2022-12-31", "a day, such as 2022-12-31"),
    "FlagInput": Text("是或否", "yes or no"),
    "TextInput": Text("文字", "words"),
    "ChoiceInput": Text("选项之一，好的在前", "one of several labels, best first"),
    "IdInput": Text("编号，按文字保存", "an identifier, kept as text"),
    "TargetInput": Text("目标值单元格，如 ≥95%", "a target cell, such as ≥95%"),
    "SurveyInput": Text("问卷：各档人数", "a survey: counts of answers by level"),
    "PanelInput": Text("专家评分：每人一行", "a panel: scores by rater"),
    "TableInput": Text("表：若干列，每行一条", "a table: rows of named columns"),
}
KEYS: Final[Mapping[str, Text]] = {
    "InputBase.optional": Text("true：可以不填", "true: it may be left out"),
    "InputBase.note": Text("填报说明", "what the person who fills it in must know"),
    "Cell.column": Text("表格中的列标题", "its heading in a spreadsheet"),
    "Cell.default": Text(
        "不填时的值，结果中会注明", "the value where none is given; the result says so"
    ),
    "Bounded.min": Text("最小值（含）", "the smallest value that is taken"),
    "Bounded.max": Text("最大值（含）", "the largest value that is taken"),
    "NumberInput.unit": Text("单位，如 公里", "its unit, such as 公里"),
    "CountInput.unit": Text("单位，如 人、户", "its unit, such as 人"),
    "MoneyInput.unit": Text("填报所用的金额单位", "the unit that amounts are given in"),
    "PercentInput.unit": Text("单位", "its unit"),
    "PercentInput.bare": Text("没有 % 的数是什么意思", "what a number without % means"),
    "ChoiceInput.of": Text("选项，好的在前", "the labels, best first"),
    "ChoiceInput.many": Text("true：可以选多个", "true: any number of them"),
    "IdInput.pattern": Text("编号的格式，如 [0-9]{4}", "what it looks like, such as [0-9]{4}"),
    "SurveyInput.of": Text("满意程度各档，好的在前", "the levels of answers, best first"),
    "SurveyInput.groups": Text("人群，如 村民、干部", "groups of people who answer"),
    "PanelInput.groups": Text("评委类别", "groups of raters"),
    "PanelInput.items": Text("评分事项", "items that are rated"),
    "TableInput.columns": Text("列：名称 → 类型", "its columns: a type by name"),
    "TableInput.rows": Text("行数限制", "how many rows it may have"),
    "RowsSpec.min": Text("最少行数", "the fewest rows"),
    "RowsSpec.max": Text("最多行数", "the most rows"),
    "EarlierInput.from": Text(
        "前一阶段的规则集：编号@版本", "the ruleset of an earlier stage: id@version"
    ),
    "EarlierInput.field": Text(
        "取结果的哪一项：total、rate、grade、complete、score.编号、state.编号、report.名称",
        "what is read: total, rate, grade, complete, score.id, state.id, report.name",
    ),
    "EarlierInput.column": Text("表格中的列标题", "its heading in a spreadsheet"),
}
