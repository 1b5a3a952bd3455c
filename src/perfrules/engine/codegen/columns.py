"""Readers of one value each, for the common ways of writing it; the rest is left to admission.

A reader gives what `perfrules.engine.facts` would admit, or raises `UnusualError`: then the whole
unit is admitted there. Notes are not made: scores don't carry them.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import combinations
from typing import Final, TypeAlias, cast

from perfrules.decimals import ZERO
from perfrules.engine.facts.inputs import MOST_ROWS, default_of
from perfrules.engine.facts.scalars import read_value
from perfrules.lang.ballots import SurveyFact
from perfrules.lang.cells.words import FLAGS as FLAG_WORDS
from perfrules.lang.frame import Fault
from perfrules.lang.plan import InputPlan
from perfrules.lang.types import MISSING, Kind
from perfrules.lang.units import MONEY_FACTORS

Reader: TypeAlias = Callable[[object], object]

TEXTS: Final = frozenset({str})
NUMBERS: Final = frozenset({str, int, float, Decimal})
CENT: Final = Decimal("0.01")
WORDS: Final[Mapping[object, bool]] = dict[object, bool](FLAG_WORDS) | {True: True, False: False}
FLAGS: Final = frozenset({str, bool})
_LISTS: Final = frozenset({list, tuple, set, frozenset})
MOST_DIGITS: Final = 15  # before the point, and behind it: few enough for any check of size
_DIGITS: Final = f"[0-9]{{1,{MOST_DIGITS}}}+"
_DECIMALS: Final = rf"(?:\.{_DIGITS})?+"
PLAIN: Final = re.compile("[0-9A-Za-z一-鿿][0-9A-Za-z一-鿿%./_]{0,60}+")
_SEPARATORS: Final = re.compile("[、,，;；\n]")
_MOST_LABELS = 6
_MOST_KEPT = 10_000  # texts whose reading is kept
_LONG = 16
LARGE = 10**15


class UnusualError(LookupError):
    """A value that admission has to look at."""


def is_number(item: InputPlan) -> bool:
    """Return whether an input's values are numbers that one pattern checks."""
    kind = item.type.kind
    return kind in (Kind.NUMBER, Kind.DAYS, Kind.MONEY) or (
        kind is Kind.PERCENT and item.bare is None
    )


def is_counted(item: InputPlan) -> bool:
    """Return whether an input is a survey of several levels without groups."""
    return item.type.kind is Kind.SURVEY and not item.groups and len(item.levels) > 1


def pattern_of(item: InputPlan) -> str:
    """Return the pattern of a number that needs no other check than its bounds.

    >>> from perfrules.errors import Text
    >>> from perfrules.lang.types import NUMBER
    >>> pattern_of(InputPlan("n", NUMBER, Text(), whole=True))
    '[0-9]{1,15}+'
    """
    if item.whole:
        return _DIGITS
    sign = "" if isinstance(item.min, Decimal) and item.min >= ZERO else "-?+"
    return f"{sign}{_DIGITS}{_DECIMALS}{'%' if item.type.kind is Kind.PERCENT else ''}"


def factor_of(item: InputPlan) -> Decimal | None:
    """Return what a number is multiplied by to be in its base unit; None for nothing."""
    if item.type.kind is Kind.PERCENT:
        return CENT
    if item.type.kind is Kind.MONEY and item.type.unit not in (None, "元"):
        return MONEY_FACTORS[item.type.unit or "元"]
    return None


def reader_of(item: InputPlan) -> Reader:
    """Return the reader of an input or a column, which also knows its default."""
    read = _reader(item)
    if item.required and item.default is None:
        return read
    default = MISSING if item.default is None else default_of(item)

    def with_default(given: object) -> object:
        if given is None:
            return default
        value = read(given)
        return default if value is MISSING else value

    return with_default


def _reader(item: InputPlan) -> Reader:
    if is_number(item):
        return _number(item)
    match item.type.kind:
        case Kind.FLAG:
            return flag
        case Kind.CHOICE:
            return _choice(item)
        case Kind.CHOICES if len(item.type.of) <= _MOST_LABELS and _separable(item):
            return Sets(item.type.of)
        case Kind.TABLE:
            return _rows(item)
        case Kind.SURVEY if not item.groups:
            return Counts(item.levels)
        case Kind.SURVEY | Kind.PANEL:
            return _never
        case _:
            read = _kept(item)
            return read if not item.required else _there(read)


def _there(read: Reader) -> Reader:
    """Return the reader of a value that must be there."""

    def there(given: object) -> object:
        value = read(given)
        if value is MISSING:
            raise UnusualError
        return value

    return there


