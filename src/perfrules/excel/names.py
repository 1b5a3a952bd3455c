"""Ids of indicators and inputs from the titles that a table prints."""

import re
from typing import Final
from unicodedata import normalize

from perfrules.lang.spec.names import FACT_KEYS, LONGEST, RESERVED, name_fault

_OUT: Final = re.compile("[^A-Za-z0-9_\u3400-\u4dbf\u4e00-\u9fff]+")
_TAKEN: Final = RESERVED | FACT_KEYS
_ROOM: Final = 6  # signs that are kept for `_2`


def name_of(title: str, before: str = "指标") -> str:
    """Return a title as a name of the language.

    >>> name_of("“三公经费”控制率（%）"), name_of("2022年任务"), name_of("total"), name_of("——")
    ('三公经费控制率', '指标_2022年任务', '指标_total', '指标')
    """
    found = _OUT.sub("", normalize("NFKC", title))[: LONGEST - _ROOM]
    if not found:
        return before
    return found if name_fault(found, _TAKEN) is None else f"{before}_{found}"[: LONGEST - _ROOM]


def dotted(text: str) -> str:
    """Return a text as the id of a ruleset.

    >>> dotted("city.road_repair"), dotted("2022 自评表")
    ('city.road_repair', '表_2022自评表')
    """
    return ".".join(name_of(part, "表") for part in text.split("."))


class Names:
    """Gives each title a name of its own."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def give(self, title: str) -> str:
        """Return the title's name, with a number behind it where it is given away already.

        >>> names = Names()
        >>> names.give("满意度指标"), names.give("满意度指标")
        ('满意度指标', '满意度指标_2')
        """
        wanted = name_of(title)
        found, count = wanted, 1
        while found in self._given:
            count += 1
            found = f"{wanted}_{count}"
        self._given.add(found)
        return found

    def take(self, name: str) -> None:
        """Keep a name for an input, so that no later indicator asks under it."""
        self._given.add(name)
