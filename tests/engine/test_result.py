"""A result renders itself, travels, and is never changed."""

import pickle
from dataclasses import FrozenInstanceError

import pytest

from perfrules.engine.render.json import result_json, to_json
from perfrules.engine.render.text import to_text
from perfrules.lang.plan import Grade
from tests.sample_results import EVERYTHING, RESULT


def test_the_three_forms_are_those_of_the_renderers() -> None:
    grades = (Grade("优", None),)
    assert RESULT.explain("en", "full", grades=grades) == to_text(
        RESULT, "en", "full", grades=grades
    )
    assert RESULT.explain() == to_text(RESULT, "zh", "rule")
    assert RESULT.to_dict() == result_json(RESULT)
    assert RESULT.to_json() == to_json(RESULT)


def test_rendering_changes_nothing() -> None:
    before = pickle.dumps(EVERYTHING)
    EVERYTHING.explain("zh", "full")
    EVERYTHING.to_json()
    assert pickle.dumps(EVERYTHING) == before


def test_a_result_travels() -> None:
    assert pickle.loads(pickle.dumps(EVERYTHING)) == EVERYTHING  # noqa: S301 - our own bytes


def test_a_result_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        RESULT.total = None  # type: ignore[misc] # what must not be possible
