"""What of a ruleset's expressions comes from plugins."""

from collections.abc import Iterable, Mapping

from perfrules.lang.expr.scope import children
from perfrules.lang.functions import FUNCTIONS, Function
from perfrules.lang.tree import Aggregate, Call, Expr, Tree


def plugged_functions(
    exprs: Iterable[Expr], functions: Mapping[str, Function]
) -> tuple[Function, ...]:
    """Return the functions that *exprs* call and that aren't the language's own, by name."""
    called: set[str] = set()
    waiting: list[Tree] = [expr.tree for expr in exprs]
    while waiting:
        tree = waiting.pop()
        if isinstance(tree, Call | Aggregate):
            called.add(tree.function)
        waiting += children(tree)
    return tuple(functions[name] for name in sorted(called - FUNCTIONS.keys()))
