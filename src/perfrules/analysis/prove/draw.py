"""Facts drawn for a ruleset: what a form could hold, with a liking for where rules change.

The same seed draws the same facts. What is drawn is written as people write it, so that it can be
scored again from a file.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, TypeAlias

from perfrules.analysis.prove.numbers import Landmarks, exprs_in, landmarks
from perfrules.analysis.prove.pattern import example
from perfrules.analysis.prove.sheet import Sheets, with_cell
from perfrules.decimals import CONTEXT, HUNDRED, ONE, ZERO, plain
from perfrules.lang.check.points import walk
from perfrules.lang.check.usage import trees
from perfrules.lang.methods.levels import LevelsPlan
from perfrules.lang.methods.panel import PanelPlan
from perfrules.lang.plan import InputPlan, Plan
from perfrules.lang.tree import Call, Column, Name
from perfrules.lang.types import Kind
from perfrules.lang.units import MONEY_FACTORS

Facts: TypeAlias = dict[str, Any]

_PLAIN: Final = tuple(
    map(Decimal, ("0", "1", "2", "3", "5", "10", "50", "90", "100", "120", "1000"))
)
_SHARES: Final = tuple(map(Decimal, ("0", "0.3", "0.5", "0.6", "0.8", "0.9", "1", "1.2")))
_SHORT: Final = 8  # characters of a number that a person would write
_PARTS: Final = tuple(map(Decimal, ("0.4", "0.55", "0.7", "0.85", "0.93", "1.05", "1.15", "1.5")))
_CENT: Final = Decimal("0.01")
_MOST: Final = 40  # texts tried of one input
_NAMES: Final = ("项目1", "项目2", "项目3", "项目4")
CELLS: Final = (
    ("≥95%", ("95%", "100%", "94%", "50%", "0%")),
    ("=100个", ("100个", "50个", "0个", "120个")),
    ("≤50元", ("50元", "40元", "60元", "100元")),
    ("100", ("100", "99", "50", "0", "130")),
    ("2022年12月底前", ("2022-12-30", "2023-02-01")),
    ("效果明显", ("效果明显", "一般")),
)
CELL_TEXTS: Final = ("≥95%", "≥90%", "=100个", "≤50元", "≤100元", "100", "效果明显")


@dataclass(slots=True)
class Drawer:
    """Draws the facts of one ruleset.

    Args:
        plan: The ruleset.
        chance: Where chance comes from.
        as_of: The date of the evaluation, where one is fixed.
    """

    plan: Plan
    chance: random.Random
    as_of: date | None = None
    marks: Landmarks = field(init=False)
    sheets: Sheets = field(init=False)
    _values: dict[int, list[object]] = field(default_factory=dict)
    _panels: dict[str, PanelPlan] = field(default_factory=dict)
    _cells: set[str] = field(default_factory=set)  # names of texts that are read as target cells
    clean: dict[str, int] = field(default_factory=dict)  # how many of an input's values are round
    proved: list[str] = field(default_factory=list)  # lines whose levels ask for evidence

    def __post_init__(self) -> None:
        self.marks = landmarks(self.plan)
        self.sheets = Sheets(self.plan)
        for node in walk(self.plan.indicators):
            method = node.method
            if isinstance(method, LevelsPlan) and any(
                anchor.evidence for anchor in method.anchors.values()
            ):
                self.proved.append(node.id)
            if isinstance(method, PanelPlan) and isinstance(method.actual.tree, Name):
                self._panels[method.actual.tree.id] = method

        for expr in exprs_in(self.plan):
            for tree in trees(expr.tree):
                if isinstance(tree, Call) and tree.function in ("kind", "number"):
                    names = [arg for arg in tree.args if isinstance(arg, Name | Column)]
                    self._cells |= {
                        arg.column if isinstance(arg, Column) else arg.id for arg in names
                    }

    def evidence(self, *, given: bool) -> dict[str, str] | None:
        """Return evidence for all levels that ask for it, or none."""
        return dict.fromkeys(self.proved, "佐证材料") if given and self.proved else None

    def day(self) -> date:
        """Return a date of evaluation that the ruleset is in force on."""
        if self.as_of is not None:
            return self.as_of
        starts = [item.values[0][0] for item in self.plan.parameters if item.dated]
        day = max([date(2022, 12, 31), *starts, self.plan.effective_from or date.min])
        until = self.plan.effective_until
        return day if until is None or day < until else until - timedelta(days=1)

    def facts(self) -> Facts:
        """Return the facts of one unit."""
        found: Facts = {}
        if self.as_of is None and self.plan.needs_as_of:
            found["as_of"] = self.day().isoformat()
        for item in self.plan.inputs:
            value = self.one(item)
            if value is not None:
                found[item.id] = value
        proof = self.evidence(given=self.chance.random() < 0.6)  # noqa: PLR2004
        if proof is not None:
            found["evidence"] = proof
        return found

    def one(self, item: InputPlan) -> object:
        """Return one value of an input; None where it is left out."""
        rarely = item.default is not None and self.chance.random() < 0.6  # noqa: PLR2004
        if rarely or (not item.required and item.default is None and self.chance.random() < 0.3):  # noqa: PLR2004
            return None
        return self.chance.choice(self.values(item))

    def values(self, item: InputPlan) -> Sequence[object]:
        """Return the values that a search tries of an input, those at the edges among them."""
        if item.type.kind is Kind.TABLE:
            return [self.table(item) for _ in range(6)]
        if item.type.kind is Kind.PANEL:
            return self._panel(item)
        known = self._values.get(id(item))
        if known is None:
            known = self._listed(item)
            if not item.required or item.default is not None:
                known = [*known, None]
            self._values[id(item)] = known
        return known

    def ends(self, item: InputPlan) -> list[object]:
        """Return the two ends of what is tried of an input."""
        values = list(self.values(item))
        clean = self.clean.get(item.id, len(values))
        return [values[0], values[clean - 1]]

    def some(self, item: InputPlan, current: object, most: int) -> list[object]:
        """Return at most *most* of the values to be tried: limits and round ones above all."""
        values = list(self.varied(item, current))
        if len(values) <= most:
            return [*values, *self._parts(item, current)]
        clean = self.clean.get(item.id, len(values))
        first, rest = values[:clean], values[clean:]
        ends = [first[0], first[-1]] if first else []
        ends += self._parts(item, current)
        left = most - len(ends)
        near = self.chance.sample(rest, min(len(rest), left // 3))
        return [*ends, *self.chance.sample(first, min(len(first), left - len(near))), *near]

    def _parts(self, item: InputPlan, current: object) -> list[object]:
        """Return parts of the value there is: what keeps a ratio between two limits."""
        if not isinstance(current, Decimal) or item.type.kind not in (Kind.NUMBER, Kind.MONEY):
            return []
        parts = self.chance.sample(_PARTS, 2)
        found = [
            CONTEXT.multiply(current, part).quantize(ONE if item.whole else _CENT) for part in parts
        ]
        factor = MONEY_FACTORS[item.type.unit or "元"] if item.type.kind is Kind.MONEY else ONE
        return [value for value in found if _fits(item, value * factor)]

    def _listed(self, item: InputPlan) -> list[object]:
        kind = item.type.kind
        if kind is Kind.FLAG:
            return [True, False]
        if kind is Kind.CHOICE:
            return [*item.type.of]
        if kind is Kind.CHOICES:
            of = list(item.type.of)
            return [of, *([x for x in of if x != left] for left in of), *([x] for x in of)]
        if kind is Kind.DATE:
            return [*self._days(item)]
        if kind is Kind.TARGET:
            return [*(target for target, _ in CELLS)]
        if kind is Kind.SURVEY:
            return self._survey(item)
        if kind is Kind.TEXT:
            if item.id in self._cells:
                return [*CELL_TEXTS]
            if item.pattern is not None:
                return [example(item.pattern)]
            texts: list[object] = [*_NAMES, *(text for text in self.marks.texts if text)]
            return texts[:_MOST]
        return self._numbers(item)

    def _numbers(self, item: InputPlan) -> list[object]:
        """Return the round values and the limits, then what lies a step beside a limit."""
        marks, kind = self.marks, item.type.kind
        factor, step = ONE, ONE if item.whole else _CENT
        if kind is Kind.PERCENT:
            clean, step = {*marks.percents, *_SHARES}, _CENT / HUNDRED
        else:
            clean = {*_PLAIN, *marks.numbers, *(mark * HUNDRED for mark in marks.percents)}
            if kind is Kind.MONEY:
                factor = MONEY_FACTORS[item.type.unit or "元"]
                clean |= {CONTEXT.divide(mark, factor) for mark in marks.money}
        near = {edge + way for edge in clean for way in (-step, step)} - clean
        ends = {end for end in (item.min, item.max) if isinstance(end, Decimal)}
        first = [
            value for value in sorted({v * factor for v in clean} | ends) if _fits(item, value)
        ]
        rest = [value for value in sorted(value * factor for value in near) if _fits(item, value)]
        self.clean[item.id] = len(first)
        return [written(item, value) for value in (*first, *rest)]

    def _days(self, item: InputPlan) -> list[str]:
        day = self.day()
        base = {day, day - timedelta(days=400), day - timedelta(days=31), *self.marks.days}
        spans = {int(mark) for mark in self.marks.numbers if 0 < mark < 1000}  # noqa: PLR2004
        base |= {day - timedelta(days=span) for span in spans}
        base |= {
            near + timedelta(days=late) for near in (day, *self.marks.days) for late in (40, 400)
        }
        base |= {near + timedelta(days=step) for near in tuple(base) for step in (-1, 1)}
        low, high = item.min, item.max
        return [
            near.isoformat()
            for near in sorted(base)
            if not (isinstance(low, date) and near < low)
            and not (isinstance(high, date) and near > high)
        ]

    def _survey(self, item: InputPlan) -> list[object]:
        best, worst = item.levels[0], item.levels[-1]
        found: list[object] = []
        shares = sorted({ZERO, ONE, *(mark for mark in self.marks.percents if 0 < mark < 1)})
        sizes = sorted({100, *(int(mark) for mark in self.marks.numbers if 0 < mark < 500)})  # noqa: PLR2004
        for size in (*sizes[:4], 100):
            for share in shares:
                for step in (0, -1):
                    count = max(0, int(share * size) + step)
                    levels = dict.fromkeys(item.levels, 0) | {best: count, worst: size - count}
                    found.append(self._grouped(item, levels))
                    found.append(
                        {
                            **self._grouped(item, levels),
                            "issued": size * max(1, len(item.groups)) * 4,
                        }
                    )
        found += [self._grouped(item, dict.fromkeys(item.levels, 10))]
        return found

    def _grouped(self, item: InputPlan, levels: Mapping[str, int]) -> dict[str, object]:
        return {name: dict(levels) for name in item.groups} if item.groups else dict(levels)

    def _panel(self, item: InputPlan) -> list[object]:
        method = self._panels.get(item.id)
        out_of = method.out_of.constant if method is not None else HUNDRED
        whole = out_of if isinstance(out_of, Decimal) else HUNDRED
        shares = [
            *_SHARES[:-1],
            *(mark / HUNDRED for mark in self.marks.numbers if 0 <= mark <= HUNDRED),
        ]
        items = item.items or tuple(method.items.shares if method is not None else ()) or (None,)
        groups = (
            item.groups or tuple(method.weights.shares if method is not None else ()) or (None,)
        )
        found: list[object] = []
        for count in (1, 3, 7):
            for _ in range(6):
                one, other = self.chance.choice(shares), self.chance.choice(shares)
                found.append([
                    _ballot(f"评委{number + 1}", whole * (one if number else other), group, part)
                    for group in groups for number in range(count) for part in items
                ])  # fmt: skip
        return found if item.required else [*found, None]

    def table(self, item: InputPlan) -> list[Facts]:
        """Return the rows of a table; points add up where the ruleset asks for it."""
        groups = self.sheets.of(item.id)
        most = item.max_rows or 4
        if not groups:
            count = self.chance.randint(item.min_rows or 0, max(min(most, 4), item.min_rows or 0))
            return self._named(item, [self.row(item) for _ in range(count)])
        rows: list[Facts] = []
        for group in groups:
            own = [self.row(item) | dict(group.fixed) for _ in range(self.chance.choice((1, 1, 2)))]
            for row, points in zip(own, group.split(len(own), self.chance), strict=True):
                row[group.column] = points
            rows += own
        return self._named(item, rows)

    def varied(self, item: InputPlan, current: object) -> Sequence[object]:  # noqa: C901 - one kind of change after the other
        """Return what a search tries next: of a table, the same one but for a cell or a row."""
        if item.type.kind is not Kind.TABLE or not isinstance(current, list) or not current:
            return self.values(item)
        grouped = bool(self.sheets.of(item.id))
        kept = {*self.sheets.keys(item.id), *(group.column for group in self.sheets.of(item.id))}
        found: list[object] = []
        columns = [column for column in item.columns if column.id not in kept]
        for column in columns:
            values = list(self.values(column))
            for value in self.chance.sample(values, min(len(values), 7)):
                places: list[int | None] = [self.chance.randrange(len(current)), None]
                found += [with_cell(current, place, column.id, value) for place in places]
        for target, actual in self.sheets.pairs(item.id):
            for cell, actuals in CELLS:
                rows = with_cell(current, None, target, cell)
                found.append(with_cell(rows, None, actual, self.chance.choice(actuals)))
        for column in columns:
            if column.type.kind is Kind.NUMBER and self.marks.numbers:
                whole = self.chance.choice(self.marks.numbers)
                part = CONTEXT.divide(whole, Decimal(len(current)))
                if _fits(column, part) and len(plain(part)) < _SHORT:
                    found += [with_cell(current, None, column.id, part)] * 3
        for best in (True, False):
            rows = [row | self._round(item, kept, best=best) for row in map(dict, current)]
            found.append(rows)
        if not grouped:
            most = item.max_rows or 6
            if len(current) < most:
                found.append(self._named(item, [*map(dict, current), self.row(item)]))
                found.append(self._named(item, [*map(dict, current), dict(current[-1])]))
                found.append([*map(dict, current), dict(current[-1])])
            if len(current) > (item.min_rows or 0):
                found.append([*map(dict, current[1:])])
        return [*found, *self.values(item)[:2]]

    def _round(self, item: InputPlan, kept: set[str], *, best: bool) -> Facts:
        """Return round cells: every number 100, or 0; the best labels, or the worst."""
        found: Facts = {}
        for column in item.columns:
            kind = column.type.kind
            if column.id in kept:
                continue
            if kind in (Kind.NUMBER, Kind.MONEY) and _fits(column, HUNDRED):
                found[column.id] = HUNDRED if best else ZERO
            elif kind is Kind.PERCENT:
                found[column.id] = "100%" if best else "0%"
            elif kind is Kind.CHOICE:
                found[column.id] = column.type.of[0 if best else -1]
            elif kind is Kind.DATE:
                found[column.id] = self.day().isoformat()
            elif kind is Kind.FLAG:
                found[column.id] = best
        return found

    def plain(self) -> Facts:
        """Return facts in which every amount is 100: ratios then meet the limits of percentages."""
        found = self.facts()
        for item in self.plan.inputs:
            sized = item.type.kind in (Kind.NUMBER, Kind.MONEY) and item.id in found
            if sized and _fits(item, HUNDRED):
                found[item.id] = HUNDRED
        return found

    def _named(self, item: InputPlan, rows: list[Facts]) -> list[Facts]:
        for number, row in enumerate(rows, start=1):
            for key in self.sheets.keys(item.id):
                row[key] = f"项目{number}"
        return rows

    def row(self, item: InputPlan) -> Facts:
        """Return one row; a target cell and its actual value fit each other."""
        found: Facts = {}
        for column in item.columns:
            value = self.one(column)
            if value is not None:
                found[column.id] = value
        for target, actual in self.sheets.pairs(item.id):
            cell, actuals = self.chance.choice(CELLS)
            found[target], found[actual] = cell, self.chance.choice(actuals)
        return found


def _fits(item: InputPlan, value: Decimal) -> bool:
    low, high = item.min, item.max
    if item.whole and (value != value.to_integral_value() or value < 0):
        return False
    return (not isinstance(low, Decimal) or value >= low) and (
        not isinstance(high, Decimal) or value <= high
    )


def _ballot(rater: str, score: Decimal, group: str | None, part: str | None) -> Facts:
    found: Facts = {"rater": rater, "score": score}
    return found | {key: value for key, value in (("group", group), ("item", part)) if value}


def written(item: InputPlan, value: Decimal) -> object:
    """Return a value in base units as a form shows it.

    >>> from perfrules.errors import Text
    >>> from perfrules.lang.types import MONEY, PERCENT
    >>> written(InputPlan("p", PERCENT, Text()), Decimal("0.9"))
    '90%'
    """
    if item.type.kind is Kind.PERCENT:
        return f"{plain(CONTEXT.multiply(value, HUNDRED))}%"
    if item.type.kind is Kind.MONEY:
        value = CONTEXT.divide(value, MONEY_FACTORS[item.type.unit or "元"])
    return value
