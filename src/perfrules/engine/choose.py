"""What a derived value gives: its expression, or the first or only true row of its table."""

from collections.abc import Callable

from perfrules.lang.frame import Fault
from perfrules.lang.plan import Derived, Row
from perfrules.lang.tree import Expr


def derive(derived: Derived, value: Callable[[Expr], object]) -> object:
    """Return the value of *derived*; *value* computes an expression where it is asked.

    Raises:
        Fault: PRF539, no row or several rows of a table are true where one has to be.
    """
    if derived.expr is not None:
        return value(derived.expr)
    chosen: list[Row] = []
    for row in derived.rows:
        if row.when is None:
            if not chosen:
                chosen.append(row)
        elif value(row.when):
            chosen.append(row)
            if derived.choose == "first":
                break
    if len(chosen) != 1:
        raise Fault("PRF539", where=derived.path, name=derived.id, count=len(chosen))
    then = chosen[0].then
    return then if isinstance(then, str) else value(then)
