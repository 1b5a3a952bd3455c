"""Columns of scores as lines of CSV: the bytes that `CsvForm` writes for each unit."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import compress, groupby
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from perfrules.engine.batch.text.cells import MOST, Cells, labels
from perfrules.engine.batch.text.lines import Cell, Lines, Same, lines_of, texts_of
from perfrules.engine.batch.text.marks import is_plain
from perfrules.engine.render.json import number
from perfrules.jobs.done import Data, encoded
from perfrules.jobs.forms import CsvForm, score_text
from perfrules.jobs.output import csv_cell, csv_line

_PLAIN = r"^[0-9A-Za-z\p{Han}]*$"  # such a cell is no formula and needs no quotation marks
_SMALL = 6  # decimals: with more of them Arrow writes powers of ten
_SHARE = 4  # decimals of a share of a hundred points with two


class CsvLines:
    """Makes lines of columns; tables of texts are kept from one part to the next.

    Args:
        form: What a line is.
    """

    def __init__(self, form: CsvForm) -> None:
        self.form = form
        self._cells = Cells()

    def written(self, scored: pa.RecordBatch, instead: Mapping[int, str | None]) -> Data:
        """Return the lines of a batch.

        Args:
            scored: The scores.
            instead: The lines of some units by their place, None for no line.
        """
        cells = list(_merged(self._line(scored)))
        found = lines_of(cells, len(scored))
        return b"".join(_spliced(found, instead)) if instead else found.data

    def _line(self, scored: pa.RecordBatch) -> Iterator[Cell]:
        form, plan = self.form, self.form.plan
        yield texts_of(_texts(scored["unit"]))
        yield from _days(scored["as_of"])
        yield from self._score(scored["total"], plan.total_rounding.digits)
        yield from self._share(scored["rate"])
        yield labels(scored["grade"], csv_cell)
        yield from self._share(scored["complete"])
        for name, size in form.lines.items():
            yield from self._score(scored[f"score.{name}"], size)
        gates = form.codes | {gate.id: gate.id for gate in plan.gates}
        yield self._true(scored, "gate", [gate.id for gate in plan.gates], gates)
        yield self._true(scored, "decision", list(form.codes), form.codes)
        yield Same(encoded("," + csv_line(form.about)))

    def _score(self, column: pa.Array, size: int) -> Iterator[Cell]:
        """Yield scores with their declared digits."""
        found = self._cells.scores(column) if size <= _SMALL else None
        if found is None:
            yield Same(b",")
            yield texts_of(_scores(column, size))
        else:
            yield found

    def _share(self, column: pa.Array) -> Iterator[Cell]:
        """Yield shares: nearly always few decimals, and then one word each."""
        found = self._cells.shares(column, _SHARE)
        if found is None:
            yield Same(b",")
            yield texts_of(_each(column, _number))
        else:
            yield found

    def _true(
        self, scored: pa.RecordBatch, kind: str, names: Sequence[str], codes: Mapping[str, str]
    ) -> Cell:
        """Return the codes of what is true for each unit, separated by spaces."""
        if not names:
            return Same(b",")
        columns = [scored[f"{kind}.{name}"] for name in names]
        shown = [codes[name] for name in names]
        if len(names) <= MOST:
            return self._cells.sets(columns, shown, csv_cell)
        rows = zip(*(column.to_pylist() for column in columns), strict=True)
        texts = [" ".join(compress(shown, row)) for row in rows]
        return labels(pa.array(texts, pa.string()).dictionary_encode(), csv_cell)


def _merged(cells: Iterator[Cell]) -> Iterator[Cell]:
    """Yield the cells, those that are the same in every line put together."""
    for same, group in groupby(cells, lambda cell: isinstance(cell, Same)):
        if same:
            yield Same(b"".join(cell.text for cell in group if isinstance(cell, Same)))
        else:
            yield from group


def _spliced(lines: Lines, instead: Mapping[int, str | None]) -> Iterator[Data]:
    """Yield lines with others in the place of some."""
    done = 0
    for place, text in sorted(instead.items()):
        start = int(lines.ends[place - 1]) if place else 0
        yield lines.data[done:start]
        if text is not None:
            yield encoded(text)
        done = int(lines.ends[place])
    yield lines.data[done:]


def _days(column: pa.Array) -> Iterator[Cell]:
    """Yield dates, of which there are few."""
    if column.null_count == len(column):
        yield Same(b",")
        return
    days = column.dictionary_encode()
    texts = pa.array([day.isoformat() for day in days.dictionary.to_pylist()], pa.string())
    yield labels(pa.DictionaryArray.from_arrays(days.indices, texts), str)


def _texts(column: pa.Array) -> pa.Array:
    """Return texts of others as cells."""
    texts = pc.fill_null(column, "")
    if is_plain(texts):
        return texts
    if pc.all(pc.match_substring_regex(texts, _PLAIN)).as_py() is not False:
        return texts
    return pa.array([csv_cell(text) for text in texts.to_pylist()], pa.string())


def _each(column: pa.Array, shown: Callable[[Any], str]) -> pa.Array:
    """Return the text of each value, made once for each that differs; nothing where none is."""
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    texts = pa.array([shown(value) for value in column.dictionary.to_pylist()], pa.string())
    return pc.fill_null(texts.take(column.indices), "")


def _scores(column: pa.Array, size: int) -> pa.Array:
    """Return scores with their declared digits."""
    if size > _SMALL:
        return _each(column, lambda score: score_text(score, size))
    found = column.dictionary_encode()  # there are few that differ: points have two digits
    return pc.fill_null(found.dictionary.cast(pa.string()).take(found.indices), "")


def _number(value: Decimal) -> str:
    return number(value) or ""
