"""What a scoring method can be seen to do: its bands, levels, elements, steps, sides and edges.

`method_marks` says what there is, `method_keys` what one evaluation passed; the two agree on keys.
Conditions inside a method's expressions are counted with all other conditions.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from perfrules.analysis.coverage.point import ABOVE, AT, BELOW, Key, Mark, Sides, key_of
from perfrules.decimals import CONTEXT, snap
from perfrules.errors import Text
from perfrules.lang.frame import Evaluation, Fault
from perfrules.lang.methods.amount import Amount
from perfrules.lang.methods.bands import Band, BandsPlan
from perfrules.lang.methods.base import MethodPlan
from perfrules.lang.methods.checklist import ChecklistPlan
from perfrules.lang.methods.deadline import DeadlinePlan
from perfrules.lang.methods.deduct import DeductPlan, Occurrence, Steps
from perfrules.lang.methods.levels import LevelsPlan
from perfrules.lang.methods.linear import LinearPlan, Slope
from perfrules.lang.methods.measure import constant
from perfrules.lang.methods.proportional import ProportionalPlan
from perfrules.lang.methods.rank import RankPlan
from perfrules.lang.methods.scale import Scale
from perfrules.lang.methods.share import NOTHING, WHOLE, Share
from perfrules.lang.tree import Expr

_SIDES: Final = {
    BELOW: (BELOW, "低于", "below", frozenset({BELOW})),
    "at most": (BELOW, "不高于", "at most", frozenset({BELOW, AT})),
    AT: (AT, "恰好等于", "exactly", frozenset({AT})),
    "at least": (ABOVE, "不低于", "at least", frozenset({AT, ABOVE})),
    ABOVE: (ABOVE, "高于", "above", frozenset({ABOVE})),
}


def method_marks(method: MethodPlan) -> Iterator[Mark]:  # noqa: C901, PLR0912 - one case a method
    """Yield the marks of a method's own rules, not those of methods inside it."""
    match method:
        case BandsPlan():
            for place, band in enumerate(method.bands):
                yield _mark(
                    band.high.expr, "band", f"第{place + 1}档", f"band {place + 1}",
                    f"使 {method.actual.text} 落入该档", f"put {method.actual.text} into it",
                )  # fmt: skip
                if band.bound is not None:
                    yield _edge(method.actual, band.bound)
        case LevelsPlan():
            yield from scale_marks(method.level, method.scale, method.chosen)
            for label, anchor in method.anchors.items():
                for given in (True, False) if anchor.evidence else ():
                    yield _mark(
                        method.level, "evidence",
                        f"“{label}”{'附' if given else '未附'}佐证材料",
                        f"{label} {'with' if given else 'without'} evidence",
                        f"评为“{label}”，{'填写' if given else '不填'} evidence",
                        f"rate it {label}, {'with' if given else 'without'} evidence",
                        "evidence", label, given,
                    )  # fmt: skip
        case ChecklistPlan():
            for item in method.elements:
                yield from _element_marks(method, item.id, item.when)
        case LinearPlan():
            for line in method.slopes:
                for end in (line.zero, line.full):
                    yield from _three(method.actual, end, _line_edge(line, end))
        case ProportionalPlan():
            yield from _proportional_marks(method)
        case DeductPlan():
            for loss in method.losses:
                yield from _loss_marks(loss)
            if method.at_most is not None:
                yield _capped(method.at_most)
        case DeadlinePlan():
            yield from _three(method.actual, method.due, BELOW)
            if method.step is not None and method.step.at_most is not None:
                yield _capped(method.step.at_most)
        case RankPlan():
            worths = (*method.table, *((method.rest,) if method.rest else ()))
            for place, worth in enumerate(worths, start=1):
                behind = place > len(method.table)
                yield _mark(
                    worth.expr, "band",
                    "表外名次" if behind else f"第{place}名",
                    "a place behind the table" if behind else f"place {place}",
                    f"使名次为{place}", f"give it place {place}",
                )  # fmt: skip
            if method.at_most is not None:
                yield _capped(method.at_most)
        case _:
            return


