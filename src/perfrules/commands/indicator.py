"""`perfrules show LIBRARY.INDICATOR`: all that a form for one indicator of a library needs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from perfrules.commands.rows import (
    basis_json,
    basis_row,
    input_json,
    input_row,
    table,
    value_text,
)
from perfrules.engine.render.words import pad, tidy
from perfrules.errors import Lang, Text, width
from perfrules.lang.document import Scalar
from perfrules.lang.plan import Indicator, ParameterPlan, Plan
from perfrules.lang.resolve import Library
from perfrules.lang.types import Kind, Type

_HEADS = {
    "inputs": Text("输入项", "inputs"),
    "standards": Text("标准与参数", "standards and parameters"),
    "score": Text("默认评分", "default scoring"),
    "findings": Text("问题与建议", "findings"),
    "basis": Text("依据", "basis"),
    "indicators": Text("指标", "indicators"),
}
_ABOUT = {
    "category": Text("类别", "category"),
    "nature": Text("性质", "nature"),
    "direction": Text("方向", "direction"),
    "unit": Text("单位", "unit"),
    "core": Text("共性指标", "core"),
    "definition": Text("定义", "definition"),
    "formula": Text("计算公式", "formula"),
    "points": Text("默认分值", "default points"),
    "evidence": Text("佐证材料", "evidence to ask for"),
}
_LANGS: Final[tuple[Lang, ...]] = ("zh", "en")
_WORDS = {
    "quantitative": Text("定量", "quantitative"),
    "qualitative": Text("定性", "qualitative"),
    "higher": Text("越高越好", "higher is better"),
    "lower": Text("越低越好", "lower is better"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """One indicator of a library, as a form designer looks at it."""

    plan: Plan  # of the indicator alone
    library: Library
    name: str  # its id in the library

    @property
    def node(self) -> Indicator:
        """The indicator."""
        return self.plan.indicators[0]

    @property
    def id(self) -> str:
        """The name that `use:` takes it by."""
        return f"{self.library.id}.{self.name}"

    def standards(self) -> list[tuple[str, ParameterPlan]]:
        """Return standards and parameters, each by its name in the library."""
        document = self.plan.places.document
        scope = document.scopes.get(self.node.path) if document is not None else None
        called = {name: own for own, name in scope.names.items()} if scope is not None else {}
        return [(called.get(item.id, item.id), item) for item in self.plan.parameters]

    def points(self) -> str | None:
        """Return the points that the library itself gives, None where rulesets have to."""
        own = self.library.indicators[self.name].node.get("points")
        return str(own.value) if own is not None and isinstance(own.value, Scalar) else None

    def scoring(self) -> object:
        """Return the default scoring as it is written; a branch has none."""
        own = self.library.indicators[self.name].node.get("score")
        return own.plain() if own is not None else None


def page(found: Card, lang: Lang) -> Iterator[str]:
    """Yield the lines of an indicator's page."""
    node = found.node
    title = tidy(node.title.get(lang)) or found.name
    yield f"{title} ({found.id} {found.library.version})"
    about = _about(found, lang)
    size = max((width(head) for head, _ in about), default=0)
    yield from (f"{pad(head, size)}  {text}" for head, text in about)
    blocks = {
        "inputs": table([row for item in found.plan.inputs for row in input_row(item, lang)]),
        "standards": [
            line for name, item in found.standards() for line in _standard(name, item, lang)
        ],
        "score": written_lines(found.scoring()),
        "findings": [line for item in _findings(node, lang) for line in item],
        "basis": table([basis_row(item, lang) for item in node.basis]),
        "indicators": table([_child(item, lang) for item in node.children]),
    }
    for name, rows in blocks.items():
        if rows:
            yield ""
            yield _HEADS[name].get(lang)
            yield from (f"  {row}" for row in rows)


def _about(found: Card, lang: Lang) -> list[tuple[str, str]]:
    node = found.node
    given = {
        "category": node.category or "",
        "nature": word_text(node.nature, lang),
        "direction": word_text(node.direction, lang),
        "unit": node.unit or "",
        "core": ("是" if lang == "zh" else "yes") if node.core else "",
        "definition": node.definition.get(lang),
        "formula": node.formula.text if node.formula is not None else "",
        "points": found.points() or "",
        "evidence": node.evidence.get(lang),
    }
    return [(_ABOUT[key].get(lang), tidy(text)) for key, text in given.items() if text]


