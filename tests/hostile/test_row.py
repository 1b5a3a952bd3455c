"""The hostile cells and host values: refused with the input, the row and the value, or read."""

import math
import operator
import os
import types
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import IntEnum
from pathlib import Path
from typing import Any

import pytest
import yaml

from perfrules.engine.facts import Facts, admit
from perfrules.errors import Diagnostic, FactsError, Text
from perfrules.files.json import parse_json
from perfrules.lang.plan import InputPlan, Places, Plan, Rounding
from perfrules.lang.types import DATE, FLAG, NUMBER, PERCENT, TARGET, TEXT, Kind, Type

CORPUS = yaml.safe_load((Path(__file__).parent / "row.yaml").read_text(encoding="utf-8"))
DIFFERENT: Mapping[str, str] = CORPUS["different"]

# What each class of the corpus is here.
CODES = {
    "R_MISSING": {"PRF502"},
    "R_NUM": {"PRF503", "PRF518"},
    "R_TYPE": {"PRF518"},
    "R_RANGE": {"PRF511"},
    "R_PERCENT": {"PRF505", "PRF506"},
    "R_PRECISION": {"PRF510"},
    "R_UNIT": {"PRF507"},
    "R_BOOL": {"PRF512"},
    "R_DATE": {"PRF513"},
    "R_EXCEL_ERR": {"PRF504"},
    "R_ID": {"PRF515", "PRF517"},
}
MONEY = Type(Kind.MONEY, "万元")
TYPES = {
    "number": NUMBER,
    "money": MONEY,
    "ratio": PERCENT,
    "bool": FLAG,
    "date": DATE,
    "id": TEXT,
}


def plan(*inputs: InputPlan) -> Plan:
    rounding = Rounding(2, "half_up")
    return Plan(
        "hostile", "1.0", Text(), "sha256:0", "", Places("hostile.yaml", {}), None, rounding,
        rounding, "sum", inputs, (), (), (), (), (), (), "all", (), (),
    )  # fmt: skip


def column(cell: Mapping[str, Any]) -> InputPlan:
    low, high = (None if cell.get(key) is None else Decimal(cell[key]) for key in ("min", "max"))
    return InputPlan(
        "cell",
        TYPES[cell["type"]],
        Text("单元格", "the cell"),
        min=low,
        max=high,
        bare="fraction" if cell["type"] == "ratio" else None,
        pattern=cell.get("pattern", "[ -~]+") if cell["type"] == "id" else None,
    )


def raw(cell: Mapping[str, Any]) -> object:
    """Return what the readers of files give for the cell."""
    match cell["raw"]:
        case {"json": str(text)}:
            return parse_json(text, "facts.json")
        case {"xlsx": str(text)}:
            return text.removeprefix("text:").removeprefix("error:")
        case {"xlsx": value}:
            return value
        case text:
            return text


def scored(cell: Mapping[str, Any]) -> Facts | tuple[Diagnostic, ...]:
    """Return what comes of the cell in the second row of a table."""
    item = column(cell)
    good = InputPlan("name", TEXT, Text())
    sheet = InputPlan("sheet", Type(Kind.TABLE), Text("明细表", "the sheet"), columns=(good, item))
    first = {"name": "甲", "cell": {"number": 1, "money": 1, "ratio": "1%"}.get(cell["type"])}
    rows = [first, {"name": "乙", "cell": raw(cell)}] if first["cell"] else [{"cell": raw(cell)}]
    for row in rows:
        row.setdefault("name", "甲")
    try:
        return admit(plan(sheet), {"sheet": rows})
    except FactsError as error:
        return error.diagnostics


@pytest.mark.parametrize("case", CORPUS["cells"], ids=lambda case: case["id"])
def test_a_hostile_cell(case: Mapping[str, Any]) -> None:
    found = scored(case["cell"])
    expect = {case["expect"], *case.get("also", ())}
    if isinstance(found, tuple):
        assert "reject_row" in expect
        (problem,) = found
        codes = (case["code"], *case.get("also", ()))
        assert problem.code in set().union(*(CODES.get(code, set()) for code in codes))
        assert problem.path[0] == "sheet"
        assert problem.path[2] == "cell"
        row = f"第{int(problem.path[1]) + 1}行"
        assert "单元格（cell）" in problem.message.zh
        assert row in problem.message.zh
        assert problem.message.zh.isprintable()
        return
    assert expect & {"accept", "accept_warn"}
    rows = found.values["sheet"]
    assert isinstance(rows, tuple)
    value = rows[-1]["cell"]
    noted = bool(found.notes) or "accept" in expect
    assert case["expect"] == "accept" or noted or case["id"] in DIFFERENT
    if "value" in case and case["id"] != "ROW-148":
        assert value == as_value(case["cell"]["type"], case["value"])


def as_value(kind: str, written: object) -> object:
    """Return the corpus's value in ours: money in 元, the declared unit being 万元."""
    match kind:
        case "number" | "ratio":
            return Decimal(str(written))
        case "money":
            return Decimal(str(written)) * 10_000
        case "date":
            return date.fromisoformat(str(written))
        case _:
            return written


