"""What a catalog says about the indicators of libraries, as plain data."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from perfrules.casebook import Indicators
from perfrules.commands.indicator import Card, standard_values, written_lines
from perfrules.commands.rows import basis_json, input_row
from perfrules.decimals import fixed, plain
from perfrules.engine.render.words import tidy
from perfrules.errors import FactsError, Text
from perfrules.lang.document import Scalar
from perfrules.lang.plan import Basis, Indicator, Plan
from perfrules.report.catalog import scoring
from perfrules.report.catalog.scoring import named
from perfrules.report.catalog.taxonomy import category, sector
from perfrules.testing.subject import Tried

EVIDENCE = ("official", "published", "background", "proposed")
_DIRECTIONS = {
    "higher": Text("越高越好", "higher is better"),
    "lower": Text("越低越好", "lower is better"),
}
_RATE = Text("得分率", "rate")
_NATURES = {
    "quantitative": Text("定量", "quantitative"),
    "qualitative": Text("定性", "qualitative"),
}


@dataclass(slots=True)
class Shelf:
    """A library whose indicators are told: with its cases, and who uses what of it."""

    plan: Plan
    loaded: Indicators
    tried: list[Tried] = field(default_factory=list)
    used: Mapping[str, list[dict[str, object]]] = field(default_factory=dict)

    def entries(self) -> Iterator[dict[str, object]]:
        """Yield what is known of each indicator, parents first."""
        for name in self.loaded.library.indicators:
            yield _entry(self, name)


def uses(plans: Iterable[Plan]) -> dict[str, list[dict[str, object]]]:
    """Return the rulesets that use an indicator of a library, by the indicator's id."""
    found: dict[str, list[dict[str, object]]] = {}

    def walk(plan: Plan, nodes: tuple[Indicator, ...]) -> None:
        for node in nodes:
            if node.use is not None:
                users = found.setdefault(node.use.partition("@")[0], [])
                entry: dict[str, object] = {
                    "id": f"{plan.id}@{plan.version}",
                    "title": plan.title.json(),
                }
                if entry not in users:
                    users.append(entry)
            walk(plan, node.children)

    for plan in plans:
        walk(plan, plan.indicators)
    return found


def _entry(shelf: Shelf, name: str) -> dict[str, object]:
    library = shelf.loaded.library
    card = Card(shelf.loaded.plan_of(name), library, name)
    node, titles = card.node, _titles(card)
    written = card.scoring()
    home, title = sector(library.id)
    standards = card.standards()
    basis = [*node.basis, *(one for _, item in standards for one in item.basis)]
    labels = {one.evidence for one in basis}
    return {
        "id": card.id,
        "version": library.version,
        "title": node.title.json(),
        "library": {"id": library.id, "title": shelf.plan.title.json()},
        "where": _both(shelf.plan.title, title),
        "sector": {"id": home, "title": title.json()},
        "category": _labelled(node.category, category(node.category or "")),
        "nature": _labelled(node.nature, _NATURES.get(node.nature or "", Text())),
        "direction": _DIRECTIONS.get(node.direction or "", Text()).json(),
        "unit": node.unit or "",
        "core": node.core,
        "points": card.points() or "",
        "definition": node.definition.json(),
        "formula": None
        if node.formula is None
        else {
            "text": node.formula.text,
            "words": named(node.formula.text, titles).json(),
        },
        "evidence_labels": [label for label in EVIDENCE if label in labels],
        "inputs": _inputs(card),
        "standards": [
            {
                "id": own,
                "title": item.title.json(),
                "values": standard_values(item),
                "basis": _sources(item.basis),
            }
            for own, item in standards
        ],
        "scoring": [line.json() for line in scoring(written, _methods(shelf), titles)]
        if isinstance(written, dict)
        else [],
        "written": written_lines(written),
        "example": _example(shelf, name, card),
        "evidence": node.evidence.json(),
        "findings": [
            {
                "when": named(item.when.text, {**titles, "rate": _RATE}).json(),
                "problem": item.problem.json(),
                "suggestion": item.suggestion.json(),
            }
            for item in node.findings
        ],
        "children": [f"{library.id}.{child.id}" for child in node.children],
        "used_by": shelf.used.get(card.id, []),
        "basis": _sources(node.basis),
    }


