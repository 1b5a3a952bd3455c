"""Choices, texts, target cells, flags, dates and sets of every Arrow type, as admission reads."""

from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.lang.types import MISSING
from tests.engine.batch.intake.reading import ODD, held

D = Decimal

DAY = date(2024, 1, 5)
MIDNIGHT = 1_704_412_800_000_000  # of that day, in microseconds
SPECS = (
    "{type: flag}",
    "{type: flag, optional: true}",
    "{type: flag, default: false}",
    "{type: choice, of: [优, 良, '1', 无]}",
    "{type: choice, of: [优, 良], default: 良}",
    "{type: choice, of: [甲, 乙, 丙], many: true}",
    "{type: choice, of: [甲, 乙, 丙], many: true, optional: true}",
    "{type: choice, of: [甲, 乙, 丙], many: true, default: 乙}",
    "{type: text}",
    "{type: text, optional: true}",
    "{type: id, pattern: '[A-Z][0-9]{3}'}",
    "{type: date}",
    "{type: date, min: 2024-01-01, optional: true}",
    "{type: date, max: 2024-12-31, default: 2024-06-30}",
    "{type: target}",
    "{type: target, optional: true}",
)
TEXTS = (
    "是", "否", "true", "FALSE", "1", "0", "on", "", "—", "无", "优", "良 ", "Ａ１２３", "A123",
    "B12",
    "甲", "甲、丙", "甲,乙;丙", "甲、丁", "甲、甲", "2024-01-05", "2024年1月5日", "2024-13-01",
    "20240105",
    "2023-12-31", "≥95%", "5天以内", "效果明显", "#REF!", "a\x07b", "x" * 10_001, "无 ", "暂无",
    None,
)  # fmt: skip
ARRAYS: dict[str, pa.Array] = {
    "string": pa.array(TEXTS),
    "large_string": pa.array(TEXTS, pa.large_string()),
    "string_view": pa.array(TEXTS, pa.string_view()),
    "dictionary": pa.array([*TEXTS, *TEXTS]).dictionary_encode(),
    "null in a dictionary": pa.DictionaryArray.from_arrays(
        pa.array([0, 1, None, 0], pa.int32()), pa.array(["是", None])
    ),
    "bool": pa.array([True, False, None]),
    "bools": pa.array([True, False, True]),
    "int64": pa.array([1, 0, 2, 123, None]),
    "double": pa.array([1.0, 0.5, None]),
    "decimal128": pa.array([D("1.0"), D("0.0"), D("2.5"), None], pa.decimal128(9, 1)),
    "date32": pa.array([DAY, date(2023, 12, 31), date(2025, 1, 1), None]),
    "date32 far": pa.array([10**7, 1], pa.int32()).cast(pa.date32()),
    "date64": pa.array([DAY, None], pa.date64()),
    "timestamp": pa.array([MIDNIGHT, 8 * 3600 * 10**6 + MIDNIGHT, None], pa.timestamp("us")),
    "timestamp ns": pa.array([MIDNIGHT * 1000, 1, None], pa.timestamp("ns")),
    "timestamp tz": pa.array([MIDNIGHT, None], pa.timestamp("us", "Asia/Shanghai")),
    "list": pa.array([["甲"], ["丙", "甲"], [], ["甲", "甲"], ["丁"], ["甲", None], None, ["乙 "]]),
    "long list": pa.array([["甲", "乙", "丙", "甲"], ["甲"]]),
    "large_list": pa.array([["甲"], None, []], pa.large_list(pa.string())),
    "list of views": pa.array([["甲"], None], pa.list_(pa.string_view())),
    "list of codes": pa.array([["甲"], None], pa.list_(pa.dictionary(pa.int8(), pa.string()))),
    "list of ints": pa.array([[1], None]),
    "list of lists": pa.array([[["甲"]], None]),
    "fixed list": pa.array([["甲", "乙"], None], pa.list_(pa.string(), 2)),
    "struct": pa.array([{"a": "甲"}, None]),
    "null": pa.nulls(2),
    "binary": pa.array([b"\xff", None]),
    "time": pa.array([1, None], pa.int32()).cast(pa.time32("s")),
    "empty": pa.array([], pa.string()),
}  # fmt: skip


