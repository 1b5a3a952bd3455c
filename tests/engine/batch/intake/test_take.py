"""What a batch holds is what admission gives, on every ruleset; the rest is odd, and little."""

from pathlib import Path

import pytest

import perfrules
from tests.engine.batch.intake.reading import disagreements, plain, taken
from tests.engine.batch.tables import table_of
from tests.engine.batch.test_table import RULESETS, many


@pytest.mark.parametrize("path", RULESETS, ids=lambda path: path.stem)
def test_each_ruleset(path: Path) -> None:
    plan = perfrules.load(str(path)).plan
    units = many(plan, 100, path)
    table = table_of(plan, units)
    held = taken(plan, table)
    assert disagreements(plan, held, plain(plan, table)) == []
