"""Print what `import perfrules` costs above an empty interpreter: best of ten, in milliseconds."""

import subprocess
import sys
import time
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src"
ROUNDS = 10


def best(code: str) -> float:
    """Return the shortest time of a fresh interpreter that runs *code*."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": str(SOURCE)})  # noqa: S603 - our own interpreter
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def main() -> None:
    """Print the base and what each import adds to it."""
    base = best("pass")
    print(f"python -c pass                {base:7.1f} ms")
    for code in ("import perfrules", "from perfrules import loads", "import perfrules.cli"):
        print(f"{code:<28} + {best(code) - base:7.1f} ms")


if __name__ == "__main__":
    main()