def _both(*texts: Text) -> dict[str, str]:
    return {
        "zh": " ".join(text.get("zh") for text in texts),
        "en": " ".join(text.get("en") for text in texts),
    }


def _labelled(name: str | None, title: Text) -> dict[str, object] | None:
    return None if name is None else {"id": name, "title": title.json()}


def _methods(shelf: Shelf) -> dict[str, Text]:
    methods = shelf.loaded.registry.vocabulary.methods
    return {name: methods[name].title for name in methods}


def _titles(card: Card) -> dict[str, Text]:
    """Return what the names in its expressions are called.

    One standard that holds always says its value too; without a title it keeps its name.
    """
    found = {}
    for name, item in card.standards():
        if item.title:
            values = standard_values(item)
            worth = values[0]["value"] if len(values) == 1 and not item.dated else None
            found[name] = _valued(item.title, worth)
    return {**found, **{item.id: item.title for item in card.plan.inputs if item.title}}


def _valued(title: Text, worth: object) -> Text:
    if not isinstance(worth, Mapping):
        return title
    return Text(f"{title.get('zh')}（{worth['zh']}）", f"{title.get('en')} ({worth['en']})")


def _sources(items: Iterable[Basis]) -> list[dict[str, object]]:
    listed = list(items)
    return [
        {**plain_data, "note": item.note.json()}
        for plain_data, item in zip(basis_json(listed), listed, strict=True)
    ]


def _inputs(card: Card) -> list[dict[str, object]]:
    """Return the inputs and, below each, the columns of its table."""
    found: list[dict[str, object]] = []
    for item in card.plan.inputs:
        rows = zip(input_row(item, "zh"), input_row(item, "en"), strict=True)
        for zh, en in rows:
            own = zh[0].lstrip(" ")
            found.append(
                {
                    "id": own,
                    "level": (len(zh[0]) - len(own)) // 2,
                    "title": {"zh": zh[1], "en": en[1]},
                    "kind": {"zh": zh[2], "en": en[2]},
                    "about": {"zh": zh[3], "en": en[3]},
                }
            )
    return found


def _example(shelf: Shelf, name: str, card: Card) -> dict[str, object] | None:
    """Return the first of an indicator's cases that is scored, with what comes of it today."""
    titles = {item.id: item.title for item in card.plan.inputs}
    for tried in shelf.tried:
        case = tried.case
        if case.indicator != name or case.want is None:
            continue
        try:
            result = shelf.loaded.program(case).score(case.facts, as_of=case.as_of)
        except FactsError:
            continue  # `perfrules test` says so; a catalog shows another one
        line = result.indicators[0]
        if line.score is None or line.points is None:
            continue
        return {
            "name": tidy(case.name),
            "source": case.source.json(),
            "facts": [
                {"title": _called(key, titles), "value": _shown(value)}
                for key, value in case.facts.items()
            ],
            "points": plain(line.points),
            "score": _digits(line.score, card.plan),
            "because": line.because.json(),
        }
    return None


def _called(key: str, titles: Mapping[str, Text]) -> dict[str, str]:
    title = titles.get(key)
    return title.json() if title else {"zh": key}


def _digits(score: Decimal, plan: Plan) -> str:
    return fixed(score, plan.rounding.digits)


def _shown(value: object) -> str:
    """Return facts as a form shows them.

    >>> _shown({"满意": "80", "一般": "20"}), _shown([{"name": "甲"}, {"name": "乙"}])
    ('满意 80，一般 20', 'name 甲；name 乙')
    """
    if isinstance(value, Mapping):
        return "，".join(f"{key} {_shown(item)}" for key, item in value.items())
    if isinstance(value, list):
        flat = all(isinstance(item, (str, Scalar)) for item in value)
        return ("、" if flat else "；").join(map(_shown, value))
    return tidy(str(value))
