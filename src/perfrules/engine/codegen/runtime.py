"""What generated code may call: its only names besides its own locals and slots."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from perfrules.decimals import CONTEXT, ONE, ZERO, round_to, snap
from perfrules.engine.aggregate import geometric
from perfrules.engine.answer import State
from perfrules.engine.codegen.arithmetic import ROUNDERS
from perfrules.engine.codegen.scores import Scores
from perfrules.engine.unit import At, Unit
from perfrules.lang.frame import Fault, MissingFault
from perfrules.lang.methods.base import MethodPlan
from perfrules.lang.tree import Expr
from perfrules.lang.types import MISSING


class OddError(Exception):
    """The generated code doesn't answer for this unit: the reference does."""


class LackError(Exception):
    """A value that a line needs is missing."""


class Failed:
    """The value of a derived name that couldn't be computed."""


FAILED: Final = Failed()


def row_ids(parent: str, keys: Sequence[str], shown: Sequence[int]) -> list[str]:
    """Return the ids of row leaves.

    >>> row_ids("goals", ["甲", "乙"], [1])
    ['goals[乙]']
    """
    return [f"{parent}[{keys[place]}]" for place in shown]


def distinct(keys: Sequence[str]) -> bool:
    """Return whether no two keys are the same.

    >>> distinct(["甲", "乙"]), distinct(["甲", "甲"])
    (True, False)
    """
    return len(set(keys)) == len(keys)


def shown_rows(branches: Sequence[Sequence[bool]]) -> list[list[int]]:
    """Return which rows each branch over one table shows: those it scores, and its share of others.

    A row that none scores stays with the branch that scores the nearest row above it, else the
    nearest below, else with the first.

    >>> shown_rows([[True, False, False], [False, False, True]])
    [[0, 1], [2]]
    """
    scoring = [
        next((place for place, counted in enumerate(row) if counted), None)
        for row in zip(*branches, strict=True)
    ]
    owner = next((place for place in scoring if place is not None), 0)
    shown: list[list[int]] = [[] for _ in branches]
    for row, place in enumerate(scoring):
        owner = owner if place is None else place
        for branch, counted in enumerate(branches):
            if counted[row] or (place is None and branch == owner):
                shown[branch].append(row)
    return shown


def equal_parts(amount: Decimal, digits: int, keys: Sequence[str]) -> list[Decimal]:
    """Return equal parts of *amount*: largest remainder, ties by key, exact in sum.

    >>> equal_parts(Decimal(10), 0, ["b", "a", "c"])
    [Decimal('3'), Decimal('4'), Decimal('3')]
    """
    step = ONE.scaleb(-digits)
    whole = Decimal(len(keys))
    part = round_to(CONTEXT.divide(amount, whole), digits, "floor")
    left = CONTEXT.subtract(amount, CONTEXT.multiply(part, whole))
    parts = dict.fromkeys(keys, part)
    for key in sorted(keys, key=lambda key: f"{key}]"):  # as the ids of the lines are sorted
        extra = min(step, max(left, ZERO))
        parts[key] = CONTEXT.add(part, extra)
        left = CONTEXT.subtract(left, extra)
    return [parts[key] for key in keys]


def leaf_rows(
    parent: str,
    keys: Sequence[str],
    shares: Sequence[tuple[Decimal, ...] | None],
    scores: Sequence[Decimal | None],
    points: Sequence[Decimal | None],
    counted: Sequence[bool],
) -> list[dict[str, object]]:
    """Return what may be asked of the scored leaves of a sheet."""
    found: list[dict[str, object]] = []
    for place, key in enumerate(keys):
        share, score, worth = shares[place], scores[place], points[place]
        if counted[place] and share is not None:
            found.append(
                {
                    "id": f"{parent}[{key}]",
                    "rate": CONTEXT.divide(share[0], share[1]),
                    "score": MISSING if score is None else score,
                    "points": MISSING if worth is None else worth,
                    "state": State.SCORED.value,
                }
            )
    return found


def split(
    amount: Decimal, digits: int, keys: Sequence[str], counted: Sequence[bool]
) -> list[Decimal | None]:
    """Return the part of each row that counts, None for the others."""
    sharing = [key for key, counts in zip(keys, counted, strict=True) if counts]
    parts = iter(equal_parts(amount, digits, sharing))
    return [next(parts) if counts else None for counts in counted]


def picked(items: Sequence[object], shown: Sequence[int]) -> list[object]:
    """Return the items of the rows that are shown."""
    return [items[place] for place in shown]


def every(keys: Sequence[str]) -> range:
    """Return the places of all rows."""
    return range(len(keys))


def lowest(rates: Sequence[Decimal]) -> Decimal:
    """Return the smallest rate, as comparisons see it.

    >>> lowest([Decimal(1), Decimal("0.5")])
    Decimal('0.5')
    """
    return min(rates, key=snap) or ZERO


def rated(
    unit: Unit,
    method: MethodPlan,
    points: Decimal,
    leaf: str,
    variable: str | None,
    row: Mapping[str, object] | None,
) -> tuple[tuple[Decimal, Decimal], bool]:
    """Return the share that the reference finds for a leaf, and whether it lacks evidence."""
    if variable is not None and row is not None:
        unit.bound[variable] = row
    try:
        found = method.rate(At(unit, points, leaf, unit.facts.evidence.get(leaf)))
    except MissingFault:
        raise LackError from None
    finally:
        if variable is not None:
            unit.bound.pop(variable, None)
    return (found.numerator, found.denominator), found.unverified


def asked(unit: Unit, expr: Expr) -> object:
    """Return the value that the reference finds for an expression over facts."""
    try:
        return unit.value(expr)
    except MissingFault:
        raise LackError from None


def computed(unit: Unit, name: str) -> object:
    """Return the reference's value of a derived name; what fails or lacks is kept."""
    try:
        return unit.name(name)
    except MissingFault:
        return MISSING
    except Fault:
        return FAILED


# What makes generated code give up: the reference then says what is wrong, if anything is.
TROUBLE: Final = (OddError, Fault, ArithmeticError, LookupError)

NAMES: Final[Mapping[str, object]] = {
    "Odd": OddError,
    "Lack": LackError,
    "M": MISSING,
    "X": FAILED,
    "Z": ZERO,
    "I": ONE,
    "D": Decimal,
    "snap": snap,
    "Scores": Scores,
    "Trouble": TROUBLE,
    "new": tuple.__new__,
    "len": len,
    "str": str,
    "zip": zip,
    **{state.name: state for state in State},
    **{
        call.__name__: call
        for call in (
            asked, computed, distinct, every, geometric, leaf_rows, lowest, picked, rated, row_ids,
            shown_rows, split,
        )
    },
    **ROUNDERS,
}  # fmt: skip
