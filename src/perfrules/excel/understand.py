"""The words of 指标值 and 评分标准 become a rule, or nothing does: never half of them."""

from collections.abc import Callable
from typing import Final

from perfrules.excel.bands import bands
from perfrules.excel.labels import checklist, levels, met
from perfrules.excel.occurrences import occurrences, steps
from perfrules.excel.ratio import proportion, quotient
from perfrules.excel.rule import Question, Rule

_LONGEST: Final = 600  # signs: a longer cell is prose, and no pattern has to search it
READERS: Final[tuple[Callable[[Question], Rule | None], ...]] = (
    proportion,
    quotient,
    levels,
    met,
    bands,
    checklist,
    steps,
    occurrences,
)


def understand(about: Question) -> Rule | None:
    """Return the rule that the words state; None where they state none that is known here.

    Every reader takes the whole text or nothing, so a clause too many is never dropped.

    >>> from decimal import Decimal
    >>> understand(Question("x", Decimal(5), standard="酌情扣分")) is None
    True
    """
    if len(about.standard) > _LONGEST:
        return None
    for read in READERS:
        found = read(about)
        if found is not None:
            return found
    return None
