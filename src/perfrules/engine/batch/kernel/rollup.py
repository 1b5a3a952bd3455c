"""From leaves to branches and the total, for the units of one pattern of states."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Final

import numpy as np

from perfrules.decimals import CONTEXT, ONE, ZERO
from perfrules.engine.answer import State
from perfrules.engine.batch.kernel.arithmetic import combine
from perfrules.engine.batch.kernel.chunk import BoolsOf, Chunk, IntsOf, Kept, Put, UnsupportedError
from perfrules.engine.batch.kernel.compare import compare
from perfrules.engine.batch.kernel.effects import Effects
from perfrules.engine.batch.kernel.functions import logarithm, power_of_e
from perfrules.engine.batch.kernel.lines import Line
from perfrules.engine.batch.kernel.numbers import Known, Number, Real, Whole, real, scaled
from perfrules.engine.batch.kernel.row_totals import totals_of
from perfrules.engine.batch.kernel.score import number_put, rate_of, score_of
from perfrules.engine.batch.kernel.select import select
from perfrules.engine.batch.kernel.shares import NOTHING, WHOLE, Portion, Share, flat, when
from perfrules.engine.batch.kernel.sheet_rows import RowScores
from perfrules.engine.batch.kernel.sheets import Sheet
from perfrules.engine.batch.kernel.sums import Sum, together
from perfrules.engine.batch.vectors import Ints
from perfrules.engine.expand import weight_of
from perfrules.engine.node import Node
from perfrules.lang.plan import Aggregation, Rounding

NO_POINTS: Final = Known(ZERO)


@dataclass(slots=True)
class Scored:
    """What a line has in every unit of the pattern; None: it has none."""

    digits: int
    score: Whole | None = None
    share: Share | None = None  # of its points
    rate: Put | None = None
    rows: RowScores | None = None  # of a sheet


@dataclass(slots=True)
class Rollup:
    """The lines of one pattern; scores are written where the chunk says.

    Those in `zeroed` earn nothing, because a gate that fired says so; what is below those in
    `unseen` wasn't looked at.
    """

    effects: Effects
    nodes: Sequence[Node]
    lines: dict[str, Line]
    zeroed: frozenset[str] = frozenset()
    unseen: frozenset[str] = frozenset()
    found: dict[str, Scored] = field(default_factory=dict)
    lost: Number = NO_POINTS  # of rows that aren't scored

    def score(self) -> None:
        """Plan the scores and rates of all lines, children first."""
        for node in self.nodes:
            self._score(node)

    def _score(self, node: Node) -> None:
        line = self.lines[node.id]
        if line.sheet is not None:
            self.found[node.id] = self._sheet(node, line, line.sheet)
            return
        for child in node.children:
            self._score(child)
        digits = line.rounding.digits
        if node.sums and node.children:
            digits = max((digits, *(self.found[child.id].digits for child in node.children)))
        found = Scored(digits)
        self.found[node.id] = found
        if line.is_leaf:
            self._leaf(node, line, found)
        elif node.state is State.INFORMATIONAL or not node.counts:
            return
        elif node.state is not State.SCORED:
            self._fixed(node, line, found)
        elif node.sums:
            self._sum(node, line, found)
        else:
            self._rated(node, line, found)

    def _leaf(self, node: Node, line: Line, found: Scored) -> None:
        share = None if self._unseen(line) else _share(node, line)
        if share is None:
            return
        if node.id in self.zeroed and node.state is not State.INFORMATIONAL:
            share = NOTHING
        rounding = line.rounding
        own = line.points is None and line.plan.rounding is not None
        if own and node.state is not State.INFORMATIONAL:
            share = Portion(rounded(self._divided(share), rounding), Known(ONE))
        found.share = share
        found.rate = rate_of(share)
        if node.state is State.INFORMATIONAL or line.points is None:
            return
        effective = _effective(node, line)
        put = score_of(effective, share, rounding)
        found.score = _written(line.place, put, rounding.digits, _most(effective, rounding.digits))

    def _unseen(self, line: Line) -> bool:
        """Whether a line for information lies below one that doesn't apply: it isn't rated."""
        above = line.above
        while above is not None and not line.scored:
            if above.plan.id in self.unseen:
                return True
            above = above.above
        return False

    def _fixed(self, node: Node, line: Line, found: Scored) -> None:
        """A branch that isn't applicable and counts: full or zero."""
        full = node.policy.policy == "full" and node.id not in self.zeroed
        found.share = WHOLE if full else NOTHING
        found.rate = rate_of(found.share)
        if node.effective is not None and line.points is not None:
            effective = Known(node.effective)
            put = score_of(effective, found.share, line.rounding)
            found.score = _finer(line, put, effective, found.digits)

    def _sum(self, node: Node, line: Line, found: Scored) -> None:
        total, possible, excluded = self.added(node.children)
        rounding = line.rounding
        if excluded:
            whole_ = Known(CONTEXT.add(possible, excluded))
            put = score_of(*rescaled(total, possible, whole_), rounding)
            found.score = _finer(line, put, whole_, found.digits)
        else:
            found.score = _aligned(line.place, total, found.digits)
        base: Number = Known(node.effective or possible)
        if _varies(line) and line.points is not None:
            base = line.points
        found.share = _part(found.score, base)
        found.rate = rate_of(found.share)
        if line.points is None:
            found.score = None

    def _sheet(self, node: Node, line: Line, sheet: Sheet) -> Scored:
        """Rows are scored as they are declared, and add up."""
        found = Scored(line.rounding.digits)
        if not line.scored:
            found.rows = RowScores(sheet, line.rounding)
            return found
        fixed = line.points.value if isinstance(line.points, Known) else node.points
        given = {node.base, node.effective, fixed if node.stake is None else node.stake}
        if node.state is not State.SCORED or given != {fixed}:
            raise UnsupportedError(node.id)  # policies gave it other points than its rows have
        assert line.points is not None  # noqa: S101 - its rows have some
        found.rows = RowScores(sheet, line.rounding, zeroed=node.id in self.zeroed)
        totals = totals_of(self.effects, line.points, found.rows)
        if totals.lost is not None:
            self.lost = combine(self.effects, "+", self.lost, totals.lost)
        found.score = _written(line.place, totals.put, found.digits, totals.most)
        found.share = _part(found.score, line.points)
        found.rate = rate_of(found.share)
        return found

    def added(self, nodes: Sequence[Node]) -> tuple[Number, Decimal, Decimal]:
        """Return the sum of scores, of effective points that count, and of those left out."""
        scores: list[Number] = []
        possible = excluded = ZERO
        for node in nodes:
            score = self.found[node.id].score
            if node.counts and node.children and node.points is None and node.sums:
                raise UnsupportedError(node.id)  # a weight among what adds up
            if node.counts and score is not None:
                scores.append(score)
                possible = CONTEXT.add(possible, node.effective or ZERO)
            elif node.state is not State.INFORMATIONAL:
                excluded = CONTEXT.add(excluded, node.excluded)
        total = together(scores) or self._one_by_one(scores)
        return total, possible, excluded

    def _one_by_one(self, scores: Sequence[Number]) -> Number:
        total: Number = Known(ZERO)
        for score in scores:
            total = combine(self.effects, "+", total, score)
        return total

    def _rated(self, node: Node, line: Line, found: Scored) -> None:
        """A rate branch combines its children's rates."""
        rate = self.combined(node.plan.aggregate, node.children)
        rounding = line.rounding
        if line.points is None and line.plan.rounding is not None:
            rate = rounded(rate, rounding)
        found.share = Portion(rate, Known(ONE))
        found.rate = rate_of(found.share)
        if node.effective is not None and line.points is not None:
            effective = Known(node.effective)
            raw = combine(self.effects, "*", effective, rate)
            most = _most(effective, rounding.digits)
            found.score = _written(line.place, number_put(raw, rounding), rounding.digits, most)

    def rate(self, name: str) -> Number | None:
        """Return a line's rate to 34 digits."""
        share = self.found[name].share
        return None if share is None else self._divided(share)

    def _divided(self, share: Share) -> Number:
        """Return a share as one number: not above the whole, but for residue, in any unit."""
        one = flat(share)
        found = combine(self.effects, "/", one.over, one.under)
        if not isinstance(found, Real):
            return found
        return replace(found, low=max(found.low, 0.0), high=min(found.high, 1 + 1e-9))

    def combined(self, how: Aggregation, nodes: Sequence[Node]) -> Number:
        """Return the combined rate of the lines that count, unrounded."""
        counted = [node for node in nodes if node.counts and self.found[node.id].share is not None]
        if not counted:
            return Known(ZERO)
        rates = [self.rate(node.id) or Known(ZERO) for node in counted]
        if how == "minimum":
            return self._smallest(rates)
        weights = [weight_of(node) for node in counted]
        whole = ZERO
        for weight in weights:
            whole = CONTEXT.add(whole, weight)
        if not whole:
            return Known(ZERO)
        if how == "geometric_mean":
            return self._geometric(rates, weights, whole)
        found: Number = Known(ZERO)
        for rate, weight in zip(rates, weights, strict=True):
            part = combine(self.effects, "*", rate, Known(weight))
            found = combine(self.effects, "+", found, part)
        return combine(self.effects, "/", found, Known(whole))

    def _smallest(self, rates: Sequence[Number]) -> Number:
        """Return the first of the smallest, as comparisons see them."""
        best = rates[0]
        for rate in rates[1:]:
            test = compare("<", rate, best)
            best = (
                select(test, rate, best) if not isinstance(test, bool) else rate if test else best
            )
        return best

    def _geometric(
        self, rates: Sequence[Number], weights: Sequence[Decimal], whole: Decimal
    ) -> Number:
        """Return exp(Σ w ln r ÷ Σ w), 0 where a rate is 0."""
        none: list[IntsOf] = []
        found: Number = Known(ZERO)
        apart = Effects()
        for rate, weight in zip(rates, weights, strict=True):
            if not weight:
                continue
            if isinstance(rate, Known) and rate.value <= ZERO:
                return Known(ZERO)
            if isinstance(rate, Known):
                logged: Number = Known(CONTEXT.ln(rate.value))
            else:
                none.append(_vanishes(rate))
                logged = logarithm(apart, rate)
            found = combine(apart, "+", found, combine(apart, "*", Known(weight), logged))
        mean = combine(apart, "/", found, Known(whole))
        if isinstance(mean, Known):
            return Known(CONTEXT.exp(mean.value))
        result = power_of_e(apart, mean)
        if not none:
            return result
        zero = Kept(lambda chunk: np.logical_or.reduce([test(chunk) for test in none]))
        return select(zero, Known(ZERO), result)


