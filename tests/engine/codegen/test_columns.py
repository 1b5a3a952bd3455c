"""Readers of one value: what they read is what admission reads; the rest they leave to it."""

from collections import OrderedDict
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.engine.codegen.columns import Counts, UnusualError, reader_of
from perfrules.engine.facts.inputs import admit_input
from perfrules.engine.facts.problems import Problems
from perfrules.errors import Text
from perfrules.lang.plan import InputPlan
from perfrules.lang.types import (
    DATE,
    MISSING,
    NUMBER,
    PERCENT,
    TARGET,
    TEXT,
    Kind,
    Type,
)
from tests.strategies import ACTUALS, PAIRS

WAN = Type(Kind.MONEY, unit="万元")
LEVEL = Type(Kind.CHOICE, of=("好", "无"))
ITEMS = [
    InputPlan("number", NUMBER, Text(), min=Decimal("-1.5"), max=Decimal(1000)),
    InputPlan("count", NUMBER, Text(), whole=True),
    InputPlan("money", WAN, Text(), min=Decimal(0)),
    InputPlan("share", PERCENT, Text(), required=False),
    InputPlan("bare", PERCENT, Text(), bare="percent"),
    InputPlan("usual", NUMBER, Text(), default=Decimal("7.50")),
    InputPlan("flag", Type(Kind.FLAG), Text()),
    InputPlan("level", LEVEL, Text(), required=False),
    InputPlan("marks", Type(Kind.CHOICES, of=("①", "②")), Text()),
    InputPlan("word", TEXT, Text()),
    InputPlan("id", TEXT, Text(), pattern="[A-Z][0-9]+"),
    InputPlan("day", DATE, Text(), max=date(2024, 12, 31)),
    InputPlan("target", TARGET, Text(), required=False),
]
WRITTEN = st.one_of(
    st.sampled_from([*ACTUALS, *PAIRS, "是", "否", "好", "无", "①", "①、②", "P001", "甲", "—"]),
    st.sampled_from([" 甲 ", "Ａ类", "a\nb", "#REF!", "2024-01-05", "2025/1/5", "-", "98 %", ""]),
    st.text("0123456789.,+-%eE_ ９", max_size=8),
    st.integers(-(10**27), 10**27),
    st.decimals(allow_nan=True, allow_infinity=True),
    st.floats(),
    st.booleans(),
    st.none(),
    st.just(date(2024, 1, 5)),
    st.lists(st.sampled_from(["①", "②", "③"]), max_size=3),
)  # fmt: skip
READERS = {item.id: reader_of(item) for item in ITEMS}


def admitted(item: InputPlan, written: object) -> tuple[object, bool]:
    """Return what admission reads, and whether it refuses."""
    problems = Problems()
    value = admit_input(item, written, problems, {})
    return value, bool(problems.found)


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(ITEMS), WRITTEN)
def test_what_is_read_is_what_is_admitted(item: InputPlan, written: object) -> None:
    try:
        found = READERS[item.id](written)
    except LookupError:
        return
    assert (found, False) == admitted(item, written)


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("number", "12.50", Decimal("12.50")), ("number", 0.1, Decimal("0.1")),
        ("money", "107.78", Decimal("1077800.00")), ("share", "98%", Decimal("0.98")),
        ("share", None, MISSING), ("usual", None, Decimal("7.50")), ("level", "无", "无"),
        ("word", "受助人数", "受助人数"), ("word", "95%", "95%"), ("word", " 甲 ", "甲"),
        ("day", "2024-01-05", date(2024, 1, 5)), ("marks", "①、②", frozenset("①②")),
    ],
)  # fmt: skip
def test_common_values_are_read(name: str, written: object, value: object) -> None:
    assert READERS[name](written) == value


def test_what_comes_again_is_remembered() -> None:
    read = reader_of(ITEMS[-1])
    assert read("≥95%") is read("≥95%")


COLUMNS = (
    InputPlan("name", TEXT, Text()),
    InputPlan("points", NUMBER, Text(), required=False),
    InputPlan("level", LEVEL, Text(), default="好"),
)
SHEET = InputPlan("sheet", Type(Kind.TABLE), Text(), columns=COLUMNS, min_rows=1, max_rows=3)


def test_rows() -> None:
    rows = [{"name": "甲", "points": "4"}, {"name": "乙", "level": "无"}]
    assert reader_of(SHEET)(rows) == admitted(SHEET, rows)[0]
    assert reader_of(SHEET)(tuple(rows)) == (
        {"name": "甲", "points": Decimal(4), "level": "好"},
        {"name": "乙", "points": MISSING, "level": "无"},
    )


@pytest.mark.parametrize(
    "rows",
    [
        None, [], [{"name": "甲"}] * 4, {"name": "甲"}, [7], [{"name": "甲", "odd": 1}],
        [{"points": 1}], [{"name": "甲", "points": "x"}], [{7: 1}], [OrderedDict(name="甲")],
        [{"name": "甲", "x-note": 1}], [{"name": "—"}],
    ],
)  # fmt: skip
def test_rows_left_to_admission(rows: object) -> None:
    with pytest.raises(UnusualError):
        reader_of(SHEET)(rows)


def test_only_plain_mappings_of_counts() -> None:
    levels = ("满意", "不满意")
    counted = Counts(levels)
    assert counted({"不满意": 2, "满意": "1"}).groups == {None: {"满意": 1, "不满意": 2}}
    assert list(counted({"不满意": "2", "满意": "1"}).groups[None]) == [*levels]
    for odd in (
        OrderedDict(满意=1, 不满意=2), {"满意": 1, "不满意": "２"}, {"满意": "1", "不满意": ""},
        {"满意": 1, "差": 2}, {"满意": -1, "不满意": 2}, {"满意": True, "不满意": 2},
        {"满意": "1", "不满意": "-2"}, {"满意": 10**15, "不满意": 2}, {1: 1, 2: 2},
    ):  # fmt: skip
        with pytest.raises(LookupError):
            counted(odd)