def method_keys(method: MethodPlan, at: Evaluation) -> Iterator[Key]:
    """Yield the keys of what a method does in one evaluation; what can't be computed has none."""
    with suppress(Fault):
        match method:
            case BandsPlan():
                yield from _band_keys(method, at)
            case LevelsPlan():
                yield from _level_keys(method, at)
            case ChecklistPlan():
                yield from _element_keys(method, at)
            case LinearPlan():
                for line in method.slopes:
                    for end in (line.zero, line.full):
                        yield from _side(method.actual, end, at, _line_edge(line, end))
            case ProportionalPlan():
                yield from _proportional_keys(method, at)
            case DeductPlan():
                yield from _loss_keys(method, at)
            case DeadlinePlan():
                yield from _side(method.actual, method.due, at, BELOW)
                if method.step is not None and method.step.at_most is not None:
                    yield from _deadline_cap(method, at)
            case RankPlan():
                yield from _rank_keys(method, at)
            case _:
                return


def _mark(
    expr: Expr, kind: str, zh: str, en: str, needs_zh: str, needs_en: str, *tags: str | bool
) -> Mark:
    return Mark(
        key_of(expr, *(tags or (kind,))), kind, expr.where, Text(zh, en), Text(needs_zh, needs_en)
    )


def _edge(actual: Expr, bound: Expr) -> Mark:
    return _one_side(actual, bound, _SIDES[AT])


def _three(actual: Expr, bound: Expr, edge_is: str | None) -> Iterator[Mark]:
    """Yield both sides of a bound and its edge; *edge_is* the side that the edge belongs to."""
    yield _one_side(actual, bound, _SIDES[BELOW if edge_is != BELOW else "at most"])
    yield _one_side(actual, bound, _SIDES[AT])
    yield _one_side(actual, bound, _SIDES[ABOVE if edge_is != ABOVE else "at least"])


def _one_side(actual: Expr, bound: Expr, side: tuple[str, str, str, frozenset[str]]) -> Mark:
    name, zh, en, of = side
    found = _mark(
        bound, "edge" if name == AT else "side",
        f"{actual.text} {zh} {bound.text}", f"{actual.text} {en} {bound.text}",
        f"使 {actual.text} {zh} {bound.text}", f"make {actual.text} {en} {bound.text}",
        "side", name,
    )  # fmt: skip
    return replace(found, sides=Sides(actual.tree, bound.tree, of))


def _side(actual: Expr, bound: Expr, at: Evaluation, edge_is: str | None) -> Iterator[Key]:
    left, right = at.value(actual), at.value(bound)
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        gap = CONTEXT.compare(snap(left), snap(right))
    else:
        assert isinstance(left, date)  # noqa: S101 - typed at load
        assert isinstance(right, date)  # noqa: S101 - typed at load
        gap = Decimal((left - right).days)
    yield key_of(bound, "side", BELOW if gap < 0 else AT if gap == 0 else ABOVE)
    if gap == 0 and edge_is is not None:
        yield key_of(bound, "side", edge_is)


def _line_edge(line: Slope, end: Expr) -> str | None:
    """Return the side that the end of a line belongs to, where the line's ends are written."""
    zero, full = constant(line.zero), constant(line.full)
    if zero is None or full is None:
        return None
    return ABOVE if (end is line.full) is (zero < full) else BELOW


def _capped(most: Amount) -> Mark:
    return _mark(
        most.expr, "limit", f"达到扣分上限 {most.expr.text}", f"more than {most.expr.text} is lost",
        f"使应扣的超过 {most.expr.text}", f"lose more than {most.expr.text}",
    )  # fmt: skip


def _over(most: Amount, lost: Share, at: Evaluation) -> Iterator[Key]:
    if most.share(at).under(lost):
        yield key_of(most.expr, "limit")


