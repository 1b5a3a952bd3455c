"""Marks tell texts apart by every byte and by their size."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from perfrules.engine.batch.text.marks import any_twice, is_full, is_plain, marks_of

SIZES = [0, 1, 7, 8, 9, 15, 16, 17, 40]
NAMES = st.lists(
    st.one_of(st.sampled_from(["x" * size for size in SIZES]), st.text(max_size=3)), max_size=9
)


@given(NAMES, NAMES)
def test_a_mark_twice_is_a_name_twice(first: list[str], second: list[str]) -> None:
    names = [name for name in first + second if name]
    marks = [marks_of(pa.array(part, pa.string())) for part in (first, second)]
    assert any_twice(marks) == (len(set(names)) < len(names))


def test_every_byte_counts() -> None:
    for size in SIZES[1:]:
        texts = ["a" * size] + [
            "a" * place + "b" + "a" * (size - place - 1) for place in range(size)
        ]
        assert not any_twice([marks_of(pa.array(texts))])
        assert any_twice([marks_of(pa.array(texts)), marks_of(pa.array(texts[:1]))])
    assert not any_twice([])
    assert not any_twice([marks_of(pa.array(["", ""]))])


@given(st.text(max_size=5))
def test_plain_signs(text: str) -> None:
    plain = text.isascii() and (text.isalnum() or not text)
    assert is_plain(pa.array([text], pa.string())) == plain
    joined = text.replace("_", "").replace("-", "")
    plain = joined.isascii() and (joined.isalnum() or not joined)
    assert is_plain(pa.array([text], pa.string()), joined=True) == plain


@given(st.lists(st.one_of(st.none(), st.text(" \x7f~a\t1", max_size=3)), max_size=3))
def test_texts_that_are_full(texts: list[str | None]) -> None:
    array = pa.array(["x y", *texts, ""], pa.string())[1:-1]
    full = all(text and text.isascii() and text.isprintable() and " " not in text for text in texts)
    assert is_full(array) == (full and bool(texts))
