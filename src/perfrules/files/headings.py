"""Which column stands for which input: by id, else by title or `column`; nothing is guessed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from perfrules.errors import Diagnostic, Path, Text
from perfrules.files.entry import at_line
from perfrules.lang.characters import narrowed
from perfrules.lang.plan import InputPlan
from perfrules.lang.types import Kind
from perfrules.messages import diagnose, did_you_mean

RESERVED = ("unit", "as_of")
_SEPARATORS = {"，": '","', ",": '","', ";": '";"', "；": '";"', "\t": "tab"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A value that a column can bring: where it goes in the facts, and what it may be headed."""

    path: tuple[str, ...]
    title: Text
    others: tuple[str, ...]  # titles and `column`; the id is the path joined by dots
    required: bool
    nested: bool = False  # a table or panel: its rows are another file's

    @property
    def id(self) -> str:
        """The heading that always works."""
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class Headings:
    """What each column of a file is: `paths` by place, None for one that brings no input."""

    texts: tuple[str, ...]
    paths: tuple[tuple[str, ...] | None, ...]
    places: Mapping[str, int] = field(default_factory=dict)

    def by_input(self) -> dict[str, str]:
        """Return the heading of each input; the first, where an input has several columns."""
        found: dict[str, str] = {}
        for text, path in zip(self.texts, self.paths, strict=True):
            if path is not None:
                found.setdefault(path[0], text)
        return found


def wanted_of(inputs: Iterable[InputPlan]) -> tuple[Wanted, ...]:
    """Return what columns can bring: one value an input, one a level for a survey."""
    found: list[Wanted] = []
    for item in inputs:
        others = tuple(name for name in (item.title.zh, item.title.en, item.column) if name)
        if item.type.kind is Kind.SURVEY:
            found += _survey(item, others)
        else:
            nested = item.type.kind in (Kind.TABLE, Kind.PANEL)
            found.append(Wanted((item.id,), item.title, others, item.required, nested))
    return tuple(found)


def _survey(item: InputPlan, others: tuple[str, ...]) -> list[Wanted]:
    """A survey's counts stand in columns headed `satisfied.很满意` or `满意度.专家.很满意`."""
    tails: list[tuple[str, ...]] = [(level,) for level in item.levels]
    if item.groups:
        tails = [(group, *tail) for group in item.groups for tail in tails]
    found = [
        Wanted(
            (item.id, *tail),
            item.title,
            tuple(".".join((name, *tail)) for name in others),
            item.required,
        )
        for tail in tails
    ]
    issued = tuple(f"{name}.issued" for name in others)
    return [*found, Wanted((item.id, "issued"), item.title, issued, required=False)]


def match(
    heads: Sequence[str],
    wanted: Sequence[Wanted],
    file: str,
    named: Mapping[str, str],
    ignore: Sequence[str] = (),
) -> tuple[Headings, tuple[Diagnostic, ...]]:
    """Return what each column is, and everything wrong with the headings.

    Args:
        heads: The headings as the file gives them.
        wanted: What columns can bring.
        file: The file's name, for messages.
        named: Columns that an option names, by option: they needn't be inputs.
        ignore: Columns to leave out.
    """
    texts = tuple(narrowed(head) for head in heads)
    known = {narrowed(name): option for option, name in named.items()}
    dropped = {narrowed(name) for name in ignore}
    by_id = {narrowed(item.id): item for item in wanted}
    by_name: dict[str, list[Wanted]] = {}
    for item in wanted:
        for name in dict.fromkeys(map(narrowed, item.others)):
            by_name.setdefault(name, []).append(item)
    problems: list[Diagnostic] = []
    places: dict[str, int] = {}
    taken: dict[tuple[str, ...], str] = {}
    paths: list[tuple[str, ...] | None] = []
    for place, text in enumerate(texts):
        path = None
        if text in dropped or text.startswith("x-"):
            paths.append(None)
            continue
        found = [by_id[text]] if text in by_id else by_name.get(text, [])
        if len(found) > 1:
            ids = ", ".join(item.id for item in found)
            problems.append(_at("PRF617", file, value=text, expected=Text(ids, ids)))
        elif found:
            path = found[0].path
        elif text.startswith("evidence."):
            path = ("evidence", text.removeprefix("evidence."))
        elif text not in known and text not in RESERVED:
            problems.append(_unknown(heads[place], place, wanted, file))
        same = path or (text,)
        if same in taken:
            problems.append(
                _at("PRF616", file, value=text, input=".".join(same), first=taken[same])
            )
        taken.setdefault(same, text)
        places.setdefault(text, place)
        paths.append(path)
    problems += [
        _at("PRF621", file, value=name, option=option, hint=did_you_mean(name, list(texts)))
        for option, name in named.items()
        if narrowed(name) not in places and narrowed(name) not in dropped
    ]
    problems += [
        _at("PRF621", file, value=name, option="--ignore", hint=did_you_mean(name, list(texts)))
        for name in ignore
        if narrowed(name) not in texts
    ]
    brought = {path for path in paths if path is not None}.union(
        *(_group(text, by_name) for text in texts)
    )
    problems += [
        _lacking(item, file) for item in wanted if item.required and item.path not in brought
    ]
    return Headings(texts, tuple(paths), places), tuple(problems)


def _group(text: str, by_name: Mapping[str, Sequence[Wanted]]) -> set[tuple[str, ...]]:
    """The paths an ambiguous heading may mean: reported once, not as missing too."""
    found = by_name.get(text, ())
    return {item.path for item in found} if len(found) > 1 else set()


def _at(
    code: str,
    file: str,
    *,
    path: Path = (),
    value: object = None,
    hint: Text | None = None,
    expected: Text | None = None,
    title: Text | None = None,
    **args: str,
) -> Diagnostic:
    fields: dict[str, Any] = {"file": file, "title": title, **args}
    return diagnose(
        code, at_line(file, 1), path=path, value=value, hint=hint, expected=expected, **fields
    )


def _unknown(text: str, place: int, wanted: Sequence[Wanted], file: str) -> Diagnostic:
    """PRF615, with the nearest heading, the delimiter, or the way to leave the column out."""
    if not text.strip():
        hint = Text(
            f"第 {place + 1} 列没有标题：补上标题，或删去这一列",
            f"column {place + 1} has no heading: give it one, or remove the column",
        )
        return _at("PRF615", file, value=text, hint=hint)
    for sign, name in _SEPARATORS.items():
        if sign in text and len(text.split(sign)) > 2:  # noqa: PLR2004 - one comma may be a title's
            hint = Text(
                f"这一行像是用 {name} 分隔的：加上 --delimiter，或把它们改成半角逗号",
                f"this line looks separated by {name}: add --delimiter, or write plain commas",
            )
            return _at("PRF615", file, value=text, hint=hint)
    text = narrowed(text)
    names = [name for item in wanted for name in (item.id, *item.others)]
    near = did_you_mean(text, names)
    hint = Text(f"{near.zh}；用不到的列加 --ignore {text}", f"{near.en}; else add --ignore {text}")
    return _at("PRF615", file, value=text, hint=hint)


def _lacking(item: Wanted, file: str) -> Diagnostic:
    """PRF618, with the way to bring a table."""
    hint = None
    if item.nested:
        way = f"--table {item.id}=FILE --key COLUMN"
        hint = Text(f"表格放在另一个 CSV 里：{way}", f"a table is a CSV of its own: {way}")
    title = Text(item.title.get("zh") or item.id, item.title.get("en") or item.id)
    return _at("PRF618", file, path=item.path, value=item.id, title=title, hint=hint)
