"""What the words of a key mean: each Literal of the models has a table of its own."""

from typing import Any

import pytest

from perfrules.errors import Text
from perfrules.schema import KINDS, document_schema
from perfrules.schema.texts.words import word_texts
from tests.schema.test_document import nodes


def choices() -> list[tuple[str, ...]]:
    """Return every list of words in the schemas, but methods and types of input."""
    found: dict[tuple[str, ...], Any] = {}
    for kind in KINDS:
        for node in nodes(document_schema(kind, "en", "strict")):
            words = node.get("enum", ())
            if "enumDescriptions" in node and "met" not in words and "money" not in words:
                found[tuple(words)] = node["enumDescriptions"]
    return list(found)


@pytest.mark.parametrize("words", choices(), ids="-".join)
def test_every_word_has_a_meaning(words: tuple[str, ...]) -> None:
    texts = word_texts(words)
    assert list(texts) == list(words)
    for word, text in texts.items():
        assert text.zh != text.en
        if not word.endswith("元"):
            assert text.zh != word


def test_words_keep_their_order() -> None:
    assert list(word_texts(("lower", "higher"))) == ["lower", "higher"]


def test_a_plugins_words_are_themselves() -> None:
    assert word_texts(["down", "up"])["up"] == Text("up", "up")