def _vanishes(rate: Number) -> Callable[[Chunk], Ints]:
    """Return where a rate is not above 0; only of one whose sign its guess tells."""
    if isinstance(rate, Whole):
        units = rate.units
        return lambda chunk: units(chunk) <= 0  # type: ignore[return-value] # a mask
    guessed = real(rate)
    if guessed.abs:
        raise UnsupportedError
    return lambda chunk: guessed.floats(chunk) <= 0  # type: ignore[return-value] # a mask


def _share(node: Node, line: Line) -> Share | None:
    """Return the share that a leaf has in this pattern."""
    if node.state in (State.SCORED, State.INFORMATIONAL):
        return None if line.rating is None else line.rating.share
    if not node.counts:
        return None
    return WHOLE if node.policy.policy == "full" else NOTHING


def _varies(line: Line) -> bool:
    return line.points is not None and not isinstance(line.points, Known)


def _effective(node: Node, line: Line) -> Number:
    if _varies(line) and line.points is not None:
        return line.points
    return Known(node.effective or ZERO)


def _most(points: Number, digits: int) -> int:
    """Return the most units that a score of such points has."""
    size = points.value if isinstance(points, Known) else Decimal(real(points).high)
    return ceil(Fraction(size) * int(10**digits)) + 1


def _written(place: int, put: Put, digits: int, most: int) -> Whole:
    """Return a score that is written into the chunk's row of its line."""

    def units(chunk: Chunk) -> Ints:
        out: Ints = chunk.scores[place]
        put(chunk, out)
        return out

    return whole(Kept(units), digits, most)


