"""Intermediate values, each computed once: a chain of common table expressions by depth."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from sqlglot import exp

from perfrules.sql.dialect import Dialect
from perfrules.sql.nodes import Node, name, operand

_SHORT: Final = 60  # parts of a value that is written where it is needed


@dataclass(slots=True)
class Steps:
    """What was given a name. A value's depth is one more than that of what it is made of."""

    dialect: Dialect
    depth: dict[str, int] = field(default_factory=dict)
    by_depth: list[list[tuple[str, Node]]] = field(default_factory=lambda: [[]])
    known: dict[str, str] = field(default_factory=dict)  # a value's text: its column

    def let(self, node: Node) -> Node:
        """Return a column that holds *node*; the same value is computed once."""
        if isinstance(node, exp.Column | exp.Literal | exp.Null | exp.Boolean):
            return node.copy()
        written = node.sql(self.dialect.name)
        if written not in self.known:
            column = f"x{len(self.depth) + 1}"
            depth = 1 + max(
                (self.depth[item.name] for item in node.find_all(exp.Column)), default=0
            )
            self.depth[column] = depth
            self.known[written] = column
            while len(self.by_depth) <= depth:
                self.by_depth.append([])
            self.by_depth[depth].append((column, node.copy()))
        return name(self.known[written])

    def column(self, node: Node) -> Node:
        """Return a column of the first step, which alone reads the table itself."""
        column = f"x{len(self.depth) + 1}"
        self.depth[column] = 0
        self.by_depth[0].append((column, node.copy()))
        return name(column)

    def select(self, table: str, outputs: list[tuple[str, Node]]) -> exp.Select:
        """Return the statement: the steps in order, then the outputs."""
        words = "phase" if table.lower().startswith("step") else "step"
        source = table_of(table)
        steps = self._merged(outputs)
        found = exp.Select(
            expressions=[exp.alias_(node, key, quoted=True) for key, node in outputs]
        )
        for depth, columns in enumerate(steps):
            star = [exp.Star()] if depth else []
            step = exp.Select(expressions=[*star, *_named(columns)]).from_(source, copy=False)
            key = f"{words}{depth}"
            found = found.with_(exp.to_identifier(key, quoted=True), as_=step, copy=False)
            source = exp.table_(key, quoted=True)
        return found.from_(source, copy=False)

    def _merged(self, outputs: list[tuple[str, Node]]) -> list[list[tuple[str, Node]]]:
        """Return the steps, what only one value needs written where it is needed.

        Spark looks at a chain of steps a limited number of times: it should be short.
        """
        wanted = self._wanted([node for _, node in outputs])
        made = {key: node for columns in self.by_depth for key, node in columns if key in wanted}
        uses = Counter(
            column.name
            for key, node in made.items()
            if self.depth[key]
            for column in node.find_all(exp.Column)
        )
        shown = {column.name for _, node in outputs for column in node.find_all(exp.Column)}
        sizes: dict[str, int] = {}
        depth: dict[str, int] = {}
        steps: list[list[tuple[str, Node]]] = []
        for key in (key for key in self.depth if key in made):
            node, place = made[key], 0
            if self.depth[key]:
                for column in list(node.find_all(exp.Column)):
                    used = column.name
                    short = uses[used] == 1 and depth[used] and sizes[used] <= _SHORT
                    if short and used not in shown:
                        column.replace(operand(made[used]))
                place = 1 + max((depth[one.name] for one in node.find_all(exp.Column)), default=0)
            sizes[key], depth[key] = sum(1 for _ in node.walk()), place
            merged = uses[key] == 1 and place and sizes[key] <= _SHORT
            if not merged or key in shown:
                while len(steps) <= place:
                    steps.append([])
                steps[place].append((key, node))
        return [columns for columns in steps if columns]

    def _wanted(self, outputs: list[Node]) -> set[str]:
        """Return the columns that the outputs need, and those that these need."""
        made = {key: node for columns in self.by_depth for key, node in columns}
        wanted: set[str] = set()
        waiting = list(outputs)
        while waiting:
            for column in waiting.pop().find_all(exp.Column):
                if column.name in made and column.name not in wanted:
                    wanted.add(column.name)
                    if self.depth[column.name]:
                        waiting.append(made[column.name])
        return wanted


def _named(columns: list[tuple[str, Node]]) -> list[Node]:
    return [
        exp.Alias(this=node, alias=exp.to_identifier(key, quoted=True)) for key, node in columns
    ]


def table_of(written: str) -> exp.Table:
    """Return a table by its name, which may have a schema's in front.

    >>> table_of('main.fa"cts').sql("duckdb")
    '"main"."fa""cts"'
    """
    parts = [exp.to_identifier(part, quoted=True) for part in written.split(".")]
    keys = ("this", "db", "catalog")[: len(parts)]
    return exp.Table(**dict(zip(keys, reversed(parts), strict=True)))
