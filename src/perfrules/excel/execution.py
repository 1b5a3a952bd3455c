"""预算执行: the block above a self-evaluation's indicators that earns points by what was spent."""

import re
from decimal import Decimal
from typing import Final

from perfrules.excel.heads import Heads, role
from perfrules.excel.nodes import Node
from perfrules.excel.wording import NUMBER, spelled
from perfrules.files.xlsx import Grid

_BUDGET: Final = re.compile("(?:全年|年度|调整后)?预算数(?:\\([Aa]\\))?")
_SPENT: Final = re.compile("(?:全年)?执行数(?:\\([Bb]\\))?")
_WHOLE: Final = re.compile("(?:项目)?(?:年度)?(?:财政)?资金总额.*")
_UNIT: Final = re.compile("(?<![一-鿿])(元|千元|万元|亿元)(?![一-鿿])|单位:(元|千元|万元|亿元)")
_IN_HEAD: Final = re.compile(rf"\(({NUMBER})分")
TITLE: Final = "预算执行率"


def execution(grid: Grid, heads: Heads) -> Node | None:
    """Return the indicator that the budget's block states; None where there is none with points."""
    for row in grid.rows:
        if row.number >= heads.row:
            return None
        texts = {column: spelled(text) for column, text in enumerate(row.cells, 1) if text}
        budget = [c for c, text in texts.items() if _BUDGET.fullmatch(text)]
        spent = [c for c, text in texts.items() if _SPENT.fullmatch(text)]
        if not budget or not spent:
            continue
        for below in grid.rows:
            if row.number < below.number < heads.row and any(
                _WHOLE.fullmatch(spelled(text)) for text in below.cells
            ):
                points = _points(grid, texts, below.number)
                unit = _unit(grid, heads)
                return None if points is None or not unit else _node(grid, below.number, texts,
                                                                     (budget[-1], spent[-1]),
                                                                     points, unit)  # fmt: skip
    return None


def _points(grid: Grid, texts: dict[int, str], row: int) -> Decimal | None:
    """Return the block's points: in their column, or in the heading 得分（20分*执行率）."""
    for column, text in texts.items():
        if role(text) == "points":
            found = re.fullmatch(rf"({NUMBER})分?", spelled(grid.text(row, column)))
            if found:
                return Decimal(found[1])
    for text in texts.values():
        inside = _IN_HEAD.search(text)
        if inside:
            return Decimal(inside[1])
    return None


def _unit(grid: Grid, heads: Heads) -> str:
    """Return the unit of money that is written above the indicators."""
    for row in grid.rows:
        if row.number < heads.row:
            for text in row.cells:
                found = _UNIT.search(spelled(text))
                if found:
                    return found[1] or found[2]
    return ""


def _node(
    grid: Grid,
    row: int,
    texts: dict[int, str],
    columns: tuple[int, int],
    points: Decimal,
    unit: str,
) -> Node:
    budget, spent = (re.sub(r"\(.*?\)", "", texts[column]) for column in columns)
    node = Node(TITLE, row, columns[0], points)
    node.texts["standard"] = f"得分={spent}({unit})÷{budget}({unit})×分值"
    for name, column in zip(("budget", "spent"), columns, strict=True):
        node.texts[name] = grid.text(row, column).strip()
    for column, text in texts.items():
        if role(text) == "score":
            node.texts["score"] = grid.text(row, column).strip()
    return node
