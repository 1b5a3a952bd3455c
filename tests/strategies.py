"""Facts for any plan: valid ones with values at and around its thresholds, ties, gaps, slips.

`any_facts` draws from a `random.Random`, so that thousands are cheap; `facts_for` is the same as a
hypothesis strategy, which shrinks what it finds.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from perfrules.decimals import CONTEXT, plain
from perfrules.engine.codegen.trees import walk
from perfrules.lang.plan import InputPlan, Plan
from perfrules.lang.tree import Column
from perfrules.lang.types import Kind
from perfrules.lang.units import MONEY_FACTORS
from perfrules.testing.draw import numbers_in

Facts = dict[str, Any]
_NEAR = tuple(
    map(Decimal, ("0", "0", "0", "0.01", "-0.01", "0.005", "1e-12", "-1e-12", "5e-13", "-5e-13",
                  "4e-13", "1e-13", "-1e-13", "1e-14"))
)  # fmt: skip
_WORDS = ("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛")
# Target cells, each with actual values that it can be held to.
PAIRS = {
    "≥95%": ("95%", "94.9999999999999%", "97%", "0%"),
    "≥940人": ("940人", "939", "941 人", "九百"),
    "=50个": ("50个", "49", "50.0000000000001个", "0"),
    "≤5300元/户": ("5300元/户", "5301", "5300.0000000000001元/户"),
    "2022年12月31日前": ("2022年12月31日", "2023年1月1日", "2022-06-30"),
    "效果明显": ("效果明显", "一般"),
    "5天以内": ("5天", "6天", "0天"),
    "90%-95%": ("90%", "92%", "95%", "96%", "89%"),
    "100": ("100", "99", "100人", "120"),
    "≥0": ("0", "1"),
    "≤0": ("0", "1"),
    "=0": ("0", "0.5"),
    "9月底前": ("9月30日", "2022年9月30日"),
    "≥8万亩": ("8万亩", "80000亩", "7.5"),
}
_TARGETS = tuple(PAIRS)
ACTUALS = ("95%", "940人", "50个", "效果明显", "—", "−1", "2022年12月31日")


def dates_in(plan: Plan) -> list[date]:
    """Return days around those on which a parameter changes, within the ruleset's own."""
    starts = {start for item in plan.parameters if item.dated for start, _ in item.values}
    first = max((min(d for d, _ in p.values) for p in plan.parameters if p.dated), default=None)
    days = {start + timedelta(days=step) for start in starts for step in (0, -1, 200)}
    days |= {date(2022, 12, 31), date(2024, 6, 30)}
    low, high = plan.effective_from, plan.effective_until
    return sorted(
        day
        for day in days
        if (first is None or day >= first)
        and (low is None or day >= low)
        and (high is None or day < high)
    ) or [first or low or date(2024, 6, 30)]


class Numbers:
    """Draws numbers at, around and away from a plan's thresholds."""

    def __init__(self, known: Sequence[Decimal], chance: random.Random) -> None:
        self.chance = chance
        self.known = known
        self.last = Decimal(1)

    def draw(self, item: InputPlan) -> Decimal:
        """Return a number for *item*, in its base unit, nearly always within its bounds."""
        chance = self.chance
        low = item.min if isinstance(item.min, Decimal) else None
        high = item.max if isinstance(item.max, Decimal) else None
        kind = chance.randrange(12)
        if kind < 4:
            found = CONTEXT.add(chance.choice(self.known), chance.choice(_NEAR))
        elif kind < 6:
            found = CONTEXT.add(self.last, chance.choice(_NEAR))  # a tie with another input
        elif kind < 7:
            found = Decimal(chance.randrange(10**30)).scaleb(-chance.randrange(20, 33))
        elif kind < 8:
            found = chance.choice([low or Decimal(0), high or Decimal(1)])
        else:
            top = high if high is not None else Decimal(chance.choice((1, 100, 5000, 10**7)))
            found = Decimal(chance.randrange(10**6)).scaleb(-6) * top
            found = found.quantize(Decimal("0.01")) if item.type.kind is not Kind.PERCENT else (
                found.quantize(Decimal("0.0001")))  # fmt: skip
        if item.whole:
            found = abs(found).to_integral_value()
        if chance.randrange(60):
            found = found if low is None else max(found, low)
            found = found if high is None else min(found, high)
        self.last = found
        return found


