"""Run the benchmarks: every answer is checked before anything is timed.

    python -m benchmarks.run --json OUT [--only NAME ...] [--quick] [--rounds 15]

What is written holds the versions, the machine and its load before and after, the seconds of each
contestant (best and median, of a unit or a row) and its ratio to the yardstick. `--quick` shows in
a minute or two that everything runs; its numbers mean little. `benchmarks.compare` reads two files.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks import forms, growth, memory, sheets, single, table
from benchmarks.measure import environment

Told = Callable[[str], None]
Benchmark = Callable[..., Mapping[str, Any]]


def _of_w(leaves: int) -> Benchmark:
    def run(*, quick: bool, rounds: int, told: Told) -> Mapping[str, Any]:
        return single.w(leaves, 2 if quick else rounds, told)

    return run


def _form(*, quick: bool, rounds: int, told: Told) -> Mapping[str, Any]:
    return single.form(2 if quick else rounds, told)


BENCHMARKS: Mapping[str, Benchmark] = {
    "W20": _of_w(20),
    "W100": _of_w(100),
    "hubei": _form,
    "table": table.measured,
    "forms": forms.measured,
    "indicators": growth.by_indicators,
    "rows": growth.by_rows,
    "csv": memory.command,
    "memory": memory.peaks,
    "sheets": sheets.review,
    "import": growth.imports,
}


def main() -> int:
    """Run those that are asked for and write what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", type=Path, required=True, help="the file to write")
    parser.add_argument("--only", nargs="+", choices=[*BENCHMARKS], default=[*BENCHMARKS])
    parser.add_argument("--quick", action="store_true", help="few rows and rounds")
    parser.add_argument("--rounds", type=int, default=15)
    args = parser.parse_args()
    found: dict[str, Any] = {"environment": environment(), "quick": args.quick, "results": {}}
    for name in args.only:
        print(f"{name} …", file=sys.stderr, flush=True)

        def told(what: str, name: str = name) -> None:
            print(f"  {name}: {what}", file=sys.stderr, flush=True)

        rounds = 2 if args.quick else args.rounds
        before = environment()["load"]
        result = BENCHMARKS[name](quick=args.quick, rounds=rounds, told=told)
        found["results"][name] = {**result, "load": [before, environment()["load"]]}
        text = json.dumps(found, ensure_ascii=False, indent=1)
        args.json.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
