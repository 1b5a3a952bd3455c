"""`perfrules show`: what a ruleset asks for, how it scores, and where its rules come from."""

from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from perfrules.api import read_plan
from perfrules.commands import indicator, library, resolved
from perfrules.commands.console import Console
from perfrules.commands.rows import (
    EVIDENCE,
    basis_json,
    basis_row,
    input_json,
    input_row,
    table,
    value_text,
)
from perfrules.decimals import plain
from perfrules.engine.render.words import EFFECTS, tidy
from perfrules.errors import Lang, Text
from perfrules.lang.plan import Basis, Gate, Indicator, ParameterPlan, Plan
from perfrules.lang.tree import Expr
from perfrules.libraries import is_library, is_ruleset, read_indicator, read_library, read_resolved
from perfrules.report.json import dump

_HEADS = {
    "inputs": Text("输入项", "inputs"),
    "parameters": Text("参数", "parameters"),
    "derive": Text("派生值", "derived values"),
    "indicators": Text("指标", "indicators"),
    "adjustments": Text("加减分", "adjustments"),
    "gates": Text("否决与封顶", "gates"),
    "grades": Text("等级", "grades"),
    "decisions": Text("结果应用", "decisions"),
    "basis": Text("依据", "basis"),
}


def run(args: Namespace, console: Console) -> int:
    """Show a ruleset, a library, or one indicator of a library."""
    name, lang = args.ruleset, console.lang
    lines: Iterable[str]
    data: object
    if args.resolved:
        document = read_resolved(name)
        lines, data = resolved.page(document), resolved.rows_json(document)
    elif is_library(name):
        lines, data = (
            library.page(*read_library(name), lang),
            library.page_json(*read_library(name)),
        )
    elif not is_ruleset(name) and (one := read_indicator(name)) is not None:
        card = indicator.Card(*one)
        lines, data = indicator.page(card, lang), indicator.page_json(card)
    else:
        found = read_plan(name)
        lines, data = page(found, lang), plan_json(found)
    if args.format == "json":
        console.data(dump(data, 2) + "\n")
    else:
        console.print("\n".join(lines))
    return 0


def page(found: Plan, lang: Lang) -> Iterator[str]:
    """Yield the lines of a ruleset's page."""
    yield f"{tidy(found.title.get(lang)) or found.id} ({found.id} {found.version})"
    if found.effective_from or found.effective_until:
        start = found.effective_from.isoformat() if found.effective_from else "…"
        until = found.effective_until.isoformat() if found.effective_until else "…"
        yield f"{'适用日期' if lang == 'zh' else 'in force'}: [{start}, {until})"
    if found.total is not None:
        yield f"{'满分' if lang == 'zh' else 'total'}: {plain(found.total)}"
    blocks = {
        "inputs": table([row for item in found.inputs for row in input_row(item, lang)]),
        "parameters": table(
            [
                [item.id, tidy(item.title.get(lang)), _values(item, lang), _labels(item, lang)]
                for item in found.parameters
            ]
        ),
        "derive": [
            f"{item.id} = {tidy(item.expr.text) if item.expr else f'choose {item.choose}'}"
            for item in found.derived
        ],
        "indicators": table([row for item in found.indicators for row in _indicator(item, lang)]),
        "adjustments": table(
            [
                [item.id, tidy(item.title.get(lang)), f"[{plain(item.low)}, {plain(item.high)}]"]
                for item in found.adjustments
            ]
        ),
        "gates": table([_gate(item, lang) for item in found.gates]),
        "grades": table(
            [
                [item.name, f">= {plain(item.at_least)}" if item.at_least is not None else "-"]
                for item in found.grades
            ]
        ),
        "decisions": table(
            [
                [
                    item.id,
                    tidy(item.title.get(lang)) or item.code,
                    item.when.text if item.when else "-",
                ]
                for item in found.decisions
            ]
        ),
        "basis": table([basis_row(item, lang) for item in all_basis(found)]),
    }
    for name, rows in blocks.items():
        if rows:
            yield ""
            yield _HEADS[name].get(lang)
            yield from (f"  {row}" for row in rows)


