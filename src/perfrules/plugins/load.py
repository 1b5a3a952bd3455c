"""One plugin from its entry point to what it brings; the only door to pluggy beside `hookspecs`.

Each plugin has a plugin manager of its own: pluggy stops a call at the first exception, and a
plugin that is refused must leave nothing behind among the others.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

import pluggy

from perfrules import hookspecs
from perfrules.errors import Diagnostic, Text
from perfrules.lang.extension import Function, Method
from perfrules.lang.frame import Fault
from perfrules.lang.guard import run
from perfrules.messages import diagnose, did_you_mean
from perfrules.plugins.brought import Brought
from perfrules.plugins.declared import function_problems, method_problems
from perfrules.plugins.discover import Candidate
from perfrules.plugins.report import PluginEntry, PluginState

PREFIX: Final = "perfrules_"
_MOST: Final = 10_000  # things one hook may bring
_FOLDER: Final = '[Path(__file__).parent / "rulesets"]'
_HOOK: Final = Text("钩子", "hook")
_WRAPPER: Final = Text("它是 wrapper；钩子只提供内容", "it is a wrapper; a hook only brings")
_NO_PATH: Final = Text("它不是路径", "it is no path")
_ABSOLUTE: Final = Text("它是相对路径", "it is relative to whatever folder is current")
_ABSENT: Final = Text("没有这个文件或文件夹", "there is no such file or folder")
_NO_YAML: Final = Text("其中没有 .yaml 文件", "there is no .yaml file in it")


class Refusal(Exception):  # noqa: N818 - what is wrong with a plugin, on its way to the report
    """A plugin can't be used: every reason known."""

    def __init__(self, *problems: Diagnostic) -> None:
        super().__init__(*problems)
        self.problems = problems


def bring(candidates: Iterable[Candidate]) -> list[Brought]:
    """Return what each plugin brings, in order; the second one of two that are the same is out."""
    found: list[Brought] = []
    for candidate in candidates:
        entry = PluginEntry(candidate.name, candidate.version, PluginState.LEFT_OUT)
        try:
            found.append(_bring(candidate, found))
        except Refusal as refusal:
            found.append(Brought(replace(entry, problems=refusal.problems)))
    return found


def _bring(candidate: Candidate, before: list[Brought]) -> Brought:
    name = candidate.name
    try:
        plugin = run(candidate.load, plugin=name, what="import")
    except Fault as fault:
        raise Refusal(_told("PRF900", fault, plugin=name)) from None
    for other in before:
        if other.plugin is plugin and plugin is not None:
            raise Refusal(diagnose("PRF906", plugin=other.entry.name, value=name))
    try:
        hooks: dict[str, pluggy.HookImpl] = {}
        problems: list[Diagnostic] = []
        run(_register, plugin, name, hooks, problems, plugin=name, what="hooks")
    except Fault as fault:
        raise Refusal(_told("PRF900", fault, plugin=name)) from None
    if problems:
        raise Refusal(*problems)
    return _collect(candidate, plugin, hooks)


def _register(
    plugin: object, name: str, hooks: dict[str, pluggy.HookImpl], problems: list[Diagnostic]
) -> None:
    """Fill *hooks* with the plugin's hooks by name, *problems* with PRF901 to PRF905."""
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    specs = {item for item in dir(hookspecs) if item.startswith(PREFIX)}
    version = getattr(plugin, "PERFRULES_API", hookspecs.API)
    if type(version) is not int or version != hookspecs.API:
        expected = _same(hookspecs.API)
        problems.append(diagnose("PRF905", plugin=name, value=version, expected=expected))
        return
    problems += _unmarked(manager, plugin, name)
    try:
        manager.register(plugin, name)
    except pluggy.PluginValidationError:
        problems += _arguments(manager, plugin, name)
        return
    for caller in manager.get_hookcallers(plugin) or ():
        for impl in caller.get_hookimpls():
            hooks[caller.name] = impl
            if caller.name not in specs:
                hint = did_you_mean(caller.name, sorted(specs))
                problems.append(diagnose("PRF901", plugin=name, value=caller.name, hint=hint))
            elif impl.wrapper or impl.hookwrapper:
                problems.append(
                    diagnose("PRF914", plugin=name, what=_HOOK, value=caller.name, problem=_WRAPPER)
                )
    if not hooks and not problems:
        problems.append(diagnose("PRF904", plugin=name))


