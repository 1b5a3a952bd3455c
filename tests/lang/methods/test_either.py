"""`either`: the best of several ways, the first that applies, or the declared one."""

from decimal import Decimal

import pytest

from tests.lang.methods.fakes import codes, fault, plan, rate, reach, score

# domain §3.2 [V2 S22]: 结转结余率 or 变动率, either one is assessed
WAYS = (
    "[{id: 好, title: {zh: 结余率, en: balance}, %s score: {method: proportional, actual: x, "
    "target: 10}}, {id: 差, score: {method: proportional, actual: y, target: 10}}]"
)
BEST = f"{{method: either, pick: best, of: {WAYS % ''}}}"
FIRST = f"{{method: either, pick: first_applicable, of: {WAYS % 'applies_when: ok,'}}}"
DECLARED = f"{{method: either, pick: {{declared: two}}, of: {WAYS % ''}}}"


@pytest.mark.parametrize(
    ("x", "y", "expected"), [("3", "7", "7"), ("7", "3", "7"), ("5", "5", "5"), ("20", "30", "10")]
)
def test_the_best(x: str, y: str, expected: str) -> None:
    assert score(BEST, x=x, y=y) == Decimal(expected)


@pytest.mark.parametrize(("ok", "expected"), [(True, 3), (False, 7)])
def test_the_first_that_applies(*, ok: bool, expected: int) -> None:
    assert score(FIRST, ok=ok, x="3", y="7") == expected


@pytest.mark.parametrize(("two", "expected"), [("好", 3), ("差", 7)])
def test_the_declared_one(two: str, expected: int) -> None:
    assert score(DECLARED, two=two, x="3", y="7") == expected


def test_what_does_not_apply_is_not_computed() -> None:
    assert score(FIRST, ok=True, x="3") == 3
    assert score(DECLARED, two="差", y="7") == 7


def test_a_way_that_does_not_apply_is_not_the_best() -> None:
    text = BEST.replace(
        "score: {method: proportional, actual: x",
        "applies_when: ok, score: {method: proportional, actual: x",
    )
    assert score(text, ok=False, y="3") == 3
    assert score(text, ok=True, x="9", y="3") == 9


@pytest.mark.parametrize("pick", ["best", "first_applicable"])
def test_none_that_applies_is_a_fault(pick: str) -> None:
    text = (
        f"{{method: either, pick: {pick}, of: [{{id: a, applies_when: ok, "
        "score: {method: met, when: ok}}]}"
    )
    found = fault(text, ok=False)
    assert found.code == "PRF562"
    assert found.where == ("of", 0)


@pytest.mark.parametrize(
    ("text", "facts", "zh", "en"),
    [
        (
            BEST, {"x": "7", "y": "3"}, "择优按结余率计：7 ÷ 10；其余：差 30%",
            "best by balance: 7 ÷ 10; the others: 差 30%",
        ),
        (DECLARED, {"two": "差", "y": "3"}, "按选定的差计：3 ÷ 10", "as declared, by 差: 3 ÷ 10"),
        (FIRST, {"ok": True, "x": "3"}, "按结余率计：3 ÷ 10", "by balance: 3 ÷ 10"),
    ],
)  # fmt: skip
def test_reason(text: str, facts: dict[str, object], zh: str, en: str) -> None:
    because = rate(text, **facts).because  # type: ignore[arg-type] # facts of any kind
    assert (because.zh, because.en) == (zh, en)


MET = "score: {method: met, when: ok}"


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        (f"pick: best, of: [{{id: a, {MET}}}, {{id: a, {MET}}}]", ["PRF441"]),
        (f"pick: {{declared: two}}, of: [{{id: 好, {MET}}}]", ["PRF430"]),
        (f"pick: {{declared: two}}, of: [{{id: 好, {MET}}}, {{id: 坏, {MET}}}]", ["PRF431"]),
        (f"pick: {{declared: ok}}, of: [{{id: 好, {MET}}}]", ["PRF350"]),
        (
            (
                f"pick: {{declared: two}}, of: [{{id: 好, applies_when: ok, {MET}}}, "
                f"{{id: 差, {MET}}}]"
            ),
            ["PRF439"],
        ),
        (f"pick: worst, of: [{{id: a, {MET}}}]", ["PRF205"]),
        (f"of: [{{id: a, {MET}}}]", ["PRF202"]),
        ("pick: best, of: [{id: a, score: {method: met, when: x}}]", ["PRF350"]),
        (f"pick: best, of: [{{id: a, applies_when: x, {MET}}}]", ["PRF350"]),
    ],
)
def test_faults(keys: str, found: list[str]) -> None:
    assert codes(f"{{method: either, {keys}}}") == found


def test_reachable_and_reads() -> None:
    assert reach(plan(BEST)) == "0 to 1"
    assert [item.text for item in plan(FIRST).reads] == ["ok", "x", "10", "y", "10"]
    other = "{id: b, score: {method: met, when: ok, otherwise: x}}"
    text = f"{{method: either, pick: best, of: [{{id: a, {MET}}}, {other}]}}"
    assert plan(text).reachable() is None
