"""Patterns of texts: what the language takes, a schema takes; most of what it refuses, not."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from perfrules.lang.document import Scalar
from perfrules.lang.spec import fields
from perfrules.lang.spec.cases import ShareField, Wanted
from perfrules.lang.spec.inputs import EarlierInput
from perfrules.schema.patterns import FORMS

EXPRESSIONS = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "expr.yaml").read_text(encoding="utf-8")
)
READERS: dict[str, Any] = {
    "name": fields.Name,
    "value_name": fields.ValueName,
    "input_name": fields.InputName,
    "ruleset": fields.RulesetId,
    "reference": fields.RulesetName,
    "version": fields.Version,
    "label": fields.LabelField,
    "share": ShareField,
    "wanted": Wanted,
    "date": fields.DateField,
    "value": fields.ValueField,
}
SIGNS = st.text("ab1.0@_-% 预算2９≥=", min_size=1, max_size=6)
WORDS = st.sampled_from(
    ["total", "rate", "if", "unit", "预算_2022", "2022预算", "a.b@1", "1.0", "1.0.2", "2022-12-31"]
)


def takes(form: str, text: str) -> bool:
    """Return whether a schema takes a text."""
    shape = FORMS[form]
    return (
        re.search(shape["pattern"], text) is not None
        and len(text) <= shape.get("maxLength", len(text))
        and text not in shape.get("not", {}).get("enum", ())
    )


def reads(form: str, text: str) -> bool:
    """Return whether the language takes a text, in quotes where it has to be."""
    try:
        TypeAdapter(READERS[form]).validate_python(Scalar(text, quoted=form in ("version", "date")))
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("form", READERS)
@settings(max_examples=150, deadline=None)
@given(text=st.one_of(SIGNS, WORDS))
def test_what_the_language_takes_the_schema_takes(form: str, text: str) -> None:
    if form == "value":  # that an expression can't begin so is found later, by the checker
        return
    if reads(form, text):
        assert takes(form, text)


@pytest.mark.parametrize("form", ["name", "value_name", "input_name", "version", "reference"])
@settings(max_examples=150, deadline=None)
@given(text=st.one_of(st.text("ab1.0@_-% 预算2=", min_size=1, max_size=6), WORDS))
def test_ids_are_taken_by_both_or_by_none(form: str, text: str) -> None:
    assert takes(form, text) == reads(form, text)


def test_every_expression_that_means_something_is_taken() -> None:
    texts = [
        item["expr"] for item in EXPRESSIONS if "want" in item and isinstance(item["expr"], str)
    ]
    assert len(texts) > 100
    assert [text for text in texts if not takes("value", text)] == []


@pytest.mark.parametrize(
    "text", ["≥95%", "=90", ">= 90", "＞80", "*100", "/ 2", "%80", ")", "， 3"][:8]
)
def test_what_begins_as_no_expression_is_refused(text: str) -> None:
    assert not takes("value", text)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("total", True),
        ("score.execution", True),
        ("report.灯", True),
        ("score", False),
        ("points.a", False),
        ("score.2022", False),
    ],
)
def test_what_is_read_of_an_earlier_result(text: str, good: bool) -> None:  # noqa: FBT001
    value = {"from": Scalar("a.b@1"), "field": Scalar(text)}
    try:
        EarlierInput.model_validate(value)
        read = True
    except ValidationError:
        read = False
    assert (takes("earlier", text), read) == (good, good)


@pytest.mark.parametrize(
    ("form", "text", "good"),
    [
        ("extends", "mof.form@1", True),
        ("extends", "mof.form", True),
        ("extends", "../base/form.yaml", True),
        ("extends", "~/form.yaml", False),
        ("extends", "/form.yaml", False),
        ("use", "education.coverage@2", True),
        ("use", "coverage", False),
    ],
)
def test_what_names_another_document(form: str, text: str, good: bool) -> None:  # noqa: FBT001
    assert takes(form, text) == good
