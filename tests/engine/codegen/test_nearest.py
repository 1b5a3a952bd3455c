"""Rounding in fewer operations gives the digits of the reference, edges and ties above all."""

from decimal import Decimal, localcontext

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from perfrules.decimals import CONTEXT, round_to
from perfrules.engine.codegen.arithmetic import EXACT, ROUNDERS, step_of
from perfrules.engine.codegen.nearest import divided, nearest
from perfrules.engine.codegen.shares import Fraction
from perfrules.engine.codegen.source import Source
from perfrules.engine.codegen.values import WIDE, Value, constant, places_of
from perfrules.lang.plan import Rounding

D = Decimal
MOST = D(10) ** 15
HALF = D("0.5")
# How far from a tie: at it, at what snapping makes of it, and as close to that as digits go.
NEAR = st.one_of(
    st.sampled_from([D(0), D("-5e-13"), D("-1e-12"), D("5e-13"), D("-6e-13"), D("-4e-13")]),
    st.tuples(st.sampled_from([-1, 1]), st.integers(13, 34)).map(
        lambda pair: D("-5e-13") + pair[0] * D(1).scaleb(-pair[1])
    ),
    st.decimals("-0.02", "0.02", places=15),
)
POINTS = st.decimals("0.1", 200, places=1)
UNDER = st.one_of(
    st.integers(1, 10**6).map(D),
    st.decimals("0.01", 10**6, places=2),
    st.sampled_from([D("0.000001"), D(3), D(7), D("1e9"), D("0.333333333333")]),
)


def run(source: Source, value: Value, given: Decimal) -> Decimal:
    literals = {f"k{place}": item for place, item in enumerate(source.literals)}
    names: dict[str, object] = {"__builtins__": {}, **literals, **ROUNDERS}
    exec(f"def f(x):\n{source.text() or ' pass'}\n return {value.code}", names)  # noqa: S102 - ours
    with localcontext(EXACT):
        return names["f"](given)  # type: ignore[operator,no-any-return] # the function just made


def reference(points: Decimal, over: Decimal, under: Decimal, digits: int) -> Decimal:
    return round_to(CONTEXT.divide(CONTEXT.multiply(points, over), under), digits)


def at(points: Decimal, under: Decimal, digits: int, over: Decimal) -> str | None:
    """Return points × over ÷ under by one division; None where that isn't sure."""
    source = Source()
    share = Fraction(Value("x", D(0), MOST, 15), constant(source, under))
    found = divided(source, constant(source, points), share, Rounding(digits, "half_up"))
    return None if found is None else str(run(source, found, over))


def near(points: Decimal, under: Decimal, digits: int, steps: int, off: Decimal) -> Decimal:
    """Return what earns about *steps* and a half, *off* beside the tie, as facts write it."""
    tie = WIDE.add(WIDE.multiply(step_of(digits), steps + HALF), off)
    over = WIDE.divide(WIDE.multiply(tie, under), points)
    return WIDE.quantize(over, D("1e-15"))


@settings(max_examples=600, deadline=None)
@given(POINTS, UNDER, st.integers(0, 10), st.integers(0, 20_000), NEAR)
@example(D(5), D(900), 2, 0, D("-5e-13"))
@example(D(5), D(900), 2, 402, D(0))
@example(D(3), D(1), 10, 1, D("-5e-13"))
def test_a_division_by_a_constant(
    points: Decimal, under: Decimal, digits: int, steps: int, off: Decimal
) -> None:
    over = near(points, under, digits, steps, off)
    for one in (over, over.next_plus(WIDE), over + D("1e-15"), over - D("1e-15")):
        if not 0 <= one <= MOST:
            continue
        over = WIDE.quantize(one, D("1e-15"))
        found = at(points, under, digits, over)
        assert found is None or found == str(reference(points, over, under, digits))


