"""Print what `import perfrules` costs above an empty interpreter: best of ten, in milliseconds.

It is processor time, so that what other programs take isn't counted.
"""

import resource
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src"
ROUNDS = 10
CODES = ("import perfrules", "from perfrules import loads", "import perfrules.cli")


def best(code: str) -> float:
    """Return the least processor time of a fresh interpreter that runs *code*."""
    times = []
    for _ in range(ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": str(SOURCE)})  # noqa: S603 - our own interpreter
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        user = after.ru_utime - before.ru_utime
        times.append(user + after.ru_stime - before.ru_stime)
    return min(times) * 1000


def main() -> None:
    """Print the base and what each import adds to it."""
    base = best("pass")
    print(f"python -c pass                {base:7.1f} ms")
    for code in CODES:
        print(f"{code:<28} + {best(code) - base:7.1f} ms")


if __name__ == "__main__":
    main()
