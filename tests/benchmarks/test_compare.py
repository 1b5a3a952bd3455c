"""Two files of results side by side."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks import compare, run


def found(best: float, ratio: float, peak: float) -> dict[str, Any]:
    times = {"best": best, "median": best, "ratio": ratio, "best_ratio": ratio}
    return {
        "environment": {"python": "3.11.7", "load": [1.5, 0.5], "packages": {"numpy": None}},
        "results": {
            "W20": {"times": {"one": times}, "load": [[1.0], [2.0]]},
            "memory": {"table": {"peak, MB": peak}},
        },
    }


def test_the_comparison_holds_times_ratios_and_other_numbers() -> None:
    before = found(2e-5, 2.0, 100.0)
    before["results"]["gone"] = {"times": {}}
    text = "\n".join(compare.tables(before, found(1e-5, 1.5, 300.0)))
    assert "| one | 20 | 10 | 0.50 | 2 | 1.5 | 0.75 |" in text
    assert "| table, peak, MB | 100 | 300 | 3.00 |" in text
    assert "| load | 1.5 0.5 | 1.5 0.5 |" in text
    assert "| numpy | — | — |" in text
    assert "gone" not in text


def test_the_commands_write_and_read_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def nothing(*, quick: bool, rounds: int, told: run.Told) -> dict[str, Any]:
        told("done")
        return {"quick": int(quick), "rounds": rounds}

    out = tmp_path / "out.json"
    monkeypatch.setattr(run, "BENCHMARKS", {"nothing": nothing, "never": None})
    line = ["run", "--json", str(out), "--only", "nothing", "--quick"]
    monkeypatch.setattr(sys, "argv", line)
    assert run.main() == 0
    written = json.loads(out.read_text(encoding="utf-8"))
    assert written["quick"] is True
    assert written["results"]["nothing"]["rounds"] == 2
    assert "nothing: done" in capsys.readouterr().err
    monkeypatch.setattr(sys, "argv", ["compare", str(out), str(out)])
    assert compare.main() == 0
    assert "| rounds | 2 | 2 | 1.00 |" in capsys.readouterr().out
