"""Indicators taken from libraries: what comes along, what `with` binds, what is refused."""

import pickle

import pytest

from perfrules.engine.program import Program
from perfrules.errors import FactsError
from perfrules.lang.load import load_library
from tests.sample_reuse import LIBRARY, codes_of, faults_of, plan_of, program_of, using

COVERAGE = "  - {use: edu.coverage@2, points: 100"
FACTS = {"as_of": "2022-12-31", "helped": 96, "eligible": 100, "level": "市"}


def test_an_indicator_comes_with_inputs_method_standards_basis_and_finding() -> None:
    plan = plan_of(using(COVERAGE + "}\n"))
    (node,) = plan.indicators
    assert (node.id, node.title.zh, node.unit, node.use) == (
        "coverage",
        "覆盖率",
        "%",
        "edu.coverage@2.1",
    )
    assert [item.id for item in plan.inputs] == ["helped", "eligible", "level"]
    assert {item.id for item in plan.parameters} == {"least", "coverage_standard"}
    assert [item.document for item in node.basis] == ["办法"]
    assert node.evidence.zh == "名册"
    result = Program(plan).score(FACTS)
    assert str(result.total) == "97.96"  # 100 × 96 ÷ 98
    assert [item.indicator for item in result.findings] == ["coverage"]


def test_its_standard_is_that_of_the_day() -> None:
    program = program_of(using(COVERAGE + "}\n"))
    assert str(program.score({**FACTS, "as_of": "2023-01-01"}).total) == "96.97"  # ÷ 99


def test_what_the_ruleset_says_takes_the_place_of_what_the_library_says() -> None:
    node = (
        "title: 换名, id: mine, score: {method: met, when: ok, otherwise: 0},"
        " finding: {when: rate < 1, problem: 无}}\n"
    )
    plan = plan_of(using(f"{COVERAGE}, {node}", "{ok: {type: flag}}"))
    assert [item.id for item in plan.inputs] == ["ok"]
    assert plan.indicators[0].title.zh == "换名"
    assert not plan.parameters
    assert str(Program(plan).score({"ok": "是"}).total) == "100.00"


def test_points_of_the_library_are_a_suggestion() -> None:
    plan = plan_of(using("  - {use: edu.coverage@2}\n", total=10))
    assert plan.indicators[0].points is not None
    assert str(plan.indicators[0].points.constant) == "10"
    assert codes_of(using("  - {use: edu.execution@2}\n")) == ["PRF402"]


WITH = [
    # a bare name, an expression, a literal, a label, a map that is one value
    ("{helped: 人数}", {"人数": 96}, "97.96"),
    ("{helped: 人数 - 6}", {"人数": 102}, "97.96"),
    ("{eligible: 人数 + 20}", {"人数": 80}, "97.96"),
    ("{level: \"'省'\"}", {}, "100.00"),
    ("{standard: 99%}", {}, "96.97"),
    ("{standard: 96% if helped2 > 3 else 99%}", {"helped2": 1}, "96.97"),
    ("{level: 层次}", {"层次": "省"}, "100.00"),
    ("{least: 99%}", {}, "0.00"),  # below the floor nothing is earned
]


@pytest.mark.parametrize(("bound", "facts", "want"), WITH)
def test_with_binds_inputs_parameters_and_standards(
    bound: str, facts: dict[str, object], want: str
) -> None:
    inputs = "".join(
        f"{name}: {{type: {'choice, of: [省, 市]' if name == '层次' else 'count'}}}, "
        for name in facts
    )
    program = program_of(using(f"{COVERAGE}, with: {bound}}}\n", f"{{{inputs}}}"))
    own = {name for name in ("helped", "eligible", "level") if f"{name}:" in bound}
    given = {key: value for key, value in FACTS.items() if key not in own} | facts
    if "standard:" in bound:
        del given["level"]
    if not program.plan.needs_as_of:
        del given["as_of"]
    assert str(program.score(given).total) == want


