"""The grades that a table states in its notes, or those of the national scale."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from perfrules.decimals import CONTEXT, HUNDRED
from perfrules.excel.wording import NUMBER, spelled

_LABEL: Final = "[一-鿿]{1,4}?"
_BOUND: Final = re.compile(
    rf"(?P<name>{_LABEL})[:(]?≥(?P<at>{NUMBER})分?\)?"
    rf"|(?P<at_2>{NUMBER})分?(?:\(含\))?(?:-{NUMBER}分?(?:\(不?含\))?|及?以上)(?:为|的?评?定?为|:)(?P<name_2>{_LABEL})"
)
_LOWEST: Final = re.compile(
    rf"(?P<name>{_LABEL})[:(]?<{NUMBER}分?\)?|(?:{NUMBER}分?(?:\(不含\))?以下|<{NUMBER}分?)(?:为|:)(?P<name_2>{_LABEL})"
)
_NATIONAL: Final = (("优", 90), ("良", 80), ("中", 60), ("差", 0))  # of 100 points


def national(total: Decimal) -> tuple[tuple[str, Decimal], ...]:
    """Return the national scale for tables of *total* points.

    >>> [int(at) for _, at in national(Decimal(110))]
    [99, 88, 66, 0]
    """
    return tuple(
        (label, round(CONTEXT.divide(CONTEXT.multiply(total, at), HUNDRED), 12))
        for label, at in ((label, Decimal(at)) for label, at in _NATIONAL)
    )


def stated_grades(notes: Sequence[str]) -> tuple[tuple[str, Decimal], ...]:
    """Return the grades that one of the notes states, best first; nothing where none does.

    >>> stated_grades(["评价等级：优≥90分；良≥80分；中≥60分；差≥0分"])[1]
    ('良', Decimal('80'))
    >>> stated_grades(["90(含)-100分为优、80(含)-90分为良、60(含)-80分为中、60分以下为差"])[-1]
    ('差', Decimal('0'))
    """
    for note in notes:
        text = re.sub("^.*?(?:等级|等次|级别)[:为]?(?=.)", "", spelled(note))
        found: list[tuple[str, Decimal]] = []
        for part in re.split("[;,、]", text):
            bound, lowest = _BOUND.fullmatch(part), _LOWEST.fullmatch(part)
            if bound is not None:
                found.append(
                    (bound["name"] or bound["name_2"], Decimal(bound["at"] or bound["at_2"]))
                )
            elif lowest is not None:
                found.append((lowest["name"] or lowest["name_2"], Decimal(0)))
            else:
                break
        else:
            if len(found) > 1 and all(a[1] > b[1] for a, b in pairwise(found)):
                return tuple(found)
    return ()
