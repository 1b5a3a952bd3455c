"""What a leaf's method sees: the value given, asked or supplied, and the leaf's own names."""

import pytest

from tests.small import codes, score

LEAF = """
inputs: {{n: {{type: number}}}}
indicators:
  - {{id: quality, points: 100, {keys}}}
report: {{n: n}}
"""


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ("score: {method: bandz, actual: n, bands: [{else: 0}]}", ["PRF421"]),
        ("score: {method: proportional, target: 10}", ["PRF420"]),
        ("score: {method: proportional, actual: n, target: 10, floot: 5}", ["PRF201"]),
        ("score: {method: proportional, actual: m, target: 10}", ["PRF320"]),
        ("score: {method: met, when: n}", ["PRF350"]),
        ("ask: {type: number}, score: {method: proportional, target: 10}", []),
    ],
)
def test_methods(keys: str, found: list[str]) -> None:
    assert codes(LEAF.format(keys=keys)) == found


def test_an_asked_value_is_an_input_of_the_leafs_id() -> None:
    body = LEAF.format(keys="ask: {type: number}, score: {method: proportional, target: 10}")
    assert score(body, n=1, quality=7).total == 70


def test_an_inner_method_reads_what_the_outer_supplies() -> None:
    body = """
    inputs: {votes: {type: survey, of: [满意, 不满意]}}
    indicators:
      - id: liked
        points: 100
        score:
          method: survey
          actual: votes
          values: {满意: 100%, 不满意: 0%}
          then: {method: bands, bands: [{at_least: 90%, points: 100}, {else: 0}]}
    """
    assert score(body, votes={"满意": 90, "不满意": 10}).total == 100
    assert score(body, votes={"满意": 89, "不满意": 11}).total == 0
