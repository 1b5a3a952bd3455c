"""What sectors and the common categories of indicators are called."""

from typing import Final

from perfrules.errors import Text

_SECTORS: Final = {
    "common": Text("共性", "common"),
    "education": Text("教育", "education"),
    "poverty": Text("脱贫攻坚与乡村振兴", "poverty relief"),
    "sanitation": Text("环境卫生", "sanitation"),
}
_CATEGORIES: Final = {
    "decision": Text("决策", "decision"),
    "decision.project_setup": Text("决策 · 项目立项", "decision · setting up"),
    "decision.targets": Text("决策 · 绩效目标", "decision · targets"),
    "decision.funding": Text("决策 · 资金投入", "decision · funding"),
    "process": Text("过程", "process"),
    "process.funds": Text("过程 · 资金管理", "process · money"),
    "process.execution": Text("过程 · 预算执行", "process · execution"),
    "process.organisation": Text("过程 · 组织实施", "process · organisation"),
    "output": Text("产出", "output"),
    "output.quantity": Text("产出 · 数量", "output · quantity"),
    "output.quality": Text("产出 · 质量", "output · quality"),
    "output.timeliness": Text("产出 · 时效", "output · timeliness"),
    "output.cost": Text("产出 · 成本", "output · cost"),
    "benefit": Text("效益", "benefit"),
    "benefit.economic": Text("效益 · 经济效益", "benefit · economic"),
    "benefit.social": Text("效益 · 社会效益", "benefit · social"),
    "benefit.ecological": Text("效益 · 生态效益", "benefit · ecological"),
    "benefit.sustainability": Text("效益 · 可持续影响", "benefit · sustainability"),
    "satisfaction": Text("满意度", "satisfaction"),
}


def sector(library: str) -> tuple[str, Text]:
    """Return the sector of a library, by the first part of its id, and what it is called.

    >>> sector("education.meals")[1].en, sector("water")[1].zh
    ('education', 'water')
    """
    name = library.partition(".")[0]
    return name, _SECTORS.get(name, Text(name, name))


def category(name: str) -> Text:
    """Return what a category is called; one that isn't common has its own name.

    >>> category("output.cost").zh, category("output.noise").zh
    ('产出 · 成本', 'output.noise')
    """
    return _CATEGORIES.get(name, Text(name, name))