def _band_keys(method: BandsPlan, at: Evaluation) -> Iterator[Key]:
    actual = at.value(method.actual)
    assert isinstance(actual, Decimal)  # noqa: S101 - typed at load
    found: Band | None = None
    for band in method.bands:
        if band.bound is None:
            found = found or band
            continue
        bound = at.value(band.bound)
        assert isinstance(bound, Decimal)  # noqa: S101 - typed at load
        if snap(actual) == snap(bound):
            yield key_of(band.bound, "side", AT)
        if found is None and band.holds(snap(actual), snap(bound)):
            found = band
    if found is not None:
        yield key_of(found.high.expr, "band")


def scale_marks(level: Expr, scale: Scale, chosen: Expr | None = None) -> Iterator[Mark]:
    """Yield the marks of a rating's levels."""
    ranged = any(item.low is not None for item in scale.ranges.values())
    for label in level.type.of:
        if scale.table is None and label not in scale.ranges:
            continue
        yield _mark(
            level, "level", f"等级“{label}”", f"level {label}",
            f"使 {level.text} 为“{label}”", f"rate {level.text} {label}", "level", label,
        )  # fmt: skip
    if ranged and chosen is not None:
        for given, zh, en in (
            (True, "填写核定值", "a chosen value"),
            (False, "不填核定值", "none"),
        ):
            yield _mark(
                level, "level", f"区间等级{zh}", f"a range with {en}", f"在区间等级上{zh}",
                f"rate a range with {en}", "chosen", given,
            )  # fmt: skip


def _level_keys(method: LevelsPlan, at: Evaluation) -> Iterator[Key]:
    label = str(at.value(method.level))
    yield key_of(method.level, "level", label)
    item = method.scale.ranges.get(label)
    if item is not None and item.low is not None:
        given = False
        if method.chosen is not None:
            with suppress(Fault):
                at.value(method.chosen)
                given = True
        yield key_of(method.level, "chosen", given)
    anchor = method.anchors.get(label)
    if anchor is not None and anchor.evidence:
        yield key_of(method.level, "evidence", label, at.evidence is not None)


def _element_marks(method: ChecklistPlan, name: str, when: Expr | None) -> Iterator[Mark]:
    if when is not None or method.actual is None:
        return  # its condition has both sides among the conditions
    for there, zh, en in ((True, "选中", "chosen"), (False, "未选", "not chosen")):
        yield _mark(
            method.actual, "element", f"要素“{name}”{zh}", f"element {name} {en}",
            f"使 {method.actual.text} {'含' if there else '不含'}“{name}”",
            f"{'put' if there else 'leave'} {name} {'into' if there else 'out of'} "
            f"{method.actual.text}",
            "element", name, there,
        )  # fmt: skip


def _element_keys(method: ChecklistPlan, at: Evaluation) -> Iterator[Key]:
    if method.actual is None:
        return
    chosen = at.value(method.actual)
    assert isinstance(chosen, frozenset)  # noqa: S101 - typed at load
    for item in method.elements:
        if item.when is None:
            yield key_of(method.actual, "element", item.id, item.id in chosen)


def _proportional_marks(method: ProportionalPlan) -> Iterator[Mark]:
    yield from _three(method.actual, method.target, BELOW if method.lower else ABOVE)
    ratio = f"{method.actual.text} ÷ {method.target.text}"
    if method.lower:
        ratio = f"{method.target.text} ÷ {method.actual.text}"
    for limit, side, zh, en in (
        (method.floor, BELOW, "低于", "below"),
        (method.cap, ABOVE, "高于", "above"),
    ):
        if limit is None:
            continue
        worth = limit.expr.text
        for name, sign_zh, sign_en in ((side, zh, en), (AT, "恰好等于", "exactly")):
            yield _mark(
                limit.expr, "edge" if name == AT else "limit",
                f"得分率{sign_zh} {worth}", f"the rate is {sign_en} {worth}",
                f"使 {ratio} {sign_zh} {worth}", f"make {ratio} {sign_en} {worth}", "rate", name,
            )  # fmt: skip
    if method.over is not None:
        above = method.over.above
        for name, sign_zh, sign_en in ((ABOVE, "高于", "above"), (AT, "恰好等于", "exactly")):
            yield _mark(
                above, "edge" if name == AT else "side",
                f"完成比例{sign_zh} {above.text}", f"{ratio} is {sign_en} {above.text}",
                f"使 {ratio} {sign_zh} {above.text}", f"make {ratio} {sign_en} {above.text}",
                "over", name,
            )  # fmt: skip
    if method.zero_target != "error":
        yield _mark(
            method.target, "side", "目标值为0", "the target is 0",
            f"使 {method.target.text} 为 0", f"make {method.target.text} 0", "zero",
        )  # fmt: skip


