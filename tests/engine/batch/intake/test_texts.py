"""Texts that are seen to be plain are those that a reader gives back as they are."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.engine.batch.intake.texts import plain_texts
from perfrules.engine.facts.scalars import read_value
from perfrules.lang.cells import TargetCell
from perfrules.lang.frame import Fault
from perfrules.lang.plan import InputPlan
from perfrules.lang.types import Kind
from tests.small import plan

SIGNS = "09Az一鿿中䷀㐀ꀀ万％Ａ０ .,，%/:-~—≥≤=><·\u200b\u3000\u00a0\n\t#（无"
ITEMS = plan("""
inputs:
  a: {type: text}
  b: {type: target}
indicators:
  - {id: i, points: 100, score: {method: target, target: b, actual: a, plain: equal}}
""").inputs


def given_back(item: InputPlan, text: str) -> bool:
    """Whether a text is read as it is; of a cell also by who reads it again."""
    try:
        found = read_value(item, text)
    except Fault:
        return False
    if isinstance(found.value, TargetCell):
        return found.value.text == text and not found.notes
    return found.value == text and not found.notes


@settings(max_examples=400, deadline=None)
@given(st.lists(st.text(SIGNS, max_size=5) | st.text("09Az一鿿中.%/", max_size=8), max_size=6))
def test_plain_texts_are_given_back(texts: list[str]) -> None:
    array = pa.array(texts, pa.string())
    for item, kind in zip(ITEMS, (Kind.TEXT, Kind.TARGET), strict=True):
        for text, plain in zip(texts, plain_texts(array, kind).tolist(), strict=True):
            assert not plain or given_back(item, text), (kind, text)


@pytest.mark.parametrize(
    ("texts", "plain"),
    [
        (["935.5元/户", "98%", "P1"], [True, True, True]),
        (["较明显", "中 部"], [True, True]),
        (["——", "a"], [False, True]),
        (["", "a"], [False, True]),
        (["一" * 3334], [False]),
        ([None, "a"], [False, True]),
    ],
)
def test_texts(texts: list[str | None], plain: list[bool]) -> None:
    assert plain_texts(pa.array(texts, pa.string()), Kind.TEXT).tolist() == plain
    assert plain_texts(pa.array(texts, pa.large_string()), Kind.TEXT).tolist() == plain
    sliced = pa.array(["x", *texts, "——"], pa.string()).slice(1, len(texts))
    assert plain_texts(sliced, Kind.TEXT).tolist() == plain
