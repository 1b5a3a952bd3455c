"""What changed between two versions of a document, what their versions must say, and who gains."""

from perfrules.analysis.change.change import Change, Level
from perfrules.analysis.change.compare import compare
from perfrules.analysis.change.impact import Impact, UnitChange, impact
from perfrules.analysis.change.reach import Reaches, reaches_score
from perfrules.analysis.change.version import bump, level_of, next_version

__all__ = [
    "Change",
    "Impact",
    "Level",
    "Reaches",
    "UnitChange",
    "bump",
    "compare",
    "impact",
    "level_of",
    "next_version",
    "reaches_score",
]
