"""Target sheets in generated code: what only a sheet can get wrong."""

from functools import partial

import pytest

from perfrules.engine.program import Program
from perfrules.lang.load import load_ruleset
from tests.engine.codegen.agreement import attempted, differs, outcome
from tests.sample_rulesets import SHEET

PROGRAM = Program(load_ruleset(SHEET, "sheet.yaml"))


def rows(*names: str) -> dict[str, object]:
    """Return a sheet whose points add up to 100."""
    worth = 100 // len(names)
    return {"targets": [{"name": name, "done": "95%", "points": worth} for name in names]}


@pytest.mark.parametrize("names", [("甲", "甲"), ("甲", "乙", "丙", "甲")])
def test_two_rows_of_one_key_are_left_to_the_reference(names: tuple[str, ...]) -> None:
    facts = rows(*names)
    assert attempted(PROGRAM, facts) is None
    for call in (PROGRAM.scores, PROGRAM.score, PROGRAM.interpret):
        found, refused = outcome(partial(call, facts))
        assert found is None
        assert [item.code for item in refused] == ["PRF541"]


def test_points_finer_than_scores_are_left_to_the_reference() -> None:
    facts = rows("甲", "乙")
    targets = facts["targets"]
    assert isinstance(targets, list)
    for points, worth in zip(targets, ("99.995", "0.005"), strict=True):
        points["points"] = worth
    assert attempted(PROGRAM, facts) is None
    for call in (PROGRAM.scores, PROGRAM.score, PROGRAM.interpret):
        _, refused = outcome(partial(call, facts))
        assert [item.code for item in refused] == ["PRF557"]
    for points, worth in zip(targets, ("99.99000", "0.010"), strict=True):
        points["points"] = worth
    assert attempted(PROGRAM, facts) is not None
    assert differs(PROGRAM, facts) is None


def test_keys_that_differ_are_answered() -> None:
    facts = rows("甲", "乙")
    found = attempted(PROGRAM, facts)
    assert found is not None
    assert found.ids == ("goals", "goals[甲]", "goals[乙]")
    assert differs(PROGRAM, facts) is None
