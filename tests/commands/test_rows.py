"""Inputs, values and sources in lines and as plain data."""

from decimal import Decimal

from perfrules.commands.rows import basis_json, basis_row, input_json, input_row, table, value_text
from perfrules.errors import Text
from perfrules.lang.plan import Basis, InputPlan
from perfrules.lang.types import NUMBER, Kind, Type

MONEY = InputPlan(
    "aid", Type(Kind.MONEY, "万元"), Text("补助"), Decimal(0), Decimal(50000), required=False
)


def test_columns_are_aligned_by_what_they_take_on_the_screen() -> None:
    assert table([["a", "预算", "x"], ["bcd", "e", ""]]) == ["a    预算  x", "bcd  e"]
    assert table([]) == []


def test_an_input_in_a_line_and_as_data() -> None:
    assert list(input_row(MONEY, "en")) == [["aid", "补助", "money 万元", "optional"]]
    found = input_json(MONEY)
    assert (found["min"], found["max"], found["default"]) == ("0万元", "5万元", None)


def test_a_tables_columns_stand_below_it() -> None:
    column = InputPlan("name", NUMBER, Text("名称"))
    sheet = InputPlan("rows", Type(Kind.TABLE), Text(), columns=(column,))
    assert [row[0] for row in input_row(sheet, "zh")] == ["rows", "  name"]
    assert input_json(sheet)["columns"] == [input_json(column)]


def test_a_source_begins_with_how_sure_it_is() -> None:
    basis = Basis("办法", "第三条", "background")
    assert basis_row(basis, "zh") == ["[背景资料，未见原文]", "办法 第三条"]
    assert basis_json([basis]) == [
        {"document": "办法", "clause": "第三条", "evidence": "background"}
    ]
    assert value_text(Decimal("0.5"), Type(Kind.PERCENT), "zh") == "50%"
