"""Admission: whole units in, everything wrong at once or values that can be trusted."""

import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from string import Formatter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.engine.facts import Adjust, Allow, Facts, Waiver, admit
from perfrules.errors import FactsError, Text
from perfrules.lang.ballots import Ballot, PanelFact, SurveyFact
from perfrules.lang.cells import TargetCell
from perfrules.lang.document import Scalar
from perfrules.lang.plan import ForEach, Indicator, InputPlan, Places, Plan, Rounding
from perfrules.lang.tree import Const, Expr
from perfrules.lang.types import DATE, FLAG, MISSING, NUMBER, PERCENT, TARGET, TEXT, Kind, Type
from perfrules.messages.facts import MESSAGES

BLOCKS = ("产出指标", "效益指标")
LEVELS = ("很满意", "满意", "不满意")
KEY = Expr("t.name", Const(TEXT, 0, 0, ""), frozenset(), frozenset(), ())

INPUTS = (
    InputPlan("budget", Type(Kind.MONEY, "万元"), Text("全年预算数", "Budget"), min=Decimal(0)),
    InputPlan("students", NUMBER, Text("受助人数"), whole=True, required=False),
    InputPlan("rate", PERCENT, Text(), min=Decimal(0), max=Decimal(1), required=False),
    InputPlan("light", Type(Kind.CHOICE, of=("优", "良", "中")), Text(), required=False),
    InputPlan("steps", Type(Kind.CHOICES, of=("①", "②", "③")), Text(), required=False),
    InputPlan("misused", FLAG, Text("存在截留挪用"), required=False),
    InputPlan("due", DATE, Text(), max=date(2025, 12, 31), required=False),
    InputPlan("note", TEXT, Text(), required=False),
    InputPlan("code", TEXT, Text(), pattern="[0-9]{5}", required=False),
    InputPlan("days", NUMBER, Text(), default=Decimal(30), required=False),
    InputPlan("survey", Type(Kind.SURVEY), Text("满意度"), levels=LEVELS, required=False),
    InputPlan(
        "grouped", Type(Kind.SURVEY), Text(), levels=LEVELS, groups=("学生", "家长"), required=False
    ),
    InputPlan("jury", Type(Kind.PANEL), Text("专家评分"), required=False),
    InputPlan(
        "goals",
        Type(Kind.TABLE),
        Text("绩效目标表"),
        required=False,
        columns=(
            InputPlan("block", Type(Kind.CHOICE, of=BLOCKS), Text("指标类型"), default=BLOCKS[0]),
            InputPlan("name", TEXT, Text("指标名称")),
            InputPlan("target", TARGET, Text("目标值"), required=False),
            InputPlan("actual", TEXT, Text("实际完成值"), required=False),
            InputPlan("points", NUMBER, Text("分值"), min=Decimal(0), required=False),
        ),
        max_rows=50,
    ),
)


def indicator(name: str, *children: Indicator, rows: bool = False) -> Indicator:
    each = ForEach("t", "goals", None, KEY, None, None) if rows else None
    return Indicator(name, (name,), Text(), None, None, None, children, for_each=each)


PLAN = Plan(
    id="test",
    version="1.0",
    title=Text("测试"),
    digest="sha256:0",
    text="",
    places=Places("test.yaml", {}),
    total=Decimal(100),
    rounding=Rounding(2, "half_up"),
    total_rounding=Rounding(2, "half_up"),
    aggregate="sum",
    inputs=INPUTS,
    parameters=(),
    derived=(),
    indicators=(indicator("execution"), indicator("all", indicator("rows", rows=True))),
    adjustments=(),
    gates=(),
    grades=(),
    match="all",
    decisions=(),
    report=(),
)
OK: Mapping[str, object] = {"budget": "107.78"}


def admitted(plan: Plan = PLAN, /, **given: object) -> Facts:
    return admit(plan, {**OK, **given})


def refused(plan: Plan = PLAN, /, **given: object) -> list[tuple[str, str]]:
    """Return code and Chinese sentence of everything that is refused."""
    with pytest.raises(FactsError) as caught:
        admit(plan, {**OK, **given})
    return [(item.code, item.message.zh) for item in caught.value.diagnostics]


def codes(plan: Plan = PLAN, /, **given: object) -> list[str]:
    return [code for code, _ in refused(plan, **given)]


