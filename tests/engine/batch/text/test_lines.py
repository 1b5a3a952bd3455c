"""Cells of every size stand where they should, whatever stood there before."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from perfrules.engine.batch.text.lines import Cell, Coded, Same, lines_of, texts_of, words_at
from perfrules.engine.batch.text.words import table_of

END = b"; and the end\n"
TEXTS = st.lists(
    st.sampled_from([0, 1, 6, 7, 8, 9, 16, 31]).map(lambda size: "x" * size), max_size=9
)


@given(TEXTS, st.lists(st.binary(max_size=20), min_size=1, max_size=5), st.binary(max_size=3))
def test_lines_are_their_cells(texts: list[str], table: list[bytes], same: bytes) -> None:
    count = len(texts)
    codes = np.arange(count) % len(table)
    cells: list[Cell] = [
        texts_of(pa.array(texts, pa.string())),
        Same(b"," + same),
        Coded(codes, table_of(table)),
        Coded(codes, table_of([text[:7] for text in table])),
        Same(END),
    ]
    wanted = [
        text.encode() + b"," + same + table[code] + table[code][:7] + END
        for text, code in zip(texts, codes, strict=True)
    ]
    found = lines_of(cells, count)
    assert bytes(found.data) == b"".join(wanted)
    assert found.ends.tolist() == np.cumsum([len(one) for one in wanted]).tolist()


def test_a_view_of_texts() -> None:
    texts = texts_of(pa.array(["ab", "某", "", "c"]))
    some = texts_of(pa.array(["ab", "某", "", "c"])[1:3])
    assert texts.sizes.tolist() == [2, 3, 0, 1]
    assert some.sizes.tolist() == [3, 0]
    assert bytes(some.data[:3]) == "某".encode()
    assert words_at(some.data, some.starts)[:1].tobytes()[:3] == "某".encode()
