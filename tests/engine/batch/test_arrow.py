"""Whatever gives Arrow data is scored: pandas, polars, duckdb, streams, chunks, slices, nothing."""

import pickle
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import perfrules
from perfrules.engine.program import Program
from perfrules.errors import Diagnostic, FactsError, UsageError
from tests.engine.batch.tables import differences
from tests.small import plan

D = Decimal

ROOT = Path(__file__).parents[3]
RULES = """
inputs:
  budget: {type: money, unit: 万元, title: 全年预算数, min: 0}
  executed: {type: money, unit: 万元, column: 执行数}
  done: {type: flag}
indicators:
  - {id: execution, points: 60, score: {method: proportional, actual: executed, target: budget}}
  - {id: plan, points: 40, score: {method: met, when: done}}
gates: [{id: late, when: not done, then: {grade: 差}}]
decisions:
  match: all
  rules: [{id: rectify, when: rate.execution < 80%, do: {code: rectify}}]
"""
UNITS = [
    {"unit": "A", "budget": "100", "executed": "50", "done": "是"},
    {"unit": "Ｂ ", "budget": "80万元", "executed": "80.0", "done": "true"},
    {"unit": "C", "budget": "一百", "executed": "1", "done": "否"},
    {"unit": "D", "budget": "0", "executed": "1", "done": "否"},
    {"unit": "E", "budget": "3", "executed": "2", "done": "否"},
]
TOTALS = [D("70.00"), D("100.00"), None, None, D("40.00")]


@pytest.fixture
def program() -> Program:
    return Program(plan(RULES))


@pytest.fixture
def units() -> pa.Table:
    return pa.Table.from_pylist(UNITS)


def totals(table: pa.Table) -> list[D | None]:
    found: list[D | None] = table.column("total").to_pylist()
    return found


def test_each_row_is_what_one_unit_gives(program: Program, units: pa.Table) -> None:
    assert differences(program, units, UNITS) == []
    found = program.score_table(units)
    assert totals(found) == TOTALS
    assert found.column("row").to_pylist() == [1, 2, 3, 4, 5]
    assert found.column("unit").to_pylist() == ["A", "B", "C", "D", "E"]
    assert found.column("grade").to_pylist() == ["中", "优", None, None, "差"]
    assert found.column("decision.rectify").to_pylist() == [True, False, None, None, True]
    assert found.column("gate.late").to_pylist() == [False, False, None, None, True]
    codes = [[one["code"] for one in row or ()] for row in found.column("rejected").to_pylist()]
    assert codes == [[], [], ["PRF503"], ["PRF535"], []]


def test_the_schema_is_fixed_by_the_ruleset(program: Program, units: pa.Table) -> None:
    found = program.score_table(units)
    assert found.schema.names == [
        "row", "unit", "as_of", "total", "rate", "grade", "complete", "score.execution",
        "rate.execution", "score.plan", "rate.plan", "gate.late", "decision.rectify", "rejected",
    ]  # fmt: skip
    assert program.score_table(units.slice(0, 0)).schema.equals(found.schema, check_metadata=True)
    assert found.schema.metadata[b"perfrules.ruleset"] == b"small.rules"
    assert found.schema.metadata[b"perfrules.digest"].decode() == program.plan.digest
    assert found.schema.field("score.plan").type == pa.decimal128(38, 2)
    assert found.schema.field("grade").type == pa.dictionary(pa.int8(), pa.string())
    assert "rate.plan" not in program.score_table(units, rates=False).schema.names
    found.validate(full=True)


@pytest.mark.parametrize(
    "give",
    [
        lambda table: table,
        lambda table: table.to_reader(),
        lambda table: table.to_batches()[0],
        lambda table: table.to_pandas(),
        lambda table: table.to_pandas().set_index("unit", drop=False),
        pl.DataFrame,
        duckdb.from_arrow,
        lambda table: pa.concat_tables([table.slice(0, 1), table.slice(1, 3), table.slice(4)]),
        lambda table: pa.concat_tables([table, table]).slice(5),
        lambda table: pa.table([one.dictionary_encode() for one in table], table.column_names),
    ],
    ids=["table", "reader", "batch", "pandas", "index", "polars", "duckdb", "chunks", "slice",
         "dictionaries"],
)  # fmt: skip
def test_any_giver(program: Program, units: pa.Table, give: Callable[[pa.Table], object]) -> None:
    assert totals(program.score_table(give(units))) == TOTALS