def word_text(word: str | None, lang: Lang) -> str:
    """Return how a nature or a direction is called; nothing where there is none."""
    return _WORDS[word].get(lang) if word in _WORDS else word or ""


def _standard(name: str, item: ParameterPlan, lang: Lang) -> Iterator[str]:
    """Yield a parameter: its values by date and key, then where they come from."""
    title = tidy(item.title.get(lang))
    yield f"{name}  {title}".rstrip()
    for start, value in item.values:
        head = f"{start.isoformat()}  " if item.dated else ""
        for keys, one in _flat(value):
            shown = value_text(one, _inner(item.type), lang)
            yield f"  {head}{' '.join(keys)}{': ' if keys else ''}{shown}"
    for row in table([basis_row(basis, lang) for basis in item.basis]):
        yield f"  {row}"


def standard_values(item: ParameterPlan) -> list[dict[str, object]]:
    """Return a parameter's values, each with its date, its keys and how it is written."""
    return [
        {
            "from": start.isoformat() if item.dated else None,
            "keys": list(keys),
            "value": {lang: value_text(one, _inner(item.type), lang) for lang in _LANGS},
        }
        for start, value in item.values
        for keys, one in _flat(value)
    ]


def _inner(kind: Type) -> Type:
    return kind.inner if kind.kind is Kind.MAP and kind.inner is not None else kind


def _flat(value: object) -> Iterator[tuple[tuple[str, ...], object]]:
    """Yield the values of a parameter with the keys each stands under.

    >>> list(_flat({"city": {"high": 1}}))
    [(('city', 'high'), 1)]
    """
    if not isinstance(value, Mapping):
        yield (), value
        return
    for key, below in value.items():
        for keys, one in _flat(below):
            yield (str(key), *keys), one


def written_lines(value: object, level: int = 0) -> list[str]:
    """Return a part of a document as lines, as an author would write it.

    >>> written_lines({"method": "bands", "bands": [{"at_least": "90%", "share": "100%"}]})
    ['method: bands', 'bands:', '  - at_least: 90%, share: 100%']
    """
    lines: list[str] = []
    space = "  " * level
    for key, item in value.items() if isinstance(value, dict) else ():
        if isinstance(item, dict):
            lines += [f"{space}{key}:", *written_lines(item, level + 1)]
        elif isinstance(item, list):
            lines += [f"{space}{key}:", *(f"{space}  - {_line(one)}" for one in item)]
        else:
            lines.append(f"{space}{key}: {tidy(str(item))}")
    return lines


def _line(value: object) -> str:
    """Return a value in one line."""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_line(item)}" for key, item in value.items())
    if isinstance(value, list):
        return "[" + ", ".join(map(_line, value)) + "]"
    return tidy(str(value))


def _findings(node: Indicator, lang: Lang) -> Iterator[list[str]]:
    for item in node.findings:
        lines = [f"{tidy(item.when.text)}: {tidy(item.problem.get(lang))}"]
        if item.suggestion:
            lines.append(f"  {tidy(item.suggestion.get(lang))}")
        yield lines


def _child(item: Indicator, lang: Lang) -> list[str]:
    points = item.points.text if item.points is not None else ""
    return [item.id, tidy(item.title.get(lang)), points]


def page_json(found: Card) -> dict[str, object]:
    """Return what the page shows as plain data."""
    node = found.node
    return {
        "id": found.id,
        "version": found.library.version,
        "library": found.library.id,
        "title": node.title.json(),
        "definition": node.definition.json(),
        "formula": node.formula.text if node.formula is not None else None,
        "category": node.category,
        "nature": node.nature,
        "direction": node.direction,
        "unit": node.unit,
        "core": node.core,
        "inputs": [input_json(item) for item in found.plan.inputs],
        "standards": [
            {
                "id": name,
                "title": item.title.json(),
                "values": [
                    {
                        "from": start.isoformat() if item.dated else None,
                        "keys": list(keys),
                        "value": value_text(one, _inner(item.type), "en"),
                    }
                    for start, value in item.values
                    for keys, one in _flat(value)
                ],
                "basis": basis_json(item.basis),
            }
            for name, item in found.standards()
        ],
        "points": found.points(),
        "score": found.scoring(),
        "evidence": node.evidence.json(),
        "findings": [
            {
                "when": item.when.text,
                "problem": item.problem.json(),
                "suggestion": item.suggestion.json(),
            }
            for item in node.findings
        ],
        "basis": basis_json(node.basis),
        "indicators": [item.id for item in node.children],
    }