def test_edges_by_hand() -> None:
    """5 × x ÷ 900 is 0.0150 at 2.7: the edge is 5e-13 below it, 9e-11 in x."""
    assert at(D(5), D(900), 2, D("2.7")) == "0.02"
    assert at(D(5), D(900), 2, D("2.69999999991")) == "0.02"
    assert at(D(5), D(900), 2, D("2.699999999909999")) == "0.01"
    assert at(D(5), D(900), 2, D(0)) == "0.00"
    assert at(D(5), D(900), 2, D(900)) == "5.00"


def test_where_it_is_not_sure() -> None:
    assert at(D(7), D(900), 2, D(1)) is None  # 900 ÷ 7 never ends
    assert at(D(5), D(900), 11, D(1)) is None  # a tie's twelfth decimal is odd
    assert at(D(5), D("0.123456789012345678901"), 2, D(1)) is None  # too many digits
    source = Source()
    five, nine = constant(source, D(5)), constant(source, D(900))
    plain = Fraction(Value("x", D(0), MOST, 15), nine)
    assert divided(source, five, plain, Rounding(2, "half_up")) is not None
    for over in (Value("x", None, MOST, 15), Value("x", D(-1), MOST, 15), Value("x", D(0), MOST),
                 Value("x", D(0), None, 15), Value("x", D(0), MOST, 30)):  # fmt: skip
        assert divided(source, five, Fraction(over, nine), Rounding(2, "half_up")) is None
    for mode in ("floor", "half_even"):
        assert divided(source, five, plain, Rounding(2, mode)) is None
    assert divided(source, Value("p", D(0), D(9)), plain, Rounding(2, "half_up")) is None
    assert (
        divided(source, five, Fraction(nine, Value("x", D(0), MOST, 15)), Rounding(2, "half_up"))
        is None
    )


QUOTIENTS = st.one_of(
    st.decimals(0, 200, allow_nan=False).map(CONTEXT.plus),
    st.tuples(st.integers(0, 20_000), st.integers(0, 10), NEAR).map(
        lambda parts: CONTEXT.add(
            CONTEXT.multiply(step_of(parts[1]), parts[0] + HALF), parts[2]
        ).copy_abs()
    ),
    st.tuples(st.integers(1, 9), st.integers(-60, 2)).map(lambda p: D(p[0]).scaleb(p[1])),
    st.tuples(st.integers(-14, 3), st.integers(14, 60)).map(
        lambda p: CONTEXT.subtract(D(1).scaleb(p[0]), D(1).scaleb(-p[1])).copy_abs()
    ),
    st.tuples(st.integers(1, 10**9), st.integers(1, 10**9)).map(
        lambda p: CONTEXT.divide(D(min(p)), D(max(p)))
    ),
)


@settings(max_examples=600, deadline=None)
@given(QUOTIENTS, st.integers(0, 13), st.sampled_from(["half_up", "floor", "half_even"]))
@example(D("0.0049999999995"), 2, "half_up")
@example(D("0.0049999999994" + "9" * 23), 2, "half_up")  # 34 digits
@example(D("9.999999999999" + "9" * 21), 2, "half_up")
def test_a_quotient(quotient: Decimal, digits: int, mode: str) -> None:
    assume(quotient <= 20_000)
    assert CONTEXT.plus(quotient) == quotient  # 34 digits at most, as a division gives
    source = Source()
    rounding = Rounding(digits, mode)  # type: ignore[arg-type] # one of them
    found = nearest(source, Value("x", D(0)), D(20_000), rounding)
    assert str(run(source, found, quotient)) == str(round_to(quotient, digits, rounding.mode))


def test_a_quotient_that_may_be_too_large_goes_the_long_way() -> None:
    source = Source()
    found = nearest(source, Value("x", D(0)), D(10) ** 20, Rounding(2, "half_up"))
    assert source.lines[0][1].endswith("quantize(k0)")
    large = D("12345678901234567890.125")
    assert str(run(source, found, large)) == "12345678901234567890.13"
    assert found.places is not None
    assert places_of(large) > found.places
