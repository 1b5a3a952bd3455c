"""Rulesets that extend others: what is inherited, changed, removed, added, refused."""

import pytest

from perfrules.lang.load import load_ruleset, resolved_document
from perfrules.lang.resolve import Shelf
from tests.sample_reuse import FILES, FORM, codes_of, extending, faults_of, plan_of, program_of

FACTS = {"budget": "100万元", "executed": "80万元", "misused": "否", "quality": "100%"}


def test_without_changes_it_scores_the_same_and_keeps_its_own_id() -> None:
    plan = plan_of(extending(""))
    assert (plan.id, plan.version, plan.title.zh) == ("city.variant", "1.0", "底表")
    result = program_of(extending("")).score(FACTS)
    assert str(result.total) == "92.00"  # 40 × 80% + 60


def test_the_version_is_never_inherited() -> None:
    assert codes_of("ruleset: city.variant\nextends: form.yaml\n") == ["PRF202"]


def test_a_key_at_the_top_takes_the_place_of_the_others() -> None:
    more = (
        "title: 变体\ngrades: [{name: 好, at_least: 60}, {name: 坏, at_least: 0}]\n"
        "remove: [praise, misuse, inputs.misused]\n"
    )
    facts = {key: value for key, value in FACTS.items() if key != "misused"}
    result = program_of(extending(more)).score(facts)
    assert result.grade == "好"
    assert plan_of(extending(more)).title.zh == "变体"


def test_entries_of_named_sections_are_added() -> None:
    more = (
        "inputs: {late: {type: flag}}\n"
        "add: [{under: gates, id: late, when: late, then: {grade: 差}}]\n"
    )
    result = program_of(extending(more)).score({**FACTS, "late": "是"})
    assert result.grade == "差"
    assert [item.id for item in plan_of(extending(more)).gates] == ["misuse", "late"]


@pytest.mark.parametrize(
    ("more", "want"),
    [
        ("change: {execution: {points: 30}, output: {points: 70}, good: {points: 70}}", "94.00"),
        ("change: {execution: {score: {method: met, when: pace > 70%}}}", "100.00"),
        ("change: {derive.pace: executed / budget / 2}", "92.00"),
        ("change: {budget: {unit: 元}}", "92.00"),
        ("change: {indicators.execution: {score: {method: formula, rate: 0}}}", "60.00"),
    ],
)  # fmt: skip
def test_a_change_replaces_single_keys(more: str, want: str) -> None:
    result = program_of(extending(more + "\n")).score(FACTS)
    assert str(result.total) == want


@pytest.mark.parametrize(
    ("more", "section", "left"),
    [
        ("remove: [misuse, inputs.misused]", "gates", []),
        ("remove: [praise]", "decisions", []),
        ("remove: [pace]\nreport: {rate: executed / budget}", "report", ["rate"]),
    ],
)
def test_what_is_removed_is_gone(more: str, section: str, left: list[str]) -> None:
    if "pace" in more:
        more = more.replace("[pace]", "[derive.pace, report.pace]")
    found = getattr(plan_of(extending(more + "\n")), section)
    names = [item[0] if isinstance(item, tuple) else item.id for item in found]
    assert names == left


def test_a_grade_is_changed_by_its_name() -> None:
    plan = plan_of(extending("change: {优: {at_least: 95}}\n"))
    assert [(item.name, str(item.at_least)) for item in plan.grades] == [("优", "95"), ("差", "0")]


def test_an_addition_under_a_branch_and_points_that_add_up_again() -> None:
    more = (
        "change: {good: {points: 50}}\n"
        "add: [{under: output, id: public, points: 10, score: {method: met, when: not misused}}]\n"
    )
    plan = plan_of(extending(more))
    assert [node.id for node in plan.indicators[1].children] == ["good", "public"]
    found = faults_of(extending(more.replace("points: 50", "points: 55")))
    assert [item.code for item in found] == ["PRF400"]
    assert found[0].span is not None
    assert str(found[0].span) == "form.yaml:14:13"  # where the sum is written


