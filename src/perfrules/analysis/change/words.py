"""What the keys of the language are called where a change is told in Chinese."""

from typing import Final

from perfrules.errors import Text

SECTIONS: Final[dict[str, Text]] = {
    "inputs": Text("输入项", "input"),
    "parameters": Text("参数", "parameter"),
    "derive": Text("派生值", "derived value"),
    "indicators": Text("指标", "indicator"),
    "adjustments": Text("加减分", "adjustment"),
    "gates": Text("否决与封顶", "gate"),
    "grades": Text("等级", "grade"),
    "decisions": Text("结果应用", "decision"),
    "report": Text("报告值", "reported value"),
    "results": Text("结果来源", "source of results"),
    "facts": Text("数据来源", "source of facts"),
}

_ZH: Final = {
    "title": "名称", "note": "说明", "basis": "依据", "definition": "指标解释", "category": "类别",
    "points": "分值", "weight": "权重", "points_of": "各行分值", "split": "平均分配",
    "score": "评分", "method": "方法", "actual": "实际值", "target": "目标值", "level": "评判等级",
    "bands": "分档", "at_least": "不低于", "above": "高于", "else": "其余", "share": "比例",
    "shares": "各级比例", "cap": "上限", "floor": "下限", "over": "超额", "slope": "斜率",
    "when": "条件", "then": "结果", "grade": "等级", "cap_total": "总分封顶",
    "cap_grade": "等级封顶", "zero": "计零分", "flag": "提示", "reason": "理由",
    "applies_when": "适用条件", "not_applicable": "不适用时", "missing": "缺数据时",
    "unverified": "未核实时", "waived": "豁免时", "scored": "是否计分", "rounding": "舍入",
    "digits": "小数位", "mode": "舍入方式", "leaf": "指标", "total": "总分",
    "aggregate": "汇总方式", "type": "类型", "unit": "计量单位", "min": "最小值", "max": "最大值",
    "default": "默认值",
    "optional": "可不填", "of": "选项", "pattern": "格式", "column": "表头", "columns": "列",
    "values": "取值", "value": "取值", "keys": "键", "effective": "有效期", "from": "自",
    "until": "至", "choose": "选择", "elements": "要素", "required": "必备", "kinds": "扣分项",
    "count": "次数", "per": "每", "lose": "扣", "at_most": "最多", "side": "方向",
    "zero_at": "零分点", "full_at": "满分点", "between": "最佳区间", "due": "期限", "grace": "宽限",
    "amount": "金额", "do": "事项", "code": "代码", "finding": "问题与建议", "problem": "问题",
    "suggestion": "建议", "evidence": "佐证材料", "better": "优劣方向", "zero_target": "目标为零时",
    "for_each": "逐行", "in": "表", "where": "筛选", "key": "键", "row": "行", "core": "共性指标",
    "direction": "方向", "nature": "性质", "formula": "公式", "match": "匹配", "range": "范围",
    "points_by": "分值来源", "allow": "允许的提醒", "decisions": "结果应用",
}  # fmt: skip

KEYS: Final[dict[str, Text]] = {key: Text(zh, key) for key, zh in _ZH.items()}
