"""How much of a ruleset cases reach, never rounded up."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal

from perfrules.analysis.coverage.point import Key, Point
from perfrules.decimals import CONTEXT, HUNDRED, round_to


@dataclass(frozen=True, slots=True)
class Coverage:
    """The points of one document, and those that none of its cases reaches."""

    id: str
    file: str
    cases: int
    points: tuple[Point, ...]
    missed: tuple[Point, ...]

    @property
    def percent(self) -> Decimal:
        """What is reached, in percent, two decimals, rounded down; 100 of nothing.

            >>> from perfrules.errors import Text
        >>> point = Point(("a",), "row", None, Text(), Text())
            >>> Coverage("x", "x.yaml", 1, (point,) * 12000, (point,)).percent
            Decimal('99.99')
        """
        return floored(len(self.points) - len(self.missed), len(self.points))


def coverage_of(
    name: str, file: str, cases: int, points: tuple[Point, ...], reached: AbstractSet[Key]
) -> Coverage:
    """Return the coverage of a document whose cases reached these keys."""
    missed = tuple(point for point in points if point.key not in reached)
    return Coverage(name, file, cases, points, missed)


def floored(part: int, whole: int) -> Decimal:
    """Return *part* of *whole* in percent, two decimals, rounded down; 100 of nothing.

    >>> floored(2, 3), floored(3, 3), floored(0, 0)
    (Decimal('66.66'), Decimal('100.00'), Decimal('100.00'))
    """
    if not whole:
        return Decimal("100.00")
    share = CONTEXT.divide(CONTEXT.multiply(Decimal(part), HUNDRED), Decimal(whole))
    return round_to(share, 2, "floor")
