"""The evaluator: what it asks of a frame, and what a fault carries."""

import pickle
from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext
from typing import cast

import pytest

from perfrules.lang.expr import compile_expr, evaluate
from perfrules.lang.expr.build import build
from perfrules.lang.frame import Budget, Fault, MissingFault
from perfrules.lang.tree import Expr, RefKind
from perfrules.lang.types import MISSING
from tests.sample_world import GRADE, NAMES, World


def value(text: str, **extra: object) -> object:
    return evaluate(compile_expr(text, NAMES, ()), World(extra=extra))


def fault(text: str, **extra: object) -> Fault:
    with pytest.raises(Fault) as caught:
        value(text, **extra)
    return caught.value


def test_division_by_zero_tells_its_sides() -> None:
    found = fault("1 + executed / nothing")
    assert (found.code, found.start, found.end) == ("PRF530", 4, 22)
    assert found.args_by_name == {
        "text": "executed / nothing",
        "left": "executed",
        "left_value": "1585.4万元",
        "right": "nothing",
        "right_value": "0元",
    }


def test_the_innermost_place_is_kept() -> None:
    found = fault("round(abs(x / zero), 2)")
    assert (found.start, found.end) == (10, 18)


def test_an_exact_zero_only_divides_by_zero() -> None:
    assert value("x / y", y=Decimal("1e-20")) == Decimal("85.5e20")


def test_a_missing_value_is_named() -> None:
    for text, name in (("x > 1", "x"), ("x + y > 1", "y"), ("rate.goals > 1%", "rate.goals")):
        frame = Absent(extra={name: MISSING})
        with pytest.raises(MissingFault) as caught:
            evaluate(compile_expr(text, NAMES, ()), frame)
        assert caught.value.name == name
        assert text[caught.value.start : caught.value.end] == name


class Absent(World):
    """A frame in which rates and tables are missing."""

    def ref(self, kind: RefKind, name: str) -> object:
        return {("rate", "goals"): MISSING}[kind, name]

    def rows(self, table: str) -> Sequence[Mapping[str, object]]:
        return cast("Sequence[Mapping[str, object]]", {"targets": MISSING}[table])


def test_a_missing_table_is_named() -> None:
    with pytest.raises(MissingFault) as caught:
        evaluate(compile_expr("sum(t.points for t in targets)", NAMES, ()), Absent())
    assert caught.value.name == "targets"


def test_a_lookup_tells_key_and_map() -> None:
    found = fault("lookup(minimum, n + 2)")
    assert found.args_by_name["key"] == "5"
    assert found.args_by_name["map"] == "minimum"
    assert found.args_by_name["known"] == "4, 6, 8, 10"


@pytest.mark.parametrize(
    ("grade", "text", "want"),
    [
        ("优", "grade > '良'", True),
        ("良", "grade >= '良'", True),
        ("中", "grade >= '良'", False),
        ("未能证明", "grade >= '差'", False),
        ("未能证明", "grade < '差'", False),
        ("未能证明", "grade != '差'", True),
    ],
)
def test_grades_are_ranked(grade: str, text: str, want: object) -> None:
    assert GRADE.of.index("优") < GRADE.of.index("良")
    assert value(text, grade=grade) is want


def test_every_node_is_counted_once() -> None:
    budget = Budget(left=100)
    evaluate(compile_expr("x + y * n", NAMES, ()), World(budget=budget))
    assert 100 - budget.left == 5


def test_what_is_not_evaluated_is_not_counted() -> None:
    budget = Budget(left=100)
    evaluate(compile_expr("off and x > 1 and y > 1", NAMES, ()), World(budget=budget))
    assert 100 - budget.left == 2


def test_a_used_up_budget_is_a_fault() -> None:
    with pytest.raises(Fault) as caught:
        evaluate(compile_expr("x + y", NAMES, ()), World(budget=Budget(left=2)))
    assert caught.value.code == "PRF509"


def test_an_expression_travels() -> None:
    text = "sum(t.points for t in targets if t.block == '产出指标') / n >= 80% and level > '绿'"
    expr = compile_expr(text, NAMES, ("gates", 0, "when"))
    again = pickle.loads(pickle.dumps(expr))  # noqa: S301 - our own bytes
    assert again == expr
    assert evaluate(again, World()) is True


def test_a_bare_tree_is_evaluated_too() -> None:
    expr = compile_expr("executed / budget", NAMES, ())
    bare = Expr(expr.text, expr.tree, expr.names, expr.refs, expr.where)
    assert evaluate(bare, World()) == Decimal("0.7927")


def test_two_compilations_are_one_meaning() -> None:
    assert compile_expr("x + 1", NAMES, ()) == compile_expr("x + 1", NAMES, ())
    assert build(compile_expr("1", NAMES, ()).tree, "1").col_offset == 0


def test_the_hosts_context_is_not_used() -> None:
    with localcontext() as context:
        context.prec = 3
        assert value("x * 1.00001 + 0.00001") == Decimal("85.500865")
        assert value("x / 7 * 7 == x") is True
        assert value("9999999999999999999999999 - 1") == Decimal(9999999999999999999999998)
