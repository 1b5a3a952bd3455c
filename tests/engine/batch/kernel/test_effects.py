"""What lacks first lacks, what is refused first is refused."""

import numpy as np

from perfrules.engine.batch.kernel.chunk import Mask
from perfrules.engine.batch.kernel.effects import Effects
from tests.engine.batch.kernel.columns import chunk_of


def mask(*holds: int) -> Mask:
    return lambda _: np.array(holds, np.bool_)


def found(effects: Effects) -> tuple[list[bool] | None, list[bool] | None]:
    lacking, odd = effects.find()(chunk_of(3))
    return (
        None if lacking is None else lacking.tolist(),
        None if odd is None else odd.tolist(),
    )


def test_nothing_is_marked() -> None:
    effects = Effects()
    effects.odd(mask(0, 0, 0))
    effects.lack(lambda _: None)
    assert found(effects) == (None, None)


def test_the_first_mark_of_a_unit_counts() -> None:
    effects = Effects()
    effects.lack(mask(1, 0, 0))
    effects.odd(mask(1, 1, 0))
    effects.lack(mask(1, 1, 1))
    assert found(effects) == ([True, False, True], [False, True, False])


def test_marks_under_a_condition() -> None:
    inner = Effects()
    inner.odd(mask(1, 1, 1))
    effects = Effects()
    effects.take(inner, lambda _: np.array([False, True, False]))
    assert found(effects) == (None, [False, True, False])
    assert effects.odds
    assert not effects.lacks


def test_every_unit() -> None:
    effects = Effects()
    effects.always_odd()
    assert found(effects) == (None, [True, True, True])
