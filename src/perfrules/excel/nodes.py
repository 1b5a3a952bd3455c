"""A score table's rows become a tree of indicators, with what the table says of each."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter
from typing import Final

from perfrules.errors import Diagnostic
from perfrules.excel.heads import Heads
from perfrules.excel.wording import NUMBER, spelled
from perfrules.files.xlsx import Grid, Merge, Row
from perfrules.messages import diagnose

_TOTAL: Final = re.compile(
    r"(?:自评|评价|综合)?(?:合计|总计|小计|总分|总得分|共计|综合得分|得分合计)(?:\(.*\))?"
)
_NOTE: Final = re.compile(
    r"(?:注|说明|备注|填表人|填报人|填报单位|联系|评价等级|等级|规则集|评分说明|填表说明)[:;0-9一二(]?.*"
)
_SIGNED: Final = re.compile("填表|填报|联系|单位负责|审核人|日期")  # who filled it in
_IN_TITLE: Final = re.compile(rf"(?P<title>.+?)\s*[(（]\s*(?P<points>{NUMBER})\s*分\s*[)）]")
_POINTS: Final = re.compile(rf"(?P<points>{NUMBER})(?:分|%)?")


@dataclass(slots=True)
class Node:
    """An indicator: `points` as printed, None where nothing is; a leaf has no children."""

    title: str
    row: int
    column: int
    points: Decimal | None = None
    children: list["Node"] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def leaves(self) -> Iterator["Node"]:
        """Yield what has no children, in the order of the table."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()

    def sum(self) -> Decimal | None:
        """Return what its leaves' points add up to; None where one has none."""
        if not self.children:
            return self.points
        found = [child.sum() for child in self.children]
        known = [item for item in found if item is not None]
        return sum(known, Decimal(0)) if len(known) == len(found) else None


@dataclass(slots=True)
class Table:
    """A score table as it was understood.

    `total` is what the table itself gives as the sum, `notes` are the rows below and between that
    are no indicators, `problems` what doesn't fit.
    """

    title: str
    nodes: list[Node] = field(default_factory=list)
    total: tuple[Decimal, int] | None = None
    notes: list[str] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)

    def leaves(self) -> Iterator[Node]:
        """Yield the indicators that are scored."""
        for node in self.nodes:
            yield from node.leaves()


def read_table(grid: Grid, heads: Heads) -> Table:
    """Return the tree that the rows below the headings state."""
    table = Table(_title(grid, heads))
    reader = _Reader(grid, heads, table, _Areas(grid))
    ended = False
    for row in grid.rows:
        if row.number > heads.last:
            ended = reader.row(row, ended=ended)
    for column in heads.unused:
        value = grid.text(heads.row, column)
        table.problems.append(
            diagnose("PRF874", grid.span(heads.row, column), value=value,
                     cell=grid.address(heads.row, column))
        )  # fmt: skip
    return table


def _title(grid: Grid, heads: Heads) -> str:
    """Return the first line above the table that is a title: one text alone in its row."""
    for row in grid.rows:
        texts = {text.strip() for text in row.cells if text.strip()}
        if row.number < heads.row and len(texts) == 1:
            found = " ".join(texts.pop().split())
            if len(found) > 3 and not re.match("附件|附表|单位|填报|金额", found):  # noqa: PLR2004
                return found
    return grid.sheet


class _Areas:
    """Finds the merged cell that a cell belongs to, however many there are."""

    def __init__(self, grid: Grid) -> None:
        self._columns: dict[int, list[Merge]] = {}
        width = grid.width
        for area in sorted(grid.merged):
            for column in range(area.left, min(area.right, width) + 1):
                self._columns.setdefault(column, []).append(area)

    def at(self, row: int, column: int) -> Merge | None:
        """Return the merged cell, None for a cell of its own."""
        found = self._columns.get(column, [])
        place = bisect_right(found, row, key=attrgetter("top")) - 1
        return found[place] if place >= 0 and found[place].bottom >= row else None


