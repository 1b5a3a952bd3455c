"""One change of a good document, one fault: its code and its place."""

import pytest

from perfrules.errors import Path
from perfrules.lang.document import Scalar, read_document
from tests.lang.spec import shaped

Row = tuple[str, str, str, str]

# place · what is written there instead · code · place of the fault (as given, or below it)
RULESET: list[Row] = [
    ("ruleset", "my-rules", "PRF214", ""),
    ("ruleset", "a..b", "PRF214", ""),
    ("ruleset", "[a]", "PRF210", ""),
    ("version", "1.0", "PRF217", ""),
    ("version", "2020.10", "PRF217", ""),
    ("version", '"1"', "PRF218", ""),
    ("version", "1", "PRF218", ""),
    ("version", '"1.01"', "PRF218", ""),
    ("version", '"1.2.3.4"', "PRF218", ""),
    ("version", '"v1.0"', "PRF218", ""),
    ("language", "2", "PRF221", ""),
    ("language", "[1]", "PRF221", ""),
    ("title", "[甲]", "PRF210", ""),
    ("title", "{}", "PRF213", ""),
    ("title", "{cn: 甲}", "PRF201", "cn"),
    ("title", '"  "', "PRF229", ""),
    ("title", "", "PRF210", ""),
    ("basis", "甲", "PRF211", ""),
    ("basis", "[]", "PRF213", ""),
    ("basis", "[甲]", "PRF212", "0"),
    ("basis", "{document: 甲, evidence: official, page: 3}", "PRF201", "page"),
    ("basis", "{document: 甲}", "PRF202", ""),
    ("basis.0.evidence", "offical", "PRF205", ""),
    ("effective.from", "[2020, 1, 1]", "PRF209", ""),
    ("effective.until", "2020-01-01", "PRF223", ""),
    ("effective", "2020-01-01", "PRF212", ""),
    ("total", "[100]", "PRF206", ""),
    ("total", "{}", "PRF206", ""),
    ("rounding", "2", "PRF212", ""),
    ("rounding", "{digits: 2, leaf: 1}", "PRF222", ""),
    ("rounding.leaf", "13", "PRF228", ""),
    ("rounding.leaf", "[2]", "PRF207", ""),
    ("rounding.mode", "half_upp", "PRF205", ""),
    ("aggregate", "mean", "PRF205", ""),
    ("aggregate", "[sum]", "PRF205", ""),
    ("parameters", "[a]", "PRF212", ""),
    ("parameters.pool", "100", "PRF212", ""),
    ("parameters.pool", "{title: 甲}", "PRF222", ""),
    ("parameters.pool", "{value: 1, values: {2020-01-01: 1}}", "PRF222", ""),
    ("parameters.pool.value", "[1]", "PRF224", ""),
    ("parameters.pool.value", "{a: {b: {c: {d: 1}}}}", "PRF230", "a.b.c"),
    ("parameters.pool.value", "{a: {b: [1]}}", "PRF224", "a.b"),
    ("parameters.pool.value", "{a: {}}", "PRF213", "a"),
    ("parameters.minimum.keys", "[a, b, c, d]", "PRF230", ""),
    ("parameters.minimum.keys", "a b", "PRF214", ""),
    ("parameters.floor_share.values", "{}", "PRF213", ""),
    ("parameters.floor_share.values", "50%", "PRF212", ""),
    ("inputs", "[budget]", "PRF212", ""),
    ("inputs.budget", "money", "PRF212", ""),
    ("inputs.budget", "{title: 甲}", "PRF202", ""),
    ("inputs.budget", "{typ: money, unit: 元}", "PRF201", "typ"),
    ("inputs.budget", "{类型: money, unit: 元}", "PRF201", "类型"),
    ("inputs.budget", "{type: money}", "PRF225", ""),
    ("inputs.budget", "{type: money, units: 元}", "PRF201", "units"),
    ("inputs.budget", "{type: number, of: [甲]}", "PRF203", "of"),
    ("inputs.budget", "{type: number, 选项: [甲]}", "PRF203", "选项"),
    ("inputs.budget", "{type: number, from: a, title: 甲}", "PRF201", "from"),
    ("inputs.budget", "{from: tianmen.ex_ante_appraisal@1}", "PRF202", ""),
    ("inputs.budget.type", "amount", "PRF205", ""),
    ("inputs.budget.type", "[money]", "PRF205", ""),
    ("inputs.budget.unit", "万", "PRF205", ""),
    ("inputs.budget.min", "[0]", "PRF224", ""),
    ("inputs.budget.optional", "[true]", "PRF208", ""),
    ("inputs.level.of", "高", "PRF211", ""),
    ("inputs.level.of", "[]", "PRF213", ""),
    ("inputs.level.of", "[高, [低]]", "PRF210", "1"),
    ("inputs.level.of", '[高, ""]', "PRF229", "1"),
    ("inputs.pace.bare", "number", "PRF205", ""),
    ("inputs.targets.columns", "[name]", "PRF212", ""),
    ("inputs.targets.columns", "{}", "PRF213", ""),
    ("inputs.targets.columns.name", "{type: table, columns: {a: {type: text}}}", "PRF227", "type"),
    ("inputs.targets.columns.name", "{type: survey, of: [甲]}", "PRF227", "type"),
    ("inputs.targets.columns.name", "{type: texts}", "PRF205", "type"),
    ("inputs.targets.columns.name", "text", "PRF212", ""),
    ("inputs.targets.rows", "{min: 3, max: 2}", "PRF223", "max"),
    ("inputs.targets.rows.min", "-1", "PRF228", ""),
    ("derive.share", "[a]", "PRF224", ""),
    ("derive.share", "", "PRF224", ""),
    ("derive.share", "{rows: [{else: 1}]}", "PRF202", ""),
    ("derive.light.choose", "last", "PRF205", ""),
    ("derive.light.rows", "红", "PRF211", ""),
    ("derive.light.rows.0", "红", "PRF212", ""),
    ("derive.light.rows.0", "{}", "PRF213", ""),
    ("derive.light.rows.0", "{when: a, then: 红, else: 黄}", "PRF222", ""),
    ("derive.light.rows.0", "{when: a}", "PRF202", ""),
    ("derive.light.rows.0", "{then: 红}", "PRF202", ""),
    ("derive.light.rows.0", "{when: [a], then: 红}", "PRF224", "when"),
    ("indicators", "{id: a}", "PRF211", ""),
    ("indicators", "[]", "PRF213", ""),
    ("indicators.0", "process", "PRF212", ""),
    ("indicators.0", "{id: a, with: [helped]}", "PRF212", "with"),
    ("indicators.0", "{id: a, standards: {}}", "PRF201", "standards"),
    ("indicators.0", "{id: a, gates: []}", "PRF203", "gates"),
    ("indicators.0", "{id: a, method: met}", "PRF203", "method"),
    ("indicators.0", "{id: a, 分值: 20}", "PRF201", "分值"),
    ("indicators.0.id", "a.b", "PRF214", ""),
    ("indicators.0.id", "if", "PRF216", ""),
    ("indicators.0.id", "ａｂ", "PRF214", ""),
    ("indicators.0.id", "1a", "PRF214", ""),
    ("indicators.0.id", "a" * 65, "PRF215", ""),
    ("indicators.0.indicators.0.points", "{a: 1}", "PRF224", ""),
    ("indicators.0.indicators.0.score", "met", "PRF212", ""),
    ("indicators.0.indicators.0.score", "{}", "PRF213", ""),
    ("indicators.0.indicators.0.score", "{when: a}", "PRF202", ""),
    ("indicators.0.indicators.0.score", "{methd: met, when: a}", "PRF201", "methd"),
    ("indicators.0.indicators.0.not_applicable", "redistributed", "PRF205", ""),
    ("indicators.0.indicators.0.not_applicable", "[full]", "PRF205", ""),
    ("indicators.0.indicators.0.not_applicable", "{}", "PRF202", ""),
    ("indicators.0.indicators.0.not_applicable", "{too: a}", "PRF201", "too"),
    ("indicators.0.indicators.0.missing", "ignore", "PRF205", ""),
    ("indicators.0.indicators.0.finding", "慢", "PRF211", ""),
    ("indicators.0.indicators.0.finding", "{problem: 慢}", "PRF202", ""),
    ("indicators.0.indicators.0.finding", "{when: a, problem: 慢, 建议: 快}", "PRF201", "建议"),
    ("indicators.0.indicators.0.finding", "{when: a, problem: {zh: [慢]}}", "PRF210", "problem.zh"),
    ("indicators.0.each", "[a]", "PRF212", ""),
    ("indicators.0.each", "{id: a}", "PRF201", "id"),
    ("indicators.1.for_each", "{row: t, in: targets}", "PRF202", ""),
    ("indicators.1.for_each.row", "total", "PRF216", ""),
    ("indicators.1.split.digits", "[1]", "PRF207", ""),
    ("adjustments.0.range", "[5]", "PRF226", ""),
    ("adjustments.0.range", "5", "PRF211", ""),
    ("adjustments.0.range", "[5, 0]", "PRF223", "1"),
    ("adjustments.0.range", "[[5], 6]", "PRF206", "0"),
    ("gates.0.then", "{grade: 差, cap_total: 59}", "PRF222", ""),
    ("gates.0.then", "{}", "PRF222", ""),
    ("gates.0.then", "差", "PRF212", ""),
    ("gates.0.then", "{等级: 差}", "PRF201", "等级"),
    ("gates.0.when", "{misused: true}", "PRF224", ""),
    ("grades", "{优: 90}", "PRF211", ""),
    ("grades.0", "{at_least: 90}", "PRF202", ""),
    ("decisions", "[{id: a}]", "PRF212", ""),
    ("decisions", "{match: first}", "PRF202", ""),
    ("decisions.rules.0.do", "rectify", "PRF212", ""),
    ("decisions.rules.0.do.code", "限期 整改", "PRF214", ""),
    ("report.light", "[light]", "PRF224", ""),
    ("allow.0", "PRF417", "PRF212", ""),
    ("points_by.how", "guess", "PRF205", ""),
]
CASES: list[Row] = [
    ("cases", "[a]", "PRF210", ""),
    ("tests", "{name: a}", "PRF211", ""),
    ("tests", "[]", "PRF213", ""),
    ("tests.1", "{name: a, facts: {x: 1}}", "PRF222", ""),
    ("tests.1", "{name: a, facts: {x: 1}, want: {total: 1}, want_code: PRF502}", "PRF222", ""),
    ("tests.1", "{name: a, want_code: PRF502}", "PRF202", ""),
    ("tests.1.facts", "[1]", "PRF212", ""),
    ("tests.0.as_of", "[2022]", "PRF209", ""),
    ("tests.0.want.total", "[90]", "PRF206", ""),
    ("tests.0.want.states.quality", "scord", "PRF205", ""),
    ("tests.0.want.scores", "90", "PRF212", ""),
    ("tests.0.want.scores", "{}", "PRF213", ""),
    ("tests.0.want.gates", "misuse", "PRF211", ""),
    ("tests.0.want.lost_first", "{a: 1}", "PRF210", ""),
    ("tests.0.within", "{total: 1}", "PRF202", ""),
    ("tests.0.wants", "{total: 1}", "PRF201", ""),
]
# A key with a new name: place of the mapping · old key · new key · code
NAMES: list[Row] = [
    ("inputs", "budget", "as_of", "PRF216"),
    ("inputs", "budget", "unit", "PRF216"),
    ("inputs", "budget", "全年-预算", "PRF214"),
    ("inputs", "budget", "①", "PRF214"),
    ("inputs", "budget", "x-budget", "PRF214"),
    ("derive", "share", "rate", "PRF216"),
    ("parameters", "pool", "min", "PRF216"),
    ("inputs.targets.columns", "name", "a b", "PRF214"),
    ("report", "light", "2a", "PRF214"),
]


