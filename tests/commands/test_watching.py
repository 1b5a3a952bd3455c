"""A bar on a terminal, nothing in a pipe, and words that a GBK console prints."""

import io

import pytest

from perfrules.commands.console import Console
from perfrules.commands.watching import Watching, drawn
from perfrules.engine.result import Rejected
from perfrules.jobs.done import SHOWN
from perfrules.messages import diagnose

TOLD = diagnose("PRF612", file="facts.csv")


class Clock:
    """A clock that the test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def watching(*, terminal: bool, total: int | None = 200) -> tuple[Watching, io.BytesIO, Clock]:
    raw, clock = io.BytesIO(), Clock()
    stream = io.TextIOWrapper(raw, encoding="gbk", write_through=True)
    stream.isatty = lambda: terminal  # type: ignore[method-assign] # a terminal for the test
    watch = Watching(Console(stream, stream, "zh"), people=True, total=total, clock=clock)
    return watch, raw, clock


def test_the_bar_shows_rows_speed_refusals_and_the_rest_of_the_time() -> None:
    watch, raw, clock = watching(terminal=True)
    clock.now = 10.0
    watch.progress(45, 5)
    text = raw.getvalue().decode("gbk")
    assert text == "\r[######                  ] 50/200  5 个/秒  退回 5  剩余 00:30"
    watch.wipe()
    wiped = raw.getvalue().decode("gbk").removeprefix(text)
    assert (wiped.replace(" ", ""), len(wiped) > 60) == ("\r\r", True)
    watch.wipe()
    assert raw.getvalue().decode("gbk") == text + wiped


def test_it_is_drawn_a_few_times_a_second() -> None:
    watch, raw, clock = watching(terminal=True)
    for step in range(1, 101):
        clock.now = step / 100
        watch.progress(step, 0)
    assert 3 <= raw.getvalue().count(b"\r") <= 6


def test_a_shorter_bar_leaves_nothing_of_a_longer_one() -> None:
    watch, raw, clock = watching(terminal=True, total=None)
    clock.now = 1.0
    watch.progress(100_000, 20)
    clock.now = 1000.0
    watch.progress(100_001, 0)
    first, second = raw.getvalue().decode("gbk").split("\r")[1:]
    assert len(second) >= len(first)


def test_what_an_earlier_run_scored_says_nothing_about_speed() -> None:
    watch, raw, clock = watching(terminal=True)
    watch.resumed(100)
    clock.now = 10.0
    watch.progress(150, 0)
    assert " 5 个/秒 " in raw.getvalue().decode("gbk")


def test_a_pipe_sees_no_bar() -> None:
    watch, raw, clock = watching(terminal=False)
    clock.now = 10.0
    watch.progress(100, 0)
    watch.wipe()
    assert raw.getvalue() == b""


def test_lines_are_written_where_the_bar_was() -> None:
    watch, raw, clock = watching(terminal=True)
    clock.now = 1.0
    watch.progress(100, 0)
    watch.put("甲 91.85\n".encode())
    assert raw.getvalue().decode("gbk").endswith(" \r甲 91.85\n")


def test_the_first_few_refusals_are_told() -> None:
    watch, raw, _ = watching(terminal=False)
    for row in range(SHOWN + 3):
        watch.rejected(Rejected(row, "甲", (TOLD,)))
    assert raw.getvalue().decode("gbk").count("被退回") == SHOWN
    assert watch.shown == SHOWN + 3


def test_notes_and_what_is_kept() -> None:
    watch, raw, _ = watching(terminal=False)
    watch.note(TOLD)
    watch.kept("out.csv.parts", 3)
    text = raw.getvalue().decode("gbk")
    assert "PRF612" in text
    assert "out.csv.parts" in text
    assert "--resume" in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_word_can_be_printed(lang: str) -> None:
    line = drawn(5, 9, 1, 2.5, lang)  # type: ignore[arg-type] # one of the two
    assert line.encode("gbk").decode("gbk") == line
