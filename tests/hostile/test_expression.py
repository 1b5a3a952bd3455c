"""The group `expression` of the hostile corpus, case by case."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from perfrules.lang.expr import ExprFaults, Names, compile_expr, evaluate
from perfrules.lang.frame import Budget, Fault
from perfrules.lang.spec.names import RESERVED, name_fault
from perfrules.lang.tree import RefKind
from perfrules.lang.types import FLAG, MISSING, NUMBER, TEXT, Kind, Type

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "expression.yaml").read_text("utf-8")
)
HERE = [case for case in CASES if "elsewhere" not in case]

# The corpus's classes of what our codes say.
CLASSES: Mapping[str, frozenset[str]] = {
    code: frozenset(classes.split())
    for codes, classes in {
        "PRF302 PRF303": "E_LIMIT",
        "PRF304": "E_CHAR",
        "PRF305": "E_OP E_SYNTAX",
        "PRF306 PRF307": "E_LITERAL",
        "PRF309": "E_LINT",
        "PRF314": "E_NODE",
        "PRF315": "E_ATTR",
        "PRF316": "E_OP",
        "PRF301 PRF308 PRF310 PRF311 PRF312 PRF313 PRF317 PRF318": "E_SYNTAX",
        "PRF320 PRF324 PRF325 PRF326 PRF328": "E_NAME",
        "PRF322 PRF323": "E_CALL",
        "PRF340 PRF341 PRF345 PRF348 PRF349 PRF350": "E_TYPE",
        "PRF352": "E_NODE",
        "PRF502": "V_MISSING",
        "PRF530": "V_DIV0",
        "PRF531": "V_OVERFLOW",
    }.items()
    for code in codes.split()
}

D = Decimal
OPTIONAL = Type(Kind.NUMBER, optional=True)
FACTS: Mapping[str, tuple[Type, object]] = {
    "x": (NUMBER, D("85.5")),
    "y": (NUMBER, D(10)),
    "n": (NUMBER, D(3)),
    "zero": (NUMBER, D(0)),
    "s": (TEXT, "98"),
    "name": (TEXT, "甲"),
    "flag": (FLAG, True),
    "none": (OPTIONAL, MISSING),
    "总分": (NUMBER, D(88)),
    "big": (NUMBER, D(1_000_000_000)),
    "huge": (NUMBER, D("9e24")),
}


@dataclass(slots=True)
class Facts:
    """A frame that knows nothing but FACTS."""

    budget: Budget = field(default_factory=Budget)

    def name(self, name: str) -> object:
        return FACTS[name][1]

    def ref(self, kind: RefKind, name: str) -> object:
        raise AssertionError(kind, name)

    def rows(self, table: str) -> Sequence[Mapping[str, object]]:
        raise AssertionError(table)

    def leaves(self, name: str) -> Sequence[Mapping[str, object]]:
        raise AssertionError(name)

    def row(self, variable: str) -> Mapping[str, object]:
        raise AssertionError(variable)


def text_of(case: dict[str, Any]) -> str:
    if "text" in case:
        return str(case["text"])
    if "json" in case:
        return str(json.loads(case["json"]))
    parts = []
    for part in case["build"]:
        if "each" in part:
            parts += [
                part["each"].replace("{i}", str(i)).replace("{p}", str(i - 1))
                for i in range(part["from"], part["to"] + 1)
            ]
        else:
            parts.append(part["t"] * part.get("n", 1))
    return "".join(parts)


def outcome(case: dict[str, Any]) -> tuple[str | None, list[tuple[str, int]]]:
    """Return the value as text, and the codes with their places."""
    values = {name: kind for name, (kind, _) in FACTS.items()}
    values |= dict.fromkeys(case.get("names", ()), NUMBER)
    want = (Kind.FLAG,) if case.get("where") == "when" else ()
    names = Names(values, missing_ok=True)
    try:
        expr = compile_expr(text_of(case), names, (), want)
    except ExprFaults as error:
        return None, [(fault.code, fault.start) for fault in error.faults]
    try:
        return str(evaluate(expr, Facts())), []
    except Fault as fault:
        return None, [(fault.code, fault.start or 0)]


@pytest.mark.parametrize("case", HERE, ids=lambda case: str(case["id"]))
def test_case(case: dict[str, Any]) -> None:
    if case["expect"] == "reserved":
        found = name_fault(case["reserved"], RESERVED)
        assert found is not None and found.code == "PRF216"  # noqa: PT018 - for mypy
        return
    value, codes = outcome(case)
    classes = set(case.get("classes", ()))
    if value is not None:
        assert case["expect"] == "accept" or "accept" in classes
        assert value == case.get("value", value)
        return
    seen = [(CLASSES[code], start) for code, start in codes]
    assert classes & frozenset[str]().union(*(found for found, _ in seen))
    if "at" in case and case["at"][0] == 1:
        first, last = case["at"][1], case["at"][3]
        assert any(first <= start + 1 < last for found, start in seen if found & classes)


def test_all_are_here() -> None:
    assert len({case["id"] for case in CASES}) == 160
    assert all(case.get("because", "said nothing") for case in CASES)
    assert len(CASES) - len(HERE) == 13
