"""The table's columns: what type each input expects, and how a row's values are admitted.

A value that isn't admitted is NULL in all that follows, so that bounds hold, and its row has a
fault. Cells are not read as forms print them: a column has a type, and its values are values.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from sqlglot import exp

from perfrules.errors import Text
from perfrules.lang.plan import InputPlan
from perfrules.lang.types import Kind
from perfrules.lang.units import MONEY_FACTORS
from perfrules.sql.nodes import (
    Cond,
    Node,
    absent,
    binary,
    both,
    call,
    case,
    name,
    negated,
    present,
    some,
    surely,
    text,
    whole,
)
from perfrules.sql.number import Number, decimal, whole_number
from perfrules.sql.scene import MISSING, Known, Scene
from perfrules.sql.values import Answers, Chosen, Day, Flag, Label, Value, day, label
from perfrules.sql.whole import Whole

MISFIT: Final = "PRF682"
DIGITS: Final = 18
SCALE: Final = 6
_WIDE: Final = 28  # above 18 digits duckdb's products have room
_PERCENT: Final = (9, 6)
_COUNT: Final = 2**31 - 1
_DAYS: Final = (1, date.max.toordinal())
_COLUMNS: Final = {
    Kind.FLAG: "BOOLEAN",
    Kind.CHOICE: "VARCHAR",
    Kind.TEXT: "VARCHAR",
    Kind.CHOICES: "VARCHAR[]",
    Kind.DATE: "DATE",
}
_WIDTH = {Kind.NUMBER: (DIGITS, SCALE), Kind.DAYS: (DIGITS, SCALE), Kind.MONEY: (DIGITS, SCALE),
          Kind.PERCENT: _PERCENT}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column a table needs: its name, its type, and the input it belongs to."""

    name: str
    type: str
    input: InputPlan


def columns_of(item: InputPlan) -> tuple[TableColumn, ...]:
    """Return the columns of an input; none where SQL has no form of it."""
    kind = item.type.kind
    if kind is Kind.SURVEY:
        groups = item.groups or (None,)
        names = [
            ".".join(part for part in (item.id, group, level) if part is not None)
            for group in groups
            for level in item.levels
        ]
        return tuple(TableColumn(one, "INTEGER", item) for one in names)
    if item.whole:
        return (TableColumn(item.id, "INTEGER", item),)
    if kind in _WIDTH:
        digits, scale = _WIDTH[kind]
        return (TableColumn(item.id, f"DECIMAL({digits}, {scale})", item),)
    if kind in _COLUMNS:
        return (TableColumn(item.id, _COLUMNS[kind], item),)
    return ()


def admit(scene: Scene, item: InputPlan) -> Known:
    """Return the value of an input's column, its faults told."""
    if item.type.kind is Kind.SURVEY:
        return _survey(scene, item)
    column = scene.steps.column(name(item.id))
    if item.type.kind in _WIDTH:
        return _ended(scene, item, column, _number(scene, item, column))
    if item.type.kind is Kind.DATE:
        return _ended(scene, item, column, _date(scene, item, column))
    return _ended(scene, item, column, _word(scene, item, column))


def _tell(scene: Scene, item: InputPlan, code: str, when: Cond) -> None:
    if when is not False:
        scene.watch.tell(
            fault_text(code, item.id),
            scene.steps.let(when) if not isinstance(when, bool) else when,
        )


def fault_text(code: str, place: str) -> Node:
    """Return what the fault column says.

    >>> fault_text("PRF530", "execution").sql("duckdb")
    "'PRF530 execution'"
    """
    return text(f"{code} {place}")


def _ended(scene: Scene, item: InputPlan, column: Node, value: Value) -> Known:
    """Return the admitted value, its default or its absence."""
    gone = scene.steps.let(absent(column))
    if item.default is not None:
        return Known(_defaulted(scene, item, gone, value))
    if item.required:
        scene.watch.tell(fault_text(MISSING, item.id), gone)
        return Known(value)
    return Known(value, gone)