def test_every_input_is_there_and_in_its_base_unit() -> None:
    facts = admitted(students="1,240", rate="98%", light="良 ", misused="否")
    assert list(facts.values) == [item.id for item in INPUTS]
    assert facts.values["budget"] == Decimal(1_077_800)
    assert facts.values["students"] == Decimal(1240)
    assert facts.values["rate"] == Decimal("0.98")
    assert facts.values["light"] == "良"
    assert facts.values["misused"] is False
    assert facts.values["note"] is MISSING
    assert facts.defaulted == ("days",)
    assert facts.values["days"] == Decimal(30)


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("budget", 107.78, Decimal(1_077_800)),
        ("budget", Decimal("107.78"), Decimal(1_077_800)),
        ("budget", "1.2亿元", Decimal(120_000_000)),
        ("students", 940, Decimal(940)),
        ("misused", True, True),
        ("misused", 0, False),
        ("misused", Decimal(1), True),
        ("due", date(2024, 1, 5), date(2024, 1, 5)),
        ("due", datetime(2024, 1, 5), date(2024, 1, 5)),  # noqa: DTZ001 - a naive midnight
        ("note", Decimal("1.10"), "1.10"),
        ("note", 940, "940"),
        ("code", "00123", "00123"),
        ("steps", ["③", "①"], frozenset("①③")),
        ("steps", {"①"}, frozenset("①")),
        ("steps", "①,②", frozenset("①②")),
        ("steps", [], frozenset()),
        ("budget", Scalar("1,000"), Decimal(10_000_000)),
        ("note", Scalar("~"), MISSING),
        ("note", Scalar("~", quoted=True), "~"),
    ],
)
def test_values_of_programs_and_documents(name: str, given: object, expected: object) -> None:
    value = admitted(**{name: given}).values[name]
    assert value is MISSING if expected is MISSING else value == expected
    assert type(value) is type(expected)


@pytest.mark.parametrize(
    ("name", "given", "code"),
    [
        ("budget", None, "PRF502"),
        ("budget", "—", "PRF502"),
        ("budget", "-1", "PRF511"),
        ("budget", True, "PRF518"),
        ("budget", float("nan"), "PRF503"),
        ("budget", Decimal("Infinity"), "PRF503"),
        ("budget", Decimal("sNaN"), "PRF503"),
        ("budget", {"v": 98}, "PRF518"),
        ("budget", 10**400, "PRF510"),
        ("students", 1.5, "PRF508"),
        ("students", -1, "PRF508"),
        ("rate", "98", "PRF506"),
        ("rate", 0.98, "PRF506"),
        ("rate", "101%", "PRF511"),
        ("light", "差", "PRF514"),
        ("light", True, "PRF518"),
        ("steps", ["①", "④"], "PRF514"),
        ("steps", ["①", None], "PRF518"),
        ("steps", ["①"] * 4, "PRF514"),
        ("misused", 2, "PRF518"),
        ("misused", Decimal("sNaN"), "PRF503"),
        ("misused", 1.0, "PRF518"),
        ("due", datetime(2024, 1, 5, 8), "PRF518"),  # noqa: DTZ001 - what a naive caller gives
        ("due", 45296, "PRF518"),
        ("due", "2026-01-01", "PRF511"),
        ("note", True, "PRF518"),
        ("note", b"x", "PRF518"),
        ("code", 123, "PRF518"),
        ("code", "123", "PRF515"),
    ],
)
def test_one_refused_value(name: str, given: object, code: str) -> None:
    assert codes(**{name: given}) == [code]


def test_everything_wrong_is_said_at_once_with_title_and_id() -> None:
    found = refused(budget="1.2亿", students="九十八", rate="98", bugdet=1)
    assert [code for code, _ in found] == ["PRF501", "PRF507", "PRF503", "PRF506"]
    assert found[1][1] == (
        "全年预算数（budget）填的“1.2亿”中的单位“亿”不全或不合适，应填以万元计的金额"
    )
    assert found[2][1] == "受助人数（students）填的“九十八”不是数，应填一个数"