def _proportional_keys(method: ProportionalPlan, at: Evaluation) -> Iterator[Key]:
    actual, target = at.value(method.actual), at.value(method.target)
    assert isinstance(actual, Decimal)  # noqa: S101 - typed at load
    assert isinstance(target, Decimal)  # noqa: S101 - typed at load
    if not snap(target):
        yield key_of(method.target, "zero")
        return
    yield from _side(method.actual, method.target, at, BELOW if method.lower else ABOVE)
    met = snap(actual) <= snap(target) if method.lower else snap(actual) >= snap(target)
    share = WHOLE if met else Share(*((target, actual) if method.lower else (actual, target)))
    for limit in (method.floor, method.cap):
        if limit is not None:
            edge = limit.share(at)
            yield key_of(limit.expr, "rate", _where(share, edge))
    if method.over is not None:
        above = at.value(method.over.above)
        assert isinstance(above, Decimal)  # noqa: S101 - typed at load
        yield key_of(method.over.above, "over", _where(Share(actual, target), Share(above)))


def _where(one: Share, other: Share) -> str:
    return BELOW if one.under(other) else ABOVE if other.under(one) else AT


def _loss_marks(loss: Steps | Occurrence) -> Iterator[Mark]:
    if isinstance(loss, Steps):
        yield from _three(loss.actual, loss.start, BELOW if loss.above else ABOVE)
        return
    for occurs, zh, en in ((True, "有发生", "occurs"), (False, "没有发生", "doesn't occur")):
        yield _mark(
            loss.count, "side", f"{loss.count.text} {zh}", f"{loss.count.text} {en}",
            f"使 {loss.count.text} {'大于' if occurs else '为'} 0",
            f"make {loss.count.text} {'more than' if occurs else ''} 0".replace("  ", " "),
            "occurs", occurs,
        )  # fmt: skip
    if loss.at_most is not None:
        yield _capped(loss.at_most)


def _loss_keys(method: DeductPlan, at: Evaluation) -> Iterator[Key]:
    total = NOTHING
    for loss in method.losses:
        total = total.plus(loss.loss(at)[0])
        if isinstance(loss, Steps):
            yield from _side(loss.actual, loss.start, at, BELOW if loss.above else ABOVE)
            continue
        count = at.value(loss.count)
        assert isinstance(count, Decimal)  # noqa: S101 - typed at load
        yield key_of(loss.count, "occurs", bool(snap(count)))
        if loss.at_most is not None:
            yield from _over(loss.at_most, Share(count).times(loss.lose.loss(at)), at)
    if method.at_most is not None:
        yield from _over(method.at_most, total, at)


def _deadline_cap(method: DeadlinePlan, at: Evaluation) -> Iterator[Key]:
    """Yield the key of the cap where the whole cost of being late is above it."""
    step = method.step
    assert step is not None  # noqa: S101 - the caller looked
    assert step.at_most is not None  # noqa: S101 - the caller looked
    rated = method.rate(at)
    lost = WHOLE.minus(Share(rated.numerator, rated.denominator))
    if not lost.under(step.at_most.share(at)):
        yield key_of(step.at_most.expr, "limit")


def _rank_keys(method: RankPlan, at: Evaluation) -> Iterator[Key]:
    place = at.value(method.actual)
    assert isinstance(place, Decimal)  # noqa: S101 - typed at load
    if method.lose is not None:
        steps = Share(CONTEXT.subtract(place, Decimal(1)))
        if method.at_most is not None:
            yield from _over(method.at_most, steps.times(method.lose.loss(at)), at)
        return
    found = method.table[int(place) - 1] if place <= len(method.table) else method.rest
    if found is not None:
        yield key_of(found.expr, "band")
