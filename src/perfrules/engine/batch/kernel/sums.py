"""Scores added up: of one factor in one array, whatever is in between kept nowhere."""

from collections.abc import Sequence

import numpy as np

from perfrules.decimals import LIMIT
from perfrules.engine.batch.kernel.chunk import Chunk, IntsOf, Kept
from perfrules.engine.batch.kernel.numbers import Number, Whole, is_whole, scaled_by
from perfrules.engine.batch.vectors import Ints


class Sum(Kept[Ints]):
    """The sum of units, two at least, written where it is wanted."""

    __slots__ = ("parts",)

    def __init__(self, parts: Sequence[IntsOf]) -> None:
        super().__init__(self._added)
        self.parts = parts

    def into(self, chunk: Chunk, out: Ints) -> None:
        """Write the sum into an array that none of its parts is."""
        first, second, *others = self.parts
        np.add(first(chunk), second(chunk), out=out)
        for part in others:
            np.add(out, part(chunk), out=out)

    def _added(self, chunk: Chunk) -> Ints:
        out = np.empty(chunk.size, np.int64)
        self.into(chunk, out)
        return out


def together(numbers: Sequence[Number]) -> Whole | None:
    """Return the sum of whole units of one factor; None where it takes more than adding them."""
    whole = [number for number in numbers if isinstance(number, Whole)]
    if len(whole) < max(2, len(numbers)):
        return None
    factor = whole[0].factor
    if any(number.factor != factor for number in whole):
        return None
    low = sum(min(number.low, 0) for number in whole)  # of whatever is added first
    high = sum(max(number.high, 0) for number in whole)
    if not is_whole(factor, low, high) or max(-low, high) * factor >= LIMIT:
        return None
    units = Sum([number.units for number in whole])
    return Whole(
        units, factor, sum(number.low for number in whole), sum(number.high for number in whole),
        lambda chunk, where: [scaled_by(factor, unit) for unit in units(chunk)[where].tolist()],
    )  # fmt: skip
