"""Lines that aren't scored in units of which no row is: only shown, as they have no points."""

from collections.abc import Sequence

import numpy as np

from perfrules.engine.batch.kernel.chunk import BoolsOf, Chunk, Kept
from perfrules.engine.batch.kernel.lines import Line
from perfrules.engine.batch.kernel.sheets import Sheet
from perfrules.engine.batch.vectors import Bools


def empty(lines: Sequence[Line]) -> BoolsOf | None:
    """Set where each line, and each below, is empty; return where all are, None for nowhere.

    A sheet is where no row is scored, a branch where all below are: their points would not add up
    if they had any.
    """
    found: list[BoolsOf | None] = [_empty(line) for line in lines if line.scored]
    tests = [test for test in found if test is not None]
    if not found:
        return lambda chunk: np.ones(chunk.size, np.bool_)
    return _all(tests) if len(tests) == len(found) else None


def _empty(line: Line) -> BoolsOf | None:
    if line.sheet is not None:
        line.empty = _without_rows(line.sheet)
    elif line.below:
        line.empty = empty(line.below)
    return line.empty


def _without_rows(sheet: Sheet) -> BoolsOf:
    def without(chunk: Chunk) -> Bools:
        rows = sheet.table.rows(chunk)
        return ~rows.any(sheet.counted(rows.chunk))

    return Kept(without)


def _all(tests: Sequence[BoolsOf]) -> BoolsOf:
    if len(tests) == 1:
        return tests[0]
    return Kept(lambda chunk: np.logical_and.reduce([test(chunk) for test in tests]))
