"""A data frame of Spark gives what one process gives: digits, states, errors, and every row."""

import os
import pickle
import random
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import perfrules
import perfrules.spark
from benchmarks import hubei
from benchmarks.workloads import row, ruleset
from perfrules.engine.program import Program
from perfrules.errors import FactsError, UsageError
from perfrules.spark import pack, unpack
from tests.pages import examples, run
from tests.plugins import sample
from tests.plugins.packages import distribution
from tests.sample_reuse import FORM, LIBRARY, extending, using
from tests.scored_tables import by_unit, differing, rejected
from tests.small import text

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

# Said when pyspark meets pandas 3, of which nothing is used here.
pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas")

D = Decimal
W20_ROWS = 20_000
SHIPPED = (  # of libraries, of another ruleset, of earlier stages, of nothing else
    "education.special_education",
    "sanitation.sorting",
    "tianmen.self_and_review",
    hubei.RULESET,
)
SMALL = """
inputs: {done: {type: number, title: 完成}}
indicators: [{id: a, points: 100, score: {method: proportional, actual: done, target: 3}}]
"""


@pytest.fixture(scope="module")
def session() -> Iterator["SparkSession"]:
    """Return a local session of two workers, set up to be there soon and not to run long."""
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    from pyspark.sql import SparkSession

    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "3000",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "2",
        "spark.ui.enabled": "false",
    }
    before = os.environ.get("PYSPARK_PYTHON")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").appName("perfrules")
    for key, value in settings.items():
        builder = builder.config(key, value)
    found = builder.getOrCreate()
    found.sparkContext.setLogLevel("OFF")
    yield found
    found.stop()
    if before is None:
        del os.environ["PYSPARK_PYTHON"]
    else:
        os.environ["PYSPARK_PYTHON"] = before


@pytest.fixture
def small() -> Program:
    return perfrules.loads(text(SMALL))


@pytest.fixture
def frame(session: "SparkSession") -> "DataFrame":
    return session.createDataFrame(pa.table({"unit": ["甲", "乙", "丙"], "done": ["3", "1", "多"]}))


def w20() -> pa.Table:
    """Return units of W20, a few of which can't be scored."""
    chance = random.Random(4)  # noqa: S311 - seeded
    units: list[dict[str, Any]] = []
    for number in range(W20_ROWS):
        unit = {"unit": f"P{number:05}", **row(20, chance)}
        if number % 499 == 7:
            unit["v0"] = "一百"
        elif number % 499 == 99:
            unit["v1_target"] = "0"
        elif number % 499 == 250:
            unit["v12"] = None
        units.append(unit)
    return pa.Table.from_pylist(units)


def told(frame: "DataFrame") -> str:
    """Return what a worker says when scores are asked for."""
    from pyspark.errors import PythonException

    with pytest.raises(PythonException) as error:
        frame.collect()
    return str(error.value)


def test_w20_has_the_digits_of_one_process(session: "SparkSession") -> None:
    program = perfrules.loads(ruleset(20))
    units = w20()
    wanted = program.score_table(units)
    parts = session.createDataFrame(units).repartition(4)
    scores = perfrules.spark.score(parts, program).toArrow()
    assert differing(scores, wanted) == []
    assert scores.num_rows == W20_ROWS
    assert rejected(scores) == 121  # 41 + 40 + 40, as w20 plants them
    totals = wanted.column("total").to_pylist()
    totals[17_000] += D("0.01")  # and one cent is seen
    place = wanted.column_names.index("total")
    other = pa.array(totals, pa.decimal128(38, 2))
    assert differing(scores, wanted.set_column(place, "total", other)) == ["total"]


@pytest.fixture(scope="module")
def projects() -> list[dict[str, Any]]:
    chance = random.Random(5)  # noqa: S311 - seeded
    found = [{"unit": f"P{number:03}", **hubei.facts(chance)} for number in range(200)]
    found[3]["targets"][0]["actual"] = "#DIV/0!"
    found[150]["targets"] = []
    found[151]["executed"] = "很多"
    return found


