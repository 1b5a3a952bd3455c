"""A ruleset as the rows of a score table, with the cells that are one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from perfrules.decimals import plain
from perfrules.errors import Text, UsageError
from perfrules.excel.rule import Question
from perfrules.excel.understand import understand
from perfrules.excel.words import Telling, Words
from perfrules.files.xlsx import Merge
from perfrules.lang.plan import Indicator, Plan
from perfrules.lang.tree import Name
from perfrules.messages import diagnose

_LEVELS: Final = "一二三四五六七八九十"
_TEXTS: Final = ("指标值", "评分标准", "指标说明", "依据", "佐证材料")
_VARY: Final = Text(
    "指标“{id}”的分值因单位而异", 'the points of the indicator "{id}" differ from unit to unit'
)
_NO_TREE: Final = Text("它没有分值相加的指标", "it has no indicators whose points add up")
_MEANS: Final = {
    "weighted_mean": "按下列指标得分率的加权平均计分",
    "geometric_mean": "按下列指标得分率的几何平均计分",
    "minimum": "按下列指标中最低的得分率计分",
}
_DEEP: Final = Text("指标多于六级", "its indicators are more than six levels deep")
_DEEPEST: Final = 6


@dataclass(slots=True)
class ScoreTable:
    """A table to be written: `rows` from row 1, a number where a cell is one.

    `header` is the row of the headings, `levels` how many columns hold the tree.
    """

    title: str
    header: int
    levels: int
    rows: list[list[str | Decimal]] = field(default_factory=list)
    merged: list[Merge] = field(default_factory=list)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return self.levels + 1 + len(_TEXTS)


def exported(plan: Plan) -> ScoreTable:
    """Return a ruleset as a score table.

    Raises:
        UsageError: PRF876, it has no tree of points that are plain numbers.
    """
    depth = max((_depth(item) for item in plan.indicators), default=0)
    if not depth or plan.total is None or plan.aggregate != "sum":
        raise _refused(plan, _NO_TREE)
    if depth > _DEEPEST:
        raise _refused(plan, _DEEP)
    title = plan.title.get("zh") or plan.id
    table = ScoreTable(title, 2, depth)
    _whole_row(table, title)
    heads = [f"{_LEVELS[place]}级指标" for place in range(depth)]
    table.rows.append([*heads, "分值", *_TEXTS])
    teller = _Teller(plan, Telling(plan))
    for item, left in zip(plan.indicators, _left(plan, plan.indicators, plan.total), strict=True):
        _put(table, teller, item, left, [])
    last = [""] * (depth - 1)
    table.rows.append(["合计", *last, plan.total, *[""] * len(_TEXTS)])
    if depth > 1:
        table.merged.append(Merge(len(table.rows), 1, len(table.rows), depth))
    for note in _notes(plan):
        _whole_row(table, note)
    return table


def _refused(plan: Plan, reason: Text) -> UsageError:
    return UsageError((diagnose("PRF876", value=plan.id, reason=reason),))


def _parts(item: Indicator) -> tuple[Indicator, ...]:
    """Return the children whose points add up; a mean of rates is one row, told in words."""
    return item.children if item.aggregate == "sum" else ()


def _depth(item: Indicator) -> int:
    return 1 + max((_depth(child) for child in _parts(item)), default=0)


def _whole_row(table: ScoreTable, text: str) -> None:
    """Add a row of one cell over the whole width."""
    table.rows.append([text, *[""] * (table.width - 1)])
    table.merged.append(Merge(len(table.rows), 1, len(table.rows), table.width))


def _left(plan: Plan, items: Sequence[Indicator], whole: Decimal | None) -> list[Decimal | None]:
    """Return the points of siblings; what is left of the whole where one of them says none."""
    found = [_points(plan, item) for item in items]
    if whole is not None and found.count(None) == 1 and all(item.scored for item in items):
        rest = whole - sum(item for item in found if item is not None)
        return [rest if item is None else item for item in found]
    return found


def _put(
    table: ScoreTable,
    teller: "_Teller",
    item: Indicator,
    points: Decimal | None,
    above: Sequence[str],
) -> None:
    """Add the rows of an indicator; what they share is one cell."""
    level, first = len(above), len(table.rows) + 1
    title = " ".join((item.title.get("zh") or item.id).split())
    parts = _parts(item)
    if parts:
        for child, left in zip(parts, _left(teller.plan, parts, points), strict=True):
            _put(table, teller, child, left, [*above, title])
        last = len(table.rows)
        if last > first:
            table.merged.append(Merge(first, level + 1, last, level + 1))
        return
    blank = [""] * (table.levels - level - 1)
    table.rows.append([*above, title, *blank, *teller.row(item, points)])
    if blank:
        table.merged.append(Merge(first, level + 1, first, table.levels))


@dataclass(frozen=True, slots=True)
class _Teller:
    plan: Plan
    telling: Telling

    def row(self, item: Indicator, points: Decimal | None) -> list[str | Decimal]:
        """Return what stands behind a leaf's title."""
        if points is None and item.scored:
            vary = Text(_VARY.zh.format(id=item.id), _VARY.en.format(id=item.id))
            raise _refused(self.plan, vary)
        target, standard = self._words(item, points)
        basis = "；".join(f"{one.document}{one.clause or ''}" for one in item.basis)
        texts = (target, standard, item.definition.get("zh"), basis, item.evidence.get("zh"))
        return ["" if points is None else points, *texts]

    def _words(self, item: Indicator, points: Decimal | None) -> Words:
        """Return the words of the table that the rule came from, where it is still theirs."""
        node = _node(self.plan, item)
        kept = str(node.get("x-指标值", "")), str(node.get("x-评分标准", ""))
        if points is None:
            return kept
        if any(kept):
            rule = understand(Question(item.id, points, *kept))
            score = node.get("score")
            by_hand = {"method": "formula", "points": item.id}
            if _same(score, rule.score if rule is not None else by_hand):
                return kept
        if item.children:
            named = [_weighted(child) for child in item.children]
            return "", f"{_MEANS[item.aggregate]}：{'、'.join(named)}"
        if item.for_each is not None or item.method is None:
            return "", "按绩效目标表逐项计分"
        return self.telling.words(item.method, points)


