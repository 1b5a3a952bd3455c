"""A result as a page for people, in three depths: what cost most, every rule, everything."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Literal, TypeAlias

from perfrules.decimals import CONTEXT, ONE, percent
from perfrules.engine.answer import AdjustmentLine, Answer, GateLine, Line, State
from perfrules.engine.render.words import EFFECTS, STATES, amount, label, pad, tidy, word
from perfrules.errors import Lang, Text, width
from perfrules.lang.plan import Grade

Depth: TypeAlias = Literal["summary", "rule", "full"]

DEPTHS: tuple[Depth, ...] = ("summary", "rule", "full")
_MOST = 5  # reasons in a summary
_INDENT = "  "
_TITLE = 44  # columns of a title; a longer one takes a line of its own


def to_text(
    result: Answer,
    lang: Lang = "zh",
    depth: Depth = "rule",
    *,
    grades: Sequence[Grade] = (),
    indicator: str | None = None,
) -> str:
    """Return *result* as text, lines ending in a line feed.

    Args:
        result: The scored unit.
        lang: The language of words, titles and reasons.
        depth: `summary` for what cost most points, `rule` for every line and its reason, `full`
            for everything, gates that did not fire and notes included.
        grades: The ruleset's grades, best first: with them the distance to the next is shown.
        indicator: Show this indicator and what is below it only; KeyError where there is none.
    """
    if indicator is not None:
        parts: list[Iterable[str]] = [_tree((result.line(indicator),), lang, depth)]
    elif depth == "summary":
        parts = [_head(result, lang, grades), _reasons(result, lang), _after(result, lang, depth)]
    else:
        parts = [
            _head(result, lang, grades),
            _tree(result.indicators, lang, depth),
            _after(result, lang, depth),
        ]
    return "\n".join("\n".join(part) for part in map(list, parts) if part) + "\n"


def _head(result: Answer, lang: Lang, grades: Sequence[Grade]) -> Iterator[str]:
    title = tidy(result.title.get(lang)) or result.ruleset
    yield f"{title} ({result.ruleset} {result.version})"
    about = []
    if result.unit is not None:
        about.append(label("unit", tidy(result.unit), lang))
    if result.as_of is not None:
        about.append(label("as_of", result.as_of.isoformat(), lang))
    if about:
        yield "  ".join(about)
    if result.total is None:
        if any(line.points is not None for line in result.indicators):
            yield word("no_total", lang)
        return
    of = f" / {amount(result.points)}" if result.points is not None else ""
    scored = [label("total", f"{amount(result.total, result.digits)}{of}", lang)]
    if result.grade is not None:
        scored.append(label("grade", tidy(result.grade), lang))
    elif grades:
        scored.append(word("no_grade", lang))
    if result.complete is not None and result.complete < ONE:
        scored.append(label("complete", percent(result.complete), lang))
    if (core := result.core) is not None and core.score is not None:
        shown = f"{amount(core.score, core.digits)} / {amount(core.points)}"
        scored.append(label("core", shown, lang))
    yield "  ".join(scored)
    if (gap := next_grade(result, grades)) is not None:
        yield word("next", lang, grade=tidy(gap[0]), points=amount(gap[1], result.digits))


def next_grade(result: Answer, grades: Sequence[Grade]) -> tuple[str, Decimal] | None:
    """Return the next better grade that points could earn, and how many are missing."""
    if result.total is None or result.grade is None:
        return None
    better = None
    for grade in grades:
        if grade.name == result.grade:
            break
        if grade.at_least is not None and grade.at_least > result.total:
            better = (grade.name, CONTEXT.subtract(grade.at_least, result.total))
    else:
        return None
    return better


def _reasons(result: Answer, lang: Lang) -> Iterator[str]:
    lost = result.reasons()
    if not any(line.points is not None for line in result.lines()):
        return
    yield ""
    if not lost:
        yield word("nothing_lost", lang)
        return
    yield word("lost_most", lang)
    for line in lost[:_MOST]:
        title = tidy(line.title.get(lang)) or line.id
        mark = f" [{STATES[line.state].get(lang)}]" if line.state is not State.SCORED else ""
        yield f"  -{amount(line.lost, line.digits)}  {title}{mark}"
        if because := tidy(line.because.get(lang)):
            yield f"      {because}"
    if rest := lost[_MOST:]:
        points = Decimal(0)
        for line in rest:
            points = CONTEXT.add(points, line.lost)
        yield "  " + word("more_lost", lang, count=len(rest), points=amount(points, result.digits))


def _walk(lines: Sequence[Line], depth: int = 0) -> Iterator[tuple[int, Line]]:
    """Yield lines with their depth; the depth is bounded by the document's."""
    for line in lines:
        yield depth, line
        yield from _walk(line.children, depth + 1)


def _tree(lines: Sequence[Line], lang: Lang, depth: Depth) -> Iterator[str]:
    """Yield a table of all lines: title, points, score and rate, and the reason below each."""
    rows = list(_walk(lines))
    if not rows:
        return
    heads = [word(name, lang) for name in ("indicator", "points", "score", "rate")]
    cells = [_cells(level, line, lang) for level, line in rows]
    first = min(_TITLE, max(width(row[0]) for row in [heads, *cells]))
    sizes = [max(width(row[place]) for row in [heads, *cells]) for place in (1, 2, 3)]
    yield ""
    yield from _row(heads, first, sizes)
    for (level, line), row in zip(rows, cells, strict=True):
        yield from _row(row, first, sizes)
        space = _INDENT * (level + 2)
        for text in _below(line, lang, depth):
            yield f"{space}{text}"