@pytest.mark.parametrize("rows", [1, 2, 3, 100])
def test_batches_of_any_size(program: Program, units: pa.Table, rows: int) -> None:
    stream = program.score_batches(units, batch_rows=rows)
    batches = list(stream)
    assert all(0 < len(batch) <= rows for batch in batches)
    assert totals(pa.Table.from_batches(batches)) == TOTALS
    assert [row for batch in batches for row in batch.column("row").to_pylist()] == [1, 2, 3, 4, 5]


def test_a_stream_is_read_as_it_is_asked_for(program: Program, units: pa.Table) -> None:
    read = []

    def batches() -> Iterator[pa.RecordBatch]:
        for place in range(4):
            read.append(place)
            yield units.to_batches()[0]

    given = pa.RecordBatchReader.from_batches(units.schema, batches())
    stream = program.score_batches(given, batch_rows=5)
    assert read == []
    stream.read_next_batch()
    assert len(read) < 4


def test_threads_share_a_program(program: Program, units: pa.Table) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: totals(program.score_table(units)), range(40)))
    assert found == [TOTALS] * 40


def test_the_same_bytes_every_time(program: Program, units: pa.Table) -> None:
    first = program.score_table(units, batch_rows=2)
    again = Program(program.plan).score_table(units.combine_chunks(), batch_rows=2)
    assert first.equals(again, check_metadata=True)


def test_no_rows(program: Program, units: pa.Table) -> None:
    assert program.score_table(units.slice(0, 0)).num_rows == 0


def test_no_rows_and_no_date(units: pa.Table) -> None:
    dated = (
        "parameters:\n"
        "  least: {values: {2020-01-01: 50%}, basis: [{document: 甲, evidence: proposed}]}\n"
        "indicators:"
    )
    rules = RULES.replace("indicators:", dated, 1).replace("execution < 80%", "execution < least")
    program = Program(plan(rules))
    batch = pa.RecordBatch.from_pylist([], schema=units.schema)
    found = program.score_batch(batch)
    assert found.num_rows == 0
    assert found.schema.equals(program.score_batches(units).schema)


def test_one_batch_by_a_program_that_travelled(program: Program, units: pa.Table) -> None:
    program.score_table(units)
    there = pickle.loads(pickle.dumps(program))  # noqa: S301 - our own
    found = there.score_batch(units.to_batches()[0], first_row=7)
    assert found.column("total").to_pylist() == TOTALS
    assert found.column("row").to_pylist() == [7, 8, 9, 10, 11]


def test_a_table_is_no_batch(program: Program, units: pa.Table) -> None:
    for given in (units, {"budget": "1"}, None):
        with pytest.raises(UsageError) as caught:
            program.score_batch(given)
        told = caught.value.diagnostics[0]
        assert told.code == "PRF648"
        assert "program.score_table(table)" in told.hint.en
    assert len(program.score_batch(units.combine_chunks().to_batches()[0])) == len(units)


def test_a_column_to_leave_out_may_stand_alone(program: Program, units: pa.Table) -> None:
    noted = units.append_column("note", pa.array(["x"] * len(units)))
    assert totals(program.score_table(noted, ignore="note")) == TOTALS
    assert totals(program.score_table(noted, ignore=["note"])) == TOTALS
    with pytest.raises(UsageError) as caught:
        program.score_table(noted, ignore="not")
    assert {item.code for item in caught.value.diagnostics} == {"PRF615", "PRF621"}


def test_evidence_for_no_indicator_is_told_of_the_column(program: Program, units: pa.Table) -> None:
    texts = pa.array(["第3页"] * len(units))
    known = program.plan.indicators[0].id
    assert totals(program.score_table(units.append_column(f"evidence.{known}", texts))) == TOTALS
    with pytest.raises(UsageError) as caught:
        program.score_table(units.append_column("evidence.nothing", texts))
    assert [item.code for item in caught.value.diagnostics] == ["PRF615"]
    assert "known here: execution, plan" in caught.value.diagnostics[0].hint.en


@pytest.mark.parametrize(
    ("columns", "codes"),
    [
        ({"done": ["是"], "budget": ["1"]}, ["PRF618"]),
        ({"done": ["是"], "budget": ["1"], "执行数": ["1"], "note": ["1"]}, ["PRF615"]),
        ({"done": ["是"], "budget": ["1"], "全年预算数": ["1"], "executed": ["1"]}, ["PRF616"]),
        (
            {"unit": ["1"], "ｕｎｉｔ": ["1"], "done": ["是"], "budget": ["1"], "executed": ["1"]},
            ["PRF616"],
        ),
        ({"x-note": ["1"], "done": ["是"], "budget": ["1"], "executed": ["1"]}, []),
        ({"waive": ["1"], "done": ["是"], "budget": ["1"], "executed": ["1"]}, ["PRF615"]),
    ],
)
def test_headings(program: Program, columns: dict[str, list[str]], codes: list[str]) -> None:
    found: tuple[Diagnostic, ...] = ()
    try:
        program.score_table(pa.table(columns))
    except UsageError as error:
        found = error.diagnostics
    assert [item.code for item in found] == codes
    assert all(item.hint.zh and item.hint.en for item in found)


