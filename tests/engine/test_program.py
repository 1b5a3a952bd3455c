"""A program: dates and parameters, many units, pickles, threads."""

import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from perfrules.engine.program import Program, in_force, parameters_on
from perfrules.engine.result import Rejected, Result
from perfrules.errors import FactsError, UsageError
from tests.small import d, plan

BODY = """
effective: {from: 2020-01-01, until: 2026-01-01}
parameters:
  floor_share: {values: {2021-01-01: 50%, 2024-01-01: 60%}}
  fixed: {value: 3}
inputs: {share: {type: percent}, n: {type: number}}
indicators:
  - {id: a, points: 100, score: {method: met, when: share >= floor_share and n < fixed}}
"""
PLAN = plan(BODY)
FACTS = {"share": "55%", "n": 1}


@pytest.mark.parametrize(
    ("as_of", "total"),
    [("2021-01-01", 100), ("2023-12-31", 100), ("2024-01-01", 0), ("2025-12-31", 0)],
)
def test_parameters_of_the_day(as_of: str, total: int) -> None:
    day = date.fromisoformat(as_of)
    assert Program(PLAN, day).score(FACTS).total == total
    assert Program(PLAN).score(FACTS, as_of=day).total == total
    assert Program(PLAN).score({**FACTS, "as_of": as_of}).total == total


def test_parameter_values() -> None:
    assert parameters_on(PLAN, date(2021, 6, 1)) == {"floor_share": d("0.5"), "fixed": d("3")}


def test_a_day_without_a_value() -> None:
    with pytest.raises(UsageError) as error:
        Program(PLAN, date(2020, 6, 1))
    assert [item.code for item in error.value.diagnostics] == ["PRF548"]
    with pytest.raises(FactsError) as refused:
        Program(PLAN).score({**FACTS, "as_of": "2020-06-01"})
    assert [item.code for item in refused.value.diagnostics] == ["PRF548"]


@pytest.mark.parametrize(
    ("day", "found"),
    [("2019-12-31", False), ("2020-01-01", True), ("2025-12-31", True), ("2026-01-01", False)],
)
def test_in_force_half_open(day: str, *, found: bool) -> None:
    assert in_force(PLAN, date.fromisoformat(day)) is found


def test_out_of_force_is_refused() -> None:
    with pytest.raises(UsageError) as error:
        Program(PLAN, date(2026, 1, 1))
    assert [item.code for item in error.value.diagnostics] == ["PRF550"]
    assert "from 2020-01-01 until before 2026-01-01" in str(error.value)
    with pytest.raises(FactsError):
        Program(PLAN).score({**FACTS, "as_of": "2026-01-01"})


def test_no_date_is_guessed() -> None:
    with pytest.raises(FactsError) as error:
        Program(PLAN).score(FACTS)
    assert [item.code for item in error.value.diagnostics] == ["PRF524"]


def test_dates_must_agree() -> None:
    program = Program(PLAN, date(2022, 1, 1))
    for facts, as_of in (
        ({**FACTS, "as_of": "2023-01-01"}, None),
        (FACTS, date(2023, 1, 1)),
    ):
        with pytest.raises(FactsError) as error:
            program.score(facts, as_of=as_of)
        assert [item.code for item in error.value.diagnostics] == ["PRF522"]
    assert program.score(FACTS, as_of=date(2022, 1, 1)).as_of == date(2022, 1, 1)


def test_without_dated_values_no_date_is_needed() -> None:
    body = """
    inputs: {ok: {type: flag}}
    indicators: [{id: a, points: 100, score: {method: met, when: ok}}]
    """
    assert Program(plan(body)).score({"ok": True}).as_of is None


def test_many_units_lazily_and_in_order() -> None:
    seen: list[int] = []

    def rows() -> object:
        for n in range(4):
            seen.append(n)
            yield {"unit": f"单位{n}", "share": "55%", "n": n if n != 2 else "很多"}

    many = Program(PLAN, date(2022, 1, 1)).score_many(rows())  # type: ignore[arg-type]
    first = next(many)
    assert isinstance(first, Result)
    assert seen == [0]
    rest = list(many)
    assert [type(item) for item in rest] == [Result, Rejected, Result]
    bad = rest[1]
    assert isinstance(bad, Rejected)
    assert (bad.row, bad.unit) == (3, "单位2")
    assert bad.problems


def test_a_unit_that_is_no_mapping_is_rejected() -> None:
    found = list(Program(PLAN, date(2022, 1, 1)).score_many([[1, 2], FACTS]))  # type: ignore[list-item]
    assert isinstance(found[0], Rejected)
    assert [item.code for item in found[0].problems] == ["PRF555"]
    assert isinstance(found[1], Result)


def test_a_program_travels() -> None:
    program = pickle.loads(pickle.dumps(Program(PLAN, date(2022, 1, 1))))  # noqa: S301 - our own
    assert program.score(FACTS).to_json() == Program(PLAN, date(2022, 1, 1)).score(FACTS).to_json()
    with pytest.raises(FactsError):
        program.score({"share": "55%"})


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_every_protocol_of_pickle_will_do(protocol: int) -> None:
    """What waits for a host's queue may be written with an old one."""
    program = Program(PLAN, date(2022, 1, 1))
    again = pickle.loads(pickle.dumps(program, protocol))  # noqa: S301 - our own
    result = program.score(FACTS)
    assert pickle.loads(pickle.dumps(result, protocol)) == again.score(FACTS)  # noqa: S301 - our own
    with pytest.raises(FactsError) as error:
        program.score({})
    told = pickle.loads(pickle.dumps(error.value, protocol))  # noqa: S301 - our own
    assert told.diagnostics == error.value.diagnostics


def test_a_result_and_an_error_travel() -> None:
    result = Program(PLAN, date(2022, 1, 1)).score(FACTS)
    assert pickle.loads(pickle.dumps(result)) == result  # noqa: S301 - our own
    with pytest.raises(FactsError) as error:
        Program(PLAN, date(2022, 1, 1)).score({})
    again = pickle.loads(pickle.dumps(error.value))  # noqa: S301 - our own
    assert str(again) == str(error.value)


def test_threads_share_a_program() -> None:
    program = Program(PLAN)
    units = [{"share": f"{n % 100}%", "n": 1, "as_of": f"202{1 + n % 5}-06-01"} for n in range(200)]
    alone = [program.score(unit).total for unit in units]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda unit: Program.score(program, unit).total, units))
    assert together == alone


def test_how_it_shows_itself() -> None:
    shown = repr(Program(PLAN, date(2022, 1, 1)))
    assert shown == "Program('small.rules', version='1.0', as_of=2022-01-01)"
