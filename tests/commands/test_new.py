"""`new`: what it writes passes check, test and fmt at once; nothing is ever written over."""

from pathlib import Path

import pytest

from tests.plugins.packages import perfrules, python, unpack, wheel
from tests.sample_work import run


@pytest.mark.parametrize(
    ("kind", "name", "files"),
    [
        (
            "ruleset",
            "city.road_repair",
            {"road_repair.yaml", "road_repair.cases.yaml", "road_repair.facts.yaml"},
        ),
        (
            "ruleset",
            "市级.道路维修",
            {"道路维修.yaml", "道路维修.cases.yaml", "道路维修.facts.yaml"},
        ),
        ("library", "transport", {"transport.yaml", "transport.cases.yaml"}),
    ],
)
def test_passes_at_once(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    name: str,
    files: set[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, "new", kind, name, "--title", '道路"维修"：{2026}')
    assert code == 0, err
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == files
    assert all(file in out for file in files)
    code, out, _ = run(capsys, "check", ".", "--lang", "en")
    assert (code, out.splitlines()[-1].partition(": ")[2]) == (0, "0 errors, 0 warnings")
    code, out, _ = run(capsys, "test", ".", "--lang", "en")
    assert (code, out.splitlines()[-1].partition(", ")[2]) == (0, "fail 0, error 0, skip 0")
    assert run(capsys, "fmt", "--check", ".")[0] == 0
    code, out, _ = run(capsys, "check", "--prove", ".")
    assert (code, "PRF8" in out) == (0, False), out
    code, out, _ = run(capsys, "test", "--coverage", "--fail-under", "95%", ".")
    assert code == 0, out
    code, out, _ = run(capsys, "test", "--mutate", ".", "--format", "json")
    assert code == 0, out
    for file in files:  # an editor finds the schema that the first line names
        first = (tmp_path / file).read_text(encoding="utf-8").splitlines()[0]
        schema = first.partition("$schema=")[2]
        assert bool(schema) == ("facts" not in file)
        assert not schema or (tmp_path / schema).is_file()
    # a second one keeps the schemas of the first
    assert run(capsys, "new", kind, f"{name}_2")[0] == 0


def test_the_example_is_scored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By hand: 20 × 0.925 = 18.5, 25 × 0.96 = 24, 25 × 80 % = 20, 30 × 28.5 ÷ 30 = 28.5."""
    monkeypatch.chdir(tmp_path)
    run(capsys, "new", "ruleset", "city.road_repair")
    code, out, _ = run(capsys, "explain", "road_repair.yaml", "road_repair.facts.yaml")
    assert code == 0
    assert "91.00 / 100" in out


def test_a_plugin(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is built, installed beside perfrules, found, and passes its own test."""
    monkeypatch.chdir(tmp_path)
    code, _, err = run(capsys, "new", "plugin", "road-repair", "--title", "道路维修")
    assert code == 0, err
    project = tmp_path / "perfrules-road-repair"
    site = tmp_path / "site"
    unpack(wheel(project, tmp_path / "dist"), site)
    done = perfrules(site, "list", "--lang", "en")
    assert "road_repair.project@1.0" in done.stdout, done.stderr
    own = (project / "tests" / "test_plugin.py").read_text(encoding="utf-8")
    done = python(site, "-c", f"{own}\ntest_plugin()")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("ruleset", "road repair!"),
        ("ruleset", "road.yaml"),
        ("library", "道路（新）"),
        ("plugin", "Road_Repair"),
    ],
)
def test_names_that_cant_be(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    name: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, "new", kind, name)
    assert (code, out) == (2, "")
    assert "PRF861" in err
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "road.cases.yaml").write_text("mine", encoding="utf-8")
    code, _, err = run(capsys, "new", "ruleset", "city.road")
    assert (code, err.count("PRF862")) == (2, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["road.cases.yaml"]
