"""What `score` writes for each unit, by format, and what it says about rejected ones."""

from collections.abc import Callable, Sequence
from typing import Protocol

from perfrules.commands.output import csv_line
from perfrules.engine.render.json import digits, number
from perfrules.engine.render.words import pad
from perfrules.engine.result import Rejected, Result
from perfrules.errors import Diagnostic, Lang
from perfrules.files.entry import Entry
from perfrules.lang.plan import Indicator, Plan
from perfrules.report.json import dump, result_json, to_json
from perfrules.report.text import tidy, to_text

FORMATS = ("text", "json", "jsonl", "csv")
REJECT_HEADS = ("row", "unit", "column", "code", "reason_zh", "reason_en", "file")
_UNIT = 28


class Writer(Protocol):
    """How results of one format are written, one by one."""

    def add(self, result: Result) -> None:
        """Write one result."""

    def end(self) -> None:
        """Write what follows the last one."""


class JsonWriter:
    """One object for one unit, else a list with a unit a line."""

    def __init__(self, write: Callable[[str], None], *, single: bool) -> None:
        self._write = write
        self._single = single
        self._count = 0

    def add(self, result: Result) -> None:
        """Write one result."""
        if self._single:
            self._write(to_json(result))
        else:
            self._write(("[\n" if not self._count else ",\n") + dump(result_json(result)))
        self._count += 1

    def end(self) -> None:
        """Close the list."""
        if not self._single:
            self._write("\n]\n" if self._count else "[]\n")


class JsonLinesWriter:
    """One unit a line."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write

    def add(self, result: Result) -> None:
        """Write one result."""
        self._write(dump(result_json(result)) + "\n")

    def end(self) -> None:
        """Nothing follows."""


class CsvWriter:
    """One unit a row: total, grade and the score of every indicator of the ruleset."""

    def __init__(self, write: Callable[[str], None], plan: Plan) -> None:
        self._write = write
        self._ids = indicator_ids(plan.indicators)
        self._started = False

    def _start(self) -> None:
        heads = ["unit", "as_of", "total", "rate", "grade", "complete"]
        heads += [f"score.{name}" for name in self._ids]
        heads += ["gates", "decisions", "ruleset", "version", "digest"]
        self._write(csv_line(heads))
        self._started = True

    def add(self, result: Result) -> None:
        """Write one result."""
        if not self._started:
            self._start()
        lines = {line.id: line for line in result.lines()}
        cells = [
            result.unit,
            result.as_of.isoformat() if result.as_of else None,
            digits(result.total, result.digits),
            number(result.rate),
            result.grade,
            number(result.complete),
        ]
        for name in self._ids:
            line = lines.get(name)
            cells.append(None if line is None else digits(line.score, line.digits))
        cells += [
            " ".join(gate.id for gate in result.gates if gate.fired),
            " ".join(item.code for item in result.decisions),
            result.ruleset,
            result.version,
            result.digest,
        ]
        self._write(csv_line([cell or "" for cell in cells]))

    def end(self) -> None:
        """Write the headings at least."""
        if not self._started:
            self._start()


class TextWriter:
    """A page for one unit, a line a unit for several."""

    def __init__(
        self, write: Callable[[str], None], plan: Plan, lang: Lang, *, single: bool
    ) -> None:
        self._write = write
        self._plan = plan
        self._lang = lang
        self._single = single

    def add(self, result: Result) -> None:
        """Write one result."""
        if self._single:
            self._write(to_text(result, self._lang, "summary", grades=self._plan.grades))
            return
        total = digits(result.total, result.digits) or "-"
        decisions = " ".join(tidy(item.title.get(self._lang)) for item in result.decisions)
        unit = pad(tidy(result.unit or "-"), _UNIT)
        row = (
            f"{unit}  {pad(total, 8, right=True)}  {pad(tidy(result.grade or '-'), 4)}  {decisions}"
        )
        self._write(row.rstrip() + "\n")

    def end(self) -> None:
        """Nothing follows."""


def indicator_ids(indicators: Sequence[Indicator]) -> list[str]:
    """Return the ids of a ruleset's indicators, parents first, without rows of a sheet."""
    found = []
    for item in indicators:
        found.append(item.id)
        found += indicator_ids(item.children)
    return found


def writer(
    name: str, write: Callable[[str], None], plan: Plan, lang: Lang, *, single: bool
) -> Writer:
    """Return the writer of a format."""
    match name:
        case "json":
            return JsonWriter(write, single=single)
        case "jsonl":
            return JsonLinesWriter(write)
        case "csv":
            return CsvWriter(write, plan)
        case _:
            return TextWriter(write, plan, lang, single=single)


def reject_line(entry: Entry, rejected: Rejected, item: Diagnostic, file: str) -> str:
    """Return the CSV line of one reason why a unit was rejected."""
    return csv_line(
        [
            str(rejected.row),
            rejected.unit or "",
            column_of(entry, item),
            item.code,
            _reason(item, "zh"),
            _reason(item, "en"),
            item.span.file if item.span else file,
        ]
    )


def column_of(entry: Entry, item: Diagnostic) -> str:
    """Return the heading that a reason is about, with the place below it for a table's cell."""
    if not item.path:
        return ""
    first, *rest = item.path
    name = entry.headings.get(str(first), str(first))
    return name + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in rest)


def _reason(item: Diagnostic, lang: Lang) -> str:
    hint = item.hint.get(lang)
    end = "；" if lang == "zh" else "; "
    return f"{item.message.get(lang)}{end}{hint}" if hint else item.message.get(lang)
