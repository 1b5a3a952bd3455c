"""Results as pages for people: depths, alignment, signs that any console can print."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.engine.render.words import STATES
from perfrules.engine.result import State
from perfrules.errors import Lang, Text, width
from perfrules.lang.plan import Grade
from perfrules.report.text import DEPTHS, Depth, next_grade, to_text
from tests.sample_results import EMPTY, EVERYTHING, EXECUTION, RESULT, line

GRADES = (
    Grade("优", Decimal(90)),
    Grade("良", Decimal(80)),
    Grade("中", Decimal(60)),
    Grade("差", Decimal(0)),
    Grade("未能证明", None),
)


def rows(text: str) -> Iterator[str]:
    yield from text.splitlines()


def test_a_page_says_who_what_and_how_much() -> None:
    first, second, third, *_ = rows(to_text(RESULT))
    assert first == "湖北省项目支出绩效自评 (hubei.project_self_evaluation 1.0)"
    assert second == "单位：某小学  评价日期：2022-12-31"
    assert third == "总分：92.85 / 100  等级：优"


def test_completeness_is_shown_where_it_is_not_whole() -> None:
    assert "完整度" not in to_text(RESULT)
    assert "完整度：95%" in to_text(EVERYTHING)


def test_every_line_stands_with_its_reason_below() -> None:
    text = list(rows(to_text(RESULT)))
    place = next(place for place, row in enumerate(text) if row.startswith("预算执行率"))
    assert text[place].split() == ["预算执行率", "20", "15.85", "79.27%"]
    assert text[place + 1] == "    20 × 1585.4万元 ÷ 2000万元 = 15.854，计15.85"


def test_children_are_indented_below_their_branch() -> None:
    assert "\n年度绩效目标 " in to_text(RESULT)
    assert "\n  受助人数 " in to_text(RESULT)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_columns_are_aligned_for_a_terminal(lang: Lang) -> None:
    table = [row for row in rows(to_text(RESULT, lang)) if row.endswith("%")]
    assert len(table) == 4
    assert len({width(row) for row in table}) == 1


def test_a_long_title_takes_a_line_of_its_own() -> None:
    long = replace(RESULT, indicators=(replace(EXECUTION, title=Text("指标" * 40)),))
    text = list(rows(to_text(long)))
    place = text.index("指标" * 40)
    assert text[place + 1].split() == ["20", "15.85", "79.27%"]


def test_a_state_is_a_word_and_never_a_zero() -> None:
    row = next(row for row in rows(to_text(EVERYTHING)) if "满意度" in row)
    assert row.split() == ["满意度", "[不适用]", "30", "-", "-"]


def test_a_summary_names_what_cost_most_first() -> None:
    text = list(rows(to_text(RESULT, "zh", "summary")))
    place = text.index("失分最多")
    assert text[place + 1] == "  -4.15  预算执行率"
    assert text[place + 3] == "  -3  受助人数"


def test_a_summary_of_many_lines_stays_short() -> None:
    # 30 indicators of 3.33 and 3.34 that lost everything: 100 points, 5 named, 25 counted.
    many = [line(f"i{n}", "3.34" if n == 29 else "3.33", "0.00") for n in range(30)]
    text = to_text(replace(RESULT, indicators=tuple(many), decisions=()), "zh", "summary")
    assert text.count("-3.3") == 5
    # 24 × 3.33 + 1 × 3.33: the costliest, 3.34, is named first.
    assert "另有 25 项失分，共 83.25 分" in text
    assert len(text.splitlines()) <= 12


def test_nothing_lost_is_said() -> None:
    full = replace(RESULT, indicators=(line("execution", "20", "20.00"),))
    assert "没有失分" in to_text(full, "zh", "summary")


def test_gates_that_did_not_fire_are_told_in_full_only() -> None:
    assert "截留挪用" not in to_text(RESULT)
    assert "截留挪用  未触发" in to_text(RESULT, "zh", "full")
    assert "截留挪用  等级定为 差" in to_text(EVERYTHING)


def test_adjustments_findings_and_decisions_follow() -> None:
    text = to_text(EVERYTHING)
    assert "人工核定  受助人数  47 (原为 50)  发放延迟" in text
    assert "加减分  创新  +5  省级表彰" in text
    assert "预算执行率偏低\n    建议：加快支付进度" in text
    assert "压减预算 (cut_budget)  金额：41.46万元  期限：2023-03-31" in text
    assert "light = 黄" in text


def test_full_depth_tells_where_everything_comes_from() -> None:
    text = to_text(EVERYTHING, "zh", "full")
    parts = "依据：鄂财绩发〔2020〕3号|方法：proportional|９８ 读作 98|sha256:aaaa|无服务对象"
    for part in parts.split("|"):
        assert part in text
        assert part not in to_text(EVERYTHING, "zh", "rule")


def test_nothing_assessed_gives_a_sentence() -> None:
    assert "没有可计分的指标，不给总分和等级" in to_text(EMPTY)
    assert "总分：" not in to_text(EMPTY)


def test_english_words_with_titles_where_there_are_some() -> None:
    text = to_text(RESULT, "en")
    assert "total: 92.85 / 100  grade: 优" in text
    assert "\nannual goals " in text
    assert "\n  受助人数 " in text  # has no English title


@pytest.mark.parametrize(
    ("total", "grade", "want"),
    [
        # Distances by subtraction: 90 - 89.99, 80 - 60, none above the best.
        ("89.99", "良", ("优", Decimal("0.01"))),
        ("60", "中", ("良", Decimal(20))),
        ("92.85", "优", None),
        # Fixed by a gate: the points for 良 are there already, 优 is the next that points earn.
        ("85", "差", ("优", Decimal(5))),
        ("95", "差", None),
        ("50", "没有这个等级", None),
    ],
)
def test_the_distance_to_the_next_grade(
    total: str, grade: str, want: tuple[str, Decimal] | None
) -> None:
    assert next_grade(replace(RESULT, total=Decimal(total), grade=grade), GRADES) == want


def test_the_distance_is_printed_with_the_grades() -> None:
    low = replace(RESULT, total=Decimal("89.99"), grade="良")
    assert "距 优 还差 0.01 分" in to_text(low, grades=GRADES)
    assert "还差" not in to_text(low)


def test_one_indicator_alone() -> None:
    text = to_text(RESULT, indicator="goals")
    assert "受助人数" in text
    assert "预算执行率" not in text
    with pytest.raises(KeyError):
        to_text(RESULT, indicator="nothing")


@pytest.mark.parametrize("result", [RESULT, EVERYTHING, EMPTY])
@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_gbk_console_can_print_it(result: object, depth: Depth, lang: Lang) -> None:
    text = to_text(result, lang, depth)  # type: ignore[arg-type] # parametrised
    assert text.encode("gbk").decode("gbk") == text


def test_the_result_explains_itself() -> None:
    assert RESULT.explain("en", "full", grades=GRADES) == to_text(
        RESULT, "en", "full", grades=GRADES
    )


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=40))
def test_no_text_moves_the_cursor(name: str) -> None:
    odd = replace(
        RESULT,
        unit=name,
        indicators=(replace(EXECUTION, title=Text(name), because=Text(name)),),
    )
    text = to_text(odd)
    assert text.replace("\n", "").isprintable()
    assert all(row.rstrip() for row in text.split("\n\n")[0].splitlines())


def test_every_state_has_a_word() -> None:
    for state in State:
        text = to_text(replace(RESULT, indicators=(replace(EXECUTION, state=state),)))
        assert state is State.SCORED or STATES[state].zh in text
