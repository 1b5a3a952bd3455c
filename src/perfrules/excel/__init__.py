"""Score tables of spreadsheets become rulesets, and rulesets score tables."""

from perfrules.excel.printing import workbook
from perfrules.excel.sheet import ScoreTable, exported
from perfrules.excel.skeleton import Imported, imported

__all__ = ["Imported", "ScoreTable", "exported", "imported", "workbook"]
