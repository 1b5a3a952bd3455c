"""The facts that are timed and compared: every form holds the same, ties are ties."""

from decimal import Decimal

import numpy as np
import pytest

import perfrules
from benchmarks import by_numpy, by_query, columns, exact, peers, table, ties, workloads

ROWS = 60


@pytest.fixture(scope="module")
def scorer() -> perfrules.Program:
    return table.program()


@pytest.mark.parametrize("form", columns.FORMS)
@pytest.mark.parametrize("make", [columns.drawn, ties.w20])
def test_a_row_of_a_table_is_the_unit_as_a_mapping(
    scorer: perfrules.Program, form: columns.Form, make: type
) -> None:
    values = make(ROWS, 3)
    found = scorer.score_table(columns.table(values, form))
    given = columns.units(values, range(ROWS))
    for row, facts in zip(exact.shown(scorer, found), given, strict=True):
        assert row == exact.told(scorer, scorer.scores(facts))


def test_a_wrong_digit_is_seen(scorer: perfrules.Program) -> None:
    values = columns.drawn(2, 3)
    found = scorer.score_table(columns.table(values))
    (facts, _) = columns.units(values, range(2))
    row = next(exact.shown(scorer, found))
    facts["v0"] = str(Decimal(facts["v0"]) - 2)
    assert row != exact.told(scorer, scorer.scores(facts))


def test_ties_are_ties() -> None:
    values = ties.w20(400, 1)
    # 5 points of 900: a value of h hundredths is worth h ÷ 180 cents; a tie is a half.
    halves = (values["v3"] % 180 == 90).mean()
    assert 0.4 < halves < 0.8  # three of five steps are none
    assert np.isin(values["v6"], ties._reverse()).mean() > 0.4
    assert all(6_000_000 % value == 0 for value in ties._reverse().tolist())


def test_thresholds_are_reached_and_missed_by_a_cent(scorer: perfrules.Program) -> None:
    found = scorer.score_table(columns.table(ties.w20(2000, 1)))
    totals = set(found["total"].to_pylist())
    assert {Decimal("79.99"), Decimal("80.00"), Decimal("80.01")} <= totals
    firsts = set(found["score.first0"].to_pylist())
    assert {Decimal("39.99"), Decimal("40.00"), Decimal("40.01")} <= firsts


def test_forms_with_ties_are_scored_as_they_are_alone() -> None:
    for kind in (exact.FORMS, exact.TIED_FORMS):
        found = exact.compare(exact.Task(kind, 5, 40, 10))
        assert (found.rows, found.interpreted, found.wrong) == (40, 4, [])


def test_by_hand_and_by_query_are_close(scorer: perfrules.Program) -> None:
    given = columns.table(columns.drawn(500))
    ours = scorer.score_table(given)
    others = [by_numpy.scored(given, rates=True)]
    others.append(by_query.duckdb_of(by_query.sql())(given))
    others.append(by_query.polars_of()(given))
    for other in others:
        table.wrong(ours, other)
    with pytest.raises(AssertionError):
        table.wrong(ours, by_numpy.scored(columns.table(columns.drawn(500, 9))))


def test_peers_that_are_installed_agree_with_the_function_by_hand() -> None:
    values = columns.drawn(20)
    floats = [workloads.as_floats(facts) for facts in columns.units(values, range(20))]
    names = []
    for name, prepare, score, total in peers.peers():
        names.append(name)
        for facts in floats:
            gap = total(score(prepare(facts))) - workloads.w20_by_hand(facts)[0]
            assert abs(gap) < 0.05, name
    assert any(name.startswith("simpleeval") for name in names)
    assert len(names) + len(peers.absent()) >= len(peers.ENGINES)


def test_parts_add_up() -> None:
    parts = exact.tasks(12_000, 6_000, 600)
    assert sum(part.rows for part in parts) == 36_000
    assert len({part.seed for part in parts}) == len(parts)
    assert {part.every for part in parts} == {20, 10}