def thresholds(plan: Plan) -> list[Decimal]:
    """Return the numbers that matter to a plan, and some that matter to any."""
    return sorted(set(numbers_in(plan)) | {Decimal(n) for n in (0, 1, 50, 100)})


def any_facts(
    plan: Plan,
    chance: random.Random,
    seeds: Sequence[Facts] = (),
    known: Sequence[Decimal] | None = None,
) -> Facts:
    """Return facts for *plan*: one of *seeds* with some values changed, or all of them drawn.

    *known* are its `thresholds`, for those who draw many.
    """
    numbers = Numbers(thresholds(plan) if known is None else known, chance)
    seed = chance.choice(seeds) if seeds and chance.randrange(10) else None
    facts: Facts = dict(seed) if seed is not None else {}
    summed = _summed(plan)
    for item in plan.inputs:
        if seed is not None and chance.randrange(40 if item.id in summed else 3):
            continue
        if item.type.kind is Kind.TABLE and item.id in facts and chance.randrange(8):
            facts[item.id] = _changed(item, facts[item.id], numbers, summed)
            continue
        if chance.randrange(200) == 0 or (not item.required and chance.randrange(4) == 0):
            facts.pop(item.id, None)
            continue
        facts[item.id] = _value(item, numbers)
    if seed is None and chance.randrange(8):
        _fit(plan, facts)
    if (plan.needs_as_of or not chance.randrange(3)) and "as_of" not in facts:
        facts["as_of"] = chance.choice(dates_in(plan))
    if not chance.randrange(25):
        _by_hand(plan, facts, numbers)
    return facts


def _summed(plan: Plan) -> frozenset[str]:
    """Return the inputs and columns that decide points: changed, their sums seldom hold."""
    found: set[str] = set()
    for indicator in _all(plan.indicators):
        each = indicator.for_each
        exprs = [indicator.points, *((each.where, each.points) if each else ())]
        for expr in exprs:
            if expr is not None:
                found |= expr.names
                found |= {part.column for part in walk(expr.tree) if isinstance(part, Column)}
    return frozenset(found)


def _fit(plan: Plan, facts: Facts) -> None:
    """Give the rows of a sheet whose points are declared points that add up to them."""
    for indicator in _all(plan.indicators):
        each = indicator.for_each
        if each is None or each.points is None or not isinstance(each.points.tree, Column):
            continue
        whole = indicator.points.constant if indicator.points is not None else None
        rows = facts.get(each.table)
        if isinstance(whole, Decimal) and isinstance(rows, list) and rows:
            part = (whole / len(rows)).quantize(Decimal("0.1"))
            for row in rows[1:]:
                row[each.points.tree.column] = part
            rows[0][each.points.tree.column] = whole - part * (len(rows) - 1)


def _by_hand(plan: Plan, facts: Facts, numbers: Numbers) -> None:
    """Add what facts may say besides values: waivers, scores set by hand, evidence."""
    chance = numbers.chance
    names = [indicator.id for indicator in _all(plan.indicators)]
    if not names:
        return
    name = chance.choice(names)
    match chance.randrange(4):
        case 0:
            facts["waive"] = {name: {"reason": "停工"}}
        case 1:
            facts["adjust"] = {name: {"score": str(chance.randrange(5)), "reason": "复核"}}
        case 2:
            facts["allow"] = [{"code": "PRF540", "because": "原表"}]
        case _:
            facts["evidence"] = {name: "报告第3页"}


def _all(nodes: Sequence[Any]) -> Iterator[Any]:
    for node in nodes:
        yield node
        yield from _all(node.children)


