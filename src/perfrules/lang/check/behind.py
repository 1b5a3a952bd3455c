"""What a condition proves to be there: optional values may be used behind `known()` elsewhere too.

A row's `where` guards its points, `applies_when` guards the method, a decision's `when` guards its
amount and date: those are only looked at where the condition holds.
"""

from dataclasses import replace

from perfrules.lang.expr import Names
from perfrules.lang.tree import Column, Expr, Known, Logic, Name
from perfrules.lang.types import Type


def behind(names: Names, condition: Expr | None) -> Names:
    """Return *names* where what *condition* asks to be known may be used without asking again."""
    if condition is None:
        return names
    known = _known(condition)
    values = {name: _there(kind) if name in known else kind for name, kind in names.values.items()}
    rows = {
        row: replace(
            kind,
            columns=tuple(
                (name, _there(column) if (row, name) in known else column)
                for name, column in kind.columns
            ),
        )
        for row, kind in names.rows.items()
    }
    return replace(names, values=values, rows=rows)


def _there(kind: Type) -> Type:
    return replace(kind, optional=False)


def _known(condition: Expr) -> set[str | tuple[str, str]]:
    """Return the names, and the rows' columns, in `known(x) and known(t.y) and …`."""
    open_trees: list[object] = [condition.tree]
    found: set[str | tuple[str, str]] = set()
    while open_trees:
        tree = open_trees.pop()
        if isinstance(tree, Logic) and tree.op == "and":
            open_trees += tree.operands
        elif isinstance(tree, Known) and isinstance(tree.operand, Name):
            found.add(tree.operand.id)
        elif isinstance(tree, Known) and isinstance(tree.operand, Column):
            found.add((tree.operand.row, tree.operand.column))
    return found
