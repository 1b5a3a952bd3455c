"""A plugin in one module: a method, a function, an observer; what it was told is in `SEEN`."""

from decimal import Decimal

from perfrules import Argument, Function, Given, Key, Method, NoValue, Rated, Result, Text, hookimpl

__version__ = "2.1"
SEEN: list[str] = []

RULESET = """\
ruleset: sample.form
version: "1.0"
title: {zh: 样例, en: Sample}
total: 100
inputs:
  times: {type: count, title: 次数}
  low: {type: money, unit: 万元, title: 最低}
  high: {type: money, unit: 万元, title: 最高}
  rows: {type: table, title: 表, columns: {x: {type: percent, title: 比例}}}
indicators:
  - id: notices
    title: {zh: 通报, en: notices}
    points: 60
    score: {method: halving, actual: times}
  - id: gap
    title: {zh: 差距, en: gap}
    points: 40
    score: {method: met, when: "spread(low, high) <= 10万元 and middle(r.x for r in rows) > 50%"}
grades: [{name: 合格, at_least: 60}, {name: 不合格, at_least: 0}]
"""
FACTS = {
    "unit": "甲",
    "times": 2,
    "low": "5万元",
    "high": "15万元",
    "rows": [{"x": "40%"}, {"x": "90%"}, {"x": "60%"}],
}


def rate(given: Given) -> Rated:
    """Halve the rest for each time."""
    times = given.number("actual")
    if times > 1000:
        raise NoValue(Text("次数太多", "too many times"))
    side = given.text("side") if "side" in given else "down"
    share = Decimal("0.5") ** int(abs(times))
    shown = given.shown("actual")
    return Rated(share if side == "down" else 1 - share, Text(f"{shown.zh}次", f"{shown.en} times"))


def spread(low: Decimal, high: Decimal) -> Decimal:
    """Return the distance."""
    return abs(high - low)


def middle(values: list[Decimal]) -> Decimal:
    """Return the middle value."""
    if not values:
        raise NoValue(Text("没有行", "no rows"))
    return sorted(values)[len(values) // 2]


HALVING = Method(
    "halving",
    Text("逐次减半", "halving"),
    (
        Key("actual", kinds=("number",)),
        Key("side", of=("down", "up"), optional=True),
    ),
    rate,
)
SPREAD = Function(
    "spread",
    Text("差距", "spread"),
    Text("两个金额之差", "between two amounts"),
    gives="money",
    takes=(Argument("low", ("money",)), Argument("high", ("money",))),
    call=spread,
)
MIDDLE = Function(
    "middle",
    Text("居中值", "middle"),
    Text("排序后居中的值", "the middle one when sorted"),
    gives="same",
    each=("percent", "number"),
    fold=middle,
)


@hookimpl
def perfrules_methods() -> list[Method]:
    """Bring the method."""
    return [HALVING]


@hookimpl
def perfrules_functions() -> list[Function]:
    """Bring the functions."""
    return [SPREAD, MIDDLE]


@hookimpl
def perfrules_scored(result: Result) -> None:
    """Remember the unit."""
    SEEN.append(f"{result.unit} {result.total}")


class Plugin:
    """The same method as an object brings it."""

    @hookimpl
    def perfrules_methods(self) -> list[Method]:
        """Bring the method."""
        return [HALVING]