def test_an_unknown_key_comes_with_the_nearest_one() -> None:
    with pytest.raises(FactsError) as caught:
        admitted(studnets=3)
    (problem,) = caught.value.diagnostics
    assert problem.code == "PRF501"
    assert problem.hint.en == "did you mean students?"
    assert problem.path == ("studnets",)
    assert problem.value == "studnets"
    assert codes(全年预算数=3) == ["PRF501"]  # a title is a heading, not a key


def test_a_note_of_one_s_own_is_left_alone() -> None:
    assert admitted(**{"x-source": object()}).values == admitted().values


def test_a_range_is_told_in_the_declared_unit() -> None:
    ((_, sentence),) = refused(budget="-1")
    assert sentence == "全年预算数（budget）填的-1超出范围，应不小于0万元"
    ((_, sentence),) = refused(rate="120%")
    assert sentence == "rate填的120%超出范围，应在0%至100%之间"


def test_what_was_normalised_is_noted_with_its_input() -> None:
    facts = admitted(budget="￥１２０", note=" 甲 ")
    assert [note.zh for note in facts.notes] == [
        "全年预算数（budget）：全角字符按半角读（￥１２０）",
        "全年预算数（budget）：删去了货币符号（￥１２０）",
        "note：删去了首尾空格（ 甲 ）",
    ]
    assert admitted().notes == ()


# Tables

ROW = {"block": "产出指标", "name": "受助人数", "target": "≥940人", "actual": "940人", "points": 10}


def rows(*given: object) -> tuple[Mapping[str, object], ...]:
    found = admitted(goals=list(given)).values["goals"]
    assert isinstance(found, tuple)
    return found


def test_a_table_is_a_tuple_of_complete_rows() -> None:
    first, second = rows(ROW, {"name": "满意度"})
    assert first["target"] == TargetCell("at_least", "≥940人", Decimal(940), unit="人")
    assert first["points"] == Decimal(10)
    assert list(second) == ["block", "name", "target", "actual", "points"]
    assert second["target"] is MISSING
    assert second["block"] == BLOCKS[0]
    assert admitted(goals=[ROW, {"name": "满意度"}]).defaulted == ("days", "goals.block")


def test_an_optional_table_may_be_missing_and_an_empty_one_is_no_missing_one() -> None:
    assert admitted().values["goals"] is MISSING
    assert rows() == ()


@pytest.mark.parametrize(
    ("row", "code", "words"),
    [
        ({**ROW, "points": "十"}, "PRF503", "绩效目标表（goals）第2行的分值（points）填的“十”"),
        ({**ROW, "points": "#REF!"}, "PRF504", "第2行的分值（points）"),
        ({**ROW, "block": "产出"}, "PRF514", "第2行的指标类型（block）填的“产出”"),
        ({**ROW, "name": "—"}, "PRF502", "第2行的指标名称（name）没有值"),
        ({**ROW, "nmae": "x"}, "PRF519", "绩效目标表（goals）第2行没有nmae这一列或项"),
        (["产出指标"], "PRF518", "绩效目标表（goals）第2行应填“列: 值”的对照，这里是一个列表"),
    ],
)
def test_a_problem_in_a_table_names_row_and_column(row: object, code: str, words: str) -> None:
    ((found, sentence),) = refused(goals=[ROW, row])
    assert found == code
    assert words in sentence


def test_the_path_of_a_problem_in_a_table_leads_to_the_cell() -> None:
    with pytest.raises(FactsError) as caught:
        admitted(goals=[ROW, {**ROW, "points": "十"}])
    assert caught.value.diagnostics[0].path == ("goals", 1, "points")


def test_rows_are_counted() -> None:
    assert codes(goals=[ROW] * 51) == ["PRF520"]
    assert codes(goals={"name": ["甲"]}) == ["PRF518"]
    table = replace(INPUTS[-1], min_rows=2, max_rows=None)
    plan = replace(PLAN, inputs=(INPUTS[0], table))
    assert codes(plan, goals=[ROW]) == ["PRF520"]
    assert codes(plan, goals=[ROW] * 10_001) == ["PRF520"]
    assert len(admitted(plan, goals=[ROW] * 10_000).values["goals"]) == 10_000  # type: ignore[arg-type] # a tuple


# Questionnaires and panels

ANSWERS = {"很满意": 20, "满意": "10", "不满意": 2}