def _weighted(item: Indicator) -> str:
    title = item.title.get("zh") or item.id
    return title if item.weight is None else f"{title}（权重{item.weight.text}）"


def _points(plan: Plan, item: Indicator) -> Decimal | None:
    """Return the points of an indicator where they are one number for every unit."""
    expr = item.points
    if expr is None and item.for_each is not None and item.for_each.split is not None:
        expr = item.for_each.split[0]
    if expr is None:
        return None
    found = expr.constant
    if isinstance(expr.tree, Name):
        named = next((one for one in plan.parameters if one.id == expr.text.strip()), None)
        if named is not None and len(named.values) == 1:
            found = named.values[0][1]
    return found if isinstance(found, Decimal) else None


def _node(plan: Plan, item: Indicator) -> Mapping[str, object]:
    """Return an indicator as it is written, for what stands beside the language: x- keys."""
    document = plan.places.document
    found: object = document.value if document is not None else {}
    for part in item.path:
        try:
            found = found[part]  # type: ignore[index] # a wrong path ends below
        except (KeyError, IndexError, TypeError):
            return {}
    return found if isinstance(found, dict) else {}


def _same(written: object, understood: object) -> bool:
    """Return whether a part of a document is what was understood, all of it.

    >>> _same({"points": "10", "bands": [{"else": "0"}]}, {"points": Decimal("10.0"), "bands": [
    ...     {"else": Decimal(0)}]})
    True
    """
    if isinstance(understood, Mapping):
        return (
            isinstance(written, Mapping)
            and list(written) == list(understood)
            and all(_same(written[key], item) for key, item in understood.items())
        )
    if isinstance(understood, (list, tuple)):
        return (
            isinstance(written, (list, tuple))
            and len(written) == len(understood)
            and all(map(_same, written, understood))
        )
    if isinstance(understood, Decimal):
        return str(written) == plain(understood)
    return str(written) == str(understood)


def _notes(plan: Plan) -> Iterator[str]:
    """Yield the lines below the table: the grades, the notes, which ruleset it is."""
    grades = [(one.name, one.at_least) for one in plan.grades if one.at_least is not None]
    if grades:
        scale = "；".join(f"{name}≥{plain(at)}分" for name, at in grades)
        yield f"评价等级：{scale}"
    document = plan.places.document
    note = document.value.get("note") if document is not None else None
    if isinstance(note, dict):
        note = note.get("zh")
    yield from (line.strip() for line in str(note or "").split("\n") if line.strip())
    yield f"规则集：{plan.id} {plan.version}"