def _defaulted(scene: Scene, item: InputPlan, gone: Node, value: Value) -> Value:
    default = item.default
    match value:
        case Number():
            assert isinstance(default, Decimal)  # noqa: S101 - of the input's kind
            return scene.numbers.select([(gone, decimal(default))], value)
        case Flag():
            return Flag(
                scene.steps.let(
                    case([(gone, exp.true() if default else exp.false())], _node(value))
                )
            )
        case Label():
            return Label(scene.steps.let(case([(gone, label(str(default)).node)], value.node)))
        case Day():
            assert isinstance(default, date)  # noqa: S101 - of the input's kind
            made = scene.whole
            return Day(made.let(made.select([(gone, day(default).ordinal)], value.ordinal)))
        case Chosen():
            labels = (default,) if isinstance(default, str) else tuple(sorted(map(str, default)))  # type: ignore[call-overload] # a set of labels
            written = exp.Array(expressions=[text(one) for one in labels])
            return Chosen(scene.steps.let(case([(gone, written)], value.node)))
        case _:
            raise AssertionError(item.id)  # a survey has no default


def _node(value: Flag) -> Node:
    assert not isinstance(value.holds, bool)  # noqa: S101 - it is a column
    return value.holds


def _number(scene: Scene, item: InputPlan, column: Node) -> Number:
    """Return a number in the kind's base unit: exact, within its column's width."""
    dialect = scene.steps.dialect
    digits, scale = (10, 0) if item.whole else _WIDTH[item.type.kind]
    fits = dialect.is_whole(column) if item.whole else dialect.is_decimal(column, scale)
    _tell(scene, item, MISFIT, both(present(column), negated(fits)))
    factor = _factor(item)
    limit = _COUNT * 10**scale if item.whole else 10**digits - 1
    low, high = (0 if item.whole else -limit), limit
    declared_low, declared_high = _units(item.min, factor, scale), _units(item.max, factor, scale)
    size = dialect.decimal(whole(10 ** (digits - scale)), DIGITS, 0)
    typed = scene.steps.let(dialect.read(column, _WIDE, scale))
    inside = scene.condition(
        surely(
            both(
                binary(exp.LT, typed, size),
                binary(exp.GT, typed, binary(exp.Sub, whole(0), size)),
            )
        )
    )
    _tell(scene, item, MISFIT, both(present(column), fits, negated(inside)))
    exact = dialect.decimal(typed, _WIDE, scale)
    scaled = dialect.integer(binary(exp.Mul, exact, whole(10**scale)) if scale else exact)
    units = scene.steps.let(case([(fits, case([(inside, scaled)]))]))
    found = Whole(units, -limit, limit)
    if declared_low is not None:
        low = max(low, -(-declared_low.numerator // declared_low.denominator))
    if declared_high is not None:
        high = min(high, declared_high.numerator // declared_high.denominator)
    low, high = min(low, limit), max(high, -limit)
    kept: list[Cond] = []
    if item.whole:
        kept.append(binary(exp.GTE, units, whole(0)))
        scene.watch.tell(fault_text("PRF508", item.id), negated(kept[0]))
    if low > (0 if item.whole else -limit):
        kept.append(binary(exp.GTE, units, whole(low)))
    if high < limit:
        kept.append(binary(exp.LTE, units, whole(high)))
    inside_bounds = both(*kept)
    if not isinstance(inside_bounds, bool):
        scene.watch.tell(fault_text("PRF511", item.id), negated(inside_bounds))
        found = Whole(scene.steps.let(case([(inside_bounds, units)])), low, max(low, high))
    value = whole_number(found, scale)
    if factor == 1:
        return value
    return _times(scene, value, factor)


def case_true(condition: Node, other: Cond) -> Cond:
    """Return whether *other* holds where *condition* does: only there it is computed."""
    if isinstance(other, bool):
        return both(condition, other)
    return case([(condition, other)], exp.false())


def _factor(item: InputPlan) -> Fraction:
    """Return what one unit of the column is in the kind's base unit."""
    if item.type.kind is Kind.MONEY:
        return Fraction(MONEY_FACTORS[item.type.unit or "元"])
    if item.type.kind is Kind.PERCENT and item.bare == "percent":
        return Fraction(1, 100)
    return Fraction(1)


def _units(bound: Decimal | date | None, factor: Fraction, scale: int) -> Fraction | None:
    if not isinstance(bound, Decimal):
        return None
    found: Fraction = Fraction(bound) / factor * 10**scale
    return found


def _times(scene: Scene, value: Number, factor: Fraction) -> Number:
    """Return the number in its base unit: fewer decimals instead of larger integers."""
    scale = value.scale
    while factor.denominator % 10 == 0:
        factor, scale = factor * 10, scale + 1
    while factor.numerator % 10 == 0 and scale:
        factor, scale = factor / 10, scale - 1
    top = scene.whole.times(value.top, factor.numerator)
    return whole_number(scene.whole.let(top), scale)


def _date(scene: Scene, item: InputPlan, column: Node) -> Day:
    dialect = scene.steps.dialect
    fits = dialect.is_a(column, "DATE")
    _tell(scene, item, MISFIT, both(present(column), negated(fits)))
    first = item.min if isinstance(item.min, date) else date.min
    last = item.max if isinstance(item.max, date) else date.max
    low, high = first.toordinal(), last.toordinal()
    typed = exp.Cast(this=column.copy(), to=exp.DataType.build("DATE"))
    ordinal = scene.steps.let(case([(fits, dialect.day(typed))]))
    inside = both(binary(exp.GTE, ordinal, whole(low)), binary(exp.LTE, ordinal, whole(high)))
    scene.watch.tell(fault_text("PRF511", item.id), negated(inside))
    kept = scene.steps.let(case([(inside, ordinal)]))
    day_column = scene.steps.let(case([(fits, typed)]))
    # A day that isn't admitted has no year either.
    shown = scene.steps.let(case([(inside, day_column)]))
    return Day(Whole(kept, low, high), shown)


def _word(scene: Scene, item: InputPlan, column: Node) -> Value:
    """Return a flag, a label or a set; texts are looked at only for being there."""
    dialect = scene.steps.dialect
    kind = item.type.kind
    if kind is Kind.FLAG:
        fits = dialect.is_a(column, "BOOLEAN")
        _tell(scene, item, MISFIT, both(present(column), negated(fits)))
        typed = exp.Cast(this=column.copy(), to=exp.DataType.build("BOOLEAN"))
        return Flag(scene.steps.let(case([(fits, typed)])))
    if kind is Kind.CHOICES:
        fits = dialect.is_set(column)
        _tell(scene, item, MISFIT, both(present(column), negated(fits)))
        inside = dialect.within(column, item.type.of)
        _tell(scene, item, "PRF514", case_true(fits, both(present(column), negated(inside))))
        return Chosen(scene.steps.let(case([(fits, column)])))
    fits = dialect.is_a(column, "VARCHAR")
    _tell(scene, item, MISFIT, both(present(column), negated(fits)))
    typed = exp.Cast(this=column.copy(), to=exp.DataType.build("VARCHAR"))
    if kind is Kind.TEXT:
        blank = exp.EQ(this=call("trim", typed), expression=text(""))
        if item.required:
            _tell(scene, item, MISSING, case_true(fits, blank))
        return Label(scene.steps.let(case([(fits, typed)])))
    known = exp.In(this=typed, expressions=[text(one) for one in item.type.of])
    _tell(scene, item, "PRF514", case_true(fits, both(present(column), negated(known))))
    return Label(scene.steps.let(case([(both(fits, known), typed)])))


def _survey(scene: Scene, item: InputPlan) -> Known:
    """Return the counts of a survey: absent where none is there, at fault where only some are."""
    groups: dict[str | None, dict[str, Whole]] = {}
    gone: list[Node] = []
    for group in item.groups or (None,):
        groups[group] = {}
        for level in item.levels:
            key = ".".join(part for part in (item.id, group, level) if part is not None)
            column = scene.steps.column(name(key))
            missing = scene.steps.let(absent(column))
            gone.append(missing)
            count = InputPlan(key, item.type, Text(), whole=True)
            found = _number(scene, count, column)
            groups[group][level] = found.top
    none = scene.condition(both(*gone))
    scene.watch.tell(fault_text("PRF521", item.id), both(some(gone), negated(none)))
    value = Answers(groups)
    if item.required:
        scene.watch.tell(fault_text(MISSING, item.id), none)
        return Known(value)
    return Known(value, none)


def clashes(names: list[str]) -> list[tuple[str, str]]:
    """Return the names that a database can't tell apart: it ignores case.

    >>> clashes(["A", "b", "a"])
    [('a', 'A')]
    """
    seen: dict[str, str] = {}
    found: list[tuple[str, str]] = []
    for one in names:
        first = seen.setdefault(one.casefold(), one)
        if first is not one:
            found.append((one, first))
    return found
