"""A pool divided in proportion: by largest remainder, so that the parts add up to the last fen."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from perfrules.decimals import ZERO, plain, snap
from perfrules.lang.frame import Fault


def allocate(pool: Decimal, weights: Mapping[str, Decimal], digits: int) -> dict[str, Decimal]:
    """Return each unit's part of *pool*, in steps of *digits* decimals; the parts add up to it.

    Every unit gets its share rounded down; what is left goes, a step each, to the largest
    remainders, equal ones in the order of the units' names. Computed with whole numbers: nothing is
    rounded on the way.

    Args:
        pool: What is divided, 0 or more, with no more than *digits* decimals.
        weights: Each unit's weight, 0 or more; compared and used snapped.
        digits: Decimals of a part.

    Raises:
        Fault: PRF727 the pool, PRF728 a weight below 0, PRF729 nobody has a weight.

    >>> allocate(Decimal(100), {"甲": Decimal(1), "乙": Decimal(1), "丙": Decimal(1)}, 2)
    {'甲': Decimal('33.33'), '乙': Decimal('33.33'), '丙': Decimal('33.34')}
    """
    steps = Fraction(pool) * 10**digits
    if steps < 0 or steps.denominator != 1:
        raise Fault("PRF727", value=plain(pool), digits=digits)
    exact = {unit: Fraction(snap(weight)) for unit, weight in weights.items()}
    for unit, weight in exact.items():
        if weight < 0:
            raise Fault("PRF728", unit=unit, value=plain(weights[unit]))
    whole = sum(exact.values(), Fraction(0))
    if not whole:
        raise Fault("PRF729", value=plain(pool), count=len(weights))
    shares = {unit: steps * weight / whole for unit, weight in exact.items()}
    parts = {unit: int(share) for unit, share in shares.items()}
    left = int(steps) - sum(parts.values())
    # Equal remainders go by name, code point by code point (丙 < 乙 < 甲), not by order of rows.
    for unit in sorted(shares, key=lambda unit: (parts[unit] - shares[unit], unit))[:left]:
        parts[unit] += 1
    return {unit: _money(part, digits) for unit, part in parts.items()}


def _money(steps: int, digits: int) -> Decimal:
    """Return so many steps as a decimal, exactly.

    >>> _money(1234, 2), _money(0, 2)
    (Decimal('12.34'), Decimal('0.00'))
    """
    return Decimal(steps).scaleb(-digits) if steps else ZERO.scaleb(-digits)
