"""The shape of the code: small files, a test beside each module, imports that point down."""

import ast
import re
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "perfrules"
TESTS = ROOT / "tests"
MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST = 400

# Packages with one face: their modules are tested through it, in the package's own folder.
FACES = (
    "analysis/change",
    "analysis/coverage",
    "analysis/mutate",
    "analysis/portfolio",
    "analysis/prove",
    "fmt",
    "engine/batch",
    "engine/batch/intake",
    "engine/batch/kernel",
    "engine/batch/kernel/forms",
    "engine/facts",
    "excel",
    "lang/cells",
    "lang/check",
    "lang/check/portfolio",
    "lang/document",
    "lang/expr",
    "lang/resolve",
    "lang/spec",
    "plugins",
    "sql",
    "testing",
)

# Parts of the scoring methods, each tested through the methods that use it, besides its doctests.
PARTS = (
    "amount",
    "ballot",
    "goals",
    "labels",
    "measure",
    "operands",
    "pair",
    "part",
    "phrase",
    "scale",
    "share",
    "weights",
)

# Parts of the generated function: none is right or wrong but by what the whole computes.
COMPILED = (
    *("build", "derived", "folds", "leaves", "outcome", "rollup", "scope", "settle"),
    *("shares", "source", "trees"),
    *(f"forms/{part}" for part in ("__init__", "composed", "losses", "measured", "plain", "rated")),
)
COMPILED = tuple(f"engine/codegen/{part}.py" for part in COMPILED)

# Modules without a test file of their own name, each with the reason.
WITHOUT = {
    "__init__.py": "test_api and test_architecture look at the public names",
    "lang/ballots.py": "data that surveys and panels read: test_survey, test_panel, test_facts",
    "lang/frame.py": "data and protocols",
    "lang/load.py": "two lines over document, shape and check: test_api, test_bad_cases",
    "lang/methods/__init__.py": "test_table",
    "lang/methods/base.py": "protocols",
    "lang/operations.py": "what the operators mean: tests/lang/expr/test_evaluate",
    "lang/plan.py": "data that the tests of lang/check look at",
    "lang/portfolio.py": "data that the tests of lang/check/portfolio look at",
    "lang/prune.py": "what follows from a fault is not told: test_bad_cases",
    "lang/tree.py": "data that the tests of lang/expr look at",
    "lang/types.py": "data that the tests of lang/expr look at",
    **{f"lang/methods/{part}.py": "a part of methods" for part in PARTS},
    **{
        f"sql/methods/{part}.py": "held to the engine in duckdb: sql/test_statement"
        for part in ("composed", "losses", "measured", "plain", "share")
    },
    **dict.fromkeys(COMPILED, "held to the interpreter as a whole: engine/codegen/test_compiled"),
}


def name_of(path: Path) -> str:
    """Return a module's path below src/perfrules."""
    return path.relative_to(SOURCE).as_posix()


def is_small(path: Path) -> bool:
    """Whether a module only holds a docstring, imports and re-exports."""
    kinds = (ast.Expr, ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return all(isinstance(node, kinds) for node in body)


def homes_of(path: Path) -> list[Path]:
    """Return the test files of a module: `test_x.py` in the same place, or those of its face."""
    relative = path.relative_to(SOURCE)
    stem = relative.parent.name if relative.name == "__init__.py" else relative.stem
    folder = TESTS / relative.parent
    name = f"test_{stem.strip('_')}.py"
    places = [folder / name, folder.parent / name]
    if relative.parent.as_posix() in FACES:
        places += [*folder.glob("test_*.py"), folder.parent / f"test_{folder.name}.py"]
    return [place for place in places if place.is_file()]


def isort_style(name: str) -> tuple[int, str]:
    """Sort CONSTANTS before Classes before functions, as ruff does."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_files_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_each_module_has_a_test_file() -> None:
    lacking = [
        name_of(path)
        for path in MODULES
        if not is_small(path) and not homes_of(path) and name_of(path) not in WITHOUT
    ]
    assert lacking == []


def test_exceptions_are_still_needed() -> None:
    needless = [
        name for name in WITHOUT if not (SOURCE / name).is_file() or homes_of(SOURCE / name)
    ]
    assert needless == []


def test_public_names_are_sorted() -> None:
    for path in MODULES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            names = node.targets if isinstance(node, ast.Assign) else []
            if any(isinstance(name, ast.Name) and name.id == "__all__" for name in names):
                assert isinstance(node, ast.Assign)
                public = ast.literal_eval(node.value)
                assert public == sorted(public, key=isort_style), name_of(path)


def private_imports(text: str) -> list[str]:
    """Return what a module takes of another of ours that isn't meant for it."""
    return [
        f"{node.module}.{item.name}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("perfrules")
        for item in node.names
        if item.name.startswith("_") and not item.name.startswith("__")
    ]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_private_names_stay_at_home(path: Path) -> None:
    assert private_imports(path.read_text(encoding="utf-8")) == []


def test_a_private_name_would_be_seen() -> None:
    text = "def f():\n    from perfrules.engine.expand import _rows, expand\nimport os\n"
    assert private_imports(text) == ["perfrules.engine.expand._rows"]


def test_no_file_is_called_utils() -> None:
    assert [
        name_of(path) for path in MODULES if re.search(r"util|helper|common|misc", path.stem)
    ] == []


def test_imports_point_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == 0