def _unmarked(manager: pluggy.PluginManager, plugin: object, name: str) -> Iterator[Diagnostic]:
    """PRF903: what is called like a hook is one, or is to be called otherwise."""
    for item in dir(plugin):
        called = item.startswith(PREFIX) and inspect.isroutine(getattr(plugin, item, None))
        if called and manager.parse_hookimpl_opts(plugin, item) is None:
            yield diagnose("PRF903", plugin=name, value=item)


def _arguments(manager: pluggy.PluginManager, plugin: object, name: str) -> Iterator[Diagnostic]:
    """PRF902: every hook that asks for what it can't have."""
    for item in dir(plugin):
        spec = getattr(hookspecs, item, None) if item.startswith(PREFIX) else None
        if spec is None or manager.parse_hookimpl_opts(plugin, item) is None:
            continue
        known = list(inspect.signature(spec).parameters)
        for argument in inspect.signature(getattr(plugin, item)).parameters.values():
            if argument.default is argument.empty and argument.name not in known:
                words = ", ".join(known)
                expected = Text(words or "无", words or "nothing")
                yield diagnose(
                    "PRF902",
                    plugin=name,
                    value=item,
                    argument=argument.name,
                    expected=expected,
                    arguments=words,
                )


def _collect(candidate: Candidate, plugin: object, hooks: dict[str, pluggy.HookImpl]) -> Brought:
    """Call the hooks and look at what they bring."""
    name = candidate.name
    problems: list[Diagnostic] = []

    def called(hook: str, expected: Text, example: str) -> list[object]:
        if hook not in hooks:
            return []
        try:
            return _items(name, hook, hooks[hook].function, expected, example)
        except Refusal as refusal:
            problems.extend(refusal.problems)
            return []

    paths = Text("路径的列表", "a list of paths")
    rulesets = called("perfrules_rulesets", paths, _FOLDER)
    libraries = called("perfrules_libraries", paths, '[Path(__file__).parent / "libraries"]')
    methods = called("perfrules_methods", Text("Method 的列表", "a list of Methods"), "[METHOD]")
    functions = called(
        "perfrules_functions", Text("Function 的列表", "a list of Functions"), "[FUNCTION]"
    )
    for path in (*rulesets, *libraries):
        problems += _path_problems(path, name)
    for method in methods:
        problems += method_problems(method, name)
    for function in functions:
        problems += function_problems(function, name)
    if problems:
        raise Refusal(*problems)
    scored = hooks.get("perfrules_scored")
    entry = PluginEntry(name, candidate.version, PluginState.LOADED, observes=scored is not None)
    return Brought(
        entry,
        plugin,
        tuple(Path(str(item)) for item in rulesets),
        tuple(Path(str(item)) for item in libraries),
        tuple(item for item in methods if isinstance(item, Method)),
        tuple(item for item in functions if isinstance(item, Function)),
        scored.function if scored else None,
        takes_result=bool(scored and scored.argnames),
    )


def _items(
    plugin: str, hook: str, call: Callable[[], object], expected: Text, example: str
) -> list[object]:
    """Return what a hook brings; raise `Refusal` PRF909, PRF910."""

    def listed() -> list[object] | object:
        found = call()
        if isinstance(found, str | bytes | Path) or not isinstance(found, Iterable):
            return found
        return list(islice(found, _MOST))

    try:
        items = run(listed, plugin=plugin, what=hook)
    except Fault as fault:
        raise Refusal(_told("PRF909", fault, plugin=plugin, value=hook)) from None
    if type(items) is not list:
        shown = _same("None" if items is None else type(items).__name__)
        raise Refusal(
            diagnose(
                "PRF910", plugin=plugin, value=hook, found=shown, expected=expected, example=example
            )
        )
    return items


def _path_problems(path: object, plugin: str) -> Iterator[Diagnostic]:
    """PRF911: what is no absolute path of a YAML file, or of a folder with some."""
    if not isinstance(path, str | Path):
        value = type(path).__name__
        yield diagnose("PRF911", plugin=plugin, value=value, reason=_NO_PATH)
        return
    place = Path(path)
    reason: Text | None = None
    try:
        if not place.is_absolute():
            reason = _ABSOLUTE
        elif not place.exists():
            reason = _ABSENT
        elif place.is_dir() and next(place.rglob("*.yaml"), None) is None:
            reason = _NO_YAML
    except (OSError, ValueError) as error:
        reason = _same(str(error))
    if reason is not None:
        yield diagnose("PRF911", plugin=plugin, value=str(path), reason=reason)


def _told(code: str, fault: Fault, **args: object) -> Diagnostic:
    return diagnose(code, reason=fault.args_by_name["reason"], **args)  # type: ignore[arg-type] # names of a sentence


def _same(text: object) -> Text:
    return Text(str(text), str(text))
