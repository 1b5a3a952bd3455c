"""Texts as words: every size, packed where the size has room beside the text."""

import numpy as np
import pytest

from perfrules.engine.batch.text.words import fixed_texts, short_texts, sizes_of, table_of


@pytest.mark.parametrize("size", [0, 1, 7, 8, 9, 15, 16, 17])
def test_words_hold_the_text(size: int) -> None:
    text = bytes(range(1, size + 1))
    table = table_of([b"", text])
    assert table.sizes.tolist() == [0, size]
    joined = b"".join(words[1].tobytes() for words in table.words)
    assert joined == text.ljust(len(joined), b"\0")
    assert len(table.words) == max(1, -(-size // 8))
    if size > 7:
        assert table.packed is None
    else:
        assert table.packed is not None
        assert sizes_of(table.packed).tolist() == [0, size]
        assert table.packed[1:].tobytes()[:size] == text


def test_numbers_as_python_writes_them() -> None:
    for scale in (0, 1, 2, 6):
        fixed = [text.decode() for text in fixed_texts(1200, scale)]
        assert fixed == [f"{units / 10**scale:.{scale}f}" for units in range(1200)]
        short = [float(text) for text in short_texts(1200, scale)]
        assert np.allclose(short, [units / 10**scale for units in range(1200)], atol=1e-9)
    assert list(short_texts(101, 2))[::50] == [b"0", b"0.5", b"1"]
    assert list(short_texts(21, 0))[10::10] == [b"10", b"20"]
