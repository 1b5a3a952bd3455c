"""Compare two files of `benchmarks.run` as Markdown: before, after, and their ratio.

    python -m benchmarks.compare BEFORE.json AFTER.json

Where there is a yardstick the ratio of the ratios to it is shown as well: it is the same on a slow
machine and a fast one.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

Found = Mapping[str, Any]


def tables(before: Found, after: Found) -> Iterator[str]:
    """Yield the Markdown of what ran on, then of each benchmark that both have."""
    yield _table(
        ("", "before", "after"),
        [(name, _shown(one), _shown(other)) for name, one, other in _facts(before, after)],
    )
    for name, one in before["results"].items():
        other = after["results"].get(name)
        if other is None:
            continue
        yield f"## {name}"
        if "times" in one and "times" in other:
            yield _timed(one["times"], other["times"])
        lines = [(place, was, now) for place, was in _numbers(one)
                 for same, now in _numbers(other) if same == place]  # fmt: skip
        if lines:
            yield _table(
                ("", "before", "after", "after ÷ before"),
                [(place, _shown(was), _shown(now), _ratio(now, was)) for place, was, now in lines],
            )


def _timed(before: Found, after: Found) -> str:
    heads = (
        "",
        "before, µs",
        "after, µs",
        "after ÷ before",
        "÷ yardstick before",
        "after",
        "ratio",
    )
    return _table(
        heads,
        [
            (
                name,
                _shown(was["best"] * 1e6),
                _shown(after[name]["best"] * 1e6),
                _ratio(after[name]["best"], was["best"]),
                _shown(was["ratio"]),
                _shown(after[name]["ratio"]),
                _ratio(after[name]["ratio"], was["ratio"]),
            )
            for name, was in before.items()
            if name in after
        ],
    )


def _facts(before: Found, after: Found) -> Iterator[tuple[str, object, object]]:
    one, other = before["environment"], after["environment"]
    for name in one:
        if name != "packages":
            yield name, one[name], other.get(name)
    for name in one["packages"]:
        yield name, one["packages"][name], other["packages"].get(name)


def _numbers(found: object, place: str = "") -> Iterator[tuple[str, float]]:
    """Yield every number of a result that isn't a time of a contest, with where it stands."""
    if isinstance(found, Mapping):
        for name, below in found.items():
            if name not in ("times", "load"):
                yield from _numbers(below, f"{place}, {name}" if place else str(name))
    elif isinstance(found, int | float) and not isinstance(found, bool):
        yield place, found


def _ratio(now: float, was: float) -> str:
    return f"{now / was:.2f}" if was else "—"


def _shown(value: object) -> str:
    """Return a value as a cell shows it: four digits of a number.

    >>> _shown(0.012345), _shown(1234.5), _shown(None)
    ('0.01235', '1234', '—')
    """
    if value is None:
        return "—"
    if isinstance(value, float):
        return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.4g}"
    if isinstance(value, list):
        return " ".join(str(item) for item in value)
    return str(value)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> int:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    args = parser.parse_args()
    before, after = (
        json.loads(path.read_text(encoding="utf-8")) for path in (args.before, args.after)
    )
    print("\n\n".join(tables(before, after)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
