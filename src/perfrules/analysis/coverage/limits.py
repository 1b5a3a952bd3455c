"""What a size can't be: below its smallest value, above its largest."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final, TypeAlias

from perfrules.analysis.coverage.point import ABOVE, AT, BELOW
from perfrules.decimals import ONE, ZERO, snap
from perfrules.lang.plan import Plan
from perfrules.lang.tree import Const, Name, Ref, Tree

Range: TypeAlias = tuple[Decimal | None, Decimal | None]

_ANY: Final[Range] = (None, None)
_SHARE: Final[Range] = (ZERO, ONE)
_BY_SIDE: Final = {
    "<": frozenset({BELOW}),
    "<=": frozenset({BELOW, AT}),
    "==": frozenset({AT}),
    ">=": frozenset({AT, ABOVE}),
    ">": frozenset({ABOVE}),
    "!=": frozenset({BELOW, ABOVE}),
}
SIDES: Final = frozenset({BELOW, AT, ABOVE})


def sides_of(op: str, *, holds: bool) -> frozenset[str]:
    """Return the sides on which a comparison holds, or doesn't.

    >>> sorted(sides_of(">=", holds=True)), sorted(sides_of(">=", holds=False))
    (['above', 'at'], ['below'])
    """
    found = _BY_SIDE[op]
    return found if holds else SIDES - found


class Limits:
    """The ranges of a plan's names, as far as they are declared."""

    def __init__(self, plan: Plan) -> None:
        self._ranges: Mapping[str, Range] = {
            "rate": _SHARE,
            "complete": _SHARE,
            "score": (ZERO, None),
            "total": (ZERO, plan.total),
            **{
                item.id: (
                    item.min if isinstance(item.min, Decimal) else ZERO if item.whole else None,
                    item.max if isinstance(item.max, Decimal) else None,
                )
                for item in plan.inputs
            },
        }

    def possible(self, left: Tree, right: Tree) -> frozenset[str]:
        """Return on which sides of *right* *left* can lie."""
        low, high = self._range(left)
        least, most = self._range(right)
        found = set(SIDES)
        if low is not None and most is not None:
            found -= {BELOW} if low >= most else set()
            found -= {AT} if low > most else set()
        if high is not None and least is not None:
            found -= {ABOVE} if high <= least else set()
            found -= {AT} if high < least else set()
        return frozenset(found)

    def _range(self, tree: Tree) -> Range:
        if isinstance(tree, Const) and isinstance(tree.value, Decimal):
            return snap(tree.value), snap(tree.value)
        if isinstance(tree, Name):
            return self._ranges.get(tree.id, _ANY)
        if isinstance(tree, Ref) and tree.ref in ("rate", "score"):
            return _SHARE if tree.ref == "rate" else (ZERO, None)
        return _ANY
