"""What `score` tells while it is at work: results, rejected units, and a bar on a terminal."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from perfrules.commands.console import Console, write
from perfrules.engine.render.words import tidy
from perfrules.engine.result import Rejected
from perfrules.errors import Diagnostic, Lang, width
from perfrules.jobs.done import SHOWN

_BAR = 24  # columns
_PAUSE = 0.2  # seconds between two drawings
_MINUTE, _HOUR = 60, 3600


@dataclass(slots=True)
class Watching:
    """Standard output, standard error and the bar of one run.

    Args:
        console: Where it is told.
        people: Whether standard output is for people, not for programs.
        single: Whether the file holds one unit, which needs no row to be named.
        total: How many units there are, where that is known.
        clock: Seconds of a clock that never goes back.
    """

    console: Console
    people: bool
    single: bool = False
    total: int | None = None
    clock: Callable[[], float] = time.monotonic
    shown: int = 0
    _bar: int = 0
    _next: float = 0.0
    _start: tuple[float, int] = field(init=False)

    def __post_init__(self) -> None:
        self._start = self.clock(), 0
        self._next = self._start[0] + _PAUSE

    def put(self, data: bytes | memoryview) -> None:
        """Write to standard output."""
        self.wipe()
        text = str(data, "utf-8")
        if self.people:
            self.console.print(text)
        else:
            self.console.data(text)

    def rejected(self, item: Rejected) -> None:
        """Say which unit was rejected and why, for the first few."""
        if self.shown < SHOWN:
            self.wipe()
            say_rejected(self.console, item, single=self.single)
        self.shown += 1

    def note(self, item: Diagnostic) -> None:
        """Say what has to be known."""
        self.wipe()
        self.console.problems((item,))

    def kept(self, folder: str, parts: int) -> None:
        """Say that what is finished isn't lost."""
        self.wipe()
        self.console.note(
            self.console.say(
                f"已完成的 {parts} 部分留在 {folder}；同一命令加上 --resume 从那里继续",
                f"{parts} finished parts are kept in {folder}; the same command with --resume "
                "goes on from there",
            )
        )

    def resumed(self, done: int) -> None:
        """Units that an earlier run scored say nothing about the speed of this one."""
        self._start = self.clock(), done

    def progress(self, scored: int, rejected: int) -> None:
        """Draw how far it is, on a terminal, a few times a second."""
        if not self.console.err.isatty():
            return
        now = self.clock()
        if now < self._next:
            return
        self._next = now + _PAUSE
        since, before = self._start
        done = scored + rejected
        rate = (done - before) / (now - since) if now > since else 0.0
        line = drawn(done, self.total, rejected, rate, self.console.lang)
        gap = max(0, self._bar - width(line))
        self._bar = width(line)
        write(self.console.err, f"\r{line}{' ' * gap}")
        self.console.err.flush()

    def wipe(self) -> None:
        """Remove the bar."""
        if self._bar:
            write(self.console.err, "\r" + " " * self._bar + "\r")
            self._bar = 0


def drawn(done: int, total: int | None, rejected: int, rate: float, lang: Lang) -> str:
    """Return one drawing of the bar.

    Args:
        done: Units scored or rejected.
        total: How many there are; None where nobody counted.
        rejected: Those rejected.
        rate: Units a second; 0 where that isn't known.
        lang: The language.

    >>> drawn(50, 200, 1, 10.0, "en")
    '[######                  ] 50/200  10/s  1 rejected  00:15 left'
    >>> drawn(7, None, 0, 0.0, "zh")
    '7'
    """
    parts = [f"{done}"]
    if total:
        full = min(_BAR, _BAR * done // total)
        parts = [f"[{'#' * full}{' ' * (_BAR - full)}] {done}/{total}"]
    if rate:
        parts.append(f"{rate:.0f}/s" if lang == "en" else f"{rate:.0f} 个/秒")
    if rejected:
        parts.append(f"{rejected} rejected" if lang == "en" else f"退回 {rejected}")
    if total and rate:
        rest = duration((max(0, total - done)) / rate)
        parts.append(f"{rest} left" if lang == "en" else f"剩余 {rest}")
    return "  ".join(parts)


def duration(seconds: float) -> str:
    """Return a time as minutes and seconds, with hours where there are any.

    >>> duration(75), duration(3 * 3600 + 61)
    ('01:15', '3:01:01')
    """
    whole = int(seconds)
    minutes, rest = divmod(whole, _MINUTE)
    hours, minutes = divmod(minutes, _HOUR // _MINUTE)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def say_rejected(console: Console, item: Rejected, *, single: bool = False) -> None:
    """Say on standard error which unit was rejected and why."""
    if not single:
        unit = f" ({tidy(item.unit)})" if item.unit else ""
        console.note(
            console.say(f"第 {item.row} 行{unit} 被退回：", f"row {item.row}{unit} was rejected:")
        )
    console.problems(item.problems)
