"""Target cells without sentences: the same shares, the same refusals as the method's own plan."""

from decimal import Decimal, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.engine.codegen.arithmetic import EXACT
from perfrules.engine.codegen.forms.goals import Goals, by_number
from perfrules.engine.codegen.runtime import LackError, OddError
from perfrules.lang.cells import read_target
from perfrules.lang.frame import Fault
from perfrules.lang.methods.goals import by_cell
from perfrules.lang.types import MISSING, Kind

KINDS = ("at_least", "at_most", "equal", "range")
NUMBERS = st.builds(
    lambda base, step: Decimal(base) + Decimal(step).scaleb(-13),
    st.sampled_from(["0", "1", "-1", "0.95", "940"]),
    st.integers(-12, 12),
)
CELLS = [read_target(text) for text in ("≥95%", "≤0.95", "=1", "0.95-940", "≥0", "≤0", "=0", "940")]


@settings(max_examples=400)
@given(st.sampled_from(CELLS), NUMBERS)
def test_by_number(cell: object, value: Decimal) -> None:
    assert hasattr(cell, "kind")
    kind = "at_least" if cell.kind == "none" else cell.kind
    assert kind in KINDS
    with localcontext(EXACT):
        try:
            rated = by_cell(cell, kind, value, ())  # type: ignore[arg-type] # a target cell
        except Fault:
            with pytest.raises(OddError):
                by_number(kind, value, cell.number, cell.high)  # type: ignore[attr-defined]
            return
        found = by_number(kind, value, cell.number, cell.high)  # type: ignore[attr-defined]
    assert found == (rated.numerator, rated.denominator)


def share(target: str, actual: object, label: object = MISSING) -> tuple[str, str]:
    worths = {"好": (Decimal(1), Decimal(1)), "差": (Decimal(0), Decimal(1))}
    with localcontext(EXACT):
        over, under = Goals("at_least", Kind.TEXT, worths)(read_target(target), actual, label)
    return str(over), str(under)


def test_cells_by_hand() -> None:
    assert share("≥95%", "47.5%") == ("0.475", "0.95")
    assert share("≥940人", "470人") == ("470", "940")
    assert share("≤5天", "10") == ("5", "10")
    assert share("≥8万亩", "40000亩") == ("4", "8")
    assert share("2022年12月31日前", "2023年1月1日") == ("0", "1")
    assert share("效果明显", "效果明显", "好") == ("1", "1")
    assert share("≥95%", MISSING, "差") == ("0", "1")


def test_what_can_t_be_read_needs_a_rating() -> None:
    with pytest.raises(OddError):
        share("效果明显", "效果明显")
    with pytest.raises(OddError):
        share("≥95%", "很好")
    with pytest.raises(LackError):
        share("≥95%", MISSING)
    with pytest.raises(OddError):  # a negative value is refused whatever the rating
        share("≥95%", "-1%", "好")
