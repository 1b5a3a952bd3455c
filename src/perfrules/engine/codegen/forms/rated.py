"""`levels` in generated code: what each label of a rating is worth."""

from typing import TYPE_CHECKING

from perfrules.decimals import ONE, ZERO, snap
from perfrules.engine.codegen.arithmetic import combine
from perfrules.engine.codegen.expressions import value_of
from perfrules.engine.codegen.shares import Fraction, Rule, Sink, plus, quotient
from perfrules.engine.codegen.source import UnsupportedError
from perfrules.engine.codegen.values import Value, compare, constant, snapped

if TYPE_CHECKING:
    from perfrules.lang.methods.levels import LevelsPlan
    from perfrules.lang.methods.scale import Range, Scale

_TWO = ONE + ONE


def levels(method: "LevelsPlan", rule: Rule, sink: Sink) -> None:
    """The level's worth; unverified where its anchor asks for evidence in vain."""
    source = rule.source
    label = source.keep(value_of(rule.scope, method.level).code)
    chosen = _chosen(method, rule)
    table = None if method.scale.table is None else value_of(rule.scope, method.scale.table)
    head = "if"
    for option in method.level.type.of:
        with source.block(f"{head} {label} == {source.slot(option)}"):
            _label(method, rule, sink, option, chosen, table)
        head = "elif"
    with source.block("else"):
        source.give_up()


def _chosen(method: "LevelsPlan", rule: Rule) -> Value | None:
    """Return the chosen value, a local that is None where there is none."""
    if method.chosen is None:
        return None
    source = rule.source
    name = source.local()
    lacks = source.lacks
    with source.block("try"):
        found = value_of(rule.scope, method.chosen)
        source.line(f"{name} = {found.code}")
    with source.block("except Lack"):
        source.line(f"{name} = None")
    source.lacks = lacks
    return Value(name, found.low, found.high, found.places)


def _label(
    method: "LevelsPlan",
    rule: Rule,
    sink: Sink,
    option: str,
    chosen: Value | None,
    table: Value | None,
) -> None:
    source = rule.source
    anchor = method.anchors.get(option)
    if table is not None:
        _put(sink, _listed(rule, table, option))
    elif option not in method.scale.ranges:
        source.give_up()
    elif chosen is None:
        _put(sink, worth(method.scale, rule, option))
    else:
        with source.block(f"if {chosen.code} is None"):
            _put(sink, worth(method.scale, rule, option))
        with source.block("else"):
            _put(sink, _set(method.scale, rule, option, chosen))
    if anchor is not None and anchor.evidence:
        with source.block(f"if {rule.evidence} is None"):
            sink.unverified()


def _put(sink: Sink, share: Fraction | None) -> None:
    if share is not None:
        sink.put(share)


def _listed(rule: Rule, table: Value, option: str) -> Fraction | None:
    """Return what a map parameter says of a label."""
    source = rule.source
    if not isinstance(table.constant, dict):
        raise UnsupportedError
    share = table.constant.get(option)
    if share is None or not ZERO <= snap(share) <= ONE:
        source.give_up()
        return None
    return Fraction(constant(source, share), constant(source, ONE))


def worth(scale: "Scale", rule: Rule, option: str) -> Fraction:
    """Return what a label is worth by itself: of a range the end or the middle."""
    item = scale.ranges[option]
    source = rule.source
    high = rule.share(item.high)
    low = _low(rule, item, high)
    if low is None or scale.default == "top":
        return high
    if scale.default == "bottom":
        return low
    total = plus(source, high, low)
    return Fraction(total.over, combine(source, "*", total.under, constant(source, _TWO)))


def _low(rule: Rule, item: "Range", high: Fraction) -> Fraction | None:
    """Return the lower end of a range; ends that are reversed are refused."""
    if item.low is None:
        return None
    source = rule.source
    low = rule.share(item.low)
    rule.refuse(compare(source, "<", quotient(source, high), quotient(source, low)))
    return low


def _set(scale: "Scale", rule: Rule, option: str, chosen: Value) -> Fraction:
    """Return the value chosen in a label's range; an edge belongs to the better label."""
    source = rule.source
    item = scale.ranges[option]
    high = rule.share(item.high)
    low = _low(rule, item, high)
    top = snapped(source, quotient(source, high))
    bottom = top if low is None else snapped(source, quotient(source, low))
    rule.refuse(compare(source, "<", chosen, bottom))
    rule.refuse(compare(source, ">", chosen, top))
    order = list(scale.ranges)
    place = order.index(option)
    if place and low is not None:
        upper = scale.ranges[order[place - 1]]
        edge = rule.share(upper.low or upper.high)
        at_top = compare(source, "==", chosen, top)
        at_edge = compare(source, "==", chosen, snapped(source, quotient(source, edge)))
        if at_top.constant is not False and at_edge.constant is not False:
            source.give_up(f"{at_top.code} and {at_edge.code}")
    return Fraction(chosen, constant(source, ONE))
