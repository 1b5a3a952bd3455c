"""Data whose fields are made when they are first asked for is the dataclass it says it is."""

import copy
import pickle
from dataclasses import FrozenInstanceError, asdict, dataclass, replace

import pytest

from perfrules.engine.later import Later, Whole, draft_of, later


@dataclass(frozen=True, slots=True)
class Told(Later):
    """Two fields."""

    number: int
    sentence: str


class Source:
    """Gives a sentence, and counts how often."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, name: str) -> object:
        self.asked.append(name)
        return "told"


def one(source: Source) -> Told:
    return later(Told, source, number=7)


def test_what_is_known_asks_for_nothing() -> None:
    source = Source()
    found = one(source)
    assert found.number == 7
    assert source.asked == []
    assert found.sentence == "told"
    assert found.sentence == "told"
    assert source.asked == ["sentence"]


WHOLE = Told(7, "told")


def test_it_is_its_dataclass() -> None:
    assert one(Source()) == WHOLE
    assert WHOLE.__eq__(one(Source())) is True
    assert hash(one(Source())) == hash(WHOLE)
    assert repr(one(Source())) == "Told(number=7, sentence='told')"
    assert asdict(one(Source())) == {"number": 7, "sentence": "told"}
    assert replace(one(Source()), number=8) == Told(8, "told")
    assert copy.copy(one(Source())) == WHOLE
    assert copy.deepcopy(one(Source())) == WHOLE
    assert pickle.dumps(one(Source())) == pickle.dumps(WHOLE)
    assert pickle.loads(pickle.dumps(one(Source()))) == WHOLE  # noqa: S301 - our own
    match one(Source()):
        case Told(number, sentence):
            assert (number, sentence) == (7, "told")


@pytest.mark.parametrize("name", ["number", "sentence", "other"])
def test_nobody_changes_it(name: str) -> None:
    found = one(Source())
    with pytest.raises((FrozenInstanceError, TypeError)):
        setattr(found, name, "else")
    with pytest.raises((FrozenInstanceError, TypeError)):
        delattr(found, name)
    assert found == WHOLE


def test_what_is_no_field_is_not_asked_for() -> None:
    source = Source()
    found = one(source)
    assert not hasattr(found, "other")
    with pytest.raises(AttributeError, match="'Told' object has no attribute 'other'"):
        found.other  # type: ignore[attr-defined] # noqa: B018 - that it isn't there is the test
    assert source.asked == []


def test_what_the_source_refuses_is_refused_again() -> None:
    calls: list[str] = []

    def refuses(name: str) -> object:
        calls.append(name)
        raise ValueError(name)

    found = later(Told, refuses, number=7)
    for _ in range(2):
        with pytest.raises(ValueError, match="sentence"):
            found.sentence  # noqa: B018 - asking is the test
    assert calls == ["sentence", "sentence"]


def test_a_source_may_give_everything_at_once() -> None:
    asked: list[str] = []

    def source(name: str) -> object:
        asked.append(name)
        return Whole(Told(8, "whole"), "number")

    found = later(Told, source, number=7)
    assert (found.sentence, found.number) == ("whole", 7)
    assert asked == ["sentence"]


def test_a_draft_becomes_what_it_is_a_draft_of() -> None:
    source = Source()
    draft = draft_of(Told)()
    draft._source = source
    draft.number = 7
    draft.number = 8
    draft.__class__ = Told
    assert type(draft) is Told
    assert source.asked == []
    assert draft == Told(8, "told")
    assert hash(draft) == hash(Told(8, "told"))
    assert pickle.dumps(draft) == pickle.dumps(Told(8, "told"))
    for name in ("number", "sentence", "other"):
        with pytest.raises((FrozenInstanceError, TypeError)):
            setattr(draft, name, "else")


def test_a_draft_of_a_class_below() -> None:
    @dataclass(frozen=True, slots=True)
    class Shown(Told):
        """The same fields."""

    draft = draft_of(Shown)()
    draft.number, draft.sentence = 7, "told"
    draft.__class__ = Shown
    assert draft == Shown(7, "told")
