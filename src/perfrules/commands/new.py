"""`perfrules new`: a ruleset, a library or a plugin that passes every check from the start."""

import re
from argparse import Namespace
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from perfrules.api import check_text, document_schema
from perfrules.commands.console import Console
from perfrules.commands.output import save, writing
from perfrules.engine.render.words import tidy
from perfrules.errors import Lang, RulesetError, Text, UsageError
from perfrules.messages import diagnose
from perfrules.schema import as_text

KINDS = ("ruleset", "library", "plugin")
_DISTRIBUTION = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_MARK = re.compile("@(id|title|name|package)@")
_PACKAGE = {
    "pyproject.toml.txt": "pyproject.toml",
    "init.py.txt": "__init__.py",
    "test_plugin.py.txt": "test_plugin.py",
}
SCHEMA = ".schema.json"
_MODELINE = re.compile(r"\A# yaml-language-server: \$schema=schemas/(\w+)\.")
_NEXT = {
    "ruleset": (
        "perfrules check {main}",
        "perfrules test {cases}",
        "perfrules explain {main} {facts}",
    ),
    "library": ("perfrules check {main}", "perfrules test {cases}"),
    "plugin": ("pip install --editable {folder}", "perfrules plugins", "perfrules test {folder}"),
}


def run(args: Namespace, console: Console) -> int:
    """Write the files of something new; none of them may be there."""
    folder = Path(args.output or ".")
    made = dict(_files(args.kind, args.name, args.title or _last(args.name)))
    made |= dict(schemas(made, console.lang))
    paths = {folder / name: text for name, text in made.items()}
    there = [path for path in paths if path.exists() and not path.name.endswith(SCHEMA)]
    if there:
        raise UsageError(tuple(diagnose("PRF862", value=path) for path in there))
    for path, text in paths.items():
        if path.exists():  # the schema of the language is there already
            continue
        with writing(str(path)):
            path.parent.mkdir(parents=True, exist_ok=True)
        save(str(path), text)
        console.print(console.say(f"写出 {path}", f"wrote {path}"))
    console.note(console.say("接下来：", "next:"))
    own = folder / _last(args.name)
    named = {
        "main": f"{own}.yaml",
        "cases": f"{own}.cases.yaml",
        "facts": f"{own}.facts.yaml",
        "folder": str(folder / f"perfrules-{args.name.removeprefix('perfrules-')}"),
    }
    for line in _NEXT[args.kind]:
        console.note(f"  {line.format_map(named)}")
    return 0


def _last(name: str) -> str:
    return re.split(r"[.-]", name)[-1]


def _files(kind: str, name: str, title: str) -> Iterator[tuple[str, str]]:
    """Yield the files of a new thing: the path of each and its text."""
    if name.endswith((".yaml", ".yml")):  # a file's name, where an id is wanted
        raise _unusable(kind, name)
    title = tidy(title).replace("\\", "/").replace('"', "'")  # it goes between quotes
    if kind == "plugin":
        yield from _plugin(name, title)
        return
    words = {"id": name, "title": title, "name": _last(name)}
    for path, text in _template(kind, words):
        if path.endswith(f"{words['name']}.yaml"):
            _usable(kind, name, text)
        yield path, text


def schemas(made: Mapping[str, str], lang: Lang) -> Iterator[tuple[str, str]]:
    """Yield the schemas that the first lines of documents name, for editors."""
    texts: dict[str, str] = {}
    for name in made:
        if not name.endswith(".yaml") or name.endswith(".facts.yaml"):
            continue
        kind = _MODELINE.findall(made[name])[0]
        if kind not in texts:
            texts[kind] = as_text(document_schema(kind, lang=lang))
        folder = name.rpartition("/")[0]
        yield f"{folder}/schemas/{kind}{SCHEMA}".lstrip("/"), texts[kind]


def _plugin(name: str, title: str) -> Iterator[tuple[str, str]]:
    name = name.removeprefix("perfrules-")
    if not _DISTRIBUTION.fullmatch(name):
        form = Text("小写字母、数字和连字符", "small letters, digits and hyphens")
        raise UsageError((diagnose("PRF861", value=name, expected=form, example="road-repair"),))
    package = name.replace("-", "_")
    words = {"name": name, "package": package, "title": title}
    root, home = f"perfrules-{name}", f"perfrules-{name}/src/perfrules_{package}"
    for path, text in _template("plugin", words):
        top, _, rest = path.partition("/")
        yield f"{home}/{rest}" if top == "package" else f"{root}/{path}", text
    ruleset = {"id": f"{package}.project", "title": title, "name": "project"}
    for path, text in _template("ruleset", ruleset):
        if not path.endswith(".facts.yaml"):
            yield f"{home}/rulesets/{path}", text
    library = {"id": package, "title": title, "name": package}
    for path, text in _template("library", library):
        yield f"{home}/libraries/{path}", text


def _template(kind: str, words: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the files of a template, filled in."""
    for path, source in _walk(files("perfrules").joinpath("templates", kind), ""):
        text = _MARK.sub(lambda found: words[found[1]], source.read_text(encoding="utf-8"))
        yield path.replace("NAME", words["name"]), text


def _walk(folder: Traversable, above: str) -> Iterator[tuple[str, Traversable]]:
    for item in sorted(folder.iterdir(), key=lambda one: one.name):
        if item.is_dir():
            yield from _walk(item, f"{above}{item.name}/")
        elif item.name.endswith((".yaml", ".md", ".txt")):
            yield f"{above}{_PACKAGE.get(item.name, item.name)}", item


def _usable(kind: str, name: str, text: str) -> None:
    """Refuse a name that the language doesn't take: what the checker says of it."""
    wrong = [item for item in check_text(text, name) if item.severity == "error"]
    if wrong:
        raise _unusable(kind, name) from RulesetError(tuple(wrong))


def _unusable(kind: str, name: str) -> UsageError:
    form = Text("字母、数字、下划线，可用点分段", "letters, digits and _, parts joined by dots")
    return UsageError((diagnose("PRF861", value=name, expected=form, example=f"city.{kind}"),))
