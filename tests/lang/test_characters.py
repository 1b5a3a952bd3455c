"""Width and spaces are folded once and for all, the small forms of a form's signs too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfrules.lang.characters import fold, narrowed, same

SMALL = dict(zip("﹐﹒﹔﹕﹖﹗﹙﹚﹟﹠﹡﹢﹣﹤﹥﹦﹩﹪", ",.;:?!()#&*+-<>=$%", strict=True))


@given(st.text(max_size=20))
def test_narrowing_twice_is_narrowing_once(text: str) -> None:
    assert narrowed(narrowed(text)) == narrowed(text)
    assert same(same(text)) == same(text)


@pytest.mark.parametrize(("small", "plain"), SMALL.items())
def test_small_forms_are_the_signs_they_look_like(small: str, plain: str) -> None:
    assert narrowed(f" 支出{small}") == fold(f"支出{small}") == f"支出{plain}"


def test_ids_that_look_alike_are_the_same() -> None:
    assert same(" Ｐ００１") == same("p001")
    assert same("P001") != same("P0O1")


def test_what_means_something_stays() -> None:
    assert narrowed("②㎡½") == "②㎡½"