def test_a_bound_name_is_not_asked_for() -> None:
    text = using(
        f"{COVERAGE}, with: {{helped: 人数, level: \"'省'\"}}}}\n", "{人数: {type: count}}"
    )
    assert [item.id for item in plan_of(text).inputs] == ["人数", "eligible"]


def test_tables_surveys_and_money_are_bound_by_name() -> None:
    inputs = (
        "{名单: {type: table, columns:"
        " {name: {type: text}, done: {type: number}, more: {type: text}}},"
        " 问卷: {type: survey, of: [满意, 不满意]}, 全年: {type: money, unit: 元}}"
    )
    nodes = (
        "  - {use: edu.sheet@2, split: {points: 40}, with: {rows: 名单}}\n"
        "  - {use: edu.opinion@2, points: 30, with: {votes: 问卷}}\n"
        "  - {use: edu.execution@2, points: 30, with: {budget: 全年}}\n"
    )
    program = program_of(using(nodes, inputs))
    result = program.score({
        "名单": [{"name": "甲", "done": 50, "more": "x"}, {"name": "乙", "done": 100, "more": "y"}],
        "问卷": {"满意": 9, "不满意": 1}, "全年": "20000", "spent": "1.5",
    })  # fmt: skip
    scores = {line.id: str(line.score) for line in result.indicators}
    assert scores == {"sheet": "30.00", "opinion": "27.00", "execution": "22.50"}
    assert "1.5万元 ÷ 20000元" in result.indicators[2].because.zh


def test_derived_values_of_the_ruleset_can_be_bound() -> None:
    node = f"{COVERAGE}, with: {{helped: both}}}}\n"
    inputs = "{甲: {type: count}, 乙: {type: count}}"
    text = using(node, inputs, more="derive: {both: 甲 + 乙}\n")
    facts = {"as_of": "2022-12-31", "eligible": 100, "level": "市", "甲": 90, "乙": 6}
    result = program_of(text).score(facts)
    assert str(result.total) == "97.96"


def test_used_twice_each_has_its_own_facts() -> None:
    nodes = (
        "  - {use: edu.coverage@2, id: a, points: 50, with: {helped: 甲, standard: 100%}}\n"
        "  - {use: edu.coverage@2, id: b, points: 50, with: {helped: 乙}}\n"
    )
    program = program_of(using(nodes, "{甲: {type: count}, 乙: {type: count}}"))
    result = program.score(
        {"as_of": "2022-12-31", "eligible": 100, "level": "市", "甲": 80, "乙": 98}
    )
    assert [str(line.score) for line in result.indicators] == ["40.00", "50.00"]
    assert {item.id for item in program.plan.parameters} == {"least", "b_standard"}


def test_an_asked_input_is_called_as_the_ruleset_calls_the_indicator() -> None:
    program = program_of(using("  - {use: edu.opened@2, id: 公开, points: 100}\n"))
    assert [item.id for item in program.plan.inputs] == ["公开"]
    assert str(program.score({"公开": "是"}).total) == "100.00"


def test_a_branch_comes_with_all_below_it() -> None:
    program = program_of(using("  - {use: edu.process@2, points: 3}\n", total=3))
    (node,) = program.plan.indicators
    assert [child.id for child in node.children] == ["first", "second"]
    assert {item.id for item in program.plan.parameters} == {"second_half"}
    assert str(program.score({"helped": 50}).total) == "1.00"
    assert str(program.score({"helped": 51}).total) == "3.00"


def test_of_a_branch_one_child_comes_with_the_defaults_above_it() -> None:
    program = program_of(using("  - {use: edu.first@2, points: 100}\n"))
    assert program.plan.indicators[0].missing == "zero"
    assert str(program.score({}).total) == "0.00"


def test_an_input_the_ruleset_declares_alike_is_the_same() -> None:
    text = using(COVERAGE + "}\n", "{helped: {type: count, title: 别的名称, column: 人数}}")
    plan = plan_of(text)
    assert [item.id for item in plan.inputs] == ["helped", "eligible", "level"]
    assert plan.inputs[0].title.zh == "别的名称"


