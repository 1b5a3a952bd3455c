"""The working tree of one unit: the plan's indicators, rows expanded, points resolved."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from perfrules.decimals import CONTEXT, ONE, ZERO
from perfrules.engine.result import State
from perfrules.errors import Text
from perfrules.lang.frame import Rated
from perfrules.lang.plan import Applicability, Indicator


@dataclass(slots=True, eq=False)
class Node:
    """One line in the making. `points` are the declared ones, `effective` those after policies.

    `stake` is the part of the total that a line stands for: its effective points, but under a rate
    branch, where points don't add up, a part by weight. It only serves `complete`.
    `missing_input` names what was not there.
    """

    plan: Indicator
    id: str
    path: tuple[str, ...]
    title: Text
    points: Decimal | None
    weight: Decimal | None
    row: Mapping[str, object] | None = None
    children: list["Node"] = field(default_factory=list)
    state: State = State.SCORED
    rated: Rated | None = None
    base: Decimal | None = None  # declared points after `to` moved them
    effective: Decimal | None = None
    stake: Decimal | None = None
    excluded: Decimal = ZERO  # points that leaving it out takes from its branch
    rate: Decimal | None = None
    raw: Decimal | None = None  # the score before rounding, where it was rounded
    score: Decimal | None = None
    manual: Decimal | None = None
    zeroed: str | None = None  # the gate that zeroes it
    rescaled: Decimal | None = None  # what leaving children out added to a sum
    missing_input: str | None = None
    waiver: str | None = None
    notes: list[Text] = field(default_factory=list)

    @property
    def is_leaf(self) -> bool:
        """Whether a method rates this line itself."""
        return self.plan.method is not None and (self.plan.for_each is None or self.row is not None)

    @property
    def policy(self) -> Applicability:
        """What its state does with its points."""
        match self.state:
            case State.WAIVED:
                return self.plan.waived
            case State.UNVERIFIED:
                return self.plan.unverified
            case State.MISSING:
                return Applicability("zero")
            case State.NOT_APPLICABLE:
                return self.plan.not_applicable
            case State.SCORED | State.INFORMATIONAL:
                return Applicability("exclude")

    @property
    def counts(self) -> bool:
        """Whether the line has a rate that its parent takes in."""
        if self.state is State.SCORED:
            return True
        return self.state is not State.INFORMATIONAL and self.policy.policy in ("full", "zero")

    @property
    def sums(self) -> bool:
        """Whether the children's scores add up to the score (else their rates are combined)."""
        return self.plan.aggregate == "sum"

    def leaves(self) -> Iterator["Node"]:
        """Yield the leaves below, or the node itself where it is one, in document order."""
        for node in self.walk():
            if node.is_leaf:
                yield node

    def walk(self) -> Iterator["Node"]:
        """Yield the node and everything below, parents first."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            if node.children:
                waiting += reversed(node.children)


def fixed_rate(node: Node) -> tuple[Decimal, Decimal]:
    """Return numerator and denominator of the share that a counting leaf earned."""
    if node.state is State.SCORED and node.rated is not None:
        return node.rated.numerator, node.rated.denominator
    return (ONE if node.policy.policy == "full" else ZERO), ONE


def share_of(rated: Rated) -> Decimal:
    """Return a rating's share as one decimal, 34 digits.

    >>> from perfrules.errors import Text
    >>> share_of(Rated(Decimal(1), Text(), Decimal(4)))
    Decimal('0.25')
    """
    if rated.denominator == ONE:
        return rated.numerator
    return CONTEXT.divide(rated.numerator, rated.denominator)
