"""A good document with every key: it passes, and each key misspelt once is told once."""

from typing import Any

import pytest
from pydantic import BaseModel

from perfrules.errors import Path
from perfrules.lang.document import Scalar, read_document
from perfrules.lang.shape import cases_of, validate
from perfrules.lang.spec.cases import CasesSpec
from perfrules.lang.spec.fields import Bilingual, SpecModel
from perfrules.lang.spec.inputs import MoneyInput
from perfrules.lang.spec.ruleset import RulesetSpec
from tests.lang.spec import shaped

# Mappings whose keys are the author's own: ids, labels, facts, a method's keys.
FREE = {
    "parameters", "inputs", "derive", "report", "columns", "values", "facts", "scores", "rates",
    "states", "score", "votes", "with", "standards", "2025-01-01", "4", "6",
}  # fmt: skip

# More of them in one kind of document: sources, units, and the columns of a unit.
OWN = {
    "portfolio": {"results"},
    "portfolio_cases": {"results", "rows", "甲", "decisions", "grades"},
}


def fixed_keys() -> list[tuple[str, Path]]:
    found: list[tuple[str, Path]] = []
    for kind in shaped.GOOD:
        for place, _ in shaped.places(shaped.good(kind)):
            names = [step for step in place[:-1] if isinstance(step, str)]
            if isinstance(place[-1], str) and "facts" not in names:
                owner = place[-2] if len(place) > 1 else ""
                if owner not in FREE | OWN.get(kind, set()) or place[-1] == "method":
                    found.append((kind, place))
    return found


KEYS = fixed_keys()
LONG_KEYS = [(kind, place) for kind, place in KEYS if len(str(place[-1])) > 2]


@pytest.mark.parametrize("kind", shaped.GOOD)
def test_good_document_has_no_fault(kind: str) -> None:
    document = shaped.DOCUMENTS[kind]
    read, found = validate(shaped.MODELS[kind], document.value, document)
    assert found == []
    assert isinstance(read, shaped.MODELS[kind])


@pytest.mark.parametrize("kind", shaped.GOOD)
def test_written_again_it_reads_the_same(kind: str) -> None:
    again = read_document(shaped.written(shaped.good(kind)), "again.yaml")
    assert again.value == shaped.good(kind)


def models() -> set[type[SpecModel]]:
    found: set[type[SpecModel]] = set()
    waiting: list[type[Any]] = [SpecModel]
    while waiting:
        model = waiting.pop()
        found.add(model)
        waiting += model.__subclasses__()
    return {model for model in found if model.__module__.startswith("perfrules.lang.spec.")}


def test_every_key_of_every_model_stands_in_a_good_document() -> None:
    written = {
        step
        for kind in shaped.GOOD
        for place, _ in shaped.places(shaped.good(kind))
        for step in place
    }
    for model in models():
        assert set(model.key_examples()) <= written, model


def test_values_are_read() -> None:
    read, _ = shaped.shape(shaped.GOOD["ruleset"])
    assert isinstance(read, RulesetSpec)
    assert read.title.en == "Every key"
    assert read.note.zh == "只为形状检查"
    assert str(read.total) == "100"
    assert read.rounding is not None
    assert read.rounding.leaf == 2
    assert read.effective is not None
    assert str(read.effective.from_) == "2020-01-01"
    assert isinstance(read.inputs["budget"], MoneyInput)
    leaf = read.indicators[0].indicators[0]
    assert leaf.points == "20"
    assert leaf.score is not None
    assert leaf.score["method"] == "proportional"
    assert leaf.finding[0].problem.en == "slow"
    assert [str(end) for end in read.adjustments[0].range] == ["-15", "0"]
    cases = cases_of(shaped.DOCUMENTS["cases"])
    assert isinstance(cases, CasesSpec)
    want = cases.tests[0].want
    assert want is not None
    assert str(want.total) == "95.85"
    assert str(want.rate) == "0.9585"
    assert want.decisions == ()
    assert want.lost_first == ("execution",)
    assert cases.tests[2].want is not None
    assert cases.tests[2].want.total == "none"


@pytest.mark.parametrize(("kind", "place"), KEYS)
@pytest.mark.parametrize("new", ["{}x", "zzqq"])
def test_a_renamed_key_is_told_once(kind: str, place: Path, new: str) -> None:
    value = shaped.good(kind)
    old = str(place[-1])
    name = new.format(old)
    holder = shaped.parent(value, place)
    shaped.renamed(holder, old, name)
    found = shaped.faults_of(kind, value)
    assert len(found) == 1, "\n".join(map(str, found))
    if found[0].code == "PRF201":
        assert found[0].path == (*place[:-1], name)


@pytest.mark.parametrize(("kind", "place"), LONG_KEYS)
def test_a_near_miss_is_suggested(kind: str, place: Path) -> None:
    value = shaped.good(kind)
    old = str(place[-1])
    shaped.renamed(shaped.parent(value, place), old, f"{old}_")
    (found,) = shaped.faults_of(kind, value)
    assert old in found.hint.en


@pytest.mark.parametrize(("kind", "place"), KEYS)
def test_a_note_of_the_author_may_stand_beside_any_key(kind: str, place: Path) -> None:
    value = shaped.good(kind)
    shaped.parent(value, place)["x-owner"] = Scalar("教育科", quoted=True)
    assert shaped.faults_of(kind, value) == []


@pytest.mark.parametrize(("kind", "place"), KEYS)
def test_a_removed_key_gives_nothing_or_one_fault(kind: str, place: Path) -> None:
    value = shaped.good(kind)
    holder = shaped.parent(value, place)
    del holder[place[-1]]
    found = shaped.faults_of(kind, value)
    assert len(found) <= 1, "\n".join(map(str, found))


def test_models_are_frozen() -> None:
    for model in models():
        assert issubclass(model, BaseModel)
        assert model.model_config["frozen"]
    assert Bilingual.model_config["extra"] == "forbid"
    assert read_document(shaped.GOOD["cases"], "x").value
