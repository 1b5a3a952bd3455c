"""Tasks handed to processes: every answer once, faults brought home, the dead noticed."""

import os
import signal
import time
from collections.abc import Iterator

import pytest

from perfrules.errors import UsageError
from perfrules.jobs import pool as module
from perfrules.jobs.pool import each
from perfrules.messages import diagnose


def double(number: int) -> int:
    return number * 2


def fail(number: int) -> int:
    if number == 2:
        raise UsageError((diagnose("PRF612", file="x"),))
    return number


def odd_fault(number: int) -> int:
    class OddError(Exception):
        """One that can't travel."""

    raise OddError(number)


def die(number: int) -> int:
    if number == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.05)
    return number


def starve(number: int) -> int:
    raise MemoryError


def whose(number: int) -> int:
    return os.getpid()


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_task_is_answered_once(jobs: int) -> None:
    found = dict(each(double, enumerate(range(20)), jobs))
    assert found == {number: number * 2 for number in range(20)}


def test_the_work_is_done_elsewhere() -> None:
    assert {pid for _, pid in each(whose, enumerate(range(4)), 1)} == {os.getpid()}
    assert os.getpid() not in {pid for _, pid in each(whose, enumerate(range(4)), 2)}


def test_threads_share_this_process() -> None:
    found = dict(each(whose, enumerate(range(20)), 2, lambda _: 1))
    assert found == dict.fromkeys(range(20), os.getpid())


def test_slow_work_goes_on_in_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.0)
    monkeypatch.setattr(module, "_SLOW", 0.0)
    found = dict(each(whose, enumerate(range(20)), 2, lambda _: 1))
    assert found.keys() == set(range(20))
    assert found[0] == os.getpid() != found[19]


def test_a_fault_of_a_thread_comes_home() -> None:
    with pytest.raises(UsageError) as error:
        dict(each(fail, enumerate(range(5)), 2, lambda _: 1))
    assert error.value.diagnostics[0].code == "PRF612"
    assert dict(each(fail, iter(()), 2, lambda _: 1)) == {}


def test_no_tasks_need_no_processes() -> None:
    assert list(each(double, iter(()), 8)) == []


def test_a_fault_comes_home() -> None:
    with pytest.raises(UsageError) as error:
        dict(each(fail, enumerate(range(5)), 2))
    assert error.value.diagnostics[0].code == "PRF612"
    with pytest.raises(RuntimeError, match="OddError: 0"):
        dict(each(odd_fault, enumerate(range(1)), 2))


@pytest.mark.parametrize("work", [die, starve])
def test_a_worker_that_dies_is_a_sentence(work: object) -> None:
    with pytest.raises(UsageError) as error:
        dict(each(work, enumerate(range(4)), 2))  # type: ignore[arg-type] # one of the two above
    assert [item.code for item in error.value.diagnostics] == ["PRF671"]


def test_tasks_are_read_as_they_are_needed() -> None:
    taken: list[int] = []

    def tasks() -> Iterator[tuple[int, int]]:
        for number in range(100):
            taken.append(number)
            yield number, number

    results = each(double, tasks(), 2)
    next(results)
    assert len(taken) < 20
    results.close()


def test_processes_end_with_the_last_answer() -> None:
    results = each(whose, enumerate(range(50)), 2)
    _, pid = next(results)
    results.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
