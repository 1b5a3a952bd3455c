"""Which column stands for which input, and what is said where none does."""

import pytest

from perfrules.errors import Text
from tests.sample_csv import (
    BUDGET,
    NOTE,
    SATISFIED,
    SPENT,
    codes,
    given_input,
    read,
    refused,
)


@pytest.mark.parametrize(
    "head",
    [
        "budget,spent",
        "全年预算数,全年执行数",
        "budget of the year,支出（万元）",
        " budget ,支出(万元)",
        "budget,支出﹙万元﹚",
        "ｂｕｄｇｅｔ,全年执行数　",
        "\ufeffbudget,spent",
        '"budget",spent,,',
    ],
)
def test_a_heading_is_an_id_a_title_or_the_declared_column(head: str) -> None:
    (entry,) = read(f"{head}\n100,95\n")
    assert entry.facts == {"budget": "100", "spent": "95"}


def test_a_byte_order_mark_is_no_part_of_the_first_heading() -> None:
    (entry,) = read(b"\xef\xbb\xbfbudget,spent\n100,95\n")
    assert entry.facts == {"budget": "100", "spent": "95"}


@pytest.mark.parametrize(
    ("head", "want"),
    [
        ("budget,spend", ["PRF615", "PRF618"]),
        ("budget,spent,备注", ["PRF615"]),
        ("budget,spent,budget", ["PRF616"]),
        ("budget,spent,全年预算数", ["PRF616"]),
        ("budget", ["PRF618"]),
        ("项目，budget，spent", ["PRF615", "PRF618", "PRF618"]),
        ("budget,,spent", ["PRF615"]),
        ("unit,unit,budget,spent", ["PRF616"]),
    ],
)
def test_headings_are_all_told_at_once(head: str, want: list[str]) -> None:
    assert sorted(codes(refused(f"{head}\n1,2,3,4\n"))) == want


def test_a_misspelt_heading_names_the_nearest_and_the_way_out() -> None:
    unknown, missing = refused("budget,spnet\n1,2\n")
    assert "did you mean spent?" in unknown.hint.en
    assert "--ignore spnet" in unknown.hint.en
    assert "全年执行数" in missing.message.zh


def test_a_title_of_two_inputs_is_ambiguous_and_not_also_missing() -> None:
    other = given_input("aid", title=Text("金额"))
    more = given_input("wage", title=Text("金额"))
    (problem,) = refused("金额\n1\n", other, more)
    assert problem.code == "PRF617"
    assert "aid, wage" in problem.message.zh


def test_an_id_wins_over_another_input_s_title() -> None:
    other = given_input("aid", title=Text("wage"), required=False)
    (entry,) = read("wage\n1\n", other, given_input("wage"))
    assert entry.facts == {"wage": "1"}


def test_columns_that_are_not_needed_are_left_by_name() -> None:
    (entry,) = read("序号,budget,spent,x-note\n1,100,95,hm\n", ignore=("序号",))
    assert entry.facts == {"budget": "100", "spent": "95"}


@pytest.mark.parametrize("option", [{"ignore": ("序号",)}, {"id": "编号"}, {"key": "编号"}])
def test_an_option_that_names_no_column_is_refused(option: dict[str, object]) -> None:
    assert codes(refused("budget,spent\n1,2\n", **option)) == ["PRF621"]


def test_an_optional_input_needs_no_column() -> None:
    (entry,) = read("budget,spent\n1,2\n", BUDGET, SPENT, NOTE)
    assert entry.facts == {"budget": "1", "spent": "2"}


def test_empty_cells_beyond_the_headings_are_nothing() -> None:
    (entry,) = read("budget,spent\n1,2,,\n")
    assert entry.facts == {"budget": "1", "spent": "2"}


@pytest.mark.parametrize("sign", ["，", ";", "\t"])
def test_another_delimiter_is_named(sign: str) -> None:
    problem = refused(sign.join(["unit", "budget", "spent"]) + "\n1\n")[0]
    assert "--delimiter" in problem.hint.en


def test_a_survey_has_a_column_a_level() -> None:
    (entry,) = read("satisfied.好,满意度.差,satisfied.issued\n12,,20\n", SATISFIED)
    assert entry.facts == {"satisfied": {"好": "12", "issued": "20"}}
    assert entry.headings == {"satisfied": "satisfied.好"}
