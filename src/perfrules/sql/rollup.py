"""Scores bottom up, as `engine.aggregate` has them: rounded at the leaf, added or combined."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from perfrules.decimals import ONE, ZERO
from perfrules.errors import Path, Text
from perfrules.lang.plan import Rounding
from perfrules.sql import number as numeric
from perfrules.sql.lines import Line, declared, place_of, tell_at
from perfrules.sql.methods.share import NOTHING, WHOLE, Rating, Share
from perfrules.sql.nodes import Cond, Node, both, negated, some, surely
from perfrules.sql.number import Number, decimal, within
from perfrules.sql.scene import Scene, Unsaid

_NEAR: Final = Fraction(1, 10**11)


@dataclass(slots=True)
class Rollup:
    """Scores bottom up; `zeroed` are the ids that a fired gate zeroes, each with its condition."""

    scene: Scene
    rounding: Rounding
    zeroed: dict[str, Cond] = field(default_factory=dict)

    def score(self, line: Line, *, above: Cond, summed: bool) -> None:
        """Set rate and score of *line* and of all below it."""
        line.kept = both(above, line.counts) if summed else line.counts
        for child in line.children:
            self.score(child, above=line.kept, summed=line.sums)
        if line.informational or line.counts is False:
            return
        with self.scene.refusing(*place_of(line)):
            if line.plan.method is not None:
                self._leaf(line)
            else:
                self._branch(line)

    def _effective(self, line: Line) -> Number:
        """Return a line's points after policies: nothing where what is above was left out."""
        points = decimal(line.points or ZERO)
        if line.kept == line.counts:
            return points
        return self.scene.numbers.select([(line.kept, points)], numeric.ZERO)

    def _rounded(self, line: Line, value: Number) -> Number:
        rounding = line.plan.rounding or self.rounding
        return self.scene.numbers.round_to(value, rounding.digits, rounding.mode)

    def _leaf(self, line: Line) -> None:
        scene, numbers = self.scene, self.scene.numbers
        zeroed = self.zeroed.get(line.plan.id, False)
        at = Rating(scene, line.points or ONE)
        pairs = [(line.scored, line.share), (line.full, WHOLE)]
        share = at.select(pairs, NOTHING) if line.scored is not True else line.share
        self._told(line, at, share)
        line.rate = numbers.select([(zeroed, numeric.ZERO)], line.rate)
        if line.score is not None:
            line.score = numbers.select([(zeroed, numeric.ZERO)], line.score)

    def _told(self, line: Line, at: Rating, share: Share) -> None:
        """Set a leaf's rate and score from its share, its doubts told as its own."""
        scene, numbers = self.scene, self.scene.numbers
        with scene.watch.apart() as found:
            # A share is one of the whole, but for the residue that comparing absorbs.
            line.rate = within(at.value(share), -_NEAR, 1 + _NEAR)
            if line.points is None:
                if line.plan.rounding is not None:
                    line.rate = self._rounded(line, line.rate)
            else:
                product = numbers.multiply(self._effective(line), share.top)
                raw = numbers.divide(product, share.bottom)
                most = Fraction(line.points) * (1 + _NEAR)
                raw = within(raw, -most * _NEAR, most)
                line.score = self._rounded(line, raw)
        self._doubts(line, found)

    def _doubts(self, line: Line, found: list[tuple[Cond, Node]]) -> None:
        for when, code in found:
            tell_at(self.scene, line.plan.id, code, both(line.counts, when))

    def _branch(self, line: Line) -> None:
        numbers = self.scene.numbers
        with self.scene.watch.apart() as found:
            self._sum(line) if line.sums else self._combine(line)
            if line.scored is not True:
                zeroed = self.zeroed.get(line.plan.id, False)
                full = both(line.full, negated(zeroed))
                rate = numbers.select([(full, numeric.ONE)], numeric.ZERO)
                if line.score is not None:
                    fixed = self._rounded(line, numbers.multiply(self._effective(line), rate))
                    line.score = numbers.select([(line.scored, line.score)], fixed)
                line.rate = numbers.select([(line.scored, line.rate)], rate)
        self._doubts(line, found)

    def _sum(self, line: Line) -> None:
        numbers = self.scene.numbers
        score, possible, excluded = self.added(line.children)
        rescaled = self.rescaled(score, possible, excluded)
        line.score = score
        if excluded.constant != 0:
            some_out = self.scene.condition(numbers.raw(">", excluded, numeric.ZERO))
            line.score = numbers.select([(some_out, self._rounded(line, rescaled))], score)
        own = line.points if line.points is not None else declared(line.children)
        base = decimal(own) if own else possible
        none = numbers.raw("==", base, numeric.ZERO)
        if none is True:
            line.rate = numeric.ONE
            return
        line.rate = numbers.divide(line.score, base)
        if none is not False:
            line.rate = numbers.select([(none, numeric.ONE)], line.rate)

    def added(self, lines: list[Line]) -> tuple[Number, Number, Number]:
        """Return the sums of scores, of points that count, and of points left out."""
        numbers = self.scene.numbers
        score = possible = excluded = numeric.ZERO
        for line in lines:
            counts, points = line.counts, decimal(line.points or ZERO)
            if line.informational:
                continue
            if line.score is not None:
                own = numbers.select([(counts, line.score)], numeric.ZERO)
                score = numbers.add(score, own)
                possible = numbers.add(possible, numbers.select([(counts, points)], numeric.ZERO))
            excluded = numbers.add(
                excluded, numbers.select([(negated(counts), points)], numeric.ZERO)
            )
        return numbers.named(score), numbers.named(possible), numbers.named(excluded)

    def rescaled(self, score: Number, possible: Number, excluded: Number) -> Number:
        """Return the score that the rate of what counts gives of all the points."""
        numbers = self.scene.numbers
        if excluded.constant == 0:
            return score
        whole = numbers.add(possible, excluded)
        least = Fraction(1, 10**possible.scale)
        divisor = within(possible, least, possible.high)
        found = numbers.divide(numbers.multiply(score, whole), divisor)
        none = numbers.raw("==", possible, numeric.ZERO)
        plain = numbers.raw("==", excluded, numeric.ZERO)
        return numbers.select([(some([none, plain]), score)], found)

    def _combine(self, line: Line) -> None:
        numbers = self.scene.numbers
        line.rate = self.combined(line.plan.aggregate, line.children, line.plan.path)
        if line.points is None and line.plan.rounding is not None:
            line.rate = self._rounded(line, line.rate)
        if line.points is not None:
            product = numbers.multiply(self._effective(line), line.rate)
            line.score = self._rounded(line, product)

    def combined(self, how: str, lines: list[Line], path: Path) -> Number:
        """Return the combined rate of the lines that count."""
        numbers = self.scene.numbers
        if how == "geometric_mean":
            raise Unsaid(Text("几何平均", "a geometric mean"), (*path, "aggregate"))
        counted = [line for line in lines if line.counts is not False]
        if how == "minimum":
            return self._minimum(counted)
        found = whole = numeric.ZERO
        for line in counted:
            weight = line.weight if line.weight is not None else line.points
            own = decimal(ONE if weight is None else weight)
            part = numbers.multiply(line.rate, own)
            found = numbers.add(found, numbers.select([(line.counts, part)], numeric.ZERO))
            whole = numbers.add(whole, numbers.select([(line.counts, own)], numeric.ZERO))
        if whole.constant == 0:
            return numeric.ZERO
        found, whole = numbers.named(found), numbers.named(whole)
        none = numbers.raw("==", whole, numeric.ZERO)
        least = Fraction(1, 10**whole.scale)
        mean = numbers.divide(found, within(whole, least, whole.high))
        return numbers.select([(none, numeric.ZERO)], mean)

    def _minimum(self, counted: list[Line]) -> Number:
        """Return the smallest rate; the first of equals."""
        numbers = self.scene.numbers
        best: Number | None = None
        there: Cond = False
        for line in counted:
            if best is None:
                best, there = line.rate, line.counts
                continue
            below = numbers.compare("<", line.rate, best)
            takes = both(line.counts, some([negated(there), surely(below)]))
            best = numbers.select([(self.scene.condition(takes), line.rate)], best)
            there = some([there, line.counts])
        return numeric.ZERO if best is None else best
