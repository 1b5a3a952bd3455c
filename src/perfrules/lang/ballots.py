"""Admitted questionnaires and panels: counts by level, and scores by rater."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class SurveyFact:
    """How many answers each level got, by group; ungrouped answers stand under None.

    Every group has every declared level. `issued` is how many forms were handed out, where known.
    """

    groups: Mapping[str | None, Mapping[str, int]]
    issued: int | None = None

    @property
    def returned(self) -> int:
        """How many answers there are in all.

        >>> SurveyFact({None: {"满意": 30, "不满意": 2}}).returned
        32
        """
        return sum(sum(levels.values()) for levels in self.groups.values())


@dataclass(frozen=True, slots=True)
class Ballot:
    """One score of one rater."""

    rater: str
    score: Decimal
    group: str | None = None
    item: str | None = None


@dataclass(frozen=True, slots=True)
class PanelFact:
    """The ballots of a panel; no rater has two for one group and item."""

    rows: tuple[Ballot, ...]
