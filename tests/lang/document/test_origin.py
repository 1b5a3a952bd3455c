"""Every character of a value is found again where it was written."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.errors import RulesetError
from perfrules.lang.document import Document, Scalar, read_document
from perfrules.lang.document.origin import origins

BS = "\\"


def at(text: str, start: int, end: int) -> tuple[int, int, int, int]:
    """Return the place of characters of the value `k`: line, column, end line, end column."""
    span = read_document(text, "x.yaml").inner(("k",), start, end)
    return span.line, span.column, span.end_line, span.end_column


@pytest.mark.parametrize(
    ("text", "start", "end", "place"),
    [
        ("k: x > 80\n", 2, 3, (1, 6, 1, 7)),
        ("k: 得分 > 80\n", 3, 4, (1, 7, 1, 8)),
        ("k:   x\n", 0, 1, (1, 6, 1, 7)),
        ("k: 'it''s > 1'\n", 5, 6, (1, 11, 1, 12)),  # value: it's > 1
        (f'k: "{BS}u4f18 == g"\n', 0, 1, (1, 5, 1, 11)),
        (f'k: "{BS}u4f18 == g"\n', 2, 4, (1, 12, 1, 14)),
        (f'k: "a{BS}\n   b"\n', 1, 2, (2, 4, 2, 5)),  # a backslash joins the lines: ab
        ("k: x > 80\n  and y > 60\n", 11, 12, (2, 7, 2, 8)),  # x > 80 and [y] > 60
        ("k: x > 80\n  and y > 60\n", 6, 7, (1, 10, 2, 3)),  # the fold itself
        ("k: x\n\n  y\n", 2, 3, (3, 3, 3, 4)),  # value: x, line feed, y
        ("k: |\n  a\n  b c\n", 4, 5, (3, 5, 3, 6)),  # a, line feed, b [c]
        ("k: >\n  x >\n  80\n", 4, 6, (3, 3, 3, 5)),
        ("k: >-\n  x >\n\n    y\n  80\n", 7, 8, (4, 5, 4, 6)),  # deeper lines keep their ends
        ("k: |2\n   a\n  b\n", 1, 2, (2, 4, 2, 5)),  # a first line that is indented further
        ("k: !!str x > 1\n", 2, 3, (1, 12, 1, 13)),
        ("k: !!str 'x > 1'\n", 2, 3, (1, 13, 1, 14)),
        ("k: x\n", 1, 2, (1, 5, 1, 5)),  # just behind the end
        ("k: x\n", 0, 99, (1, 4, 1, 5)),
        ("k: x\r\n\r\n  y\r\n", 2, 3, (3, 3, 3, 4)),
        ("j: 1\rk: x\r", 0, 1, (2, 4, 2, 5)),
        ("\ufeffk: xy\n", 1, 2, (1, 5, 1, 6)),
        ("k: 😀y\n", 1, 2, (1, 5, 1, 6)),
    ],
)
def test_inner_place(text: str, start: int, end: int, place: tuple[int, int, int, int]) -> None:
    assert at(text, start, end) == place


def test_what_is_no_scalar_gives_its_whole_span() -> None:
    document = read_document("k: {a: [1, 2]}\n", "x.yaml")
    assert document.inner(("k", "a"), 0, 1) == document.span(("k", "a"))
    assert document.inner(("k", "b"), 0, 1) == document.span(("k",))


def test_text_that_doesnt_fit_its_value_gives_nothing() -> None:
    assert origins("'x'", "xy") == []
    assert origins("|\n  a\n", "b") == []


SIGNS = st.sampled_from([*"ab优 \n'\"\\:#-[]{},>|&*!%@1", "\u00a0", "😀", "\t"])


@settings(max_examples=200, deadline=None)
@given(
    value=st.text(SIGNS, max_size=30),
    style=st.sampled_from(["'", '"', "|", ">", None]),
    width=st.sampled_from([10, 80]),
)
def test_every_character_comes_from_itself(value: str, style: str | None, width: int) -> None:
    text = yaml.safe_dump(
        {"k": {"j": value}}, default_style=style, width=width, allow_unicode=True, indent=3
    )
    document = read_document(text, "x.yaml")
    found = read(document)
    # PyYAML writes some folded texts wrongly, so what it reads again is the measure.
    assert document.value == yaml.load(text, yaml.BaseLoader)  # noqa: S506 - texts, no objects
    span = document.span(("k", "j"))
    raw = text[index(text, span.line, span.column) : index(text, span.end_line, span.end_column)]
    places = origins(raw, found)
    assert len(places) == len(found)
    for sign, (start, end) in zip(found, places, strict=True):
        if not sign.isspace() and end - start == 1:
            assert raw[start] == sign
        assert 0 <= start <= end <= len(raw)
    assert sorted(places) == places


def read(document: Document) -> Scalar:
    inner = document.value["k"]
    assert isinstance(inner, dict)
    value = inner["j"]
    assert isinstance(value, Scalar)
    return value


def index(text: str, line: int, column: int) -> int:
    return sum(len(item) + 1 for item in text.split("\n")[: line - 1]) + column - 1


@pytest.mark.parametrize(
    "text",
    [
        'k: "' + "\\e" + "\\ " * 9000 + '"\n',
        'k: "\\e' + " " * 19_000 + '"\n',
        'k: "\\e' + " \n" * 19_000 + '"\n',
        "k: @" + "]" * 900_000 + "\n",
        "k: @" + ", " * 400_000 + "\n",
        " " * 900_000 + "x\n",
        "k: " + "&a " * 300_000 + "\n",
        "{" + "&a 1," * 190_000 + "}\n",
        "a：" * 200_000 + "\n",
        "a\t" * 400_000 + "\n",
        "#\t" * 400_000 + "\n\t",
    ],
    ids=range(11),
)
def test_no_text_takes_more_than_one_walk_over_it(text: str) -> None:
    # Each would take minutes where a place is looked at twice for every other place.
    with pytest.raises(RulesetError) as caught:
        read_document(text, "x.yaml")
    assert len(caught.value.render("en")) < 100_000
