"""Mappings that one key tells apart: the same documents in both styles, offered differently."""

import pytest

from perfrules.lang.methods import METHODS
from perfrules.lang.spec.inputs import MODELS
from perfrules.schema import STYLES, Style, document_schema
from perfrules.schema.choices import NOT_IN_TABLES
from tests.schema.schemas import errors, read_text

HEAD = 'ruleset: city.form\nversion: "1.0"\ntitle: 表\n'
SCORE = HEAD + "inputs: {}\nindicators: [{id: a, score: %s}]\n"
INPUT = HEAD + "inputs: {a: %s}\n"
ROWS = HEAD + "inputs: {}\nderive: {a: {choose: first, rows: [%s]}}\n"
GOOD = {
    "a method": SCORE % "{method: met, when: b}",
    "an inner method": SCORE % "{method: survey, values: {好: 100%}, then: {method: met, when: b}}",
    "an input": INPUT % "{type: money, unit: 万元}",
    "an earlier result": INPUT % "{from: city.appraisal@1, field: total}",
    "a column": INPUT % "{type: table, columns: {b: {type: text}}}",
    "a row": HEAD
    + "inputs: {}\nderive: {a: {choose: first, rows: [{when: b, then: c}, {else: d}]}}",
}
WRONG = {
    "no method": (SCORE % "{when: b}", "'method' is a required property"),
    "a method that is none": (SCORE % "{method: mett, when: b}", "'mett' is not one of ['met', "),
    "a key of another method": (SCORE % "{method: met, when: b, full_at: 1}", "'full_at'"),
    "a key too few": (SCORE % "{method: bands, actual: b}", "'bands' is a required property"),
    "no mapping": (SCORE % "met", "'met' is not of type 'object'"),
    "an inner method that is none": (
        SCORE % "{method: survey, values: {好: 1}, then: {method: met}}",
        "'when' is a required property",
    ),
    "no type": (INPUT % "{unit: 万元}", "'type' is a required property"),
    "a type that is none": (INPUT % "{type: monye, unit: 万元}", "'monye' is not one of ['number'"),
    "a key of another type": (INPUT % "{type: flag, unit: 万元}", "'unit'"),
    "an earlier result of nothing": (INPUT % "{from: a.b@1}", "'field' is a required property"),
    "a table in a table": (
        INPUT % "{type: table, columns: {b: {type: table, columns: {}}}}",
        "'table' is not one of",
    ),
    "a row with both": (
        ROWS % "{else: b, when: c}",
        "'when' does not match",
    ),
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", GOOD)
def test_what_is_right_fits_in_both_styles(name: str, style: Style) -> None:
    assert errors(read_text(GOOD[name]), style) == []


@pytest.mark.parametrize("name", WRONG)
def test_one_mistake_is_one_sentence(name: str) -> None:
    text, sentence = WRONG[name]
    (found,) = errors(read_text(text), "strict")
    assert sentence in found.message
    assert errors(read_text(text), "editor")


def test_strict_is_if_then_and_editor_is_one_of() -> None:
    strict = document_schema("ruleset", "zh", "strict")["definitions"]["method"]
    editor = document_schema("ruleset", "zh", "editor")["definitions"]["method"]
    assert strict["properties"]["method"]["enum"] == list(METHODS)
    assert editor["properties"]["method"] == strict["properties"]["method"]
    assert [item["if"]["properties"]["method"]["const"] for item in strict["allOf"]] == list(
        METHODS
    )
    assert "oneOf" not in strict
    assert len(editor["then"]["oneOf"]) == len(METHODS)


def test_every_type_of_input_is_there() -> None:
    found = document_schema("ruleset", "en", "strict")["definitions"]
    assert found["input"]["then"]["properties"]["type"]["enum"] == list(MODELS)
    columns = [word for word in MODELS if word not in NOT_IN_TABLES]
    assert found["column"]["properties"]["type"]["enum"] == columns
