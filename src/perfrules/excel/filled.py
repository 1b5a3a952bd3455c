"""What a table that was filled in reports: 完成值 as facts, 得分 as the scores to be reached."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from perfrules.decimals import plain
from perfrules.excel.nodes import Node
from perfrules.excel.rule import Raw, Rule
from perfrules.excel.wording import NUMBER, spelled
from perfrules.lang.cells import read_actual, read_target
from perfrules.lang.frame import Fault
from perfrules.lang.types import Kind

_NUMBERS: Final = ("number", "percent", "money")
_SCORE: Final = re.compile(f"({NUMBER})分?")
_BARE: Final = re.compile(f"-?{NUMBER}(?:%|[千万亿]?元)?|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}")


@dataclass(slots=True)
class Filled:
    """The facts and scores of a table, as far as every indicator has both.

    What is printed is what is expected: where the table's arithmetic is wrong, the case fails.
    """

    facts: dict[str, object] = field(default_factory=dict)
    scores: dict[str, object] = field(default_factory=dict)
    lacking: bool = False

    @property
    def whole(self) -> bool:
        """Whether the table is filled in."""
        return bool(self.scores) and not self.lacking

    def add(self, own: str, node: Node, rule: Rule, *, by_hand: bool) -> None:
        """Take what the table reports of an indicator."""
        score = _SCORE.fullmatch(spelled(node.texts.get("score", "")))
        actual = node.texts.get("actual", "")
        values: list[str] = []
        names = list(rule.inputs) or [own]
        if "spent" in node.texts:
            values = [node.texts["spent"], node.texts["budget"]]
        elif by_hand and score is not None:
            values = [score[1]]
        elif actual and not rule.inputs:
            values = [_in_unit(actual, node.texts.get("target", ""), rule)]
        if score is None or len(values) != len(names) or not all(values):
            self.lacking = True
            return
        self.scores[own] = Decimal(score[1])
        self.facts |= {name: _fact(text) for name, text in zip(names, values, strict=True)}


def _in_unit(actual: str, target: str, rule: Rule) -> str:
    """Return what was filled in, in the unit of the target; nothing where it can't be read.

    >>> _in_unit("≥266米", "≥260米", Rule({}, ask={"type": "number"})), _in_unit("100", "≥95%",
    ...     Rule({}, ask={"type": "percent"}))
    ('266', '100%')
    """
    cell = read_target(target) if target else None
    if cell is None or cell.number is None or rule.ask.get("type") not in _NUMBERS:
        return actual
    try:
        value = read_actual(actual, cell, kind=Kind.TEXT).value
    except Fault:
        return ""
    if not isinstance(value, Decimal):
        return ""
    return plain(value) if rule.ask["type"] == "number" else cell.show(value)


def _fact(text: str) -> object:
    """Return a cell as facts hold it.

    >>> _fact("98%"), _fact("达标"), type(_fact("98%")).__name__
    ('98%', '达标', 'Raw')
    """
    return Raw(text) if _BARE.fullmatch(text) else text
