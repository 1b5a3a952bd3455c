"""CSV becomes units: headings, rows, encodings, tables joined by a key."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.errors import Diagnostic, Text, UsageError
from perfrules.files.csv import CsvOptions, read_csv
from perfrules.files.entry import Entry, Source
from perfrules.files.headings import fold
from perfrules.lang.plan import InputPlan
from perfrules.lang.types import Kind, Type


def given_input(name: str, kind: Kind = Kind.NUMBER, **others: object) -> InputPlan:
    values: dict[str, object] = {"title": Text(), **others}
    return InputPlan(id=name, type=Type(kind), **values)  # type: ignore[arg-type] # a test's shorthand


BUDGET = given_input("budget", title=Text("全年预算数", "budget of the year"))
SPENT = given_input("spent", title=Text("全年执行数"), column="支出（万元）")
NOTE = given_input("remark", Kind.TEXT, required=False)
TARGETS = given_input(
    "targets",
    Kind.TABLE,
    title=Text("绩效目标表"),
    columns=(given_input("name", Kind.TEXT), given_input("target", Kind.TARGET)),
)
JURY = given_input("jury", Kind.PANEL)
SATISFIED = given_input("satisfied", Kind.SURVEY, title=Text("满意度"), levels=("好", "差"))


def source(text: str | bytes, name: str = "facts.csv") -> Source:
    data = text if isinstance(text, bytes) else text.encode()
    return Source(name, lambda: BytesIO(data))


def read(text: str | bytes, *inputs: InputPlan, **options: object) -> list[Entry]:
    found = read_csv(
        source(text),
        inputs or (BUDGET, SPENT),
        CsvOptions(**options),  # type: ignore[arg-type]
    )
    entries = list(found)
    assert found.total is not None
    assert found.total <= len(entries)
    return entries


def refused(text: str | bytes, *inputs: InputPlan, **options: object) -> tuple[Diagnostic, ...]:
    with pytest.raises(UsageError) as error:
        read(text, *inputs, **options)
    return error.value.diagnostics


def codes(items: tuple[Diagnostic, ...]) -> list[str]:
    return [item.code for item in items]


def test_a_row_is_a_unit() -> None:
    (entry,) = read("unit,budget,spent\nP001,100,95\n")
    assert (entry.row, entry.unit) == (2, "P001")
    assert entry.facts == {"unit": "P001", "budget": "100", "spent": "95"}


@pytest.mark.parametrize(
    "head",
    [
        "budget,spent",
        "全年预算数,全年执行数",
        "budget of the year,支出（万元）",
        " budget ,支出(万元)",
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


def test_gbk_is_read_where_it_is_declared() -> None:
    text = "单位,budget,spent\n某小学,100,95\n"
    (entry,) = read(text.encode("gbk"), encoding="gbk", id="单位")
    assert entry.unit == "某小学"


def test_gbk_is_never_guessed_but_named() -> None:
    (problem,) = refused("unit,budget,spent\nA,1,2\n天门市小学,100,95\n".encode("gbk"))
    assert problem.code == "PRF606"
    assert "--encoding gbk" in problem.hint.en
    assert problem.span is not None
    assert problem.span.line == 3
    assert "cc ec c3 c5" in problem.message.en  # 天门 in GBK


def test_a_word_that_is_sound_in_two_encodings_is_not_taken_for_either() -> None:
    # 某小学 in GBK is c4b3 d0a1 d1a7, in UTF-8 ĳСѧ.
    data = "unit,budget,spent\n某小学,100,95\n".encode("gbk")
    (problem,) = refused(data)
    assert problem.code == "PRF627"
    assert "ĳСѧ" in problem.message.en
    assert "某小学" in problem.message.zh
    assert read(data, encoding="gbk")[0].unit == "某小学"
    assert read(data, encoding="utf-8")[0].unit == "ĳСѧ"
    assert read(data + "天门,1,2\n".encode())[0].unit == "ĳСѧ"  # Chinese in UTF-8: it is UTF-8


@pytest.mark.parametrize("unit", ["m²", "café", "天门±5"])
def test_single_signs_of_two_bytes_are_no_doubt(unit: str) -> None:
    assert read(f"unit,budget,spent\n{unit},100,95\n")[0].unit == unit


def test_utf_16_is_named() -> None:
    (problem,) = refused("unit\tbudget\nA\t1\n".encode("utf-16"))
    assert problem.code == "PRF606"
    assert "--encoding utf-16" in problem.hint.zh


def test_utf_16_is_read_where_it_is_declared() -> None:
    (entry,) = read("budget\tspent\n100\t95\n".encode("utf-16"), encoding="utf-16", delimiter="\t")
    assert entry.facts == {"budget": "100", "spent": "95"}


def test_an_unknown_encoding_is_a_sentence() -> None:
    assert codes(refused("budget,spent\n1,2\n", encoding="rot13")) == ["PRF607"]


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


def test_the_unit_s_column_may_be_an_input_too() -> None:
    ident = given_input("project_id", Kind.TEXT)
    (entry,) = read("project_id\nP1\n", ident, id="project_id")
    assert entry.facts == {"unit": "P1", "project_id": "P1"}


def test_the_date_has_a_column_of_its_own() -> None:
    first, second = read("budget,spent,as_of\n1,2,2022-12-31\n1,2,\n")
    assert first.facts is not None
    assert first.facts["as_of"] == "2022-12-31"
    assert second.facts == {"budget": "1", "spent": "2"}


def test_rows_are_counted_by_lines_of_the_file() -> None:
    text = 'unit,budget,spent,remark\n\nA,1,2,"a\nb"\n,,,\nB,3,4,""\n'
    first, second = read(text, BUDGET, SPENT, NOTE)
    assert (first.row, second.row) == (3, 6)
    assert first.facts is not None
    assert first.facts["remark"] == "a\nb"


@pytest.mark.parametrize("row", ["A,1", "A,1,234,95", "A"])
def test_a_ragged_row_is_rejected_and_the_others_go_on(row: str) -> None:
    bad, good = read(f"unit,budget,spent\n{row}\nB,1,2\n")
    assert bad.facts is None
    assert codes(bad.problems) == ["PRF619"]
    assert bad.row == 2
    assert good.unit == "B"


def test_empty_cells_beyond_the_headings_are_nothing() -> None:
    (entry,) = read("budget,spent\n1,2,,\n")
    assert entry.facts == {"budget": "1", "spent": "2"}


def test_an_empty_cell_stays_for_admission_to_judge() -> None:
    (entry,) = read("budget,spent\n1,\n")
    assert entry.facts == {"budget": "1", "spent": ""}


def test_a_control_sign_rejects_the_row_and_names_the_column() -> None:
    bad, good = read("unit,budget,spent\nA,1\x00,2\nB,1,2\n")
    (problem,) = bad.problems
    assert (problem.code, problem.path) == ("PRF620", ("budget",))
    assert good.facts is not None


@pytest.mark.parametrize("second", ["P001", " p001 ", "Ｐ００１"])
def test_a_unit_twice_is_rejected_the_second_time(second: str) -> None:
    first, again = read(f"unit,budget,spent\nP001,1,2\n{second},1,2\n")
    assert first.facts is not None
    (problem,) = again.problems
    assert problem.code == "PRF623"
    assert "row 3 of facts.csv already stands in row 2" in problem.message.en


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('budget,spent\n1,2\n"1,2\n', "PRF613", 3),
        ('budget,spent\n1,2\n"1"x,2\n', "PRF613", 3),
        ("", "PRF612", 1),
        ("budget,spent\n", "PRF612", 1),
        ("budget,spent\n,\n", "PRF612", 1),
        (",".join(f"c{n}" for n in range(1001)), "PRF614", 1),
        ("budget,spent\n" + "9" * 1_000_001, "PRF614", 2),
        ('budget,spent\n1,"' + "9" * 200_000 + '"', "PRF614", 2),
    ],
)
def test_a_file_that_is_not_sound_is_refused_whole(text: str, code: str, line: int) -> None:
    (problem,) = refused(text)
    assert problem.code == code
    assert problem.span is not None
    assert problem.span.line == line


@pytest.mark.parametrize("sign", ["，", ";", "\t"])
def test_another_delimiter_is_named(sign: str) -> None:
    problem = refused(sign.join(["unit", "budget", "spent"]) + "\n1\n")[0]
    assert "--delimiter" in problem.hint.en


def test_another_delimiter_is_read_where_it_is_declared() -> None:
    (entry,) = read("budget;spent\n1,5;2\n", delimiter=";")
    assert entry.facts == {"budget": "1,5", "spent": "2"}


def test_a_survey_has_a_column_a_level() -> None:
    (entry,) = read("satisfied.好,满意度.差,satisfied.issued\n12,,20\n", SATISFIED)
    assert entry.facts == {"satisfied": {"好": "12", "issued": "20"}}
    assert entry.headings == {"satisfied": "satisfied.好"}


def test_evidence_has_a_column_an_indicator() -> None:
    first, second = read("budget,spent,evidence.execution\n1,2,第3页\n1,2,\n")
    assert first.facts is not None
    assert first.facts["evidence"] == {"execution": "第3页"}
    assert second.facts is not None
    assert "evidence" not in second.facts


# Tables.

MAIN = "project_id,budget,spent\nP001,100,95\nP002,1,1\n"


def joined(table: str, main: str = MAIN) -> list[Entry]:
    return read(
        main,
        BUDGET,
        SPENT,
        TARGETS,
        key="project_id",
        tables={"targets": source(table, "targets.csv")},
    )


def test_a_table_is_joined_by_its_key_and_may_be_empty() -> None:
    first, second = joined("project_id,name,target\np001,人数,≥940人\nP001 ,资金,=1\n")
    assert first.facts is not None
    assert first.facts["targets"] == [
        {"name": "人数", "target": "≥940人"},
        {"name": "资金", "target": "=1"},
    ]
    assert second.facts is not None
    assert second.facts["targets"] == []
    assert second.unit == "P002"  # the key names the unit where no other column does


def test_the_order_of_a_table_s_rows_stays_and_that_of_files_does_not_matter() -> None:
    one = joined("project_id,name,target\nP002,c,1\nP001,a,1\nP001,b,1\n")[0]
    two = joined("project_id,name,target\nP001,a,1\nP002,c,1\nP001,b,1\n")[0]
    assert one.facts == two.facts


def test_rows_of_nobody_are_rejected_by_name() -> None:
    entries = joined("project_id,name,target\nP009,人数,1\nP001,b,1\n,x,1\n")
    assert len(entries) == 4
    assert [entry.facts is None for entry in entries] == [False, False, True, True]
    (problem,) = entries[2].problems
    assert problem.code == "PRF622"
    assert str(problem.span) == "targets.csv:2:1"
    assert "P009" in problem.message.zh
    assert entries[3].row == 4


def test_a_table_s_bad_row_rejects_its_unit() -> None:
    first, second = joined("project_id,name,target\nP001,人数\nP001,b,1\n")
    assert first.facts is None
    assert codes(first.problems) == ["PRF619"]
    assert str(first.problems[0].span) == "targets.csv:2:1"
    assert second.facts is not None


def test_a_table_without_the_key_is_refused_with_its_other_faults() -> None:
    with pytest.raises(UsageError) as error:
        joined("id,name,targte\nP001,a,1\n")
    assert sorted(codes(error.value.diagnostics)) == ["PRF615", "PRF615", "PRF618", "PRF621"]


def test_a_table_needs_a_file_of_its_own() -> None:
    (problem,) = refused("budget,spent\n1,2\n", BUDGET, SPENT, TARGETS)
    assert problem.code == "PRF618"
    assert "--table targets=FILE --key" in problem.hint.zh


def test_a_table_that_is_none_is_named() -> None:
    (problem,) = refused(
        MAIN, BUDGET, SPENT, TARGETS, key="project_id", tables={"target": source("")}
    )
    assert problem.code == "PRF624"
    assert "targets" in problem.hint.en


def test_a_panel_is_a_table_of_raters() -> None:
    (entry,) = read(
        "unit\nA\n",
        JURY,
        key="unit",
        tables={"jury": source("unit,rater,score\nA,甲,88\n", "jury.csv")},
    )
    assert entry.facts == {"unit": "A", "jury": [{"rater": "甲", "score": "88"}]}


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=6))
def test_every_row_comes_out_once_and_as_written(rows: list[tuple[str, str]]) -> None:
    quoted = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in rows]
    text = "budget,spent\n" + "".join(",".join(row) + "\n" for row in quoted)
    wanted = [row for row in rows if any(cell.strip() for cell in row)]
    if not wanted:
        assert codes(refused(text)) == ["PRF612"]
        return
    got = [entry.facts for entry in read(text, encoding="utf-8")]
    assert got == [{"budget": first, "spent": second} for first, second in wanted]


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_give_units_or_sentences(data: bytes) -> None:
    try:
        found = list(read_csv(source(b"budget,spent\n" + data), (BUDGET, SPENT), CsvOptions()))
    except UsageError:
        return
    assert found
    assert all((entry.facts is None) == bool(entry.problems) for entry in found)


@given(st.text(max_size=20))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