def test_a_survey_is_counts_by_level() -> None:
    fact = admitted(survey={**ANSWERS, "issued": 36}).values["survey"]
    assert fact == SurveyFact({None: {"很满意": 20, "满意": 10, "不满意": 2}}, 36)


def test_a_survey_by_group() -> None:
    fact = admitted(grouped={"issued": 70, "学生": ANSWERS, "家长": ANSWERS}).values["grouped"]
    assert isinstance(fact, SurveyFact)
    assert list(fact.groups) == ["学生", "家长"]
    assert fact.returned == 64
    undeclared = admitted(survey={"甲校": ANSWERS}).values["survey"]
    assert isinstance(undeclared, SurveyFact)
    assert list(undeclared.groups) == ["甲校"]


@pytest.mark.parametrize(
    ("name", "given", "code"),
    [
        ("survey", {"很满意": 20, "满意": 10}, "PRF521"),
        ("survey", {**ANSWERS, "一般": 3}, "PRF519"),
        ("survey", {**ANSWERS, "满意": 1.5}, "PRF508"),
        ("survey", {**ANSWERS, "满意": "—"}, "PRF521"),
        ("survey", {**ANSWERS, "issued": 31}, "PRF529"),
        ("survey", {**ANSWERS, "甲校": ANSWERS}, "PRF527"),
        ("survey", [1, 2], "PRF518"),
        ("grouped", ANSWERS, "PRF518"),
        ("grouped", {"老师": ANSWERS}, "PRF519"),
    ],
)
def test_a_refused_survey(name: str, given: object, code: str) -> None:
    assert codes(**{name: given}) == [code]


def test_a_panel_is_ballots() -> None:
    given = [{"rater": "甲", "score": 88.5, "group": "专家"}, {"rater": "乙", "score": "92"}]
    assert admitted(jury=given).values["jury"] == PanelFact(
        (Ballot("甲", Decimal("88.5"), "专家"), Ballot("乙", Decimal(92)))
    )


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        ([{"rater": "甲"}], "PRF502", "专家评分（jury）第1行的score没有值"),
        ([{"score": 3}], "PRF502", "rater"),
        ([{"rater": "甲", "score": "优"}], "PRF503", "第1行的score填的“优”"),
        ([{"rater": "甲", "score": 3, "grade": 1}], "PRF519", "grade"),
        ([{"rater": "甲", "score": 3}, {"rater": "甲", "score": 3}], "PRF528", "第2行与第1行"),
        ([3], "PRF518", "第1行"),
        ("甲 88", "PRF518", "专家评分（jury）应填逐行填写的评分"),
    ],
)
def test_a_refused_panel(given: object, code: str, words: str) -> None:
    ((found, sentence),) = refused(jury=given)
    assert found == code
    assert words in sentence


def test_declared_groups_and_items_are_asked_for() -> None:
    jury = InputPlan("jury", Type(Kind.PANEL), Text(), groups=("专家",), items=("一", "二"))
    plan = replace(PLAN, inputs=(INPUTS[0], jury))
    row = {"rater": "甲", "score": 3, "group": "专家", "item": "一"}
    assert admitted(plan, jury=[row, {**row, "item": "二"}]).values["jury"]
    assert codes(plan, jury=[{**row, "group": "代表"}]) == ["PRF514"]
    assert codes(plan, jury=[{"rater": "甲", "score": 3, "group": "专家"}]) == ["PRF502"]


def test_a_thousand_problems_are_listed_and_no_more() -> None:
    with pytest.raises(FactsError) as caught:
        admitted(jury=[{"rater": "甲"}] * 3000)
    assert len(caught.value.diagnostics) == 1000


# Reserved keys


def test_the_unit_is_one_line_of_text() -> None:
    assert admitted(unit=" 某小学 ").unit == "某小学"
    assert admitted(unit=12).unit == "12"
    assert admitted().unit is None
    assert codes(unit="某\n小学") == ["PRF517"]
    assert codes(unit=["某小学"]) == ["PRF518"]


