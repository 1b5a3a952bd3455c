"""What a number in a cell says: by its format a percentage, a day, a padded code, or itself.

The value is the stored one; only what changes its meaning is taken from the format. A cell that
shows 98.5 and holds 98.46 is 98.46.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation, Overflow
from typing import Final, Literal, TypeAlias

from perfrules.decimals import CONTEXT, HUNDRED, plain

DIGITS: Final = 15  # all that a spreadsheet program keeps of a number
LOST: Final = Decimal(10) ** DIGITS
_FIFTEEN = Context(
    prec=DIGITS, rounding=ROUND_HALF_EVEN, Emin=-400, Emax=400, traps=[InvalidOperation, Overflow]
)  # a double ends at 308
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's days have no zone
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_LAST_DAY = 2_958_465  # 9999-12-31
_NO_LEAP = 60  # the day that 1900 didn't have
_DAY_SECONDS = Decimal(86_400)
_LONGEST = 255  # signs of a format

_YEAR_MONTH, _DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
# The formats that a workbook names by number alone, as Chinese programs show them.
BUILT_IN: Final = {
    9: "0%",
    10: "0.00%",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56), "h:mm:ss"),
    22: "yyyy/m/d h:mm",
    46: "[h]:mm:ss",
    **dict.fromkeys((27, 36, 50, 52, 57), _YEAR_MONTH),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), _DAY),
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
}

_TOKEN = re.compile(r'"(?P<text>[^"]*)"|\\(?P<sign>.)|[_*].|\[(?P<inside>[^\]]*)\]|(?P<plain>.)')
_PLACES: Final = frozenset("0#?")
_WORD = re.compile(r"[^\W\d_]+|[%％‰℃°/·]")

Part: TypeAlias = Literal["year", "month", "day", "time"]


@dataclass(frozen=True, slots=True)
class Format:
    """What a number's format adds to it; `parts` of a day or time, `elapsed` for hours past 24."""

    percent: bool = False
    before: str = ""
    after: str = ""
    zeros: int = 1
    words: str = ""  # shown in place of the number
    parts: frozenset[Part] = frozenset()
    elapsed: bool = False

    @property
    def plain(self) -> bool:
        """Whether it adds nothing at all."""
        return self == GENERAL


GENERAL: Final = Format()


def sections(code: str) -> tuple[Format, ...]:
    """Return what a format does with numbers above, below and equal to 0, as far as it says.

    >>> [(item.percent, item.after) for item in sections('0.00%;-0"万元"')]
    [(True, ''), (False, '万元')]
    """
    parts, place, begin = [], 0, 0
    code = code[:_LONGEST].replace("G/通用格式", "General")
    while place < len(code):
        found = _TOKEN.match(code, place)
        if found is None:
            break
        if found[0] == ";":
            parts.append(code[begin:place])
            begin = found.end()
        place = found.end()
    parts.append(code[begin:])
    return tuple(map(_section, parts[:3]))


def _section(code: str) -> Format:
    """Return what one section of a format says."""
    letters, before, after, inside = "", "", "", ""
    for found in _TOKEN.finditer(code):
        literal = found["text"] or found["sign"]
        if found["plain"] is not None and not found["plain"].isascii():
            literal = found["plain"]
        if literal is not None:
            if letters.startswith("general") or set(letters) & _PLACES:
                after += literal
            else:
                before += literal
        elif found["plain"] is not None:
            letters += found["plain"].lower()
        elif found["inside"] is not None:
            inside += f"[{found['inside'].lower()}]"
    if letters in ("general", "@"):
        return Format(before=_words(before), after=_words(after))
    elapsed = re.search(r"\[(h+|m+|s+)\]", inside) is not None
    parts = _parts(letters)
    if parts or elapsed:
        return Format(parts=parts, elapsed=elapsed)
    if re.search(r"\[[<>=]", inside):
        return GENERAL  # which section counts depends on the number: only the number is sure
    if not set(letters) & _PLACES:
        return Format(words=_words(before))
    whole, _, _ = letters.replace(",", "").partition(".")
    if re.search(r"[0#?],+(?![0#?])", letters):
        return GENERAL  # shown in thousands, with a unit that is not that of the value
    zeros = whole.count("0") if "#" not in whole and "?" not in whole else 1
    return Format("%" in letters, _words(before), _words(after), max(zeros, 1))


