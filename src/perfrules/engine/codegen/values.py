"""What is known of a value while code is generated, and how two numbers are compared exactly.

Comparisons see numbers snapped to 12 decimals. Against a literal that is one comparison with a
shifted bound; between two values it is one, and a second where they are nearly equal.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import Enum
from typing import Final

from perfrules.decimals import SNAP, snap
from perfrules.engine.codegen.source import Source, UnsupportedError
from perfrules.lang.tree import CompareOp


class Nothing(Enum):
    """The constant of a value that isn't known before the facts are."""

    UNKNOWN = "unknown"


UNKNOWN: Final = Nothing.UNKNOWN


@dataclass(frozen=True, slots=True)
class Value:
    """An expression of the generated code: cheap, without effects, and what is known of it.

    `low` and `high` are inclusive bounds of a number, `places` the most decimals it can have; None
    where unknown. `constant` is the value itself where it is known. `as_is`: it stands for a
    multiple of it that snapping can't change, and is compared with its like, or 0, as it is.
    """

    code: str
    low: Decimal | None = None
    high: Decimal | None = None
    places: int | None = None
    constant: object = UNKNOWN
    as_is: bool = False

    @property
    def known(self) -> bool:
        """Whether it is a constant."""
        return self.constant is not UNKNOWN

    @property
    def number(self) -> Decimal | None:
        """The number it is known to be."""
        return self.constant if isinstance(self.constant, Decimal) else None

    @property
    def on_grid(self) -> bool:
        """Whether snapping can't change it."""
        return self.places is not None and self.places <= SNAP


def constant(source: Source, value: object) -> Value:
    """Return a literal's value."""
    if value is True or value is False:
        return Value(str(value), constant=value)
    if isinstance(value, Decimal):
        return Value(source.slot(value), value, value, places_of(value), value)
    return Value(source.slot(value), constant=value)


def places_of(value: Decimal) -> int:
    """Return how many decimals *value* is written with.

    >>> places_of(Decimal("0.50")), places_of(Decimal("1E+3"))
    (2, 0)
    """
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101 - only finite numbers are constants
    return max(0, -exponent)


WIDE: Final = Context(prec=80, Emin=-6143, Emax=6144)  # bounds are exact
_GRID: Final = Decimal((0, (1,), -SNAP))
_HALF: Final = Decimal((0, (5,), -SNAP - 1))
_FLIPPED: Final[dict[CompareOp, CompareOp]] = {
    "<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!=",
}  # fmt: skip


def compare(source: Source, op: CompareOp, left: Value, right: Value) -> Value:
    """Return whether two numbers compare so, as comparisons see them.

    >>> code = Source()
    >>> compare(code, "<", Value("x"), constant(code, Decimal(1))).code
    '(x < k1)'
    """
    if left.number is not None and right.number is not None:
        return constant(source, compared(op, left.number, right.number))
    if left.number is not None:
        return compare(source, _FLIPPED[op], right, left)
    if right.number is not None:
        return _with_constant(source, op, left, snap(right.number))
    if (left.on_grid and right.on_grid) or (left.as_is and right.as_is):
        return Value(f"({left.code} {op} {right.code})")
    if left.as_is or right.as_is:
        raise UnsupportedError
    return _nearly(source, op, left.code, right.code)


def reaches(source: Source, op: CompareOp, left: Value, right: Value) -> Value:
    """Return whether a snapped number compares so with one that isn't snapped."""
    if right.on_grid:
        return compare(source, op, left, right)
    return Value(f"({snapped(source, left).code} {op} {right.code})")


def compared(op: CompareOp, left: Decimal, right: Decimal) -> bool:
    """Return whether two numbers compare so, snapped.

    >>> compared("<", Decimal("0.9999999999999"), Decimal(1))
    False
    """
    return _TESTS[op](snap(left), snap(right))


_TESTS: Final[dict[CompareOp, Callable[[Decimal, Decimal], bool]]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
}


def _with_constant(source: Source, op: CompareOp, left: Value, right: Decimal) -> Value:
    """Return the comparison with a snapped literal: shifted by half a step of the grid.

    Half-even decides where exactly half a step away goes: towards *right* where its last decimal is
    even, else away from it.
    """
    decided = _decided(op, left, right)
    if decided is not None:
        return constant(source, decided)
    x = left.code
    if left.on_grid or (left.as_is and not right):
        return Value(f"({x} {op} {source.slot(right)})")
    if left.as_is:
        raise UnsupportedError
    even = int(WIDE.divide(right, _GRID)) % 2 == 0
    low = source.slot(WIDE.subtract(right, _HALF))
    high = source.slot(WIDE.add(right, _HALF))
    match op:
        case ">=":
            return Value(f"({x} {'>=' if even else '>'} {low})")
        case "<":
            return Value(f"({x} {'<' if even else '<='} {low})")
        case ">":
            return Value(f"({x} {'>' if even else '>='} {high})")
        case "<=":
            return Value(f"({x} {'<=' if even else '<'} {high})")
        case "==" | "!=":
            sign = "<=" if even else "<"
            never_below = left.low is not None and snap(left.low) >= right
            inside = f"({x} {sign} {high})" if never_below else f"({low} {sign} {x} {sign} {high})"
            return Value(inside if op == "==" else f"(not {inside})")


def _decided(op: CompareOp, left: Value, right: Decimal) -> bool | None:
    """Return the comparison's outcome where the bounds of *left* already decide it."""
    low = None if left.low is None else snap(left.low)
    high = None if left.high is None else snap(left.high)
    above = low is not None and low > right
    below = high is not None and high < right
    match op:
        case ">=" | "<":
            sure = True if low is not None and low >= right else False if below else None
        case ">" | "<=":
            sure = True if above else False if high is not None and high <= right else None
        case "==" | "!=":
            sure = False if above or below else None
    if sure is None or op in (">=", ">", "=="):
        return sure
    return not sure


def _nearly(source: Source, op: CompareOp, left: str, right: str) -> Value:
    """Return the comparison of two numbers of any digits.

    More than a step of the grid apart, they are apart when snapped; equal, they are equal.
    """
    step = source.slot(_GRID)
    match op:
        case "<" | ">=":
            less = (
                f"({left} < {right} and ({right} - {left} > {step}"
                f" or snap({left}) < snap({right})))"
            )
            return Value(less if op == "<" else f"(not {less})")
        case ">" | "<=":
            more = (
                f"({left} > {right} and ({left} - {right} > {step}"
                f" or snap({left}) > snap({right})))"
            )
            return Value(more if op == ">" else f"(not {more})")
        case "==" | "!=":
            same = f"({left} == {right} or snap({left}) == snap({right}))"
            return Value(same if op == "==" else f"(not {same})")


def snapped(source: Source, value: Value) -> Value:
    """Return the number as comparisons see it."""
    if value.number is not None:
        return constant(source, snap(value.number))
    if value.on_grid:
        return value
    code = source.keep(f"{value.code}.quantize({source.slot(_GRID)})")
    low = None if value.low is None else snap(value.low)
    high = None if value.high is None else snap(value.high)
    return Value(code, low, high, SNAP)
