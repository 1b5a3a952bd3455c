"""What each label of a rating is worth: a share, or a range with a value chosen inside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal, TypeAlias

from perfrules.decimals import CONTEXT, snap
from perfrules.errors import Path, Text
from perfrules.lang.document import Scalar
from perfrules.lang.frame import Evaluation, Fault
from perfrules.lang.methods.amount import Amount, amount
from perfrules.lang.methods.base import Scope
from perfrules.lang.methods.labels import fit_labels
from perfrules.lang.methods.measure import constant
from perfrules.lang.methods.pair import OneOrTwo, shown_values
from perfrules.lang.methods.phrase import percent, phrase
from perfrules.lang.methods.share import Share
from perfrules.lang.spec.fields import one_of
from perfrules.lang.tree import Expr
from perfrules.lang.types import Kind

Default: TypeAlias = Literal["top", "middle", "bottom"]
DefaultField = Annotated[Default, one_of(Default)]

# 财预〔2020〕10号, 绩效自评表: 达成 100%–80%(含), 部分达成 80%–60%(含), 未达成 60%–0.
NATIONAL = (("100%", "80%"), ("80%", "60%"), ("60%", "0%"))

_WORDS = {
    "top": Text("取上限", "its upper end"),
    "middle": Text("取中间值", "its middle"),
    "bottom": Text("取下限", "its lower end"),
}


@dataclass(frozen=True, slots=True)
class Range:
    """A label's worth: `high` alone, or from `high` down to `low`."""

    high: Amount
    low: Amount | None

    @property
    def ends(self) -> tuple[Amount, ...]:
        """The values it is written with."""
        return (self.high,) if self.low is None else (self.high, self.low)


@dataclass(frozen=True, slots=True)
class Scale:
    """Ranges by label, best first, or a map parameter that holds a share by label."""

    ranges: Mapping[str, Range]
    table: Expr | None
    default: Default | None

    @property
    def reads(self) -> tuple[Expr, ...]:
        """Every value of it."""
        found = tuple(end.expr for item in self.ranges.values() for end in item.ends)
        return found if self.table is None else (self.table, *found)

    def rate(self, at: Evaluation, label: str, chosen: Expr | None = None) -> tuple[Share, Text]:
        """Return what *label* is worth, and why; *chosen* is the value chosen in its range.

        Raises:
            Fault: PRF533 a label the map lacks, PRF561 a chosen value outside the label's range,
                PRF563 a share that is none, PRF568 a range whose ends are reversed.
        """
        if self.table is not None:
            return self._listed(at, self.table, label)
        item = self.ranges[label]
        high = item.high.share(at)
        if chosen is not None:
            return self._chosen(at, label, chosen)
        if item.low is None:
            worth = item.high.show(at)
            return high, phrase("评为“{label}”（{worth}）", "rated {label} ({worth})",
                                label=label, worth=worth)  # fmt: skip
        low = self._low(at, item)
        share = {"top": high, "bottom": low}.get(self.default or "") or _middle(high, low)
        because = phrase(
            "评为“{label}”（{high}至{low}），{word}{value}",
            "rated {label} ({high} to {low}): {word} {value}",
            label=label,
            high=item.high.show(at),
            low=item.low.show(at),
            word=_WORDS[self.default or "middle"],
            value=percent(share.value),
        )
        return share, because

    def _listed(self, at: Evaluation, table: Expr, label: str) -> tuple[Share, Text]:
        found = at.value(table)
        assert isinstance(found, Mapping)  # noqa: S101 - typed at load
        if label not in found:
            known = ", ".join(map(str, found))
            raise Fault("PRF533", where=table.where, key=label, known=known, map=table.text)
        share = found[label]
        if not 0 <= snap(share) <= 1:
            shown = percent(share)
            raise Fault("PRF563", where=table.where, text=table.text, value=shown, right="100%")
        because = phrase("评为“{label}”（{worth}）", "rated {label} ({worth})",
                         label=label, worth=percent(share))  # fmt: skip
        return Share(share), because

    def _low(self, at: Evaluation, item: Range) -> Share:
        """Return the lower end of a range."""
        assert item.low is not None  # noqa: S101 - the caller looked
        high, low = item.high.share(at), item.low.share(at)
        if high.under(low):
            raise Fault(
                "PRF568",
                where=item.low.expr.where,
                value=item.low.show(at),
                other=item.high.show(at),
            )
        return low

    def _chosen(self, at: Evaluation, label: str, chosen: Expr) -> tuple[Share, Text]:
        value = at.value(chosen)
        assert isinstance(value, Decimal)  # noqa: S101 - typed at load
        item, found = self.ranges[label], snap(value)
        high = snap(item.high.share(at).value)
        low = high if item.low is None else snap(self._low(at, item).value)
        upper = self._upper(label)
        edge = upper is not None and found == high and found == self._bottom(at, upper)
        if not low <= found <= high or (edge and item.low is not None):
            raise Fault(
                "PRF561",
                where=chosen.where,
                value=at.show(chosen, value),
                name=label,
                left=percent(low),
                right=percent(high),
            )
        because = phrase(
            "评为“{label}”（{high}至{low}），核定{value}",
            "rated {label} ({high} to {low}), set at {value}",
            label=label,
            high=percent(high),
            low=percent(low),
            value=at.show(chosen, value),
        )
        return Share(value), because

    def _upper(self, label: str) -> Range | None:
        """Return the range of the next better label."""
        order = list(self.ranges)
        place = order.index(label)
        return self.ranges[order[place - 1]] if place else None

    def _bottom(self, at: Evaluation, item: Range) -> Decimal:
        return snap((item.low or item.high).share(at).value)

    def reachable(self) -> tuple[Decimal, Decimal] | None:
        """Return the smallest and largest share of any label."""
        found = [end.static(None) for item in self.ranges.values() for end in item.ends]
        known = [item for item in found if item is not None]
        return (min(known), max(known)) if known and len(known) == len(found) else None


