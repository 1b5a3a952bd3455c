"""Numbers of every Arrow type, in every kind of input: as admission reads them, or odd."""

import random
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.lang.types import MISSING
from tests.engine.batch.intake.reading import ODD, held

D = Decimal

SPECS = (
    "{type: number}",
    "{type: number, min: 0, max: 10.25}",
    "{type: number, min: -3.999999999999}",
    "{type: number, unit: 人, optional: true}",
    "{type: number, default: 1.505}",
    "{type: count}",
    "{type: count, max: 7}",
    "{type: money, unit: 元}",
    "{type: money, unit: 万元, min: 0}",
    "{type: money, unit: 亿元, optional: true}",
    "{type: money, unit: 万元, default: 12.34万元}",
    "{type: percent}",
    "{type: percent, max: 100%, default: 50%}",
    "{type: percent, bare: percent, min: 0%}",
    "{type: percent, bare: fraction, optional: true}",
)
TEXTS = (
    "0", "1.50", "-3", "+4", "007", "1,234.5", "12,34", "98%", "98.5 %", "120万元", "1.2亿",
    "￥3.5",
    "９８", "１２．５％", " 7 ", "'5", "−2", "", "—", "无", "n/a", "/", "-", "--", "1e5", "1.5E3",
    "nan", "inf", "0x10", "#DIV/0!", "1-2", "1.2.3", ".5", "5.", ".", "%", "5%%", "%5", "1/2", "八",
    "0.1000000000000000055", "123456789012345", "1234567890123456", "12345678901234567890",
    "0.000000000000001", "99999999999999.99", "10000000000000000000000000", "1_000", "3人",
    "3 人次",
    "10.250000000000001", "-3.9999999999991", "２", "1\x00", "5\n", "50%", "0.5", "300%", "-0",
    "-0%",
)  # fmt: skip
FLOATS = (
    0.0, -0.0, 0.1, 0.1 + 0.2, 1 / 3, 2.675, 1234.56, 1e15, 1e16, 123456789012345.6, 1e22, 1e25,
    1e300, 5e-324, 1e-12, 1e-15, float("nan"), float("inf"), float("-inf"), -3.999999999999, 10.25,
    4503599627370497.5, 0.3, 100.0, 7.0, 8.0, None,
)  # fmt: skip
WHOLE = (0, 1, -1, 7, 8, 10**12, 2**53 + 1, 2**62, 2**62 - 1, -(2**63), 2**63 - 1, None)
DECIMALS = ("0", "1.50", "-3.999999999999", "10.25", "10.26", "123456789.987654321", "-7", None)
LARGE = ("1e24", "-9999999999999999999999999.5", "1e25", "0.00000000001", "7", None)


def exact(texts: tuple[str | None, ...]) -> list[D | None]:
    return [None if text is None else D(text) for text in texts]


ARRAYS: dict[str, pa.Array] = {
    "string": pa.array([*TEXTS, None]),
    "large_string": pa.array([*TEXTS, None], pa.large_string()),
    "string_view": pa.array([*TEXTS, None], pa.string_view()),
    "dictionary": pa.array([*TEXTS, None, *TEXTS]).dictionary_encode(),
    "plain texts": pa.array(["1.5", "20", "0.25", "7"] * 3),
    "plain percents": pa.array(["1.5%", "20%", "0.25%", None]),
    "double": pa.array(FLOATS, pa.float64()),
    "doubles": pa.array([0.0, -0.0, 0.1, 0.1 + 0.2, 2.675, -1234.56, 1e15, float("nan")]),
    "float": pa.array([0.1, 0.5, 16777217.0, 1e-7, None], pa.float32()),
    "halffloat": pa.array(np.array([0.1, 0.5, 2048.0], np.float16)),
    "int64": pa.array(WHOLE, pa.int64()),
    "int8": pa.array([0, 1, -128, 127, None], pa.int8()),
    "uint8": pa.array([0, 255], pa.uint8()),
    "uint64": pa.array([0, 1, 2**64 - 1, 2**62, None], pa.uint64()),
    "decimal128": pa.array(exact(DECIMALS), pa.decimal128(30, 12)),
    "decimal128 short": pa.array(exact(("0.00", "1.50", "-3", None)), pa.decimal128(9, 2)),
    "decimal128 long": pa.array(exact(LARGE), pa.decimal128(38, 11)),
    "decimal128 narrow": pa.array(exact(("1.5", "90000000000.25", None)), pa.decimal128(38, 18)),
    "decimal128 negative": pa.array(exact(("1500", "100", None)), pa.decimal128(9, -2)),
    "decimal32": pa.array(exact(("1.50", "3", None)), pa.decimal32(9, 2)),
    "decimal64": pa.array(exact(("1.50", "3", None)), pa.decimal64(18, 2)),
    "decimal256": pa.array(exact(("1.50", "-7", None)), pa.decimal256(50, 2)),
    "decimal256 long": pa.array(exact(("1e40", "1", None)), pa.decimal256(60, 2)),
    "bool": pa.array([True, False, None]),
    "null": pa.nulls(3),
    "date32": pa.array([1, None], pa.int32()).cast(pa.date32()),
    "binary": pa.array([b"1", None]),
    "list": pa.array([["1"], [], None]),
    "struct": pa.array([{"a": 1}, None]),
    "runs": pa.RunEndEncodedArray.from_arrays(pa.array([2, 3], pa.int32()), pa.array(["1", "2"])),
}  # fmt: skip


