"""Rules over the results of many units: places, shares of a pool, groups, the report of a file.

What a unit scored is read, never changed; which columns depend on who else is in the file is said.
"""

from perfrules.analysis.portfolio.outcome import Outcome, Row
from perfrules.analysis.portfolio.program import Portfolio

__all__ = ["Outcome", "Portfolio", "Row"]
