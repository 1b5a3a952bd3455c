"""Days as forms print them. A day that could be two days is refused."""

import re
from datetime import date
from typing import Final

from perfrules.errors import Text
from perfrules.lang.cells.reading import Reading, is_missing, refuse_error, refuse_length
from perfrules.lang.characters import tidy
from perfrules.lang.frame import Fault
from perfrules.lang.types import MISSING, Missing

NO_TIME: Final = Text("删去了零点", "the time 00:00 was removed")
A_DATE: Final = Text("日期，如 2024-01-05", "a day, such as 2024-01-05")

_LONGEST_DATE = 40  # characters
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SEPARATED = re.compile(
    r"([0-9]{4})\s*(?:([-/.])\s*([0-9]{1,2})\s*\2\s*([0-9]{1,2})"
    r"|年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*[日号])"
)
_TOGETHER = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
_MIDNIGHT = re.compile(r"[T\s]+0{1,2}:00(?::00(?:\.0+)?)?")


def day_of(text: str) -> date | None:
    """Return the day that *text*, trimmed and folded, writes in full, or None.

    >>> day_of("2024年1月5日"), day_of("01/02/2024"), day_of("2024-02-30")
    (datetime.date(2024, 1, 5), None, None)
    """
    found = _SEPARATED.fullmatch(text)
    if found is not None:
        parts = (found[1], found[3] or found[5], found[4] or found[6])
    else:
        together = _TOGETHER.fullmatch(text)
        if together is None:
            return None
        parts = (together[1], together[2], together[3])
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


def read_date(text: str) -> Reading[date | Missing]:
    """Return the day in a cell; raise `Fault` PRF513 where it isn't exactly one.

    >>> read_date("2024/1/5").value, read_date("待定").value
    (datetime.date(2024, 1, 5), MISSING)
    """
    if _ISO.fullmatch(text):
        try:
            return Reading(date.fromisoformat(text))
        except ValueError:
            raise Fault("PRF513", value=text, expected=A_DATE) from None
    refuse_length(text)
    found, notes = tidy(text)
    if is_missing(found):
        return Reading(MISSING)
    refuse_error(found, text)
    if len(found) > _LONGEST_DATE:
        raise Fault("PRF513", value=text, expected=A_DATE)
    midnight = _MIDNIGHT.search(found)
    if midnight is not None and midnight.end() == len(found):
        found, notes = found[: midnight.start()], (*notes, NO_TIME)
    day = day_of(found)
    if day is None:
        raise Fault("PRF513", value=text, expected=A_DATE)
    return Reading(day, notes)
