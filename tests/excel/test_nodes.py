"""Rows become a tree, whatever is merged, left blank or printed again."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from perfrules.excel.heads import find_heads, role
from perfrules.excel.nodes import Node, Table, read_table
from perfrules.files.xlsx import Grid, Merge, Row

HEADS = ("一级指标", "二级指标", "三级指标", "分值", "评分标准")


def table(
    *rows: Sequence[str], merged: Sequence[Merge] = (), heads: Sequence[str] = HEADS
) -> Table:
    """Return what is read below headings in row 1."""
    every = tuple(
        Row(number, tuple(cells)) for number, cells in enumerate([heads, *rows], 1) if any(cells)
    )
    grid = Grid("a.xlsx", "表1", every, tuple(merged))
    found = find_heads(grid)
    assert found is not None
    return read_table(grid, found)


def shape(nodes: Sequence[Node]) -> list[Any]:
    """Return title, points and children of every node."""
    return [(node.title, node.points, shape(node.children)) for node in nodes]


def test_a_blank_cell_goes_on_with_what_is_above() -> None:
    found = table(
        ("产出", "数量", "人数", "5", ""),
        ("", "", "户数", "6", ""),
        ("", "质量", "合格率", "7", ""),
    )
    assert shape(found.nodes) == [
        ("产出", None, [
            ("数量", None, [("人数", 5, []), ("户数", 6, [])]), ("质量", None, [("合格率", 7, [])]),
        ]),
    ]  # fmt: skip


def test_a_level_may_be_left_out() -> None:
    """A new branch without a second level doesn't go on with the old one's."""
    found = table(("产出", "数量", "人数", "5", ""), ("效益", "", "满意度", "6", ""))
    assert shape(found.nodes) == [
        ("产出", None, [("数量", None, [("人数", 5, [])])]),
        ("效益", None, [("满意度", 6, [])]),
    ]


def test_a_row_may_end_early() -> None:
    found = table(("产出", "数量", "", "5", ""), ("执行率", "", "", "6", ""))
    assert shape(found.nodes) == [("产出", None, [("数量", 5, [])]), ("执行率", 6, [])]


def test_a_title_over_several_levels_is_one_indicator() -> None:
    cells = ("执行率", "执行率", "执行率", "6", "")
    assert shape(table(cells, merged=[Merge(2, 1, 2, 3)]).nodes) == [("执行率", 6, [])]


def test_equal_titles_in_cells_of_their_own_are_one_branch() -> None:
    rows = [("产出", "数量", "人数", "5", ""), ("产出", "数量", "户数", "6", "")]
    assert shape(table(*rows).nodes) == [
        ("产出", None, [("数量", None, [("人数", 5, []), ("户数", 6, [])])])
    ]


def test_equal_titles_in_two_merged_cells_are_two_branches() -> None:
    rows = [("产出", "数量", name, "5", "") for name in ("甲", "乙", "丙", "丁")]
    merged = [Merge(2, 1, 5, 1), Merge(2, 2, 3, 2), Merge(4, 2, 5, 2)]
    assert shape(table(*rows, merged=merged).nodes) == [
        ("产出", None, [
            ("数量", None, [("甲", 5, []), ("乙", 5, [])]),
            ("数量", None, [("丙", 5, []), ("丁", 5, [])]),
        ]),
    ]  # fmt: skip


def test_points_in_one_cell_for_several_rows_are_the_branchs() -> None:
    rows = [("产出", "数量", "人数", "9", ""), ("产出", "数量", "户数", "9", "")]
    merged = [Merge(2, 1, 3, 1), Merge(2, 2, 3, 2), Merge(2, 4, 3, 4)]
    assert shape(table(*rows, merged=merged).nodes) == [
        ("产出", None, [("数量", 9, [("人数", None, []), ("户数", None, [])])])
    ]


def test_several_lines_of_one_indicator_are_one() -> None:
    rows = [("产出", "数量", "人数", "9", "优得9分"), ("产出", "数量", "人数", "9", "差得0分")]
    merged = [Merge(2, column, 3, column) for column in (1, 2, 3, 4)]
    found = table(*rows, merged=merged)
    assert shape(found.nodes) == [("产出", None, [("数量", None, [("人数", 9, [])])])]
    (leaf,) = found.leaves()
    assert leaf.texts["standard"] == "优得9分\n差得0分"


def test_points_at_every_level() -> None:
    heads = ("一级指标", "分值", "二级指标", "权重（%）", "三级指标", "标准分（分）")
    found = table(("产出", "50", "数量", "20%", "人数", "20分"), heads=heads)
    assert shape(found.nodes) == [("产出", 50, [("数量", 20, [("人数", 20, [])])])]


def test_notes_headings_and_signatures() -> None:
    found = table(
        ("产出", "数量", "人数", "5", ""), HEADS, ("", "", "户数", "6", ""),
        ("合计", "", "", "11", ""), ("注：按实际填写", "", "", "", ""),
        ("填表人：", "", "电话：", "", ""),
        ("以上由财务科解释", "", "", "", ""),
    )  # fmt: skip
    assert shape(found.nodes) == [
        ("产出", None, [("数量", None, [("人数", 5, []), ("户数", 6, [])])])
    ]
    assert found.notes == ["注：按实际填写", "以上由财务科解释"]
    assert found.total == (Decimal(11), 5)


def test_a_line_over_the_whole_width_names_a_part_only_with_points() -> None:
    wide = [Merge(2, 1, 2, 5), Merge(4, 1, 4, 5)]
    rows = [
        ("共性指标（30分）",) * 5, ("决策", "", "", "30", ""),
        ("以下由业务科室填写",) * 5, ("产出", "", "", "70", ""),
    ]  # fmt: skip
    found = table(*rows, merged=wide)
    assert shape(found.nodes) == [("共性指标", 30, [("决策", 30, []), ("产出", 70, [])])]
    assert found.notes == ["以下由业务科室填写"]


def test_a_hundred_thousand_merged_cells_are_quick() -> None:
    rows = [(f"第{number}项", "", "", "1", "") for number in range(2000)]
    merged = [Merge(row, 1, row, 3) for row in range(2, 2002)]
    far = [Merge(row, column, row + 1, column) for row in range(3000, 23000, 2)
           for column in range(1, 11)]  # fmt: skip
    assert len(list(table(*rows, merged=[*merged, *far]).leaves())) == 2000


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("一级指标", "level"), ("三级绩效指标名称", "level"), ("考核内容", "level"),
        ("指标名称", "level"), ("分值", "points"), ("权重（%）", "points"), ("标准分", "points"),
        ("年度指标值", "target"), ("年初目标值（A）", "target"), ("评分细则", "standard"),
        ("评价标准", "standard"), ("扣分标准", "standard"), ("指标解释", "definition"),
        ("评价要点", "definition"), ("计算公式", "formula"), ("政策依据", "basis"),
        ("数据来源", "evidence"), ("实际完成值（B）", "actual"), ("自评得分", "score"),
        ("偏差原因分析及改进措施", "remark"), ("备注", "remark"), ("序号", "number"),
        ("联系电话", None), ("产出指标", None), ("", None),
    ],
)  # fmt: skip
def test_headings(text: str, name: str | None) -> None:
    assert role(text) == name
