"""Checks of the whole: asked inputs, names, what stands together, vetoes, dates, allows."""

import pytest

from perfrules.errors import RulesetError
from perfrules.lang.load import load_ruleset
from tests.small import HEAD, codes, faults, plan

OK = "inputs: {ok: {type: flag}}\n"
LEAF = "indicators: [{id: q, points: 100, score: {method: met, when: ok}}]\n"
GRADES = "grades: [{name: 合格, at_least: 0}]\n"


@pytest.mark.parametrize(
    ("sections", "found"),
    [
        (OK + "report: {ok: ok}", []),
        (OK + LEAF + "total: 100\n" + GRADES, []),
        (OK + LEAF + "total: 100\n", ["PRF419"]),
        (OK + LEAF + GRADES, ["PRF419"]),
        (OK + "total: 100\n" + GRADES + "report: {ok: ok}", ["PRF419"]),
        (OK + GRADES + "report: {ok: ok}", ["PRF419"]),
    ],
)
def test_what_stands_together(sections: str, found: list[str]) -> None:
    try:
        warnings = load_ruleset(HEAD + sections, "x.yaml").warnings
    except RulesetError as error:
        warnings = error.diagnostics
    assert [item.code for item in warnings] == found


@pytest.mark.parametrize(
    ("sections", "other"),
    [
        ("inputs: {x: {type: flag}}\nderive: {x: 1 > 0}\n", "inputs"),
        ("parameters: {x: {value: 1}}\ninputs: {}\nderive: {x: 1 > 0}\n", "parameters"),
        ("parameters: {x: {value: 1}}\ninputs: {x: {type: flag}}\n", "inputs"),
    ],
)
def test_one_namespace(sections: str, other: str) -> None:
    found = faults(f"{sections}report: {{x: x}}")
    assert [item.code for item in found] == ["PRF460"]
    assert f"under {other}:" in found[0].message.en


def test_asked_inputs_are_inputs() -> None:
    found = plan("""
    inputs: {ok: {type: flag}}
    indicators:
      - id: branch
        points: 100
        each: {points: 50, ask: {type: flag}, score: {method: met, when: ok}}
        indicators: [{id: a, title: 甲}, {id: b}]
    """)
    assert [(item.id, item.title.zh) for item in found.inputs] == [
        ("ok", ""),
        ("a", "甲"),
        ("b", ""),
    ]


GATE = """
inputs: {ok: {type: flag}, bad: {type: flag%s}, n: {type: number%s}}
derive: {worse: bad and n > 1}
indicators: [{id: q, points: 100, score: {method: met, when: ok}}]
gates: [{id: g, when: %s, then: %s}]
"""


@pytest.mark.parametrize(
    ("flag", "number", "when", "then", "found"),
    [
        ("", "", "bad and n > 1", "{grade: 差}", []),
        (", default: false", "", "bad and n > 1", "{grade: 差}", ["PRF492"]),
        (", default: false", "", "worse", "{cap_total: 59}", ["PRF492"]),
        (", default: false", "", "worse", "{flag: 看看}", []),
        ("", ", default: 0", "worse", "{grade: 差}", []),
    ],
)
def test_a_veto_must_be_answered(
    flag: str, number: str, when: str, then: str, found: list[str]
) -> None:
    assert codes(GATE % (flag, number, when, then)) == found or (
        found == [] and codes(GATE % (flag, number, when, then)) == ["PRF483"]
    )


@pytest.mark.parametrize(
    ("sections", "needs"),
    [
        ("inputs: {n: {type: number}}\nreport: {n: n}", False),
        ("inputs: {n: {type: number}}\nreport: {n: n, d: as_of}", True),
        ("parameters: {p: {value: 1}}\ninputs: {}\nreport: {p: p}", False),
        ("parameters: {p: {values: {2020-01-01: 1}}}\ninputs: {}\nreport: {p: p}", True),
    ],
)
def test_when_a_date_is_needed(sections: str, *, needs: bool) -> None:
    assert plan(sections).needs_as_of is needs


UNUSED = "inputs: {n: {type: number}, m: {type: number}}\nreport: {n: n}\n"


@pytest.mark.parametrize(
    ("allow", "found"),
    [
        ("PRF481", []),
        ("PRF482", ["PRF481", "PRF494"]),
        ("PRF401", ["PRF481", "PRF495"]),
        ("PRF999", ["PRF481", "PRF493"]),
        ("PRF540", ["PRF481", "PRF495"]),
    ],
)
def test_allows(allow: str, found: list[str]) -> None:
    assert codes(f"{UNUSED}allow: [{{code: {allow}, because: 原表如此}}]") == found


def test_a_threshold_can_be_meant() -> None:
    body = "inputs: {n: {type: number, max: 9}}\nreport: {n: n > 10}\n"
    assert codes(body) == ["PRF490"]
    assert codes(f"{body}allow: [{{code: PRF490, because: 上限明年提高}}]") == []
