"""From a share of the points to a score and a rate, as whole units of their last digit."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Final

import numpy as np

from perfrules.decimals import CONTEXT, SNAP, ZERO
from perfrules.engine.batch.kernel import grid, guess
from perfrules.engine.batch.kernel.arithmetic import exactly
from perfrules.engine.batch.kernel.chunk import (
    Chunk,
    Floats,
    FloatsOf,
    IntsOf,
    Kept,
    Put,
    Units,
    UnsupportedError,
)
from perfrules.engine.batch.kernel.numbers import (
    UNIT,
    Known,
    Number,
    Real,
    Whole,
    is_whole,
    real,
)
from perfrules.engine.batch.kernel.shares import Cases, Picked, Portion, Share, flat
from perfrules.engine.batch.vectors import Ints
from perfrules.lang.plan import Rounding

_LARGEST: Final = 10**17  # units of a score
_NARROW: Final = 1e-11  # an error that is the same everywhere: below the margin of paper ties


def score_of(points: Number, share: Share, rounding: Rounding) -> Put:
    """Return what writes points × share, rounded: multiplied before it is divided."""
    most = points.value if isinstance(points, Known) else Decimal(real(points).high)
    if most * 10**rounding.digits >= _LARGEST:
        raise UnsupportedError
    return _of(share, partial(_score, points, rounding=rounding), _Scored(points, rounding))


def rate_of(share: Share) -> Put:
    """Return what writes a share to 12 decimals."""
    return _of(share, _rate, _rated)


def _rated(over: Decimal, under: Decimal) -> int:
    return guess.rate_of(CONTEXT.divide(over, under))


class _Scored:
    """The score of one share; only of points that don't vary."""

    def __init__(self, points: Number, rounding: Rounding) -> None:
        self.points, self.rounding = points, rounding

    def __call__(self, over: Decimal, under: Decimal) -> int | None:
        """Return it in units."""
        if not isinstance(self.points, Known):
            return None
        raw = CONTEXT.divide(CONTEXT.multiply(self.points.value, over), under)
        return guess.units_of(raw, self.rounding.digits, self.rounding.mode)


def _of(
    share: Share,
    portion: Callable[[Portion], Put],
    pair: Callable[[Decimal, Decimal], int | None],
) -> Put:
    match share:
        case Portion():
            over, under = share.over, share.under
            if isinstance(over, Known) and isinstance(under, Known) and under.value:
                known = pair(over.value, under.value)
                if known is not None:
                    return partial(_fill, known)
            return portion(share)
        case Picked():
            units = [pair(*item) for item in share.pairs]
            if None not in units:
                return _listed(share.index, np.array(units, np.int64))
            return portion(flat(share))
        case Cases():
            puts = [(test, _of(one, portion, pair)) for test, one in share.cases]
            orelse = _of(share.orelse, portion, pair)

            def put(chunk: Chunk, out: Ints) -> None:
                orelse(chunk, out)
                found = np.empty_like(out)
                for test, one in reversed(puts):
                    one(chunk, found)
                    np.copyto(out, found, where=test(chunk))

            return put


def _fill(value: int, _: Chunk, out: Ints) -> None:
    out.fill(value)


def _listed(index: IntsOf, table: Ints) -> Put:
    def put(chunk: Chunk, out: Ints) -> None:
        np.take(table, index(chunk), out=out, mode="clip")

    return put


def _score(points: Number, share: Portion, rounding: Rounding) -> Put:
    over, under = share.over, share.under
    digits, mode = rounding.digits, rounding.mode
    if _is_nothing(points) or _is_nothing(under):
        return partial(_fill, 0)  # nothing divides by 0: such a unit is refused
    if isinstance(points, Known) and isinstance(over, Whole) and isinstance(under, Known):
        worth = Fraction(points.value)
        found = grid.rounded(over, worth / Fraction(under.value), digits, mode)
        # A product of more than 34 digits would be rounded before it is divided.
        if found is not None and is_whole(over.factor * worth, over.low, over.high):
            return found
    product = exactly(CONTEXT.multiply, points.exact, over.exact)
    exact = exactly(_divided, product, under.exact)
    floats, width = _product(points, share, 10**digits)
    return guess.rounded(floats, width, digits, mode, exact)