def test_the_hubei_form_with_its_sheet(
    session: "SparkSession", projects: list[dict[str, Any]]
) -> None:
    program = perfrules.load(hubei.RULESET)
    units = pa.Table.from_pylist(projects)
    wanted = program.score_table(units)
    scores = perfrules.spark.score(session.createDataFrame(units), hubei.RULESET).toArrow()
    assert differing(scores, wanted) == []
    assert (scores.num_rows, rejected(scores)) == (200, 3)
    lines = by_unit(scores).column("rows.goals")[0].as_py()
    assert [line["key"] for line in lines] == [f"指标{place}" for place in range(hubei.ROWS)]


def test_a_sheet_of_its_own_is_nested_by_spark(
    session: "SparkSession", projects: list[dict[str, Any]]
) -> None:
    """As docs/scale.md shows it."""
    rows = [
        {"unit": one["unit"], "level": None, **line} for one in projects for line in one["targets"]
    ]
    rows.append({**rows[0], "unit": "nobody"})
    heads = [{key: one[key] for key in one if key != "targets"} for one in projects]
    units = session.createDataFrame(pa.Table.from_pylist(heads))
    targets = session.createDataFrame(pa.Table.from_pylist(rows)).repartition(3)
    _, script = examples("scale.md", "On a Spark cluster")
    known: Any = run("scale.md", script, perfrules=perfrules, units=units, targets=targets)
    scores, lost = known["scores"], known["lost"]
    assert [one["unit"] for one in lost.collect()] == ["nobody"]
    wanted = perfrules.load(hubei.RULESET).score_table(pa.Table.from_pylist(projects))
    found, right = (by_unit(table).to_pylist() for table in (scores.toArrow(), wanted))
    assert [one["total"] for one in found] == [one["total"] for one in right]
    for one, other in zip(found, right, strict=True):
        lines = sorted(other["rows.goals"] or (), key=lambda line: line["key"])
        assert (one["rows.goals"] or []) == lines


def test_what_comes_out(small: Program, frame: "DataFrame") -> None:
    scores = perfrules.spark.score(frame, small)
    found = {one["unit"]: one for one in scores.collect()}
    assert [found[unit]["total"] for unit in "甲乙丙"] == [D("100.00"), D("33.33"), None]
    assert [found[unit]["grade"] for unit in "甲乙丙"] == ["优", "差", None]
    assert found["乙"]["rate.a"] == D("0.333333333333")
    (reason,) = found["丙"]["rejected"]
    assert (reason["code"], reason["path"]) == ("PRF503", "done")
    assert reason["reason_zh"].startswith("完成（done）")
    types = {item.name: item.dataType.simpleString() for item in scores.schema}
    assert "row" not in types
    assert types["total"] == "decimal(38,2)"
    assert types["as_of"] == "date"
    assert types["rejected"].startswith("array<struct<code:string,")
    about = scores.select("total").schema["total"].metadata
    assert about["perfrules.digest"] == small.plan.digest


def test_a_survey_as_a_column_a_level(session: "SparkSession") -> None:
    """Spark takes the point in such a name for that of a field, unless it is told otherwise."""
    survey = """
    inputs: {votes: {type: survey, of: [满意, 不满意]}}
    indicators:
      - {id: v, points: 100, score: {method: survey, actual: votes, values: {满意: 1, 不满意: 0}}}
    """
    units = pa.table({"unit": ["甲", "乙"], "votes.满意": [3, 1], "votes.不满意": [1, 3]})
    scores = perfrules.spark.score(session.createDataFrame(units), perfrules.loads(text(survey)))
    found = {one["unit"]: one["score.v"] for one in scores.collect()}
    assert found == {"甲": D("75.00"), "乙": D("25.00")}


