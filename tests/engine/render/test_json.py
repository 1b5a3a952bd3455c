"""Results as JSON: documented keys and order, exact numbers, the shipped schema."""

import json
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.api import result_schema
from perfrules.engine.render.json import value_of
from perfrules.engine.result import Result
from perfrules.lang.types import MISSING
from perfrules.report.json import result_json, to_json
from tests.sample_results import EMPTY, EVERYTHING, EXECUTION, RESULT

# The order of the documented example, then the two later keys.
KEYS = [
    "format",
    "ruleset",
    "engine",
    "as_of",
    "unit",
    "facts_digest",
    "total",
    "rate",
    "grade",
    "complete",
    "defaulted",
    "adjustments",
    "warnings",
    "indicators",
    "gates",
    "findings",
    "decisions",
    "report",
    "notes",
]


_NAMES = {
    dict: "object",
    list: "array",
    str: "string",
    bool: "boolean",
    int: "integer",
    type(None): "null",
}


def faults(value: object, schema: dict[str, Any], root: dict[str, Any], at: str = "$") -> list[str]:
    """Return where *value* breaks *schema*: the keywords that the shipped schema uses."""
    if "$ref" in schema:
        return faults(value, root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root, at)
    found = []
    if "anyOf" in schema and all(faults(value, one, root, at) for one in schema["anyOf"]):
        found.append(f"{at}: none of anyOf")
    if value != schema.get("const", value):
        found.append(f"{at}: const")
    if value not in schema.get("enum", [value]):
        found.append(f"{at}: enum")
    kinds = schema.get("type", _NAMES[type(value)])
    if _NAMES[type(value)] not in ([kinds] if isinstance(kinds, str) else kinds):
        return [*found, f"{at}: is {_NAMES[type(value)]}"]
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        found.append(f"{at}: pattern")
    return found + inner_faults(value, schema, root, at)


def inner_faults(value: object, schema: dict[str, Any], root: dict[str, Any], at: str) -> list[str]:
    """Return the faults below an object or an array."""
    found: list[str] = []
    if isinstance(value, list):
        for place, item in enumerate(value):
            found += faults(item, schema.get("items", {}), root, f"{at}[{place}]")
    if isinstance(value, dict):
        known, more = schema.get("properties", {}), schema.get("additionalProperties", {})
        found += [f"{at}: lacks {key}" for key in schema.get("required", []) if key not in value]
        for key, item in value.items():
            if key not in known and more is False:
                found.append(f"{at}: unknown {key}")
            else:
                found += faults(item, known.get(key, more), root, f"{at}.{key}")
    return found


def test_the_keys_are_the_documented_ones_in_order() -> None:
    assert list(result_json(RESULT)) == KEYS
    first = result_json(RESULT)["indicators"]
    assert isinstance(first, list)
    assert list(first[0])[:9] == [
        "id", "path", "title", "points", "rate", "score", "state", "because", "basis",
    ]  # fmt: skip


def test_numbers_are_strings_with_declared_digits_or_plain() -> None:
    found = json.loads(to_json(RESULT))
    execution, goals, students, _ = found["indicators"]
    assert (found["total"], found["rate"], found["complete"]) == ("92.85", "0.9285", "1")
    assert (execution["points"], execution["score"], execution["lost"]) == ("20", "15.85", "4.15")
    assert (goals["score"], students["score"]) == ("77", "47")
    assert json.loads(to_json(replace(RESULT, total=Decimal(90))))["total"] == "90.00"


def test_a_rate_has_twelve_decimals_at_most() -> None:
    third = Decimal(1) / Decimal(3)
    found = json.loads(to_json(replace(RESULT, rate=third)))
    assert found["rate"] == "0.333333333333"


def test_lines_are_flat_in_document_order_with_their_paths() -> None:
    found = json.loads(to_json(RESULT))["indicators"]
    assert [item["path"] for item in found] == [
        ["execution"], ["goals"], ["goals", "goals[受助人数]"], ["goals", "goals[满意度]"],
    ]  # fmt: skip


@pytest.mark.parametrize("result", [RESULT, EVERYTHING, EMPTY])
def test_the_shipped_schema_holds(result: Result) -> None:
    schema = json.loads(result_schema())
    assert faults(json.loads(to_json(result)), schema, schema) == []


@pytest.mark.parametrize("key", KEYS)
def test_the_schema_sees_a_key_that_is_gone(key: str) -> None:
    schema = json.loads(result_schema())
    found = {name: value for name, value in result_json(RESULT).items() if name != key}
    assert faults(found, schema, schema) == [f"$: lacks {key}"]


def test_the_schema_sees_a_number_and_an_unknown_state() -> None:
    schema = json.loads(result_schema())
    found = json.loads(to_json(RESULT))
    found["total"] = 92
    found["indicators"][0]["state"] = "skipped"
    found["indicators"][1]["score"] = "7e1"
    assert faults(found, schema, schema) == [
        "$.total: none of anyOf",
        "$.indicators[0].state: enum",
        "$.indicators[1].score: none of anyOf",
    ]


def test_one_result_is_an_object_and_several_are_a_list() -> None:
    assert json.loads(to_json(RESULT)) == result_json(RESULT)
    assert json.loads(to_json([RESULT])) == [result_json(RESULT)]
    assert json.loads(to_json([])) == []
    assert to_json([RESULT, RESULT]).count("\n") == 4  # brackets and one line each


def test_the_result_renders_itself() -> None:
    assert RESULT.to_json() == to_json(RESULT)
    assert RESULT.to_dict() == result_json(RESULT)


def test_nothing_assessed_is_null_and_never_zero() -> None:
    found = json.loads(to_json(EMPTY))
    assert (found["total"], found["rate"], found["grade"]) == (None, None, None)
    assert found["indicators"][0]["score"] is None


def test_a_missing_reported_value_is_null() -> None:
    assert value_of(MISSING) is None


@settings(max_examples=50, deadline=None)
@given(st.text(), st.decimals("0", "100", places=2))
def test_the_same_result_gives_the_same_bytes_whatever_its_texts(unit: str, total: Decimal) -> None:
    first, second = (replace(RESULT, unit=unit, total=total) for _ in range(2))
    assert to_json(first) == to_json(second)
    assert json.loads(to_json(first))["unit"] == unit
    assert Decimal(json.loads(to_json(first))["total"]) == total


def test_lost_points_are_those_after_policies() -> None:
    assert replace(EXECUTION, effective=Decimal(25)).lost == Decimal("9.15")
