"""`levels` by column: what each label of a rating is worth."""

from typing import TYPE_CHECKING

import numpy as np

from perfrules.decimals import ONE, ZERO, snap
from perfrules.engine.batch.kernel.arithmetic import combine
from perfrules.engine.batch.kernel.chunk import BoolsOf, Chunk, UnsupportedError
from perfrules.engine.batch.kernel.compare import Test, compare
from perfrules.engine.batch.kernel.effects import Effects, there
from perfrules.engine.batch.kernel.numbers import Known, Number
from perfrules.engine.batch.kernel.rule import Rule
from perfrules.engine.batch.kernel.shares import (
    NOTHING,
    Cases,
    Portion,
    Share,
    by_index,
    plus,
    quotient,
)
from perfrules.engine.batch.kernel.values import Constant, Label, Places, inverse, number
from perfrules.engine.batch.vectors import Bools

if TYPE_CHECKING:
    from perfrules.lang.methods.levels import LevelsPlan
    from perfrules.lang.methods.scale import Range, Scale

_TWO = ONE + ONE


def levels(method: "LevelsPlan", rule: Rule) -> Share:
    """The level's worth; unverified where an anchor asks for evidence: a batch brings none."""
    label = rule.value(method.level)
    if not isinstance(label, Label):
        raise UnsupportedError
    options = method.level.type.of
    index = Places(label, {option: place for place, option in enumerate(options)}, len(options))
    chosen, lacking = _chosen(method, rule)
    shares: list[Share] = []
    for place, option in enumerate(options):
        effects = Effects()
        shares.append(_label(method, rule.within(effects), option, chosen, lacking))
        rule.effects.take(effects, _at(index, place))
        anchor = method.anchors.get(option)
        if anchor is not None and anchor.evidence:
            rule.unverified.append(_at(index, place))
    rule.effects.odd(there(_at(index, len(options))))
    return by_index(index, [*shares, NOTHING])


def _at(index: Places, place: int) -> BoolsOf:
    return lambda chunk: np.equal(index(chunk), place)


def _chosen(method: "LevelsPlan", rule: Rule) -> tuple[Number | None, BoolsOf | None]:
    """Return the chosen value, and where there is none."""
    if method.chosen is None:
        return None, None
    effects = Effects()
    found = number(rule.within(effects).value(method.chosen))
    find = effects.find()
    if not effects.marks:
        return found, None
    if effects.odds:
        rule.effects.odd(lambda chunk: find(chunk)[1])

    def lacking(chunk: Chunk) -> Bools:
        mask = find(chunk)[0]
        return np.zeros(chunk.size, np.bool_) if mask is None else mask

    return found, lacking


def _label(
    method: "LevelsPlan", rule: Rule, option: str, chosen: Number | None, lacking: BoolsOf | None
) -> Share:
    if method.scale.table is not None:
        table = rule.value(method.scale.table)
        return _listed(rule, table, option)
    if option not in method.scale.ranges:
        rule.effects.always_odd()
        return NOTHING
    if chosen is None:
        return worth(method.scale, rule, option)
    effects, others = Effects(), Effects()
    there_ = _set(method.scale, rule.within(effects), option, chosen)
    if lacking is None:
        rule.effects.take(effects)
        return there_
    rule.effects.take(effects, inverse(lacking))
    alone = worth(method.scale, rule.within(others), option)
    rule.effects.take(others, lacking)
    return Cases(((lacking, alone),), there_)


def _listed(rule: Rule, table: object, option: str) -> Share:
    """Return what a map parameter says of a label."""
    if not isinstance(table, Constant) or not isinstance(table.value, dict):
        raise UnsupportedError
    share = table.value.get(option)
    if share is None or not ZERO <= snap(share) <= ONE:
        rule.effects.always_odd()
        return NOTHING
    return Portion(Known(share), Known(ONE))


def worth(scale: "Scale", rule: Rule, option: str) -> Portion:
    """Return what a label is worth by itself: of a range the end or the middle."""
    item = scale.ranges[option]
    high = rule.share(item.high)
    low = _low(rule, item, high)
    if low is None or scale.default == "top":
        return high
    if scale.default == "bottom":
        return low
    total = plus(rule.effects, high, low)
    return Portion(total.over, combine(rule.effects, "*", total.under, Known(_TWO)))


def _low(rule: Rule, item: "Range", high: Portion) -> Portion | None:
    """Return the lower end of a range; ends that are reversed are refused."""
    if item.low is None:
        return None
    low = rule.share(item.low)
    rule.refuse(compare("<", quotient(rule.effects, high), quotient(rule.effects, low)))
    return low


def _set(scale: "Scale", rule: Rule, option: str, chosen: Number) -> Portion:
    """Return the value chosen in a label's range; an edge belongs to the better label."""
    item = scale.ranges[option]
    high = rule.share(item.high)
    low = _low(rule, item, high)
    top = quotient(rule.effects, high)
    bottom = top if low is None else quotient(rule.effects, low)
    rule.refuse(compare("<", chosen, bottom))
    rule.refuse(compare(">", chosen, top))
    order = list(scale.ranges)
    place = order.index(option)
    if place and low is not None:
        upper = scale.ranges[order[place - 1]]
        edge = quotient(rule.effects, rule.share(upper.low or upper.high))
        rule.refuse(_all(compare("==", chosen, top), compare("==", chosen, edge)))
    return Portion(chosen, Known(ONE))


def _all(left: Test, right: Test) -> Test:
    if isinstance(left, bool):
        return right if left else False
    if isinstance(right, bool):
        return left if right else False
    return lambda chunk: left(chunk) & right(chunk)
