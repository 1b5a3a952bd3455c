"""Peak memory and throughput of whole processes: a table, a stream, a file of CSV.

    python -m benchmarks.memory table|stream ROWS

Each runs in a process of its own, whose greatest resident size the system tells.
"""

import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from benchmarks import columns, table, workloads

PIECE = 1_000_000
PART = 100_000
HERE = Path(__file__).parent.parent


def _whole(rows: int, *, rates: bool) -> int:
    given = columns.table(columns.drawn(rows))
    return len(table.program().score_table(given, rates=rates))


def _csv(rows: int) -> int:
    """Score a file of CSV to another."""
    from perfrules.cli import main as score  # noqa: PLC0415 - other pieces don't need it

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "w20.yaml").write_text(workloads.ruleset(20), encoding="utf-8")
        facts, scores = folder / "facts.csv", folder / "scores.csv"
        write_csv(facts, rows)
        assert score(["score", str(folder / "w20.yaml"), str(facts), "-o", str(scores)]) == 0
        with scores.open(encoding="utf-8-sig") as file:
            return sum(1 for _ in file) - 1


def _stream(rows: int) -> int:
    """Score a stream whose batches are made of one piece again and again, keeping none."""
    size = min(PIECE, rows)
    piece = columns.table(columns.drawn(size), "decimal")
    batches = piece.combine_chunks().to_batches(131072)

    def source() -> Iterator[pa.RecordBatch]:
        for _ in range(rows // size):
            yield from batches

    reader = pa.RecordBatchReader.from_batches(piece.schema, source())
    return sum(len(batch) for batch in table.program().score_batches(reader, rates=False))


WORK: Mapping[str, Callable[[int], int]] = {
    "table": lambda rows: _whole(rows, rates=False),
    "table with rates": lambda rows: _whole(rows, rates=True),
    "stream": _stream,
    "csv": _csv,
    "input": lambda rows: len(columns.table(columns.drawn(rows))),
}


def highest() -> float:
    """Return the greatest resident size of this process so far, in MB.

    What `getrusage` tells is at least what the parent had, so Linux's own word is better.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        for line in status.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def peak(work: str, rows: int) -> dict[str, float]:
    """Return the greatest resident size of a process that does *work*, and its seconds."""
    command = [sys.executable, "-m", "benchmarks.memory", work, str(rows)]
    done = subprocess.run(  # noqa: S603 - our own command
        command, cwd=HERE, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    found: dict[str, float] = json.loads(done.stdout)
    assert found["rows"] == rows
    return found


def write_csv(path: Path, rows: int) -> None:
    """Write facts of W20 as CSV: numbers with two decimals, percentages with their sign."""
    head = [name for name, _ in columns.names()]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["unit", *head])
        for start in range(0, rows, PART):
            size = min(PART, rows - start)
            values = columns.drawn(size, start)
            for number, facts in enumerate(columns.units(values, range(size)), start):
                flat = dict(facts)
                for name in [name for name in facts if isinstance(facts[name], dict)]:
                    flat |= {f"{name}.{level}": count for level, count in flat.pop(name).items()}
                writer.writerow([f"P{number:07}", *(flat[name] for name in head)])


def command(*, quick: bool, rounds: int, told: Callable[[str], None]) -> Mapping[str, Any]:
    """Return the throughput of `perfrules score` from CSV to CSV, beside the table's."""
    rows = 20_000 if quick else 1_000_000
    found: dict[str, Any] = {"rows": rows}
    values = columns.drawn(min(rows, 200_000))
    given = columns.table(values, "decimal")
    scorer = table.program()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "w20.yaml").write_text(workloads.ruleset(20), encoding="utf-8")
        write_csv(folder / "facts.csv", rows)
        # What is installed has its bytecode: the first run makes it, the others find it.
        environ = {**os.environ, "PYTHONPATH": str(HERE / "src")}
        environ |= {"PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
        environ.pop("PYTHONDONTWRITEBYTECODE", None)
        for jobs in ("1", "2"):
            seconds, processor, arrow = [], [], []
            for _ in range(max(2, rounds // 5)):
                started = time.process_time()
                scorer.score_table(given, rates=False)
                arrow.append((time.process_time() - started) / len(given))
                used = resource.getrusage(resource.RUSAGE_CHILDREN)
                clock = time.perf_counter()
                line = ["score", "w20.yaml", "facts.csv", "-o", "scores.csv", "--jobs", jobs]
                subprocess.run(  # noqa: S603 - our own command
                    [sys.executable, "-m", "perfrules", *line],
                    cwd=folder, check=True, stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL, env=environ,
                )  # fmt: skip
                seconds.append(time.perf_counter() - clock)
                after = resource.getrusage(resource.RUSAGE_CHILDREN)
                processor.append(after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime)
                with (folder / "scores.csv").open(encoding="utf-8-sig") as file:
                    lines = sum(1 for _ in file) - 1
                assert lines == rows, lines
            found[f"--jobs {jobs}"] = {
                "seconds": min(seconds),
                "rows a second": rows / min(seconds),
                "processor seconds": min(processor),
                "rows a second of processor time": rows / min(processor),
                "share of the table's throughput": min(arrow) * rows / min(processor),
            }
            told(f"--jobs {jobs}: {found[f'--jobs {jobs}']}")
    return found


def peaks(*, quick: bool, rounds: int, told: Callable[[str], None]) -> Mapping[str, Any]:
    """Return the peaks of a table of a million rows, and of its input alone."""
    del rounds
    rows = 50_000 if quick else 1_000_000
    found = {}
    for work in WORK:
        found[work] = peak(work, rows)
        told(f"{work}: {found[work]}")
    return found


def main() -> None:
    """Do a piece of work, and print what it took."""
    work, rows = sys.argv[1], int(sys.argv[2])
    started = time.process_time()
    done = WORK[work](rows)
    seconds = time.process_time() - started
    print(json.dumps({"rows": done, "peak, MB": highest(), "seconds": seconds}))


if __name__ == "__main__":
    main()