def test_the_date_is_given_once_and_never_today() -> None:
    assert admitted().as_of is None
    assert admitted(as_of="2022-12-31").as_of == date(2022, 12, 31)
    assert admitted(as_of=date(2022, 12, 31)).as_of == date(2022, 12, 31)
    assert admitted(as_of=Scalar("2022-12-31")).as_of == date(2022, 12, 31)
    assert admit(PLAN, OK, date(2022, 12, 31)).as_of == date(2022, 12, 31)
    assert admit(PLAN, {**OK, "as_of": "2022-12-31"}, date(2022, 12, 31)).as_of
    assert codes(replace(PLAN, needs_as_of=True)) == ["PRF524"]
    assert codes(as_of="2022-02-30") == ["PRF513"]
    assert codes(as_of=20221231) == ["PRF518"]
    with pytest.raises(FactsError, match="PRF522"):
        admit(PLAN, {**OK, "as_of": "2022-12-30"}, date(2022, 12, 31))


@pytest.mark.parametrize(
    ("as_of", "in_force"),
    [("2019-12-31", False), ("2020-01-01", True), ("2022-12-31", True), ("2023-01-01", False)],
)
def test_a_ruleset_is_in_force_from_and_until(as_of: str, *, in_force: bool) -> None:
    plan = replace(PLAN, effective_from=date(2020, 1, 1), effective_until=date(2023, 1, 1))
    if in_force:
        assert admitted(plan, as_of=as_of).as_of
    else:
        assert codes(plan, as_of=as_of) == ["PRF523"]


def test_an_adjustment_has_a_score_and_a_reason() -> None:
    given = {"rows[受助人数]": {"score": "7", "reason": "三季度发放延迟"}}
    assert admitted(adjust=given).adjust == {"rows[受助人数]": Adjust(Decimal(7), "三季度发放延迟")}
    assert codes(adjust={"execution": {"score": 7}}) == ["PRF525"]
    assert codes(adjust={"execution": {"score": 7, "reason": " "}}) == ["PRF525"]
    assert codes(adjust={"execution": {"reason": "x"}}) == ["PRF502"]
    assert codes(adjust={"execution": 7}) == ["PRF518"]
    assert codes(adjust=[7]) == ["PRF518"]
    assert codes(adjust={"execution": {"score": 7, "reason": "x", "by": "y"}}) == ["PRF519"]


@pytest.mark.parametrize("name", ["excution", "execution[甲]", "rows[甲", "[甲]", ""])
def test_reserved_keys_name_lines_that_can_be(name: str) -> None:
    assert codes(adjust={name: {"score": 7, "reason": "x"}}) == ["PRF549"]
    assert codes(waive={name: {"reason": "x"}}) == ["PRF549"]
    assert codes(evidence={name: "x"}) == ["PRF549"]


def test_a_waiver_has_a_reason_and_ends_on_the_day_it_expires() -> None:
    given = {"execution": {"reason": "停工检修", "expires": "2023-03-31"}}
    held = admitted(waive=given, as_of="2023-03-30")
    assert held.waive == {"execution": Waiver("停工检修", date(2023, 3, 31))}
    expired = admitted(waive=given, as_of="2023-03-31")
    assert expired.waive == {}
    assert "2023-03-31" in expired.notes[0].zh
    assert codes(waive=given) == ["PRF524"]
    assert codes(waive={"execution": {}}) == ["PRF525"]
    assert admitted(waive={"execution": {"reason": "停工"}}).waive["execution"].expires is None


def test_evidence_and_allow() -> None:
    facts = admitted(
        evidence={"execution": "验收报告第3页"},
        allow=[{"code": "PRF540", "because": "按原表公布的分值复核"}],
    )
    assert facts.evidence == {"execution": "验收报告第3页"}
    assert facts.allow == (Allow("PRF540", "按原表公布的分值复核"),)
    assert codes(allow=[{"code": "PRF541", "because": "x"}]) == ["PRF526"]
    assert codes(allow=[{"code": "PRF540"}]) == ["PRF525"]
    assert codes(allow="PRF540") == ["PRF518"]


# Digest


def test_the_digest_is_of_what_was_admitted_not_of_how_it_was_written() -> None:
    same = [admitted(), admitted(budget="1077800元"), admitted(budget=107.78), admitted(note=None)]
    assert len({facts.digest for facts in same}) == 1
    other = [
        admitted(budget="107.79"),
        admitted(note="甲"),
        admitted(unit="甲"),
        admitted(light="优"),
    ]
    assert len({facts.digest for facts in (*same, *other)}) == 5
    backwards = dict(reversed([*OK.items(), ("note", "甲"), ("rate", "1%")]))
    assert admit(PLAN, backwards).digest == admitted(note="甲", rate="1%").digest


