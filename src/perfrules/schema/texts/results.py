"""Hover texts of cases and of portfolios."""

from collections.abc import Mapping
from typing import Final

from perfrules.errors import Text

_RESULT: Final[Mapping[str, Text]] = {
    "total": Text("总分", "the total"),
    "rate": Text("得分率", "the rate"),
    "grade": Text("等级", "the grade"),
    "complete": Text("完整度", "how complete the result is"),
    "score": Text("得分", "the score"),
    "state": Text("状态", "the state"),
    "scores": Text("指标编号 → 得分", "scores by indicator"),
    "rates": Text("指标编号 → 得分率", "rates by indicator"),
    "states": Text("指标编号 → 状态", "states by indicator"),
    "unit": Text("单位名称", "the unit"),
}
_WITHIN: Final = ("total", "rate", "complete", "score", "scores", "rates")

KEYS: Final[Mapping[str, Text]] = {
    "cases": Text("所测的规则集、指标库或项目组合：编号或文件", "what is tested: an id or a file"),
    "tests": Text("各个用例", "the cases"),
    "CaseSpec.name": Text("用例名称", "the case's name"),
    "CaseSpec.source": Text("数字的来源", "where the figures come from"),
    "CaseSpec.as_of": Text("评价日期", "the date of the evaluation"),
    "CaseSpec.indicator": Text("指标库中的指标", "the library's indicator"),
    "CaseSpec.points": Text("该指标的分值", "the points it has here"),
    "CaseSpec.facts": Text("填报数据", "the facts"),
    "CaseSpec.want": Text(
        "应得的结果，未写的不核对", "what must come out; what isn't named may be anything"
    ),
    "CaseSpec.want_code": Text(
        "应退回的代码，如 PRF502", "the code that must refuse it, such as PRF502"
    ),
    "CaseSpec.within": Text("允许的误差和理由", "how far numbers may be off, and why"),
    **{f"WantSpec.{key}": text for key, text in _RESULT.items() if key != "unit"},
    "WantSpec.decisions": Text("结果应用的编号", "ids of the decisions"),
    "WantSpec.gates": Text("生效的门槛", "ids of the gates that acted"),
    "WantSpec.findings": Text("列出问题的指标", "ids of the indicators with a finding"),
    "WantSpec.lost_first": Text("失分最多的指标，依次", "what lost most points, in order"),
    "WantSpec.report": Text("report 中的数值", "values of the report"),
    "WantSpec.warnings": Text("提示的代码", "codes of the warnings"),
    **{
        f"WithinSpec.{key}": Text(f"{_RESULT[key].zh}的误差", f"how far off: {_RESULT[key].en}")
        for key in _WITHIN
    },
    "WithinSpec.because": Text("为什么允许误差", "why it may be off"),
    "PortfolioCase.name": Text("用例名称", "the case's name"),
    "PortfolioCase.source": Text("数字的来源", "where the figures come from"),
    "PortfolioCase.as_of": Text("评价日期", "the date of the evaluation"),
    "PortfolioCase.inputs": Text("项目组合自身的输入项", "the portfolio's own inputs"),
    "PortfolioCase.results": Text(
        "各单位的结果；多个来源时按来源", "the units' results, by source where there are several"
    ),
    "PortfolioCase.facts": Text(
        "各单位的数据；多个来源时按来源", "the units' facts, by source where there are several"
    ),
    "PortfolioCase.want": Text(
        "应得的结果，未写的不核对", "what must come out; what isn't named may be anything"
    ),
    "PortfolioCase.want_code": Text("应退回的代码", "the code that must refuse it"),
    **{
        f"ShortResult.{key}": text for key, text in _RESULT.items() if key not in ("score", "state")
    },
    "PortfolioWant.rows": Text("单位 → 各列的值", "columns by unit"),
    "PortfolioWant.decisions": Text("单位 → 结果应用的编号", "ids of decisions by unit"),
    "PortfolioWant.report": Text("report 中的数值", "values of the report"),
    "PortfolioWant.rejected": Text("被退回的单位", "units that are rejected"),
    "PortfolioWant.warnings": Text("提示的代码", "codes of the warnings"),
    "PortfolioSpec.portfolio": Text(
        "项目组合编号，如 city.incentive_fund", "the portfolio's id, such as city.incentive_fund"
    ),
    "PortfolioSpec.results": Text(
        "所读的结果：名称 → 规则集", "the results it reads: a ruleset by name"
    ),
    "PortfolioSpec.derive": Text(
        "各单位的列：表达式、选择表或组内计算",
        "columns of units: expressions, choosing tables or folds",
    ),
    "PortfolioSpec.decisions": Text("各单位的结果应用", "what should follow for each unit"),
    "PortfolioSpec.report": Text("全体的数值", "values of all units together"),
    "SourceSpec.of": Text("规则集：编号@版本", "the ruleset: id@version"),
    "SourceSpec.join": Text(
        "unit：按单位与第一个来源对应", "unit: joined to the first source by unit"
    ),
    "SourceSpec.facts": Text("另外随单位给出的数据", "what else is given for each unit"),
    "FoldSpec.rank": Text("名次，按此值", "the place by this value"),
    "FoldSpec.percentile": Text("百分位", "the percentile of this value"),
    "FoldSpec.min_max": Text(
        "在最小与最大之间的位置", "where this value lies between least and most"
    ),
    "FoldSpec.z_score": Text("标准分", "the z-score of this value"),
    "FoldSpec.allocate": Text("分配的总额", "the pool that is divided"),
    "FoldSpec.count": Text("true：计数", "true: how many there are"),
    "FoldSpec.sum": Text("合计", "the sum of this value"),
    "FoldSpec.mean": Text("平均", "the mean of this value"),
    "FoldSpec.any": Text("任一成立", "whether any holds"),
    "FoldSpec.all": Text("全部成立", "whether all hold"),
    "FoldSpec.where": Text("只取成立的单位", "which units count"),
    "FoldSpec.by": Text("按什么分组", "what units are grouped by"),
    "FoldSpec.order": Text(
        "名次从高到低，或从低到高", "whether the highest or the lowest is first"
    ),
    "FoldSpec.in_proportion_to": Text("按此值的比例分配", "what the pool is divided by"),
    "FoldSpec.digits": Text("小数位数", "decimals"),
}
