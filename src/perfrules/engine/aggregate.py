"""Scores, bottom up: rounded once at the leaf, added exactly, or combined as rates."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfrules.decimals import CONTEXT, ONE, ZERO, round_to, snap
from perfrules.engine.expand import weight_of
from perfrules.engine.node import Node, fixed_rate, share_of
from perfrules.engine.result import State
from perfrules.lang.plan import Aggregation, Plan, Rounding


def rounding_of(node: Node, plan: Plan) -> Rounding:
    """Return the node's own rounding, else the ruleset's for leaves."""
    return node.plan.rounding or plan.rounding


def score(node: Node, plan: Plan) -> None:
    """Set rate and score of *node* and of all below it."""
    if node.is_leaf:
        _score_leaf(node, plan)
        return
    for child in node.children:
        score(child, plan)
    if node.state is State.INFORMATIONAL:
        return
    if not node.counts:
        return
    if node.state is not State.SCORED:
        _score_fixed(node, plan)
    elif node.sums:
        _score_sum(node, plan)
    else:
        _score_rates(node, plan)


def _score_leaf(node: Node, plan: Plan) -> None:
    if node.state is State.INFORMATIONAL:
        if node.rated is not None:
            node.rate = share_of(node.rated)
        return
    if not node.counts:
        return
    rounding = rounding_of(node, plan)
    numerator, denominator = fixed_rate(node)
    node.rate = CONTEXT.divide(numerator, denominator)
    if node.points is None:
        if node.plan.rounding is not None:
            node.rate = round_to(node.rate, rounding.digits, rounding.mode)
        if node.zeroed:
            node.rate = ZERO
        return
    product = CONTEXT.multiply(node.effective or ZERO, numerator)
    node.raw = CONTEXT.divide(product, denominator)
    node.score = round_to(node.raw, rounding.digits, rounding.mode)
    if node.manual is not None:
        node.score = node.manual
    if node.zeroed:
        node.score = ZERO.scaleb(-rounding.digits)
        node.rate = ZERO
    elif node.manual is not None and node.effective:
        node.rate = CONTEXT.divide(node.score, node.effective)


def _score_fixed(node: Node, plan: Plan) -> None:
    """A branch that isn't applicable and counts: full or zero."""
    full = node.policy.policy == "full" and not node.zeroed
    node.rate = ONE if full else ZERO
    if node.effective is not None:
        rounding = rounding_of(node, plan)
        node.raw = CONTEXT.multiply(node.effective, node.rate)
        node.score = round_to(node.raw, rounding.digits, rounding.mode)


def _score_sum(node: Node, plan: Plan) -> None:
    rounding = rounding_of(node, plan)
    found = add_up(node.children)
    node.score, node.rescaled = found.score, None
    if found.excluded:
        node.raw = found.rescaled
        node.score = round_to(found.rescaled, rounding.digits, rounding.mode)
        node.rescaled = CONTEXT.subtract(node.score, found.score)
    base = node.effective or found.possible
    node.rate = CONTEXT.divide(node.score, base) if base else ONE


@dataclass(frozen=True, slots=True)
class Sum:
    """What lines add up to: their scores, their effective points, the points left out."""

    score: Decimal
    possible: Decimal
    excluded: Decimal

    @property
    def rescaled(self) -> Decimal:
        """The score that the rate of what counts gives of all the points."""
        if not self.excluded or not self.possible:
            return self.score
        whole = CONTEXT.add(self.possible, self.excluded)
        return CONTEXT.divide(CONTEXT.multiply(self.score, whole), self.possible)


def add_up(nodes: Sequence[Node]) -> Sum:
    """Return the exact sums of *nodes*."""
    score = possible = excluded = ZERO
    for node in nodes:
        if node.counts and node.score is not None:
            score = CONTEXT.add(score, node.score)
            possible = CONTEXT.add(possible, node.effective or ZERO)
        elif node.state is not State.INFORMATIONAL:
            excluded = CONTEXT.add(excluded, node.excluded)
    return Sum(score, possible, excluded)


def _score_rates(node: Node, plan: Plan) -> None:
    node.rate = combine(node.plan.aggregate, node.children)
    rounding = rounding_of(node, plan)
    if node.points is None and node.plan.rounding is not None:
        node.rate = round_to(node.rate, rounding.digits, rounding.mode)
    if node.effective is not None and node.points is not None:
        node.raw = CONTEXT.multiply(node.effective, node.rate)
        node.score = round_to(node.raw, rounding.digits, rounding.mode)


def combine(how: Aggregation, nodes: Sequence[Node]) -> Decimal:
    """Return the combined rate of the children that count, unrounded.

    `geometric_mean` is exp(Σ w ln r ÷ Σ w), 0 where a rate is 0: the form of the HDI.
    """
    counted = [node for node in nodes if node.counts and node.rate is not None]
    if not counted:
        return ZERO
    rates = [node.rate or ZERO for node in counted]
    if how == "minimum":
        return min(rates, key=snap)
    weights = [weight_of(node) for node in counted]
    whole = ZERO
    for weight in weights:
        whole = CONTEXT.add(whole, weight)
    if not whole:
        return ZERO
    if how == "geometric_mean":
        return geometric(rates, weights, whole)
    found = ZERO
    for rate, weight in zip(rates, weights, strict=True):
        found = CONTEXT.add(found, CONTEXT.multiply(rate, weight))
    return CONTEXT.divide(found, whole)


def geometric(rates: Sequence[Decimal], weights: Sequence[Decimal], whole: Decimal) -> Decimal:
    """Return the weighted geometric mean of rates; *whole* is the sum of the weights.

    >>> geometric([Decimal(0), ONE], [ONE, ONE], Decimal(2))
    Decimal('0')
    """
    if any(rate <= 0 and weight for rate, weight in zip(rates, weights, strict=True)):
        return ZERO
    found = ZERO
    for rate, weight in zip(rates, weights, strict=True):
        if weight:
            found = CONTEXT.add(found, CONTEXT.multiply(weight, CONTEXT.ln(rate)))
    return CONTEXT.exp(CONTEXT.divide(found, whole))
