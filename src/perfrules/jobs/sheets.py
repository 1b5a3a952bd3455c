"""Results as a workbook: a sheet of scores and a sheet of what was rejected, and why."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from tempfile import SpooledTemporaryFile, gettempdir
from typing import IO, Final

from perfrules.engine.codegen.scores import Scores
from perfrules.engine.program import Program
from perfrules.engine.render.json import number
from perfrules.engine.render.words import tidy
from perfrules.engine.result import Rejected, Result
from perfrules.errors import Lang, Text
from perfrules.files.entry import Entry
from perfrules.files.xlsx.write import Column, Sheet, fits_sheet, write_book
from perfrules.jobs.done import REJECT_HEADS, Done, Refusals, encoded, reject_cells
from perfrules.jobs.forms import CsvForm, Frame, score_text
from perfrules.jobs.output import writing
from perfrules.jobs.rows import RowWork
from perfrules.lang.plan import Plan

__all__ = ["SheetForm", "SheetWork", "fits_sheet", "joined", "row_text"]

SCORED, REFUSED = Text("得分", "scores"), Text("退回", "rejected")
_NAME, _REASON = 28, 60  # columns of a screen
_HEADS: Final = tuple(
    {
        "row": Column("row", "number"),
        "unit": Column("unit", size=_NAME),
        "reason_zh": Column("reason_zh", size=_REASON),
        "reason_en": Column("reason_en", size=_REASON),
    }.get(head, Column(head))
    for head in REJECT_HEADS
)
_KEPT = 10_000_000  # bytes of rejected units in memory
_RATE = 2  # decimals of a percentage, as people read it; the cell holds all of them


class SheetForm:
    """One unit a row: the cells of `CsvForm`, as a list of texts."""

    def __init__(self, plan: Plan) -> None:
        self.csv = CsvForm(plan)
        self.plan = plan

    @property
    def frame(self) -> Frame:
        """Nothing but the rows."""
        return Frame()

    @property
    def numbers(self) -> bool:
        """Nothing is explained."""
        return True

    def of(self, result: Result) -> str:
        """Return the row."""
        return row_text(self.csv.cells(result))

    def of_scores(self, unit: str | None, as_of: date | None, scores: Scores) -> str:
        """Return the same row."""
        found = dict(zip(scores.ids, scores.scores, strict=True))
        lines = self.csv.lines.items()
        codes = self.csv.codes
        return row_text([
            unit or "",
            as_of.isoformat() if as_of else "",
            score_text(scores.total, self.plan.total_rounding.digits),
            number(scores.rate) or "",
            scores.grade or "",
            number(scores.complete) or "",
            *(score_text(found.get(name), size) for name, size in lines),
            " ".join(scores.gates),
            " ".join(codes[name] for name in scores.decisions),
            *self.csv.about,
        ])  # fmt: skip

    def columns(self) -> list[Column]:
        """Return what the columns hold."""
        total = self.plan.total_rounding.digits
        kinds = {
            "unit": Column("unit", size=_NAME),
            "as_of": Column("as_of", "date", size=12),
            "total": Column("total", "number", total),
            "rate": Column("rate", "percent", _RATE),
            "complete": Column("complete", "percent", _RATE),
        }
        kinds |= {
            f"score.{name}": Column(f"score.{name}", "number", size)
            for name, size in self.csv.lines.items()
        }
        return [kinds.get(head, Column(head)) for head in self.csv.heads()]


def row_text(cells: Iterable[str]) -> str:
    r"""Return a row as a line.

    >>> row_text(["甲\n", "1"])
    '["甲","1"]\n'
    """
    return json.dumps(list(map(tidy, cells)), ensure_ascii=False, separators=(",", ":")) + "\n"


class SheetWork:
    """Scores the entries of a part, and writes those that are rejected too.

    Args:
        program: The ruleset.
        file: The name of the facts file, for reasons without a place.
        rejects: Whether the rejected units are written to a file of their own as well.
    """

    def __init__(self, program: Program, file: str, *, rejects: bool) -> None:
        self.rows = RowWork(program, SheetForm(program.plan), file, rejects=rejects)

    def __call__(self, entries: Sequence[Entry]) -> Done:
        """Return what became of a part."""
        refusals = Refusals(self.rows.file, self.rows.rejects)
        scored = 0
        texts: list[str] = []
        for entry in entries:
            answer = self.rows.answer(entry)
            if isinstance(answer, Rejected):
                refusals.add(entry, answer)
                texts += (
                    "r" + row_text(reject_cells(entry, answer, item, self.rows.file))
                    for item in answer.problems
                )
            else:
                scored += 1
                texts.append("s" + answer)
        return refusals.done(scored, encoded("".join(texts)))


def joined(plan: Plan, lang: Lang) -> Callable[[Iterable[bytes], Callable[[bytes], None]], None]:
    """Return what puts parts together as a workbook."""
    form = SheetForm(plan)

    def join(parts: Iterable[bytes], put: Callable[[bytes], None]) -> None:
        # The rejected wait: a workbook holds one sheet after the other.
        with SpooledTemporaryFile(_KEPT) as refused:
            scored = Sheet(SCORED.get(lang), form.columns(), _scored(parts, refused))
            write_book([scored, Sheet(REFUSED.get(lang), _HEADS, _kept(refused))], put)

    return join


def _scored(parts: Iterable[bytes], refused: IO[bytes]) -> Iterator[list[str]]:
    """Yield the rows of scored units; set the others aside."""
    for part in parts:
        for line in part.splitlines():
            if line.startswith(b"s"):
                yield json.loads(line[1:])
            else:
                with writing(gettempdir()):
                    refused.write(line[1:] + b"\n")


def _kept(refused: IO[bytes]) -> Iterator[list[str]]:
    refused.seek(0)
    for line in refused:
        yield json.loads(line)
