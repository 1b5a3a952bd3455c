"""Units scored one by one, as `Program.scores` does: what can't be scored many at a time."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from perfrules.engine.codegen.scores import Scores
from perfrules.errors import Diagnostic, FactsError

Refused: TypeAlias = tuple[Diagnostic, ...]
Score: TypeAlias = Callable[[Mapping[str, object]], Scores]


@dataclass(frozen=True, slots=True)
class RowScored:
    """The line of one row of a sheet."""

    key: str
    score: Decimal | None
    rate: Decimal | None
    state: str


@dataclass(frozen=True, slots=True)
class UnitScored:
    """A unit's numbers; `lines` are (score, rate, state) in the order of the document.

    Rows of sheets aren't among them: `rows` has those of each sheet.
    """

    scores: Scores
    lines: tuple[tuple[Decimal | None, Decimal | None, str], ...]
    rows: Mapping[str, tuple[RowScored, ...]]


def scored_alone(
    facts: Iterable[Mapping[str, object]], score: Score, *, sheets: frozenset[str], rates: bool
) -> list[UnitScored | Refused]:
    """Return what each unit gives, or why it is refused.

    Args:
        facts: The units.
        score: Scores one of them.
        sheets: The indicators that have a line for each row of a table.
        rates: Whether the rate of each line is asked for.
    """
    found: list[UnitScored | Refused] = []
    for one in facts:
        try:
            scores = score(one)
        except FactsError as error:
            found.append(error.diagnostics)
        else:
            found.append(_unit(scores, sheets, rates=rates))
    return found


def _unit(scores: Scores, sheets: frozenset[str], *, rates: bool) -> UnitScored:
    given = scores.rates if rates or sheets else (None,) * len(scores.ids)
    states = [state.value for state in scores.states]
    lines = zip(scores.scores, given, states, strict=True)
    if not sheets:
        return UnitScored(scores, tuple(lines), {})
    whole = []
    rows: dict[str, list[RowScored]] = {name: [] for name in sheets}
    for name, line in zip(scores.ids, lines, strict=True):
        sheet, bracket, key = name.partition("[")
        if bracket:
            rows[sheet].append(RowScored(key.removesuffix("]"), *line))
        else:
            whole.append(line)
    return UnitScored(scores, tuple(whole), {sheet: tuple(lines) for sheet, lines in rows.items()})
