"""The words of text output: both languages, every state and effect, no sign that moves a cursor."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfrules.engine.answer import State
from perfrules.engine.render.words import EFFECTS, STATES, WORDS, pad, tidy, word
from perfrules.errors import width

FIELDS = {"count": 3, "points": "1.50", "grade": "优", "value": "7"}


def test_every_state_and_effect_has_a_word_in_both_languages() -> None:
    assert set(STATES) == set(State)
    assert set(EFFECTS) == {"cap_total", "cap_grade", "grade", "zero", "flag"}
    for text in (*STATES.values(), *EFFECTS.values(), *WORDS.values()):
        assert text.zh
        assert text.en


@pytest.mark.parametrize("name", sorted(WORDS))
def test_a_gbk_console_can_print_every_word(name: str) -> None:
    for shown in (word(name, "zh", **FIELDS), word(name, "en", **FIELDS)):
        assert "{" not in shown
        shown.encode("gbk")


@given(st.text(max_size=30), st.integers(0, 40))
def test_padding_fills_terminal_columns(text: str, columns: int) -> None:
    for right in (False, True):
        assert width(pad(text, columns, right=right)) == max(columns, width(text))


@given(st.text(max_size=30))
def test_tidy_texts_are_one_printable_line(text: str) -> None:
    shown = tidy(text)
    assert shown.replace(" ", "").isprintable()
    assert tidy(shown) == shown
