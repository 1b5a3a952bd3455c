"""Width and spaces are folded once and for all."""

from hypothesis import given
from hypothesis import strategies as st

from perfrules.files.fold import fold, same


@given(st.text(max_size=20))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_ids_that_look_alike_are_the_same() -> None:
    assert same(" Ｐ００１") == same("p001")
    assert same("P001") != same("P0O1")
