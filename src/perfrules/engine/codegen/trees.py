"""Walking a checked expression's tree."""

from collections.abc import Iterator

from perfrules.lang.expr.scope import children
from perfrules.lang.tree import Tree


def walk(tree: Tree) -> Iterator[Tree]:
    """Yield *tree* and everything below, without recursion: trees may be deep."""
    waiting = [tree]
    while waiting:
        found = waiting.pop()
        yield found
        waiting += children(found)
