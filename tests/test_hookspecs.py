"""The hooks: documented, marked, and each used by a plugin of the tests."""

import ast
from pathlib import Path

import pluggy

from perfrules import hookspecs

ROOT = Path(__file__).parent.parent
HOOKS = [
    "perfrules_functions",
    "perfrules_libraries",
    "perfrules_methods",
    "perfrules_rulesets",
    "perfrules_scored",
]


def test_the_hooks_are_these() -> None:
    assert [name for name in dir(hookspecs) if name.startswith("perfrules_")] == HOOKS
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    assert all(getattr(manager.hook, name).has_spec() for name in HOOKS)


def test_only_the_observer_takes_something() -> None:
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    takes = {name: getattr(manager.hook, name).spec.argnames for name in HOOKS}
    assert takes == {**dict.fromkeys(HOOKS, ()), "perfrules_scored": ("result",)}


def test_each_is_on_the_page_and_has_a_plugin() -> None:
    page = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
    assert all(f"`{name}(" in page for name in HOOKS)
    files = [*(ROOT / "tests" / "plugins").glob("*.py"), *(ROOT / "plugins").rglob("__init__.py")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in files) + page
    assert all(f"def {name}(" in code or f"{name}=" in code for name in HOOKS)


def test_the_interface_has_a_number() -> None:
    assert hookspecs.API == 1
    assert type(hookspecs.API) is int


def test_nothing_of_pluggy_is_elsewhere() -> None:
    doors = set()
    for path in (ROOT / "src" / "perfrules").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [item.name for item in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            if any(name.split(".")[0] == "pluggy" for name in names):
                doors.add(path.relative_to(ROOT / "src" / "perfrules").as_posix())
    assert doors == {"hookspecs.py", "plugins/load.py"}
