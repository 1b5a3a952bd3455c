"""Comparisons in generated code see what the reference sees: numbers snapped to 12 decimals."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.decimals import snap
from perfrules.engine.codegen.source import Source
from perfrules.engine.codegen.values import Value, compare, compared, constant, snapped
from perfrules.lang.tree import CompareOp

OPS: tuple[CompareOp, ...] = ("<", "<=", ">", ">=", "==", "!=")
STEPS = st.integers(-30, 30).map(lambda step: Decimal(step).scaleb(-13))
GRID = st.integers(-3, 3).map(lambda step: Decimal(step).scaleb(-12))
BASES = st.sampled_from([Decimal(n) for n in ("0", "1", "-1", "0.95", "100", "5000000.01")])
NEAR = st.builds(lambda base, one, other: base + one + other, BASES, GRID, STEPS)


def value_of(value: Value, source: Source, **names: Decimal) -> object:
    literals = {f"k{place}": item for place, item in enumerate(source.literals)}
    return eval(value.code, {"__builtins__": {}, "snap": snap, **literals, **names})  # noqa: S307 - ours


@settings(max_examples=400)
@given(st.sampled_from(OPS), NEAR, NEAR)
def test_with_a_literal_on_either_side(op: CompareOp, left: Decimal, right: Decimal) -> None:
    source = Source()
    one = compare(source, op, Value("x"), constant(source, right))
    assert value_of(one, source, x=left) is compared(op, left, right)
    other = compare(source, op, constant(source, left), Value("y"))
    assert value_of(other, source, y=right) is compared(op, left, right)


@settings(max_examples=400)
@given(st.sampled_from(OPS), NEAR, NEAR)
def test_between_two_values(op: CompareOp, left: Decimal, right: Decimal) -> None:
    source = Source()
    found = compare(source, op, Value("x"), Value("y"))
    assert value_of(found, source, x=left, y=right) is compared(op, left, right)


@given(st.sampled_from(OPS), NEAR, NEAR, STEPS, STEPS)
def test_with_bounds(
    op: CompareOp, left: Decimal, right: Decimal, one: Decimal, two: Decimal
) -> None:
    """Bounds decide only what they decide for every number within them."""
    source = Source()
    bounded = Value("x", left - abs(one), left + abs(two))
    found = compare(source, op, bounded, constant(source, right))
    assert value_of(found, source, x=left) is compared(op, left, right)


def test_half_a_step_goes_to_the_even_neighbour() -> None:
    """0.5e-12 above an even last decimal is snapped down to it, above an odd one up."""
    source = Source()
    even, odd = Decimal("0.000000000002"), Decimal("0.000000000003")
    half = Decimal("0.0000000000005")
    for base, equal in ((even, True), (odd, False)):
        found = compare(source, "==", Value("x"), constant(source, base))
        assert value_of(found, source, x=base + half) is equal
        assert compared("==", base + half, base) is equal


def test_one_comparison_with_a_literal() -> None:
    source = Source()
    assert compare(source, ">=", Value("x"), constant(source, Decimal(1))).code.count("x") == 1
    assert source.lines == []


def test_snapped_numbers_stay_constants() -> None:
    source = Source()
    assert snapped(source, constant(source, Decimal("0.9999999999999"))).constant == 1
    assert source.lines == []
