"""An outcome for readers: JSON in a fixed order of keys, a table for people."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from perfrules.analysis.portfolio.outcome import Outcome, Row
from perfrules.engine.answer import FORMAT, DecisionLine
from perfrules.engine.render.json import dump, value_of
from perfrules.engine.render.words import pad, tidy
from perfrules.engine.result import Rejected
from perfrules.errors import Lang, Text, width

_WORDS = {
    "rows": Text("单位 {count} 个", "units: {count}"),
    "relative": Text(
        "以下各列取决于本文件中有哪些单位：{names}",
        "these columns depend on which units are in this file: {names}",
    ),
    "rejected": Text("被退回 {count} 个", "rejected: {count}"),
    "unit": Text("单位", "unit"),
    "decisions": Text("结果应用", "decisions"),
    "report": Text("汇总", "report"),
    "warnings": Text("提醒", "warnings"),
    "sources": Text("依据的结果", "results read"),
}


def outcome_json(outcome: Outcome) -> dict[str, object]:
    """Return *outcome* as plain data: decimals are strings, texts bilingual."""
    return {
        "format": FORMAT,
        "portfolio": {
            "id": outcome.portfolio,
            "version": outcome.version,
            "digest": outcome.digest,
        },
        "engine": outcome.engine,
        "as_of": outcome.as_of.isoformat() if outcome.as_of else None,
        "results": {
            source.name: {
                "ruleset": {
                    "id": source.ruleset,
                    "version": source.version,
                    "digest": source.digest,
                },
                "count": source.count,
            }
            for source in outcome.sources
        },
        "inputs": {name: shown.zh for name, shown in outcome.inputs.items()},
        "relative": list(outcome.relative),
        "rows": [_row(row) for row in outcome.rows],
        "report": {name: value_json(value) for name, value in outcome.report.items()},
        "warnings": [item.json() for item in outcome.warnings],
        "rejected": [_rejected(source, item) for source, item in outcome.rejected],
    }


def _row(row: Row) -> dict[str, object]:
    return {
        "unit": row.unit,
        "columns": {name: value_json(value) for name, value in row.values.items()},
        "decisions": [_decision(item) for item in row.decisions],
    }


def value_json(value: object) -> object:
    """Return a value as JSON holds it; groups by their names."""
    if isinstance(value, Mapping):
        return {str(name): value_of(item) for name, item in value.items()}
    return value_of(value)


def _decision(item: DecisionLine) -> dict[str, object]:
    return {
        "id": item.id,
        "code": item.code,
        "title": item.title.json(),
        "because": item.because.json(),
        "amount": item.amount,
        "due": item.due.isoformat() if item.due else None,
        "basis": list(item.basis),
    }


def _rejected(source: str, item: Rejected) -> dict[str, object]:
    return {
        "source": source,
        "row": item.row,
        "unit": item.unit,
        "problems": [problem.json() for problem in item.problems],
    }


def to_json(outcome: Outcome) -> str:
    """Return an outcome as JSON text, the same bytes for the same outcome."""
    return dump(outcome_json(outcome), 2) + "\n"


def to_text(outcome: Outcome, lang: Lang = "zh") -> str:
    """Return an outcome as a page for people, lines ending in a line feed.

    Columns that depend on the other units are named above the rows: a place is no score.
    """
    return "".join(f"{line.rstrip()}\n" for line in _lines(outcome, lang))


def _lines(outcome: Outcome, lang: Lang) -> Iterator[str]:
    title = tidy(outcome.title.get(lang)) or outcome.portfolio
    yield f"{title} ({outcome.portfolio} {outcome.version})"
    yield (
        _word("sources", lang)
        + _colon(lang)
        + _comma(lang).join(
            f"{item.name} = {item.ruleset} {item.version} ({item.count})"
            for item in outcome.sources
        )
    )
    count = _word("rows", lang).format(count=len(outcome.rows))
    if outcome.rejected:
        count += _comma(lang) + _word("rejected", lang).format(count=len(outcome.rejected))
    yield count
    if outcome.relative:
        names = _comma(lang).join(_heading(outcome, name, lang) for name in outcome.relative)
        yield _word("relative", lang).format(names=names)
    if outcome.types or any(row.decisions for row in outcome.rows):
        yield ""
        yield from _table(outcome, lang)
    if outcome.report:
        yield ""
        yield _word("report", lang)
        for name, shown in outcome.reported.items():
            yield f"  {name}{_colon(lang)}{tidy(shown.get(lang))}"
    if outcome.warnings:
        yield ""
        yield _word("warnings", lang)
        for item in outcome.warnings:
            yield f"  {item.code} {tidy(item.message.get(lang))}"


def _table(outcome: Outcome, lang: Lang) -> Iterator[str]:
    names = list(outcome.types)
    rows = [[_word("unit", lang), *(_heading(outcome, name, lang) for name in names)]]
    right = [False, *(_is_number(outcome, name) for name in names)]
    decided = any(row.decisions for row in outcome.rows)
    if decided:
        rows[0].append(_word("decisions", lang))
        right.append(False)
    for row in outcome.rows:
        cells = [tidy(row.unit)]
        for name in names:
            missing = row.values[name] is None
            cells.append("-" if missing else tidy(row.shown[name].get(lang)))
        if decided:
            cells.append(" ".join(tidy(item.title.get(lang)) for item in row.decisions))
        rows.append(cells)
    sizes = [max(width(row[place]) for row in rows) for place in range(len(rows[0]))]
    for line in rows:
        yield "  ".join(
            pad(cell, size, right=to_right)
            for cell, size, to_right in zip(line, sizes, right, strict=True)
        )


def _is_number(outcome: Outcome, name: str) -> bool:
    return any(isinstance(row.values[name], Decimal) for row in outcome.rows)


def _heading(outcome: Outcome, name: str, lang: Lang) -> str:
    return tidy(outcome.titles[name].get(lang)) or name


def _word(name: str, lang: Lang) -> str:
    return _WORDS[name].get(lang)


def _colon(lang: Lang) -> str:
    return "：" if lang == "zh" else ": "


def _comma(lang: Lang) -> str:
    return "，" if lang == "zh" else ", "
