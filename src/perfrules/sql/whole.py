"""Integers with bounds: what can't stay below 38 digits is refused before it is written."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlglot import exp

from perfrules.lang.frame import Fault
from perfrules.sql.dialect import Dialect
from perfrules.sql.nodes import Cond, Node, binary, call, case, whole
from perfrules.sql.steps import Steps

MOST: Final = 10**38 - 1
_STEP: Final = 10**6


class TooLarge(Fault):
    """An intermediate value may need more than 38 digits (PRF681)."""

    def __init__(self) -> None:
        super().__init__("PRF681")


@dataclass(frozen=True, slots=True)
class Whole:
    """An integer expression and its bounds; NULL where a value isn't there."""

    node: Node
    low: int
    high: int

    def __post_init__(self) -> None:
        if max(-self.low, self.high) > MOST:
            raise TooLarge

    @property
    def constant(self) -> int | None:
        """The value, where it is written out."""
        return (
            self.low
            if self.low == self.high and isinstance(self.node, exp.Literal | exp.Neg)
            else None
        )

    @property
    def size(self) -> int:
        """The largest absolute value."""
        return max(abs(self.low), abs(self.high))


def constant(value: int) -> Whole:
    """Return an integer that is written out."""
    return Whole(whole(value), value, value)


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """How integers are computed with; intermediate values are named in *steps*."""

    steps: Steps

    @property
    def dialect(self) -> Dialect:
        """The database's dialect."""
        return self.steps.dialect

    def let(self, value: Whole) -> Whole:
        """Return *value* with a name."""
        if value.constant is not None:
            return value
        node = value.node
        if not isinstance(node, exp.Cast | exp.Column):
            node = self.dialect.integer(node)
        return Whole(self.steps.let(node), value.low, value.high)

    def add(self, left: Whole, right: Whole) -> Whole:
        """Return the sum."""
        low, high = left.low + right.low, left.high + right.high
        if left.constant is not None and right.constant is not None:
            return constant(low)
        if left.constant == 0:
            return right
        if right.constant == 0:
            return left
        return Whole(binary(exp.Add, left.node, right.node), low, high)

    def negative(self, value: Whole) -> Whole:
        """Return the value with the other sign."""
        if value.constant is not None:
            return constant(-value.constant)
        return Whole(binary(exp.Sub, whole(0), value.node), -value.high, -value.low)

    def multiply(self, left: Whole, right: Whole) -> Whole:
        """Return the product."""
        corners = [one * two for one in (left.low, left.high) for two in (right.low, right.high)]
        low, high = min(corners), max(corners)
        if left.constant is not None and right.constant is not None:
            return constant(low)
        if left.constant == 1:
            return right
        if right.constant == 1:
            return left
        if left.constant == 0 or right.constant == 0:
            return constant(0)
        return Whole(binary(exp.Mul, left.node, right.node), low, high)

    def times(self, value: Whole, factor: int) -> Whole:
        """Return the product with a number that is written out."""
        return self.multiply(value, constant(factor))

    def divide(
        self, top: Whole, bottom: Whole, bounds: tuple[int, int] | None = None
    ) -> tuple[Whole, Whole]:
        """Return quotient towards zero and remainder; *bottom* is above 0, or NULL.

        *bounds* are what the quotient is known to lie between, beside what follows from its parts.
        """
        if top.constant is not None and bottom.constant is not None:
            sign = -1 if top.constant < 0 else 1
            quotient, rest = divmod(abs(top.constant), bottom.constant)
            return constant(sign * quotient), constant(sign * rest)
        least = max(bottom.low, 1)
        low, high = min(_towards(top.low, least), 0), max(_towards(top.high, least), 0)
        if bounds is not None:
            low, high = max(low, min(bounds[0], 0)), min(high, max(bounds[1], 0))
        top, bottom = self.let(top), self.let(bottom)
        found = Whole(self._quotient(top, bottom, max(-low, high)), low, high)
        most = bottom.high - 1
        rest_of = Whole(
            binary(exp.Mod, top.node, bottom.node),
            0 if top.low >= 0 else -most,
            0 if top.high <= 0 else most,
        )
        return self.let(found), self.let(rest_of)

    def _quotient(self, top: Whole, bottom: Whole, size: int) -> Node:
        if size < self.dialect.largest_quotient:
            return self.dialect.divided(top.node, bottom.node)
        # In two steps, each within what the database's quotients hold.
        wide = self.let(self.times(bottom, _STEP))
        first = self.let(Whole(self.dialect.divided(top.node, wide.node), 0, 0))
        rest = self.let(Whole(binary(exp.Mod, top.node, wide.node), 0, wide.high))
        second = self.dialect.divided(rest.node, bottom.node)
        return binary(exp.Add, binary(exp.Mul, first.node, whole(_STEP)), second)

    def absolute(self, value: Whole) -> Whole:
        """Return the value without its sign."""
        if value.low >= 0:
            return value
        if value.constant is not None:
            return constant(abs(value.constant))
        low = 0 if value.high >= 0 else -value.high
        return Whole(call("abs", value.node), low, value.size)

    def select(self, pairs: list[tuple[Cond, Whole]], default: Whole | None) -> Whole:
        """Return the value of the first condition that holds, else *default*, else NULL."""
        every = [value for _, value in pairs] + ([] if default is None else [default])
        node = case(
            [(condition, value.node) for condition, value in pairs],
            None if default is None else default.node,
        )
        low, high = min(item.low for item in every), max(item.high for item in every)
        if isinstance(node, exp.Case):
            node = self.dialect.integer(node)
        return Whole(node, low, high)


def _towards(value: int, by: int) -> int:
    return value // by if value >= 0 else -(-value // by)


def compare(kind: type[Node], left: Whole, right: Whole) -> Cond:
    """Return a comparison; True or False where the bounds decide it.

    >>> compare(exp.LT, constant(1), constant(2))
    True
    """
    if left.constant is not None and right.constant is not None:
        return _DECIDED[kind](left.constant, right.constant)
    return binary(kind, left.node, right.node)


_DECIDED: Final[dict[type[Node], Callable[[int, int], bool]]] = {
    exp.EQ: int.__eq__,
    exp.NEQ: int.__ne__,
    exp.LT: int.__lt__,
    exp.LTE: int.__le__,
    exp.GT: int.__gt__,
    exp.GTE: int.__ge__,
}
