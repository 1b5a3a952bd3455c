"""A leaf: the share that its method gives, and the units in which it has another state."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from perfrules.decimals import ONE, ZERO
from perfrules.engine.answer import State
from perfrules.engine.batch.kernel.chunk import BoolsOf, Chunk, UnsupportedError
from perfrules.engine.batch.kernel.compare import Test, compare, on_grid
from perfrules.engine.batch.kernel.effects import Effects
from perfrules.engine.batch.kernel.forms import share_of
from perfrules.engine.batch.kernel.numbers import Known, Number, Whole
from perfrules.engine.batch.kernel.rule import Rule
from perfrules.engine.batch.kernel.scope import Scope
from perfrules.engine.batch.kernel.select import select
from perfrules.engine.batch.kernel.shares import Share
from perfrules.engine.batch.kernel.values import every
from perfrules.engine.batch.vectors import Bools
from perfrules.lang.plan import Indicator

STATES: Final = tuple(State)
CODE: Final = {state: place for place, state in enumerate(STATES)}
_POLICY: Final = {"zero": State.MISSING, "not_applicable": State.NOT_APPLICABLE}
States = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Rating:
    """How a leaf is rated where it applies: its share, and the marks made on the way."""

    share: Share
    effects: Effects
    unverified: Sequence[BoolsOf | None]


def rating_of(scope: Scope, plan: Indicator, points: Number | None) -> Rating:
    """Return how a leaf is rated."""
    assert plan.method is not None  # noqa: S101 - it is a leaf
    effects = Effects()
    rule = Rule(scope.marking(effects), _seen(points))
    return Rating(share_of(plan.method, rule), effects, rule.unverified)


def _seen(points: Number | None) -> Number:
    """Return the points that a method sees: 0 counts as 1, so that nothing divides by them."""
    if points is None or (isinstance(points, Known) and points.value == ZERO):
        return Known(ONE)
    if isinstance(points, Known) or points.low > 0:
        return points
    if not isinstance(points, Whole) or not on_grid(points):
        raise UnsupportedError
    test = compare("==", points, Known(ZERO))
    return select(every(test), Known(ONE), points)


class Standing:
    """The state of each unit's leaf or branch by itself; None where it is scored everywhere."""

    def __init__(
        self, plan: Indicator, applies: Test, effects: Effects, rating: Rating | None
    ) -> None:
        self.policy = _POLICY.get(plan.missing)
        self.applies = applies
        self.find = effects.find()
        self.sure = applies is True and not effects.marks
        self.unverified = () if rating is None else rating.unverified
        self.sure = self.sure and not self.unverified

    def __call__(self, chunk: Chunk, active: Bools | None) -> tuple[States | None, Bools | None]:
        """Return the states, and the units that are odd, among those that are looked at."""
        if self.sure:
            return None, None
        lacking, odd = self.find(chunk)
        found: States | None = None

        def put(mask: Bools | None, state: State) -> None:
            nonlocal found
            if mask is not None and active is not None:
                mask = mask & active
            if mask is not None and mask.any():
                if found is None:
                    found = np.zeros(chunk.size, np.int8)
                found[mask] = CODE[state]

        for test in self.unverified:
            put(np.ones(chunk.size, np.bool_) if test is None else test(chunk), State.UNVERIFIED)
        if self.applies is not True:
            put(~every(self.applies)(chunk), State.NOT_APPLICABLE)
        if lacking is not None and self.policy is None:
            odd = lacking if odd is None else odd | lacking
        elif lacking is not None and self.policy is not None:
            put(lacking, self.policy)
        return found, odd if odd is None or active is None else odd & active