def test_the_digest_covers_every_kind_of_value() -> None:
    given: dict[str, Any] = {
        "steps": "①", "due": "2024-01-05", "survey": ANSWERS, "goals": [ROW],
        "jury": [{"rater": "甲", "score": 1}], "adjust": {"rows": {"score": 1, "reason": "x"}},
    }  # fmt: skip
    assert admitted(**given).digest.startswith("sha256:")
    seen = {admitted(**{name: given[name]}).digest for name in given}
    assert len(seen) == len(given)


# Sentences


@pytest.mark.parametrize("code", MESSAGES)
def test_a_sentence_has_the_same_fields_in_both_languages(code: str) -> None:
    message = MESSAGES[code]
    assert fields(message.zh) == fields(message.en)
    assert fields(message.hint_zh) == fields(message.hint_en)
    assert message.hint_zh or code in ("PRF501", "PRF514", "PRF519")  # those name the nearest one


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


# What a caller may offer


class Evil:
    """Everything it can be asked is a failure of the test."""

    def __getattribute__(self, name: str) -> object:
        raise AssertionError(f"asked for {name}")

    def __eq__(self, other: object) -> bool:
        raise AssertionError("compared")

    def __hash__(self) -> int:
        return 0

    def __str__(self) -> str:
        raise AssertionError("shown")

    __repr__ = __str__

    def __bool__(self) -> bool:
        raise AssertionError("asked for its truth")


class LoudText(str):
    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        raise AssertionError("compared")

    __hash__ = str.__hash__


OFFERED: dict[str, Callable[[], object]] = {
    "object": Evil,
    "text": lambda: LoudText("1"),
    "list": lambda: [Evil()],
    "mapping": lambda: {"execution": Evil()},
    "keys": lambda: {Evil(): 1},
    "function": lambda: len,
    "module": lambda: json,
}


@pytest.mark.parametrize("item", INPUTS, ids=lambda item: item.id)
@pytest.mark.parametrize("kind", OFFERED)
def test_no_value_runs_code_of_its_own(item: InputPlan, kind: str) -> None:
    with pytest.raises(FactsError):
        admit(PLAN, {**OK, item.id: OFFERED[kind]()})


@pytest.mark.parametrize("key", ["unit", "as_of", "adjust", "waive", "evidence", "allow"])
@pytest.mark.parametrize("kind", OFFERED)
def test_no_reserved_value_runs_code_of_its_own(key: str, kind: str) -> None:
    with pytest.raises(FactsError):
        admit(PLAN, {**OK, key: OFFERED[kind]()})


def test_a_key_of_a_caller_s_own_kind_is_refused() -> None:
    with pytest.raises(FactsError, match="PRF501"):
        admit(PLAN, {Evil(): 1, "budget": 1})  # type: ignore[dict-item] # what a caller may do


@pytest.mark.parametrize("kind", OFFERED)
def test_facts_are_a_mapping(kind: str) -> None:
    given = OFFERED[kind]()
    code = "PRF501" if type(given) is dict else "PRF500"
    with pytest.raises(FactsError, match=code):
        admit(PLAN, given)  # type: ignore[arg-type] # what a caller may do


def test_plain_mappings_of_the_standard_library_will_do() -> None:
    assert admit(PLAN, OrderedDict(OK)).digest == admitted().digest


TEXTS = st.text(max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.decimals() | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)
KEYS = st.sampled_from([*(item.id for item in INPUTS), "unit", "as_of", "adjust", "waive", "allow"])


@given(st.dictionaries(KEYS | st.text(max_size=4), JSON, max_size=6))
@settings(max_examples=300, deadline=None)
def test_any_json_gives_facts_or_a_facts_error(given: dict[str, object]) -> None:
    try:
        found: object = admit(PLAN, {**OK, **given})
    except FactsError as error:
        found = error
    assert isinstance(found, (Facts, FactsError))
    if isinstance(found, FactsError):
        assert found.diagnostics
        assert all(item.code.startswith("PRF5") for item in found.diagnostics)
        assert found.render("zh").isprintable() or "\n" in found.render("zh")
