"""Which column brings which input: as headings of a CSV file do."""

from collections.abc import Sequence

import pytest

from perfrules.engine.batch.columns import TABLE, Steps, match
from perfrules.errors import Text
from tests.small import plan

RULES = """
inputs:
  executed: {type: money, unit: 万元, title: {zh: 执行数（万元）, en: executed}, column: 全年执行数}
  done: {type: flag, title: 完成, default: true}
  asked: {type: survey, of: [好, 差], title: 问卷}
  both: {type: survey, of: [好, 差], groups: [师, 生], optional: true}
  sheet: {type: table, columns: {name: {type: text}}}
indicators:
  - {id: a, points: 100, score: {method: proportional, actual: executed, target: 9元}}
"""
GOOD = ("executed", "asked", "sheet")


def found(heads: Sequence[str], **options: object) -> tuple[tuple[Steps | None, ...], list[str]]:
    """Return what columns bring, and the codes of what is wrong with them."""
    brought = match(heads, plan(RULES).inputs, **options)  # type: ignore[arg-type] # as given
    assert all(item.message.zh and item.message.en and item.hint.zh for item in brought.problems)
    return brought.paths, [item.code for item in brought.problems]


@pytest.mark.parametrize(
    ("head", "path"),
    [
        ("executed", ("executed",)),
        ("全年执行数", ("executed",)),
        ("执行数(万元) ", ("executed",)),
        ("执行数﹙万元﹚", ("executed",)),
        ("ｅｘｅｃｕｔｅｄ", ("executed",)),
        ("\ufeffexecuted", ("executed",)),
        ("完成", ("done",)),
        ("unit", ("unit",)),
        ("as_of", ("as_of",)),
        ("both.师.好", ("both", "师", "好")),
        ("both.issued", ("both", "issued")),
        ("evidence.a", ("evidence", "a")),
        ("x-note", None),
    ],
)
def test_a_heading(head: str, path: Steps | None) -> None:
    heads = [*(name for name in GOOD if path != (name,)), head]
    paths, codes = found(heads)
    assert (paths[-1], codes) == (path, [])


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("a", []),
        ("goals", []),
        ("goals[甲]", []),
        ("b", ["PRF615"]),
        ("a[甲]", ["PRF615"]),
        ("goals[甲", ["PRF615"]),
        ("", ["PRF615"]),
    ],
)
def test_evidence_for_an_indicator_that_is_there(name: str, codes: list[str]) -> None:
    heads = [*GOOD, f"evidence.{name}"]
    assert found(heads, lines={"a": False, "goals": True})[1] == codes
    assert found(heads)[1] == []  # whoever doesn't say which there are takes any


@pytest.mark.parametrize(
    ("heads", "codes"),
    [
        (GOOD, []),
        (("executed", "问卷.好", "asked.差", "sheet"), []),
        (("executed", "asked.好", "sheet"), ["PRF618"]),  # a level is lacking
        (("executed", "sheet"), ["PRF618", "PRF618"]),  # both levels
        ((*GOOD, "执行数（万元）"), ["PRF616"]),
        ((*GOOD, "note", ""), ["PRF615", "PRF615"]),
        ((*GOOD, "unit", "unit"), ["PRF616"]),
        (("asked", "sheet"), ["PRF618"]),
        ((), ["PRF618"] * 4),
    ],
)
def test_headings(heads: tuple[str, ...], codes: list[str]) -> None:
    assert found(heads)[1] == codes


def test_what_is_left_out_and_what_is_named() -> None:
    assert found((*GOOD, "备注"), ignore=["备注 "])[1] == []
    assert found(GOOD, ignore=["备注"])[1] == ["PRF621"]
    assert found((*GOOD, "key"), named={"tables": "key"}) == (
        (("executed",), ("asked",), ("sheet",), ("key",)),
        [],
    )
    assert found(GOOD, named={"tables": "key"})[1] == ["PRF621"]


def test_a_sheet_has_no_reserved_columns_and_nothing_to_ignore() -> None:
    sheet = plan(RULES).inputs[-1]
    brought = match(("name", "unit"), sheet.columns, reserved=(), table=Text("表", "the sheet"))
    assert [item.code for item in brought.problems] == ["PRF615"]
    assert "x-unit" in brought.problems[0].hint.en
    assert "ignore" in match(("unti",), plan(RULES).inputs, table=TABLE).problems[0].hint.en