@dataclass(slots=True)
class _Reader:
    """Reads rows in order; `path` are the nodes that are open, by depth."""

    grid: Grid
    heads: Heads
    table: Table
    areas: _Areas
    path: dict[int, Node] = field(default_factory=dict)
    section: Node | None = None

    def row(self, row: Row, *, ended: bool) -> bool:
        """Read one row; True where the table ends with it."""
        cells = [self.grid.text(row.number, column).strip() for column in self.heads.levels]
        texts = [text.strip() for text in row.cells if text.strip()]
        if not texts or self._repeats(row):
            return ended
        first = spelled(texts[0])
        if _TOTAL.fullmatch(first) or any(_TOTAL.fullmatch(spelled(cell)) for cell in cells):
            self._total(row, first)
            return ended
        if ended or _NOTE.fullmatch(first) or not any(cells):
            if not _SIGNED.match(first):
                self.table.notes.append(" ".join(dict.fromkeys(texts)))
            return True
        if len(set(texts)) == 1 and self._wide(row):
            self._heading(row, texts[0])
            return False
        self._leaf(row, cells)
        return False

    def _repeats(self, row: Row) -> bool:
        """Whether the row prints the headings again, as on a new page."""
        at = self.heads
        columns = (*at.levels, *at.points.values(), *at.columns.values())
        return all(self.grid.text(row.number, c) == self.grid.text(at.row, c) for c in columns)

    def _wide(self, row: Row) -> bool:
        found = self.areas.at(row.number, self.heads.levels[0])
        wide = found is not None and found.left < found.right and found.top == found.bottom
        return wide and found is not None and found.right > self.heads.levels[-1]

    def _heading(self, row: Row, text: str) -> None:
        """A line over the whole width names a part of the table where it gives points."""
        title, points = titled(text)
        if points is None:
            self.table.notes.append(text)
            return
        self.section = Node(title, row.number, self.heads.levels[0], points)
        self.table.nodes.append(self.section)
        self.path = {}

    def _total(self, row: Row, word: str) -> None:
        """Hold the printed sum against that of the indicators above."""
        found = self._number(row, self.heads.points.get(len(self.heads.levels) - 1))
        if found is None:
            return
        cells = [self.grid.text(row.number, column) for column in self.heads.levels]
        depths = [place for place, cell in enumerate(cells) if "小计" in cell]
        if not depths and "小计" not in word:
            self.table.total = found, row.number
            return
        above = [place for place in self.path if place < max(depths[:1], default=0)]
        node = self.path.get(max(above, default=0))
        added = None if node is None else node.sum()
        if node is not None and added is not None and added != found:
            at = row.number, self.heads.levels[0]
            self.table.problems.append(apart(self.grid, at, f"{node.title}小计", found, added))

    def _leaf(self, row: Row, cells: list[str]) -> None:
        """Open the nodes that the row names, the last of them a leaf."""
        depth = max(place for place, cell in enumerate(cells) if cell)
        cell = self.areas.at(row.number, self.heads.levels[depth])
        while depth and cell is not None and cell.left <= self.heads.levels[depth - 1]:
            depth -= 1  # one cell over several levels
        if self._goes_on(row, depth):
            self._join(self.path[depth], row)
            return
        for place in range(depth + 1):
            text = cells[place]
            if text and (place == depth or not self._open(place, text, row.number)):
                self._add(place, text, row)
        leaf = self.path[depth]
        leaf.points = self._leaf_points(row, depth, leaf)
        self._join(leaf, row)

    def _join(self, leaf: Node, row: Row) -> None:
        """Give a leaf the words of a row; those of several rows are one below the other."""
        for name, column in self.heads.columns.items():
            text = self.grid.text(row.number, column).strip()
            before = leaf.texts.get(name, "")
            if text and text not in before.split("\n"):
                leaf.texts[name] = f"{before}\n{text}" if before else text

    def _goes_on(self, row: Row, depth: int) -> bool:
        """Whether the row is a further line of the leaf above: title and points are one cell."""
        cell = self.areas.at(row.number, self.heads.levels[depth])
        if cell is None or cell.top == row.number or depth not in self.path:
            return False
        column = self.heads.points.get(len(self.heads.levels) - 1)
        worth = None if column is None else self.areas.at(row.number, column)
        return (worth is not None and worth.top <= cell.top) or not self._text(row, column)

    def _open(self, place: int, text: str, row: int) -> bool:
        """Whether the node at a depth is the one that this row goes on with."""
        node = self.path.get(place)
        if node is None or titled(text)[0] != node.title:
            return False
        here = self.areas.at(row, self.heads.levels[place])
        if here is not None and here.top == row and node.row != row:
            before = self.areas.at(row - 1, self.heads.levels[place])
            return before is None  # two merged cells with one text are two indicators
        return True

    def _add(self, place: int, text: str, row: Row) -> None:
        title, points = titled(text)
        node = Node(title, row.number, self.heads.levels[place], points)
        if place != len(self.heads.levels) - 1 and place in self.heads.points:
            own = self._number(row, self.heads.points[place])
            node.points = points if own is None else own
        self.path = {depth: one for depth, one in self.path.items() if depth < place}
        home = self.path[max(self.path)].children if self.path else self._top()
        home.append(node)
        self.path[place] = node

    def _top(self) -> list[Node]:
        return self.table.nodes if self.section is None else self.section.children

    def _leaf_points(self, row: Row, depth: int, leaf: Node) -> Decimal | None:
        """Return a leaf's points; a cell that it shares with others holds those of a branch."""
        column = self.heads.points.get(depth, self.heads.points.get(len(self.heads.levels) - 1))
        if column is None:
            return leaf.points
        worth = self.areas.at(row.number, column)
        own = self.areas.at(row.number, self.heads.levels[depth])
        if worth is not None and worth.bottom > (row.number if own is None else own.bottom):
            for place in sorted(self.path, reverse=True):
                over = self.areas.at(row.number, self.heads.levels[place])
                same = over is not None and (over.top, over.bottom) == (worth.top, worth.bottom)
                if place < depth and same and worth.top == row.number:
                    self.path[place].points = self._number(row, column)
                    break
            return leaf.points
        if worth is not None and worth.top < (row.number if own is None else own.top):
            return leaf.points
        found = self._number(row, column)
        return leaf.points if found is None else found

    def _text(self, row: Row, column: int | None) -> str:
        return "" if column is None else spelled(self.grid.text(row.number, column))

    def _number(self, row: Row, column: int | None) -> Decimal | None:
        """Return the points in a cell; PRF878 for what is no number."""
        text = self._text(row, column)
        if not text or column is None:
            return None
        found = _POINTS.fullmatch(text)
        if found is None:
            at = row.number, column
            self.table.problems.append(
                diagnose("PRF878", self.grid.span(*at), value=text, cell=self.grid.address(*at))
            )
            return None
        return Decimal(found["points"])


def titled(text: str) -> tuple[str, Decimal | None]:
    """Return a title without the points that stand in brackets behind it, and those.

    >>> titled("产出指标（50分）"), titled("满意度")
    (('产出指标', Decimal('50')), ('满意度', None))
    """
    found = _IN_TITLE.fullmatch(" ".join(text.split()))
    if found is None:
        return " ".join(text.split()), None
    return found["title"], Decimal(found["points"])


def apart(
    grid: Grid, at: tuple[int, int], title: str, printed: Decimal, added: Decimal
) -> Diagnostic:
    """Return PRF871: the points that are printed and those of the indicators differ."""
    return diagnose(
        "PRF871", grid.span(*at), value=f"{printed.normalize():f}",
        found=f"{added.normalize():f}", name=title, cell=grid.address(*at),
    )  # fmt: skip
