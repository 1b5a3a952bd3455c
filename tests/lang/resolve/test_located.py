"""Values with their places: taken out, moved, put together again."""

from perfrules.lang.document import Scope, read_document
from perfrules.lang.resolve.located import document_of, located

TEXT = 'a: 1\nb: [x, {c: "d"}]\n'


def test_a_document_comes_back_as_it_was() -> None:
    document = read_document(TEXT, "x.yaml")
    again = document_of(located(document), document, {})
    assert again.value == document.value
    assert again.spans == document.spans
    assert again.key_spans == document.key_spans


def test_a_part_keeps_the_places_it_came_from() -> None:
    first, second = read_document("z: 0\n", "one.yaml"), read_document(TEXT, "two.yaml")
    root = located(first)
    root.entries()["moved"] = located(second, ("b",))
    whole = document_of(root, first, {"two.yaml": second.text})
    assert str(whole.span(("moved", 1, "c"))) == "two.yaml:2:12"
    assert str(whole.span(("moved", 1, "c"), key=True)) == "two.yaml:2:9"
    assert str(whole.span(("z",))) == "one.yaml:1:4"
    assert str(whole.inner(("moved", 1, "c"), 0, 1)) == "two.yaml:2:13"
    assert whole.excerpt(whole.span(("moved",))) == 'b: [x, {c: "d"}]'
    found = whole.diagnose("PRF201", ("moved", 1, "c"), value="c")
    assert found.excerpt == 'b: [x, {c: "d"}]'


def test_a_copy_is_its_own() -> None:
    root = located(read_document(TEXT, "x.yaml"))
    other = root.copy()
    other.entries()["b"].items().pop()
    assert root.plain() == {"a": "1", "b": ["x", {"c": "d"}]}
    assert (root.size(), other.size()) == (6, 4)


def test_scalars_have_their_paths() -> None:
    root = located(read_document(TEXT, "x.yaml"))
    assert [(path, str(value)) for path, value in root.scalars()] == [
        (("a",), "1"), (("b", 0), "x"), (("b", 1, "c"), "d"),
    ]  # fmt: skip


def test_a_scope_begins_where_it_was_put_and_not_in_the_rulesets_own_keys() -> None:
    document = read_document("n: {mine: 1, theirs: {deep: 2}}\n", "x.yaml")
    root = located(document)
    root.entries()["n"].scope = Scope("edu.coverage@2.1", own=frozenset({"mine"}))
    whole = document_of(root, document, {})
    assert whole.scope_at(("n",)) == ("n",)
    assert whole.scope_at(("n", "theirs", "deep")) == ("n",)
    assert whole.scope_at(("n", "mine")) is None
    assert whole.scope_at(("m",)) is None