def _cells(level: int, line: Line, lang: Lang) -> list[str]:
    title = tidy(line.title.get(lang)) or line.id
    mark = f" [{STATES[line.state].get(lang)}]" if line.state is not State.SCORED else ""
    shown = line.points if line.points is not None else line.weight
    return [
        f"{_INDENT * level}{title}{mark}",
        amount(shown),
        amount(line.score, line.digits),
        "-" if line.rate is None else percent(line.rate),
    ]


def _row(cells: Sequence[str], first: int, sizes: Sequence[int]) -> Iterator[str]:
    title, *numbers = cells
    if width(title) > first:
        yield title
        title = ""
    tail = "  ".join(pad(cell, size, right=True) for cell, size in zip(numbers, sizes, strict=True))
    yield f"{pad(title, first)}  {tail}"


def _below(line: Line, lang: Lang, depth: Depth) -> Iterator[str]:
    """Yield what stands below a line: its reason, and in full depth all that is known of it."""
    if because := tidy(line.because.get(lang)):
        yield because
    if depth != "full":
        return
    if line.effective is not None and line.effective != line.points:
        yield label("effective", amount(line.effective), lang)
    about = [f"id: {line.id}"]
    if line.weight is not None and line.points is not None:
        about.append(label("weight", amount(line.weight), lang))
    if line.method:
        about.append(label("method", line.method, lang))
    if line.category:
        about.append(label("category", line.category, lang))
    yield "  ".join(about)
    if line.basis:
        yield label("basis", tidy("; ".join(line.basis)), lang)
    for note in line.notes:
        yield tidy(note.get(lang))


def _block(name: str, rows: Sequence[str], lang: Lang) -> list[str]:
    return ["", word(name, lang), *(f"  {row}" for row in rows)] if rows else []


def _after(result: Answer, lang: Lang, depth: Depth) -> list[str]:
    """Return what follows the lines: gates, adjustments, findings, decisions, and the rest."""
    found = _block(
        "gates", [row for gate in result.gates for row in _gate(gate, lang, depth)], lang
    )
    found += _block("adjustments", [_adjustment(item, lang) for item in result.adjustments], lang)
    findings = []
    titles = {line.id: line.title.get(lang) for line in result.lines()}
    for item in result.findings:
        about = titles.get(item.indicator) or item.indicator
        colon = "：" if lang == "zh" else ": "
        findings.append(f"{tidy(about)}{colon}{tidy(item.problem.get(lang))}")
        if suggestion := tidy(item.suggestion.get(lang)):
            findings.append(_INDENT + label("suggestion", suggestion, lang))
    found += _block("findings", findings, lang)
    found += _block("decisions", list(_decisions(result, lang, depth)), lang)
    values = [f"{name} = {tidy(text.get(lang))}" for name, text in result.reported.items()]
    found += _block("report", values, lang)
    found += _block(
        "warnings",
        [f"{item.code} {tidy(item.message.get(lang))}" for item in result.warnings],
        lang,
    )
    if depth != "summary":
        found += _block("defaulted", result.defaulted, lang)
    if depth == "full":
        found += _block("notes", [tidy(note.get(lang)) for note in result.notes], lang)
        found += _block("provenance", [result.digest, result.facts_digest, result.engine], lang)
    return found


def _gate(gate: GateLine, lang: Lang, depth: Depth) -> Iterator[str]:
    if not gate.fired and depth != "full":
        return
    title = tidy(gate.title.get(lang)) or gate.id
    effect = EFFECTS.get(gate.effect, Text("{value}", "{value}")).get(lang)
    state = (
        effect.format_map({"value": tidy(gate.value)}) if gate.fired else word("not_fired", lang)
    )
    yield f"{title}  {state}"
    for text in (gate.reason, gate.because):
        shown = tidy(text.get(lang))
        if shown and shown != title:
            yield _INDENT + shown


_KINDS = ("manual", "bonus", "limit", "rescaled")


def _adjustment(item: AdjustmentLine, lang: Lang) -> str:
    kind = word(item.kind, lang) if item.kind in _KINDS else item.kind
    before = "" if item.before is None else f" ({word('before', lang, value=amount(item.before))})"
    reason = tidy(item.reason.get(lang))
    title = tidy(item.title.get(lang)) or item.id
    sign = "+" if item.kind == "bonus" and item.score > 0 else ""
    tail = f"  {reason}" if reason else ""
    return f"{kind}  {title}  {sign}{amount(item.score)}{before}{tail}"


def _decisions(result: Answer, lang: Lang, depth: Depth) -> Iterator[str]:
    for item in result.decisions:
        about = [f"{tidy(item.title.get(lang)) or item.code} ({item.code})"]
        if item.amount is not None:
            about.append(label("amount", tidy(item.amount), lang))
        if item.due is not None:
            about.append(label("due", item.due.isoformat(), lang))
        yield "  ".join(about)
        if depth != "summary" and (because := tidy(item.because.get(lang))):
            yield _INDENT + because
        if depth == "full" and item.basis:
            yield _INDENT + label("basis", tidy("; ".join(item.basis)), lang)
