"""Workers, threads or processes: a part goes to whichever is free; one that dies is noticed."""

import pickle
import signal
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor
from concurrent.futures import wait as first
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from time import thread_time
from typing import Any, Generic, TypeAlias, TypeVar

from perfrules.errors import UsageError
from perfrules.messages import diagnose

Pipe: TypeAlias = Any  # an end of one; its class is another one on each system

_AHEAD = 4  # parts for each process
_PATIENCE = 1.0  # seconds of threads before they are judged
_SLOW = 2e-5  # seconds a row: ten times what it takes a column at a time

T = TypeVar("T")
R = TypeVar("R")


def each(
    work: Callable[[T], R],
    tasks: Iterable[tuple[int, T]],
    jobs: int,
    rows: Callable[[R], int] | None = None,
) -> Generator[tuple[int, R], None, None]:
    """Yield the number of each task with what *work* gives for it, as they are finished.

    Args:
        work: What is done; with several processes it travels to each of them once.
        tasks: Numbered; read as workers become free.
        jobs: How many are worked on side by side; one is in this thread.
        rows: How many rows a result is about, where that is fast work that threads can do side by
            side: they share what this process has loaded. Should it turn out slow, which is what
            Python does a row at a time and threads don't, processes go on with it.

    Raises:
        UsageError: PRF671, a worker process ended before its task did.
    """
    if jobs <= 1:
        for number, task in tasks:
            yield number, work(task)
        return
    left = iter(tasks)
    if rows is not None and not (yield from _Threads(work, jobs, rows).run(left)):
        return
    with_workers = _Workers(work, jobs)
    try:
        yield from with_workers.run(left)
    finally:
        with_workers.end()


class _Threads(Generic[T, R]):
    """Threads of this process, as long as they are of use."""

    def __init__(self, work: Callable[[T], R], jobs: int, rows: Callable[[R], int]) -> None:
        self._work = work
        self._jobs = jobs
        self._rows = rows
        self._seconds = 0.0
        self._done = 0

    def run(self, tasks: Iterator[tuple[int, T]]) -> Generator[tuple[int, R], None, bool]:
        """Yield what is found; return whether tasks are left because the work is slow."""
        busy: dict[Future[tuple[R, float]], int] = {}
        pool = ThreadPoolExecutor(self._jobs, "perfrules")
        try:
            while True:
                slow = self._slow()
                # One waits for the thread that is free first, while what was found is written.
                while not slow and len(busy) <= self._jobs and self._near(busy):
                    task = next(tasks, None)
                    if task is None:
                        break
                    busy[pool.submit(self._timed, task[1])] = task[0]
                if not busy:
                    return slow
                for one in first(busy, return_when=FIRST_COMPLETED).done:
                    result, seconds = one.result()
                    self._seconds += seconds
                    self._done += self._rows(result)
                    yield busy.pop(one), result
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _near(self, busy: Mapping[Future[tuple[R, float]], int]) -> bool:
        """Return whether no task is far ahead of the slowest."""
        numbers = busy.values()
        return not busy or max(numbers) - min(numbers) <= _AHEAD * self._jobs

    def _slow(self) -> bool:
        return self._seconds > max(_PATIENCE, self._done * _SLOW)

    def _timed(self, task: T) -> tuple[R, float]:
        """Return what is found, and the processor time it took."""
        start = thread_time()
        result = self._work(task)
        return result, thread_time() - start


class _Workers:
    """Processes that are started as there are tasks for them, each with a pipe of its own."""

    def __init__(self, work: Callable[[Any], Any], jobs: int) -> None:
        # Spawned, not forked: the same on every system, and nothing of a host's threads is copied.
        self._context = get_context("spawn")
        self._work = pickle.dumps(work)
        self._jobs = jobs
        self._started: list[tuple[BaseProcess, Pipe]] = []
        self._free: list[Pipe] = []
        self._busy: dict[Pipe, int] = {}
        self._next: tuple[int, Any] | None = None

    def run(self, tasks: Iterator[tuple[int, Any]]) -> Iterator[tuple[int, Any]]:
        """Hand out tasks and yield what comes back."""
        self._next = next(tasks, None)
        self._hand_out(tasks)
        while self._busy:
            for pipe in wait(list(self._busy)):
                number = self._busy.pop(pipe)
                result = _received(pipe, number)
                self._free.append(pipe)
                self._hand_out(tasks)  # it works on while its last answer is written
                yield number, result

    def _hand_out(self, tasks: Iterator[tuple[int, Any]]) -> None:
        """Give every free process a task; start more of them as long as there are tasks."""
        while self._next is not None and (self._free or len(self._started) < self._jobs):
            number, task = self._next
            # None runs far ahead of the slowest: what is finished waits for it in memory.
            if self._busy and number - min(self._busy.values()) > _AHEAD * self._jobs:
                return
            pipe = self._free.pop() if self._free else self._start()
            _send(pipe, number, task)
            self._busy[pipe] = number
            self._next = next(tasks, None)

    def end(self) -> None:
        """Stop every process at once: what they were at is lost, nothing else."""
        for process, pipe in self._started:
            with suppress(OSError):
                pipe.close()
            process.kill()
        for process, _ in self._started:
            process.join()
            process.close()

    def _start(self) -> Pipe:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._work), daemon=True)
        process.start()
        theirs.close()  # so that the end of the process is the end of the pipe
        self._started.append((process, ours))
        return ours


def _send(pipe: Pipe, number: int, task: object) -> None:
    try:
        pipe.send(task)
    except (BrokenPipeError, ConnectionResetError):
        raise UsageError((diagnose("PRF671", part=number + 1),)) from None


def _received(pipe: Pipe, number: int) -> object:
    """Return what a process answers for a task, or raise what went wrong there."""
    try:
        result, fault = pipe.recv()
    except (EOFError, OSError):
        raise UsageError((diagnose("PRF671", part=number + 1),)) from None
    if fault is not None:
        raise fault
    return result


def _serve(pipe: Pipe, work: bytes) -> None:
    """What a worker process does until its pipe ends."""
    # Ctrl-C reaches every process of a terminal; the one that was started decides for all.
    with suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        call = pickle.loads(work)  # noqa: S301 - made by the process that started this one
    except Exception as fault:  # noqa: BLE001 - it is raised again where the command runs
        with suppress(EOFError, OSError):
            pipe.recv()
            pipe.send((None, _travelling(fault)))
        return
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer: tuple[object, Exception | None] = call(task), None
        except MemoryError:
            sys.exit(1)  # seen on the other side as what it is: a worker that could not go on
        except Exception as fault:  # noqa: BLE001 - it is raised again where the command runs
            answer = None, _travelling(fault)
        try:
            pipe.send(answer)
        except OSError:
            return


def _travelling(fault: Exception) -> Exception:
    """Return a fault that survives the way to another process."""
    try:
        pickle.loads(pickle.dumps(fault))  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - whatever a plugin's exception does when it is pickled
        return RuntimeError(f"{type(fault).__name__}: {fault}")
    return fault
