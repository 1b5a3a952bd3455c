"""Due days as target sheets write them: `2022年12月底前`, `9月底前`, `2022-12-31`."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

from perfrules.lang.cells.dates import day_of

_DECEMBER: Final = 12
_TAIL = r"(?:之前|以前|前|内)?(?:完成)?"
_MONTH = re.compile(
    rf"(?:((?:19|20)[0-9]{{2}})年)?(1[0-2]|0?[1-9])月(?:([0-9]{{1,2}})[日号]|(底|末))?({_TAIL})"
)
_YEAR = re.compile(rf"((?:19|20)[0-9]{{2}})年(?:年?[底末])?{_TAIL}")
_FULL = re.compile(rf"(.*?[0-9日号])({_TAIL})")
_YEAR_MONTH = re.compile(rf"((?:19|20)[0-9]{{2}})[-/](0[1-9]|1[0-2]){_TAIL}")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, or the last day of a month (`day` None), whose year may be open."""

    year: int | None
    month: int
    day: int | None = None

    def on(self, year: int | None = None) -> date | None:
        """Return the day, in *year* where the cell names none; None where there is no such day.

        >>> PartialDate(None, 2).on(2024), PartialDate(None, 9).on()
        (datetime.date(2024, 2, 29), None)
        """
        year = self.year if self.year is not None else year
        if year is None:
            return None
        last = monthrange(year, self.month)[1]
        if self.day is None:
            return date(year, self.month, last)
        return date(year, self.month, self.day) if self.day <= last else None

    def __str__(self) -> str:
        year = "" if self.year is None else f"{self.year}年"
        return f"{year}{self.month}月{'底' if self.day is None else f'{self.day}日'}"


def partial_date(text: str) -> PartialDate | None:
    """Return the due day that *text*, tidied, states, or None; a bare `12月` may be a duration.

    >>> partial_date("9月底前"), partial_date("2022-12-31"), partial_date("12月")
    (PartialDate(year=None, month=9, day=None), PartialDate(year=2022, month=12, day=31), None)
    """
    text = "".join(text.split())
    found = _MONTH.fullmatch(text)
    if found is not None:
        year, month, day, end, tail = found.groups()
        if not (year or day or end or tail):
            return None
        last = monthrange(int(year) if year else 2024, int(month))[1]  # 2024: a leap year
        if day and not 1 <= int(day) <= last:
            return None
        return PartialDate(int(year) if year else None, int(month), int(day) if day else None)
    found = _YEAR.fullmatch(text)
    if found is not None:
        return PartialDate(int(found[1]), _DECEMBER)
    found = _YEAR_MONTH.fullmatch(text)
    if found is not None:
        return PartialDate(int(found[1]), int(found[2]))
    found = _FULL.fullmatch(text)
    day_found = day_of(found[1]) if found is not None else None
    if day_found is None:
        return None
    return PartialDate(day_found.year, day_found.month, day_found.day)