def place_of(text: str) -> Path:
    """Return a place written with dots."""
    return tuple(int(step) if step.isdigit() else step for step in text.split(".") if step)


@pytest.mark.parametrize(
    ("kind", "row"), [("ruleset", row) for row in RULESET] + [("cases", row) for row in CASES]
)
def test_one_change_one_fault(kind: str, row: Row) -> None:
    where, text, code, below = row
    place = place_of(where)
    value = shaped.good(kind)
    shaped.parent(value, place)[place[-1]] = read_document(f"v: {text}", "v").value["v"]
    found = shaped.faults_of(kind, value)
    assert len(found) == 1, "\n".join(map(str, found))
    assert (found[0].code, found[0].path) == (code, place + place_of(below))


@pytest.mark.parametrize(("where", "old", "new", "code"), NAMES)
def test_a_name_that_cannot_be(where: str, old: str, new: str, code: str) -> None:
    place = place_of(where)
    value = shaped.good("ruleset")
    shaped.renamed(shaped.parent(value, (*place, old)), old, new)
    (found,) = shaped.faults_of("ruleset", value)
    assert (found.code, found.path) == (code, (*place, new))


@pytest.mark.parametrize("name", ["预算_2022", "_a", "Level2", "a" * 64, "〇三", "unit_of"])
def test_a_name_that_may_be(name: str) -> None:
    value = shaped.good("ruleset")
    shaped.renamed(value["inputs"], "remark", name)
    assert shaped.faults_of("ruleset", value) == []


