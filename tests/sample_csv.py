"""CSV files and inputs for tests of readers."""

from io import BytesIO

import pytest

from perfrules.errors import Diagnostic, Text, UsageError
from perfrules.files.csv import CsvOptions, read_csv
from perfrules.files.entry import Entry, Source
from perfrules.lang.plan import InputPlan
from perfrules.lang.types import Kind, Type


def given_input(name: str, kind: Kind = Kind.NUMBER, **others: object) -> InputPlan:
    values: dict[str, object] = {"title": Text(), **others}
    return InputPlan(id=name, type=Type(kind), **values)  # type: ignore[arg-type] # a test's shorthand


BUDGET = given_input("budget", title=Text("全年预算数", "budget of the year"))


SPENT = given_input("spent", title=Text("全年执行数"), column="支出（万元）")


NOTE = given_input("remark", Kind.TEXT, required=False)


TARGETS = given_input(
    "targets",
    Kind.TABLE,
    title=Text("绩效目标表"),
    columns=(given_input("name", Kind.TEXT), given_input("target", Kind.TARGET)),
)


JURY = given_input("jury", Kind.PANEL)


SATISFIED = given_input("satisfied", Kind.SURVEY, title=Text("满意度"), levels=("好", "差"))


def source(text: str | bytes, name: str = "facts.csv") -> Source:
    data = text if isinstance(text, bytes) else text.encode()
    return Source(name, lambda: BytesIO(data))


def read(text: str | bytes, *inputs: InputPlan, **options: object) -> list[Entry]:
    found = read_csv(
        source(text),
        inputs or (BUDGET, SPENT),
        CsvOptions(**options),  # type: ignore[arg-type]
    )
    entries = list(found)
    assert found.total is not None
    assert found.total <= len(entries)
    return entries


def refused(text: str | bytes, *inputs: InputPlan, **options: object) -> tuple[Diagnostic, ...]:
    with pytest.raises(UsageError) as error:
        read(text, *inputs, **options)
    return error.value.diagnostics


def codes(items: tuple[Diagnostic, ...]) -> list[str]:
    return [item.code for item in items]