def test_columns_may_be_left_out(program: Program, units: pa.Table) -> None:
    more = units.append_column("备注", pa.array(["x"] * 5))
    assert totals(program.score_table(more, ignore=["备注"])) == TOTALS
    with pytest.raises(UsageError) as caught:
        program.score_table(units, ignore=["备注"])
    assert [item.code for item in caught.value.diagnostics] == ["PRF621"]


def test_two_inputs_of_one_title() -> None:
    program = Program(plan(RULES.replace("column: 执行数", "title: 全年预算数")))
    with pytest.raises(UsageError) as caught:
        program.score_table(pa.table({"全年预算数": ["1"], "done": ["是"]}))
    assert [item.code for item in caught.value.diagnostics] == ["PRF617"]


@pytest.mark.parametrize("given", [[1], {"budget": 1}, 3, "a.csv", None])
def test_what_gives_no_arrow_data(program: Program, given: object) -> None:
    with pytest.raises(UsageError) as caught:
        program.score_table(given)
    assert [item.code for item in caught.value.diagnostics] == ["PRF666"]


@pytest.mark.parametrize(
    "given",
    [
        pd.DataFrame({"budget": ["100万元", 80], "executed": 1, "done": True}),
        pl.DataFrame({"budget": pl.Series([1], dtype=pl.Int128)}),
    ],
    ids=["mixed", "int128"],
)
def test_what_can_not_be_given_as_arrow_data(program: Program, given: object) -> None:
    with pytest.raises(UsageError) as caught:
        program.score_table(given)
    assert [item.code for item in caught.value.diagnostics] == ["PRF669"]


@pytest.mark.parametrize("rows", [0, -1, True, "5"])
def test_no_batch_has_so_many_rows(program: Program, units: pa.Table, rows: int) -> None:
    with pytest.raises(UsageError) as caught:
        program.score_table(units, batch_rows=rows)
    assert [item.code for item in caught.value.diagnostics] == ["PRF646"]


def test_a_lacking_column_is_called_as_the_input_is(program: Program, units: pa.Table) -> None:
    with pytest.raises(UsageError) as caught:
        program.score_table(units.drop_columns("budget"))
    (found,) = caught.value.diagnostics
    assert found.message.get("en").endswith("the input budget (全年预算数)")


def test_without_the_extra_there_is_a_sentence() -> None:
    script = (
        "import sys\nsys.modules['numpy'] = None\n"
        "import perfrules\n"
        "try:\n    perfrules.load('tests/cases/good/gates.yaml').score_table(None)\n"
        "except perfrules.UsageError as error:\n    print(error.render('zh'))\n"
    )
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-X", "utf8", "-c", script],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert "PRF665" in done.stdout
    assert 'pip install "perfrules[batch]"' in done.stdout


