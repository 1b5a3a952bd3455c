"""What is told of rejected units: every reason a line, or the first few as they are."""

from perfrules.engine.result import Rejected
from perfrules.files.entry import Entry
from perfrules.jobs.done import SHOWN, Refusals, column_of
from perfrules.messages import diagnose

TOLD = diagnose("PRF502", path=("executed",), value="x", name="executed")
ENTRY = Entry(3, None, headings={"executed": "支出"})


def test_a_reason_is_a_line() -> None:
    refusals = Refusals("facts.csv", lines=True)
    refusals.add(ENTRY, Rejected(3, "=甲", (TOLD, TOLD)))
    done = refusals.done(5, b"x")
    lines = done.rejects.decode().splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("3,'=甲,支出,PRF502,")
    assert lines[0].endswith(",facts.csv")
    assert (done.scored, done.rejected, done.output, done.shown) == (5, 1, b"x", ())


def test_the_first_few_are_shown() -> None:
    refusals = Refusals("facts.csv", lines=False)
    for row in range(SHOWN + 5):
        refusals.add(ENTRY, Rejected(row, None, (TOLD,)))
    done = refusals.done(0, b"")
    assert [item.row for item in done.shown] == list(range(SHOWN))
    assert (done.rejected, done.rejects) == (SHOWN + 5, b"")


def test_a_place_in_a_table_is_named() -> None:
    told = diagnose("PRF502", path=("targets", 2, "done"))
    assert column_of({"targets": "目标表"}, told) == "目标表[2].done"
    assert column_of({}, diagnose("PRF502")) == ""
