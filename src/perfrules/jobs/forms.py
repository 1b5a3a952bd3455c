"""What is written for each unit, by format, and what stands before, between and after the units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from perfrules.engine.codegen.scores import Scores
from perfrules.engine.render.json import digits, number
from perfrules.engine.render.words import pad
from perfrules.engine.result import Result
from perfrules.errors import Lang, Text
from perfrules.jobs.output import csv_cell, csv_line
from perfrules.lang.plan import Indicator, Plan
from perfrules.report.json import dump, result_json, to_json
from perfrules.report.text import tidy, to_text

TEXTS = ("text", "json", "jsonl", "csv")
TABLES = ("parquet", "arrow")
SHEETS = ("xlsx",)
FORMATS = (*TEXTS, *TABLES, *SHEETS)
_UNIT = 28


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the units: before the first, between two, after the last.

    `mark`: whether a file starts with a byte order mark, for spreadsheet programs.
    """

    head: str = ""
    joint: str = ""
    tail: str = ""
    mark: bool = False


class Form(Protocol):
    """How a unit is written; the same bytes whatever else is in the file."""

    @property
    def frame(self) -> Frame:
        """What stands around the units."""

    @property
    def numbers(self) -> bool:
        """Whether the numbers of a unit are enough; `of_scores` is for those forms alone."""

    def of(self, result: Result) -> str:
        """Return what is written for a result."""

    def of_scores(self, unit: str | None, as_of: date | None, scores: Scores) -> str:
        """Return the same from the numbers."""


@dataclass(frozen=True, slots=True)
class JsonForm:
    """One object for one unit, else a list with a unit a line."""

    single: bool

    @property
    def frame(self) -> Frame:
        """The brackets of the list."""
        return Frame() if self.single else Frame("[\n", ",\n", "\n]\n")

    @property
    def numbers(self) -> bool:
        """A result explains itself."""
        return False

    def of(self, result: Result) -> str:
        """Return the object."""
        return to_json(result) if self.single else dump(result_json(result))

    def of_scores(self, unit: str | None, as_of: date | None, scores: Scores) -> str:
        """Numbers are no result."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class JsonLinesForm:
    """One unit a line."""

    @property
    def frame(self) -> Frame:
        """Nothing but the lines."""
        return Frame()

    @property
    def numbers(self) -> bool:
        """A result explains itself."""
        return False

    def of(self, result: Result) -> str:
        """Return the line."""
        return dump(result_json(result)) + "\n"

    def of_scores(self, unit: str | None, as_of: date | None, scores: Scores) -> str:
        """Numbers are no result."""
        raise NotImplementedError


class CsvForm:
    """One unit a row: total, grade and the score of every indicator of the ruleset."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.lines = line_digits(plan.indicators, plan)
        self.codes = {item.id: item.code for item in plan.decisions}
        self.about = (plan.id, plan.version, plan.digest)
        self._end = csv_line(self.about)
        self._cells: dict[str, str] = {}
        self._places: tuple[tuple[str, ...], Sequence[int | None]] = ((), ())

    @property
    def frame(self) -> Frame:
        """The headings."""
        return Frame(csv_line(self.heads()), mark=True)

    @property
    def numbers(self) -> bool:
        """Nothing is explained."""
        return True

    def heads(self) -> list[str]:
        """Return the headings."""
        return [
            *("unit", "as_of", "total", "rate", "grade", "complete"),
            *(f"score.{name}" for name in self.lines),
            *("gates", "decisions", "ruleset", "version", "digest"),
        ]

    def of(self, result: Result) -> str:
        """Return the row."""
        return csv_line(self.cells(result))

    def cells(self, result: Result) -> list[str]:
        """Return the cells of the row."""
        lines = {line.id: line for line in result.lines()}
        found = [
            None if (line := lines.get(name)) is None else digits(line.score, line.digits)
            for name in self.lines
        ]
        cells = [
            result.unit,
            result.as_of.isoformat() if result.as_of else None,
            digits(result.total, result.digits),
            number(result.rate),
            result.grade,
            number(result.complete),
            *found,
            " ".join(gate.id for gate in result.gates if gate.fired),
            " ".join(item.code for item in result.decisions),
            *(result.ruleset, result.version, result.digest),
        ]
        return [cell or "" for cell in cells]

    def of_scores(self, unit: str | None, as_of: date | None, scores: Scores) -> str:
        """Return the same row."""
        known, places = self._places
        if scores.ids is not known:
            at = {name: place for place, name in enumerate(scores.ids)}
            places = [at.get(name) for name in self.lines]
            self._places = scores.ids, places
        cells = [
            csv_cell(unit or ""),
            as_of.isoformat() if as_of else "",
            score_text(scores.total, self.plan.total_rounding.digits),
            number(scores.rate) or "",
            self._cell(scores.grade or ""),
            number(scores.complete) or "",
        ]
        cells += [
            "" if place is None else score_text(scores.scores[place], size)
            for place, size in zip(places, self.lines.values(), strict=True)
        ]
        cells += [
            self._cell(" ".join(scores.gates)),
            self._cell(" ".join(map(self.codes.__getitem__, scores.decisions))),
            self._end,
        ]
        return ",".join(cells)

    def _cell(self, text: str) -> str:
        """Return a cell of the ruleset's own words, of which there are few."""
        if text not in self._cells:
            self._cells[text] = csv_cell(text)
        return self._cells[text]


