"""The papers of a panel: one rater's scores of all items, as one score, valid or void."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from perfrules.decimals import ZERO, plain
from perfrules.errors import Path
from perfrules.lang.ballots import PanelFact
from perfrules.lang.frame import Fault
from perfrules.lang.methods.share import Share
from perfrules.lang.methods.weights import Weights

Void: TypeAlias = Literal["all_full", "all_equal"]


@dataclass(frozen=True, slots=True)
class Paper:
    """What one rater gave, items combined."""

    rater: str
    group: str | None
    score: Share


def papers(
    fact: PanelFact, out_of: Decimal, items: Weights, void: tuple[Void, ...], where: Path
) -> tuple[tuple[Paper, ...], tuple[Paper, ...]]:
    """Return the valid papers and the void ones.

    Raises:
        Fault: PRF565 a score outside 0 to *out_of*, PRF567 a rater who left out an item, PRF544 no
            valid paper at all.
    """
    given: dict[tuple[str | None, str], dict[str | None, Decimal]] = {}
    for row in fact.rows:
        if not ZERO <= row.score <= out_of:
            shown, right = plain(row.score), plain(out_of)
            raise Fault("PRF565", where=where, name=row.rater, value=shown, right=right)
        given.setdefault((row.group, row.rater), {})[row.item] = row.score
    valid: list[Paper] = []
    refused: list[Paper] = []
    for (group, rater), scores in given.items():
        paper = Paper(rater, group, _score(rater, scores, items, where))
        (refused if _is_void(scores, out_of, void) else valid).append(paper)
    if not valid:
        raise Fault("PRF544", where=where, name="全体评委")
    return tuple(valid), tuple(refused)


def _score(rater: str, scores: Mapping[str | None, Decimal], items: Weights, where: Path) -> Share:
    for item in items.shares:
        if item not in scores:
            raise Fault("PRF567", where=where, name=rater, item=item)
    return items.mean({str(item): Share(score) for item, score in scores.items()})


def _is_void(scores: Mapping[str | None, Decimal], out_of: Decimal, void: tuple[Void, ...]) -> bool:
    """Return whether a paper says nothing: full points throughout, or the same for every item."""
    values = set(scores.values())
    full = "all_full" in void and values == {out_of}
    equal = "all_equal" in void and len(scores) > 1 and len(values) == 1
    return full or equal
