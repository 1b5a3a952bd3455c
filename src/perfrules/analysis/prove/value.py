"""What is known of a value before there are facts: an interval, a set of labels, a flag's sides."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, TypeAlias

from perfrules.analysis.prove.interval import Interval, point
from perfrules.lang.types import NUMERIC, Kind, Type


@dataclass(frozen=True, slots=True)
class Labels:
    """The texts a value may be; None: any."""

    of: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """Whether a condition may hold, and whether it may fail."""

    true: bool = True
    false: bool = True

    def negated(self) -> "Flag":
        """Return what is known of its opposite."""
        return Flag(self.false, self.true)


@dataclass(frozen=True, slots=True)
class Whatever:
    """A value of which nothing is known: a table, a set of choices, a cell."""


Value: TypeAlias = Interval | Labels | Flag | Whatever

YES: Final = Flag(true=True, false=False)
NO: Final = Flag(true=False, false=True)
EITHER: Final = Flag()
WHATEVER: Final = Whatever()
_SIZED: Final = NUMERIC | {Kind.DATE}


def of_type(kind: Type) -> Value:
    """Return what is known of a value by its type alone.

    >>> of_type(Type(Kind.CHOICE, of=("好", "差"))) == Labels(frozenset({"好", "差"}))
    True
    """
    if kind.kind in _SIZED:
        return Interval()
    if kind.kind is Kind.FLAG:
        return EITHER
    if kind.kind is Kind.CHOICE:
        return Labels(frozenset(kind.of) or None)
    return Labels() if kind.kind is Kind.TEXT else WHATEVER


def of_value(value: object) -> Value:
    """Return what is known of a value that is written out; a day is counted in days.

    >>> of_value(True), str(of_value(Decimal("0.10")))
    (Flag(true=True, false=False), '[0.1, 0.1]')
    """
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Decimal):
        return point(value)
    if isinstance(value, date):
        return point(Decimal(value.toordinal()))
    return Labels(frozenset({value})) if isinstance(value, str) else WHATEVER


def meet(one: Value, other: Value) -> Value | None:
    """Return what both say; None where they exclude each other.

    >>> meet(YES, NO) is None, meet(EITHER, NO) == NO
    (True, True)
    """
    match one, other:
        case Interval(), Interval():
            return one.meet(other)
        case Labels(), Labels():
            if one.of is None or other.of is None:
                return other if one.of is None else one
            both = one.of & other.of
            return Labels(both) if both else None
        case Flag(), Flag():
            found = Flag(one.true and other.true, one.false and other.false)
            return found if found.true or found.false else None
        case Whatever(), _:
            return other
        case _:
            return one


def join(one: Value | None, other: Value | None) -> Value | None:
    """Return what holds of either; None is a value there can't be.

    >>> join(YES, NO), join(None, YES)
    (Flag(true=True, false=True), Flag(true=True, false=False))
    """
    if one is None or other is None:
        return other if one is None else one
    match one, other:
        case Interval(), Interval():
            return one.join(other)
        case Labels(), Labels():
            both = None if one.of is None or other.of is None else one.of | other.of
            return Labels(both)
        case Flag(), Flag():
            return Flag(one.true or other.true, one.false or other.false)
        case _:
            return WHATEVER
