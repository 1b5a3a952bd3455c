"""One step up or down: one in the last digit that is written, or a day."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from perfrules.decimals import CONTEXT, ZERO

_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def step_of(text: str) -> Decimal | None:
    """Return one in the last digit that *text* writes, None where it holds no number.

    >>> step_of("90%"), step_of("0.50万元"), step_of("else")
    (Decimal('1'), Decimal('0.01'), None)
    """
    found = _NUMBER.search(text)
    return None if found is None else Decimal(1).scaleb(-_digits(found[0]))


def stepped(text: str, steps: int) -> str | None:
    """Return *text* with its number or day moved; None where there is none, or it falls below 0.

    >>> stepped("90%", -1), stepped("0.5万元", 1), stepped("2024-12-31", 1), stepped("0", -1)
    ('89%', '0.6万元', '2025-01-01', None)
    """
    day = _DAY.search(text)
    if day is not None:
        moved = date.fromisoformat(day[0]) + timedelta(days=steps)
        return text[: day.start()] + moved.isoformat() + text[day.end() :]
    found = _NUMBER.search(text)
    if found is None:
        return None
    step = Decimal(1).scaleb(-_digits(found[0]))
    value = CONTEXT.add(Decimal(found[0]), CONTEXT.multiply(step, Decimal(steps)))
    if value < ZERO:
        return None
    return f"{text[: found.start()]}{value:f}{text[found.end() :]}"


def _digits(text: str) -> int:
    return len(text.partition(".")[2])
