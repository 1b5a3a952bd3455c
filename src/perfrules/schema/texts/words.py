"""What each word of a key that takes one of a few words means."""

from collections.abc import Iterable, Mapping
from typing import Final

from perfrules.errors import Text

_TABLES: Final[tuple[Mapping[str, Text], ...]] = (
    {
        "official": Text("见于发文机关原文", "seen in the issuing body's own text"),
        "published": Text("见于公开转载", "seen where others published it"),
        "background": Text("背景材料", "background"),
        "proposed": Text("编制者的建议", "a proposal of the author's"),
    },
    {"higher": Text("越高越好", "higher is better"), "lower": Text("越低越好", "lower is better")},
    {
        "full": Text("得满分", "full points"),
        "zero": Text("得0分", "no points"),
        "error": Text("退回", "the unit is rejected"),
    },
    {
        "at_least": Text("当作 ≥", "as if ≥ stood there"),
        "at_most": Text("当作 ≤", "as if ≤ stood there"),
        "equal": Text("当作 =", "as if = stood there"),
        "refuse": Text("退回", "the unit is rejected"),
    },
    {
        "top": Text("取上限", "the upper end"),
        "middle": Text("取中间值", "the middle"),
        "bottom": Text("取下限", "the lower end"),
    },
    {"as_of": Text("评价日期的年份", "the year of the evaluation")},
    {"linear": Text("档内按直线", "on a line within a band")},
    {"above": Text("高于起点扣分", "lost above"), "below": Text("低于起点扣分", "lost below")},
    {
        "pooled": Text("合在一起算", "all answers together"),
        "equal": Text("各人群同等", "each group counts alike"),
    },
    {"exclude": Text("不计，份额分给其他", "left out; the others have its share")},
    {
        "mean": Text("平均", "the mean"),
        "median": Text("中位数", "the median"),
        "trimmed": Text("去掉两端再平均", "the mean without the ends"),
    },
    {
        "all_full": Text("全部打满分的作废", "a ballot with full points throughout"),
        "all_equal": Text("全部打同一分的作废", "a ballot with equal points throughout"),
    },
    {
        "best": Text("得分最高的", "the one that earns most"),
        "first_applicable": Text("第一个适用的", "the first that applies"),
    },
    {
        "min_max": Text("在上下标杆之间的位置", "where it lies between two goalposts"),
        "z_score": Text("标准分", "how many deviations from the mean"),
        "percentile": Text("在参照值中的百分位", "its percentile in the reference"),
    },
    {
        "元": Text("元", "yuan"),
        "千元": Text("千元", "1,000 yuan"),
        "万元": Text("万元", "10,000 yuan"),
        "亿元": Text("亿元", "100,000,000 yuan"),
    },
    {"percent": Text("98 即 98%", "98 is 98%"), "fraction": Text("0.98 即 98%", "0.98 is 98%")},
    {
        "full": Text("得满分", "full points"),
        "zero": Text("得0分", "no points"),
        "exclude": Text("不计，上级按其余指标折算", "left out; the parent goes by the others"),
        "redistribute": Text("分值按比例分给同级", "its points go to the siblings, in proportion"),
        "redistribute_equally": Text("分值平均分给同级", "its points go to the siblings, equally"),
    },
    {
        "error": Text("退回", "the unit is rejected"),
        "zero": Text("得0分", "no points"),
        "not_applicable": Text("按不适用处理", "it doesn't apply"),
    },
    {
        "half_up": Text("四舍五入", "half up"),
        "floor": Text("舍去", "down"),
        "half_even": Text("四舍六入五成双", "half to even"),
    },
    {"quantitative": Text("定量", "quantitative"), "qualitative": Text("定性", "qualitative")},
    {
        "sum": Text("得分相加", "scores are added"),
        "weighted_mean": Text("得分率加权平均", "the weighted mean of rates"),
        "geometric_mean": Text("得分率加权几何平均", "the weighted geometric mean of rates"),
        "minimum": Text("取最低的得分率", "the lowest rate"),
    },
    {
        "regulation": Text("文件规定", "a regulation"),
        "negotiated": Text("商定", "negotiation"),
        "equal": Text("平均", "equal parts"),
        "ahp": Text("层次分析法", "analytic hierarchy process"),
        "entropy": Text("熵权法", "entropy"),
        "critic": Text("CRITIC 法", "CRITIC"),
    },
    {
        "first": Text("第一个成立的", "the first that holds"),
        "unique": Text("只能有一个成立", "exactly one may hold"),
    },
    {
        "all": Text("全部成立的", "all that hold"),
        "first": Text("第一个成立的", "the first that holds"),
    },
    {"unit": Text("按单位", "by unit")},
    {
        "descending": Text("高的在前", "the highest first"),
        "ascending": Text("低的在前", "the lowest first"),
    },
    {
        "scored": Text("已计分", "scored"),
        "not_applicable": Text("不适用", "not applicable"),
        "missing": Text("缺数据", "missing"),
        "waived": Text("免于考核", "waived"),
        "unverified": Text("缺佐证", "unverified"),
        "informational": Text("只列出", "for information"),
    },
)


def word_texts(words: Iterable[str]) -> Mapping[str, Text]:
    """Return what each of *words* means; a plugin's own words say so themselves.

    >>> word_texts(["higher", "lower"])["lower"].zh
    '越低越好'
    """
    listed = list(words)
    for table in _TABLES:
        if set(table) == set(listed):
            return {word: table[word] for word in listed}
    return {word: Text(word, word) for word in listed}
