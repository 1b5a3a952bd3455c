"""The date of an evaluation, as callers give it."""

import re
from datetime import date
from typing import Final

from perfrules.errors import UsageError
from perfrules.messages import diagnose

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def date_of(as_of: date | str | None) -> date | None:
    """Return a date given as one or as text; raise UsageError PRF641 for anything else.

    >>> date_of("2022-12-31")
    datetime.date(2022, 12, 31)
    """
    if as_of is None or type(as_of) is date:
        return as_of
    if isinstance(as_of, str) and _DATE.fullmatch(as_of):
        try:
            return date.fromisoformat(as_of)
        except ValueError:
            pass
    raise UsageError((diagnose("PRF641", value=as_of),))
