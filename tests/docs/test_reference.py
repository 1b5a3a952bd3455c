"""The pages of methods and functions: made from their tables, their examples right by hand."""

from collections.abc import Callable

import pytest

from perfrules import loads
from perfrules.decimals import fixed
from perfrules.lang.functions import FUNCTIONS
from perfrules.lang.methods import METHODS
from tests.docs.reference import DOCS, PAGES, computed, examples, ruleset, scored


@pytest.mark.parametrize(("name", "made"), PAGES.items())
def test_the_page_is_what_the_table_says(name: str, made: Callable[[], str]) -> None:
    page = (DOCS / name).read_text(encoding="utf-8")
    assert page == made(), "python -m tests.docs.reference"


def test_each_method_and_each_function_has_an_example() -> None:
    assert list(examples("methods")) == list(METHODS)
    assert list(examples("functions")) == list(FUNCTIONS)


@pytest.mark.parametrize("name", METHODS)
def test_an_example_of_a_method_gives_what_was_worked_out(name: str) -> None:
    one = examples("methods")[name]
    assert loads(ruleset(name, one)).plan.warnings == ()
    score = scored(name, one).score
    assert score is not None
    assert fixed(score, 2) == one["want"]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_an_example_of_a_function_gives_what_was_worked_out(name: str) -> None:
    expression, want = examples("functions")[name]
    assert expression.startswith(f"{name}(")
    shown = {True: "yes", False: "no"}.get(want, want) if isinstance(want, bool) else want
    assert computed()[name] == shown
