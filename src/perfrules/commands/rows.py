"""Inputs, values and sources as `show` prints them, in lines and as plain data."""

from collections.abc import Iterable, Iterator, Sequence

from perfrules.engine.reason import show_value
from perfrules.engine.render.words import pad, tidy
from perfrules.errors import Lang, Text, width
from perfrules.lang.plan import Basis, InputPlan
from perfrules.lang.types import Type

EVIDENCE = {
    "official": Text("官方原文", "official text"),
    "published": Text("公开发表", "published"),
    "background": Text("背景资料，未见原文", "background, original not seen"),
    "proposed": Text("建议，无出处", "proposed, no source"),
}
_OPTIONAL = Text("可缺", "optional")


def table(rows: Sequence[Sequence[str]]) -> list[str]:
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


def input_row(item: InputPlan, lang: Lang, level: int = 0) -> Iterator[list[str]]:
    """Yield the line of an input, and those of a table's columns."""
    about = [] if item.required else [_OPTIONAL.get(lang)]
    if item.default is not None:
        word = "默认" if lang == "zh" else "default"
        about = [f"{word} {value_text(item.default, item.type, lang)}"]
    yield [
        "  " * level + item.id,
        tidy(item.title.get(lang)),
        _kind(item, lang),
        " ".join(about),
    ]
    for column in item.columns:
        yield from input_row(column, lang, level + 1)


def value_text(value: object, kind: Type, lang: Lang) -> str:
    """Return a value as a person writes it, in its unit."""
    return tidy(show_value(value, kind).get(lang))


def basis_row(item: Basis, lang: Lang) -> list[str]:
    """Return where something comes from, its evidence first."""
    clause = f" {item.clause}" if item.clause else ""
    return [f"[{EVIDENCE[item.evidence].get(lang)}]", tidy(f"{item.document}{clause}")]


def basis_json(items: Iterable[Basis]) -> list[dict[str, object]]:
    """Return sources as plain data."""
    return [
        {"document": item.document, "clause": item.clause, "evidence": item.evidence}
        for item in items
    ]


def input_json(item: InputPlan) -> dict[str, object]:
    """Return an input as a form needs it; its bounds are in its unit."""

    def shown(value: object) -> str | None:
        return None if value is None else value_text(value, item.type, "en")

    return {
        "id": item.id,
        "title": item.title.json(),
        "type": item.type.kind.value[1],
        "unit": item.type.unit,
        "of": list(item.type.of or item.levels),
        "min": shown(item.min),
        "max": shown(item.max),
        "required": item.required,
        "default": shown(item.default),
        "column": item.column,
        "columns": [input_json(column) for column in item.columns],
    }
