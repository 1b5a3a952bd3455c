"""What compiled scoring gives: the numbers of a result without its sentences."""

from decimal import Context, Decimal
from typing import Final, NamedTuple, TypeAlias

from perfrules.decimals import CONTEXT, SNAP, has_decimals
from perfrules.engine.answer import State

_KNOWN: Final = 3  # parts of a share whose rate was known beforehand
_SHORT: Final = SNAP + 2  # a digit and the point
_GRID: Final = Decimal((0, (1,), -SNAP))
_quantize: Final = Context(prec=80).quantize
_divide: Final = CONTEXT.divide

# A line's share of its points: one number; numerator and denominator, with the rate where that was
# known beforehand; or None where it has none.
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
    that fired, `decisions` of those that follow, `undecided` of those that lack a value. `whole`
    are the points of the total.
    """

    total: Decimal | None
    whole: Decimal | None
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
    def rate(self) -> Decimal | None:
        """The total as a share of its points."""
        return None if self.total is None or not self.whole else _divide(self.total, self.whole)

    @property
    def rates(self) -> tuple[Decimal | None, ...]:
        """The rate of each line to 12 decimals; computed when asked for."""
        quantize, divide = _quantize, _divide
        found: list[Decimal | None] = []
        for share in self.shares:
            if share is None:
                found.append(None)
                continue
            rate = share
            if isinstance(rate, tuple):
                if len(rate) == _KNOWN:
                    found.append(rate[-1])
                    continue
                rate = divide(rate[0], rate[1])
            near = quantize(rate, _GRID)
            found.append(rate if near == rate and _short(rate) else near)
        return tuple(found)

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
    if share is None:
        return None
    if isinstance(share, tuple):
        if len(share) == _KNOWN:
            return share[-1]
        share = _divide(share[0], share[1])
    found = _quantize(share, _GRID)
    return share if found == share and _short(share) else found


def _short(rate: Decimal) -> bool:
    """Whether a rate is written with 12 decimals at most: most have no digit before the point."""
    return len(str(rate)) <= _SHORT or has_decimals(rate, SNAP)
