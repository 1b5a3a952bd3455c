"""Who changes grade, who gains and loses, by which line: counted by hand on three units."""

from decimal import Decimal

from perfrules.analysis.change import UnitChange, impact
from perfrules.engine.codegen import Scores
from perfrules.engine.result import Rejected, State
from perfrules.messages import diagnose


def scores(
    grade: str, *parts: str, gates: tuple[str, ...] = (), decisions: tuple[str, ...] = ()
) -> Scores:
    """Return the scores of a branch `all` and its leaves a, b, …: parts are those of the leaves."""
    leaves = [Decimal(part) for part in parts]
    total = sum(leaves, Decimal(0))
    ids = ("all", *"abc"[: len(leaves)])
    states = (State.SCORED,) * len(ids)
    return Scores(
        total, Decimal(100), grade, Decimal(1), ids, (total, *leaves), states,
        gates, decisions, (), (None,) * len(ids),
    )  # fmt: skip


LOST = Rejected(3, "丙", (diagnose("PRF502", name="budget"),))


def test_three_units() -> None:
    found = impact(
        [
            (1, "甲", scores("优", "50", "42"), scores("良", "40", "43.5")),
            (2, "乙", scores("良", "40", "41"), scores("良", "40", "41")),
            (3, "丙", LOST, scores("良", "40", "41")),
            (4, "丁", LOST, LOST),
        ],
        branches={"all"},
    )
    assert found.units == 4
    assert [item.unit for item in found.changes] == ["甲", "丙"]
    assert [item.unit for item in found.regraded] == ["甲", "丙"]
    assert [item.unit for item in found.losers] == ["甲"]
    assert found.gainers == ()
    assert [item.unit for item in found.rejections] == ["丙"]
    first = found.changes[0]
    assert first.gain == Decimal("-8.5")
    assert [(line.id, line.gain) for line in first.lines] == [
        ("a", Decimal(-10)),
        ("b", Decimal("1.5")),
    ]
    assert found.by_line == {"a": Decimal(-10), "b": Decimal("1.5")}
    assert (found.gained["b"], found.lost["a"], found.gained["a"]) == (1, 1, 0)
    assert found.grades[("优", "良")] == 1
    assert found.grades[("良", "良")] == 1


def test_gates_and_decisions_alone() -> None:
    before = scores("良", "80", decisions=("keep",))
    after = scores("良", "80", gates=("veto",), decisions=("cut",))
    (change,) = impact([(1, None, before, after)]).changes
    assert change == UnitChange(
        1, None, before, after, (), (("veto", True),), (("cut", True), ("keep", False))
    )
    assert not change.regraded


def test_a_line_that_only_one_of_them_has() -> None:
    (change,) = impact([(1, None, scores("良", "80"), scores("良", "80", "5"))], {"all"}).changes
    (line,) = change.lines
    assert (line.id, line.before, line.after) == ("b", None, Decimal(5))
