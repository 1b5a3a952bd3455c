"""What scoring W20 on Spark costs with one and with two local workers, as JSON.

    python -m benchmarks.spark [--rows 1000000] [--passes 3]

A table of decimals lies in Parquet files; Spark reads it, scores it, and throws the answer away.
`identity` does the same with a function that gives back what it gets: what Spark itself takes to
carry rows to Python. Before anything is timed the answers are compared with those of one process,
column by column. Each number of workers has a Java of its own.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq

import perfrules
import perfrules.spark
from benchmarks import columns
from benchmarks.workloads import ruleset

Seconds: TypeAlias = dict[str, Any]

FILES = 8
CHECKED = 50_000
LEAVES = 20


def units(rows: int) -> pa.Table:
    """Return units of W20 with their names; Spark knows no dictionaries."""
    found = columns.table(columns.drawn(rows), "decimal")
    plain = {
        name: column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
        for name, column in zip(found.column_names, found.columns, strict=True)
    }
    return pa.table({"unit": pa.array([f"P{row:08}" for row in range(rows)]), **plain})


def write(folder: Path, rows: int) -> None:
    """Write the units to files of one size."""
    table = units(rows)
    size = -(-rows // FILES)
    for part in range(FILES):
        pq.write_table(table.slice(part * size, size), folder / f"part-{part}.parquet")


def timed(call: Callable[[], object], passes: int) -> dict[str, float]:
    """Return the seconds of the first pass, and the best of the others."""
    taken = []
    for _ in range(passes + 1):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return {"first": round(taken[0], 2), "best": round(min(taken[1:]), 2)}


def one_process(folder: Path, passes: int) -> Seconds:
    """Return what `score_batches` takes for the same files in this process."""
    program = perfrules.loads(ruleset(LEAVES, bare=True))
    files = sorted(folder.glob("*.parquet"))

    def scored() -> None:
        for file in files:
            for _ in program.score_batches(pq.read_table(file)):
                pass

    return timed(scored, passes)


def worker_start() -> Seconds:
    """Return what a worker takes, once all is imported, from the text to its first scores."""
    parcel = perfrules.spark.pack(perfrules.loads(ruleset(LEAVES, bare=True)))
    few = units(2)
    start = time.perf_counter()
    perfrules.spark.unpack(parcel).score_table(few)
    unpacked = time.perf_counter() - start
    return {"unpack_and_first_batch": round(unpacked, 3), "parcel_bytes": len(parcel.text)}


def on_spark(folder: Path, workers: int, passes: int) -> Seconds:
    """Return what a local session of some workers takes, after its answers were compared."""
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")
    start = time.perf_counter()
    session = _session(workers)
    found: Seconds = {"session": round(time.perf_counter() - start, 2)}
    program = perfrules.loads(ruleset(LEAVES, bare=True))
    frame = session.read.parquet(str(folder))
    _compare(program, frame, folder)

    def identity(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return batches

    def run(answer: Any) -> Callable[[], object]:  # noqa: ANN401 - a data frame of Spark
        return lambda: answer.write.format("noop").mode("overwrite").save()

    plain = frame.toDF(*(f"_{place}" for place in range(len(frame.columns))))
    found["identity"] = timed(run(plain.mapInArrow(identity, plain.schema)), passes)
    found["score"] = timed(run(perfrules.spark.score(frame, program)), passes)
    found["score_without_rates"] = timed(
        run(perfrules.spark.score(frame, program, rates=False)), passes
    )
    found["load"] = round(os.getloadavg()[0], 1)  # of the last minute: was it alone?
    session.stop()
    return found


def _session(workers: int) -> Any:  # noqa: ANN401 - a session of Spark
    from pyspark.sql import SparkSession  # noqa: PLC0415 - only where it is measured

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master(f"local[{workers}]").appName("perfrules")
    for key, value in {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "3g",
        "spark.sql.files.maxPartitionBytes": "16m",
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    return session


def _compare(program: perfrules.Program, frame: Any, folder: Path) -> None:  # noqa: ANN401 - of Spark
    """Stop where a digit differs from what one process gives for the first units."""
    first = pq.read_table(folder / "part-0.parquet").slice(0, CHECKED)
    wanted = program.score_table(first).drop_columns(["row"])
    last = first.column("unit")[-1].as_py()
    few = frame.filter(frame.unit <= last)
    found = perfrules.spark.score(few, program).toArrow().sort_by("unit")
    assert found.num_rows == wanted.num_rows
    assert found.column("rejected").null_count == len(found)
    for name in wanted.column_names:
        right = wanted.column(name)
        if pa.types.is_dictionary(right.type):
            right = right.cast(pa.string())
        assert found.column(name).cast(right.type) == right, name


def _measured(folder: Path, workers: int, passes: int) -> Seconds:
    """Return what one number of workers takes, measured in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.spark", "--data", str(folder)]
    command += ["--workers", str(workers), "--passes", str(passes)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - ourselves
    result: Seconds = json.loads(done.stdout.splitlines()[-1])
    return result


def _about() -> dict[str, str]:
    import pyspark  # noqa: PLC0415 - only where it is measured

    return {
        "perfrules": perfrules.__version__,
        "pyspark": pyspark.__version__,
        "pyarrow": pa.__version__,
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
    }


def main() -> None:
    """Measure one process, one worker and two, and print all of it."""
    parser = argparse.ArgumentParser(description="what scoring W20 on Spark costs")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--workers", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.workers:
        print(json.dumps(on_spark(given.data, given.workers, given.passes)))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, given.rows)
        found: Seconds = {
            "about": _about(),
            "rows": given.rows,
            "load": round(os.getloadavg()[0], 1),
        }
        found["worker"] = worker_start()
        found["one_process"] = one_process(folder, given.passes)
        for workers in (1, 2):
            found[f"workers_{workers}"] = _measured(folder, workers, given.passes)
        print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
