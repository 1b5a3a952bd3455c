"""Columns of numbers by themselves, and what the reference makes of each."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from perfrules.decimals import CONTEXT
from perfrules.engine.batch.kernel.chunk import Chunk, Floats, Run
from perfrules.engine.batch.kernel.numbers import Real, Whole, scaled
from perfrules.engine.batch.vectors import Ints, Taken

STEP = Decimal("1e-12")


def chunk_of(size: int) -> Chunk:
    """Return a chunk that has no columns."""
    run = Run(Taken(size, {}, np.zeros(size, np.bool_)))
    return Chunk(run, 0, size, np.zeros((1, size), np.int64))


def whole_of(units: Sequence[int], scale: int) -> Whole:
    """Return `units / 10**scale` by unit."""
    held = np.array(units, np.int64)
    return Whole(
        lambda _: held,
        Fraction(1, 10**scale),
        min(units),
        max(units),
        lambda _, where: [scaled(unit, scale) for unit in held[where].tolist()],
    )


def real_of(values: Sequence[Decimal], rel: float, bound: float, shift: float = 0.0) -> Real:
    """Return guesses at values, each as wrong as its bound allows, times *shift* (-1 to 1)."""
    exact = list(values)

    def floats(_: Chunk) -> Floats:
        plain = np.array([float(value) for value in exact])
        found: Floats = plain + shift * (np.abs(plain) * rel + bound)
        return found

    def settled(_: Chunk, where: Ints) -> list[Decimal]:
        return [exact[at] for at in where.tolist()]

    low, high = float(min(exact)), float(max(exact))
    return Real(floats, rel + 3e-16, bound + 1e-300, low, high, settled)


def around(edge: Decimal, places: int = 13) -> list[Decimal]:
    """Return a number and those next to it, half a step of the 12th decimal included."""
    near = [Decimal(n).scaleb(-places) for n in (0, 1, 4, 5, 6, 10, 15, 1000)]
    return [CONTEXT.add(edge, sign) for one in near for sign in (one, one.copy_negate())]


def units_of(values: Sequence[Decimal], scale: int) -> list[int]:
    """Return decimals as whole units."""
    return [int(value.scaleb(scale, CONTEXT)) for value in values]


def put(write: Callable[[Chunk, Ints], None], size: int) -> list[int]:
    """Return what is written for a chunk."""
    out = np.empty(size, np.int64)
    with np.errstate(all="ignore"):
        write(chunk_of(size), out)
    return [int(value) for value in out.tolist()]


prices = st.integers(0, 10**9)
