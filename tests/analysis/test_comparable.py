"""Whether scores may be put side by side: yes, only common blocks, or no, with reasons."""

import pytest

from perfrules.analysis.comparable import Comparison, compare_plans, core_blocks
from tests.small import plan

BODY = """
parameters:
  line: {value: 90%}
inputs:
  a: {type: percent}
  b: {type: percent}
derive: {double: a * 2}
indicators:
  - id: common
    title: 共性指标
    core: true
    points: 40
    score: {method: bands, actual: double / 2, bands: [{at_least: line, points: 40}, {else: 0}]}
  - {id: own, points: 60, score: {method: proportional, actual: b, target: 100%}}
"""


def compared(new: str) -> Comparison:
    return compare_plans(plan(BODY), plan(new))


def test_rulesets_that_mean_the_same() -> None:
    found = compared(BODY.replace("title: 共性指标", "title: 别的说法"))
    assert found.verdict == "yes"
    assert found
    assert found.reasons[0].en == "both rulesets mean the same"


@pytest.mark.parametrize(
    "changes",
    [
        {"target: 100%}": "target: 90%}"},
        {"id: own": "id: other"},
        {"actual: b": "actual: a * b"},
        {"b: {type: percent}": "b: {type: percent, min: 0%}"},
        {"target: 100%}": "target: 90%}", "    title: 共性指标\n": "    category: process.money\n"},
        {"target: 100%}": "target: 90%}", "core: true\n": "core: true\n    definition: 别的说法\n"},
    ],
)  # fmt: skip
def test_a_block_is_alike_whatever_stands_beside_it(changes: dict[str, str]) -> None:
    new = BODY
    for old, better in changes.items():
        new = new.replace(old, better)
    found = compared(new)
    assert (found.verdict, found.blocks) == ("blocks", ("common",))
    assert not found
    assert "common" in found.reasons[-1].en


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("points: 40}", "points: 30}"),
        ("value: 90%", "value: 80%"),
        ("double: a * 2", "double: a + a"),
        ("a: {type: percent}", "a: {type: percent, max: 100%}"),
        ("core: true\n", "core: true\n    missing: zero\n"),
        ("core: true\n", "core: true\n    rounding: {digits: 1}\n"),
        ("\nparameters:", "\nrounding: {digits: 1}\nparameters:"),
        (
            "\nparameters:",
            "\ngates: [{id: veto, when: total < 10, then: {zero: common}}]\nparameters:",
        ),
    ],
)
def test_what_changes_its_score_makes_it_another(old: str, new: str) -> None:
    changed = BODY.replace(old, new)
    assert changed != BODY
    found = compared(changed)
    assert found.verdict == "no"
    assert "isn't scored alike" in found.reasons[1].en


def test_without_a_common_block_nothing_is() -> None:
    found = compared(BODY.replace("core: true", "core: false"))
    assert (found.verdict, found.blocks) == ("no", ())
    assert found.reasons[-1].zh == "没有相同编号的共性指标"


def test_a_veto_on_another_line_leaves_the_block_as_it_is() -> None:
    new = "\ngates: [{id: veto, when: total < 10, then: {zero: own}}]\nparameters:"
    assert compared(BODY.replace("\nparameters:", new)).verdict == "blocks"


def test_each_topmost_block_has_its_digest() -> None:
    found = core_blocks(plan(BODY))
    assert list(found) == ["common"]
    assert found["common"].startswith("sha256:")


def test_as_plain_data() -> None:
    data = compared(BODY.replace("id: own", "id: other")).json()
    assert data["comparable"] == "blocks"
    assert data["blocks"] == ["common"]
