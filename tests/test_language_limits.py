"""The bounds of expressions hold by construction: counted, never timed."""

import ast
import gc
import threading
import tracemalloc
import warnings
from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest

from perfrules.lang.expr import ExprFaults, Names, compile_expr, evaluate
from perfrules.lang.expr import parse as parsing
from perfrules.lang.expr.faults import MOST_FAULTS
from perfrules.lang.expr.lex import LONGEST
from perfrules.lang.expr.parse import MOST_NODES
from perfrules.lang.frame import Budget, Fault
from perfrules.lang.types import FLAG, NUMBER
from tests.sample_world import NAMES, TABLE, TARGETS, World

MEGABYTE = 1_000_000


def refused(text: str) -> tuple[str, ...]:
    with pytest.raises(ExprFaults) as caught:
        compile_expr(text, NAMES, ())
    return tuple(fault.code for fault in caught.value.faults)


HOSTILE = {
    "brackets": "(" * 10_000,
    "minus signs": "-" * 200_000 + "x",
    "not": "not " * 20_000 + "flag",
    "text": "'" + "a" * 10_000_000 + "' == name",
    "spaces": "x" + " " * 10_000_000 + "> 1",
    "name": "a" * 1_000_000 + " > 1",
    "list": "x in [" + "1," * 200_000 + "1]",
    "comment": "x > 1 #" + "a" * 10_000_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_long_text_costs_nothing(text: str) -> None:
    gc.collect()
    tracemalloc.start()
    try:
        assert refused(text) == ("PRF302",)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < MEGABYTE / 10


WITHIN = {
    "brackets": "(" * (LONGEST - 1) + "x",
    "minus signs": "-" * (LONGEST - 1) + "x",
    "minus brackets": "-(" * 300 + "x" + ")" * 300,
    "not": "not " * 499 + "flag",
    "lists": "x in " + "[" * 300 + "1" + "]" * 300,
    "choices": "1 if flag else " * 130 + "0",
    "sum": "x+" * 999 + "x",
    "conjunction": "flag and " * 220 + "flag",
    "members": "x in [" + "1," * 900 + "1]",
    "calls": "abs(" * 300 + "x" + ")" * 300,
    "powers": "x" + "**2" * 600,
    "chain": "x" + "<x" * 900,
    "attributes": "x" + ".a" * 900,
}


@pytest.mark.parametrize("text", WITHIN.values(), ids=WITHIN)
def test_a_complex_text_is_refused(text: str) -> None:
    assert len(text) <= LONGEST
    assert refused(text) == ("PRF303",)


def test_the_parser_never_sees_deep_nesting(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    class Spy:
        @staticmethod
        def parse(text: str) -> ast.stmt:
            seen.append(text)
            return ast.parse(text).body[0]

    monkeypatch.setattr(parsing, "SimpleEval", Spy)
    for name in ("brackets", "minus signs", "minus brackets", "not", "lists", "choices", "calls"):
        refused(WITHIN[name])
    assert not seen
    compile_expr("x > 80%", NAMES, ())
    assert seen == ["_ > 000"]


def test_the_largest_expressions_are_accepted() -> None:
    compile_expr("(" * 60 + "x" + ")" * 60, NAMES, ())
    compile_expr(" + ".join("x" * 32), NAMES, ())
    compile_expr("flag" + " and flag" * 198, NAMES, ())
    assert refused("flag" + " and flag" * 200) == ("PRF303",)


def test_faults_are_bounded() -> None:
    assert len(refused("\u202e" * LONGEST)) == MOST_FAULTS


def test_steps_are_bounded_by_nodes() -> None:
    budget = Budget(left=1000)
    evaluate(compile_expr("flag" + " and flag" * 198, NAMES, ()), World(budget=budget))
    assert 1000 - budget.left == MOST_NODES


class Many(World):
    """A table of a thousand rows."""

    def rows(self, table: str) -> Sequence[Mapping[str, object]]:
        return {"targets": TARGETS[:1] * 1000}[table]


def test_rows_count_against_the_budget() -> None:
    one = compile_expr("sum(t.points for t in targets)", NAMES, ())
    budget = Budget(left=10_000)
    assert evaluate(one, Many(budget=budget)) == Decimal(4000)
    assert 10_000 - budget.left == 1 + 2 * 1000  # the call, then a row and its element each


def test_rows_times_rows_use_the_budget_up() -> None:
    inner = "count(v for v in targets)"
    middle = f"sum({inner} for u in targets)"
    text = f"sum({middle} for t in targets)"
    names = Names({"targets": TABLE, "x": NUMBER, "flag": FLAG})
    with pytest.raises(Fault) as caught:
        evaluate(compile_expr(text, names, ()), Many(budget=Budget(left=100_000)))
    assert caught.value.code == "PRF509"


def test_any_stops_early() -> None:
    budget = Budget(left=10_000)
    expr = compile_expr("any(t.points == 4 for t in targets)", NAMES, ())
    assert evaluate(expr, Many(budget=budget)) is True
    assert 10_000 - budget.left < 10


def test_the_hosts_warnings_are_left_alone() -> None:
    before = list(warnings.filters)
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        inside = list(warnings.filters)
        for text in ("0if flag else 1", "x is 1", "1; 2", "'\\d' == name", "80%or flag", "x = 1"):
            refused(text)
        evaluate(compile_expr("x > 80", NAMES, ()), World())
        assert list(warnings.filters) == inside
    assert not seen
    assert list(warnings.filters) == before


def test_threads_share_nothing() -> None:
    expr = compile_expr("sum(t.points * n for t in targets if t.points > y - 6)", NAMES, ())
    found: list[object] = []

    def work(factor: int) -> None:
        for _ in range(50):
            value = evaluate(expr, World(extra={"n": Decimal(factor), "y": Decimal(10)}))
            found.append(value == Decimal(10 * factor))

    threads = [threading.Thread(target=work, args=(factor,)) for factor in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 200