def test_importing_perfrules_loads_neither_numpy_nor_pyarrow() -> None:
    script = (
        "import sys, perfrules\nperfrules.load('tests/cases/good/gates.yaml')\n"
        "assert not {'numpy', 'pyarrow'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)  # noqa: S603 - our own


def dated() -> Program:
    return Program(
        plan("""
        effective: {from: 2020-01-01, until: 2030-01-01}
        parameters: {full: {values: {2020-01-01: 50%, 2024-01-01: 100%}}}
        inputs: {share: {type: percent}}
        indicators:
          - {id: a, points: 100, score: {method: proportional, actual: share, target: full}}
        """)
    )


@pytest.mark.parametrize(
    "days",
    [
        pa.array([date(2023, 1, 1), date(2024, 1, 1), date(2019, 1, 1), None, date(2023, 1, 1)]),
        pa.array(["2023-01-01", "2024年1月1日", "2019-01-01", None, "2023-01-01"]),
        pa.array(["2023-01-01", "2024-01-01", "早上", None, "2023-01-01"]).dictionary_encode(),
    ],
)
def test_a_date_a_row(days: pa.Array) -> None:
    program = dated()
    table = pa.table({"share": ["25%"] * 5, "as_of": days})
    many = [{key: value for key, value in row.items() if value is not None}
            for row in table.to_pylist()]  # fmt: skip
    assert differences(program, table, many) == []
    found = program.score_table(table)
    assert totals(found) == [D(50), D(25), None, None, D(50)]
    assert found.column("as_of").to_pylist()[:2] == [date(2023, 1, 1), date(2024, 1, 1)]
    codes = [row and row[0]["code"] for row in found.column("rejected").to_pylist()]
    assert codes[3] == "PRF524"


def test_a_date_for_all() -> None:
    table = pa.table({"share": ["25%"], "as_of": [date(2023, 1, 1)]})
    program = Program(dated().plan, date(2024, 1, 1))
    assert totals(program.score_table(table.select(["share"]))) == [D(25)]
    assert program.score_table(table).column("rejected")[0].as_py()[0]["code"] == "PRF522"
    with pytest.raises(FactsError):
        program.score_table(table, as_of=date(2023, 1, 1))
    found = dated().score_table(table.select(["share"]), as_of=date(2023, 1, 1))
    assert totals(found) == [D(50)]


@pytest.mark.parametrize("unit", [7, 7.5, "a\x07", "x" * 101, "a\nb", "—", "", None, "甲 1", True])
def test_names_of_units(unit: object) -> None:
    program = Program(plan(RULES))
    table = pa.table({"unit": pa.array([unit]), "done": ["是"], "budget": ["1"], "executed": ["1"]})
    facts = {"budget": "1", "executed": "1", "done": "是"} | (
        {} if unit is None else {"unit": unit}
    )
    assert differences(program, table, [facts]) == []
    try:
        wanted = program.score(facts).unit
    except FactsError:
        wanted = unit if isinstance(unit, str) else None
    assert program.score_table(table).column("unit").to_pylist() == [wanted]


def test_a_share_that_never_ends() -> None:
    rules = plan("""
    total: 3
    inputs: {done: {type: number}}
    indicators: [{id: a, points: 3, score: {method: proportional, actual: done, target: 3}}]
    grades: [{name: 优, at_least: 2}, {name: 差, at_least: 0}]
    """)
    found = Program(rules).score_table(pa.table({"done": [1, 2, 3]}))
    assert found.column("rate").to_pylist() == [D(f"0.{'3' * 34}"), D(f"0.{'6' * 33}7"), D(1)]


def test_the_page_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every block of docs/batch.md, one after the other."""
    (tmp_path / "boarding.yaml").write_text(PAGE_RULES, encoding="utf-8")
    (tmp_path / "sheet.yaml").write_text(PAGE_SHEET, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs" / "batch.md").read_text(encoding="utf-8")
    known: dict[str, object] = {}
    for script in re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL):
        exec(compile(script, "batch.md", "exec"), known)  # noqa: S102 - the page's own example
        wanted = re.findall(r"# prints (.*)$", script, re.MULTILINE)
        assert capsys.readouterr().out.splitlines() == wanted
    assert pd.read_parquet("scores.parquet")["total"][1] == D("98.88")


HEAD = 'version: "1.0"\ntitle: 例\ntotal: 100\n'
GRADES = "grades: [{name: 优, at_least: 90}, {name: 差, at_least: 0}]\n"
PAGE_RULES = f"""ruleset: page.boarding
{HEAD}inputs:
  budget: {{type: money, unit: 万元, title: 全年预算数, min: 0}}
  executed: {{type: money, unit: 万元, title: 全年执行数, min: 0}}
  satisfied: {{type: percent, title: 满意度}}
indicators:
  - {{id: execution, points: 33, score: {{method: proportional, actual: executed, target: budget}}}}
  - {{id: people, points: 67, score: {{method: proportional, actual: satisfied, target: 90%}}}}
{GRADES}"""
PAGE_SHEET = f"""ruleset: page.sheet
{HEAD}inputs:
  targets:
    type: table
    columns: {{name: {{type: text}}, actual: {{type: number}}, points: {{type: number}}}}
indicators:
  - id: goals
    points: 100
    for_each: {{row: t, in: targets, key: t.name}}
    points_of: t.points
    score: {{method: proportional, actual: t.actual, target: 100}}
{GRADES}"""


def test_the_page_is_about_what_perfrules_has() -> None:
    page = (ROOT / "docs" / "batch.md").read_text(encoding="utf-8")
    for name in ("score_table", "score_batches", "score_batch"):
        assert name in page
        assert hasattr(perfrules.Program, name)