def _never(given: object) -> object:
    raise UnusualError(type(given))


def _number(item: InputPlan) -> Reader:
    match, factor = re.compile(pattern_of(item)).fullmatch, factor_of(item)
    low, high = item.min, item.max
    percent = item.type.kind is Kind.PERCENT

    def number(given: object) -> object:
        kind = type(given)
        if kind not in NUMBERS:
            raise UnusualError
        text = given if kind is str else str(given)
        assert isinstance(text, str)  # noqa: S101 - says the type
        if match(text) is None:
            raise UnusualError
        value = Decimal(text[:-1] if percent else text)
        if factor is not None:
            value *= factor
        if isinstance(low, Decimal) and value < low:
            raise UnusualError
        if isinstance(high, Decimal) and value > high:
            raise UnusualError
        return value

    return number


def flag(given: object) -> object:
    """Return the yes or no that is given.

    >>> flag("是"), flag(False)
    (True, False)
    """
    if type(given) not in FLAGS or given not in WORDS:
        raise UnusualError
    return WORDS[given]


def _choice(item: InputPlan) -> Reader:
    options = frozenset(item.type.of)

    def choice(given: object) -> object:
        if type(given) is not str or given not in options:
            raise UnusualError
        return given

    return choice


def _kept(item: InputPlan) -> Reader:
    """Return a reader that remembers what a text was read as: names and targets come again."""
    plain = item.type.kind is Kind.TEXT and item.pattern is None
    kept: dict[str, object] = {}

    def read(given: object) -> object:
        if type(given) is not str:
            return _read(item, given)
        if plain and PLAIN.fullmatch(given):
            return given
        if given in kept:
            return kept[given]
        found = _read(item, given)
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[given] = found
        return found

    return read


def _read(item: InputPlan, given: object) -> object:
    try:
        return read_value(item, given).value
    except Fault:
        raise UnusualError from None


def _rows(item: InputPlan) -> Reader:
    """Return the reader of a table."""
    columns = {column.id: reader_of(column) for column in item.columns}
    names = columns.keys()
    low = item.min_rows or 0
    high = MOST_ROWS if item.max_rows is None else min(item.max_rows, MOST_ROWS)

    def row(given: object) -> dict[str, object]:
        if type(given) is not dict or not set(map(type, given)) <= TEXTS:
            raise UnusualError
        assert isinstance(given, dict)  # noqa: S101 - says the type
        if not given.keys() <= names:
            raise UnusualError
        return {name: read(given.get(name)) for name, read in columns.items()}

    def rows(given: object) -> object:
        if type(given) not in (list, tuple):
            raise UnusualError
        assert isinstance(given, (list, tuple))  # noqa: S101 - says the type
        if not low <= len(given) <= high:
            raise UnusualError
        return tuple([row(one) for one in given])

    return rows


def _separable(item: InputPlan) -> bool:
    return not any(_SEPARATORS.search(label) for label in item.type.of)


class Sets:
    """The sets that lists of an input's options stand for, by how they are written in order."""

    def __init__(self, of: tuple[str, ...]) -> None:
        self.options = frozenset(of)
        self.most = len(of)
        self.written: dict[str, frozenset[str]] = {}
        for size in range(1, len(of) + 1):
            for labels in combinations(of, size):
                self.written["、".join(labels)] = frozenset(labels)

    def __call__(self, given: object) -> object:
        """Return the set of options that is given."""
        if type(given) is str:
            return self.written[given]
        if type(given) not in _LISTS:
            raise UnusualError
        labels = cast("list[object]", given)
        if len(labels) > self.most:
            raise UnusualError
        for label in labels:
            if type(label) is not str or label not in self.options:
                raise UnusualError
        return frozenset(labels)


class Counts:
    """The answers of an ungrouped survey: a plain whole number for each of its levels."""

    def __init__(self, levels: tuple[str, ...]) -> None:
        self.levels = levels

    def __call__(self, given: object) -> SurveyFact:
        """Return the answers.

        >>> Counts(("满意", "不满意"))({"满意": "30", "不满意": 2}).returned
        32
        """
        levels = self.levels
        if type(given) is not dict or len(given) != len(levels):
            raise UnusualError
        if set(map(type, given)) != TEXTS:
            raise UnusualError
        return SurveyFact({None: {level: count(given[level]) for level in levels}})


def count(given: object) -> int:
    """Return a number of answers.

    >>> count("30"), count(2)
    (30, 2)
    """
    if type(given) is str and given.isdecimal() and given.isascii() and len(given) < _LONG:
        return int(given)
    if type(given) is int and 0 <= given < LARGE:
        return given
    raise UnusualError