def _is_nothing(number: Number) -> bool:
    return isinstance(number, Known) and not number.value


def _divided(over: Decimal, under: Decimal) -> Decimal:
    return CONTEXT.divide(over, under) if under else ZERO  # 0: the unit is refused


def _rate(share: Portion) -> Put:
    over, under = share.over, share.under
    if _is_nothing(under):
        return partial(_fill, 0)
    if isinstance(over, Whole) and isinstance(under, Known):
        found = grid.rates(over, 1 / Fraction(under.value))
        if found is not None:
            return found
    floats, width = _product(None, share, 10**SNAP)
    return guess.rates(floats, width, exactly(_divided, over.exact, under.exact))


def _product(points: Number | None, share: Portion, by: int) -> tuple[FloatsOf, float]:
    """Return points × share in units, an array of its own, and a bound on its error.

    Every factor brings its relative error, every operation `UNIT`; two more stand for the sum that
    rounds and for the factor. A share is at most 1 where a unit isn't refused, but for residue.
    """
    over, under = share.over, share.under
    fixed = Fraction(by)
    if isinstance(points, Known):
        fixed *= Fraction(points.value)
    parts: list[Real] = [] if points is None or isinstance(points, Known) else [real(points)]
    most = float(fixed) * (parts[0].size if parts else 1.0)
    if isinstance(over, Whole) and isinstance(under, Whole) and not parts:
        fixed *= over.factor / under.factor
        rel = 6 * UNIT  # two conversions, the factor, a quotient, a product, a sum
        return guess.fresh(_Ratio(over.units, under.units), float(fixed)), most * rel
    one, other = real(over), real(under)
    rel = one.rel + other.rel + sum(part.rel for part in parts) + 5 * UNIT
    bound = _bound(one, other) * most
    factor = float(fixed)

    def floats(chunk: Chunk) -> Floats:
        found: Floats = np.multiply(one.floats(chunk), factor)
        for part in parts:
            found *= part.floats(chunk)
        found /= other.floats(chunk)
        return found

    return floats, most * rel + bound


def _bound(over: Real, under: Real) -> float:
    """Return the absolute error of a share of at most 1 that its parts' absolute errors make."""
    if not over.abs and not under.abs:
        return 0.0
    smallest = max(under.low, -under.high, 0.0) - under.abs
    if smallest <= 0:
        return float("inf")  # every value is computed exactly
    return (over.abs + under.abs) / smallest * (1 + 1e-6)


class _Ratio(Kept[Floats]):
    """The quotient of two columns of units: of a score and its rate the same one."""

    __slots__ = ("over", "under")

    def __init__(self, over: IntsOf, under: IntsOf) -> None:
        super().__init__(self._quotient)
        self.over = over
        self.under = under

    def _quotient(self, chunk: Chunk) -> Floats:
        over, under = self.over, self.under
        if isinstance(over, Units) and isinstance(under, Units):
            over, under = over.floats, under.floats  # type: ignore[assignment] # floats alike
        found: Floats = np.true_divide(over(chunk), under(chunk))
        return found

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Ratio):
            return NotImplemented
        return self.over is other.over and self.under is other.under

    def __hash__(self) -> int:
        return hash((id(self.over), id(self.under)))


def number_put(number: Number, rounding: Rounding) -> Put:
    """Return what writes a number at least 0, rounded."""
    if isinstance(number, Known):
        known = guess.units_of(number.value, rounding.digits, rounding.mode)
        return partial(_fill, known)
    if isinstance(number, Whole):
        found = grid.rounded(number, Fraction(1), rounding.digits, rounding.mode)
        if found is not None:
            return found
    guessed = real(number)
    by = 10.0**rounding.digits
    rel = (guessed.rel + 3 * UNIT) * (1 + 1e-6)
    floats, bound = guess.fresh(guessed.floats, by), by * guessed.abs
    digits, mode = rounding.digits, rounding.mode
    if by * guessed.size * rel > _NARROW:
        return guess.rounded(floats, bound, digits, mode, number.exact, rel=rel)
    return guess.rounded(floats, by * guessed.size * rel + bound, digits, mode, number.exact)