@pytest.mark.parametrize(
    ("inputs", "more"),
    [
        ("{helped: {type: number}}", ""),
        ("{helped: {type: count, min: 1}}", ""),
        ("{x: {type: count}}", "derive: {helped: x}\n"),
        ("{}", "parameters: {helped: {value: 5}}\n"),
        ("{}", "parameters: {least: {value: 61%}}\n"),
    ],
)
def test_one_name_with_two_meanings_is_refused(inputs: str, more: str) -> None:
    found = faults_of(using(COVERAGE + "}\n", inputs, more=more))
    assert [item.code for item in found] == ["PRF276"]


def test_two_libraries_with_one_name_are_told_apart() -> None:
    other = LIBRARY.replace("library: edu", "library: health").replace(
        "helped: {type: count, title: 受助人数}", "helped: {type: money, unit: 元}"
    )
    nodes = "  - {use: edu.first, points: 50}\n  - {use: health.coverage, points: 50}\n"
    (found,) = faults_of(using(nodes), health__yaml=other)
    assert found.code == "PRF276"
    assert "edu.yaml:6" in found.message.en


@pytest.mark.parametrize(
    ("node", "code"),
    [
        ("{use: edu.nothing, points: 100}", "PRF273"),
        ("{use: coverage, points: 100}", "PRF282"),
        ("{use: edu.yaml, points: 100}", "PRF282"),
        ("{use: [edu.coverage], points: 100}", "PRF282"),
        ("{use: edu.coverage@3, points: 100}", "PRF264"),
        ("{use: educ.coverage, points: 100}", "PRF263"),
        ("{use: edu.coverage, points: 100, with: {standrad: 98%}}", "PRF274"),
        ("{use: edu.coverage, points: 100, with: {spent: 5}}", "PRF274"),
        ("{use: edu.coverage, points: 100, with: [helped]}", "PRF212"),
        ("{use: edu.coverage, points: 100, with: {helped: nobody}}", "PRF320"),
        ("{use: edu.coverage, points: 100, with: {helped: 50%}}", "PRF350"),
        ("{use: edu.coverage, points: 100, with: {level: \"'县'\"}}", "PRF473"),
        ("{use: edu.coverage, points: 100, with: {helped: rate.coverage}}", "PRF321"),
        ("{use: edu.coverage, points: 100, pionts: 5}", "PRF201"),
        ("{use: edu.opinion, points: 100, with: {votes: 5}}", "PRF350"),
        ("{use: edu.sheet, split: {points: 100}, with: {rows: 表}}", "PRF275"),
        ("{use: edu.opinion, points: 100, with: {votes: 卷}}", "PRF275"),
        ("{use: edu.coverage, points: 100, with: {level: 层}}", "PRF275"),
        ("{use: edu.coverage, points: 100, with: {standard: 图}}", "PRF275"),
    ],
)
def test_what_cannot_be_taken_is_one_fault(node: str, code: str) -> None:
    inputs = (
        "{表: {type: table, columns: {name: {type: text}}}, 卷: {type: survey, of: [好, 差]},"
        " 层: {type: choice, of: [省, 县]}}"
    )
    more = "parameters: {图: {keys: [text, count], value: {甲: {1: 5%}}}}\n"
    codes = [item.code for item in faults_of(using(f"  - {node}\n", inputs, more=more))]
    assert [found for found in codes if found not in ("PRF481", "PRF482")] == [code]


def test_an_indicator_sees_nothing_of_the_ruleset() -> None:
    library = LIBRARY.replace("floor: least", "floor: mine")
    (found,) = faults_of(using(COVERAGE + "}\n", "{mine: {type: percent}}"), edu__yaml=library)
    assert found.code == "PRF320"
    assert found.span is not None
    assert found.span.file == "edu.yaml"
    library = LIBRARY.replace("when: rate < 100%", "when: total < 100")
    (found,) = faults_of(using(COVERAGE + "}\n"), edu__yaml=library)
    assert (found.code, found.span.file if found.span else "") == ("PRF321", "edu.yaml")
    assert "the ruleset that uses it" in found.hint.en


