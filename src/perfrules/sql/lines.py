"""Lines of the tree: the state, rate and score of each, as the engine's rollup gives them."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Final

from sqlglot import exp

from perfrules.decimals import CONTEXT, ONE, ZERO
from perfrules.errors import Path, Text
from perfrules.lang.frame import Fault
from perfrules.lang.plan import Indicator
from perfrules.lang.tree import Expr
from perfrules.sql import number as numeric
from perfrules.sql.expressions import holds, number
from perfrules.sql.methods.composed import rated
from perfrules.sql.methods.share import NOTHING, Rating, Share, is_missing
from perfrules.sql.nodes import Cond, Node, both, case, negated, present, some, surely, text
from perfrules.sql.number import Number
from perfrules.sql.scene import DOUBT, Known, Scene, Unsaid
from perfrules.sql.values import Label

_POLICIES: Final = ("full", "zero", "exclude")


@dataclass(slots=True, eq=False)
class Line:
    """One indicator. Of `scored`, `left_out` and `missing` exactly one holds, where it counts."""

    plan: Indicator
    points: Decimal | None
    weight: Decimal | None
    informational: bool
    children: list["Line"] = field(default_factory=list)
    scored: Cond = True
    left_out: Cond = False  # not applicable
    missing: Cond = False  # counts as 0
    share: Share = NOTHING
    kept: Cond = True  # whether its points are its own still
    known: Known | None = None  # the rate of what is shown for information
    rate: Number = numeric.ZERO
    score: Number | None = None

    @property
    def sums(self) -> bool:
        """Whether the children's scores add up."""
        return self.plan.aggregate == "sum"

    @property
    def counts(self) -> Cond:
        """Whether it has a rate that its parent takes in."""
        if self.informational:
            return False
        excluded = self.plan.not_applicable.policy == "exclude"
        return some([self.scored, self.missing, *(() if excluded else (self.left_out,))])

    @property
    def full(self) -> Cond:
        """Whether it isn't scored and has all of its points."""
        return self.left_out if self.plan.not_applicable.policy == "full" else False

    def walk(self) -> "list[Line]":
        """Return the line and all below, parents first."""
        return [self, *(below for child in self.children for below in child.walk())]


def lines_of(scene: Scene, plans: tuple[Indicator, ...], *, scored: bool = True) -> list[Line]:
    """Return the lines with their declared points, which must be the same for all units."""
    found: list[Line] = []
    for plan in plans:
        shown = scored and plan.scored
        line = Line(plan, None, None, informational=not shown)
        with scene.refusing():
            line.points = _fixed(scene, plan.points) if shown else None
            line.weight = _fixed(scene, plan.weight) if shown else None
        line.children = lines_of(scene, plan.children, scored=shown)
        if plan.for_each is not None:
            what = Text("逐行的指标（for_each）", "an indicator for each row (for_each)")
            scene.refused.append(Unsaid(what, (*plan.path, "for_each")))
        if line.points is None and shown and line.sums and line.children and line.weight is None:
            line.points = declared(line.children)
        found.append(line)
    return found


def declared(lines: list[Line]) -> Decimal:
    """Return the exact sum of the points that are declared."""
    found = ZERO
    for line in lines:
        found = CONTEXT.add(found, line.points or ZERO)
    return found


def _fixed(scene: Scene, expr: Expr | None) -> Decimal | None:
    """Return points or a weight that no fact changes."""
    if expr is None:
        return None
    found = number(scene, expr).constant
    if found is None:
        raise Unsaid(Text("随数据变化的分值", "points that depend on the facts"), expr.where)
    top, bottom = Decimal(found.numerator), Decimal(found.denominator)
    value = CONTEXT.divide(top, bottom)
    if Fraction(value) != found or value < 0:
        raise Unsaid(Text("这样的分值", "these points"), expr.where)
    return value


# ---- states


def rate_lines(scene: Scene, lines: list[Line], parent: Cond) -> None:
    """Set the state of every line and the share of every leaf."""
    for line in lines:
        if line.informational:
            _show(scene, line)
        elif line.plan.for_each is None:
            with scene.watch.when(parent):
                _state(scene, line, parent)
            if line.plan.method is not None:
                with scene.watch.when(line.scored):
                    _leaf(scene, line)
        rate_lines(scene, line.children, line.scored)
        if line.children:
            _settle(scene, line)
        if line.left_out is not False and line.plan.not_applicable.policy not in _POLICIES:
            policy = line.plan.not_applicable.policy
            what = Text(f"not_applicable: {policy}", f"not_applicable: {policy}")
            scene.refused.append(Unsaid(what, (*line.plan.path, "not_applicable")))


