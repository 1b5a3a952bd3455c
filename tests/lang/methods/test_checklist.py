"""`checklist`: shares or points of what is there; a required element whose absence zeroes all."""

from decimal import Decimal

import pytest

from perfrules.lang.frame import Fault
from tests.lang.methods.fakes import at, checked, codes, earned, fault, plan, rate, reach, score

# domain §1.5 [V2 S09]: element ① is a gate: absent → 0; present → 40 %; ②③④ 20 % each
GOALS = """\
method: checklist
actual: there
elements:
  - {id: ①, share: 40%, required: true}
  - {id: ②, share: 20%}
  - {id: ③, share: 20%}
  - {id: ④, share: 20%}
"""
# domain §1.5 [V2 S73]: 分配结果 (5): follows the method 2, fair and reasonable 3
ASKED = """\
method: checklist
elements:
  - {id: 合规, title: 按办法分配, points: 2, when: ok}
  - {id: 合理, points: 3, when: also}
"""


@pytest.mark.parametrize("points", ["1", "4", "5", "100"])
def test_golden_13_without_the_first_element_nothing_is_earned(points: str) -> None:
    # domain §14.13: ②③④ met, ① missing, weight w → 0 [V2 S09]
    found = rate(GOALS, points, there=frozenset("②③④"))
    assert earned(found, points) == 0
    assert found.because.zh == "缺少必备要素“①”"
    assert found.because.en == "without the required ①"


def test_golden_14_three_of_four_elements() -> None:
    # domain §14.14: ①②③ met of 4, weight 5 → 0.8 × 5 = 4 [V2 S09, D]
    found = rate(GOALS, "5", there=frozenset("①②③"))
    assert earned(found, "5") == 4
    assert found.because.zh == "4项要素符合3项，不符合：“④”"
    assert found.because.en == "3 of 4 elements are met, not ④"


@pytest.mark.parametrize(
    ("there", "expected"), [("", 0), ("①", 4), ("①②", 6), ("①②③④", 10), ("④", 0)]
)
def test_shares_of_what_is_there(there: str, expected: int) -> None:
    assert score(GOALS, there=frozenset(there)) == expected


@pytest.mark.parametrize(
    ("ok", "also", "expected"),
    [(True, True, 5), (True, False, 2), (False, True, 3), (False, False, 0)],
)
def test_points_by_condition(*, ok: bool, also: bool, expected: int) -> None:
    assert score(ASKED, "5", ok=ok, also=also) == expected


def test_the_reason_names_what_is_not_there() -> None:
    because = rate(ASKED, "5", ok=False, also=True).because
    assert because.zh == "2项要素符合1项，不符合：“合规 按办法分配”"
    assert because.en == "1 of 2 elements are met, not 合规 (按办法分配)"
    assert rate(ASKED, "5", ok=True, also=True).because.zh == "2项要素全部符合"


@pytest.mark.parametrize(
    ("there", "expected"), [("", "0"), ("①", "2.5"), ("②④", "5"), ("①②③④", "10")]
)
def test_without_elements_each_label_has_an_equal_share(there: str, expected: str) -> None:
    # domain §1.5 [V2 S08]: 立项依据充分性, each satisfied element the same share
    text = "{method: checklist, actual: there}"
    assert score(text, there=frozenset(there)) == Decimal(expected)


def test_the_leafs_own_question_is_the_set() -> None:
    made = plan("{method: checklist}", ask="there")
    assert earned(made.rate(at(there=frozenset("①②③")))) == Decimal("7.5")


def test_conditions_and_the_set_may_stand_together() -> None:
    text = (
        "{method: checklist, actual: there, elements: [{id: ①, share: 20%}, {id: ②, share: 20%}, "
        "{id: ③, share: 20%}, {id: ④, share: 20%}, {id: 公示, share: 20%, when: ok}]}"
    )
    assert score(text, there=frozenset("①"), ok=True) == 4


def test_thirds_make_the_whole_exactly() -> None:
    text = (
        "{method: checklist, elements: [{id: a, share: 33.33%, when: ok}, "
        "{id: b, share: 33.33%, when: ok}, {id: c, share: 33.34%, when: also}]}"
    )
    assert score(text, ok=True, also=True) == 10
    assert score(text, ok=True, also=False) == Decimal("6.67")


def elements(*rows: str, more: str = "") -> str:
    return f"{{method: checklist, {more}elements: [{', '.join(rows)}]}}"


A = "{id: a, share: 50%, when: ok}"
B = "{id: b, share: 50%, when: ok}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (elements(A), ["PRF428"]),
        (elements(A, B, "{id: c, share: 10%, when: ok}"), ["PRF428"]),
        (elements(A, "{id: a, share: 50%, when: ok}"), ["PRF441"]),
        (elements(A, "{id: b, points: 5, when: ok}"), ["PRF450"]),
        (elements("{id: a, points: 4, when: ok}", "{id: b, points: 5, when: ok}"), ["PRF429"]),
        (elements("{id: a, points: 11, when: ok}"), ["PRF426"]),
        (elements("{id: a, share: rate, when: ok}"), ["PRF440"]),
        (elements("{id: a, points: x, when: ok}"), ["PRF440"]),
        (elements("{id: a, share: 100, when: ok}"), ["PRF342"]),
        (elements("{id: a, share: 100%, points: 10, when: ok}"), ["PRF222"]),
        (elements("{id: a, when: ok}"), ["PRF222"]),
        (elements("{share: 100%, when: ok}"), ["PRF202"]),
        (elements("{id: a, share: 100%, when: x}"), ["PRF350"]),
        (elements(A, B, more="actual: there, "), ["PRF439"]),
        (elements("{id: ①, share: 100%}", more="actual: there, "), ["PRF430"]),
        (elements("{id: ①, share: 100%}"), ["PRF420"]),
        (elements(A, "{id: b, share: 50%}", more="actual: level, "), ["PRF350"]),
        ("{method: checklist}", ["PRF420"]),
    ],
)
def test_faults(text: str, found: list[str]) -> None:
    assert codes(text) == found


def test_the_sum_is_told() -> None:
    found = checked(elements(A, "{id: b, share: 60%, when: ok}"))[1]
    assert found.args[0]["value"] == "110%"


def test_points_of_rows_are_checked_when_rated() -> None:
    made = plan(ASKED, points=None)
    assert earned(made.rate(at("5", ok=True, also=False)), "5") == 2
    with pytest.raises(Fault, match="PRF564"):
        made.rate(at("6", ok=True, also=True))


def test_a_missing_answer_is_named() -> None:
    assert fault(ASKED, "5", also=True).args_by_name["name"] == "ok"


def test_reachable_and_reads() -> None:
    assert reach(plan(GOALS)) == "0 to 1"
    assert [item.text for item in plan(ASKED, "5").reads] == ["ok", "also"]
    assert [item.text for item in plan(GOALS).reads] == ["there"]
