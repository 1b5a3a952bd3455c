"""Valid facts of any ruleset, drawn at random: sizes favour its thresholds, ties and bounds."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from perfrules.decimals import CONTEXT, HUNDRED, ONE, ZERO, plain
from perfrules.lang.plan import Indicator, InputPlan, Plan
from perfrules.lang.tree import Column
from perfrules.lang.types import Kind
from perfrules.testing.edges import written

Facts = dict[str, Any]

_SKIPPED: Final = frozenset({"places", "text", "warnings", "added", "basis", "title", "document"})
_NEAR: Final = tuple(map(Decimal, ("0", "0", "0", "0.01", "-0.01", "1e-4", "-1e-4", "1", "-1")))
_WORDS: Final = ("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛")
# Target cells, each with actual values that it can be held to.
_CELLS: Final = {
    "≥95%": ("95%", "94.99%", "97%", "0%"),
    "≥940人": ("940人", "939人", "941人"),
    "=50个": ("50个", "49个", "0个"),
    "≤5300元/户": ("5300元/户", "5301元/户"),
    "90%-95%": ("90%", "92%", "95%", "96%", "89%"),
    "2022年12月31日前": ("2022年12月31日", "2023年1月1日"),
}


def numbers_in(item: object) -> Iterator[Decimal]:
    """Yield every number that is written in a plan, wherever it stands."""
    waiting: list[object] = [item]
    while waiting:
        found = waiting.pop()
        if isinstance(found, Decimal):
            yield found
        elif isinstance(found, Mapping):
            waiting += [*found.keys(), *found.values()]
        elif isinstance(found, (tuple, list, frozenset)):
            waiting += found
        elif is_dataclass(found) and not isinstance(found, type):
            waiting += [
                getattr(found, part.name) for part in fields(found) if part.name not in _SKIPPED
            ]


def days_of(plan: Plan) -> list[date]:
    """Return days on which a ruleset may be asked: around changes of its parameters."""
    dated = [item for item in plan.parameters if item.dated]
    first = max((min(start for start, _ in item.values) for item in dated), default=None)
    starts = {start for item in dated for start, _ in item.values} | {date(2024, 6, 30)}
    low, high = plan.effective_from, plan.effective_until
    days = {start + timedelta(days=step) for start in starts for step in (-1, 0, 200)}
    return sorted(
        day for day in days
        if (first is None or day >= first) and (low is None or day >= low)
        and (high is None or day < high)
    ) or [first or low or date(2024, 6, 30)]  # fmt: skip


class Draw:
    """Draws facts for one plan.

    >>> from perfrules.lang.load import load_ruleset
    >>> text = '''
    ... ruleset: x
    ... language: 1
    ... version: "1.0"
    ... title: 一
    ... total: 10
    ... grades: [{name: 及, at_least: 0}]
    ... inputs: {done: {type: flag}}
    ... indicators: [{id: a, points: 10, score: {method: met, when: done}}]
    ... '''
    >>> Draw(load_ruleset(text), random.Random(1)).facts().keys()
    dict_keys(['done'])
    """

    def __init__(self, plan: Plan, chance: random.Random, seeds: Sequence[Facts] = ()) -> None:
        self.plan = plan
        self.seeds = seeds
        self.summed = frozenset(_sharing(plan))
        self.chance = chance
        self.known = sorted(set(numbers_in(plan)) | {ZERO, ONE, HUNDRED})
        self.last = ONE

    def facts(self) -> Facts:
        """Return facts that are admitted; optional values are sometimes left out.

        Most are the facts of one of the seeds with some values drawn anew: rows that share points
        among them stay as they are.
        """
        if self.seeds and self.chance.randrange(4):
            return self._changed(self.chance.choice(self.seeds))
        found: Facts = {}
        for item in self.plan.inputs:
            if item.required or self.chance.randrange(4):
                found[item.id] = self._value(item)
        self._fit(found)
        if self.plan.needs_as_of or not self.chance.randrange(3):
            found["as_of"] = self.chance.choice(days_of(self.plan))
        return found

    def _changed(self, seed: Facts) -> Facts:
        found = dict(seed)
        for item in self.plan.inputs:
            if item.id not in self.summed and item.earlier is None and not self.chance.randrange(3):
                found[item.id] = self._value(item)
        return found

    def _size(self, item: InputPlan) -> Decimal:
        """Return a size within the input's bounds, in its base unit."""
        chance = self.chance
        low = item.min if isinstance(item.min, Decimal) else None
        high = item.max if isinstance(item.max, Decimal) else None
        kind = chance.randrange(10)
        if kind < 5:  # noqa: PLR2004 - half of them near something that matters
            near = chance.choice(self.known) if kind < 3 else self.last  # noqa: PLR2004
            found = CONTEXT.add(near, chance.choice(_NEAR))
        elif kind == 5:  # noqa: PLR2004
            found = chance.choice([low or ZERO, high or ONE])
        else:
            top = high if high is not None else Decimal(chance.choice((1, 100, 5000)))
            found = CONTEXT.multiply(Decimal(chance.randrange(10**4)).scaleb(-4), top)
        if item.whole:
            found = abs(found).to_integral_value()
        found = found if low is None else max(found, low)
        self.last = found if high is None else min(found, high)
        return self.last

    def _value(self, item: InputPlan) -> object:
        chance, kind = self.chance, item.type.kind
        match kind:
            case Kind.NUMBER | Kind.DAYS | Kind.MONEY | Kind.PERCENT:
                return written(item, self._size(item))
            case Kind.FLAG:
                return chance.choice([True, False])
            case Kind.CHOICE:
                return chance.choice(item.type.of)
            case Kind.CHOICES:
                return [label for label in item.type.of if chance.randrange(3)]
            case Kind.DATE:
                return self._day(item)
            case Kind.TARGET:
                return chance.choice(tuple(_CELLS))
            case Kind.SURVEY:
                return self._survey(item)
            case Kind.PANEL:
                return self._panel(item)
            case Kind.TABLE:
                low = item.min_rows or 0
                size = chance.randrange(low, max(low, min(item.max_rows or 6, 6)) + 1)
                return [self._row(item, place) for place in range(size)]
            case _:
                return item.default if item.pattern else chance.choice(_WORDS)

    def _day(self, item: InputPlan) -> date:
        low = item.min if isinstance(item.min, date) else date(2022, 6, 1)
        high = item.max if isinstance(item.max, date) else low + timedelta(days=900)
        return low + timedelta(days=self.chance.randrange((high - low).days + 1))

    def _row(self, item: InputPlan, place: int) -> Facts:
        row: Facts = {}
        for column in item.columns:
            if column.required or self.chance.randrange(3):
                row[column.id] = self._value(column)
        texts = [column.id for column in item.columns if column.type.kind is Kind.TEXT]
        if texts:  # what names a row is its own
            row[texts[0]] = f"{_WORDS[place % len(_WORDS)]}{place}"
        for column in item.columns:
            if column.type.kind is Kind.TARGET and column.id in row and "actual" in row:
                row["actual"] = self.chance.choice(_CELLS[row[column.id]])
        return row

    def _fit(self, facts: Facts) -> None:
        """Give the rows of a sheet whose points are declared points that add up to them."""
        for node in nodes_of(self.plan.indicators):
            each = node.for_each
            if each is None or each.points is None or not isinstance(each.points.tree, Column):
                continue
            whole = node.points.constant if node.points is not None else None
            rows = facts.get(each.table)
            if isinstance(whole, Decimal) and rows:
                part = CONTEXT.divide(whole, Decimal(len(rows))).quantize(Decimal("0.1"))
                for row in rows[1:]:
                    row[each.points.tree.column] = plain(part)
                first = CONTEXT.subtract(whole, CONTEXT.multiply(part, Decimal(len(rows) - 1)))
                rows[0][each.points.tree.column] = plain(first)

    def _survey(self, item: InputPlan) -> Facts:
        def levels() -> Facts:
            return {level: self.chance.choice((1, 3, 25, 40, 100)) for level in item.levels}

        return {group: levels() for group in item.groups} if item.groups else levels()

    def _panel(self, item: InputPlan) -> list[Facts]:
        found: list[Facts] = []
        for rater in _WORDS[: self.chance.randrange(1, 8)]:
            groups: Sequence[str | None] = item.groups or (None,)
            for part in item.items or (None,):
                score = self.chance.choice((60, 77, 90, 100))
                row: Facts = {"rater": rater, "score": score}
                group = groups[len(found) % len(groups)]
                row |= {"group": group} if group else {}
                row |= {"item": part} if part else {}
                found.append(row)
        return found


def _sharing(plan: Plan) -> Iterator[str]:
    """Yield the inputs that decide points: drawn anew, their sums would seldom hold."""
    for node in nodes_of(plan.indicators):
        if node.points is not None:
            yield from node.points.names
        if node.for_each is not None and node.for_each.points is not None:
            yield node.for_each.table
            yield from node.for_each.points.names


def nodes_of(nodes: Sequence[Indicator]) -> Iterator[Indicator]:
    """Yield indicators and all below them, parents first."""
    for node in nodes:
        yield node
        yield from nodes_of(node.children)
