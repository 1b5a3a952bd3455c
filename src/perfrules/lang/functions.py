"""The table of callable functions: what each takes, what it gives, and how it is written.

Parameter kinds and results are data, so that a plugin's function is typed and explained like ours.
How a function is computed stands in `operations`: pure, seeing nothing but its arguments.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from perfrules.errors import Text
from perfrules.lang.operations import (
    ceil,
    contains,
    count,
    days,
    exp,
    floor,
    kind_of,
    largest,
    ln,
    lookup,
    mean,
    month,
    number_of,
    rounded,
    smallest,
    sqrt,
    step,
    total,
    year,
)
from perfrules.lang.types import FLAG, NUMBER, NUMERIC, Kind, Type

KINDS: Final = ("at_least", "at_most", "equal", "range", "none", "date", "words")
CELL_KIND: Final = Type(Kind.CHOICE, of=KINDS, unordered=KINDS)

# "first": the type of the first argument; "unify": what all arguments have in common; "entry": the
# type of a map parameter's values.
Result: TypeAlias = Type | Literal["first", "unify", "entry"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """What one argument may be; `literal` asks for a whole number written out, within bounds."""

    name: str
    kinds: frozenset[Kind]
    literal: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Function:
    """A function that expressions may call.

    `call` takes evaluated arguments, `fold` the values of one generator; a function has either or
    both. `needed` is the fewest arguments; with `repeats` the last parameter may come again.
    `signature` shows how it is written; `plugin` is the name and version of where it comes from.
    """

    name: str
    title: Text
    signature: str
    doc: Text
    parameters: tuple[Parameter, ...]
    result: Result
    call: Callable[..., object] | None = None
    fold: Callable[..., object] | None = None
    element: frozenset[Kind] = frozenset()  # what a generator's element may be
    needed: int | None = None
    repeats: bool = False
    plugin: str = ""

    @property
    def arity(self) -> tuple[int, int | None]:
        """The fewest and the most arguments; None where there is no most."""
        fewest = len(self.parameters) if self.needed is None else self.needed
        return fewest, None if self.repeats else len(self.parameters)


_SIZE = frozenset({Kind.NUMBER, Kind.PERCENT})
_ORDERED = NUMERIC | {Kind.DATE}
_KEYS = _ORDERED - {Kind.DAYS} | {Kind.TEXT, Kind.CHOICE}
_TEXTS = frozenset({Kind.TEXT, Kind.CHOICE})
_FLAGS = frozenset({Kind.FLAG})
_X = Parameter("x", NUMERIC)
_PLAIN = Parameter("x", _SIZE)
_AB = (Parameter("a", _ORDERED), Parameter("b", _ORDERED))
_DIGITS = Parameter("digits", frozenset({Kind.NUMBER}), literal=(0, 12))
_DAY = Parameter("d", frozenset({Kind.DATE}))
_SPAN = Parameter("span", frozenset({Kind.DAYS}))
_CELL = Parameter("cell", frozenset({Kind.TARGET, Kind.TEXT}))
_MAP = (Parameter("map", frozenset({Kind.MAP})), Parameter("key", _KEYS))
_IN = (Parameter("text", _TEXTS), Parameter("part", _TEXTS))


def _call(
    signature: str,
    title: Text,
    doc: Text,
    parameters: tuple[Parameter, ...],
    result: Result,
    call: Callable[..., object],
    *,
    needed: int | None = None,
    repeats: bool = False,
) -> Function:
    name = signature.partition("(")[0]
    return Function(
        name, title, signature, doc, parameters, result, call, needed=needed, repeats=repeats
    )


def _fold(
    signature: str,
    title: Text,
    doc: Text,
    element: frozenset[Kind],
    result: Result,
    fold: Callable[..., object],
) -> Function:
    name = signature.partition("(")[0]
    return Function(name, title, signature, doc, (), result, fold=fold, element=element)


def _both(signature: str, title: Text, doc: Text, fold: Callable[..., object]) -> Function:
    name = signature.partition("(")[0]
    return Function(
        name,
        title,
        signature,
        doc,
        _AB,
        "unify",
        call=lambda *args: fold(args),
        fold=fold,
        element=_ORDERED,
        repeats=True,
    )


_CALLS: Final = (
    _call("abs(x)", Text("绝对值", "absolute value"), Text("去掉负号", "without its sign"),
          (_X,), "first", Decimal.copy_abs),
    _call("round(x, 2)", Text("四舍五入", "round half up"),
          Text("金额按元、百分比按小数取位", "money counts in 元, a percent as its fraction"),
          (_X, _DIGITS), "first", rounded, needed=1),
    _call("floor(x)", Text("向下取整", "round down"),
          Text("不大于它的最大整数", "the largest whole number at or below"),
          (_X,), "first", floor),
    _call("ceil(x)", Text("向上取整", "round up"),
          Text("不小于它的最小整数", "the smallest whole number at or above"),
          (_X,), "first", ceil),
    _call("sqrt(x)", Text("平方根", "square root"), Text("不能用于负数", "not of a number below 0"),
          (_PLAIN,), NUMBER, sqrt),
    _call("ln(x)", Text("自然对数", "natural logarithm"), Text("只用于正数", "of a number above 0"),
          (_PLAIN,), NUMBER, ln),
    _call("exp(x)", Text("指数", "exponential"), Text("e 的 x 次方", "e to the power of x"),
          (_PLAIN,), NUMBER, exp),
    _call('contains(name, "学校")', Text("包含文字", "contains text"),
          Text("逐字比较", "compared sign by sign"), _IN, FLAG, contains),
    _call("number(t.target)", Text("单元格的数", "number of a cell"),
          Text("目标值或文本里的数", "the number in a target cell or a text"),
          (_CELL,), NUMBER, number_of),
    _call("kind(t.target)", Text("目标值的类型", "kind of a target"),
          Text("、".join(KINDS), ", ".join(KINDS)), (_CELL,), CELL_KIND, kind_of),
    _call("lookup(map, key)", Text("查表", "look up"),
          Text("键必须完全相同", "the key must be there exactly"),
          _MAP, "entry", lookup, repeats=True),
    _call("step(map, key)", Text("分段查表", "step look-up"),
          Text("取不大于它的最后一个键", "takes the last key at or below"),
          _MAP, "entry", step, repeats=True),
    _call("year(d)", Text("年份", "year"), Text("日期的年份", "of a date"), (_DAY,), NUMBER, year),
    _call("month(d)", Text("月份", "month"), Text("1 到 12", "1 to 12"), (_DAY,), NUMBER, month),
    _call("days(a - b)", Text("天数", "days"), Text("天数化为数", "days as a plain number"),
          (_SPAN,), NUMBER, days),
)  # fmt: skip
_FOLDS: Final = (
    _both("min(a, b)", Text("最小值", "smallest"), Text("最小的", "the smallest one"), smallest),
    _both("max(a, b)", Text("最大值", "largest"), Text("最大的", "the largest one"), largest),
    _fold("sum(t.x for t in table)", Text("求和", "sum"), Text("没有行时为0", "0 without rows"),
          NUMERIC, "first", total),
    _fold("mean(t.x for t in table)", Text("平均值", "mean"),
          Text("没有行时无法计算", "can't be computed without rows"), NUMERIC, "first", mean),
    _fold("count(t for t in table)", Text("计数", "count"),
          Text("有多少行，或多少行为真", "how many rows, or how many are true"),
          _FLAGS, NUMBER, count),
    _fold("any(t.x > 1 for t in table)", Text("任一", "any"),
          Text("没有行时为假", "false without rows"), _FLAGS, FLAG, any),
    _fold("all(t.x > 1 for t in table)", Text("全部", "all"),
          Text("没有行时为真", "true without rows"), _FLAGS, FLAG, all),
)  # fmt: skip

FUNCTIONS: Final[Mapping[str, Function]] = MappingProxyType(
    {function.name: function for function in (*_CALLS, *_FOLDS)}
)

# Written like calls, but forms of the language: a literal, a question, a source of rows.
FORMS: Final[Mapping[str, str]] = MappingProxyType(
    {"date": 'date("2022-09-30")', "known": "known(x)", "leaves": "leaves(id)"}
)
