"""Target cells as score tables print them: `≥95%`, `5天以内`, `90%–95%`, `9月底前`, `效果明显`.

Read is `[operator] number [万|亿] [unit]`, `a–b [unit]`, or a date; everything else is words: an
operator that leaves its bound out (`>`, `大于`), two numbers, a unit we don't know, anything left
over. Words are never wrong, they only need a level that a person gives.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from perfrules.decimals import CONTEXT, plain
from perfrules.decimals import percent as as_percent
from perfrules.lang.cells.numbers import split_number
from perfrules.lang.cells.partial import PartialDate, partial_date
from perfrules.lang.characters import tidy
from perfrules.lang.frame import Fault
from perfrules.lang.units import PERCENT, Unit, find_unit, to_base

TargetKind: TypeAlias = Literal["at_least", "at_most", "equal", "range", "none", "date", "words"]
Bound: TypeAlias = Literal["at_least", "at_most", "equal"]

_LONGEST = 60  # characters: a longer cell is a sentence
_BEFORE: Final[dict[str, Bound]] = {
    "≥": "at_least", "≧": "at_least", "⩾": "at_least", ">=": "at_least", "›=": "at_least",
    "不少于": "at_least", "不低于": "at_least",
    "≤": "at_most", "≦": "at_most", "⩽": "at_most", "<=": "at_most", "‹=": "at_most",
    "不超过": "at_most",
    "=": "equal", "═": "equal",
}  # fmt: skip
_AFTER: Final[dict[str, Bound]] = {
    "及以上": "at_least", "以上": "at_least", "以内": "at_most",
}  # fmt: skip
_OPERATOR = re.compile("|".join(map(re.escape, _BEFORE)))
_SUFFIX = re.compile(f"(.*?)({'|'.join(_AFTER)})")
_RANGE = re.compile(r"([0-9][0-9.,]*)\s*([^0-9~\-–—―〜∼]*?)\s*[~\-–—―〜∼]+\s*([0-9].*)")
_DAY_LIKE = frozenset({"日", "月", "号"})  # `12月` may be a month of the year
_YEARS = (1900, 2100)


@dataclass(frozen=True, slots=True)
class Quantity:
    """An operator (or none), a number, and its unit, as far as a text holds just that.

    `value` is in `unit`, but a percentage is the fraction. `sign` is the operator as written.
    """

    value: Decimal
    unit: Unit | None
    bound: Bound | None = None
    sign: str = ""
    word: str = ""  # the unit as written


@dataclass(frozen=True, slots=True)
class TargetCell:
    """What a target cell states.

    `number` (of a range the lower bound, `high` the upper) is in `unit`; a percentage is the
    fraction. `due`, of a date, may lack its year. `text` is what was written.
    """

    kind: TargetKind
    text: str
    number: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    due: PartialDate | None = None

    @property
    def measure(self) -> Unit | None:
        """The unit that an actual value is converted into."""
        return None if self.unit is None else find_unit(self.unit)

    def show(self, value: Decimal | date) -> str:
        """Return a value of this cell's unit as the cell would write it.

        >>> read_target("≥95%").show(Decimal("0.98")), read_target("≤8万亩").show(Decimal(9))
        ('98%', '9万亩')
        """
        if not isinstance(value, Decimal):
            return value.isoformat()
        if self.unit == "%":
            return as_percent(value, 4)
        if self.unit == "‰":
            return f"{plain(CONTEXT.scaleb(value, 3))}‰"
        return plain(value) + (self.unit or "")


def read_target(text: str) -> TargetCell:
    """Return what a target cell states; words where it is nothing we read.

    >>> read_target("≧ 735 人次").kind, read_target("5天以内").kind, read_target("大于5").kind
    ('at_least', 'at_most', 'words')
    >>> read_target("‹=5").number, read_target("90%-95%").high
    (Decimal('5'), Decimal('0.95'))
    """
    written = text.strip()
    words = TargetCell("words", written)
    if len(text) > _LONGEST:
        return words
    found = tidy(text)[0]
    day = partial_date(found)
    if day is not None and not found.isdigit():  # 20221231 may be a number
        return TargetCell("date", written, due=day)
    try:
        cell = _range(found, written)
        if cell is not None:
            return cell
        quantity = read_quantity(found)
    except Fault:  # a number of too many digits
        return words
    if quantity is None or (quantity.bound is None and _doubtful(quantity)):
        return words
    return TargetCell(
        quantity.bound or "none",
        written,
        quantity.value,
        unit=quantity.unit.name if quantity.unit else None,
    )


def read_quantity(text: str) -> Quantity | None:
    """Return the quantity that *text*, tidied, states, or None.

    Raises:
        Fault: PRF510, a number of too many digits.

    >>> read_quantity(">= 98 %(百分比)").value, read_quantity("100%覆盖")
    (Decimal('0.98'), None)
    """
    bound: Bound | None = None
    sign = ""
    operator = _OPERATOR.match(text)
    if operator is not None:
        sign = operator.group()
        bound, text = _BEFORE[sign], text[len(sign) :].lstrip()
    parts = split_number(text)
    if parts is None:
        return None
    value, rest = parts
    suffix = _SUFFIX.fullmatch(rest)
    if suffix is not None:
        if bound is not None:
            return None
        rest, sign = suffix[1].rstrip(), suffix[2]
        bound = _AFTER[sign]
    if not rest:
        return Quantity(value, None, bound, sign)
    unit = find_unit(rest)
    if unit is None:
        return None
    scaled = in_unit(value, unit)
    return None if scaled is None else Quantity(scaled, unit, bound, sign, rest)


def in_unit(value: Decimal, unit: Unit) -> Decimal | None:
    """Return how a cell holds *value*: as written, but a percentage as the fraction."""
    return to_base(value, unit) if unit.kind == PERCENT else value


def _doubtful(quantity: Quantity) -> bool:
    """Whether a number without an operator may as well be a day: `12月`, `5日`, `20221231`."""
    if quantity.word in _DAY_LIKE:
        return True
    return quantity.unit is None and partial_date(plain(quantity.value)) is not None


def _range(text: str, written: str) -> TargetCell | None:
    """Return the range that *text* states, or None; the two ends must be in one unit."""
    found = _RANGE.fullmatch(text)
    if found is None:
        return None
    low, high = split_number(found[1]), split_number(found[3])
    if low is None or high is None or low[1]:
        return None
    first, last = found[2], high[1]
    unit = find_unit(last) if last else None
    if last and (unit is None or last in _DAY_LIKE):
        return None
    if first and (unit is None or not _one_unit(first, unit)):
        return None
    if (unit is None or unit.name == "年") and all(_like_a_year(end[0]) for end in (low, high)):
        return None
    ends = [in_unit(end[0], unit) if unit else end[0] for end in (low, high)]
    if ends[0] is None or ends[1] is None or ends[0] > ends[1]:
        return None
    return TargetCell("range", written, ends[0], ends[1], unit.name if unit else None)


def _one_unit(first: str, unit: Unit) -> bool:
    """Whether the lower end's unit is the upper's, or its 万 (`3万-5万人`)."""
    return find_unit(first) == unit or (first in ("万", "亿") and unit.name.startswith(first))


def _like_a_year(value: Decimal) -> bool:
    return _YEARS[0] <= value <= _YEARS[1] and value == value.to_integral_value()
