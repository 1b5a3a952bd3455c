"""`met`, `formula`, `checklist`, `levels`."""

from decimal import Decimal
from fractions import Fraction

from perfrules.decimals import CONTEXT, snap
from perfrules.errors import Text
from perfrules.lang.methods.checklist import ChecklistPlan
from perfrules.lang.methods.formula import FormulaPlan
from perfrules.lang.methods.levels import LevelsPlan
from perfrules.lang.methods.met import MetPlan
from perfrules.lang.methods.scale import Range, Scale
from perfrules.lang.tree import Expr
from perfrules.sql.expressions import holds, is_label, value
from perfrules.sql.methods.share import NOTHING, WHOLE, Rating, Share
from perfrules.sql.nodes import Cond, both, negated, some
from perfrules.sql.number import ONE, ZERO, Number, decimal, within
from perfrules.sql.scene import Unsaid
from perfrules.sql.values import Chosen, Label, Listing


def met(plan: MetPlan, at: Rating) -> Share:
    """Return all, or the fallback."""
    found = holds(at.scene, plan.when)
    at.shown(plan.when)
    if plan.otherwise is None:
        return at.select([(found, WHOLE)], NOTHING)
    with at.scene.watch.when(negated(found)):
        other = at.worth(plan.otherwise)
    return at.select([(found, WHOLE)], other)


def formula(plan: FormulaPlan, at: Rating) -> Share:
    """Return the expression's value; PRF542 where it is outside 0 to the whole."""
    found = at.number(plan.expr)
    at.shown(plan.expr)
    whole = decimal(at.points) if plan.in_points else ONE
    numbers = at.scene.numbers
    good = both(numbers.compare(">=", found, ZERO), numbers.compare("<=", found, whole))
    found = at.required("PRF542", found, good)
    near = Fraction(1, 10**12)
    return at.floored(Share(within(found, -near, whole.high + near), whole))


def checklist(plan: ChecklistPlan, at: Rating) -> Share:
    """Return the sum of what is there; nothing where a required element isn't."""
    worths = [item.worth for item in plan.elements]
    whole = plan.whole
    if whole is None:
        whole = Decimal(0)
        for worth in worths:
            whole = CONTEXT.add(whole, worth)
        at.scene.watch.tell("PRF564", whole != at.points)
    chosen = value(at.scene, plan.actual) if plan.actual is not None else None
    there: list[Cond] = []
    for item in plan.elements:
        if item.when is not None:
            there.append(holds(at.scene, item.when))
        else:
            assert isinstance(chosen, Chosen)  # noqa: S101 - typed at load
            found = at.scene.steps.dialect.holds(chosen.node, item.id)
            there.append(at.scene.condition(found))
    numbers = at.scene.numbers
    held = ZERO
    for worth, here in zip(worths, there, strict=True):
        held = numbers.add(held, numbers.select([(here, decimal(worth))], ZERO))
    needed = [here for item, here in zip(plan.elements, there, strict=True) if item.required]
    lacking = some(negated(here) for here in needed)
    held = within(numbers.named(held), Fraction(0), Fraction(whole))
    return at.select([(lacking, NOTHING)], Share(held, decimal(whole)))


def levels(plan: LevelsPlan, at: Rating) -> Share:
    """Return the level's worth, or the value chosen in its range."""
    if any(anchor.evidence for anchor in plan.anchors.values()):
        raise Unsaid(Text("佐证材料（evidence）", "evidence"), where=plan.level.where)
    label = value(at.scene, plan.level)
    assert isinstance(label, Label)  # noqa: S101 - typed at load
    return scaled(plan.scale, at, label, plan.chosen)


def scaled(scale: Scale, at: Rating, label: Label, chosen: Expr | None) -> Share:
    """Return what a label is worth; PRF533, PRF561, PRF563 and PRF568 as the scale tells them."""
    given: tuple[Number, Cond] | None = at.attempt(chosen) if chosen is not None else None
    if scale.table is not None:
        return _listed(scale.table, at, label)
    pairs: list[tuple[Cond, Share]] = []
    for name, item in scale.ranges.items():
        here = at.scene.condition(is_label(label, name))
        with at.scene.watch.when(here):
            pairs.append((here, _ranged(scale, at, name, item, given)))
    return at.select(pairs)


def _listed(table: Expr, at: Rating, label: Label) -> Share:
    found = value(at.scene, table)
    assert isinstance(found, Listing)  # noqa: S101 - typed at load
    pairs: list[tuple[Cond, Share]] = []
    for name, share in found.entries.items():
        assert isinstance(share, Decimal)  # noqa: S101 - typed at load
        here = at.scene.condition(is_label(label, str(name)))
        if not 0 <= snap(share) <= 1:
            at.scene.watch.tell("PRF563", here)
            continue
        pairs.append((here, Share(decimal(share))))
    known = some(is_label(label, str(name)) for name in found.entries)
    at.scene.watch.tell("PRF533", negated(known))
    return at.select(pairs) if pairs else NOTHING


def _ranged(
    scale: Scale, at: Rating, name: str, item: Range, given: tuple[Number, Cond] | None
) -> Share:
    """Return what one label is worth."""
    high = at.worth(item.high)
    if given is None:
        return _default(scale, at, item, high)
    picked, lacks = given
    with at.scene.watch.when(lacks):
        other = _default(scale, at, item, high)
    with at.scene.watch.when(negated(lacks)):
        found = _picked(scale, at, name, item, picked)
    return at.select([(lacks, other)], found)


def _default(scale: Scale, at: Rating, item: Range, high: Share) -> Share:
    if item.low is None:
        return high
    low = _low(at, item, high)
    match scale.default:
        case "top":
            return high
        case "bottom":
            return low
        case _:
            total = at.plus(high, low)
            two = decimal(Decimal(2))
            return Share(total.top, at.scene.numbers.multiply(total.bottom, two))


def _low(at: Rating, item: Range, high: Share) -> Share:
    """Return the lower end; PRF568 where the ends are reversed."""
    assert item.low is not None  # noqa: S101 - the caller looked
    low = at.worth(item.low)
    at.scene.watch.tell("PRF568", at.under(high, low))
    return low


def _picked(scale: Scale, at: Rating, name: str, item: Range, picked: Number) -> Share:
    """Return the value chosen; PRF561 outside the range, or on an edge that is the better one's."""
    numbers = at.scene.numbers
    found = numbers.snap(picked)
    high_share = at.worth(item.high)
    high = numbers.snap(at.value(high_share))
    low = high if item.low is None else numbers.snap(at.value(_low(at, item, high_share)))
    inside = both(numbers.raw("<=", low, found), numbers.raw("<=", found, high))
    order = list(scale.ranges)
    place = order.index(name)
    edge: Cond = False
    if place and item.low is not None:
        upper = scale.ranges[order[place - 1]]
        bottom = numbers.snap(at.value(at.worth(upper.low or upper.high)))
        edge = both(numbers.raw("==", found, high), numbers.raw("==", found, bottom))
    kept = at.required("PRF561", picked, both(inside, negated(edge)))
    near = Fraction(1, 10**12)
    return Share(within(kept, -near, 1 + near))
