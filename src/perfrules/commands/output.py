"""Files that commands write: complete or not there, cells of others' texts never formulas."""

from perfrules.jobs.output import Output, csv_line, guarded, output, writing

__all__ = ["Output", "csv_line", "guarded", "output", "writing"]
