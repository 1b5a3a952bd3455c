"""PRF870-879: score tables of spreadsheets that become rulesets, and back."""

from perfrules.errors import Message

MESSAGES: dict[str, Message] = {
    "PRF870": Message(
        zh="工作表“{value}”里没有评分表：没有一行同时写着指标级别和分值（或指标值、评分标准）",
        en='there is no score table on the sheet "{value}": no row names a level of indicators '
        "together with points, a target or a standard",
        hint_zh="表头写作 一级指标、二级指标、分值、评分标准；表在别的工作表上时用 --sheet 指明",
        hint_en="head the columns 一级指标, 二级指标, 分值, 评分标准; --sheet names another sheet",
    ),
    "PRF871": Message(
        zh="{cell}：“{name}”印的是 {value} 分，其下各项合计 {found} 分",
        en='{cell}: "{name}" is printed with {value} points, but its indicators add up to {found}',
        hint_zh="照印写入，没有改动；核对分值后改好其中一处",
        hint_en="it was written as printed; see which of the two is right and correct the other",
    ),
    "PRF872": Message(
        zh="“{name}”的评分标准没有读懂，分值由评价人填写：{said}",
        en='how "{name}" scores was not understood; whoever evaluates gives the points: {said}',
        hint_zh="把 ask 和 score 换成合适的评分方法；文字保留在 x-评分标准 和 x-指标值",
        hint_en="replace ask and score by the method that is meant; the words are kept in "
        "x-评分标准 and x-指标值",
        severity="warning",
    ),
    "PRF873": Message(
        zh="表里没有写等级，写入了全国统一的 {value}",
        en="the table states no grades; those of the national scale were written: {value}",
        hint_zh="核对后保留，或改成本地的等级",
        hint_en="keep them, or write those that hold here",
        severity="warning",
    ),
    "PRF874": Message(
        zh="{cell}：没有用到“{value}”这一列",
        en='{cell}: the column "{value}" was not used',
        hint_zh="需要时把表头改成 指标值、评分标准、指标解释、依据 或 佐证材料",
        hint_en="where it matters, head it 指标值, 评分标准, 指标解释, 依据 or 佐证材料",
        severity="warning",
    ),
    "PRF875": Message(
        zh="{cell}：“{value}”没有分值，只作参考（scored: false）",
        en='{cell}: "{value}" has no points; it was written as informational (scored: false)',
        hint_zh="在规则集里写上 points，并删去 scored: false",
        hint_en="write its points in the ruleset, and remove scored: false",
    ),
    "PRF876": Message(
        zh="{value} 不能写成评分表：{reason}",
        en="{value} can't be written as a score table: {reason}",
        hint_zh="用 perfrules show {value} 查看它的内容",
        hint_en="perfrules show {value} prints what it holds",
    ),
    "PRF877": Message(
        zh="“{name}”的评分标准还能有别的读法：{reason}",
        en='how "{name}" scores could be read otherwise: {reason}',
        hint_zh="核对评分标准的原意：{value}",
        hint_en="see what the standard means: {value}",
        severity="warning",
    ),
    "PRF878": Message(
        zh="{cell}：分值“{value}”不是一个数",
        en='{cell}: the points "{value}" are no number',
        hint_zh="写作一个数，如 10 或 7.5",
        hint_en="write one number, such as 10 or 7.5",
    ),
    "PRF879": Message(
        zh="工作表“{value}”的评分表里没有一项指标有分值",
        en='no indicator of the score table on the sheet "{value}" has points',
        hint_zh="加上“分值”一列，或把分值写在指标名称后，如 产出指标（50分）",
        hint_en="add a column 分值, or write the points behind the titles: 产出指标（50分）",
    ),
}
