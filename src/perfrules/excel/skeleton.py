"""A score table becomes the text of a ruleset and of its first cases, and what is left to do."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from perfrules.decimals import plain
from perfrules.errors import Diagnostic, Path, Text, UsageError
from perfrules.excel.execution import execution
from perfrules.excel.filled import Filled
from perfrules.excel.grades import national, stated_grades
from perfrules.excel.heads import find_heads
from perfrules.excel.names import Names, dotted
from perfrules.excel.nodes import Node, Table, apart, read_table
from perfrules.excel.rule import Question, Raw, Rule, by_hand
from perfrules.excel.understand import understand
from perfrules.excel.yaml import block
from perfrules.files.xlsx import Grid
from perfrules.fmt import formatted
from perfrules.lang.document import Document, read_document
from perfrules.messages import diagnose

IDENTITY: Final = re.compile(r"规则集[:：]\s*(?P<id>\S+)\s+(?P<version>[0-9][0-9.]*)")
_MODELINE: Final = "# yaml-language-server: $schema=schemas/{kind}.schema.json\n"
_NOTHING: Final = Text("没有写评分标准和指标值", "neither a standard nor a target is written")
_HEADS: Final = ("# 填报哪些数据 what is filled in", "# 怎样计分 how points are earned")


@dataclass(frozen=True, slots=True)
class Imported:
    """What came out of a table: two documents, and everything a person has to look at.

    `understood` of `leaves` indicators have a rule that their words state; the others' points are
    filled in by hand.
    """

    id: str
    ruleset: str
    cases: str
    diagnostics: tuple[Diagnostic, ...]
    leaves: int
    understood: int


def imported(grid: Grid, file: str, name: str, title: str | None = None) -> Imported:
    """Return the ruleset that a sheet's score table states.

    Args:
        grid: The sheet.
        file: The name of the YAML file, for places.
        name: The ruleset's id where the table itself doesn't name one.
        title: Its title; without one the line above the table.

    Raises:
        UsageError: PRF870 no table, PRF879 no points.
    """
    heads = find_heads(grid)
    if heads is None:
        raise UsageError((diagnose("PRF870", grid.span(1), value=grid.sheet),))
    table = read_table(grid, heads)
    spent = execution(grid, heads)
    if spent is not None:
        table.nodes.insert(0, spent)
    if not any(points(node) for node in table.nodes):
        raise UsageError((diagnose("PRF879", grid.span(heads.row), value=grid.sheet),))
    table.problems += _sums(grid, table, heads.levels[0])
    hidden = [row.number for row in grid.rows if row.hidden and row.number > heads.last]
    if hidden:
        what = Text(
            f"隐藏的第 {hidden[0]} 行等 {len(hidden)} 行也读入了",
            f"{len(hidden)} hidden rows were read too, the first of them row {hidden[0]}",
        )
        table.problems.append(diagnose("PRF697", grid.span(hidden[0]), file=grid.file, what=what))
    used = {*heads.levels, *heads.points.values(), *heads.columns.values()}
    table.problems += [
        fault for (row, column), fault in grid.faults.items()
        if row > heads.last and column in used
    ]  # fmt: skip
    return _Writer(grid, table, file, name, title or table.title).imported()


def _sums(grid: Grid, table: Table, column: int) -> Iterator[Diagnostic]:
    """Yield PRF871 for each sum that is printed and isn't that of its parts."""
    for node in _branches(table.nodes):
        added = _added(node.children)
        if node.points is not None and added is not None and added != node.points:
            yield apart(grid, (node.row, node.column), node.title, node.points, added)
    added = _added(table.nodes)
    if table.total is not None and added is not None and table.total[0] != added:
        yield apart(grid, (table.total[1], column), "合计", table.total[0], added)


