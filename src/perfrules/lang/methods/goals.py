"""The rules a numeric target cell states: at least, at most, exactly, within a range."""

from decimal import Decimal

from perfrules.decimals import ZERO, snap
from perfrules.errors import Path, Text
from perfrules.lang.cells import TargetCell
from perfrules.lang.frame import Fault, Rated
from perfrules.lang.methods.phrase import phrase
from perfrules.lang.methods.share import NOTHING, WHOLE, Share


def by_cell(cell: TargetCell, kind: str, value: Decimal, where: Path) -> Rated:
    """Return what *value* earns by the rule *kind* of *cell*.

    Args:
        cell: The target; `number` is there, and `high` for a range.
        kind: `at_least`, `at_most`, `equal` or `range`.
        value: The actual value in the cell's unit.
        where: The document path of the target, for faults.

    Raises:
        Fault: PRF560 a value below 0, PRF535 a target of 0 that divides.
    """
    goal = cell.number
    assert goal is not None  # noqa: S101 - the cell is numeric
    for name, item in ((Text("实际值", "the actual value"), value), (_target(cell), goal)):
        if snap(item) < ZERO:
            raise Fault("PRF560", where=where, name=name, value=cell.show(item))
    if kind == "range":
        return _range(cell, value, where)
    if kind == "at_most":
        return _at_most(cell, value, goal)
    return _at_least(cell, value, goal, where) if kind == "at_least" else _equal(cell, value, goal)


def edge(cell: TargetCell, value: Decimal) -> Decimal:
    """Return the number of *cell* that *value* is held to: of a range the nearer edge.

    >>> from perfrules.lang.cells import read_target
    >>> edge(read_target("90%-95%"), Decimal("0.99"))
    Decimal('0.95')
    """
    assert cell.number is not None  # noqa: S101 - the cell is numeric
    above = cell.high is not None and snap(value) > snap(cell.high)
    return cell.high if above and cell.high is not None else cell.number


def _target(cell: TargetCell) -> Text:
    return Text(f"目标值“{cell.text}”", f"the target {cell.text}")


def _met(cell: TargetCell, value: Decimal) -> Rated:
    return WHOLE.rated(
        phrase(
            "实际 {actual} 达到目标 {target}",
            "{actual} meets the target {target}",
            actual=cell.show(value),
            target=cell.text,
        )
    )


def _missed(cell: TargetCell, value: Decimal) -> Rated:
    return NOTHING.rated(
        phrase(
            "实际 {actual} 未达到目标 {target}",
            "{actual} misses the target {target}",
            actual=cell.show(value),
            target=cell.text,
        )
    )


def _ratio(cell: TargetCell, above: Decimal, below: Decimal) -> Rated:
    shown = f"{cell.show(above)} ÷ {cell.show(below)}"
    return Share(above, below).rated(Text(shown, shown), product=True)


def _at_least(cell: TargetCell, value: Decimal, goal: Decimal, where: Path) -> Rated:
    if not snap(goal):
        raise Fault("PRF535", where=where, name=_target(cell))
    return _met(cell, value) if snap(value) >= snap(goal) else _ratio(cell, value, goal)


def _at_most(cell: TargetCell, value: Decimal, goal: Decimal) -> Rated:
    if snap(value) <= snap(goal):
        return _met(cell, value)
    return _ratio(cell, goal, value) if snap(goal) else _missed(cell, value)


def _equal(cell: TargetCell, value: Decimal, goal: Decimal) -> Rated:
    if snap(value) == snap(goal):
        return _met(cell, value)
    small, large = sorted((value, goal))
    return _ratio(cell, small, large) if snap(small) else _missed(cell, value)


def _range(cell: TargetCell, value: Decimal, where: Path) -> Rated:
    low, high = cell.number, cell.high
    assert low is not None  # noqa: S101 - the cell is a range
    assert high is not None  # noqa: S101 - the cell is a range
    if snap(value) < snap(low):
        return _at_least(cell, value, low, where)
    return _met(cell, value) if snap(value) <= snap(high) else _at_most(cell, value, high)