def _indicator(item: Indicator, lang: Lang, level: int = 0) -> Iterator[list[str]]:
    points = item.points or item.weight
    shown = _expr(points) if points is not None else _rows_points(item)
    method = getattr(item.method, "name", "") if item.method is not None else ""
    yield ["  " * level + item.id, tidy(item.title.get(lang)), shown, method]
    for child in item.children:
        yield from _indicator(child, lang, level + 1)


def _rows_points(item: Indicator) -> str:
    if item.for_each is None:
        return ""
    if item.for_each.points is not None:
        return _expr(item.for_each.points)
    return _expr(item.for_each.split[0]) if item.for_each.split is not None else ""


def _expr(expr: Expr) -> str:
    constant = expr.constant
    return plain(constant) if isinstance(constant, Decimal) else tidy(expr.text)


def _values(item: ParameterPlan, lang: Lang) -> str:
    """Return a parameter's values, each with the day it holds from where it has one."""
    shown = []
    for start, value in item.values:
        text = "{…}" if isinstance(value, Mapping) else value_text(value, item.type, lang)
        shown.append(f"{start.isoformat()}: {text}" if item.dated else text)
    return "; ".join(shown)


def _gate(item: Gate, lang: Lang) -> list[str]:
    value = item.value
    if isinstance(value, Expr):
        shown = _expr(value)
    else:
        shown = value.get(lang) if isinstance(value, Text) else value
    effect = EFFECTS[item.effect].get(lang).format_map({"value": tidy(shown)})
    title = tidy(item.title.get(lang)) or tidy(item.reason.get(lang))
    return [item.id, title, effect, tidy(item.when.text)]


def _labels(parameter: ParameterPlan, lang: Lang) -> str:
    """Return how sure each source of a parameter is, each label once."""
    labels = dict.fromkeys(EVIDENCE[item.evidence].get(lang) for item in parameter.basis)
    return f"[{', '.join(labels)}]" if labels else ""


def all_basis(found: Plan) -> tuple[Basis, ...]:
    """Return every source that a ruleset names, once, in the order of the document."""
    items = list(found.basis)

    def walk(indicators: Sequence[Indicator]) -> None:
        for item in indicators:
            items.extend(item.basis)
            walk(item.children)

    for parameter in found.parameters:
        items.extend(parameter.basis)
    walk(found.indicators)
    for sources in (
        *(item.basis for item in found.adjustments),
        *(item.basis for item in found.gates),
        *(item.basis for item in found.decisions),
    ):
        items.extend(sources)
    return tuple(dict.fromkeys(items))


def plan_json(found: Plan) -> dict[str, object]:
    """Return what the page shows as plain data."""

    def indicator(item: Indicator) -> dict[str, object]:
        points = item.points or item.weight
        return {
            "id": item.id,
            "title": item.title.json(),
            "points": _expr(points) if points is not None else _rows_points(item) or None,
            "method": getattr(item.method, "name", None) if item.method is not None else None,
            "category": item.category,
            "core": item.core,
            "indicators": [indicator(child) for child in item.children],
        }

    return {
        "ruleset": {"id": found.id, "version": found.version, "digest": found.digest},
        "title": found.title.json(),
        "total": None if found.total is None else plain(found.total),
        "inputs": [input_json(item) for item in found.inputs],
        "indicators": [indicator(item) for item in found.indicators],
        "gates": [
            {
                "id": item.id,
                "title": item.title.json(),
                "effect": item.effect,
                "when": item.when.text,
            }
            for item in found.gates
        ],
        "grades": [
            {
                "name": item.name,
                "at_least": None if item.at_least is None else plain(item.at_least),
            }
            for item in found.grades
        ],
        "decisions": [
            {
                "id": item.id,
                "code": item.code,
                "title": item.title.json(),
                "when": item.when.text if item.when else None,
            }
            for item in found.decisions
        ],
        "basis": basis_json(all_basis(found)),
    }
