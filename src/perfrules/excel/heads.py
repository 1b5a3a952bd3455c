"""The headings of score tables: what each column holds, and the row that names them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from perfrules.excel.wording import spelled
from perfrules.files.xlsx import Grid, Row

Role: TypeAlias = Literal[
    "level", "points", "target", "standard", "definition", "formula", "basis", "evidence",
    "actual", "score", "remark", "number",
]  # fmt: skip

_NTH: Final = "一二三四五六"
_LEVEL: Final = f"[{_NTH}]级(?:绩效|评价|考核)?(?:指标|目录|类目)?(?:名称|内容)?"
_NAMED: Final = (
    "(?:绩效|评价|考核|评估)?(?:指标|项目|内容|要素|事项)(?:名称|类别)?|评价维度|类别|维度"
)
_STANDARD: Final = (
    "(?:评分|评价|计分|打分|得分|扣分|考核|赋分)(?:标准|细则|规则|办法|方法|依据)(?:及.*)?"
    "|评分(?:标准)?(?:及|和)说明|指标评分标准"
)
_POINTS: Final = (
    "(?:指标)?(?:分值|权重|标准分|满分|权重分|权重值|标准分值|分数)(?:设置)?(?:分|%)?"
    "|权重分值|总分值?"
)
_DEFINITION: Final = (
    "指标(?:解释|说明|释义|内涵|定义|含义|要点)|评价要点|(?:指标)?内容说明|解释|说明"
    "|指标解释(?:及|和|与).*"
)
# In the order in which they are tried: a heading is what the first pattern says that fits it.
_ROLES: Final[tuple[tuple[Role, str], ...]] = (
    ("number", "序号|编号|行次"),
    ("level", _LEVEL),
    ("standard", _STANDARD),
    ("points", _POINTS),
    ("target", "(?:年度|年初|全年|计划|预期|绩效)*(?:指标值|目标值)(?:[Aa])?|计划完成值"),
    ("actual", "(?:全年|年度|实际)*(?:实际)?完成(?:值|情况|数)(?:[Bb])?|实际值|实际完成"),
    ("score", "(?:自评|评价|考核|复核|审核|实际)?(?:得分|评分)(?:情况)?|自评分|复核分"),
    ("definition", _DEFINITION),
    ("formula", "计算(?:公式|方法)|指标计算(?:公式|方法)"),
    ("basis", "(?:政策|评价|指标|文件|设定|设置)*依据(?:文件)?"),
    ("evidence", "佐证材料|证明材料|数据来源|资料来源|取数来源|评价资料|备查资料|证据来源"),
    ("remark", "备注|.*(?:偏差|未完成).*(?:原因|分析|措施).*|扣分原因|存在问题"),
    ("level", _NAMED),
)
_TEXTS: Final[tuple[Role, ...]] = (
    "target", "standard", "definition", "formula", "basis", "evidence", "actual", "score",
)  # fmt: skip


def role(text: str) -> Role | None:
    """Return what a column of that heading holds; None for any other heading.

    >>> role("二级指标"), role("分值（100分）"), role("评分标准"), role("年度指标值（A）")
    ('level', 'points', 'standard', 'target')
    >>> role("联系电话") is None
    True
    """
    found = re.sub(r"\(.*?\)", "", spelled(text)).replace("、", "")
    for name, pattern in _ROLES:
        if re.fullmatch(pattern, found):
            return name
    return None


@dataclass(frozen=True, slots=True)
class Heads:
    """The columns of a score table, 1-based.

    `levels` are those of the tree, from the top; `points` are the columns of points by the depth
    of the level that they stand behind, the last level's for one that stands further right.
    """

    row: int
    last: int  # the last row of the headings
    levels: tuple[int, ...]
    points: Mapping[int, int]
    columns: Mapping[Role, int]
    unused: tuple[int, ...] = ()


def find_heads(grid: Grid) -> Heads | None:
    """Return the headings of a sheet's score table; None where there is none.

    It is the first row with a level and with points, a target or a standard.

    >>> rows = (Row(1, ("绩效自评表", "", "")), Row(2, ("一级指标", "二级指标", "分值")))
    >>> heads = find_heads(Grid("a.xlsx", "表1", rows))
    >>> heads.row, heads.levels, dict(heads.points)
    (2, (1, 2), {1: 3})
    """
    for place, row in enumerate(grid.rows):
        named = {column: name for column, text in _cells(row) if (name := role(text))}
        kinds = set(named.values())
        if "level" not in kinds or not kinds & {"points", "standard", "target"}:
            continue
        last, texts = row.number, dict(_cells(row))
        below = grid.rows[place + 1] if place + 1 < len(grid.rows) else None
        if below is not None and _second(grid, row, below):
            last = below.number
            for column, text in _cells(below):
                if role(text):
                    named[column], texts[column] = role(text) or named[column], text
        return _heads(grid, row.number, last, named, texts)
    return None


def _cells(row: Row) -> list[tuple[int, str]]:
    return [(column, text) for column, text in enumerate(row.cells, 1) if text.strip()]


def _second(grid: Grid, row: Row, below: Row) -> bool:
    """Whether the next row belongs to the headings: a heading above spans into it or over it."""
    if below.number != row.number + 1:
        return False
    names = [role(text) for _, text in _cells(below)]
    wide = any(m.top <= row.number <= m.bottom and m.right > m.left for m in grid.merged)
    tall = any(m.top <= row.number < below.number <= m.bottom for m in grid.merged)
    return (wide or tall) and all(names) and len(names) > 1


def _heads(
    grid: Grid, row: int, last: int, named: Mapping[int, Role], texts: Mapping[int, str]
) -> Heads:
    own = [c for c in sorted(texts) if not _beside(grid, row, c)]
    numbered = [c for c in own if named.get(c) == "level" and _nth(texts[c]) is not None]
    levels = [
        c for c in own
        if named.get(c) == "level"
        and (c in numbered or not numbered or c > max(numbered))
        and not _label(grid, row, last, c)
    ]  # fmt: skip
    columns = {name: c for name in _TEXTS for c in reversed(own) if named.get(c) == name}
    points: dict[int, int] = {}
    for column in own:
        if named.get(column) == "points":
            points.setdefault(sum(level < column for level in levels) - 1, column)
    if len(points) == 1:
        points = {len(levels) - 1: next(iter(points.values()))}
    used = {*levels, *points.values(), *columns.values()}
    unused = [
        c for c in own
        if c not in used
        and named.get(c) not in ("number", "remark", "actual", "score")
        and not _label(grid, row, last, c)
    ]  # fmt: skip
    return Heads(row, last, tuple(levels), points, columns, tuple(unused))


def _nth(text: str) -> int | None:
    found = re.search(f"([{_NTH}])级", text)
    return _NTH.index(found[1]) if found else None


def _beside(grid: Grid, row: int, column: int) -> bool:
    """Whether a heading's cell is only the rest of a wider one."""
    return any(m.top <= row <= m.bottom and m.left < column <= m.right for m in grid.merged)


def _label(grid: Grid, row: int, last: int, column: int) -> bool:
    """Whether a heading goes on down its column, a word written along the side of the table."""
    down = any(
        m.left <= column <= m.right and m.top <= row and m.bottom > last for m in grid.merged
    )
    texts = [grid.text(one.number, column) for one in grid.rows if one.number > last]
    return down or (grid.text(row, column) in texts and set(texts) <= {"", grid.text(row, column)})