@pytest.mark.parametrize("spec", SPECS)
@pytest.mark.parametrize("name", ARRAYS)
def test_what_is_held_is_what_admission_gives(spec: str, name: str) -> None:
    array = ARRAYS[name]
    found = held(spec, array)
    assert len(found) == len(array)
    if len(array) > 2:  # a slice begins in the middle of its buffers
        part = held(spec, array.slice(1, len(array) - 2))
        pairs = zip(part, found[1:-1], strict=True)
        assert all(ODD in pair or pair[0] == pair[1] for pair in pairs)


@pytest.mark.parametrize(
    ("spec", "name", "wanted"),
    [
        ("{type: number}", "plain texts", [D("1.5"), D(20), D("0.25"), D(7)] * 3),
        ("{type: number}", "doubles", [0, 0, D("0.1"), ODD, D("2.675"), D("-1234.56"), ODD, ODD]),
        ("{type: number}", "float", [D("0.1"), D("0.5"), 16777216, D("1e-7"), ODD]),
        ("{type: number}", "int8", [0, 1, -128, 127, ODD]),
        ("{type: number}", "uint64", [0, 1, ODD, ODD, ODD]),
        ("{type: number}", "decimal128 short", [0, D("1.5"), -3, ODD]),
        ("{type: number}", "decimal128 narrow", [D("1.5"), D("90000000000.25"), ODD]),
        ("{type: number}", "decimal256", [D("1.5"), -7, ODD]),
        ("{type: number}", "bool", [ODD, ODD, ODD]),
        ("{type: number, unit: 人, optional: true}", "decimal64", [D("1.5"), 3, MISSING]),
        ("{type: number, default: 1.505}", "decimal32", [D("1.5"), 3, D("1.505")]),
        ("{type: number, min: 0, max: 10.25}", "uint8", [0, ODD]),
        ("{type: count}", "decimal128 short", [0, ODD, ODD, ODD]),
        ("{type: count, max: 7}", "uint8", [0, ODD]),
        ("{type: money, unit: 万元, min: 0}", "decimal64", [15000, 30000, ODD]),
        ("{type: money, unit: 万元, default: 12.34万元}", "null", [123400] * 3),
        ("{type: percent}", "plain percents", [D("0.015"), D("0.2"), D("0.0025"), ODD]),
        ("{type: percent}", "decimal64", [ODD, ODD, ODD]),
        ("{type: percent, bare: percent, min: 0%}", "decimal64", [D("0.015"), D("0.03"), ODD]),
        ("{type: percent, bare: fraction, optional: true}", "decimal64", [D("1.5"), 3, MISSING]),
        ("{type: percent, bare: fraction, optional: true}", "plain percents",
         [D("0.015"), D("0.2"), D("0.0025"), MISSING]),
        ("{type: number}", "runs", [1, 1, 2]),
    ],
)  # fmt: skip
def test_what_can_be_held_is(spec: str, name: str, wanted: list[Any]) -> None:
    assert held(spec, ARRAYS[name]) == wanted


def test_texts_that_are_no_plain_numbers_are_read_one_by_one() -> None:
    found = dict(zip(TEXTS, held("{type: number, unit: 人, optional: true}", ARRAYS["string"]),
                     strict=False))  # fmt: skip
    assert found["1,234.5"] == D("1234.5")
    assert found["９８"] == 98
    assert found["3人"] == 3
    assert found["—"] is MISSING
    assert found["-"] is MISSING
    assert found["#DIV/0!"] is ODD
    assert found["98%"] is ODD
    assert found["1e5"] is ODD
    assert found["1-2"] is ODD


@settings(max_examples=150, deadline=None)
@given(st.lists(st.floats(allow_nan=True), min_size=1, max_size=20), st.sampled_from(SPECS))
def test_any_floats(values: list[float], spec: str) -> None:
    held(spec, pa.array(values, pa.float64()))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.integers(-(10**15) + 1, 10**15 - 1), min_size=1, max_size=20), st.integers(0, 12)
)
def test_floats_of_few_digits_are_all_held(units: list[int], scale: int) -> None:
    values = [float(D(unit).scaleb(-scale)) for unit in units]
    assert held("{type: number}", pa.array(values)) == [D(repr(value)) for value in values]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.text("0123456789.-+% ,元万eE", max_size=18), min_size=1, max_size=12),
    st.sampled_from(SPECS),
)
def test_any_texts(values: list[str], spec: str) -> None:
    held(spec, pa.array(values, pa.string()))


@settings(max_examples=100, deadline=None)
@given(st.data(), st.integers(1, 38), st.sampled_from(SPECS))
def test_any_decimals(data: st.DataObject, precision: int, spec: str) -> None:
    scale = data.draw(st.integers(0, precision))
    most = 10**precision - 1
    numbers = st.integers(-most, most) | st.integers(-1000, 1000) | st.none()
    units = data.draw(st.lists(numbers, min_size=1, max_size=10))
    values = [None if unit is None or abs(unit) > most else D(f"{unit}E-{scale}") for unit in units]
    held(spec, pa.array(values, pa.decimal128(precision, scale)))


def test_a_long_column_has_few_odd_values() -> None:
    chance = random.Random(7)  # noqa: S311 - seeded
    texts = [f"{chance.uniform(-1e6, 1e6):.2f}" for _ in range(5000)]
    assert held("{type: number}", pa.array(texts)) == [D(text) for text in texts]
    assert held("{type: number}", pa.array([float(text) for text in texts])) == [
        D(text) for text in texts
    ]