def test_a_fault_of_a_library_is_told_once_however_often_it_is_used() -> None:
    library = LIBRARY.replace("floor: least", "floor: lest")
    nodes = "".join(f"  - {{use: edu.coverage, id: n{n}, points: 25}}\n" for n in range(4))
    (found,) = faults_of(using(nodes), edu__yaml=library)
    assert (found.code, found.span.file if found.span else "") == ("PRF320", "edu.yaml")


def test_independent_faults_are_told_at_once() -> None:
    nodes = (
        "  - {use: edu.nothing, points: 50}\n"
        "  - {use: edu.coverage, points: 20, with: {helpd: 5}}\n"
        "  - {id: own, points: 30, score: {method: formula, rate: nobody}}\n"
    )
    assert codes_of(using(nodes)) == ["PRF273", "PRF274", "PRF320"]


def test_a_division_by_zero_is_placed_in_the_library() -> None:
    library = LIBRARY.replace("title: 应助人数, min: 1", "title: 应助人数")
    program = program_of(using(COVERAGE + "}\n"), edu__yaml=library)
    with pytest.raises(FactsError) as error:
        program.score({**FACTS, "eligible": 0})
    (found,) = error.value.diagnostics
    assert found.code == "PRF530"
    assert str(found.span).startswith("edu.yaml:21:14")
    assert found.excerpt is not None
    assert "helped / eligible" in found.excerpt


def test_a_missing_value_behind_a_binding_names_the_rulesets_input() -> None:
    text = using(
        f"{COVERAGE}, with: {{helped: 甲 + 乙}}}}\n", "{甲: {type: count}, 乙: {type: count}}"
    )
    with pytest.raises(FactsError) as error:
        program_of(text).score({"as_of": "2022-12-31", "eligible": 100, "level": "市", "甲": 5})
    assert [item.code for item in error.value.diagnostics] == ["PRF502"]
    assert "乙" in error.value.diagnostics[0].message.zh


def test_the_digest_covers_what_is_used_and_not_its_words() -> None:
    text = using(COVERAGE + "}\n")
    digest = plan_of(text).digest
    assert plan_of(text, edu__yaml=LIBRARY.replace("title: 覆盖率", "title: 换名")).digest == digest
    assert plan_of(text, edu__yaml=LIBRARY.replace('"2.1"', '"2.2"')).digest == digest
    assert (
        plan_of(
            text, edu__yaml=LIBRARY.replace("spent: {type: money", "spent: {type: number")
        ).digest
        == digest
    )
    assert plan_of(text, edu__yaml=LIBRARY.replace("市: 98%", "市: 97%")).digest != digest
    other = using(f"{COVERAGE}, with: {{standard: 98%}}}}\n")
    assert plan_of(other).digest != digest


def test_the_digest_covers_what_a_bound_choice_was_declared_as() -> None:
    text = using(f"{COVERAGE}, with: {{level: \"'市'\"}}}}\n")
    turned = LIBRARY.replace("of: [省, 市]", "of: [市, 省]")
    assert plan_of(text, edu__yaml=turned).digest != plan_of(text).digest


def test_a_program_travels() -> None:
    program = program_of(
        using(f"{COVERAGE}, with: {{helped: 人数 * 2}}}}\n", "{人数: {type: count}}")
    )
    again = pickle.loads(pickle.dumps(program))  # noqa: S301 - our own bytes
    facts = {"as_of": "2022-12-31", "eligible": 100, "level": "市", "人数": 48}
    assert again.score(facts) == program.score(facts)
    assert len(pickle.dumps(program)) < 40_000


def test_a_library_may_allow_a_finding_of_its_own() -> None:
    odd = LIBRARY.replace("when: helped > 0", "when: helped > -5")
    text = using("  - {use: edu.first, points: 100}\n")
    assert codes_of(text, edu__yaml=odd) == ["PRF491"]
    allowed = odd + "allow: [{code: PRF491, because: 仅为示例}]\n"
    assert codes_of(text, edu__yaml=allowed) == []


def test_the_library_itself_has_no_fault() -> None:
    assert load_library(LIBRARY, "edu.yaml")[0].warnings == ()
