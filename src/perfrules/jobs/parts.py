"""The folder beside an output that keeps its finished parts until all are there."""

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Literal

from perfrules.errors import Diagnostic, Text, UsageError
from perfrules.jobs.done import Done
from perfrules.jobs.journal import Record, digest, durable, latest, line_of, lines_of, lock
from perfrules.jobs.journal import record_line as line_of_record
from perfrules.jobs.output import writing
from perfrules.messages import diagnose

_JOURNAL = "journal"
_OURS = re.compile(r"journal|[0-9]{8}\.(output|rejects)(\.new)?")
_WHAT = {
    "perfrules": Text("perfrules 的版本", "the version of perfrules"),
    "ruleset": Text("规则集", "the ruleset"),
    "as_of": Text("评价日期", "the date of the evaluation"),
    "facts": Text("填报数据", "the facts file"),
    "tables": Text("表格文件", "a table's file"),
    "results": Text("前一阶段的结果", "the results of an earlier stage"),
    "parts": Text("每部分的行数", "the number of rows in a part (--part-rows)"),
}

Kind = Literal["output", "rejects"]


class Parts:
    """The finished parts of one output.

    Args:
        output: The file that is made of them.
    """

    def __init__(self, output: str) -> None:
        place = Path(os.path.realpath(output))
        self.folder = place.with_name(f"{place.name}.parts")
        self.name = f"{output}.parts"
        self.run = digest(os.fsencode(place))[:12]  # what is half written is told by it
        self.done: dict[int, Record] = {}
        self._journal: BinaryIO | None = None

    @property
    def kept(self) -> bool:
        """Whether parts are written, here or by an earlier run."""
        return self._journal is not None

    def left(self) -> bool:
        """Return whether an earlier run left something.

        Raises:
            UsageError: PRF675, what is there is none of ours; PRF676, a run is at it.
        """
        with writing(self.name):
            if not self.folder.exists():
                return False
            if not self.folder.is_dir():
                raise self._refused("PRF675", found=self.folder.name)
            foreign = sorted(one.name for one in self.folder.iterdir() if not _ours(one))
        if foreign:
            raise self._refused("PRF675", found=foreign[0])
        return True

    def refuse(self) -> UsageError:
        """Return the error for what an earlier run left where nobody asked to go on with it."""
        journal = self._open("rb")
        if journal is None:
            return self._refused("PRF672", count=0)
        with journal:
            bodies = [body for _, body in lines_of(journal.read())]
        return self._refused("PRF672", count=len(latest(bodies[1:])))

    def begin(self, about: Mapping[str, str]) -> None:
        """Make the folder and its journal.

        Raises:
            UsageError: PRF676 or PRF672, another run has made them since it was looked for them.
        """
        with writing(self.name):
            self.folder.mkdir(exist_ok=True)
            try:
                journal = (self.folder / _JOURNAL).open("x+b")
            except FileExistsError:
                raise self.refuse() from None
            if not lock(journal):
                journal.close()
                raise self._refused("PRF676")
        self._begin(journal, about)

    def _begin(self, journal: BinaryIO, about: Mapping[str, str]) -> None:
        """Write the first line of a journal that this run has locked."""
        self._journal = journal
        with writing(self.name):
            journal.seek(0)
            journal.truncate()
            journal.write(line_of(about))
            durable(journal)
            self._sync()

    def resume(self, about: Mapping[str, str]) -> tuple[Diagnostic, ...]:
        """Take over what an earlier run finished; return what of it can't be used.

        Raises:
            UsageError: PRF673, it was another run: everything that differs; PRF676, it still runs.
        """
        journal = self._open("r+b")
        if journal is None:
            self.begin(about)
            return ()
        with writing(self.name):
            found = list(lines_of(journal.read()))
            if not found:
                self._begin(journal, about)
                return ()
            (_, before), *records = found
            problems = self._differences(before, about)
            if problems:
                journal.close()
                raise UsageError(problems)
            journal.truncate(found[-1][0])  # a record that was cut off never was
            journal.seek(0, os.SEEK_END)
            self._journal = journal
            self.done = latest(body for _, body in records)
            bad = [number for number in sorted(self.done) if not self._sound(number)]
        for number in bad:
            del self.done[number]
        return tuple(
            diagnose("PRF677", value=self.name, part=number + 1, severity="warning")
            for number in bad
        )

    def keep(self, number: int, done: Done) -> None:
        """Write a finished part, then its record."""
        assert self._journal is not None  # noqa: S101 - the folder was made
        parts = {"output": done.output, "rejects": done.rejects}
        with writing(self.name):
            for kind, data in parts.items():
                self._put(self._file(number, kind), data)
            self._sync()
            sums = {kind: (len(data), digest(data)) for kind, data in parts.items()}
            record = Record(number, done.scored, done.rejected, **sums)
            self._journal.write(line_of_record(record))
            durable(self._journal)
        self.done[number] = record

    def one(self, number: int, kind: Kind) -> bytes:
        """Return what was written of one part.

        Raises:
            UsageError: PRF678, it isn't what was written.
        """
        with writing(self.name):
            data = self._file(number, kind).read_bytes()
        if digest(data) != self._sum(number, kind)[1]:
            raise self._refused("PRF678", part=number + 1)
        return data

    def remove(self) -> None:
        """Remove the folder, once its parts stand in the output."""
        self.close()
        with suppress(OSError):  # the output is there: what can't be removed harms nothing
            for one in self.folder.iterdir():
                if _ours(one):
                    one.unlink()
            self.folder.rmdir()

    def close(self) -> None:
        """Let go of the journal."""
        if self._journal is not None:
            self._journal.close()

    def _open(self, mode: Literal["rb", "r+b"]) -> BinaryIO | None:
        """Return the journal, locked; None where there is none."""
        with writing(self.name):
            try:
                stream = (self.folder / _JOURNAL).open(mode)
            except FileNotFoundError:
                return None
            if not lock(stream):
                stream.close()
                raise self._refused("PRF676")
            stream.seek(0)
        return stream

    def _put(self, place: Path, data: bytes | memoryview) -> None:
        """Write a file beside its place and move it there when it is on the disk."""
        beside = place.with_name(f"{place.name}.new")
        with beside.open("wb") as stream:
            stream.write(data)
            durable(stream)
        beside.replace(place)

    def _sync(self) -> None:
        """See to it that names are on the disk too, where the system has a way."""
        if os.name == "nt":
            return
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def _file(self, number: int, kind: str) -> Path:
        return self.folder / f"{number:08}.{kind}"

    def _sum(self, number: int, kind: Kind) -> tuple[int, str]:
        record = self.done[number]
        return record.output if kind == "output" else record.rejects

    def _sound(self, number: int) -> bool:
        """Return whether both files of a part are what was written."""
        kinds: tuple[Kind, ...] = ("output", "rejects")
        for kind in kinds:
            try:
                data = self._file(number, kind).read_bytes()
            except FileNotFoundError:
                return False
            if (len(data), digest(data)) != self._sum(number, kind):
                return False
        return True

    def _differences(
        self, before: Mapping[str, object], about: Mapping[str, str]
    ) -> tuple[Diagnostic, ...]:
        return tuple(
            diagnose(
                "PRF673",
                value=self.name,
                what=_WHAT.get(name) or _option(name),
                first=str(before.get(name, "-")) or "-",
                now=about.get(name, "-") or "-",
            )
            for name in dict.fromkeys((*about, *before))
            if before.get(name) != about.get(name)
        )

    def _refused(self, code: str, *, found: str = "", part: int = 0, count: int = 0) -> UsageError:
        told = diagnose(code, value=self.name, found=found, part=part, count=count)
        return UsageError((told,))


def _option(name: str) -> Text:
    option = f"--{name.removeprefix('--')}"
    return Text(f"选项 {option}", f"the option {option}")


def _ours(path: Path) -> bool:
    return _OURS.fullmatch(path.name) is not None
