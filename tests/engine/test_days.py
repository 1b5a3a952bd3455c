"""The date of a call: a date, its text, or a sentence; the same whichever way it is given."""

from datetime import date, datetime

import pytest

import perfrules
from perfrules.engine.days import date_of
from perfrules.errors import FactsError, UsageError
from tests.sample_rulesets import FORM

FACTS = {"budget": "100万元", "executed": "50万元", "done": "60%", "misused": False}


@pytest.mark.parametrize("given", [None, date(2023, 6, 30), "2023-06-30"])
def test_what_is_a_date(given: date | str | None) -> None:
    assert date_of(given) == (None if given is None else date(2023, 6, 30))


@pytest.mark.parametrize(
    "given",
    ["2023-6-30", "2023-02-30", "today", 20230630, datetime(2023, 6, 30)],  # noqa: DTZ001
)
def test_what_is_none(given: object) -> None:
    with pytest.raises(UsageError) as caught:
        date_of(given)  # type: ignore[arg-type] # what a caller may pass all the same
    assert [item.code for item in caught.value.diagnostics] == ["PRF641"]


def test_a_text_agrees_with_the_program() -> None:
    program = perfrules.loads(FORM, as_of="2023-06-30")
    one, two = (program.score(FACTS, as_of=day) for day in ("2023-06-30", date(2023, 6, 30)))
    assert one == two
    assert program.scores(FACTS, as_of="2023-06-30").total == one.total
    with pytest.raises(FactsError) as caught:
        program.score(FACTS, as_of="2023-07-01")
    assert [item.code for item in caught.value.diagnostics] == ["PRF522"]
