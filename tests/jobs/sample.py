"""Facts of many units of the form, good and bad, and what `score` makes of them."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from perfrules.cli import main
from tests.sample_rulesets import FORM, HEADS

__all__ = ["FORM", "HEADS", "facts", "rows", "score", "unit"]


def unit(number: int) -> str:
    """Return a row: 20 × executed ÷ 100 and 80 × done; each seventh has a number that is none."""
    executed = "约5" if number % 7 == 3 else f"{number % 100}.{number % 10}"
    return f"P{number:05},100,{executed},{number % 101}%,{'是' if number % 11 == 0 else '否'}"


def rows(count: int) -> list[str]:
    """Return the rows of so many units."""
    return [unit(number) for number in range(count)]


def facts(folder: Path, lines: Iterable[str], name: str = "facts.csv") -> Path:
    """Write the form and a CSV of its facts."""
    (folder / "form.yaml").write_text(FORM, encoding="utf-8")
    path = folder / name
    path.write_text("\n".join([HEADS, *lines, ""]), encoding="utf-8")
    return path


def score(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    """Run `score form.yaml`; return the exit code and both streams."""
    code = main(["score", "form.yaml", *argv, "--traceback"])
    out, err = capsys.readouterr()
    return code, out, err
