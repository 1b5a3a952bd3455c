"""Kill `perfrules score` at random points, go on with --resume, and compare every byte.

    python -m benchmarks.kill --times 50

Each run scores the same facts and is killed (SIGKILL) at a random moment, again and again, until
one comes to its end; what it wrote must be what a run that nobody disturbed writes. Formats, routes
and numbers of processes take turns. Exit code 1 where a byte differs.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import workloads

PLANS = (
    ("facts.csv", "scores.csv", "--jobs", "1"),
    ("facts.csv", "scores.csv", "--jobs", "2"),
    ("facts.jsonl", "scores.jsonl", "--jobs", "2"),
    ("facts.csv", "scores.json", "--jobs", "1"),
    ("facts.csv", "scores.parquet", "--jobs", "2"),
)


def facts(folder: Path, rows: int) -> None:
    """Write W20 and its facts as CSV and JSON lines, every hundredth row wrong."""
    (folder / "w20.yaml").write_text(workloads.ruleset(20), encoding="utf-8")
    chance = random.Random(7)  # noqa: S311 - facts to be scored, not secrets
    heads: list[str] = []
    lines: list[str] = []
    units: list[str] = []
    for number in range(rows):
        row = {"unit": f"P{number:06}", **workloads.row(20, chance)}
        if number % 100 == 50:
            row["v0"] = "about 5"
        cells: dict[str, str] = {}
        for name, value in row.items():
            if isinstance(value, dict):
                cells |= {f"{name}.{level}": count for level, count in value.items()}
            else:
                cells[name] = value
        heads = heads or list(cells)
        lines.append(",".join(cells.values()))
        units.append(str(row).replace("'", '"'))
    (folder / "facts.csv").write_text("\n".join([",".join(heads), *lines, ""]), encoding="utf-8")
    (folder / "facts.jsonl").write_text("\n".join([*units, ""]), encoding="utf-8")


def command(plan: tuple[str, ...], output: str, rows: int) -> list[str]:
    """Return the command of a plan, writing to *output* and its rejects beside."""
    source, _, *options = plan
    return [
        *(sys.executable, "-m", "perfrules", "score", "w20.yaml", source, "-o", output),
        *("--rejects", f"{output}.bad.csv", "--part-rows", str(rows), *options),
    ]


def parts(folder: Path, output: str) -> int:
    """Return how many parts are kept of an output."""
    try:
        names = [path.name for path in (folder / f"{output}.parts").iterdir()]
    except FileNotFoundError:  # not yet made, or removed at the end
        return 0
    return sum(name.endswith(".rejects") for name in names)


def attempts(
    folder: Path, plan: tuple[str, ...], rows: int, chance: random.Random
) -> Iterator[bool]:
    """Run a plan until it comes to its end; yield for each run whether it was killed.

    A moment is drawn among those in which the process starts, writes parts or puts them together.
    """
    output = f"killed_{plan[1]}"
    resume: list[str] = []
    while True:
        before = parts(folder, output)
        process = subprocess.Popen(  # noqa: S603 - our own command
            [*command(plan, output, rows), *resume],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        more = chance.choice((0, 1, 1, 2, 3, 5, 8, 1000))
        while process.poll() is None and parts(folder, output) < before + more:
            time.sleep(0.002)
        time.sleep(chance.uniform(0, 0.03 if more else 1))
        code = process.poll()
        process.kill()
        process.wait()
        yield code is None
        if code is not None:
            assert code == 1, code  # some rows were rejected, and all is written
            return
        resume = ["--resume"]


def same(folder: Path, plan: tuple[str, ...], rows: int) -> bool:
    """Return whether the output that was killed and resumed is that of a run left alone."""
    whole = f"whole_{plan[1]}"
    if not (folder / whole).exists():
        subprocess.run(  # noqa: S603 - our own command
            command((*plan[:2], "--jobs", "1"), whole, rows),
            cwd=folder,
            check=False,
            stderr=subprocess.DEVNULL,
        )
    names = ((f"killed_{plan[1]}{end}", f"{whole}{end}") for end in ("", ".bad.csv"))
    return all((folder / one).read_bytes() == (folder / other).read_bytes() for one, other in names)


def left(folder: Path) -> list[str]:
    """Return what a finished run must not leave behind."""
    return sorted(
        path.name
        for path in folder.iterdir()
        if path.name.startswith(".") or path.name.endswith(".parts")
    )


def main() -> int:
    """Kill as often as was asked; 1 where a byte differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--rows", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    chance = random.Random(args.seed)  # noqa: S311 - moments, not secrets
    kills = runs = wrong = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        facts(folder, args.rows)
        while kills < args.times:
            plan = PLANS[runs % len(PLANS)]
            kills += sum(attempts(folder, plan, args.rows // 20, chance))
            runs += 1
            good = same(folder, plan, args.rows // 20) and not left(folder)
            wrong += not good
            print(f"{' '.join(plan)}: {kills} kills so far, {'same bytes' if good else 'DIFFERS'}")
            for path in folder.glob("killed_*"):
                path.unlink()
    print(f"{kills} kills, {runs} outputs, {wrong} that differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
