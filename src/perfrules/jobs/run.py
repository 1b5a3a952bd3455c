"""A run: parts are scored, kept beside the output, and put together when all are there."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from perfrules.engine.result import Rejected
from perfrules.errors import Diagnostic
from perfrules.jobs.done import REJECT_HEADS, Data, Done, encoded
from perfrules.jobs.forms import Frame
from perfrules.jobs.output import Output, csv_line, output, replaceable
from perfrules.jobs.parts import Parts
from perfrules.jobs.pool import each

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Results: TypeAlias = Iterator[tuple[int, Done]]
Join: TypeAlias = Callable[[Iterable[Any], Callable[[Data], None]], None]


class Watch(Protocol):
    """Who is told what happens while it happens."""

    def put(self, data: Data) -> None:
        """Write to standard output."""

    def rejected(self, item: Rejected) -> None:
        """A unit was rejected, and no file is written of those."""

    def note(self, item: Diagnostic) -> None:
        """Something has to be known, and the run goes on."""

    def resumed(self, units: int) -> None:
        """So many units were done by an earlier run."""

    def kept(self, folder: str, parts: int) -> None:
        """The run ends early, and what is finished is kept."""

    def progress(self, scored: int, rejected: int) -> None:
        """So many units are done."""


class Tasks(Protocol[T_co]):
    """What is to be scored, in numbered parts."""

    def parts(self, done: Container[int]) -> Iterator[tuple[int, T_co]]:
        """Yield the parts in order, without those that are done already."""

    def about(self) -> Mapping[str, str]:
        """Return what has to be the same for a run to go on with what another one kept."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where results go, and how.

    Args:
        output: The file; None is standard output.
        rejects: The CSV of rejected units.
        jobs: How many processes.
        resume: Whether to go on with what an earlier run kept.
        join: Puts the parts of the output together.
        mark: Whether the output starts with a byte order mark.
        columns: Whether parts are scored by columns.
        flows: Whether parts are put together while others are still scored.
    """

    output: str | None
    rejects: str | None
    jobs: int
    resume: bool
    join: Join
    mark: bool = False
    columns: bool = False
    flows: bool = False


@dataclass(slots=True)
class Tally:
    """How many units were scored and rejected."""

    scored: int = 0
    rejected: int = 0

    def add(self, scored: int, rejected: int) -> None:
        """Count a part."""
        self.scored += scored
        self.rejected += rejected


def framed(frame: Frame) -> Join:
    """Return what puts parts of text together; nothing at all where no part has any."""

    def join(parts: Iterable[Data], put: Callable[[Data], None]) -> None:
        before = frame.head
        found = False
        for part in parts:
            if part:
                found = True
                if before:
                    put(encoded(before))
                put(part)
                before = frame.joint
        if found and frame.tail:
            put(encoded(frame.tail))

    return join


def run(work: Callable[[T], Done], tasks: Tasks[T], target: Target, watch: Watch) -> Tally:
    """Score every part and write the results; the same bytes for any number of processes.

    Raises:
        UsageError: A file can't be written, a worker process died, what was kept is of no use.
    """
    parts = Parts(target.output) if target.output and replaceable(target.output) else None
    session = _Session(work, tasks, target, watch, parts)
    try:
        return session.run()
    except BaseException:
        if parts is not None and parts.kept:
            watch.kept(parts.name, len(parts.done))
        raise
    finally:
        if parts is not None:
            parts.close()


@dataclass(slots=True)
class _Session(Generic[T]):
    work: Callable[[T], Done]
    tasks: Tasks[T]
    target: Target
    watch: Watch
    parts: Parts | None
    tally: Tally = field(default_factory=Tally)

    def run(self) -> Tally:
        """Score what isn't kept from before; a single part needs no folder."""
        self._resume()
        done = frozenset(self.parts.done) if self.parts is not None else frozenset()
        rows = _rows_of if self.target.columns else None
        results = each(self.work, self.tasks.parts(done), self.target.jobs, rows)
        with closing(results):  # worker processes end with it
            if self.parts is None:
                self._stream(results)
            elif self.parts.kept:
                self._keep(self.parts, results)
            else:
                some = list(islice(results, 2))
                if len(some) > 1:
                    self.parts.begin(self.tasks.about())
                    self._keep(self.parts, chain(some, results))
                else:
                    self._stream(iter(some))
        return self.tally

    def _resume(self) -> None:
        """Take over what an earlier run kept, or refuse to write where it is."""
        if self.parts is None:
            return
        if self.parts.left():
            if not self.target.resume:
                raise self.parts.refuse()
            for item in self.parts.resume(self.tasks.about()):
                self.watch.note(item)
            for record in self.parts.done.values():
                self.tally.add(record.scored, record.rejected)
            self.watch.resumed(self.tally.scored + self.tally.rejected)
        for name in (self.target.output, self.target.rejects):
            if name is not None and replaceable(name):
                with output(name):  # whether it can be written is better known before than after
                    pass

    def _keep(self, parts: Parts, results: Results) -> None:
        if not self.target.flows:
            for number, done in results:
                parts.keep(number, done)
                self._count(done)
            results = iter(())
        with (
            output(self.target.output, mark=self.target.mark, run=parts.run) as sink,
            output(self.target.rejects, mark=True, run=parts.run) as bad,
        ):
            if bad is not None:
                bad.write(csv_line(REJECT_HEADS))
            if sink is not None:
                self.target.join(self._kept(parts, results, bad), sink.put)
            if bad is not None:
                bad.commit()
            if sink is not None and self.tally.scored:
                sink.commit()
        parts.remove()

    def _kept(self, parts: Parts, results: Results, bad: Output | None) -> Iterator[Data]:
        """Yield what the parts write, in the order of the units, as soon as it is kept."""
        waiting: dict[int, Done] = {}
        before = set(parts.done)
        following = 0

        def next_ones() -> Iterator[Data]:
            nonlocal following
            while following in waiting or following in before:
                part = waiting.pop(following, None)
                rejects = parts.one(following, "rejects") if part is None else part.rejects
                if bad is not None:
                    bad.put(rejects)
                yield parts.one(following, "output") if part is None else part.output
                following += 1

        for number, done in results:
            parts.keep(number, done)
            self._count(done)
            waiting[number] = done
            yield from next_ones()
        yield from next_ones()

    def _stream(self, results: Results) -> None:
        with (
            output(self.target.output, mark=self.target.mark) as sink,
            output(self.target.rejects, mark=True) as bad,
        ):
            if bad is not None:
                bad.write(csv_line(REJECT_HEADS))
            put = self.watch.put if sink is None else sink.put
            self.target.join(self._outputs(results, bad), put)
            if bad is not None:
                bad.commit()
            if sink is not None and self.tally.scored:
                sink.commit()

    def _outputs(self, results: Results, bad: Output | None) -> Iterator[Data]:
        """Yield what the parts write, in the order of the units."""
        waiting: dict[int, Done] = {}
        following = 0
        for number, done in results:
            waiting[number] = done
            while following in waiting:
                part = waiting.pop(following)
                following += 1
                if bad is not None:
                    bad.put(part.rejects)
                self._count(part)
                yield part.output

    def _count(self, done: Done) -> None:
        self.tally.add(done.scored, done.rejected)
        for item in done.shown:
            self.watch.rejected(item)
        self.watch.progress(self.tally.scored, self.tally.rejected)


def _rows_of(done: Done) -> int:
    return done.scored + done.rejected
