"""What databases write differently: wide integers, whole division, types, sets, days."""

from dataclasses import dataclass
from typing import Final

from sqlglot import exp

from perfrules.sql import DialectName
from perfrules.sql.nodes import Node, binary, call, text, whole

_INTEGERS: Final = {
    "duckdb": "TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|UTINYINT|USMALLINT|UINTEGER|UBIGINT",
    "spark": "tinyint|smallint|int|bigint",
}
_EPOCH: Final = 719163  # the proleptic ordinal of 1970-01-01


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one database is spoken to; both give the same digits."""

    name: DialectName

    @property
    def largest_quotient(self) -> int:
        """What a quotient stays below: Spark's are DECIMAL(38, 6)."""
        return 10**38 if self.name == "duckdb" else 10**32

    def integer(self, node: Node) -> Node:
        """Return *node* as an integer of at least 38 digits."""
        kind = exp.DataType.Type.INT128 if self.name == "duckdb" else None
        to = exp.DataType(this=kind) if kind else exp.DataType.build("DECIMAL(38, 0)")
        return exp.Cast(this=node.copy(), to=to)

    def decimal(self, node: Node, digits: int, scale: int) -> Node:
        """Return *node* as a decimal."""
        return exp.Cast(this=node.copy(), to=exp.DataType.build(f"DECIMAL({digits}, {scale})"))

    def read(self, column: Node, digits: int, scale: int) -> Node:
        """Return a column that may turn out not to be a number: NULL then, where it can be."""
        if self.name == "spark":
            return column.copy()
        to = exp.DataType.build(f"DECIMAL({digits}, {scale})")
        return exp.TryCast(this=column.copy(), to=to)

    def divided(self, top: Node, bottom: Node) -> Node:
        """Return the whole part of a quotient, towards zero; Spark's own gives 64 bits only."""
        if self.name == "duckdb":
            return binary(exp.IntDiv, top, bottom)
        rest = binary(exp.Sub, top, binary(exp.Mod, top, bottom))
        return self.integer(binary(exp.Div, rest, bottom))

    def scaled(self, node: Node, scale: int) -> Node:
        """Return an integer that counts `10**-scale` as the decimal it stands for."""
        if not scale:
            return self.decimal(node, 38, 0)
        step = self.decimal(exp.Literal.string(f"0.{'1'.rjust(scale, '0')}"), scale + 1, scale)
        return self.decimal(binary(exp.Mul, self.decimal(node, 37 - scale - 1, 0), step), 36, scale)

    def kind_of(self, column: Node) -> Node:
        """Return the name of the type a column has."""
        return call("typeof", column)

    def is_decimal(self, column: Node, scale: int) -> Node:
        """Return whether a column is an integer, or a decimal of at most *scale* decimals."""
        word, space = ("DECIMAL", " ?") if self.name == "duckdb" else ("decimal", " ?")
        places = "|".join(map(str, range(scale + 1)))
        pattern = f"^({_INTEGERS[self.name]}|{word}[(][0-9]+,{space}({places})[)])$"
        return exp.RegexpLike(this=self.kind_of(column), expression=text(pattern))

    def is_whole(self, column: Node) -> Node:
        """Return whether a column is an integer."""
        return exp.RegexpLike(
            this=self.kind_of(column), expression=text(f"^({_INTEGERS[self.name]})$")
        )

    def is_a(self, column: Node, kind: str) -> Node:
        """Return whether a column is of the one type: `BOOLEAN`, `DATE`, `VARCHAR`."""
        own = {"VARCHAR": "string"}.get(kind, kind.lower()) if self.name == "spark" else kind
        return exp.EQ(this=self.kind_of(column), expression=text(own))

    def is_set(self, column: Node) -> Node:
        """Return whether a column is an array of texts."""
        own = "VARCHAR[]" if self.name == "duckdb" else "array<string>"
        return exp.EQ(this=self.kind_of(column), expression=text(own))

    def within(self, column: Node, labels: tuple[str, ...]) -> Node:
        """Return whether an array holds nothing but *labels*."""
        known = exp.Array(expressions=[text(label) for label in labels])
        if self.name == "duckdb":
            every = exp.EQ(this=call("list_count", column), expression=call("len", column))
            return exp.And(this=every, expression=call("list_has_all", known, column))
        rest = call("array_except", column, known)
        return exp.EQ(this=call("size", rest), expression=whole(0))

    def holds(self, column: Node, label: str) -> Node:
        """Return whether an array holds *label*."""
        function = "list_contains" if self.name == "duckdb" else "array_contains"
        return call(function, column, text(label))

    def day(self, node: Node) -> Node:
        """Return a date as its proleptic ordinal."""
        start = exp.Cast(this=text("1970-01-01"), to=exp.DataType.build("DATE"))
        if self.name == "duckdb":
            days = call("date_diff", text("day"), start, node)
        else:
            days = call("datediff", node, start)
        return self.integer(binary(exp.Add, days, whole(_EPOCH)))

    def schema(self, kind: str) -> exp.DataType:
        """Return a column's type: `VARCHAR[]` is Spark's `ARRAY<STRING>`."""
        if kind == "VARCHAR[]":
            inner = exp.DataType.build("VARCHAR")
            return exp.DataType(this=exp.DataType.Type.ARRAY, expressions=[inner], nested=True)
        return exp.DataType.build(kind)