def whole(units: IntsOf, digits: int, most: int) -> Whole:
    """Return a number of units from 0 to *most* of the last of *digits* decimals."""
    return Whole(
        units, Fraction(1, 10**digits), 0, most,
        lambda chunk, where: [scaled(unit, digits) for unit in units(chunk)[where].tolist()],
    )  # fmt: skip


def _aligned(place: int, total: Number, digits: int) -> Whole:
    """Return a sum of scores in units of the most digits that any of them has."""
    if isinstance(total, Known):
        unit = int(total.value.scaleb(digits, CONTEXT))
        return _written(place, lambda _, out: out.fill(unit), digits, unit)
    assert isinstance(total, Whole)  # noqa: S101 - a sum of such
    times = int(total.factor * 10**digits)
    units = total.units
    if times == 1 and isinstance(units, Sum):
        return _written(place, units.into, digits, total.high)

    def put(chunk: Chunk, out: Ints) -> None:
        np.multiply(units(chunk), times, out=out) if times != 1 else np.copyto(out, units(chunk))

    return _written(place, put, digits, total.high * times)


def _finer(line: Line, put: Put, points: Known, digits: int) -> Whole:
    """Return a rounded score in units of as many digits as any of what is below it has."""
    own = line.rounding.digits
    times = 10 ** (digits - own)

    def finer(chunk: Chunk, out: Ints) -> None:
        put(chunk, out)
        np.multiply(out, times, out=out)

    return _written(line.place, put if times == 1 else finer, digits, _most(points, own) * times)


def _part(score: Whole, base: Number) -> Share:
    """Return a score as a share of the points; 1 of nothing."""
    if isinstance(base, Known):
        return Portion(score, base) if base.value else WHOLE
    if not isinstance(base, Whole):
        raise UnsupportedError
    units = base.units
    none: BoolsOf = Kept(lambda chunk: units(chunk) == 0)
    return when(none if base.low <= 0 else False, WHOLE, Portion(score, base))


def rescaled(total: Number, possible: Decimal, whole: Known) -> tuple[Number, Share]:
    """Return the score that the rate of what counts gives of all the points, as a product."""
    if not possible:
        return Known(ONE), Portion(total, Known(ONE))
    return whole, Portion(total, Known(possible))


def rounded(number: Number, rounding: Rounding) -> Number:
    """Return a number at least 0, rounded."""
    put = number_put(number, rounding)
    most = ceil(real(number).size * 10**rounding.digits) + 1
    if most >= 10**17:
        raise UnsupportedError

    def units(chunk: Chunk) -> Ints:
        out = np.empty(chunk.size, np.int64)
        put(chunk, out)
        return out

    return whole(Kept(units), rounding.digits, most)
