"""What became of the units of one part, and what is told of those that were rejected."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from perfrules.engine.result import Rejected
from perfrules.errors import Diagnostic, Lang
from perfrules.files.entry import Entry
from perfrules.jobs.output import csv_line

REJECT_HEADS = ("row", "unit", "column", "code", "reason_zh", "reason_en", "file")
Data: TypeAlias = bytes | memoryview

SHOWN = 20  # rejected units described on the screen


@dataclass(frozen=True, slots=True)
class Done:
    """A part that was scored: what it writes, and how many units were scored and rejected."""

    scored: int
    rejected: int
    output: Data
    rejects: bytes = b""
    shown: tuple[Rejected, ...] = ()

    def __reduce__(self) -> tuple[object, ...]:
        """A view of memory doesn't travel, its bytes do."""
        return Done, (self.scored, self.rejected, bytes(self.output), self.rejects, self.shown)


@dataclass(slots=True)
class Refusals:
    """The rejected units of a part, as lines of a CSV and as the first few of them.

    Args:
        file: The name of the facts file, for reasons without a place.
        lines: Whether the lines are wanted.
    """

    file: str
    lines: bool
    count: int = 0
    shown: list[Rejected] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def add(self, entry: Entry, item: Rejected) -> None:
        """Take note of a unit."""
        self.count += 1
        if self.lines:
            self.text += (reject_line(entry, item, one, self.file) for one in item.problems)
        elif len(self.shown) < SHOWN:
            self.shown.append(item)

    def done(self, scored: int, output: Data) -> Done:
        """Return the part with what was written for the other units."""
        rejects = encoded("".join(self.text))
        return Done(scored, self.count, output, rejects, tuple(self.shown))


def encoded(text: str) -> bytes:
    r"""Return text as UTF-8; a lone half of a sign is shown by its number.

    >>> encoded("甲\ud800")
    b'\xe7\x94\xb2\\ud800'
    """
    return text.encode("utf-8", "backslashreplace")


def reject_line(entry: Entry, rejected: Rejected, item: Diagnostic, file: str) -> str:
    """Return the CSV line of one reason why a unit was rejected."""
    return csv_line(reject_cells(entry, rejected, item, file))


def reject_cells(entry: Entry, rejected: Rejected, item: Diagnostic, file: str) -> list[str]:
    """Return what is told of one reason why a unit was rejected, under `REJECT_HEADS`."""
    return [
        str(rejected.row),
        rejected.unit or "",
        column_of(entry.headings, item),
        item.code,
        _reason(item, "zh"),
        _reason(item, "en"),
        item.span.file if item.span else file,
    ]


def column_of(headings: Mapping[str, str], item: Diagnostic) -> str:
    """Return the heading that a reason is about, with the place below it for a table's cell.

    Args:
        headings: The column of each input.
        item: The reason.
    """
    if not item.path:
        return ""
    first, *rest = item.path
    name = headings.get(str(first), str(first))
    return name + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in rest)


def _reason(item: Diagnostic, lang: Lang) -> str:
    hint = item.hint.get(lang)
    end = "；" if lang == "zh" else "; "
    return f"{item.message.get(lang)}{end}{hint}" if hint else item.message.get(lang)
