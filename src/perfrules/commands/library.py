"""`perfrules show LIBRARY`, and a line for each indicator of a library."""

from collections.abc import Iterator

from perfrules.commands.indicator import word_text
from perfrules.commands.rows import basis_json, table
from perfrules.engine.render.words import tidy
from perfrules.errors import Lang, Text
from perfrules.lang.plan import Indicator, Plan
from perfrules.lang.resolve import Library


def page(plan: Plan, library: Library, lang: Lang) -> Iterator[str]:
    """Yield the lines of a library's page: its indicators, one a line."""
    yield f"{tidy(plan.title.get(lang))} ({library.id} {library.version})"
    yield ""
    yield from table(
        [
            [
                f"{'  ' * level}{library.id}.{item.id}",
                tidy(item.title.get(lang)),
                item.unit or "",
                word_text(item.nature, lang),
            ]
            for item, level in walk(plan.indicators)
        ]
    )


def page_json(plan: Plan, library: Library) -> dict[str, object]:
    """Return what the page shows as plain data."""
    return {
        "library": {"id": library.id, "version": library.version, "digest": plan.digest},
        "title": plan.title.json(),
        "indicators": [plain(row) for row in indicator_rows(plan, library)],
        "basis": basis_json(plan.basis),
    }


def plain(row: dict[str, object]) -> dict[str, object]:
    """Return a row with its texts as plain data."""
    return {key: item.json() if isinstance(item, Text) else item for key, item in row.items()}


def walk(nodes: tuple[Indicator, ...], level: int = 0) -> Iterator[tuple[Indicator, int]]:
    """Yield every indicator with its depth, parents first."""
    for node in nodes:
        yield node, level
        yield from walk(node.children, level + 1)


def indicator_rows(plan: Plan, library: Library) -> list[dict[str, object]]:
    """Return what a list says about each indicator of a library."""
    return [
        {
            "id": f"{library.id}.{node.id}",
            "version": library.version,
            "title": node.title,
            "definition": node.definition,
            "category": node.category,
            "nature": node.nature,
            "direction": node.direction,
            "unit": node.unit,
            "core": node.core,
            "points": node.points.text if node.points is not None else None,
            "method": getattr(node.method, "name", None) if node.method is not None else None,
            "indicators": [child.id for child in node.children],
        }
        for node, _ in walk(plan.indicators)
    ]
