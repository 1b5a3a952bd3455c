"""What generated code calls does what the reference does over its nodes."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from perfrules.decimals import CONTEXT
from perfrules.engine.answer import State
from perfrules.engine.codegen.runtime import equal_parts, shown_rows, split
from perfrules.engine.expand import _split, show_rows_once
from perfrules.engine.node import Node
from perfrules.errors import Text
from perfrules.lang.plan import Indicator
from tests.small import plan

SHEET = plan("""
    inputs:
      rows: {type: table, columns: {name: {type: text}}}
    indicators:
      - id: s
        points: 100
        for_each: {row: t, in: rows, key: t.name}
        split: {points: 100, digits: 0}
        score: {method: met, when: "t.name == '甲'"}
""").indicators[0]
KEYS = st.lists(st.text("aB]甲_", min_size=1, max_size=3), unique=True, min_size=1, max_size=6)


def row(parent: str, key: str, *, counted: bool = True, plan: Indicator = SHEET) -> Node:
    state = State.SCORED if counted else State.INFORMATIONAL
    name = f"{parent}[{key}]"
    return Node(plan, name, (parent, name), Text(), None, None, row={}, state=state)


@given(KEYS, st.integers(0, 1000), st.integers(0, 3))
def test_equal_parts(keys: list[str], amount: int, digits: int) -> None:
    nodes = [row("s", key) for key in keys]
    _split(nodes, Decimal(amount), digits)
    found = equal_parts(Decimal(amount), digits, keys)
    assert found == [node.points for node in nodes]
    total = Decimal(0)
    for part in found:
        total = CONTEXT.add(total, part)
    assert total == amount


def test_only_rows_that_count_share() -> None:
    """10 in two whole parts of 5; the row between has none."""
    assert split(Decimal(10), 0, ["a", "b", "c"], [True, False, True]) == [5, None, 5]


@given(st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=2, max_size=6))
def test_rows_that_none_scores_are_shown_once(rows: list[list[bool]]) -> None:
    branches = []
    for branch in range(3):
        node = Node(SHEET, f"s{branch}", (f"s{branch}",), Text(), None, None)
        node.children = [
            row(node.id, str(place), counted=counted[branch]) for place, counted in enumerate(rows)
        ]
        branches.append(node)
    wanted = [list(node.children) for node in branches]
    show_rows_once(branches)
    found = shown_rows([[counted[branch] for counted in rows] for branch in range(3)])
    for branch, node in enumerate(branches):
        assert [wanted[branch][place] for place in found[branch]] == node.children