def _state(scene: Scene, line: Line, parent: Cond) -> None:
    line.scored, line.left_out = parent, negated(parent)
    when = line.plan.applies_when
    if when is None:
        return
    applies: Cond = True
    with scene.refusing(*place_of(line)), scene.watch.apart() as found:
        applies = holds(scene, when)
    lacks = _troubled(scene, line, found)
    line.scored = scene.condition(both(parent, negated(lacks), surely(applies)))
    _without(scene, line, both(parent, lacks))
    line.left_out = scene.condition(
        some([line.left_out, both(parent, negated(lacks), surely(negated(applies)))])
    )


def _troubled(scene: Scene, line: Line, found: list[tuple[Cond, Node]]) -> Cond:
    """Tell the faults of a line, and return whether an input is missing that it may lack."""
    code = scene.code_of(found)
    if code is None:
        return False
    if line.plan.missing == "error":
        tell_at(scene, line.plan.id, code, present(code))
        return False
    lacks = scene.condition(surely(is_missing(code)))
    tell_at(scene, line.plan.id, code, both(present(code), negated(lacks)))
    return lacks


def tell_at(scene: Scene, place: str, code: Node, when: Cond) -> None:
    """Tell a fault of *place* that a row has where *when* holds."""
    scene.watch.tell(named_code(code, place), when)


def place_of(line: Line) -> tuple[Path, str]:
    """Return where a line stands, and what a sentence calls it."""
    return line.plan.path, line.plan.id


def named_code(code: Node, place: str) -> Node:
    """Return a fault as the fault column says it: the code, then where.

    >>> named_code(text("PRF530"), "execution").sql("duckdb")
    "'PRF530' || ' execution'"
    """
    return exp.DPipe(this=code.copy(), expression=text(f" {place}"), safe=False)


def _without(scene: Scene, line: Line, lacks: Cond) -> None:
    """Put a line that lacks an input into the state its policy says."""
    if lacks is False:
        return
    if line.plan.missing == "zero":
        line.missing = scene.condition(some([line.missing, lacks]))
    else:
        line.left_out = scene.condition(some([line.left_out, lacks]))


def _leaf(scene: Scene, line: Line) -> None:
    method = line.plan.method
    assert method is not None  # noqa: S101 - the caller looked
    points = line.points or ONE
    with scene.watch.apart() as found, scene.refusing(*place_of(line)):
        line.share = rated(method, Rating(scene, points))
    with scene.refusing(*place_of(line)):
        lacks = _troubled(scene, line, found)
        fine = _fine(scene, found)
        line.share = Rating(scene, points).select([(fine, line.share)])
        _without(scene, line, both(line.scored, lacks))
        line.scored = scene.condition(both(line.scored, negated(lacks)))


def _fine(scene: Scene, found: list[tuple[Cond, Node]]) -> Cond:
    code = scene.code_of(found)
    return True if code is None else negated(present(code))


def _show(scene: Scene, line: Line) -> None:
    """Rate a line for information: what can't be rated has no rate, and is no fault."""
    if line.plan.method is None or line.plan.for_each is not None:
        return
    try:
        with scene.watch.apart() as found:
            at = Rating(scene, ONE)
            line.rate = at.value(rated(line.plan.method, at))
    except Fault as fault:
        scene.refs["rate", line.plan.id] = fault
        return
    code = scene.code_of(found)
    if code is None:
        line.known = Known(line.rate)
        return
    doubted = surely(exp.EQ(this=code.copy(), expression=text(DOUBT)))
    lacks = scene.condition(both(present(code), negated(doubted)))
    line.rate = scene.numbers.select([(negated(present(code)), line.rate)])
    line.known = Known(line.rate, lacks, scene.steps.let(case([(doubted, code)])))


def _settle(scene: Scene, line: Line) -> None:
    """A branch of which no line counts isn't applicable."""
    if line.informational:
        return
    if all(child.informational for child in line.children) and not line.points:
        line.informational = True
        return
    alive = scene.condition(some(child.counts for child in line.children))
    line.left_out = scene.condition(some([line.left_out, both(line.scored, negated(alive))]))
    line.scored = scene.condition(both(line.scored, alive))


def state_of(scene: Scene, line: Line) -> Label:
    """Return a line's state as a label."""
    if line.informational:
        return Label(text("informational"), "informational")
    if line.scored is True:
        return Label(text("scored"), "scored")
    pairs: list[tuple[Cond, Node]] = [
        (line.scored, text("scored")), (line.missing, text("missing")),
    ]  # fmt: skip
    return Label(scene.steps.let(case(pairs, text("not_applicable"))))
