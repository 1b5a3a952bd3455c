import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.lang.patterns import pattern_fault


@pytest.mark.parametrize(
    "pattern",
    [
        "[0-9]{5}", "P\\d{3,6}", "[A-Z]+-[0-9]+", "(甲|乙)[0-9]{2}", "(?:ab){2}x?", "a\\.b",
        "[^\\]]+", "(ab)*", "P[0-9]{5}(-[A-Z]+)?",
    ],
)  # fmt: skip
def test_a_pattern_of_an_id(pattern: str) -> None:
    assert pattern_fault(pattern) is None


@pytest.mark.parametrize(
    "pattern",
    [
        "", "(a+)+", "(a|a)*", "(a?){30}", "(a|b){9}", "a*a*a*a*", "a?" * 40, "(?=a)", "(a)\\1",
        "\\Aab", "^ab$", "[a", "(a", "a)", "a**", "*a", "a{2", "[[a]", "[a--b]", "(?i)a", "a" * 101,
        "(?P<x>a)", "a{2,1}",
    ],
)  # fmt: skip
def test_what_could_be_slow_or_is_no_pattern(pattern: str) -> None:
    assert pattern_fault(pattern)


@given(st.text(alphabet="a0.[]()|*+?{},\\d:^-1", max_size=14), st.text(alphabet="a0b", max_size=8))
@settings(max_examples=400, deadline=None)
def test_an_admitted_pattern_compiles_and_matches_at_a_bounded_cost(
    pattern: str, text: str
) -> None:
    if pattern_fault(pattern) is None:
        started = time.process_time()
        re.fullmatch(pattern, text * 12)
        assert time.process_time() - started < 2
