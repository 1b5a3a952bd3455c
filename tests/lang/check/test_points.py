"""Points that must add up, and where points may be sent."""

import pytest

from tests.small import codes, faults

MET = "score: {method: met, when: ok}"


def tree(indicators: str, top: str = "") -> str:
    return f"{top}inputs: {{ok: {{type: flag}}}}\nindicators:\n{indicators}"


def leaves(*points: str, key: str = "points") -> str:
    return "".join(f"  - {{id: i{n}, {key}: {p}, {MET}}}\n" for n, p in enumerate(points))


@pytest.mark.parametrize(
    ("points", "found"),
    [
        (("10", "70", "20"), []),
        (("33.33", "33.33", "33.34"), []),
        (("33.33", "33.33", "33.33"), ["PRF401"]),
        (("10", "70", "20", "10"), ["PRF401"]),  # published: domain §14 row 15
        (("99.999999999999999",), ["PRF401", "PRF499"]),
        (("100", "0"), []),
    ],
)
def test_the_total(points: tuple[str, ...], found: list[str]) -> None:
    assert codes(tree(leaves(*points))) == found


def test_thirty_leaves_of_a_thirtieth() -> None:
    points = ["3.33", "3.33", "3.34"] * 10
    assert codes(tree(leaves(*points))) == []


def test_both_sums_are_named() -> None:
    found = faults(tree(leaves("10", "70", "20", "10")))[0]
    assert "add up to 110, but total is 100" in found.message.en
    assert found.hint.en == "take 10 from the points, or write total: 110"
    assert found.hint.zh == "请把分值合计减少10，或写 total: 110"


def test_a_tenth_and_seven_and_two_are_one() -> None:
    top = "total: 1\ngrades: [{name: 优, at_least: 0}]\n"
    assert codes(tree(leaves("0.1", "0.7", "0.2"), top)) == []


def test_information_does_not_count() -> None:
    assert codes(tree(leaves("100") + f"  - {{id: x, scored: false, {MET}}}\n")) == []


FINE = """
rounding: {{leaf: 0, total: 2}}
inputs:
  ok: {{type: flag}}
  sheet: {{type: table, columns: {{name: {{type: text}}, done: {{type: flag}}}}}}
derive: {{used: any(s.done for s in sheet)}}
indicators:
  - {{id: a, points: 87.5, rounding: {{digits: 1}}, score: {{method: met, when: ok}}}}
  - {line}
report: {{used: used}}
"""
ROWS = "for_each: {row: t, in: sheet, key: t.name}, score: {method: met, when: t.done}"
LEAF = "indicators: [{id: c, weight: 1, score: {method: met, when: ok}}]"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{id: b, points: 12.5, score: {method: met, when: ok}}", "12.5"),
        (f"{{id: b, points: 12.5, points_of: 2.5, {ROWS}}}", "2.5"),
        (f"{{id: b, points: 12.5, split: {{points: 12.5, digits: 1}}, {ROWS}}}", "12.5"),
        (f"{{id: b, points: 12.5, aggregate: minimum, {LEAF}}}", "12.5"),
    ],
)
def test_points_finer_than_scores(line: str, told: str) -> None:
    found = faults(FINE.format(line=line))
    assert {item.code for item in found} == {"PRF499"}
    assert f"({told})" in found[0].message.en
    kept = line.replace("id: b", "id: b, rounding: {digits: 1}")
    assert codes(FINE.format(line=kept)) == []


def test_parts_finer_than_scores() -> None:
    line = f"{{id: b, points: 12.5, split: {{points: x, digits: 1}}, {ROWS}}}"
    body = FINE.format(line=line).replace(
        "ok: {type: flag}", "ok: {type: flag}\n  x: {type: number}"
    )
    assert codes(body) == ["PRF499"]
    assert codes(body.replace("digits: 1}, f", "digits: 0}, f")) == []


def test_a_total_finer_than_totals() -> None:
    body = tree(
        leaves("12.5"),
        "total: 12.5\nrounding: {leaf: 1, total: 0}\ngrades: [{name: 优, at_least: 0}]\n",
    )
    assert codes(body) == ["PRF499"]
    assert codes(body.replace("total: 0", "total: 1")) == []


def test_a_sum_is_not_rounded() -> None:
    fine = "{id: c, points: 12.5, rounding: {digits: 1}, score: {method: met, when: ok}}"
    assert codes(FINE.format(line=f"{{id: b, points: 12.5, indicators: [{fine}]}}")) == []


def test_computed_points_are_checked_when_facts_are_admitted() -> None:
    body = tree(leaves("p", "60"), "").replace("ok: {", "p: {type: number}, ok: {")
    assert codes(body) == []


@pytest.mark.parametrize(
    ("how", "key", "values", "found"),
    [
        ("weighted_mean", "weight", ("1", "2"), []),
        ("geometric_mean", "weight", ("1", "2"), []),
        ("weighted_mean", "points", ("1", "2"), []),
        ("sum", "weight", ("1", "2"), ["PRF414", "PRF414"]),
        ("weighted_mean", "weight", ("1", "w"), ["PRF320"]),
    ],
)
def test_weights(how: str, key: str, values: tuple[str, ...], found: list[str]) -> None:
    assert codes(tree(leaves(*values, key=key), f"aggregate: {how}\n")) == found


@pytest.mark.parametrize(
    ("how", "found"), [("sum", ["PRF402"]), ("weighted_mean", ["PRF415"]), ("minimum", [])]
)
def test_neither_points_nor_weight(how: str, found: list[str]) -> None:
    assert codes(tree(f"  - {{id: a, {MET}}}\n", f"aggregate: {how}\n")) == found


def branch(to: str) -> str:
    return tree(f"""
  - id: effect
    points: 60
    indicators:
      - {{id: income, points: 40, {MET}}}
      - {{id: liked, points: 20, not_applicable: {{to: {to}}}, {MET}}}
  - {{id: output, points: 40, {MET}}}
""")


@pytest.mark.parametrize(
    ("to", "found"),
    [
        ("income", []),
        ("output", []),
        ("effect", ["PRF418"]),
        ("liked", ["PRF418"]),
        ("outptu", ["PRF417"]),
    ],
)
def test_where_points_are_sent(to: str, found: list[str]) -> None:
    assert codes(branch(to)) == found


def test_the_nearest_id_is_named() -> None:
    assert faults(branch("outptu"))[0].hint.en == "did you mean output?"


def test_a_branch_without_points_has_those_of_its_children() -> None:
    inner = f"  - id: b\n    indicators:\n      - {{id: x, points: 60, {MET}}}\n"
    assert codes(tree(inner + leaves("40"))) == []
    assert codes(tree(inner + leaves("50"))) == ["PRF401"]