def _value(item: InputPlan, numbers: Numbers) -> object:  # noqa: C901, PLR0912 - one case a kind
    chance = numbers.chance
    match item.type.kind:
        case Kind.NUMBER | Kind.DAYS:
            found = numbers.draw(item)
            if found == found.to_integral_value() and not chance.randrange(3):
                return int(found)
            return plain(found) if chance.randrange(2) else found
        case Kind.MONEY:
            factor = MONEY_FACTORS[item.type.unit or "元"]
            found = CONTEXT.divide(numbers.draw(item), factor)
            return plain(found) if chance.randrange(2) else found
        case Kind.PERCENT:
            found = numbers.draw(item)
            if item.bare == "fraction" and chance.randrange(2):
                return found
            return f"{plain(CONTEXT.multiply(found, Decimal(100)))}%"
        case Kind.FLAG:
            return chance.choice(
                [True, False, "是", "否", "—" if not chance.randrange(40) else "是"]
            )
        case Kind.CHOICE:
            return chance.choice(item.type.of)
        case Kind.CHOICES:
            return [label for label in item.type.of if chance.randrange(3)] or list(item.type.of)
        case Kind.DATE:
            return date(2022, 6, 1) + timedelta(days=chance.randrange(0, 700, 7))
        case Kind.TARGET:
            return chance.choice(_TARGETS)
        case Kind.SURVEY:
            return _survey(item, chance)
        case Kind.PANEL:
            return _panel(item, chance)
        case Kind.TABLE:
            low = item.min_rows or 0
            size = chance.randrange(low, max(low, item.max_rows or 6) + 1)
            return [_row(item, numbers, place) for place in range(size)]
        case _:
            return chance.choice(ACTUALS if chance.randrange(2) else _WORDS)


def _row(item: InputPlan, numbers: Numbers, place: int) -> Facts:
    row: Facts = {}
    for column in item.columns:
        if not column.required and not numbers.chance.randrange(3):
            continue
        row[column.id] = _value(column, numbers)
    texts = [column.id for column in item.columns if column.type.kind is Kind.TEXT]
    if texts and numbers.chance.randrange(12):
        row[texts[0]] = f"{_WORDS[place % len(_WORDS)]}{place}"
    _pair(item, row, numbers.chance)
    return row


def _changed(item: InputPlan, rows: object, numbers: Numbers, summed: frozenset[str]) -> object:
    """Return the rows of a table with a few cells changed, mostly so that sums of points stay."""
    if not isinstance(rows, list):
        return rows
    chance = numbers.chance
    found = [dict(row) for row in rows]
    for row in found:
        for column in item.columns:
            keeps = column.id in summed and chance.randrange(60)
            if column.id == item.columns[0].id or keeps or chance.randrange(3):
                continue
            if not column.required and not chance.randrange(3):
                row.pop(column.id, None)
            elif column.id != "name":
                row[column.id] = _value(column, numbers)
        _pair(item, row, chance)
    return found


def _pair(item: InputPlan, row: Facts, chance: random.Random) -> None:
    """Give a row whose target was drawn an actual value that it can be held to, mostly."""
    targets = [column.id for column in item.columns if column.type.kind is Kind.TARGET]
    for name in targets:
        if row.get(name) in PAIRS and "actual" in row and chance.randrange(8):
            row["actual"] = chance.choice(PAIRS[row[name]])


def _survey(item: InputPlan, chance: random.Random) -> Facts:
    def levels() -> Facts:
        return {level: chance.choice((0, 0, 3, "40", 25, 100)) for level in item.levels}

    found: Facts = {group: levels() for group in item.groups} if item.groups else levels()
    if not chance.randrange(3):
        found["issued"] = 2000
    return found


def _panel(item: InputPlan, chance: random.Random) -> list[Facts]:
    found = []
    for rater in _WORDS[: chance.randrange(1, 8)]:
        for group in (chance.choice(item.groups),) if item.groups else (None,):
            for part in item.items or (None,):
                row: Facts = {"rater": rater, "score": chance.choice((60, "88.5", 90, 100, 77))}
                row |= {"group": group} if group else {}
                row |= {"item": part} if part else {}
                found.append(row)
    return found


def facts_for(plan: Plan, seeds: Sequence[Facts] = ()) -> st.SearchStrategy[Facts]:
    """Return a strategy of facts for *plan*."""
    known = thresholds(plan)
    drawn = st.randoms(use_true_random=False)
    return drawn.map(lambda chance: any_facts(plan, chance, seeds, known))


def seeds_of(ruleset: Path) -> list[Facts]:
    """Return the facts of the cases beside a ruleset, as they are written."""
    cases = ruleset.with_suffix(".cases.yaml")
    if not cases.is_file():
        return []
    document = yaml.load(cases.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - texts only
    found = []
    for case in document["tests"]:
        facts = dict(case.get("facts") or {})
        if "as_of" in case:
            facts["as_of"] = case["as_of"]
        found.append(facts)
    return found
