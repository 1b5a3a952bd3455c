"""Declared points: rows become leaves, shares are exact, sums are checked, nothing is rescaled."""

import pytest

from tests.small import d, refused, score, scores, states

SHEET = """
inputs:
  ok: {{type: flag}}
  sheet:
    type: table
    columns:
      name: {{type: text}}
      done: {{type: flag}}
      points: {{type: number, optional: true}}
indicators:
  - id: goals
    {points}for_each: {{row: t, in: sheet, {where}key: t.name}}
    {share}
    score: {{method: met, when: t.done}}
  - {{id: rest, points: 40, score: {{method: met, when: ok}}}}
"""
KNOWN = "where: known(t.points), "
OWN = SHEET.format(points="", where=KNOWN, share="points_of: t.points")
FIXED = SHEET.format(points="points: 60\n    ", where=KNOWN, share="points_of: t.points")
SPLIT = SHEET.format(points="", where="", share="split: {points: 60, digits: DIGITS}")


def rows(*given: tuple[str, object, str | None]) -> list[dict[str, object]]:
    return [
        {"name": name, "done": done, **({} if points is None else {"points": points})}
        for name, done, points in given
    ]


def test_one_leaf_a_row() -> None:
    result = score(OWN, ok=True, sheet=rows(("甲", True, "25"), ("乙", False, "35")))
    assert scores(result) == {
        "goals": "25.00", "goals[甲]": "25.00", "goals[乙]": "0.00", "rest": "40.00",
    }  # fmt: skip
    assert result.line("goals").points == 60
    assert result.line("goals[乙]").path == ("goals", "goals[乙]")
    assert result.line("goals[乙]").title.zh == "乙"


def test_rows_that_fail_where_are_informational() -> None:
    result = score(OWN, ok=True, sheet=rows(("甲", True, "60"), ("其中", False, None)))
    assert states(result)["goals[其中]"] == "informational"
    assert result.total == 100
    assert result.complete == 1


@pytest.mark.parametrize("body", [OWN, FIXED])
def test_sums_that_differ_are_refused(body: str) -> None:
    found = refused(body, ok=True, sheet=rows(("甲", True, "25"), ("乙", False, "45")))
    assert set(found) == {"PRF540"}


def test_no_rows_are_not_enough_either() -> None:
    assert "PRF540" in refused(FIXED, ok=True, sheet=[])


def test_allowed_it_is_reported_and_no_grade_is_given() -> None:
    result = score(
        OWN,
        ok=True,
        sheet=rows(("甲", True, "25"), ("乙", False, "45")),
        allow=[{"code": "PRF540", "because": "原表合计110分"}],
    )
    assert scores(result)["goals[甲]"] == "25.00"  # never rescaled
    assert result.total == 65
    assert result.grade is None
    assert [item.code for item in result.warnings] == ["PRF540"]
    assert "110" in result.warnings[0].message.zh
    assert "100" in result.warnings[0].message.zh


@pytest.mark.parametrize(
    ("count", "digits", "parts"),
    [
        (3, 0, ["20", "20", "20"]),
        (7, 0, ["9", "9", "9", "9", "8", "8", "8"]),  # 7 × 8 = 56: four rows get one more
        (7, 2, ["8.58", "8.57", "8.57", "8.57", "8.57", "8.57", "8.57"]),  # 59.99 and 0.01
        (1, 0, ["60"]),
    ],
)
def test_equal_shares_by_largest_remainder(count: int, digits: int, parts: list[str]) -> None:
    sheet = rows(*((f"行{n}", True, None) for n in range(count)))
    result = score(SPLIT.replace("DIGITS", str(digits)), ok=True, sheet=sheet)
    assert [result.line(f"goals[行{n}]").points for n in range(count)] == [d(p) for p in parts]
    assert result.total == 100


def test_the_order_of_rows_does_not_decide_the_shares() -> None:
    sheet = rows(*((f"行{n}", True, None) for n in range(7)))
    body = SPLIT.replace("DIGITS", "0")
    one, other = score(body, ok=True, sheet=sheet), score(body, ok=True, sheet=sheet[::-1])
    names = [f"goals[行{n}]" for n in range(7)]
    assert [one.line(name).points for name in names] == [other.line(name).points for name in names]


def test_equal_keys_are_refused() -> None:
    assert refused(OWN, ok=True, sheet=rows(("甲", True, "30"), ("甲", True, "30"))) == ["PRF541"]


def test_negative_points_are_refused() -> None:
    assert refused(OWN, ok=True, sheet=rows(("甲", True, "70"), ("乙", True, "-10"))) == ["PRF551"]


def test_points_finer_than_scores_are_refused() -> None:
    """0.005 of 100 points would earn 0.01: scores keep two decimals."""
    fine = rows(("甲", True, "59.995"), ("乙", True, "0.005"))
    assert refused(OWN, ok=True, sheet=fine) == ["PRF557"]
    kept = score(OWN, ok=True, sheet=rows(("甲", True, "59.990"), ("乙", True, "0.01000")))
    assert kept.total == 100


def test_parts_of_points_finer_than_scores_are_refused() -> None:
    body = SPLIT.replace("points: 60, digits: DIGITS", "points: worth, digits: 2")
    body = body.replace("ok: {type: flag}", "ok: {type: flag}\n  worth: {type: number}", 1)
    sheet = rows(("甲", True, None), ("乙", True, None))
    assert refused(body, ok=True, worth="60.001", sheet=sheet) == ["PRF557"]
    assert score(body, ok=True, worth="60.00", sheet=sheet).total == 100


def test_what_is_not_scored_has_no_points() -> None:
    body = """
    inputs: {ok: {type: flag}, n: {type: number}}
    indicators:
      - {id: a, points: 100, score: {method: met, when: ok}}
      - {id: b, points: 30, scored: false, score: {method: formula, rate: n}}
    """
    result = score(body, ok=True, n="0.5")
    assert (result.line("b").points, result.line("b").score) == (None, None)
    assert result.line("b").rate == d("0.5")
    assert result.total == 100
