"""`perfrules show`: what a ruleset asks for, how it scores, and where its rules come from."""

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from perfrules.api import read_plan
from perfrules.commands.console import Console
from perfrules.decimals import plain
from perfrules.engine.reason import show_value
from perfrules.engine.render.words import EFFECTS, pad, tidy
from perfrules.errors import Lang, Text, width
from perfrules.lang.plan import Basis, Gate, Indicator, InputPlan, ParameterPlan, Plan
from perfrules.lang.tree import Expr
from perfrules.lang.types import Type
from perfrules.report.json import dump

EVIDENCE = {
    "official": Text("官方原文", "official text"),
    "published": Text("公开发表", "published"),
    "background": Text("背景资料，未见原文", "background, original not seen"),
    "proposed": Text("建议，无出处", "proposed, no source"),
}
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
_OPTIONAL = Text("可缺", "optional")


def run(args: Namespace, console: Console) -> int:
    """Show a ruleset."""
    found = read_plan(args.ruleset)
    if args.format == "json":
        console.data(dump(plan_json(found), 2) + "\n")
    else:
        console.print("\n".join(page(found, console.lang)))
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
        "inputs": _table([row for item in found.inputs for row in _input(item, lang)]),
        "parameters": _table(
            [
                [item.id, tidy(item.title.get(lang)), _values(item, lang)]
                for item in found.parameters
            ]
        ),
        "derive": [
            f"{item.id} = {tidy(item.expr.text) if item.expr else f'choose {item.choose}'}"
            for item in found.derived
        ],
        "indicators": _table([row for item in found.indicators for row in _indicator(item, lang)]),
        "adjustments": _table(
            [
                [item.id, tidy(item.title.get(lang)), f"[{plain(item.low)}, {plain(item.high)}]"]
                for item in found.adjustments
            ]
        ),
        "gates": _table([_gate(item, lang) for item in found.gates]),
        "grades": _table(
            [
                [item.name, f">= {plain(item.at_least)}" if item.at_least is not None else "-"]
                for item in found.grades
            ]
        ),
        "decisions": _table(
            [
                [
                    item.id,
                    tidy(item.title.get(lang)) or item.code,
                    item.when.text if item.when else "-",
                ]
                for item in found.decisions
            ]
        ),
        "basis": _table([_basis(item, lang) for item in all_basis(found)]),
    }
    for name, rows in blocks.items():
        if rows:
            yield ""
            yield _HEADS[name].get(lang)
            yield from (f"  {row}" for row in rows)


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as lines, columns aligned."""
    if not rows:
        return []
    sizes = [max(width(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [
        "  ".join(pad(cell, size) for cell, size in zip(row, sizes, strict=True)).rstrip()
        for row in rows
    ]


def _kind(item: InputPlan, lang: Lang) -> str:
    """Return an input's type with its unit or its options."""
    kind = item.type.kind.value[0 if lang == "zh" else 1]
    if item.type.unit:
        return f"{kind} {item.type.unit}"
    options = item.type.of or item.levels
    return f"{kind} {' / '.join(map(tidy, options))}" if options else kind


def _input(item: InputPlan, lang: Lang, level: int = 0) -> Iterator[list[str]]:
    about = [] if item.required else [_OPTIONAL.get(lang)]
    if item.default is not None:
        word = "默认" if lang == "zh" else "default"
        about = [f"{word} {_value(item.default, item.type, lang)}"]
    yield [
        "  " * level + item.id,
        tidy(item.title.get(lang)),
        _kind(item, lang),
        " ".join(about),
    ]
    for column in item.columns:
        yield from _input(column, lang, level + 1)


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
        text = "{…}" if isinstance(value, Mapping) else _value(value, item.type, lang)
        shown.append(f"{start.isoformat()}: {text}" if item.dated else text)
    return "; ".join(shown)


def _value(value: object, kind: Type, lang: Lang) -> str:
    return tidy(show_value(value, kind).get(lang))


def _gate(item: Gate, lang: Lang) -> list[str]:
    value = item.value
    if isinstance(value, Expr):
        shown = _expr(value)
    else:
        shown = value.get(lang) if isinstance(value, Text) else value
    effect = EFFECTS[item.effect].get(lang).format_map({"value": tidy(shown)})
    title = tidy(item.title.get(lang)) or tidy(item.reason.get(lang))
    return [item.id, title, effect, tidy(item.when.text)]


def _basis(item: Basis, lang: Lang) -> list[str]:
    clause = f" {item.clause}" if item.clause else ""
    return [f"[{EVIDENCE[item.evidence].get(lang)}]", tidy(f"{item.document}{clause}")]


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

    def given(item: InputPlan) -> dict[str, object]:
        return {
            "id": item.id,
            "title": item.title.json(),
            "type": item.type.kind.value[1],
            "unit": item.type.unit,
            "of": list(item.type.of or item.levels),
            "required": item.required,
            "default": None if item.default is None else _value(item.default, item.type, "en"),
            "column": item.column,
            "columns": [given(column) for column in item.columns],
        }

    return {
        "ruleset": {"id": found.id, "version": found.version, "digest": found.digest},
        "title": found.title.json(),
        "total": None if found.total is None else plain(found.total),
        "inputs": [given(item) for item in found.inputs],
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
        "basis": [
            {"document": item.document, "clause": item.clause, "evidence": item.evidence}
            for item in all_basis(found)
        ],
    }
