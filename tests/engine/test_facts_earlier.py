"""An earlier stage's result as a fact: the whole result, verified, or the value alone."""

from decimal import Decimal
from typing import Any

import pytest

from perfrules.engine.program import Program
from perfrules.engine.result import Result
from perfrules.errors import FactsError, RulesetError
from perfrules.files.json import parse_json
from perfrules.lang.load import load_ruleset
from perfrules.lang.resolve import Shelf
from tests.sample_rulesets import FORM

LATER = """\
ruleset: city.later
version: "1.0"
title: 后一阶段
total: 100
inputs:
  appraisal: {from: city.form@1, field: FIELD}
indicators:
  - {id: passed, points: 100, score: {method: met, when: WHEN}}
grades: [{name: 合格, at_least: 60}, {name: 不合格, at_least: 0}]
"""


def later(field: str, when: str, text: str = LATER) -> Program:
    """Return a ruleset that reads one field of an earlier result."""
    source = text.replace("FIELD", field).replace("WHEN", when)
    return Program(load_ruleset(source, "later.yaml", finder=Shelf({"form.yaml": FORM})))


def earlier(**facts: object) -> Result:
    """Return an earlier result: 15.85 + 76 = 91.85, 优."""
    given = {"unit": "某校", "budget": "2000", "executed": "1585.4", "done": "95%", "misused": "否"}
    return Program(load_ruleset(FORM, "form.yaml")).score({**given, **facts})


def plain(result: Result) -> dict[str, Any]:
    """Return a result as a file of JSON gives it."""
    found = parse_json(result.to_json(), "r.json")
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("field", "when"),
    [
        ("total", "appraisal == 91.85"),
        ("rate", "appraisal == 91.85%"),
        ("grade", 'appraisal >= "良"'),
        ("complete", "appraisal == 100%"),
        ("score.output", "appraisal == 76"),
        ("rate.execution", "appraisal == 79.27%"),
        ("state.output", 'appraisal == "scored"'),
    ],
)
def test_a_field_of_a_whole_result(field: str, when: str) -> None:
    program = later(field, when)
    for given in (earlier().to_dict(), plain(earlier())):
        assert program.score({"unit": "某校", "appraisal": given}).total == 100


@pytest.mark.parametrize(("given", "total"), [("91.85", 100), (Decimal("91.84"), 0)])
def test_the_value_alone(given: object, total: int) -> None:
    assert later("total", "appraisal >= 91.85").score({"appraisal": given}).total == total


def test_a_grade_alone_must_be_one() -> None:
    program = later("grade", 'appraisal == "优"')
    assert program.score({"appraisal": "优"}).total == 100
    with pytest.raises(FactsError, match="PRF514"):
        program.score({"appraisal": "甲等"})


def changed(**parts: object) -> dict[str, Any]:
    found = plain(earlier())
    about = {
        **found["ruleset"],
        **{key: parts.pop(key) for key in ("id", "digest") if key in parts},
    }
    return {**found, "ruleset": about, **parts}


@pytest.mark.parametrize(
    "given",
    [
        changed(id="city.other"),
        changed(digest="sha256:0"),
        changed(format=Decimal(2)),
        changed(unit="别的学校"),
        changed(total="ninety"),
        {"total": "91.85"},
        {},
    ],
)
def test_another_result_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(FactsError) as error:
        later("total", "appraisal >= 85").score({"unit": "某校", "appraisal": given})
    (problem,) = error.value.diagnostics
    assert (problem.code, problem.path) == ("PRF738", ("appraisal",))


def test_a_line_that_isnt_there_is_refused() -> None:
    with pytest.raises(FactsError, match="PRF738"):
        later("score.output", "appraisal >= 85").score({"appraisal": changed(indicators=[])})


def test_a_result_without_that_value_is_missing() -> None:
    with pytest.raises(FactsError, match="PRF502"):
        later("total", "appraisal >= 85").score({"appraisal": changed(total=None)})


def test_a_table_or_a_list_is_no_result() -> None:
    with pytest.raises(FactsError, match="PRF5"):
        later("total", "appraisal >= 85").score({"appraisal": [earlier().to_dict()]})


def faults(text: str, **texts: str) -> list[str]:
    try:
        load_ruleset(text, "later.yaml", finder=Shelf({"form.yaml": FORM, **texts}))
    except RulesetError as error:
        return [item.code for item in error.diagnostics]
    return []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("city.form@1", "city.form", "PRF290"),
        ("city.form@1", "city.from@1", "PRF710"),
        ("city.form@1", "city.form@2", "PRF710"),
        ("FIELD", "totals", "PRF205"),
        ("FIELD", "score.nothing", "PRF716"),
        ("field: FIELD", "feild: total", "PRF201"),
        ("field: FIELD", "field: total, unit: 元", "PRF203"),
    ],
)
def test_faults_of_the_author(old: str, new: str, code: str) -> None:
    text = LATER.replace(old, new).replace("FIELD", "total").replace("WHEN", "appraisal >= 85")
    assert faults(text) == [code]


def test_stages_that_need_each_other_are_refused() -> None:
    head = 'version: "1.0"\ntitle: x\n'
    body = "report: {x: own}\n"
    one = f"ruleset: a.one\n{head}inputs: {{own: {{from: a.two@1, field: report.x}}}}\n{body}"
    two = f"ruleset: a.two\n{head}inputs: {{own: {{from: a.one@1, field: report.x}}}}\n{body}"
    shelf = Shelf({"one.yaml": one, "two.yaml": two})
    with pytest.raises(RulesetError) as error:
        load_ruleset(one, "one.yaml", finder=shelf)
    assert [item.code for item in error.value.diagnostics] == ["PRF711"]
    with pytest.raises(RulesetError, match="PRF717"):
        load_ruleset(two.replace("a.one@1", "a.two@1"), "two.yaml", finder=shelf)


def test_typed_from_the_ruleset_that_is_named() -> None:
    text = LATER.replace("FIELD", "grade").replace("WHEN", "appraisal >= 85")
    assert faults(text) == ["PRF341"]
    text = LATER.replace("FIELD", "rate").replace("WHEN", "appraisal >= 85")
    assert faults(text) == ["PRF342"]
