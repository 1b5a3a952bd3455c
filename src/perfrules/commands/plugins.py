"""`perfrules plugins`: what is installed, what each plugin brings, what is wrong with which."""

from argparse import Namespace
from collections.abc import Iterator
from warnings import catch_warnings, simplefilter

from perfrules.commands.console import Console
from perfrules.engine.render.words import tidy
from perfrules.errors import PluginWarning, Text
from perfrules.examination import verified
from perfrules.plugins.report import LoadReport, PluginEntry, PluginState
from perfrules.registry import default_registry
from perfrules.report.json import dump

_STATES = {
    PluginState.LOADED: Text("已载入", "loaded"),
    PluginState.LEFT_OUT: Text("未采用", "LEFT OUT"),
    PluginState.NOT_ALLOWED: Text("不允许", "not allowed"),
}
_BRINGS = (
    (Text("规则集", "rulesets"), "rulesets"),
    (Text("指标库", "libraries"), "libraries"),
    (Text("计分方法", "methods"), "methods"),
    (Text("函数", "functions"), "functions"),
)


def run(args: Namespace, console: Console) -> int:
    """List the plugins; 0 nothing is wrong, 1 something is."""
    report = _report()
    if args.format == "json":
        data = {
            "ok": report.ok,
            "plugins": [entry.json() for entry in report.plugins],
            "missing": [item.json() for item in report.missing],
        }
        console.data(dump(data, 2) + "\n")
    elif not report.plugins:
        console.print(console.say("没有安装插件", "no plugin is installed"))
    else:
        for entry in report.plugins:
            for line in _lines(entry, console):
                console.print(line)
    return 0 if report.ok else 1


def _report() -> LoadReport:
    """Return the report; what is wrong is in it, so that nothing is said twice."""
    with catch_warnings():
        simplefilter("ignore", PluginWarning)
        return verified(default_registry())


def _lines(entry: PluginEntry, console: Console) -> Iterator[str]:
    lang = console.lang
    yield f"{tidy(entry.label)}  {_STATES[entry.state].get(lang)}"
    for title, name in _BRINGS:
        names: tuple[str, ...] = getattr(entry, name)
        if names:
            yield f"  {title.get(lang)}: {tidy(', '.join(names))}"
    if entry.observes:
        yield console.say("  记录每个结果", "  takes note of each result")
    for problem in entry.problems:
        for line in problem.render(lang).splitlines():
            yield f"  {line}"
