"""Each relation of keys says what the model says: every choice of the keys, both ways."""

from itertools import combinations
from typing import Any

import pytest
from pydantic import ValidationError

from perfrules.lang.document import Scalar
from perfrules.lang.spec.fields import Bilingual, SpecModel
from perfrules.lang.spec.outcome import EffectSpec, GradeSpec
from perfrules.lang.spec.portfolio import FoldSpec
from perfrules.schema.relations import RELATIONS, One, Some, When
from perfrules.schema.walk import name_of
from tests.schema.schemas import part

# A value for each key that the shape of that key takes, where `1` isn't one.
SAMPLES: dict[str, Any] = {
    "want": {"total": 1},
    "want_code": "PRF502",
    "name": "甲",
    "source": "手算",
    "facts": {},
    "results": [],
    "cap_grade": "良",
    "grade": "差",
    "zero": "goals",
    "flag": "提示",
    "values": {"2020-01-01": 1},
    "kinds": [{"count": "n", "lose": 1}],
    "side": "above",
    "whole_steps": True,
    "between": [1, 2],
    "table": [3, 2],
    "reference": {"values": [1], "digest": "sha256:x"},
    "by": "min_max",
    "better": "higher",
    "combine": "trimmed",
    "trim": {"above": 5, "drop": 1},
    "order": "ascending",
    "id": "①",
    "zh": "甲",
    "en": "A",
}
# Keys whose words or types differ from one model to another.
OWN: dict[tuple[str, str], Any] = {
    ("Over", "flag"): True,
    ("Fold", "by"): "r.x",
    ("Fold", "count"): True,
    ("Relative", "by"): "z_score",
    ("Rank", "else"): 0,
}


# The reader of texts says it of both languages, not the model.
MODELS = [model for model in RELATIONS if model is not Bilingual]


def test_a_text_is_in_one_language_at_least() -> None:
    grade = {"name": "优", "at_least": 90}
    for title in ({}, {"zh": "甲"}, {"zh": "甲", "en": "A"}):
        value = {**grade, "title": title}
        assert accepts(GradeSpec, value) == part("Grade").is_valid(value) == bool(title)


@pytest.mark.parametrize("word", ["提示", True, 2022, 0.5])
def test_a_text_is_what_was_written_even_where_yaml_reads_a_flag_or_a_number(word: object) -> None:
    value = {"flag": word}
    assert accepts(EffectSpec, value)
    assert part("Effect").is_valid(value)


def test_a_text_is_no_list() -> None:
    value = {"flag": [True]}
    assert not accepts(EffectSpec, value)
    assert not part("Effect").is_valid(value)


def sample(model: type[SpecModel], key: str) -> object:
    return OWN.get((name_of(model), key), SAMPLES.get(key, 1))


def as_written(value: object) -> object:
    """Return plain values as a document holds them."""
    match value:
        case dict():
            return {key: as_written(item) for key, item in value.items()}
        case list():
            return [as_written(item) for item in value]
        case bool():
            return Scalar("true" if value else "false")
        case _:
            return Scalar(str(value))


def keys_of(model: type[SpecModel]) -> list[str]:
    """Return the keys that a model's relations are about."""
    found: dict[str, None] = {}
    for relation in RELATIONS[model]:
        match relation:
            case One(keys) | Some(keys):
                found |= dict.fromkeys(keys)
            case When():
                words = [key for key, _ in relation.words]
                for named in (relation.given, relation.needs, relation.lacks, relation.some, words):
                    found |= dict.fromkeys(named)
    return list(found)


def accepts(model: type[SpecModel], value: dict[str, Any]) -> bool:
    try:
        model.model_validate(as_written(value))
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_schema_says_what_the_model_says(model: type[SpecModel]) -> None:
    keys = keys_of(model)
    assert set(keys) <= set(model.key_examples())
    check = part(name_of(model) if model.__name__ not in _METHODS else _METHODS[model.__name__])
    needed = {key: sample(model, key) for key in model.needed_keys() if key not in keys}
    most = 3 if model is FoldSpec else len(keys)
    answers = set()
    for size in range(most + 1):
        for chosen in combinations(keys, size):
            value = {**needed, **{key: sample(model, key) for key in chosen}}
            written = {**value, **_MORE.get(model.__name__, {})}
            good = accepts(model, value)
            assert good == check.is_valid(written), value
            answers.add(good)
    assert answers == {True, False}


_METHODS = {
    f"{name.capitalize()}Spec": f"method_{name}"
    for name in ("linear", "deduct", "deadline", "formula", "rank", "panel", "relative")
}
_MORE: dict[str, dict[str, Any]] = {
    name: {"method": word.removeprefix("method_")} for name, word in _METHODS.items()
}


@pytest.mark.parametrize("by", ["min_max", "z_score", "percentile"])
def test_each_way_of_comparing_has_its_posts(by: str, monkeypatch: pytest.MonkeyPatch) -> None:
    model = next(model for model in RELATIONS if model.__name__ == "RelativeSpec")
    monkeypatch.setitem(OWN, ("Relative", "by"), by)
    test_the_schema_says_what_the_model_says(model)


def test_a_relation_is_told_at_the_key_that_is_too_much() -> None:
    (found,) = part("Effect").iter_errors({"cap_total": 59, "grade": "差"})
    assert (found.instance, found.schema) == (
        "grade",
        {
            "pattern": "^(?!grade$)",
            "errorMessage": "grade can't stand here: cap_total stands here already",
        },
    )