@pytest.mark.parametrize("spec", SPECS)
@pytest.mark.parametrize("name", ARRAYS)
def test_what_is_held_is_what_admission_gives(spec: str, name: str) -> None:
    array = ARRAYS[name]
    found = held(spec, array)
    assert len(found) == len(array)
    if len(array) > 2:  # a slice begins in the middle of its buffers
        assert held(spec, array.slice(1, len(array) - 2)) == found[1:-1]


@pytest.mark.parametrize(
    ("spec", "name", "wanted"),
    [
        ("{type: flag}", "bool", [True, False, ODD]),
        ("{type: flag, default: false}", "bool", [True, False, False]),
        ("{type: flag, optional: true}", "bool", [True, False, MISSING]),
        ("{type: flag}", "int64", [True, False, ODD, ODD, ODD]),
        ("{type: flag}", "decimal128", [True, False, ODD, ODD]),
        ("{type: flag}", "double", [ODD, ODD, ODD]),
        ("{type: flag, optional: true}", "null in a dictionary", [True, MISSING, MISSING, True]),
        ("{type: choice, of: [优, 良, '1', 无]}", "int64", ["1", ODD, ODD, ODD, ODD]),
        ("{type: choice, of: [优, 良], default: 良}", "null", ["良", "良"]),
        ("{type: text}", "int64", ["1", "0", "2", "123", ODD]),
        ("{type: text}", "decimal128", ["1.0", "0.0", "2.5", ODD]),
        ("{type: date}", "date32", [DAY, date(2023, 12, 31), date(2025, 1, 1), ODD]),
        ("{type: date}", "date32 far", [ODD, date(1970, 1, 2)]),
        ("{type: date, min: 2024-01-01, optional: true}", "date32",
         [DAY, ODD, date(2025, 1, 1), MISSING]),
        ("{type: date, max: 2024-12-31, default: 2024-06-30}", "date32",
         [DAY, date(2023, 12, 31), ODD, date(2024, 6, 30)]),
        ("{type: date}", "timestamp", [DAY, ODD, ODD]),
        ("{type: date}", "timestamp ns", [DAY, ODD, ODD]),
        ("{type: date}", "timestamp tz", [ODD, ODD]),
        ("{type: choice, of: [甲, 乙, 丙], many: true}", "list",
         [{"甲"}, {"甲", "丙"}, set(), {"甲"}, ODD, ODD, ODD, {"乙"}]),
        ("{type: choice, of: [甲, 乙, 丙], many: true, optional: true}", "large_list",
         [{"甲"}, MISSING, set()]),
        ("{type: choice, of: [甲, 乙, 丙], many: true, default: 乙}", "fixed list",
         [{"甲", "乙"}, {"乙"}]),
        ("{type: choice, of: [甲, 乙, 丙], many: true}", "list of codes", [{"甲"}, ODD]),
    ],
)  # fmt: skip
def test_what_can_be_held_is(spec: str, name: str, wanted: list[Any]) -> None:
    assert held(spec, ARRAYS[name]) == wanted


def test_more_options_than_bits_are_left_to_one() -> None:
    options = [f"o{number}" for number in range(70)]
    spec = f"{{type: choice, of: [{', '.join(options)}], many: true}}"
    assert held(spec, pa.array([["o0", "o69"], ["o3"]])) == [ODD, ODD]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(TEXTS) | st.text(max_size=6), min_size=1, max_size=10),
    st.sampled_from(SPECS),
)
def test_any_texts(values: list[str | None], spec: str) -> None:
    try:
        array = pa.array(values, pa.string())
    except UnicodeEncodeError:  # a lone surrogate is no text for Arrow
        return
    held(spec, array)
