"""The cases of tests/cases/expr.yaml once more, through generated code."""

from dataclasses import replace
from decimal import localcontext
from typing import Any

import pytest

from perfrules.engine.codegen.arithmetic import EXACT
from perfrules.engine.codegen.expressions import value_of
from perfrules.engine.codegen.runtime import NAMES as CALLS
from perfrules.engine.codegen.runtime import TROUBLE, LackError
from perfrules.engine.codegen.scope import Named, RowOf, Scope
from perfrules.engine.codegen.source import Source, UnsupportedError
from perfrules.engine.codegen.values import Value
from perfrules.lang.expr import ExprFaults, compile_expr
from perfrules.lang.functions import FUNCTIONS
from perfrules.lang.tree import Expr, RefKind
from perfrules.lang.types import MISSING
from tests.lang.expr.test_cases import FAULTY, GOOD, case_id, shown, text_of
from tests.sample_world import FACTS, LEAVES, NAMES, REFS, World

PLACES = {name: place for place, name in enumerate(FACTS)}


def run(expr: Expr) -> object:
    """Return the value that generated code gives for *expr* in tests/sample_world.py."""
    source = Source()

    def reference(kind: RefKind, name: str) -> Named:
        return Named(Value(source.slot(REFS[kind, name])))

    names = {
        name: Named(Value(f"n{place}"), lacks=FACTS[name][1] is MISSING)
        for name, place in PLACES.items()
    }
    tables: dict[str, Any] = {"targets": {}, "nobody": {}}
    scope = Scope(
        source,
        names,
        tables,
        FUNCTIONS,
        rows={"r": RowOf("R", {})},
        reference=reference,
        leaves=lambda _: source.slot(LEAVES),
    )
    value = value_of(scope, expr)
    text = f"def f():\n{source.text()}\n return {value.code}\n"
    assert text.isascii()
    literals = {f"k{place}": item for place, item in enumerate(source.literals)}
    facts = {f"n{place}": FACTS[name][1] for name, place in PLACES.items()}
    given = {"R": World().row("r"), **CALLS, **literals, **facts, "__builtins__": {}}
    exec(text, given)  # noqa: S102 - our own text
    with localcontext(EXACT):
        return given["f"]()  # type: ignore[operator] # the function just made


@pytest.mark.parametrize("case", GOOD, ids=case_id)
def test_value(case: dict[str, Any]) -> None:
    expr = compile_expr(text_of(case), NAMES, ())
    assert shown(run(expr)) == case["want"]


@pytest.mark.parametrize("case", FAULTY, ids=case_id)
def test_what_the_reference_refuses_is_left_to_it(case: dict[str, Any]) -> None:
    names = replace(NAMES, missing_ok=True) if case.get("missing_ok") else NAMES
    expr = compile_expr(case["expr"], names, ())
    wanted = LackError if case["want_fault"] == "PRF502" else TROUBLE
    with pytest.raises(wanted):
        run(expr)


def test_the_deepest_expressions_there_can_be() -> None:
    deepest = 0
    for depth in range(10, 200, 10):
        try:
            expr = compile_expr("1 if off else " * depth + "n", NAMES, ())
        except ExprFaults:
            break
        deepest = depth
        try:
            assert run(expr) == 3
        except UnsupportedError:  # the reference is asked instead
            assert depth > 40
    assert deepest >= 20


def test_a_long_one_is_no_deep_one() -> None:
    assert run(compile_expr("n" + " + n" * 20, NAMES, ())) == 63
    assert run(compile_expr("flag" + " and flag" * 90, NAMES, ())) is True