def _middle(high: Share, low: Share) -> Share:
    total = high.plus(low)
    return Share(total.numerator, CONTEXT.multiply(total.denominator, Decimal(2)))


def scale(
    scope: Scope, raw: Scalar | Mapping[str, OneOrTwo], level: Expr, default: Default | None
) -> Scale | None:
    """Return what the labels of *level* are worth, or None after reporting what is wrong."""
    if isinstance(raw, Scalar):
        table = scope.value(("shares",), raw, Kind.MAP)
        if default is not None:
            _needs_ranges(scope, "default")
            return None
        return None if table is None else Scale({}, table, None)
    of = level.type.of
    fits = fit_labels(scope, ("shares",), raw, of)
    found = {label: _range(scope, ("shares", label), item) for label, item in raw.items()}
    ranges = {label: found[label] for label in of if label in found}
    sound = {label: item for label, item in ranges.items() if item is not None}
    if not fits or len(sound) < len(raw):
        return None
    ranged = any(item.low is not None for item in sound.values())
    if ranged and default is None:
        scope.report("PRF432", ("shares",), key=True)
        return None
    if default is not None and not ranged:
        _needs_ranges(scope, "default")
        return None
    return Scale(sound, None, default) if _apart(scope, sound, ranged=ranged) else None


def national(scope: Scope, level: Expr, default: Default) -> Scale:
    """Return the scale of the national form, for a rating of three levels."""
    ranges = {}
    for label, ends in zip(level.type.of, NATIONAL, strict=True):
        high, low = (amount(scope, (), Scalar(end), Kind.PERCENT) for end in ends)
        assert high is not None  # noqa: S101 - a literal
        ranges[label] = Range(high, low)
    return Scale(ranges, None, default)


def _needs_ranges(scope: Scope, key: str) -> None:
    other = Text("shares 里的区间，如 [80%, 60%]", "ranges in shares, such as [80%, 60%]")
    scope.report("PRF439", (key,), key=True, value=key, other=other)


def _range(scope: Scope, path: Path, raw: OneOrTwo) -> Range | None:
    """PRF433: a range whose lower end is written first."""
    if isinstance(raw, Scalar):
        high = amount(scope, path, raw, Kind.PERCENT)
        return None if high is None else Range(high, None)
    ends = [amount(scope, (*path, step), raw[step], Kind.PERCENT) for step in (0, 1)]
    if ends[0] is None or ends[1] is None:
        return None
    left, right = constant(ends[0].expr), constant(ends[1].expr)
    if left is not None and right is not None and left < right:
        better = f"[{raw[1]}, {raw[0]}]"
        scope.report("PRF433", path, value=shown_values(raw), better=better)
        return None
    return Range(ends[0], ends[1])


def _apart(scope: Scope, ranges: Mapping[str, Range], *, ranged: bool) -> bool:
    """PRF434: a range reaches above the lower end of the better label's."""
    for (upper, above), (label, below) in pairwise(ranges.items()) if ranged else ():
        bottom = constant((above.low or above.high).expr)
        top = constant(below.high.expr)
        if bottom is not None and top is not None and top > bottom:
            value = below.high.expr.text
            scope.report("PRF434", ("shares", label), value=value, name=label, other=upper,
                         left=(above.low or above.high).expr.text)  # fmt: skip
            return False
    return True
