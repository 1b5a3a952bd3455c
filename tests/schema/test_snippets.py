"""What an editor offers whole: with its places filled in as they stand, it is right."""

import re
from collections.abc import Mapping

import pytest

from perfrules.api import check_text
from perfrules.lang.load import load_library, load_ruleset
from perfrules.schema import STYLES
from perfrules.schema.snippets import SNIPPETS, Snippet, offered, with_snippets
from tests.schema.schemas import errors, read_text

PLACE = re.compile(r"\$\{([0-9]+)(?::([^}]*))?\}")
HEADS = {
    "ruleset": 'ruleset: city.form\nversion: "1.0"\ntitle: 表\n',
    "library": 'library: city\nversion: "1.0"\ntitle: 库\n',
    "portfolio": 'portfolio: city.fund\nversion: "1.0"\nresults: {r: {of: city.form@1}}\n',
    "cases": "cases: city.form\n",
}
WAYS = [(item, kind) for item in SNIPPETS for kind in item.kinds]


def filled(text: str) -> str:
    """Return a body as it stands when its writer accepts every default."""
    defaults = {place: word for place, word in PLACE.findall(text) if word}
    return PLACE.sub(lambda found: defaults[found[1]], text)


def written(value: object, indent: int = 0) -> str:
    """Return a body as an editor writes it: block style, texts as they are."""
    pad = "  " * indent
    if isinstance(value, Mapping):
        return "".join(f"\n{pad}{key}:{written(item, indent + 1)}" for key, item in value.items())
    if isinstance(value, list):
        items = (written(item, indent + 1) for item in value)
        return "".join(
            f"\n{pad}- {item.lstrip()}" if item.startswith("\n") else f"\n{pad}-{item}"
            for item in items
        )
    return f" {value}"


def document(item: Snippet, kind: str) -> str:
    """Return a document of a kind that holds a snippet where it is offered."""
    body: object = item.body
    if item.key in ("indicators", "gates", "grades", "tests", "rules"):
        body = [body]
    if item.key:
        body = {item.key: body}
    if item.key == "rules":
        body = {"decisions": body}
    own = not item.key and next(iter(item.body)) == kind
    head = "" if own else HEADS[kind]
    if kind == "ruleset" and item.key != "inputs" and "inputs" not in item.body:
        head += "inputs: {}\n"
    if kind == "library" and item.key != "indicators" and not own:
        head += "indicators: [{id: a, title: 甲, score: {method: met, when: b}}]\n"
    return head + filled(written(body)).lstrip("\n") + "\n"


@pytest.mark.parametrize(("item", "kind"), WAYS, ids=lambda item: getattr(item, "label", item))
def test_it_has_the_shape_of_the_language(item: Snippet, kind: str) -> None:
    text = document(item, kind)
    codes = [found.code for found in check_text(text, "x.yaml")]
    assert [code for code in codes if code.startswith(("PRF1", "PRF2"))] == [], text
    for style in STYLES:
        assert errors(read_text(text), style) == []


def test_skeletons_can_be_used_at_once() -> None:
    skeletons = {
        item.kinds[0]: item for item in SNIPPETS if not item.key and "骨架" in item.label.zh
    }
    assert set(skeletons) == {"ruleset", "library", "portfolio", "cases"}
    assert load_ruleset(document(skeletons["ruleset"], "ruleset")).id == "city.self_evaluation"
    assert load_library(document(skeletons["library"], "library"))[1].id == "sector"


def test_places_are_filled_in_from_the_first() -> None:
    for item in SNIPPETS:
        numbers = [int(place) for place, _ in PLACE.findall(written(item.body))]
        assert numbers, item.label
        assert all(number > 0 for number in numbers)


def test_each_language_has_its_label() -> None:
    for item in SNIPPETS:
        assert item.label.zh
        assert item.label.en
    labels = [item.label.en for item in SNIPPETS]
    assert len(set(labels)) == len(labels)


def test_they_are_offered_where_they_belong() -> None:
    shape = {
        "properties": {"gates": {"type": "array"}, "title": {"type": "string"}},
        "definitions": {"A": {"properties": {"indicators": {"type": "array"}}}},
    }
    found = with_snippets(shape, "ruleset", "en")
    assert found["properties"]["gates"]["defaultSnippets"] == offered("ruleset", "gates", "en")
    assert "defaultSnippets" not in found["properties"]["title"]
    assert found["definitions"]["A"]["properties"]["indicators"]["defaultSnippets"]
    assert [item["label"] for item in found["defaultSnippets"]] == [
        "skeleton of a ruleset",
        "grade table",
    ]
    assert offered("cases", "gates", "en") == []
