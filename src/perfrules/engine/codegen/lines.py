"""The plan's indicators while code is generated: their places, points, and the locals they get."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from typing import TypeAlias

from perfrules.decimals import ZERO
from perfrules.engine.codegen.arithmetic import combine
from perfrules.engine.codegen.leaves import asked
from perfrules.engine.codegen.scope import Scope
from perfrules.engine.codegen.source import Source
from perfrules.engine.codegen.values import Value, constant
from perfrules.lang.plan import Indicator, Plan, Rounding
from perfrules.lang.tree import Expr


@dataclass(slots=True, eq=False)
class LinePlan:
    """One indicator; `scored`: neither it nor anything above is for information only.

    `points` are declared, `effective` those it has where everything is scored. The locals `share`,
    `score` and `state` are set while the unit is rated; a sheet's hold lists by row.
    """

    place: int
    plan: Indicator
    above: "LinePlan | None"
    scored: bool
    rounding: Rounding
    below: list["LinePlan"] = field(default_factory=list)
    points: Value | None = None
    weight: Value | None = None
    effective: Value | None = None
    odd: bool = False  # whether the local of its state is set

    @property
    def is_sheet(self) -> bool:
        """Whether its leaves are the rows of a table."""
        return self.plan.for_each is not None

    @property
    def is_leaf(self) -> bool:
        """Whether a method rates it itself."""
        return self.plan.method is not None and self.plan.for_each is None

    @property
    def sums(self) -> bool:
        """Whether its children's scores add up to its own."""
        return self.plan.aggregate == "sum"

    @property
    def share(self) -> str:
        """The local of its share: a pair, or a list of them by row."""
        return f"x{self.place}"

    @property
    def score(self) -> str:
        """The local of its score."""
        return f"s{self.place}"

    @property
    def state(self) -> str:
        """The local of its state."""
        return f"q{self.place}"

    @property
    def keys(self) -> str:
        """The local of a sheet's row keys."""
        return f"a{self.place}"

    @property
    def row_points(self) -> str:
        """The local of the points by row; None for one that isn't scored."""
        return f"b{self.place}"

    @property
    def counted(self) -> str:
        """The local of the flags by row: whether it is scored."""
        return f"c{self.place}"

    @property
    def row_scores(self) -> str:
        """The local of the scores by row."""
        return f"e{self.place}"

    @property
    def row_states(self) -> str:
        """The local of the states by row."""
        return f"g{self.place}"

    def walk(self) -> Iterator["LinePlan"]:
        """Yield it and everything below, parents first."""
        yield self
        for line in self.below:
            yield from line.walk()


def lines_of(plan: Plan) -> list[LinePlan]:
    """Return the top lines of a plan with all below, numbered in document order."""
    numbers = count()

    def line(indicator: Indicator, above: LinePlan | None) -> LinePlan:
        scored = indicator.scored and (above is None or above.scored)
        rounding = indicator.rounding or plan.rounding
        found = LinePlan(next(numbers), indicator, above, scored, rounding)
        found.below = [line(child, found) for child in indicator.children]
        return found

    return [line(indicator, None) for indicator in plan.indicators]


Expand: TypeAlias = Callable[[Scope, LinePlan], Value | None]


def declare(scope: Scope, lines: list[LinePlan], expand: Expand) -> None:
    """Set the declared points of all lines, with the statements they need.

    Args:
        scope: What points may read.
        lines: The lines of one level.
        expand: Adds the statements that expand a sheet; returns the sum of its rows' points.
    """
    for line in lines:
        _declare(scope, line, expand)


def _declare(scope: Scope, line: LinePlan, expand: Expand) -> None:
    if line.scored:
        line.points = amount(scope, line.plan.points)
        line.weight = amount(scope, line.plan.weight)
    found: Value | None = None
    if line.is_sheet:
        found = expand(scope, line)
    for child in line.below:
        _declare(scope, child, expand)
    if line.scored and line.sums and line.weight is None and line.points is None:
        if line.is_sheet:
            line.points = found
        elif line.below:
            line.points = total_points(scope.source, line.below)
    elif line.points is not None and line.sums and (line.is_sheet or line.below):
        other = found if line.is_sheet else total_points(scope.source, line.below)
        differs(scope.source, other or constant(scope.source, ZERO), line.points)


def amount(scope: Scope, expr: Expr | None) -> Value | None:
    """Return points or a weight; one below 0 is refused."""
    if expr is None:
        return None
    source = scope.source
    if isinstance(expr.constant, Decimal):
        found = constant(source, expr.constant)
    else:
        found = asked(scope, expr)
    if found.number is None or found.number < ZERO:
        source.give_up(f"{found.code} < Z")
    if found.known:
        return found
    return Value(source.keep(found.code), ZERO, found.high, found.places)


def total_points(source: Source, lines: list[LinePlan]) -> Value:
    """Return the sum of the points that are declared."""
    found = constant(source, ZERO)
    for line in lines:
        if line.points is not None:
            found = combine(source, "+", found, line.points)
    return found


def differs(source: Source, found: Value, wanted: Value) -> None:
    """Give up where a sum of points differs: the facts may allow it, or must not."""
    if found.number is not None and found.number == wanted.number:
        return
    if found.code != wanted.code:
        source.give_up(f"{found.code} != {wanted.code}")
