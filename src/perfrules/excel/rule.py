"""A scoring rule that was understood: what is asked, how it scores, and what earns all of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from perfrules.errors import Text


class Raw(str):
    """A value that YAML holds without quotes: `95%`, `120万元`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What a table says of one indicator's scoring.

    `id` is the name that the indicator and its input have, `target` the cell of 指标值 and
    `standard` that of 评分标准, as they are written.
    """

    id: str
    points: Decimal
    target: str = ""
    standard: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the language.

    `ask` is the input of the indicator's own name, `inputs` are others by name. `best` are facts
    that earn every point: a first case. `doubts` are readings of words that could be read
    otherwise.
    """

    score: Mapping[str, object]
    ask: Mapping[str, object] = field(default_factory=dict)
    inputs: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    best: Mapping[str, object] = field(default_factory=dict)
    doubts: tuple[Text, ...] = ()


def by_hand(about: Question) -> Rule:
    """Return the rule for words that nothing here understands: a person gives the points.

    >>> by_hand(Question("制度", Decimal(4))).score
    {'method': 'formula', 'points': '制度'}
    """
    return Rule(
        score={"method": "formula", "points": about.id},
        ask={"type": "number", "min": 0, "max": about.points},
        best={about.id: about.points},
    )