def test_the_page(
    session: "SparkSession",
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("boarding.yaml").write_text(text(SMALL), encoding="utf-8")
    units = pa.table({"project_id": ["甲", "乙"], "done": ["3", "多"]})
    pq.write_table(units, tmp_path / "facts.parquet")
    script = examples("scale.md", "On a Spark cluster")[0]
    script = script.replace(
        "facts.parquet", str(tmp_path / "facts.parquet")
    )  # Java stays where it was
    run("scale.md", script, spark=session)
    shown = capfd.readouterr().out
    assert "PRF503" in shown
    assert "甲" not in shown


def test_the_partitions_make_no_difference(small: Program, session: "SparkSession") -> None:
    units = pa.table({"unit": [f"{n}" for n in range(40)], "done": [n % 7 for n in range(40)]})
    frame = session.createDataFrame(units)
    parts = [perfrules.spark.score(frame.repartition(n), small).toArrow() for n in (1, 9)]
    assert differing(*parts) == []
    none = perfrules.spark.score(frame.filter("done > 100"), small, rates=False).toArrow()
    assert none.num_rows == 0
    assert [name for name in parts[0].column_names if name != "rate.a"] == none.column_names


@pytest.mark.parametrize("large", ["true", "false"])
def test_large_texts(session: "SparkSession", small: Program, large: str) -> None:
    name = "spark.sql.execution.arrow.useLargeVarTypes"
    session.conf.set(name, large)
    try:
        frame = session.createDataFrame(pa.table({"unit": ["甲"], "done": ["1.5"]}))
        assert [one["grade"] for one in perfrules.spark.score(frame, small).collect()] == ["差"]
    finally:
        session.conf.unset(name)


def test_dates(session: "SparkSession") -> None:
    dated = "parameters: {goal: {values: {2020-01-01: 2, 2022-01-01: 4}}}" + SMALL.replace(
        "target: 3", "target: goal"
    )
    program = perfrules.loads(text(dated))
    frame = session.createDataFrame(pa.table({"unit": ["甲"], "done": [2]}))
    (one,) = perfrules.spark.score(frame, program, as_of="2021-06-30").collect()
    assert (one["total"], one["as_of"]) == (D("100.00"), date(2021, 6, 30))
    by_row = session.createDataFrame(
        pa.table(
            {"unit": ["甲", "乙"], "done": [2, 2], "as_of": [date(2021, 1, 1), date(2023, 1, 1)]}
        )
    )
    both = {one["unit"]: one["total"] for one in perfrules.spark.score(by_row, program).collect()}
    assert both == {"甲": D("100.00"), "乙": D("50.00")}
    bound = Program(program.plan, date(2023, 1, 1))
    with pytest.raises(FactsError, match="PRF522"):
        perfrules.spark.score(frame, bound, as_of=date(2021, 1, 1))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a library, a form, a variant of the form, and a ruleset that uses the library."""
    use = using("  - {use: edu.coverage@2}\n  - {use: edu.execution, points: 90}\n")
    files = {
        "edu.yaml": LIBRARY,
        "form.yaml": FORM,
        "variant.yaml": extending("title: 变体\n", "form.yaml"),
        "host.yaml": use,
    }
    for name, body in files.items():
        (tmp_path / name).write_text(body, encoding="utf-8")
    return tmp_path


def test_the_ruleset_travels_as_text(session: "SparkSession", folder: Path) -> None:
    """What it uses is gone from the disk before anything is scored."""
    units = [
        {"unit": "甲", "helped": 90, "eligible": 100, "level": "省", "spent": 3, "budget": 4},
        {"unit": "乙", "helped": 99, "eligible": 100, "level": "市", "spent": 4, "budget": 4},
    ]
    table = pa.Table.from_pylist(units)
    ruleset = folder / "host.yaml"
    wanted = perfrules.load(ruleset, as_of="2022-06-30").score_table(table)
    scores = perfrules.spark.score(session.createDataFrame(table), ruleset, as_of="2022-06-30")
    for file in folder.iterdir():
        file.unlink()
    assert differing(scores.toArrow(), wanted) == []
    assert rejected(wanted) == 0


def test_what_travels(folder: Path) -> None:
    variant = perfrules.load(folder / "variant.yaml")
    parcel = pack(variant)
    assert [Path(file).name for _, file, _ in parcel.others] == ["form.yaml"]
    assert parcel.text == (folder / "variant.yaml").read_text(encoding="utf-8")
    (folder / "form.yaml").unlink()
    assert unpack(parcel).plan.digest == variant.plan.digest
    assert unpack(parcel) is unpack(pickle.loads(pickle.dumps(parcel)))  # noqa: S301 - our own


def test_files_that_were_changed_since(folder: Path) -> None:
    variant = perfrules.load(folder / "variant.yaml")
    (folder / "form.yaml").write_text(FORM.replace("at_least: 90", "at_least: 91"), "utf-8")
    with pytest.raises(UsageError, match="PRF685") as error:
        pack(variant)
    changed = perfrules.load(folder / "variant.yaml")
    assert variant.plan.digest in str(error.value)
    assert changed.plan.digest in str(error.value)


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_rulesets_travel(name: str) -> None:
    program = perfrules.load(name)
    parcel = pack(program)
    assert parcel.others or name == hubei.RULESET
    there = unpack(parcel).plan
    assert (there.digest, there.inputs) == (program.plan.digest, program.plan.inputs)


def test_columns_are_looked_at_before_anything_is_scored(
    small: Program, frame: "DataFrame"
) -> None:
    for wrong in (frame.withColumnRenamed("done", "doen"), frame.drop("done")):
        with pytest.raises(UsageError, match="done"):
            perfrules.spark.score(wrong, small)
    more = perfrules.spark.score(frame.withColumn("note", frame.done), small, ignore=["note"])
    assert more.columns[:3] == ["unit", "as_of", "total"]


def test_rows_need_a_name(small: Program, frame: "DataFrame") -> None:
    with pytest.raises(UsageError, match=r"(?s)PRF688.*project_id"):
        perfrules.spark.score(frame.drop("unit"), small)


def test_another_digest_on_a_worker(
    small: Program, frame: "DataFrame", monkeypatch: pytest.MonkeyPatch
) -> None:
    other = "sha256:" + "0" * 64
    parcel = replace(pack(small), digest=other)
    monkeypatch.setattr(perfrules.spark, "pack", lambda *_: parcel)
    said = told(perfrules.spark.score(frame, small))
    assert "PRF685" in said
    assert other in said
    assert small.plan.digest in said


def test_a_plugin_that_a_worker_lacks(session: "SparkSession") -> None:
    registry = perfrules.Registry([], plugins=[sample])
    program = perfrules.loads(sample.RULESET, registry=registry)
    frame = session.createDataFrame(pa.Table.from_pylist([sample.FACTS]))
    said = told(perfrules.spark.score(frame, program, registry=registry))
    assert "PRF686" in said
    assert "needs tests.plugins.sample 2.1" in said


def test_a_plugin_that_a_worker_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    distribution(tmp_path, "prf-halving", Path(sample.__file__).read_text(encoding="utf-8"))
    registry = perfrules.Registry([], discover=["prf-halving"])
    parcel = pack(perfrules.loads(sample.RULESET, registry=registry), registry)
    assert parcel.needs[1:] == ("prf-halving 1.0",)
    assert unpack(parcel).score(sample.FACTS).total == D("55.00")
    newer = replace(parcel, needs=("perfrules 99.0", "prf-halving 1.1"))
    with pytest.raises(UsageError) as error:
        unpack(newer)
    first, second = error.value.diagnostics
    assert (first.code, second.code) == ("PRF686", "PRF686")
    assert f"there is perfrules {perfrules.__version__} on the worker" in first.message.en
    assert "pip install prf-halving==1.1" in second.hint.en
    assert "是 prf-halving 1.0" in second.message.zh
    sys.modules.pop("prf_halving", None)


@pytest.mark.parametrize("gone", ["pyspark", "pyarrow"])
def test_without_spark(small: Program, monkeypatch: pytest.MonkeyPatch, gone: str) -> None:
    monkeypatch.setitem(sys.modules, gone, None)
    with pytest.raises(UsageError, match=rf"PRF687.*needs {gone}") as error:
        perfrules.spark.score(pa.table({"unit": ["甲"]}), small)
    assert "default-jre-headless" in str(error.value)


def test_another_table(small: Program) -> None:
    with pytest.raises(UsageError, match=r"PRF689.*a Table"):
        perfrules.spark.score(pa.table({"unit": ["甲"]}), small)
