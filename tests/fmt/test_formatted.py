"""One layout: what it does to a text by hand, and that it never loses anything."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.errors import RulesetError
from perfrules.fmt import formatted
from perfrules.lang.document import read_document

ROOT = Path(__file__).parent.parent.parent
SHIPPED = [
    path
    for folder in ("rulesets", "plugins", "tests/published", "tests/cases/good")
    for path in sorted((ROOT / folder).rglob("*.yaml"))
    if not re.match(r"(#.*\n|\n)*- ", path.read_text(encoding="utf-8"))  # a list of facts
]

CASES = {
    "indentation and spaces": (
        "a:\n    b:   1\n    c:\n    - 1\n    -   2\n",
        "a:\n  b: 1\n  c:\n    - 1\n    - 2\n",
    ),
    "brackets on one line": ("a: { b: 1,c:  [1,2] }\n", "a: {b: 1, c: [1, 2]}\n"),
    "short brackets are joined": ("a: {b: 1,\n  c: 2}\n", "a: {b: 1, c: 2}\n"),
    "long brackets are opened": (
        "a: {first: " + "长" * 30 + ",\n  second: " + "长" * 30 + "}\n",
        "a:\n  first: " + "长" * 30 + "\n  second: " + "长" * 30 + "\n",
    ),
    "blank lines before brackets aren't between what is in them": (
        "a: 1\n\nb: [{c: " + "长" * 40 + "}, {d: " + "长" * 40 + "}]\n",
        "a: 1\n\nb:\n  - {c: " + "长" * 40 + "}\n  - {d: " + "长" * 40 + "}\n",
    ),
    "blank lines before a map in brackets aren't in it": (
        "a: 1\n\nb: {c: " + "长" * 40 + ", d: " + "长" * 40 + "}\n",
        "a: 1\n\nb:\n  c: " + "长" * 40 + "\n  d: " + "长" * 40 + "\n",
    ),
    # 2 and 8 × 12 - 1 columns; in the list 4 and 10 × 9 - 1
    "brackets that open at the end of a line stay and are filled": (
        "a: {\n" + "".join(f"  name{n}: {n}00,\n" for n in range(11)) + "}   # why\n",
        "a: {\n  " + ", ".join(f"name{n}: {n}00" for n in range(8)) + ",\n  "
        + ", ".join(f"name{n}: {n}00" for n in range(8, 11)) + "\n}  # why\n",
    ),
    "short ones that open at the end of a line are joined": ("a: [\n  b,\n  c\n]\n", "a: [b, c]\n"),
    "one with something too long in it is opened": (
        "a: {\n  b: 1, c: " + "长" * 50 + "}\n",
        "a:\n  b: 1\n  c: " + "长" * 50 + "\n",
    ),
    "brackets too long in such brackets are filled themselves": (
        "a: {\n  b: 1, c: [" + ", ".join(f"name{n}00" for n in range(12)) + "], d: 2}\n",
        "a: {\n  b: 1,\n  c: [\n    " + ", ".join(f"name{n}00" for n in range(10)) + ",\n    "
        "name1000, name1100\n  ],\n  d: 2\n}\n",
    ),
    "filled brackets in a list": (
        "a:\n  -   [\n" + "".join(f"    name{n}00,\n" for n in range(12)) + "]\n  - b\n",
        "a:\n  - [\n    " + ", ".join(f"name{n}00" for n in range(10)) + ",\n    "
        + ", ".join(f"name{n}00" for n in range(10, 12)) + "\n  ]\n  - b\n",
    ),
    "a text that keeps its blank lines": (
        "a:   |+\n    x\n\n\nb:   1\n\n\nc: 2\n",
        "a: |+\n  x\n\n\nb: 1\n\nc: 2\n",
    ),
    "one at the end": ("a: >+\n   x\n   y\n\n\n", "a: >+\n  x\n  y\n\n\n"),
    "one in a list": ("a:\n- |+\n x\n\n- y\n", "a:\n  - |+\n    x\n\n  - y\n"),
    "one before a comment": ("a: |+\n   x\n\n# c\nb: 1\n", "a: |+\n  x\n\n# c\nb: 1\n"),
    "one of blank lines alone": ("a: |+\n\n\nb: 1\n", "a: |+\n\n\nb: 1\n"),
    "brackets with a comment are opened": (
        "a: [1,   # one\n  2]   # two\nb: 3\n",
        "a:\n  - 1  # one\n  - 2  # two\nb: 3\n",
    ),
    "empty brackets": ("a: { }\nb: [ ]\n", "a: {}\nb: []\n"),
    "a list of maps": (
        "a:\n- id: x\n  points: 5\n-   id: y\n    points: 6\n",
        "a:\n  - id: x\n    points: 5\n  - id: y\n    points: 6\n",
    ),
    "a list in a list": ("a:\n- - 1\n  - 2\n- - 3\n", "a:\n  - - 1\n    - 2\n  - - 3\n"),
    "comments before, behind and at the end": (
        "# top\n\n# a\na:   # here\n    # inside\n    b: 1 # behind\n    # end of a\n# last\n",
        "# top\n\n# a\na:   # here\n  # inside\n  b: 1   # behind\n  # end of a\n# last\n",
    ),
    "comments stay in their column": (
        "a: 1        # one\nbbbb: 2     # two\n",
        "a: 1        # one\nbbbb: 2     # two\n",
    ),
    "a comment behind a dash": (
        "a:\n  -  # first\n    b: 1\n",
        "a:\n  # first\n  - b: 1\n",
    ),
    "a comment between a key and its value": ("a:\n  # why\n  1\n", "# why\na: 1\n"),
    "blank lines": ("a: 1\n\n\n\nb:\n\n  c: 1\n\n  d: 2\n\n", "a: 1\n\nb:\n  c: 1\n\n  d: 2\n"),
    "quotes and numbers stay": (
        "a: '1.0'\nb: \"x\\n\"\nc: 0.10\nd: １２\n",
        "a: '1.0'\nb: \"x\\n\"\nc: 0.10\nd: １２\n",
    ),
    "a block scalar": (
        "a:\n    b: |\n        one\n          two\n\n        three\n    c: >-\n     x\n     y\n",
        "a:\n  b: |\n    one\n      two\n\n    three\n  c: >-\n    x\n    y\n",
    ),
    "a block scalar that begins with spaces": (
        "a:\n    b: |4\n          one\n        two\n",
        "a:\n  b: |2\n      one\n    two\n",
    ),
    "folded text": ("a: one\n      two\n\n      three\nb: 1\n", "a: one\n  two\n\n  three\nb: 1\n"),
    "hash inside a value": ("a: 'x # y'\nb: c#d\n", "a: 'x # y'\nb: c#d\n"),
    "line ends and the last line": ("a: 1\r\nb: 2", "a: 1\nb: 2\n"),
    "a comment that ends a list": (
        "a:\n    - b\n    # of the list\nc:\n- d\n# of the map\ne: 1\n",
        "a:\n  - b\n  # of the list\nc:\n  - d\n# of the map\ne: 1\n",
    ),
    "a comment that ends brackets": (
        "x:\n  a: [  # open\n    {b: 1},  # one\n    {c: 2}  # two\n  ]  # close\nd: 1\n",
        "x:\n  a:\n    # open\n    - {b: 1}  # one\n    - {c: 2}  # two\n    # close\nd: 1\n",
    ),
    "nothing after a key": ("a:\nb:   # later\nc: 1\n", "a:\nb:   # later\nc: 1\n"),
}  # fmt: skip


@pytest.mark.parametrize(("given", "wanted"), CASES.values(), ids=CASES)
def test_cases(given: str, wanted: str) -> None:
    assert formatted(given) == wanted
    assert formatted(wanted) == wanted


def values(document: object) -> Iterator[tuple[str, bool]]:
    """Yield every scalar and key of a document in order, with whether it was quoted."""
    waiting: list[Any] = [document]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            for key, value in item.items():
                yield key, False
                waiting.append(value)
        elif isinstance(item, list):
            waiting += item
        else:
            yield str(item), item.quoted


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_what_is_shipped_keeps_its_meaning_and_comments(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    made = formatted(text)
    assert formatted(made) == made
    one, two = read_document(text, "x").value, read_document(made, "x").value
    assert list(values(one)) == list(values(two))
    said = [line.partition(" #")[2] for line in text.splitlines() if " # " in line]
    kept = [line.partition(" #")[2] for line in made.splitlines() if " # " in line]
    assert sorted(said) == sorted(kept)
    if path.is_relative_to(ROOT / "rulesets") or path.is_relative_to(ROOT / "plugins"):
        assert text == made  # what is shipped is laid out itself


WORDS = st.text("ab1 #:-'\"{}[],%优|>&*!?@\\\n", max_size=8)
VALUES = st.recursive(
    WORDS,
    lambda below: (
        st.lists(below, max_size=4)
        | st.dictionaries(st.text("abc1优", min_size=1, max_size=3), below, max_size=4)
    ),
    max_leaves=15,
)


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.text("abc", min_size=1, max_size=3),
        st.text("ab \n", max_size=10),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(["|", ">"]),
    st.integers(2, 6),
)
def test_texts_over_several_lines(value: dict[str, str], style: str, indent: int) -> None:
    """Blank lines at the end of a text are part of it where it says so (`|+`)."""
    keys = [f"{key}: " for key in value]
    dumped = [
        yaml.safe_dump(text, default_style=style, indent=indent).replace("...\n", "")
        for text in value.values()
    ]
    text = "".join(f"{key}{block}" for key, block in zip(keys, dumped, strict=True))
    document = read_document(text, "x").value
    made = formatted(text)
    assert list(values(read_document(made, "x").value)) == list(values(document))
    assert formatted(made) == made


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(st.text("abc优", min_size=1, max_size=3), VALUES, min_size=1, max_size=4),
    st.sampled_from([None, True, False]),
    st.integers(2, 6),
    st.integers(20, 120),
    st.lists(st.integers(0, 60), max_size=4),
)
def test_any_document(
    value: dict[str, Any],
    flow: bool | None,  # noqa: FBT001 - hypothesis draws it
    indent: int,
    wide: int,
    said: list[int],
) -> None:
    text = yaml.safe_dump(
        value, default_flow_style=flow, indent=indent, width=wide, allow_unicode=True
    )
    lines = text.splitlines()
    for number, place in enumerate(said):  # comments on lines of their own, where they may stand
        at = place % (len(lines) + 1)
        trial = [*lines[:at], f"# said {number}", *lines[at:]]
        if _means("\n".join(trial) + "\n", value):
            lines = trial
    text = "\n".join(lines) + "\n"
    try:
        document = read_document(text, "x")
    except RulesetError:  # a key twice to the eye, or text that looks like a slip
        return
    try:
        made = formatted(text)
    except RulesetError as error:
        assert [item.code for item in error.diagnostics] == ["PRF860"]  # noqa: PT017
        return
    assert yaml.safe_load(made) == value
    assert list(values(read_document(made, "x").value)) == list(values(document.value))
    assert formatted(made) == made
    assert made.count("# said ") == text.count("# said ")


def _means(text: str, value: object) -> bool:
    try:
        return bool(yaml.safe_load(text) == value)
    except yaml.YAMLError:
        return False


def test_what_is_no_document_is_told() -> None:
    with pytest.raises(RulesetError) as caught:
        formatted("a: [1\n", "form.yaml")
    assert "form.yaml:" in str(caught.value)