def test_what_differs_from_the_corpus_is_a_recommendation_and_still_differs() -> None:
    cases = {case["id"]: case for case in CORPUS["cells"]}
    assert all(cases[name]["level"] == "should" for name in DIFFERENT)
    noise = scored(cases["ROW-148"]["cell"])
    assert isinstance(noise, Facts)
    assert noise.values["sheet"][-1]["cell"] == Decimal("0.30000000000000004")  # type: ignore[index] # a tuple of rows
    amount = scored(cases["ROW-101"]["cell"])
    assert isinstance(amount, Facts)
    assert not amount.notes


# Values that a host program offers


class Asked(AssertionError):  # noqa: N818 - a failure of the test, not an error of the program
    """A host value was called, compared or shown."""


class EvilEq:
    def __eq__(self, other: object) -> bool:
        raise Asked("compared")

    def __hash__(self) -> int:
        raise Asked("hashed")


class EvilStr:
    def __str__(self) -> str:
        raise Asked("shown")

    __repr__ = __str__

    def __format__(self, spec: str) -> str:
        raise Asked("formatted")


class Array:
    """What numpy's arrays do that matters here."""

    def __eq__(self, other: object) -> Any:  # noqa: ANN401 - an array, as there
        return self

    def __hash__(self) -> int:
        raise Asked("hashed")

    def __bool__(self) -> bool:
        raise Asked("the truth value of an array is ambiguous")

    def __len__(self) -> int:
        raise Asked("measured")

    def __getattr__(self, name: str) -> object:
        raise Asked(name)


class Number(IntEnum):
    ONE = 1


class Loud:
    """Mixed into a plain type: any use of the value's own methods is a failure of the test."""

    def __str__(self) -> str:
        raise Asked("shown")

    __repr__ = __str__

    def __eq__(self, other: object) -> bool:
        raise Asked("compared")

    def __hash__(self) -> int:
        raise Asked("hashed")

    def __bool__(self) -> bool:
        raise Asked("asked for its truth")

    def __iter__(self) -> Any:  # noqa: ANN401 - never returns
        raise Asked("iterated")


class LoudText(Loud, str):
    __slots__ = ()


class LoudInt(Loud, int):
    pass


class LoudDecimal(Loud, Decimal):
    pass


class LoudDate(Loud, date):
    pass


class LoudDict(Loud, dict[str, object]):  # type: ignore[misc] # as a caller may
    pass


class LoudList(Loud, list[object]):  # type: ignore[misc] # as a caller may
    pass


def nested_bomb() -> object:
    bomb: object = ["x"]
    for _ in range(60):
        bomb = [bomb] * 2
    return bomb


def mapping_bomb() -> object:
    bomb: object = {"x": 1}
    for _ in range(60):
        bomb = {"a": bomb, "b": bomb}
    return bomb


def endless() -> object:
    found: list[object] = []
    found.append(found)
    return found


HOSTS: dict[str, Callable[[], object]] = {
    "mod_os": lambda: os,
    "mod_math": lambda: math,
    "obj_with_module": lambda: types.SimpleNamespace(m=os),
    "fn_in_set": lambda: {len},
    "op_attrgetter": lambda: operator.attrgetter,
    "evil_eq": EvilEq,
    "evil_str": EvilStr,
    "nested_bomb": nested_bomb,
    "np_array": Array,
    # not in the corpus: odd subclasses and other bombs
    "mapping_bomb": mapping_bomb,
    "endless": endless,
    "int_enum": lambda: Number.ONE,
    "loud_text": lambda: LoudText("98"),
    "loud_int": lambda: LoudInt(1),
    "loud_decimal": lambda: LoudDecimal(1),
    "loud_date": lambda: LoudDate(2024, 1, 5),
    "loud_dict": LoudDict,
    "loud_list": LoudList,
    "list_of_evil": lambda: [EvilStr()],
    "row_of_evil": lambda: [{"cell": EvilStr()}],
    "bytes": lambda: b"98",
    "complex": lambda: 1j,
    "huge_int": lambda: 10**5000,
    "generator": lambda: (part for part in "98"),
}
INPUTS = (
    *(InputPlan("cell", kind, Text()) for kind in (NUMBER, MONEY, PERCENT, FLAG, DATE, TARGET)),
    InputPlan("cell", TEXT, Text()),
    InputPlan("cell", TEXT, Text(), pattern="[0-9]+"),
    InputPlan("cell", Type(Kind.CHOICE, of=("优", "良")), Text()),
    InputPlan("cell", Type(Kind.CHOICES, of=("优", "良")), Text()),
    InputPlan("cell", Type(Kind.SURVEY), Text(), levels=("优", "良")),
    InputPlan("cell", Type(Kind.PANEL), Text()),
    InputPlan("cell", Type(Kind.TABLE), Text(), columns=(InputPlan("cell", NUMBER, Text()),)),
)


def test_every_binding_of_the_corpus_has_its_host_value() -> None:
    assert {case["host"] for case in CORPUS["bindings"]} <= set(HOSTS)
    assert all(case["expect"] == "reject_bind" for case in CORPUS["bindings"])


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_value_is_refused_and_never_used(host: str) -> None:
    for item in INPUTS:
        with pytest.raises(FactsError) as caught:
            admit(plan(item), {"cell": HOSTS[host]()})
        assert {problem.path[0] for problem in caught.value.diagnostics} == {"cell"}
        assert all(problem.message.zh.isprintable() for problem in caught.value.diagnostics)
        assert "cell" in caught.value.render("en")