@pytest.mark.parametrize("version", ["1.0", "0.1", "2020.10", "1.2.3"])
def test_a_version_that_may_be(version: str) -> None:
    value = shaped.good("ruleset")
    value["version"] = Scalar(version, quoted=True)
    assert shaped.faults_of("ruleset", value) == []


def test_all_faults_at_once_in_source_order() -> None:
    text = """\
ruleset: a.b
version: 1.0
title: 甲
totl: 100
inputs:
  budget: {type: money}
  level: {type: choice, of: []}
gates:
  - {id: if, when: a, then: {grade: 差, zero: x}}
"""
    read, found = shaped.shape(text)
    assert read is None
    assert [(item.code, item.span.line) for item in found if item.span] == [
        ("PRF217", 2),
        ("PRF201", 4),
        ("PRF225", 6),
        ("PRF213", 7),
        ("PRF216", 9),
        ("PRF222", 9),
    ]


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("rulset: a.b\n", "PRF219", "ruleset"),
        ("规则: a.b\n", "PRF219", ""),
        ('version: "1.0"\nruleset: a.b\n', "PRF220", "top"),
        ("library: a.b\n", "PRF231", "ruleset"),
        ("portfolio: a.b\n", "PRF231", "ruleset"),
        ("x-note: a\n", "PRF212", "ruleset"),
    ],
)
def test_the_kind_of_a_document(text: str, code: str, hint: str) -> None:
    read, (found,) = shaped.shape(text)
    assert read is None
    assert found.code == code
    assert hint in found.hint.en
    assert found.message.zh
