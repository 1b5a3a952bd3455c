"""One of several numbers, by conditions or by a table."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from typing import Final

import numpy as np

from perfrules.engine.batch.kernel.chunk import (
    EXACT,
    BoolsOf,
    Chunk,
    Floats,
    FloatsOf,
    IntsOf,
    Kept,
    Units,
)
from perfrules.engine.batch.kernel.numbers import (
    UNIT,
    Known,
    Number,
    Real,
    Whole,
    common,
    is_whole,
    multiples,
    real,
)
from perfrules.engine.batch.vectors import Bools, Ints

_ONE: Final = Fraction(1)


def select(when: BoolsOf, body: Number, orelse: Number) -> Number:
    """Return one number where a condition holds, else the other."""
    if isinstance(body, Known) and isinstance(orelse, Known) and body.value == orelse.value:
        return body
    exact = _Either(when, body, orelse)
    factor = _common([body, orelse])
    if factor is not None:
        spans = [_span(number, factor) for number in (body, orelse)]
        low, high = min(span[0] for span in spans), max(span[1] for span in spans)
        if is_whole(factor, low, high):
            one, other = _units(body, factor), _units(orelse, factor)

            def units(chunk: Chunk) -> Ints:
                found: Ints = np.where(when(chunk), one(chunk), other(chunk))
                return found

            return Whole(Kept(units), factor, low, high, exact)
    left, right = real(body), real(orelse)

    def floats(chunk: Chunk) -> Floats:
        found: Floats = np.where(when(chunk), left.floats(chunk), right.floats(chunk))
        return found

    return Real(
        Kept(floats), max(left.rel, right.rel), max(left.abs, right.abs),
        min(left.low, right.low), max(left.high, right.high), exact,
    )  # fmt: skip


def _common(numbers: Sequence[Number]) -> Fraction | None:
    """Return a factor of which all numbers are whole multiples; None where one is a guess."""
    factors = []
    for number in numbers:
        if isinstance(number, Real):
            return None
        if isinstance(number, Whole):
            factors.append(number.factor)
        elif number.value:
            factors.append(abs(Fraction(number.value)))
    return reduce(common, factors) if factors else _ONE


def _span(number: Number, factor: Fraction) -> tuple[int, int]:
    if isinstance(number, Known):
        unit = int(Fraction(number.value) / factor)
        return unit, unit
    assert isinstance(number, Whole)  # noqa: S101 - the caller looked
    times = int(number.factor / factor)
    return number.low * times, number.high * times


def _units(number: Number, factor: Fraction) -> IntsOf:
    if isinstance(number, Known):
        unit = np.int64(_span(number, factor)[0])
        return lambda _: unit  # type: ignore[return-value] # broadcast
    assert isinstance(number, Whole)  # noqa: S101 - the caller looked
    return multiples(number, int(number.factor / factor))


class _Either:
    """The exact values of a choice between two numbers."""

    def __init__(self, when: BoolsOf, body: Number, orelse: Number) -> None:
        self.when, self.body, self.orelse = when, body, orelse

    def __call__(self, chunk: Chunk, where: Ints) -> list[Decimal]:
        """Return them; each side is computed only where it is chosen."""
        holds = self.when(chunk)[where]
        chosen = iter(self.body.exact(chunk, where[holds]))
        others = iter(self.orelse.exact(chunk, where[~holds]))
        return [next(chosen) if held else next(others) for held in holds.tolist()]


def listed(index: IntsOf, values: Sequence[Decimal]) -> Number:
    """Return the number of a table at an index, which is within it."""
    numbers = [Known(value) for value in values]
    factor = _common(numbers)
    assert factor is not None  # noqa: S101 - constants are no guesses

    def exact(chunk: Chunk, where: Ints) -> list[Decimal]:
        return [values[place] for place in index(chunk)[where].tolist()]

    spans = [_span(number, factor)[0] for number in numbers]
    if is_whole(factor, min(spans), max(spans)):
        table = np.array(spans, np.int64)

        def units(chunk: Chunk) -> Ints:
            return table.take(index(chunk), mode="clip")

        return Whole(Kept(units), factor, min(spans), max(spans), exact)
    guesses = np.array([float(value) for value in values])

    def floats(chunk: Chunk) -> Floats:
        return guesses.take(index(chunk), mode="clip")

    return Real(Kept(floats), UNIT, 0.0, float(guesses.min()), float(guesses.max()), exact)


def extreme(number: Number, other: Number, *, larger: bool) -> Number | None:
    """Return the larger or smaller of two numbers in whole units; None where one is a guess."""
    factor = _common([number, other])
    if factor is None:
        return None
    one, two = _span(number, factor), _span(other, factor)
    pick = max if larger else min
    low, high = pick(one[0], two[0]), pick(one[1], two[1])
    if not all(is_whole(factor, *span) for span in (one, two)):
        return None
    left, right = _units(number, factor), _units(other, factor)
    call = np.maximum if larger else np.minimum

    def units(chunk: Chunk) -> Ints:
        found: Ints = call(left(chunk), right(chunk))
        return found

    def exact(chunk: Chunk, where: Ints) -> list[Decimal]:
        pairs = zip(number.exact(chunk, where), other.exact(chunk, where), strict=True)
        return [pick(a, b) for a, b in pairs]

    floats = [_floats(number, factor) for number in (number, other)]
    if None in floats:
        return Whole(Kept(units), factor, low, high, exact)
    of_one, of_other = floats

    def guesses(chunk: Chunk) -> Floats:
        found: Floats = call(of_one(chunk), of_other(chunk))  # type: ignore[misc] # none is None
        return found

    return Whole(Units(units, guesses), factor, low, high, exact)


def _floats(number: Number, factor: Fraction) -> FloatsOf | None:
    """Return the units of a number as floats, where they are there, too."""
    if isinstance(number, Known):
        whole = _span(number, factor)[0]
        if abs(whole) >= EXACT:
            return None
        unit = np.float64(whole)
        return lambda _: unit  # type: ignore[return-value] # broadcast
    units = _units(number, factor)
    return units.floats if isinstance(units, Units) else None


def at(mask: Bools) -> Ints:
    """Return the places where a mask holds."""
    return np.flatnonzero(mask)
