"""Which column of a table brings which input: by id, else by `column`, else by title."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from perfrules.engine.facts.reserved import is_line
from perfrules.errors import Diagnostic, Text
from perfrules.lang.characters import narrowed
from perfrules.lang.plan import InputPlan
from perfrules.lang.types import TEXT, Kind
from perfrules.messages import diagnose, did_you_mean

Steps = tuple[str, ...]  # an input; of a survey also its group and level

RESERVED = ("unit", "as_of")
TABLE = Text("table", "the table")
_PANEL = ("rater", "score", "group", "item")


@dataclass(frozen=True, slots=True)
class Brought:
    """What each column brings: `paths` by place, None for one that is left out."""

    paths: tuple[Steps | None, ...]
    problems: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    """What headings stand for: `ids` always, `names` where only one input has the name."""

    ids: Mapping[str, Steps]
    names: Mapping[str, tuple[Steps, ...]]
    needed: Mapping[Steps, InputPlan] = field(default_factory=dict)

    def find(self, head: str) -> tuple[Steps, ...]:
        """Return what *head* can stand for."""
        return (self.ids[head],) if head in self.ids else self.names.get(head, ())


def match(
    heads: Sequence[str],
    inputs: Sequence[InputPlan],
    *,
    reserved: Sequence[str] = RESERVED,
    named: Mapping[str, str] | None = None,
    ignore: Sequence[str] = (),
    lines: Mapping[str, bool] | None = None,
    table: Text = TABLE,
) -> Brought:
    """Return what each column brings, and everything wrong with the headings.

    A survey is one column of structs, or a column a level: `satisfied.满意`.

    Args:
        heads: The names of the columns.
        inputs: What they can bring.
        reserved: Other names that are known.
        named: Columns that an argument names, by the argument: they needn't be inputs.
        ignore: Columns to leave out.
        lines: The indicators that evidence can be for, and whether each has rows; None: any.
        table: What messages call the table.
    """
    known = _known(inputs)
    texts = [narrowed(head) for head in heads]
    others = {*reserved, *(narrowed(name) for name in (named or {}).values())}
    dropped = {narrowed(name) for name in ignore}
    problems: list[Diagnostic] = []
    paths: list[Steps | None] = []
    first: dict[Steps, str] = {}
    doubtful: set[Steps] = set()
    for text in texts:
        path: Steps | None = None
        if text in dropped or text.startswith("x-"):
            paths.append(None)
            continue
        found = known.find(text)
        if len(found) > 1:
            problems.append(_ambiguous(text, found, table))
            doubtful.update(found)
        elif found:
            path = found[0]
        elif text.startswith("evidence.") and "unit" in reserved:
            path = ("evidence", text.removeprefix("evidence."))
            if lines is not None and not is_line(path[1], lines):
                problems.append(_no_line(path[1], lines, table))
        elif text in others:
            path = (text,)
        else:
            problems.append(_unknown(text, known, others, table))
        if path is not None:
            if path in first:
                problems.append(_twice(text, path, first[path], table))
            first.setdefault(path, text)
        paths.append(path)
    problems += _unnamed(named or {}, ignore, texts, table)
    brought = {*first, *doubtful}
    problems += [
        _lacking(item, path, table)
        for path, item in known.needed.items()
        if path not in brought and path[:1] not in brought
    ]
    return Brought(tuple(paths), tuple(problems))


def panel_columns() -> tuple[InputPlan, ...]:
    """Return the columns of a panel's ballots, as far as their names go."""
    return tuple(InputPlan(name, TEXT, Text(), required=False) for name in _PANEL)


def _known(inputs: Sequence[InputPlan]) -> _Known:
    ids: dict[str, Steps] = {}
    names: dict[str, list[Steps]] = {}
    needed: dict[Steps, InputPlan] = {}
    for item in inputs:
        for tail in ((), *_tails(item)):
            path = (item.id, *tail)
            ids[narrowed(".".join(path))] = path
            given = (item.column, item.title.zh, item.title.en)
            for name in dict.fromkeys(narrowed(".".join((one, *tail))) for one in given if one):
                names.setdefault(name, []).append(path)
        if item.required:
            needed[(item.id,)] = item
    for item in inputs:
        levels = [(item.id, *tail) for tail in _tails(item) if tail != ("issued",)]
        if item.required and levels:
            del needed[(item.id,)]
            needed |= dict.fromkeys(levels, item)
    return _Known(ids, {name: tuple(paths) for name, paths in names.items()}, needed)


def _tails(item: InputPlan) -> Iterator[Steps]:
    """Yield what stands behind a survey's name where each of its counts has a column."""
    if item.type.kind is not Kind.SURVEY:
        return
    for level in item.levels:
        if item.groups:
            yield from ((group, level) for group in item.groups)
        else:
            yield (level,)
    yield ("issued",)


def _ambiguous(text: str, found: Sequence[Steps], table: Text) -> Diagnostic:
    ids = ", ".join(".".join(path) for path in found)
    return diagnose("PRF617", value=text, file=table, expected=Text(ids, ids))


def _twice(text: str, path: Steps, first: str, table: Text) -> Diagnostic:
    hint = Text("删去其中一列", "remove one of them")
    name = ".".join(path)
    return diagnose("PRF616", value=text, file=table, input=name, first=first, hint=hint)


def _unknown(text: str, known: _Known, others: set[str], table: Text) -> Diagnostic:
    near = did_you_mean(text, [*known.ids, *known.names, *others])
    if table is TABLE:
        hint = Text(
            f"{near.zh}；用不到的列写 ignore=[{text!r}]", f"{near.en}; else give ignore=[{text!r}]"
        )
    else:
        hint = Text(f"{near.zh}；用不到的列改名为 x-{text}", f"{near.en}; else call it x-{text}")
    return diagnose("PRF615", value=text, file=table, hint=hint)


def _no_line(name: str, lines: Mapping[str, bool], table: Text) -> Diagnostic:
    near = did_you_mean(name.partition("[")[0], list(lines))
    hint = Text(
        f"evidence. 后面写指标编号；{near.zh}",
        f"behind evidence. stands an indicator's id; {near.en}",
    )
    return diagnose("PRF615", value=f"evidence.{name}", file=table, hint=hint)


def _unnamed(
    named: Mapping[str, str], ignore: Sequence[str], texts: list[str], table: Text
) -> list[Diagnostic]:
    wanted = [*named.items(), *(("ignore", name) for name in ignore)]
    return [
        diagnose("PRF621", value=name, option=option, file=table, hint=did_you_mean(name, texts))
        for option, name in wanted
        if narrowed(name) not in texts
    ]


def _lacking(item: InputPlan, path: Steps, table: Text) -> Diagnostic:
    name = ".".join(path)
    title = Text(item.title.get("zh") or item.id, item.title.get("en") or item.id)
    hint = None
    if item.type.kind in (Kind.TABLE, Kind.PANEL):
        way = f'tables={{"{item.id}": (table, "key")}}'
        hint = Text(
            f"表格是一列结构体列表，或另一个表：{way}",
            f"a sheet is a column of lists of structs, or a table of its own: {way}",
        )
    return diagnose("PRF618", path=path, value=name, file=table, title=title, hint=hint)
