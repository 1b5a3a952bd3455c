"""The words and the columns of text output: two languages, signs that a GBK console can print."""

from decimal import Decimal
from unicodedata import category

from perfrules.decimals import fixed, plain, snap
from perfrules.engine.answer import State
from perfrules.errors import Lang, Text, width

STATES = {
    State.SCORED: Text("已计分", "scored"),
    State.NOT_APPLICABLE: Text("不适用", "not applicable"),
    State.MISSING: Text("缺数据", "missing"),
    State.WAIVED: Text("已豁免", "waived"),
    State.UNVERIFIED: Text("未核实", "unverified"),
    State.INFORMATIONAL: Text("仅供参考", "informational"),
}

EFFECTS = {
    "cap_total": Text("总分封顶 {value}", "total capped at {value}"),
    "cap_grade": Text("等级不高于 {value}", "grade at most {value}"),
    "grade": Text("等级定为 {value}", "grade fixed as {value}"),
    "zero": Text("{value} 计零分", "{value} scores nothing"),
    "flag": Text("提示：{value}", "flag: {value}"),
}

WORDS = {
    "unit": Text("单位", "unit"),
    "as_of": Text("评价日期", "as of"),
    "total": Text("总分", "total"),
    "grade": Text("等级", "grade"),
    "no_total": Text("没有可计分的指标，不给总分和等级", "nothing to score: no total, no grade"),
    "no_grade": Text("不给等级", "no grade"),
    "complete": Text("完整度", "complete"),
    "core": Text("共性指标", "common block"),
    "indicator": Text("指标", "indicator"),
    "points": Text("分值", "points"),
    "score": Text("得分", "score"),
    "rate": Text("得分率", "rate"),
    "lost_most": Text("失分最多", "what cost most points"),
    "nothing_lost": Text("没有失分", "no points were lost"),
    "more_lost": Text("另有 {count} 项失分，共 {points} 分", "{count} more cost {points} points"),
    "next": Text("距 {grade} 还差 {points} 分", "{points} points short of {grade}"),
    "gates": Text("否决与封顶", "gates"),
    "not_fired": Text("未触发", "not fired"),
    "adjustments": Text("调整", "adjustments"),
    "manual": Text("人工核定", "set by hand"),
    "bonus": Text("加减分", "bonus or penalty"),
    "rescaled": Text("折算", "rescaled"),
    "limit": Text("限定在满分以内", "limited to the total"),
    "before": Text("原为 {value}", "was {value}"),
    "findings": Text("问题与建议", "findings"),
    "suggestion": Text("建议", "suggestion"),
    "decisions": Text("结果应用", "decisions"),
    "amount": Text("金额", "amount"),
    "due": Text("期限", "due"),
    "report": Text("报告值", "reported values"),
    "defaulted": Text("取默认值的输入项", "inputs that took their default"),
    "notes": Text("读入时的处理", "how inputs were read"),
    "warnings": Text("提醒", "warnings"),
    "basis": Text("依据", "basis"),
    "method": Text("方法", "method"),
    "category": Text("类别", "category"),
    "weight": Text("权重", "weight"),
    "effective": Text("折算后分值", "points after policies"),
    "provenance": Text("出处", "provenance"),
}


def word(name: str, lang: Lang, **fields: object) -> str:
    """Return a fixed word with its fields filled in.

    >>> word("next", "en", grade="优", points="0.50")
    '0.50 points short of 优'
    """
    return WORDS[name].get(lang).format_map(fields)


def label(name: str, value: str, lang: Lang) -> str:
    """Return `名称：值` or `name: value`.

    >>> label("grade", "优", "zh"), label("grade", "优", "en")
    ('等级：优', 'grade: 优')
    """
    return f"{word(name, lang)}{'：' if lang == 'zh' else ': '}{value}"


def tidy(text: str) -> str:
    r"""Return *text* on one line and without signs that move the cursor or turn the line around.

    >>> tidy("甲\n 乙\x1b[2J"), tidy("P\u202e001")
    ('甲 乙\\x1b[2J', 'P\\u202e001')
    """
    return "".join(
        sign if category(sign)[0] != "C" else sign.encode("unicode_escape").decode("ascii")
        for sign in " ".join(text.split())
    )


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """Return *text* filled up to a number of terminal columns, a Chinese sign taking two.

    >>> pad("分值", 6), pad("20", 6, right=True)
    ('分值  ', '    20')
    """
    space = " " * max(0, columns - width(text))
    return space + text if right else text + space


def amount(value: Decimal | None, digits: int | None = None) -> str:
    """Return a number for people; `-` where there is none.

    >>> amount(Decimal("15.850"), 2), amount(Decimal("20.00")), amount(None)
    ('15.85', '20', '-')
    """
    if value is None:
        return "-"
    return plain(snap(value)) if digits is None else fixed(value, digits)
