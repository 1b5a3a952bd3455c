"""The parts of a result: lines in order, what cost most, what was lost."""

from dataclasses import replace
from decimal import Decimal

import pytest

from perfrules.engine.answer import State
from tests.sample_results import EXECUTION, RESULT, line


def test_lines_come_parents_first_in_document_order() -> None:
    assert [item.id for item in RESULT.lines()] == [
        "execution",
        "goals",
        "goals[受助人数]",
        "goals[满意度]",
    ]


def test_a_line_is_found_by_its_id() -> None:
    assert RESULT.line("goals[受助人数]").score == 47
    with pytest.raises(KeyError, match="nothing"):
        RESULT.line("nothing")


def test_reasons_are_leaves_that_cost_points_the_costliest_first() -> None:
    # 20 - 15.85 = 4.15, 50 - 47 = 3; the branch and the full leaf aren't reasons.
    assert [(item.id, item.lost) for item in RESULT.reasons()] == [
        ("execution", Decimal("4.15")),
        ("goals[受助人数]", Decimal(3)),
    ]


def test_equal_losses_stand_in_document_order() -> None:
    equal = replace(RESULT, indicators=tuple(line(name, "10", "9.00") for name in "bca"))
    assert [item.id for item in equal.reasons()] == ["b", "c", "a"]


@pytest.mark.parametrize("state", list(State))
def test_a_line_without_a_score_lost_nothing(state: State) -> None:
    assert replace(EXECUTION, state=state, score=None).lost == 0
    assert replace(EXECUTION, state=state, effective=None).lost == 0