def _parts(letters: str) -> frozenset[Part]:
    found: set[Part] = set()
    if "y" in letters:
        found.add("year")
    if "d" in letters:
        found.add("day")
    if "h" in letters or ("s" in letters and "m" in letters):
        found.add("time")
    if "m" in letters and ("time" not in found or "year" in found or "day" in found):
        found.add("month")
    return frozenset(found)


def _words(text: str) -> str:
    """Return the words and units in a format's own text, without signs that only decorate."""
    return text.strip() if _WORD.search(text) else ""


def number_of(stored: str) -> Decimal:
    """Return a stored number with the digits that a sheet keeps.

    >>> number_of("0.30000000000000004"), number_of("9.8000000000000004E-1"), number_of("3.0")
    (Decimal('0.3'), Decimal('0.98'), Decimal('3'))
    """
    found = _FIFTEEN.create_decimal(stored)
    if not found.is_finite():
        raise ValueError(stored)
    return Decimal(plain(found))


def shown(value: Decimal, formats: tuple[Format, ...], *, from_1904: bool = False) -> str:
    """Return a number as its format says it.

    >>> shown(Decimal("0.98"), sections("0%")), shown(Decimal(44926), sections("yyyy-mm-dd"))
    ('98%', '2022-12-31')
    >>> shown(Decimal(12), sections('0"人"')), shown(Decimal(7), sections('"P"000'))
    ('12人', 'P007')
    """
    form = _chosen(value, formats)
    if form.elapsed:
        return _elapsed(value)
    if form.parts:
        return _day(value, form.parts, from_1904=from_1904) or plain(value)
    if form.words:
        return form.words
    if form.percent:
        return f"{plain(CONTEXT.multiply(value, HUNDRED))}%{form.after}"
    text = plain(value.copy_abs())
    if "." not in text:
        text = text.zfill(form.zeros)
    return f"{'-' if value < 0 else ''}{form.before}{text}{form.after}"


def _chosen(value: Decimal, formats: tuple[Format, ...]) -> Format:
    place = 1 if value < 0 else 2 if value == 0 else 0
    return formats[place] if place < len(formats) else formats[0]


def _elapsed(value: Decimal) -> str:
    seconds = _seconds(value)
    minutes, rest = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{'-' if seconds < 0 else ''}{hours}:{minutes:02}:{rest:02}"


def _seconds(days: Decimal) -> int:
    return int(CONTEXT.to_integral_value(CONTEXT.multiply(days, _DAY_SECONDS)))


def _day(value: Decimal, parts: frozenset[Part], *, from_1904: bool) -> str | None:
    """Return the day or time that a number is; None for one that no calendar has."""
    if value < 0 or value >= _LAST_DAY + 1:
        return None
    days = int(value)
    seconds = _seconds(CONTEXT.subtract(value, days))
    if from_1904:
        when = _EPOCH_1904
    else:
        when = _EPOCH + timedelta(days=1) if 0 < days < _NO_LEAP else _EPOCH
    try:
        when += timedelta(days=days, seconds=seconds)
    except OverflowError:
        return None
    if parts == {"time"}:
        return when.time().isoformat()
    if "time" in parts and when.time().isoformat() != "00:00:00":
        return when.isoformat(" ")
    return _as_shown(when.date(), parts)


def _as_shown(day: date, parts: frozenset[Part]) -> str:
    """A format without days says a month, one without months a year; the year is always said."""
    if "day" in parts or ("month" not in parts and "year" not in parts):
        return day.isoformat()
    return f"{day.year}年{day.month}月" if "month" in parts else f"{day.year}年"
