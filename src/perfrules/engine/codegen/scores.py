"""What compiled scoring gives: the numbers of a result without its sentences."""

from decimal import Context, Decimal
from typing import Final, NamedTuple, TypeAlias

from perfrules.decimals import CONTEXT, DIGITS, SNAP, snap
from perfrules.engine.answer import State

_GRID: Final = Decimal((0, (1,), -SNAP))
_KNOWN: Final = 2  # where a share has its quotient
_LARGE: Final = Decimal(10)
_SHORT: Final = SNAP + 2  # a digit and the point
snapped = Context(prec=DIGITS).quantize

# A line's share of its points: one number; numerator and denominator, with the quotient where that
# was known beforehand; or None where it has none.
Share: TypeAlias = Decimal | tuple[Decimal, ...] | None


class LineScore(NamedTuple):
    """One line: a branch, a leaf, or a row's leaf."""

    id: str
    score: Decimal | None
    rate: Decimal | None
    state: State


class Scores(NamedTuple):
    """The numbers of one unit; what stands in a tuple by line is in the order of the document.

    They are the digits that `Result` has: `total`, `rate`, `grade` and `complete` the same, `ids`,
    `scores` and `states` those of its lines, parents before children. `gates` are the ids of those
    that fired, `decisions` of those that follow, `undecided` of those that lack a value.
    """

    total: Decimal | None
    rate: Decimal | None
    grade: str | None
    complete: Decimal | None
    ids: tuple[str, ...]
    scores: tuple[Decimal | None, ...]
    states: tuple[State, ...]
    gates: tuple[str, ...]
    decisions: tuple[str, ...]
    undecided: tuple[str, ...]
    shares: tuple[Share, ...]

    @property
    def rates(self) -> tuple[Decimal | None, ...]:
        """The rate of each line to 12 decimals; computed when asked for."""
        return tuple(map(rate_of, self.shares))

    def line(self, name: str) -> LineScore:
        """Return the line of an indicator id; KeyError where there is none."""
        if name not in self.ids:
            raise KeyError(name)
        place = self.ids.index(name)
        return LineScore(name, self.scores[place], rate_of(self.shares[place]), self.states[place])

    def lines(self) -> tuple[LineScore, ...]:
        """Return every line."""
        found = zip(self.ids, self.scores, self.rates, self.states, strict=True)
        return tuple(LineScore(*parts) for parts in found)


def rate_of(share: Share) -> Decimal | None:
    """Return a share as one number, to 12 decimals.

    >>> rate_of((Decimal(1), Decimal(3)))
    Decimal('0.333333333333')
    """
    if type(share) is tuple:
        share = share[_KNOWN] if len(share) > _KNOWN else CONTEXT.divide(share[0], share[1])
    if share is None:
        return None
    assert isinstance(share, Decimal)  # noqa: S101 - says the type
    found = snapped(share, _GRID) if share.copy_abs() < _LARGE else snap(share)
    return share if found == share and len(str(share)) <= _SHORT else found
