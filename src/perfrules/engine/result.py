"""The answer for one unit: frozen, complete, the same bytes for the same input.

`perfrules.engine.answer` holds the data, `perfrules.engine.render` shows it; nothing here decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from perfrules.engine.answer import (
    AdjustmentLine,
    Answer,
    DecisionLine,
    FindingLine,
    GateLine,
    Line,
    State,
)
from perfrules.engine.render.json import result_json, to_json
from perfrules.engine.render.text import Depth, to_text
from perfrules.errors import Diagnostic, Lang
from perfrules.lang.plan import Grade

__all__ = [
    "AdjustmentLine",
    "DecisionLine",
    "FindingLine",
    "GateLine",
    "Line",
    "Rejected",
    "Result",
    "State",
]


@dataclass(frozen=True, slots=True)
class Result(Answer):
    """The scored unit. `total`, `rate`, `grade` are None where nothing could be assessed."""

    def explain(
        self, lang: Lang = "zh", depth: Depth = "rule", *, grades: Sequence[Grade] = ()
    ) -> str:
        """Return the result as a page for people.

        Args:
            lang: `zh` or `en`.
            depth: `summary` for what cost most points, `rule` for every line and its reason,
                `full` for everything.
            grades: The ruleset's grades: with them the distance to the next one is shown.
        """
        return to_text(self, lang, depth, grades=grades)

    def to_dict(self) -> dict[str, object]:
        """Return the result as plain data, decimals as strings, keys in the documented order."""
        return result_json(self)

    def to_json(self) -> str:
        """Return the result as JSON text, the same bytes for the same result."""
        return to_json(self)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A unit that was not scored: where it came from and why."""

    row: int | None  # 1-based: line of the file, or place in the list
    unit: str | None
    problems: tuple[Diagnostic, ...]