def test_every_value_keeps_the_place_it_came_from() -> None:
    text = extending(
        "change: {execution: {points: 30}, output: {points: 70}, good: {points: 70}}\n"
    )
    document = resolved_document(text, "host.yaml", Shelf(FILES))
    assert str(document.span(("indicators", 0, "points"))) == "host.yaml:4:30"
    column = FORM.splitlines()[11].index("executed,") + 1
    assert str(document.span(("indicators", 0, "score", "actual"))) == f"form.yaml:12:{column}"
    assert str(document.span(("total",))) == "form.yaml:4:8"
    assert document.value["ruleset"] == "city.variant"
    assert next(iter(document.value)) == "ruleset"
    assert not {"extends", "change"} & set(document.value)


def test_a_fault_in_a_changed_expression_is_at_its_own_place() -> None:
    (found,) = faults_of(
        extending("change:\n  execution: {score: {method: formula, rate: spent}}\n")
    )
    assert found.code == "PRF320"
    assert str(found.span) == "host.yaml:5:46"
    assert found.excerpt == "  execution: {score: {method: formula, rate: spent}}"


def test_a_fault_of_a_unit_names_the_file_of_the_rule() -> None:
    from perfrules.errors import FactsError

    broken = FORM.replace("rate: quality", "rate: executed / budget")
    program = program_of(extending("", "base.yaml"), base__yaml=broken)
    with pytest.raises(FactsError) as error:
        program.score({**FACTS, "budget": "0"})
    assert {str(item.span).split(":")[0] for item in error.value.diagnostics} == {"base.yaml"}


def test_an_extended_ruleset_is_extended_in_its_turn() -> None:
    middle = (
        'ruleset: city.middle\nversion: "1.0"\nextends: form.yaml\nchange: {优: {at_least: 80}}\n'
    )
    plan = plan_of(extending("title: 三\n", "middle.yaml"), middle__yaml=middle)
    assert str(plan.grades[0].at_least) == "80"
    assert plan.title.zh == "三"


def test_the_digest_is_that_of_the_meaning() -> None:
    plain = load_ruleset(FORM, "form.yaml")
    same = plan_of(extending("title: 换了名称\n"))
    other = plan_of(extending("change: {优: {at_least: 95}}\n"))
    assert same.id != plain.id
    renamed = load_ruleset(FORM.replace("city.form", "city.variant"), "form.yaml")
    assert same.digest == renamed.digest
    assert other.digest != same.digest


def test_all_faults_are_told_at_once() -> None:
    more = "remove: [nothing]\nchange: {good: {points: 61}, nobody: {a: 1}}\nadd: [{id: x}]\n"
    assert codes_of(extending(more)) == ["PRF269", "PRF269", "PRF202"]


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ("change: [a]", ["PRF212"]),
        ("change: {execution: 5}", ["PRF212"]),
        ("remove: execution", ["PRF211"]),
        ("remove: [[a]]", ["PRF210"]),
        ("add: {under: gates}", ["PRF211"]),
        ("add: [a]", ["PRF212"]),
        ("add: [{under: nowhere, id: a}]", ["PRF272"]),
        ("inputs: [a]", ["PRF212"]),
        ("change: {execution: {pionts: 40}}", ["PRF201"]),
    ],
)
def test_a_change_of_the_wrong_shape(more: str, codes: list[str]) -> None:
    assert codes_of(extending(more + "\n")) == codes


def test_a_ruleset_may_be_eight_deep_and_not_nine() -> None:
    def chain(count: int) -> dict[str, str]:
        files = {
            f"d{n}__yaml": f'ruleset: city.d{n}\nversion: "1.0"\nextends: d{n + 1}.yaml\n'
            for n in range(1, count)
        }
        return files | {f"d{count}__yaml": FORM}

    assert codes_of(extending("", "d1.yaml"), **chain(8)) == []
    found = faults_of(extending("", "d1.yaml"), **chain(9))
    assert [item.code for item in found] == ["PRF266"]


def test_itself_is_a_circle_too() -> None:
    text = extending("", "host.yaml")
    (found,) = faults_of(text, host__yaml=text)
    assert found.code == "PRF265"
    assert "host.yaml -> host.yaml" in found.message.en


def test_a_document_that_cannot_be_read_is_told_in_its_own_file() -> None:
    (found,) = faults_of(extending("", "bad.yaml"), bad__yaml="a: [\n")
    assert found.span is not None
    assert found.span.file == "bad.yaml"