class TextForm:
    """A page for one unit, a line a unit for several."""

    def __init__(self, plan: Plan, lang: Lang, *, single: bool) -> None:
        self.plan = plan
        self.lang = lang
        self.single = single
        self.titles: Mapping[str, Text] = {item.id: item.title for item in plan.decisions}

    @property
    def frame(self) -> Frame:
        """Nothing but the lines."""
        return Frame()

    @property
    def numbers(self) -> bool:
        """A page explains, a line doesn't."""
        return not self.single

    def of(self, result: Result) -> str:
        """Return the page, or the line."""
        if self.single:
            return to_text(result, self.lang, "summary", grades=self.plan.grades)
        total = digits(result.total, result.digits)
        return self.line(result.unit, total, result.grade, [item.id for item in result.decisions])

    def of_scores(self, unit: str | None, as_of: date | None, scores: Scores) -> str:
        """Return the same line."""
        del as_of
        total = digits(scores.total, self.plan.total_rounding.digits)
        return self.line(unit, total, scores.grade, scores.decisions)

    def line(
        self, unit: str | None, total: str | None, grade: str | None, decisions: Sequence[str]
    ) -> str:
        """Return a line for people, from what stands in it and the ids of what follows."""
        decided = " ".join(tidy(self.titles[name].get(self.lang)) for name in decisions)
        name = pad(tidy(unit or "-"), _UNIT)
        row = f"{name}  {pad(total or '-', 8, right=True)}  {pad(tidy(grade or '-'), 4)}  {decided}"
        return row.rstrip() + "\n"


def score_text(score: Decimal | None, size: int) -> str:
    """Return a score with exactly its declared digits; nothing where there is none.

    >>> score_text(Decimal("90"), 2), score_text(Decimal("-0.00"), 2), score_text(None, 2)
    ('90.00', '0.00', '')
    """
    text = str(score)  # nearly always it is what `digits` would make of it
    if size and text[-size - 1 : -size] == "." and text[0] != "-" and "E" not in text:
        return text
    return digits(score, size) or ""


def line_digits(indicators: Sequence[Indicator], plan: Plan) -> dict[str, int]:
    """Return the decimals of each indicator's score, parents first, without rows of a sheet.

    They are those of `Line.digits`: a sum shows as many as what it adds up.
    """
    found: dict[str, int] = {}
    for item in indicators:
        below = line_digits(item.children, plan)
        own = (item.rounding or plan.rounding).digits
        sums = item.method is None and item.aggregate == "sum"
        found[item.id] = max((own, *(below[child.id] for child in item.children))) if sums else own
        found |= below
    return found


def form_named(name: str, plan: Plan, lang: Lang, *, single: bool) -> Form:
    """Return the form of a format of text."""
    match name:
        case "json":
            return JsonForm(single)
        case "jsonl":
            return JsonLinesForm()
        case "csv":
            return CsvForm(plan)
        case _:
            return TextForm(plan, lang, single=single)
