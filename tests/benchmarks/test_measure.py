"""How contestants are timed: in turns, best, median and the ratios to the first."""

from collections.abc import Callable, Iterator

import pytest

from benchmarks.measure import Contestant, contest, each, environment, exponent, installed, rows_of


def of(seconds: list[float], turns: list[str], name: str) -> Callable[[], float]:
    """Return work that says itself how long each turn took."""
    left: Iterator[float] = iter(seconds)

    def work() -> float:
        turns.append(name)
        return next(left)

    return work


def test_a_contest_goes_in_turns_and_keeps_best_median_and_ratios() -> None:
    turns: list[str] = []
    found = contest(
        {
            "first": Contestant(of([2.0, 4.0, 10.0], turns, "first"), 2),
            "other": Contestant(of([3.0, 2.0, 30.0], turns, "other"), 1),
        },
        rounds=3,
    )
    assert turns == ["first", "other"] * 3
    first, other = found["first"], found["other"]
    assert (first.best, first.median, first.ratio, first.best_ratio) == (1.0, 2.0, 1.0, 1.0)
    # A unit of `first` takes 1, 2 and 5: the ratios are 3, 1 and 6.
    assert (other.best, other.median, other.ratio, other.best_ratio) == (2.0, 3.0, 3.0, 2.0)


def test_of_some_passes_the_best_counts() -> None:
    seen: list[int] = []
    found = contest({"one": each(seen.append, [1, 2, 3], passes=4)}, rounds=2)
    assert seen == [1, 2, 3] * 8
    assert 0 <= found["one"].best <= found["one"].median


def test_rounds_are_told() -> None:
    told: list[str] = []
    contest({"one": Contestant(lambda: 1.0, 1)}, 2, told.append)
    assert told == ["round 1 of 2", "round 2 of 2"]


def test_times_are_written_as_json_has_them() -> None:
    found = rows_of(contest({"one": Contestant(lambda: 3.0, 2)}, 1))
    assert found == {"one": {"best": 1.5, "median": 1.5, "ratio": 1.0, "best_ratio": 1.0}}


@pytest.mark.parametrize("power", [0.5, 1.0, 2.0])
def test_an_exponent_is_that_of_a_power(power: float) -> None:
    assert exponent([(n, 7.0 * n**power) for n in (1, 10, 50, 1000)]) == pytest.approx(power)


def test_the_environment_names_versions_and_load() -> None:
    found = environment()
    assert found["python"].startswith("3.")
    assert found["packages"]["simpleeval"]
    assert installed("no-such-distribution") is None
