"""Arithmetic as the interpreter does it: its operators, its snapping and its rounding."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from sqlglot import exp

from perfrules.decimals import SNAP, RoundingMode
from perfrules.lang.tree import CompareOp
from perfrules.sql.nodes import Cond, Node, both, some
from perfrules.sql.number import EXACT, ZERO, Number, whole_number
from perfrules.sql.whole import Arithmetic, TooLarge, Whole, compare, constant

_ULP: Final = Fraction(1, 2 * 10**33)  # the most that rounding to 34 digits changes, relatively
_LARGEST: Final = 10**25
_DIGITS: Final = 10**34
_RARE: Final = 10**6  # of so many values at most one may be left in doubt
COMPARISONS: Final[dict[CompareOp, type[Node]]] = {
    "==": exp.EQ,
    "!=": exp.NEQ,
    "<": exp.LT,
    "<=": exp.LTE,
    ">": exp.GT,
    ">=": exp.GTE,
}


@dataclass(slots=True)
class Numbers:
    """Arithmetic as the interpreter does it; what can't be told apart goes to `doubt`."""

    whole: Arithmetic
    doubt: Callable[[Cond], None]

    # ---- the operators

    def add(self, left: Number, right: Number) -> Number:
        """Return the sum."""
        low, high = left.low + right.low, left.high + right.high
        made = self.whole
        bottom = left.bottom
        if _same(left.bottom, right.bottom):
            one, two, scale = self._aligned(left, right)
        else:
            one, two, scale = self._aligned(left, right)
            below, other = left.bottom, right.bottom
            one = made.multiply(one, other) if other is not None else one
            two = made.multiply(two, below) if below is not None else two
            if below is not None and other is not None:
                bottom = made.let(made.multiply(below, other))
            else:
                bottom = below or other
        loss = max(left.loss, right.loss)
        slip = left.slip + right.slip
        if min(left.low, right.low) < 0 < max(left.high, right.high):
            # |a| <= |a + b| + |b|: what the larger one lost is bounded by the sum and the smaller.
            slip += (left.loss + right.loss) * min(left.size, right.size)
        top = made.add(one, two)
        return self._kept(Number(top, scale, bottom, low, high, loss, slip), left, right)

    def subtract(self, left: Number, right: Number) -> Number:
        """Return the difference."""
        return self.add(left, self.negative(right))

    def negative(self, value: Number) -> Number:
        """Return the value with the other sign; decimal128 rounds both alike."""
        top = self.whole.negative(value.top)
        return replace(value, top=top, low=-value.high, high=-value.low)

    def multiply(self, left: Number, right: Number) -> Number:
        """Return the product."""
        made = self.whole
        corners = [one * two for one in (left.low, left.high) for two in (right.low, right.high)]
        if left.bottom is None or right.bottom is None:
            bottom = left.bottom or right.bottom
        else:
            bottom = made.let(made.multiply(left.bottom, right.bottom))
        loss = (1 + left.loss) * (1 + right.loss) - 1
        slip = (left.slip * right.size * (1 + right.loss) + right.slip * left.size * (1 + left.loss)
                + left.slip * right.slip)  # fmt: skip
        found = Number(
            made.multiply(left.top, right.top), left.scale + right.scale, bottom,
            min(corners), max(corners), loss, slip,
        )  # fmt: skip
        return self._kept(_shorter(found), left, right)

    def divide(self, left: Number, right: Number) -> Number:
        """Return the quotient; NULL where *right* is 0, which the caller has told already."""
        found = self.ratio(left, right)
        return self.rounded(found)

    def ratio(self, left: Number, right: Number) -> Number:
        """Return the quotient as a fraction that was not rounded yet."""
        made = self.whole
        top, bottom = left.top, right.top
        if right.low < 0:
            named = made.let(bottom)
            below = compare(exp.LT, named, constant(0))
            top = made.select([(below, made.negative(top))], top)
            bottom = made.absolute(named)
        if right.bottom is not None:
            top = made.multiply(top, right.bottom)
        if left.bottom is not None:
            bottom = made.multiply(bottom, left.bottom)
        scale = left.scale - right.scale
        if scale < 0:
            top, scale = made.times(top, 10**-scale), 0
        if bottom.constant is None:
            node = exp.Nullif(this=made.let(bottom).node, expression=exp.Literal.number(0))
            bottom = made.let(Whole(node, max(bottom.low, 1), bottom.high))
        least = self._least(right)
        size = left.size / least
        low = -size if left.low < 0 or right.low < 0 else EXACT
        high = size if left.high > 0 or right.low < 0 else EXACT
        lost = right.loss + right.slip / least  # relatively, what the divisor lost
        loss = (1 + left.loss) / (1 - lost) - 1
        slip = left.slip / (least * (1 - lost))
        found = Number(top, scale, bottom, low, high, loss, slip)
        return _unit(found)

    def _least(self, value: Number) -> Fraction:
        """Return the smallest absolute value of a divisor that isn't 0."""
        below = 1 if value.bottom is None else value.bottom.high
        least = Fraction(1, 10**value.scale * below)
        if value.low > 0:
            least = max(least, value.low)
        if value.high < 0:
            least = max(least, -value.high)
        if (value.loss + value.slip / least) * 2 >= 1:
            raise TooLarge
        return least

    def absolute(self, value: Number) -> Number:
        """Return the value without its sign."""
        low = EXACT if value.low <= 0 <= value.high else min(abs(value.low), abs(value.high))
        return replace(value, top=self.whole.absolute(value.top), low=low, high=value.size)

    def select(self, pairs: list[tuple[Cond, Number]], default: Number | None = None) -> Number:
        """Return the number of the first condition that holds, else *default*, else NULL."""
        kept = [(condition, value) for condition, value in pairs if condition is not False]
        for place, (condition, value) in enumerate(kept):
            if condition is True:
                kept, default = kept[:place], value
                break
        if not kept:  # without a default there is no value: a fault was told
            return ZERO if default is None else default
        every = [value for _, value in kept] + ([] if default is None else [default])
        scale = max(item.scale for item in every)
        made = self.whole
        tops = [made.times(item.top, 10 ** (scale - item.scale)) for item in every]
        bottom = every[0].bottom
        conditions = [condition for condition, _ in kept]
        last = None if default is None else tops[-1]
        if any(not _same(item.bottom, bottom) for item in every):
            below = [item.bottom or constant(1) for item in every]
            bottom = made.let(
                made.select(
                    list(zip(conditions, below, strict=False)), None if last is None else below[-1]
                )
            )
        top = made.let(made.select(list(zip(conditions, tops, strict=False)), last))
        return Number(
            top, scale, bottom,
            min(item.low for item in every), max(item.high for item in every),
            max(item.loss for item in every), max(item.slip for item in every),
            all(item.direct for item in every),
        )  # fmt: skip

    # ---- what is compared and rounded

    def snap(self, value: Number) -> Number:
        """Return *value* to 12 decimals, half-even: what is compared and rounded."""
        short = value.bottom is None and value.scale <= SNAP
        if short and value.loss * value.size + value.slip < Fraction(1, 2 * 10**SNAP):
            return replace(value, loss=EXACT, slip=EXACT, direct=True)
        made = self.whole
        top = made.times(value.top, 10 ** max(SNAP - value.scale, 0))
        bottom = made.times(value.bottom or constant(1), 10 ** max(value.scale - SNAP, 0))
        return self._half_even(replace(value, top=made.let(top), bottom=made.let(bottom)))

    def _half_even(self, value: Number) -> Number:
        """Return `top / bottom` as a whole number of 12th decimals, its doubt told."""
        assert value.bottom is not None  # noqa: S101 - the caller made it
        made = self.whole
        bounds = int(value.low * 10**SNAP) - 1, int(value.high * 10**SNAP) + 1
        quotient, rest = made.divide(value.top, value.bottom, bounds)
        twice = made.let(made.times(made.absolute(rest), 2))
        self._doubt(value, twice)
        over = some(
            [
                compare(exp.GT, twice, value.bottom),
                both(
                    compare(exp.EQ, twice, value.bottom),
                    compare(exp.NEQ, made.divide(quotient, constant(2))[1], constant(0)),
                ),
            ]
        )
        found = made.let(made.add(quotient, self._step(over, rest)))
        if found.constant is None:
            low = 0 if value.low >= 0 else bounds[0]
            found = Whole(found.node, max(found.low, low), min(found.high, bounds[1]))
        return whole_number(found, SNAP)

    def _step(self, over: Cond, rest: Whole) -> Whole:
        """Return one away from zero where *over* holds."""
        if rest.low >= 0:
            return self.whole.select([(over, constant(1))], constant(0))
        below = compare(exp.LT, rest, constant(0))
        pairs = [(both(over, below), constant(-1)), (over, constant(1))]
        return self.whole.select(pairs, constant(0))

    def _doubt(self, value: Number, twice: Whole) -> None:
        """Tell where decimal128 may lie on the other side of a tie."""
        assert value.bottom is not None  # noqa: S101 - the caller made it
        if value.exact:
            return
        made = self.whole
        margin = constant(0)
        if value.loss:
            step = int(1 / (2 * value.loss))
            if value.top.size >= step:
                margin = made.divide(made.absolute(value.top), constant(step))[0]
        if value.slip:
            step = int(1 / (2 * value.slip * 10**SNAP))
            if step < _RARE:
                raise TooLarge
            if value.bottom.high >= step:
                share = made.divide(value.bottom, constant(step))[0]
                margin = made.add(made.add(margin, share), constant(1))
        # A tie has 13 decimals: a quotient that was rounded once to 34 digits hits it exactly.
        if value.direct and margin.constant == 0:
            return
        off = made.absolute(made.let(made.add(twice, made.negative(value.bottom))))
        self.doubt(compare(exp.LTE, off, margin))

    def round_to(self, value: Number, digits: int, mode: RoundingMode = "half_up") -> Number:
        """Return *value* snapped, then rounded to *digits* decimals."""
        found = self.snap(value)
        made = self.whole
        if found.scale <= digits:
            return whole_number(made.times(found.top, 10 ** (digits - found.scale)), digits)
        step = constant(10 ** (found.scale - digits))
        quotient, rest = made.divide(made.let(found.top), step)
        if mode == "floor":
            below = compare(exp.LT, rest, constant(0))
            change = (
                made.select([(below, constant(-1))], constant(0)) if rest.low < 0 else constant(0)
            )
        else:
            twice = made.let(made.times(made.absolute(rest), 2))
            if mode == "half_up":
                over = compare(exp.GTE, twice, step)
            else:
                odd = compare(exp.NEQ, made.divide(quotient, constant(2))[1], constant(0))
                over = some([compare(exp.GT, twice, step), both(compare(exp.EQ, twice, step), odd)])
            change = self._step(over, rest)
        return whole_number(made.let(made.add(quotient, change)), digits)

    def compare(self, op: CompareOp, left: Number, right: Number) -> Cond:
        """Return a comparison of what the two snap to."""
        return self.raw(op, self.snap(left), self.snap(right))

    def raw(self, op: CompareOp, left: Number, right: Number) -> Cond:
        """Return a comparison of the fractions themselves."""
        one, two, _ = self._aligned(left, right)
        if not _same(left.bottom, right.bottom):
            one = self.whole.multiply(one, right.bottom) if right.bottom is not None else one
            two = self.whole.multiply(two, left.bottom) if left.bottom is not None else two
        return compare(COMPARISONS[op], one, two)

    def is_zero(self, value: Number) -> Cond:
        """Return whether a divisor is exactly 0."""
        if value.slip:
            self._least(value)  # what isn't 0 here isn't 0 there either
            self.doubt(compare(exp.EQ, self.whole.let(value.top), constant(0)))
        if value.low > 0 or value.high < 0:
            return False
        return compare(exp.EQ, self.whole.let(value.top), constant(0))

    def named(self, value: Number) -> Number:
        """Return *value* with names for its parts."""
        bottom = None if value.bottom is None else self.whole.let(value.bottom)
        return replace(value, top=self.whole.let(value.top), bottom=bottom)

    # ---- digits

    def _aligned(self, left: Number, right: Number) -> tuple[Whole, Whole, int]:
        scale = max(left.scale, right.scale)
        one = self.whole.times(left.top, 10 ** (scale - left.scale))
        two = self.whole.times(right.top, 10 ** (scale - right.scale))
        return one, two, scale

    def _kept(self, found: Number, *parts: Number) -> Number:
        """Return a sum or product as decimal128 keeps it: exact where it has 34 digits at most."""
        if found.size >= _LARGEST:
            raise TooLarge
        exact = all(part.exact for part in parts)
        if exact and found.bottom is None and found.top.size < _DIGITS:
            return found
        return _rounded(replace(found, direct=exact))

    def rounded(self, value: Number) -> Number:
        """Return a quotient as decimal128 keeps it."""
        if value.size >= _LARGEST:
            raise TooLarge
        if value.exact and value.bottom is None and value.top.size < _DIGITS:
            return value
        return _rounded(replace(value, direct=value.exact))


def _rounded(value: Number) -> Number:
    loss = (1 + value.loss) * (1 + _ULP) - 1
    return replace(value, loss=loss, slip=value.slip * (1 + _ULP))


def _same(left: Whole | None, right: Whole | None) -> bool:
    if left is None or right is None:
        return left is right
    return left.node == right.node


def _unit(value: Number) -> Number:
    """Return a quotient by a power of ten as a decimal."""
    below = None if value.bottom is None else value.bottom.constant
    if below is None:
        return value
    text = str(below)
    zeros = len(text) - 1
    if text == "1" + "0" * zeros:
        return replace(value, scale=value.scale + zeros, bottom=None)
    return value


def _shorter(value: Number) -> Number:
    """Return a number that is written out without trailing zeros."""
    if value.bottom is not None or value.top.constant is None:
        return value
    top, scale = value.top.constant, value.scale
    while scale and not top % 10:
        top, scale = top // 10, scale - 1
    return replace(value, top=constant(top), scale=scale)
