"""Any change of a good document is read, or told at its place; nothing else ever happens."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.errors import Path
from perfrules.lang.document import Scalar, read_document
from perfrules.lang.shape import validate
from perfrules.messages import CATALOG
from tests.lang.spec import shaped

PLACES = {kind: [place for place, _ in shaped.places(shaped.good(kind))] for kind in shaped.GOOD}
# What only a later reader looks into: a method's own keys, and facts.
UNREAD = {"score", "facts"}
LEAVES = [
    (kind, place)
    for kind in shaped.GOOD
    for place, value in shaped.places(shaped.good(kind))
    if isinstance(value, str) and not UNREAD.intersection(place[:-1])
]

scalars = st.builds(
    Scalar,
    st.text(max_size=8) | st.sampled_from(["true", "1", "1.0", "2020-01-01", "元", "", "80%"]),
    quoted=st.booleans(),
)
keys = st.text(max_size=6) | st.sampled_from(["id", "type", "when", "x-note", "else", "to", "标题"])
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize(("kind", "place"), LEAVES)
@pytest.mark.parametrize("wrong", ["[{}]", "[[]]"])
def test_a_leaf_of_the_wrong_type_is_told_at_its_place(kind: str, place: Path, wrong: str) -> None:
    value = shaped.good(kind)
    shaped.parent(value, place)[place[-1]] = read_document(f"v: {wrong}", "v").value["v"]
    found = shaped.faults_of(kind, value)
    assert found
    for item in found:
        size = min(len(item.path), len(place))
        assert item.path[:size] == place[:size]


def _mutated(data: st.DataObject, kind: str) -> Any:  # noqa: ANN401 - a document's plain values
    value = shaped.good(kind)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from(PLACES[kind]))
        try:
            holder = shaped.parent(value, place)
            match data.draw(st.sampled_from(["set", "drop", "add"])):
                case "set":
                    holder[place[-1]] = data.draw(values)
                case "drop":
                    del holder[place[-1]]
                case _:
                    holder[data.draw(keys)] = data.draw(values)
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took the place away
    return value


@pytest.mark.parametrize("kind", shaped.GOOD)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_changed_document_is_read_or_told(kind: str, data: st.DataObject) -> None:
    value = _mutated(data, kind)
    found = shaped.faults_of(kind, value)
    for item in found:
        assert item.code in CATALOG
        assert item.message.zh
        assert "\n" not in item.message.en
    assert len(set(found)) == len(found)


@settings(max_examples=200, deadline=None)
@given(text=st.text(st.sampled_from("ab: -[]{},\n\"'#权重1.%"), max_size=60))
def test_any_text_after_a_kind_is_read_or_told(text: str) -> None:
    document = shaped.DOCUMENTS["ruleset"]
    value = {"ruleset": Scalar(text, quoted=True), text: Scalar(text, quoted=False)}
    read, found = validate(shaped.MODELS["ruleset"], value, document)
    assert read is None
    assert found


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_order_of_keys_says_nothing(data: st.DataObject) -> None:
    value = shaped.good("ruleset")
    top = data.draw(st.permutations(list(value)))
    turned = {key: value[key] for key in top}
    for index, node in enumerate(turned["indicators"]):
        order = data.draw(st.permutations(list(node)))
        turned["indicators"][index] = {key: node[key] for key in order}
    document = shaped.DOCUMENTS["ruleset"]
    model = shaped.MODELS["ruleset"]
    assert validate(model, turned, document) == validate(model, value, document)
