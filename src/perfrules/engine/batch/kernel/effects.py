"""Where a value lacks, and where a unit is odd, in the order in which the reference finds out.

Whether a value lacks first or a fault comes first decides a line's state, so that marks are kept in
the order of evaluation; what is evaluated only where a condition holds is marked only there.
"""

from collections.abc import Callable
from typing import Literal, TypeAlias

import numpy as np

from perfrules.engine.batch.kernel.chunk import BoolsOf, Chunk, Mask, both, either, without
from perfrules.engine.batch.vectors import Bools

Kind: TypeAlias = Literal["lack", "odd"]
Found: TypeAlias = tuple[Bools | None, Bools | None]


class Effects:
    """Marks in the making."""

    def __init__(self) -> None:
        self.marks: list[tuple[Kind, Mask]] = []

    def lack(self, where: Mask) -> None:
        """Mark units that lack a value that is needed here."""
        self.marks.append(("lack", where))

    def odd(self, where: Mask) -> None:
        """Mark units that the reference may refuse here."""
        self.marks.append(("odd", where))

    def always_odd(self) -> None:
        """Mark every unit."""
        self.odd(lambda chunk: np.ones(chunk.size, np.bool_))

    def take(self, inner: "Effects", when: BoolsOf | None = None) -> None:
        """Add the marks of what is evaluated next, only where *when* holds."""
        for kind, where in inner.marks:
            self.marks.append((kind, where if when is None else _gated(where, when)))

    @property
    def lacks(self) -> bool:
        """Whether any value may lack."""
        return any(kind == "lack" for kind, _ in self.marks)

    @property
    def odds(self) -> bool:
        """Whether any unit may be odd."""
        return any(kind == "odd" for kind, _ in self.marks)

    def find(self) -> Callable[[Chunk], Found]:
        """Return what finds the units that lack a value, and those that are odd, never both."""
        marks = tuple(self.marks)

        def found(chunk: Chunk) -> Found:
            lacking: Bools | None = None
            odd: Bools | None = None
            for kind, where in marks:
                mask = where(chunk)
                if mask is None or not mask.any():
                    continue
                if kind == "lack":
                    lacking = either(lacking, without(mask, odd))
                else:
                    odd = either(odd, without(mask, lacking))
            return lacking, odd

        return found


def _gated(where: Mask, when: BoolsOf) -> Mask:
    def gated(chunk: Chunk) -> Bools | None:
        mask = where(chunk)
        return None if mask is None else both(mask, when(chunk))

    return gated


def there(where: BoolsOf) -> Mask:
    """Return a mask that is None where nothing holds."""

    def mask(chunk: Chunk) -> Bools | None:
        found = where(chunk)
        return found if found.any() else None

    return mask
