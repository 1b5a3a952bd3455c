"""Cells as real forms print them, read exactly, once; what is refused is refused with its reason.

Readers take text and return a `Reading`: the value (`MISSING` where the cell says there is none)
and a note for each normalisation. What can't be read raises `lang.frame.Fault` with `value` and
what was expected.
"""

from perfrules.lang.ballots import Ballot, PanelFact, SurveyFact
from perfrules.lang.cells.actual import read_actual
from perfrules.lang.cells.dates import read_date
from perfrules.lang.cells.numbers import (
    exact_number,
    read_count,
    read_money,
    read_number,
    read_percent,
)
from perfrules.lang.cells.partial import PartialDate
from perfrules.lang.cells.reading import Reading
from perfrules.lang.cells.target import TargetCell, read_target
from perfrules.lang.cells.words import read_choice, read_choices, read_flag, read_id, read_text

__all__ = [
    "Ballot",
    "PanelFact",
    "PartialDate",
    "Reading",
    "SurveyFact",
    "TargetCell",
    "exact_number",
    "read_actual",
    "read_choice",
    "read_choices",
    "read_count",
    "read_date",
    "read_flag",
    "read_id",
    "read_money",
    "read_number",
    "read_percent",
    "read_target",
    "read_text",
]
