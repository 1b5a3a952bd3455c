"""What the cases of a ruleset reach: its indicators, bands, edges, gates, decisions and grades.

Nothing of this runs while a unit is scored: a case is scored once more, watched.
"""

from perfrules.analysis.coverage.marks import points_of
from perfrules.analysis.coverage.point import Key, Point
from perfrules.analysis.coverage.report import Coverage, coverage_of, floored
from perfrules.analysis.coverage.sized import sized_pairs
from perfrules.analysis.coverage.watched import Watcher

__all__ = [
    "Coverage",
    "Key",
    "Point",
    "Watcher",
    "coverage_of",
    "floored",
    "points_of",
    "sized_pairs",
]
