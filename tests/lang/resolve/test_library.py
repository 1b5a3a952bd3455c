"""Libraries as a whole: checked, taken one by one, refused."""

import pytest

from perfrules.engine.program import Program
from perfrules.errors import Diagnostic, RulesetError
from perfrules.lang.document import read_document
from perfrules.lang.load import load_indicator, load_library
from perfrules.lang.resolve import Library
from tests.sample_reuse import LIBRARY

HEAD = 'library: a\nversion: "1.0"\ntitle: x\n'


def faults_of(text: str) -> tuple[Diagnostic, ...]:
    try:
        return load_library(text, "lib.yaml")[0].warnings
    except RulesetError as error:
        return error.diagnostics


def codes_of(text: str) -> list[str]:
    return [item.code for item in faults_of(text)]


def test_every_indicator_is_checked_with_its_own_standards() -> None:
    plan, library = load_library(LIBRARY, "edu.yaml")
    assert list(library.indicators) == [
        "coverage", "execution", "opinion", "sheet", "opened", "process", "first", "second",
    ]  # fmt: skip
    assert (library.id, library.version) == ("edu", "2.1")
    assert {item.id for item in plan.parameters} == {"least", "coverage_standard", "second_half"}
    assert plan.total is None


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("floor: least", "floor: lest", ["PRF320"]),
        ("floor: least", "floor: standrad", ["PRF320"]),
        ("points: 10\n    score: {", "pionts: 10\n    score: {", ["PRF201"]),
        ("library: edu\n", "library: edu\ntotal: 100\n", ["PRF203"]),
        ("keys: level,", "keys: levle,", ["PRF476"]),
        ("id: opinion", "id: execution", ["PRF405"]),
        ("when: rate < 100%", "when: rate.execution < 100%", ["PRF315"]),
        ("when: rate < 100%", "when: grade == 1", ["PRF321"]),
        ("  votes:", "  extra: {type: flag}\n  votes:", ["PRF481"]),
        ("- {id: opened,", "- {use: edu.first, id: opened,", ["PRF203"]),
        ("method: proportional, actual: spent", "method: proportionl, actual: spent", ["PRF421"]),
        ("budget: {type: money, unit: 万元}", "budget: {type: money}", ["PRF225"]),
        ("standards:\n      standard:", "standards:\n      helped:", ["PRF283"]),
        ("standards:\n      standard:",
         "parameters: {standard: {value: 1%}}\n    standards:\n      standard:",
         ["PRF283"]),
    ],
)  # fmt: skip
def test_a_fault_of_a_library_is_one_diagnostic(old: str, new: str, codes: list[str]) -> None:
    assert LIBRARY.count(old) == 1
    found = faults_of(LIBRARY.replace(old, new))
    assert set(codes) <= {item.code for item in found}
    assert all(item.span is not None and item.span.file == "lib.yaml" for item in found)
    if codes != ["PRF283"]:  # what a badly named standard leaves behind may be told as well
        assert len(found) == len(codes)


def test_independent_faults_are_told_at_once() -> None:
    text = (
        LIBRARY.replace("floor: least", "floor: lest")
        .replace("nature: quantitative", "nature: quantitativ")
        .replace("target: budget", "target: budgte")
    )
    assert codes_of(text) == ["PRF205", "PRF320", "PRF320"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (HEAD, "PRF202"),
        (HEAD + "indicators: []\n", "PRF213"),
        (
            "library: a\ntitle: x\nindicators: [{id: a, score: {method: met, when: true}}]\n",
            "PRF202",
        ),
        ("ruleset: a\n", "PRF231"),
        (HEAD + "indicators: [{id: a}]\n", "PRF404"),
    ],
)
def test_what_a_library_has_to_have(text: str, code: str) -> None:
    assert codes_of(text) == [code]


def test_a_library_without_inputs_is_one() -> None:
    text = HEAD + "indicators: [{id: a, ask: {type: flag}, score: {method: met, when: a}}]\n"
    assert codes_of(text) == []


def test_points_of_a_branch_add_up_and_may_be_left_out() -> None:
    branch = "indicators:\n  - id: b\n    {}\n    indicators:\n{}"
    leaf = "      - {{id: {0}, ask: {{type: flag}}, score: {{method: met, when: {0}}}{1}}}\n"
    two = leaf.format("x", ", points: 2") + leaf.format("y", ", points: 3")
    assert codes_of(HEAD + branch.format("points: 5", two)) == []
    assert codes_of(HEAD + branch.format("points: 6", two)) == ["PRF400"]
    assert (
        codes_of(HEAD + branch.format("title: x", leaf.format("x", "") + leaf.format("y", "")))
        == []
    )


@pytest.mark.parametrize(
    ("name", "points", "facts", "score"),
    [
        ("execution", None, {"spent": "3", "budget": "4"}, "75.00"),
        ("execution", "12", {"spent": "3", "budget": "4"}, "9.00"),
        ("opened", None, {"opened": "是"}, "100.00"),
        ("process", None, {"helped": "51"}, "3.00"),
    ],
)
def test_one_indicator_alone(
    name: str, points: str | None, facts: dict[str, object], score: str
) -> None:
    library = Library(read_document(LIBRARY, "edu.yaml"))
    plan = load_indicator(library, name, points)
    assert {item.id for item in plan.inputs} == set(facts)
    (line,) = Program(plan).score(facts).indicators
    assert (line.id, str(line.score)) == (name, score)


def test_one_that_is_not_there() -> None:
    with pytest.raises(RulesetError) as error:
        load_indicator(Library(read_document(LIBRARY, "edu.yaml")), "coverag")
    (found,) = error.value.diagnostics
    assert (found.code, found.hint.en) == ("PRF273", "did you mean coverage?")
