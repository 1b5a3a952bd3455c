"""The plan's indicators while columns are planned: their places, points, and what rates them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from perfrules.decimals import ZERO
from perfrules.engine.batch.kernel.arithmetic import combine
from perfrules.engine.batch.kernel.chunk import BoolsOf, UnsupportedError
from perfrules.engine.batch.kernel.compare import compare, on_grid
from perfrules.engine.batch.kernel.effects import Effects, there
from perfrules.engine.batch.kernel.leaf import Rating
from perfrules.engine.batch.kernel.numbers import Known, Number, Whole
from perfrules.engine.batch.kernel.row_points import amount_of, settled
from perfrules.engine.batch.kernel.scope import Scope
from perfrules.engine.batch.kernel.sheets import Sheet, sheet_of
from perfrules.lang.plan import Indicator, Plan, Rounding
from perfrules.lang.tree import Expr


@dataclass(slots=True, eq=False)
class Line:
    """One indicator; `scored`: neither it nor anything above is for information only."""

    place: int
    plan: Indicator
    above: "Line | None"
    scored: bool
    rounding: Rounding
    below: list["Line"] = field(default_factory=list)
    points: Number | None = None
    weight: Number | None = None
    rating: Rating | None = None  # of a leaf
    sheet: Sheet | None = None  # where its leaves are the rows of a table
    empty: BoolsOf | None = None  # where it has no row to score; None: nowhere

    @property
    def is_leaf(self) -> bool:
        """Whether a method rates it itself."""
        return self.plan.method is not None and self.plan.for_each is None

    @property
    def sums(self) -> bool:
        """Whether its children's scores add up to its own."""
        return self.plan.aggregate == "sum"

    @property
    def path(self) -> tuple[str, ...]:
        """The ids from the top to here."""
        above = () if self.above is None else self.above.path
        return (*above, self.plan.id)

    def walk(self) -> Iterator["Line"]:
        """Yield it and everything below, parents first."""
        yield self
        for line in self.below:
            yield from line.walk()


def lines_of(plan: Plan) -> list[Line]:
    """Return the top lines of a plan with all below, numbered in document order."""
    numbers = count()

    def line(indicator: Indicator, above: Line | None) -> Line:
        scored = indicator.scored and (above is None or above.scored)
        found = Line(next(numbers), indicator, above, scored, indicator.rounding or plan.rounding)
        found.below = [line(child, found) for child in indicator.children]
        return found

    return [line(indicator, None) for indicator in plan.indicators]


def declare(scope: Scope, plan: Plan, tops: Sequence[Line]) -> None:
    """Set the declared points of all lines; units in which sums differ are marked."""
    for line in tops:
        _declare(scope, line)
    if plan.total is not None and plan.aggregate == "sum" and tops:
        _differs(scope.effects, total_points(scope.effects, tops), Known(plan.total))


def _declare(scope: Scope, line: Line) -> None:
    if line.scored:
        line.points = amount(scope, line.plan.points)
        line.weight = amount(scope, line.plan.weight)
    if line.plan.for_each is not None:
        line.sheet = sheet_of(scope, line)
    for child in line.below:
        _declare(scope, child)
    if not line.sums or not (line.below or line.sheet):
        return
    if line.points is not None:
        _differs(scope.effects, _below(scope.effects, line), line.points)
    elif line.scored and line.weight is None:
        line.points = _below(scope.effects, line)


def _below(effects: Effects, line: Line) -> Number:
    """Return the sum of the points that are declared below a line."""
    if line.sheet is None:
        return total_points(effects, line.below)
    return line.sheet.total or Known(ZERO)


def amount(scope: Scope, expr: Expr | None) -> Number | None:
    """Return points or a weight; one below 0 is refused."""
    found = None if expr is None else amount_of(scope, expr)
    return settled(found, scope.effects) if isinstance(found, Whole) else found


def total_points(effects: Effects, lines: Sequence[Line]) -> Number:
    """Return the sum of the points that are declared."""
    found: Number = Known(ZERO)
    for line in lines:
        if line.points is not None:
            found = combine(effects, "+", found, line.points)
    return found


def _differs(effects: Effects, found: Number, wanted: Number) -> None:
    """Mark units in which a sum of points differs from what is declared, unsnapped."""
    if isinstance(found, Known) and isinstance(wanted, Known):
        if found.value != wanted.value:
            effects.always_odd()
        return
    for number in (found, wanted):
        if not isinstance(number, Known) and not (isinstance(number, Whole) and on_grid(number)):
            raise UnsupportedError
    test = compare("!=", found, wanted)
    if test is True:
        effects.always_odd()
    elif test is not False:
        effects.odd(there(test))
