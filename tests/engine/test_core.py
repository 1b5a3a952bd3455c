"""The common block: its sub-score, in JSON only where there is one, scored alike everywhere."""

from perfrules.engine.render.json import result_json
from perfrules.engine.render.text import to_text
from tests.small import d, score

BODY = """
inputs:
  a: {type: percent}
  b: {type: percent}
  c: {type: percent}
indicators:
  - id: common
    core: true
    points: 40
    indicators:
      - {id: first, points: 30, score: {method: proportional, actual: a, target: 100%}}
      - id: second
        core: true
        points: 10
        missing: not_applicable
        score: {method: proportional, actual: c, target: 100%}
  - {id: own, points: 60, score: {method: proportional, actual: b, target: 100%}}
"""


def test_the_topmost_core_lines_count_once() -> None:
    found = score(BODY, a="90%", b="50%", c="40%")
    assert found.core is not None
    # 27 + 4 of 40
    assert (found.core.points, found.core.score, found.core.rate) == (d("40"), d("31"), d("0.775"))
    data = result_json(found)
    assert data["core"] == {"points": "40", "score": "31.00", "rate": "0.775"}
    assert list(data)[list(data).index("complete") + 1] == "core"


def test_it_doesnt_depend_on_the_rest() -> None:
    one, two = score(BODY, a="90%", b="50%", c="40%"), score(BODY, a="90%", b="100%", c="40%")
    assert one.core == two.core


def test_what_doesnt_apply_is_rescaled_within_it() -> None:
    found = score(BODY, a="90%", b="50%")
    assert found.core is not None
    assert (found.core.points, found.core.score) == (d("40"), d("36"))


def test_without_a_core_line_nothing_is_said() -> None:
    found = score(BODY.replace("core: true", "core: false"), a="90%", b="50%", c="40%")
    assert found.core is None
    assert "core" not in result_json(found)
    assert "共性" not in to_text(found)


def test_people_read_it_beside_the_total() -> None:
    found = score(BODY, a="90%", b="50%", c="40%")
    assert "共性指标：31.00 / 40" in to_text(found).splitlines()[1]


def test_where_nothing_of_it_was_assessed_there_is_no_sub_score() -> None:
    body = BODY.replace("    core: true\n    points: 40", "    points: 40")
    found = score(body, a="90%", b="50%")
    assert result_json(found)["core"] == {"points": None, "score": None, "rate": None}
