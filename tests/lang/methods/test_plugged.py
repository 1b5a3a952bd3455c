"""A plugin's method: its keys have a shape, its answer is looked at, the plan travels."""

import pickle
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest

from perfrules.engine.program import Program
from perfrules.errors import FactsError, RulesetError, Text
from perfrules.lang.extension import Given, Key, Method
from perfrules.lang.frame import Rated
from perfrules.lang.load import load_ruleset
from perfrules.lang.methods import METHODS
from perfrules.lang.methods.plugged import plugged_method
from perfrules.lang.vocabulary import Vocabulary
from tests.plugins.sample import HALVING

D = Decimal
FORM = """\
ruleset: sample.leaf
version: "1.0"
title: x
total: 10
inputs: {times: {type: count, title: 次数}, ratio: {type: percent, title: 率}}
indicators: [{id: one, title: 一, points: 10, score: SCORE}]
grades: [{name: 合格, at_least: 6}, {name: 不合格, at_least: 0}]
report: {times: times, ratio: ratio}
"""


def program(score: str, method: Method = HALVING) -> Program:
    """Return the program of one leaf that *score* scores."""
    words = Vocabulary({**METHODS, method.name: plugged_method(method, "sample 2.1")})
    return Program(load_ruleset(FORM.replace("SCORE", score), "leaf.yaml", words))


def codes(score: str) -> list[str]:
    with pytest.raises(RulesetError) as caught:
        program(score)
    return [item.code for item in caught.value.diagnostics]


def test_it_scores() -> None:
    result = program("{method: halving, actual: times}").score({"times": 2, "ratio": "50%"})
    assert result.total == D("2.50")
    line = result.indicators[0]
    assert line.method == "halving"
    assert line.because.zh.startswith("2次")
    assert result.engine.endswith(" + sample 2.1")


def test_a_word_is_read() -> None:
    result = program("{method: halving, actual: times, side: up}").score(
        {"times": 1, "ratio": "0%"}
    )
    assert result.total == D("5.00")


@pytest.mark.parametrize(
    ("score", "code"),
    [
        ("{method: halving}", "PRF420"),
        ("{method: halving, actual: ratio}", "PRF350"),
        ("{method: halving, actual: times, sidee: up}", "PRF201"),
        ("{method: halving, actual: times, side: left}", "PRF205"),
        ("{method: halvin, actual: times}", "PRF421"),
    ],
)
def test_its_keys_are_checked_like_ours(score: str, code: str) -> None:
    assert codes(score) == [code]


def test_it_stands_within_another_method() -> None:
    score = "{method: mix, of: [{share: 60%, score: {method: halving, actual: times}}, "
    score += "{share: 40%, score: {method: met, when: ratio > 0}}]}"
    result = program(score).score({"times": 1, "ratio": "50%"})
    assert result.total == D("7.00")  # 10 × (0.6 × 0.5 + 0.4)
    assert result.engine.endswith(" + sample 2.1")


def test_its_refusal_rejects_the_unit_with_its_words() -> None:
    with pytest.raises(FactsError) as caught:
        program("{method: halving, actual: times}").score({"times": 1001, "ratio": "0%"})
    (problem,) = caught.value.diagnostics
    assert problem.code == "PRF921"
    assert "too many times" in problem.message.en
    assert "sample 2.1" in problem.message.en


def wild(given: Given) -> Rated:
    """Give more than there is."""
    return Rated(D(2), Text("多", "more"))


def test_too_much_rejects_the_unit() -> None:
    method = Method("wild", Text("甲", "wild"), (Key("actual", ("number",)),), wild)
    with pytest.raises(FactsError) as caught:
        program("{method: wild, actual: times}", method).score({"times": 1, "ratio": "0%"})
    assert [item.code for item in caught.value.diagnostics] == ["PRF922"]


def test_a_program_with_it_travels() -> None:
    sent: Any = pickle.loads(pickle.dumps(program("{method: halving, actual: times}")))  # noqa: S301 - our own bytes
    assert sent.score({"times": 2, "ratio": "0%"}).total == D("2.50")
    assert not isinstance(sent, ModuleType)