def _branches(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        if node.children:
            yield node
            yield from _branches(node.children)


def _added(nodes: Sequence[Node]) -> Decimal | None:
    """Return what nodes add up to as printed, where something is."""
    found = [points(node) for node in nodes]
    known = [item for item in found if item is not None]
    return sum(known, Decimal(0)) if known else None


def points(node: Node) -> Decimal | None:
    """Return a node's points: as printed, else what its children add up to."""
    return node.points if node.points is not None or not node.children else _added(node.children)


def _finest(node: Node) -> int:
    """Return how many decimals the points of a node and of those below it need."""
    own = 0 if node.points is None else _decimals(node.points)
    return max(own, *map(_finest, node.children), 0)


def _decimals(value: Decimal) -> int:
    return len(plain(value).partition(".")[2])


@dataclass(slots=True)
class _Writer:
    grid: Grid
    table: Table
    file: str
    name: str
    title: str
    names: Names = field(default_factory=Names)
    inputs: dict[str, object] = field(default_factory=dict)
    best: dict[str, object] = field(default_factory=dict)
    filled: Filled = field(default_factory=Filled)
    told: list[tuple[str, Path, dict[str, Any]]] = field(default_factory=list)
    leaves: int = 0
    understood: int = 0

    def imported(self) -> Imported:
        """Return the documents and the diagnostics."""
        own, version, notes = self._identity()
        grades = stated_grades(notes)
        notes = [note for note in notes if not stated_grades([note])]
        indicators = [
            self._node(node, ("indicators", place)) for place, node in enumerate(self.table.nodes)
        ]
        total = self.table.total[0] if self.table.total else _added(self.table.nodes)
        assert total is not None  # noqa: S101 - some leaf has points
        whole: dict[str, object] = {
            "ruleset": Raw(own),
            "version": Raw(f'"{version}"'),
            "title": self.title,
        }
        if notes:
            whole["note"] = "\n".join(notes)
        whole |= {
            "basis": [{"document": self.title, "evidence": "background"}],
            "total": total,
            "rounding": {"digits": max(2, _decimals(total), *map(_finest, self.table.nodes))},
        }
        shown = grades or national(total)
        rest = {"indicators": indicators}
        last = {"grades": [{"name": label, "at_least": at} for label, at in shown]}
        parts = [list(block(whole))]
        parts.append([_HEADS[0], *block({"inputs": self.inputs})])
        parts += [[_HEADS[1], *block(rest)], list(block(last))]
        text = "\n\n".join("\n".join(part) for part in parts) + "\n"
        text = formatted(_MODELINE.format(kind="ruleset") + text, self.file)
        document = read_document(text, self.file)
        if not grades:
            scale = "、".join(f"{label} {plain(at)}" for label, at in shown)
            self.told.append(("PRF873", ("grades",), {"value": scale}))
        told = [self._at(document, *item) for item in self.told]
        cases = self._cases(own, total)
        problems = (
            *self.table.problems,
            *sorted(told, key=lambda one: one.span.line if one.span else 0),
        )
        return Imported(own, text, cases, problems, self.leaves, self.understood)

    def _at(self, document: Document, code: str, path: Path, args: dict[str, Any]) -> Diagnostic:
        return document.diagnose(code, path, key=True, **args)

    def _identity(self) -> tuple[str, str, list[str]]:
        """Return the id, the version and the notes that aren't these."""
        notes = []
        own, version = dotted(self.name), "0.1"
        for note in self.table.notes:
            found = IDENTITY.fullmatch(note.strip())
            if found is None:
                notes.append(note)
            else:
                own, version = dotted(found["id"]), found["version"]
        return own, version, notes

    def _node(self, node: Node, path: Path) -> dict[str, object]:
        own = self.names.give(node.title)
        worth = points(node)
        made: dict[str, object] = {"id": Raw(own), "title": node.title}
        if node.children:
            if worth is not None:
                made["points"] = worth
            made["indicators"] = [
                self._node(child, (*path, "indicators", place))
                for place, child in enumerate(node.children)
            ]
            return made
        self.leaves += 1
        if worth is None:
            self._unscored(node)
            made["scored"] = Raw("false")
        else:
            made["points"] = worth
        made |= self._about(node)
        made |= self._rule(node, own, worth, path)
        return made

    def _unscored(self, node: Node) -> None:
        cell = self.grid.address(node.row, node.column)
        span = self.grid.span(node.row, node.column)
        self.table.problems.append(diagnose("PRF875", span, value=node.title, cell=cell))

    def _about(self, node: Node) -> dict[str, object]:
        """Return what the table says of an indicator in words."""
        texts = node.texts
        made: dict[str, object] = {}
        definition = texts.get("definition", "")
        if texts.get("formula"):
            parts = [definition, f"计算公式：{texts['formula']}"]
            definition = "\n".join(part for part in parts if part)
        if definition:
            made["definition"] = definition
        if texts.get("evidence"):
            made["evidence"] = texts["evidence"]
        for key, name in (("x-指标值", "target"), ("x-评分标准", "standard")):
            if texts.get(name):
                made[key] = texts[name]
        if texts.get("basis"):
            made["basis"] = [
                {"document": part.strip(), "evidence": "background"}
                for part in re.split(r"[;；\n]", texts["basis"])
                if part.strip()
            ]
        return made

    def _rule(self, node: Node, own: str, worth: Decimal | None, path: Path) -> dict[str, object]:
        texts = node.texts
        words = texts.get("target", ""), texts.get("standard", "")
        if worth is None:  # nothing is lost: the words stay, and a share may be filled in
            limits = {"min": Raw("0%"), "max": Raw("100%")}
            return {
                "missing": "not_applicable",
                "ask": {"type": "percent", **limits, "optional": Raw("true")},
                "score": {"method": "formula", "rate": own},
            }
        about = Question(own, worth, *words)
        rule = understand(about)
        if rule is not None and self._clashes(rule):
            rule = None
        if rule is None:
            rule = by_hand(about)
            said = "；".join(word for word in words[::-1] if word)
            told = Text(said, said) if said else _NOTHING
            args = {"name": node.title, "value": said or None, "said": told}
            self.told.append(("PRF872", (*path, "score"), args))
        else:
            self.understood += 1
            self.told += [
                ("PRF877", (*path, "score"),
                 {"name": node.title, "reason": doubt, "value": words[1] or words[0]})
                for doubt in rule.doubts
            ]  # fmt: skip
        self.inputs |= rule.inputs
        for name in rule.inputs:
            self.names.take(name)
        self.best |= rule.best
        self.filled.add(own, node, rule, by_hand=rule.score == by_hand(about).score)
        made: dict[str, object] = {"ask": dict(rule.ask)} if rule.ask else {}
        return made | {"score": dict(rule.score)}

    def _clashes(self, rule: Rule) -> bool:
        """Whether an input of that name is there already, with another meaning."""
        return any(
            self.inputs[name] != asked if name in self.inputs else name in self.best
            for name, asked in rule.inputs.items()
        )

    def _cases(self, own: str, total: Decimal) -> str:
        """Return the cases that the table itself states: everything earned, and what it reports."""
        tests: list[dict[str, object]] = [
            {
                "name": "各项均达标",
                "source": "各项按评分表得满分，合计即总分",
                "facts": self.best,
                "want": {"total": total},
            }
        ]
        if self.filled.whole:
            tests.append(
                {
                    "name": "表中填报的数据",
                    "source": "评分表上填写的完成值和得分",
                    "facts": self.filled.facts,
                    "want": {"scores": self.filled.scores},
                }
            )
        text = "\n".join(block({"cases": Raw(own), "tests": tests}))
        return formatted(_MODELINE.format(kind="cases") + text + "\n", "cases")
