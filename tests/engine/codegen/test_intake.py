"""Plain facts are taken at once, exactly as admission would; everything else is left to it."""

from datetime import date
from decimal import Decimal, localcontext
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.engine.codegen.arithmetic import EXACT
from perfrules.engine.codegen.intake import intake
from perfrules.engine.facts import admit
from perfrules.errors import FactsError
from perfrules.lang.document import Scalar
from perfrules.lang.types import MISSING
from tests.small import plan

PLAN = plan("""
    inputs:
      size: {type: number, max: 1000}
      above: {type: number, min: 0.5}
      heads: {type: count}
      money: {type: money, unit: 万元, min: 0}
      share: {type: percent, min: 0%, max: 100%}
      bare: {type: percent, bare: percent}
      flag: {type: flag}
      choice: {type: choice, of: [好, 无, 差]}
      marks: {type: choice, of: [①, ②, ③], many: true}
      answers: {type: survey, of: [满意, 不满意]}
      day: {type: date}
      word: {type: text, optional: true}
      spare: {type: number, optional: true}
      usual: {type: number, default: 7.50}
    indicators:
      - {id: x, points: 100, score: {method: met, when: flag}}
    allow: [{code: PRF481, because: 只看读数}]
""")
GOOD: dict[str, Any] = {
    "size": "-12.50", "above": Decimal("0.5"), "heads": 3, "money": "107.78", "share": "98.5%",
    "bare": "98", "flag": "是", "choice": "无", "marks": "①、③",
    "answers": {"满意": "30", "不满意": 2}, "day": "2024-01-05",
}  # fmt: skip
TAKE = intake(PLAN)


def taken(facts: dict[str, Any]) -> dict[str, object] | None:
    with localcontext(EXACT):
        try:
            values = TAKE(facts)
        except LookupError:
            return None
    return None if values is None else dict(zip((i.id for i in PLAN.inputs), values, strict=True))


def test_plain_facts() -> None:
    found = taken(GOOD)
    assert found == dict(admit(PLAN, GOOD).values)
    assert found is not None
    assert found["money"] == Decimal(1077800)
    assert found["share"] == Decimal("0.985")
    assert found["marks"] == frozenset("①③")
    assert found["spare"] is MISSING
    assert str(found["usual"]) == "7.50"


def named(change: dict[str, Any]) -> str:
    """Return a test's name: the same in every process, whatever order a set prints in."""
    return ", ".join(
        f"{key}: {sorted(value) if isinstance(value, set) else value}"
        for key, value in change.items()
    )


@pytest.mark.parametrize(
    "change",
    [
        {"size": 12}, {"size": 0.1}, {"size": Decimal(1000)}, {"size": "0"},
        {"heads": "12"}, {"money": 5}, {"flag": True}, {"flag": "FALSE"}, {"flag": 1},
        {"flag": "1"}, {"marks": ["①"]}, {"marks": {"②", "③"}}, {"marks": "②"},
        {"answers": {"不满意": 2, "满意": 0}}, {"day": date(2024, 1, 5)}, {"word": " 甲 "},
        {"spare": "1,234.5"}, {"usual": 8}, {"unit": "P001"}, {"x-note": 1},
        {"answers": {"满意": 1, "不满意": 2, "issued": 9}}, {"size": "1."}, {"size": "1e2"},
        {"size": "９８"}, {"share": "98 %"}, {"money": "120万元"}, {"choice": "好 "},
    ],
    ids=named,
)  # fmt: skip
def test_what_is_taken_is_what_is_admitted(change: dict[str, Any]) -> None:
    facts = GOOD | change
    found, (wanted, refused) = taken(facts), _admitted(facts)
    assert found is None or found == wanted
    assert found is None or not refused


def _admitted(facts: dict[str, Any]) -> tuple[dict[str, object], bool]:
    try:
        return dict(admit(PLAN, facts).values), False
    except FactsError:
        return {}, True


PLAINLY = [{"size": 12}, {"size": 0.1}, {"flag": False}, {"marks": ["①"]}, {"unit": "甲"}]


@pytest.mark.parametrize("change", PLAINLY, ids=named)
def test_these_are_taken(change: dict[str, Any]) -> None:
    assert taken(GOOD | change) is not None


@pytest.mark.parametrize(
    "change",
    [
        {"size": "1001"}, {"above": "0.4999"}, {"above": "-1"}, {"heads": "2.5"}, {"heads": -1},
        {"share": "101%"}, {"share": "98"}, {"share": 0.98}, {"size": True}, {"size": None},
        {"size": "1_000"}, {"size": "nan"}, {"size": Decimal("NaN")}, {"size": 10**30},
        {"size": Decimal("sNaN")}, {"size": Decimal("1e-7000")}, {"size": "1\n2"},
        {"size": float("inf")}, {"size": ""}, {"flag": "有"}, {"flag": 2}, {"flag": None},
        {"flag": []}, {"choice": "中"}, {"choice": ["好"]}, {"marks": "④"}, {"marks": [["①"]]},
        {"marks": ["①", "②", "③", "①"]}, {"marks": 7}, {"answers": {"满意": 1}},
        {"answers": {"满意": 1, "不满意": -1}}, {"answers": {"满意": True, "不满意": 1}},
        {"answers": [1, 2]}, {"day": "2024-02-30"}, {"odd": 1}, {"unit": "a\nb"}, {"unit": 7.5},
        {7: 1}, {"size": Scalar("1")}, {"waive": {}},
    ],
    ids=named,
)  # fmt: skip
def test_these_are_left_to_admission(change: dict[Any, Any]) -> None:
    assert taken(GOOD | change) is None


def test_an_input_left_out_is_left_to_admission() -> None:
    for name in GOOD:
        assert taken({key: value for key, value in GOOD.items() if key != name}) is None


WRITTEN = st.one_of(
    st.text("0123456789.,+-%eE_ ９", max_size=8),
    st.integers(-(10**27), 10**27),
    st.decimals(allow_nan=True, allow_infinity=True),
    st.floats(),
    st.booleans(),
    st.none(),
)


@settings(max_examples=300, deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(["size", "above", "heads", "money", "share"], WRITTEN)))
def test_any_number(change: dict[str, Any]) -> None:
    facts = GOOD | change
    found = taken(facts)
    if found is not None:
        assert found == dict(admit(PLAN, facts).values)
