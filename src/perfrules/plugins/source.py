"""A plugin's package as files: what its code imports of perfrules, and where its documents lie."""

import ast
import inspect
import sys
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from types import ModuleType

from perfrules.errors import Diagnostic, Span
from perfrules.messages import diagnose


def package_of(plugin: object) -> Path | None:
    """Return the folder of a plugin's package, or the file of a single module; None without one."""
    module = plugin if isinstance(plugin, ModuleType) else sys.modules.get(type(plugin).__module__)
    file = getattr(module, "__file__", None)
    if not isinstance(file, str) or inspect.isbuiltin(plugin):
        return None
    place = Path(file).resolve()
    return place.parent if place.name == "__init__.py" else place


def import_problems(package: Path, public: Collection[str]) -> Iterator[Diagnostic]:
    """PRF930: what the package uses of perfrules and isn't among the *public* names."""
    for file in sorted(package.rglob("*.py")) if package.is_dir() else [package]:
        text = file.read_text(encoding="utf-8")
        tree = ast.parse(text)
        aliases = {"perfrules"}
        for node in ast.walk(tree):
            for name, alias in _used(node, aliases):
                if alias:
                    aliases.add(alias)
                if name and name.removeprefix("perfrules.") not in public:
                    line = text.splitlines()[node.lineno - 1]  # type: ignore[attr-defined] # nodes of statements
                    yield diagnose("PRF930", _span(file, node, line), excerpt=line, value=name)


def _used(node: ast.AST, aliases: set[str]) -> Iterator[tuple[str, str]]:
    """Yield each name of perfrules in *node*, or what perfrules itself is called here."""
    match node:
        case ast.Import():
            for item in node.names:
                if item.name == "perfrules":
                    yield "", item.asname or ""
                elif item.name.startswith("perfrules."):
                    yield item.name, ""
        case ast.ImportFrom(module=str(module), level=0) if module == "perfrules":
            for item in node.names:
                yield f"perfrules.{item.name}", ""
        case ast.ImportFrom(module=str(module), level=0) if module.startswith("perfrules."):
            yield module, ""
        case ast.Attribute(value=ast.Name(id=name)) if name in aliases:
            yield f"perfrules.{node.attr}", ""
        case _:
            return


def _span(file: Path, node: ast.AST, line: str) -> Span:
    row = getattr(node, "lineno", 1)
    start = len(line.encode("utf-8")[: getattr(node, "col_offset", 0)].decode("utf-8"))
    return Span(str(file), row, start + 1, row, len(line) + 1)


def path_problems(paths: Iterable[Path], package: Path) -> Iterator[Diagnostic]:
    """PRF935: a document that wouldn't be in what is installed."""
    folder = package if package.is_dir() else package.parent
    for path in paths:
        if not path.resolve().is_relative_to(folder):
            yield diagnose("PRF935", value=str(path), folder=str(folder))
