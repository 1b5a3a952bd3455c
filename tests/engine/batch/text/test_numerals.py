"""Plain numbers read by words are what Python reads, and nothing else is read."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.engine.batch.text import numerals as module
from perfrules.engine.batch.text.numerals import DEEPEST, LONGEST, MOST, numerals

PLAIN = re.compile(r"[0-9]+(\.[0-9]+)?")
FIXED = st.builds(
    lambda units, decimals: f"{units / 10**decimals:.{decimals}f}",
    st.integers(0, 10**9),
    st.integers(0, 8),
)
NUMBERS = st.one_of(
    FIXED,
    st.integers(0, 10**17).map(str),
    st.from_regex(r"[0-9]{0,9}\.?[0-9]{0,8}", fullmatch=True),
    st.sampled_from(["", ".", "..", "5.", ".5", "1.2.3", "1..2", "/", "./1", "0.", "00", "1:5"]),
)
TEXTS = st.one_of(
    st.lists(NUMBERS, min_size=1, max_size=5),
    st.lists(st.text("0123456789.-/: ~\x00\x7f", max_size=18), min_size=1, max_size=5),
    st.integers(0, 8).flatmap(
        lambda decimals: st.lists(
            st.integers(0, 10**7).map(lambda one: f"{one}.{one % 10**decimals:0{decimals}}"),
            min_size=1,
            max_size=5,
        )
    ),
)


def agree(texts: list[str]) -> None:
    data = np.frombuffer((" " * 8 + "9" * 8 + "".join(texts)).encode("ascii"), np.uint8)
    sizes = np.array([len(text) for text in texts])
    found = numerals(data, 16 + np.cumsum(sizes), sizes)
    for place, text in enumerate(texts):
        decimals = len(text.partition(".")[2])
        signs = text.replace(".", "", 1)
        plain = PLAIN.fullmatch(text) is not None and len(text) <= LONGEST
        plain = plain and decimals <= DEEPEST and int(signs) < MOST
        assert bool(found.good[place]) is plain
        if plain:
            assert (found.units[place], found.decimals[place]) == (int(signs), decimals)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_numbers_that_are_plain(texts: list[str]) -> None:
    agree(texts)


def test_every_sign_in_every_place() -> None:
    for size in (1, 4, 8, 9, 16):
        for place in range(size):
            agree([
                "7" * place + chr(sign) + "7" * (size - place - 1) for sign in range(128)
            ])  # fmt: skip


def test_every_number_of_two_decimals() -> None:
    agree([f"{units // 100}.{units % 100:02}" for units in range(20_000)])


def test_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PIECE", 3)
    agree(["1", "2.5", "x", "1.25", "1.50", "1.75", "12345678.9", ""])
