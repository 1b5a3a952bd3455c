"""The three sector plugins: built as wheels, installed, held to what a plugin is held to."""

import importlib.util
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.plugins.packages import ROOT, perfrules, python, unpack, wheel

SECTORS = sorted(path.parent for path in (ROOT / "plugins").glob("*/pyproject.toml"))
NAMES = [path.name for path in SECTORS]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheels of all three."""
    site = tmp_path_factory.mktemp("site")
    for project in SECTORS:
        unpack(wheel(project, tmp_path_factory.mktemp("dist")), site)
    return site


def test_there_are_three() -> None:
    assert NAMES == ["perfrules-education", "perfrules-poverty-relief", "perfrules-sanitation"]


@pytest.mark.parametrize("project", SECTORS, ids=NAMES)
def test_they_have_one_shape(project: Path) -> None:
    data = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    module = project.name.replace("-", "_")
    assert data["project"]["name"] == project.name
    assert data["project"]["dependencies"] == ["perfrules"]
    assert list(data["project"]["entry-points"]["perfrules"].values()) == [module]
    names = {path.relative_to(project).as_posix() for path in project.glob("*/*.py")}
    assert names == {"tests/test_plugin.py"}
    package = project / "src" / module
    assert {path.name for path in package.iterdir() if not path.name.startswith("__py")} == {
        "__init__.py", "libraries", "py.typed", "rulesets",
    }  # fmt: skip


@pytest.mark.parametrize("project", SECTORS, ids=NAMES)
def test_the_wheel_holds_every_yaml_file(project: Path, site: Path) -> None:
    source = project / "src"
    files = [path.relative_to(source) for path in source.rglob("*.yaml")]
    assert files
    assert [path for path in files if not (site / path).is_file()] == []


@pytest.mark.parametrize("name", NAMES)
def test_each_passes_its_own_test(name: str, site: Path) -> None:
    file = ROOT / "plugins" / name / "tests" / "test_plugin.py"
    done = python(site, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, str(file))
    assert done.returncode == 0, done.stdout + done.stderr


def test_all_are_loaded_side_by_side(site: Path) -> None:
    done = perfrules(site, "plugins", "--lang", "en")
    assert done.returncode == 0, done.stdout
    for name in NAMES:
        assert f"{name} 0.1.0  loaded" in done.stdout


def test_they_import_the_public_face_only() -> None:
    paths = [str(ROOT / "src"), *(str(project / "src") for project in SECTORS)]
    code = "from importlinter.cli import lint_imports as lint; import sys; "
    code += "sys.exit(lint(config_filename='plugins/importlinter.toml', no_cache=True))"
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_contracts_speak_of_all_of_them() -> None:
    data = tomllib.loads((ROOT / "plugins" / "importlinter.toml").read_text(encoding="utf-8"))
    modules = sorted(name.replace("-", "_") for name in NAMES)
    for contract in data["tool"]["importlinter"]["contracts"]:
        assert sorted(contract.get("modules") or contract["source_modules"]) == modules


def test_one_command_installs_the_project_with_its_plugins_and_only_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = importlib.util.spec_from_file_location("tasks", ROOT / "tasks.py")
    assert spec is not None
    assert spec.loader is not None
    tasks = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tasks)
    commands: list[list[str]] = []
    monkeypatch.setattr(tasks, "VENV", tmp_path)
    monkeypatch.setattr(tasks, "make_venv", lambda: None)

    def run(command: list[str]) -> int:
        commands.append(command)
        return 0

    monkeypatch.setattr(tasks, "run", run)
    tasks.install("dev")
    tasks.install("dev")
    tasks.install("")
    (command,) = commands
    assert command[1:4] == ["-m", "pip", "install"]
    given = [command[place + 1] for place, word in enumerate(command) if word == "--editable"]
    assert given == [".[dev]", *(str(project) for project in SECTORS)]
    assert "3 plugins" in capsys.readouterr().out
    stamp = tmp_path / "perfrules-dev.sha256"
    stamp.write_text("of another pyproject.toml\n", encoding="utf-8")
    tasks.install("dev")
    assert len(commands) == 2
