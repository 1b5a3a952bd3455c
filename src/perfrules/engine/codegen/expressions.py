"""A checked expression's tree → statements that compute its value, in the reference's order.

What the reference would refuse gives up here (`Odd`), and what it would find missing lacks here
(`Lack`), neither earlier nor later: which of the two comes first decides a line's state.
"""

from decimal import Decimal
from typing import Final, cast

from perfrules.decimals import ONE, ZERO, snap
from perfrules.engine.codegen.arithmetic import combine, negated
from perfrules.engine.codegen.folds import fold
from perfrules.engine.codegen.scope import Named, RowOf, Scope, admitted
from perfrules.engine.codegen.source import UnsupportedError
from perfrules.engine.codegen.values import Value, compare, constant
from perfrules.lang.expr.build import AddDays, SubDays, ranks
from perfrules.lang.expr.evaluate import OPERATORS
from perfrules.lang.frame import Fault
from perfrules.lang.functions import Function
from perfrules.lang.tree import (
    Aggregate,
    Arithmetic,
    Call,
    Column,
    Compare,
    Const,
    Expr,
    IfElse,
    In,
    Known,
    Logic,
    Name,
    Negate,
    Not,
    Power,
    Ref,
    Tree,
)
from perfrules.lang.types import NUMERIC, Kind

_LONGEST: Final = 160  # characters of code that stand in one expression
_DEEPEST: Final = 80  # levels of a tree


def value_of(scope: Scope, expr: Expr) -> Value:
    """Return the value of *expr*, after the statements that compute it."""
    return _Emitter(scope).value(expr.tree)


def number_of(scope: Scope, expr: Expr) -> Value:
    """Return the value of a numeric expression as a local or a slot."""
    return value_of(scope, expr)


def flag_of(scope: Scope, expr: Expr) -> Value:
    """Return the value of a condition."""
    return value_of(scope, expr)


def read(scope: Scope, named: Named) -> Value:
    """Return the value of a name; it gives up or lacks where the value isn't there."""
    code = named.value.code
    if named.fails:
        scope.source.give_up(f"{code} is X")
    if named.lacks:
        scope.source.lack(f"{code} is M")
    return named.value


class _Emitter:
    """One expression's walk; it counts levels, so that no tree exhausts the stack."""

    def __init__(self, scope: Scope, depth: int = 0) -> None:
        self.scope = scope
        self.source = scope.source
        self.depth = depth

    def value(self, tree: Tree) -> Value:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise UnsupportedError
        found = self._value(tree)
        self.depth -= 1
        if len(found.code) > _LONGEST:
            code = self.source.keep(found.code)
            return Value(code, found.low, found.high, found.places, found.constant)
        return found

    def _value(self, tree: Tree) -> Value:  # noqa: C901, PLR0912 - one case a node
        match tree:
            case Const():
                return constant(self.source, tree.value)
            case Name():
                return read(self.scope, self.scope.named(tree.id))
            case Column():
                return self._column(tree)
            case Ref():
                return read(self.scope, self.scope.reference(tree.ref, tree.id))
            case Negate():
                return negated(self.source, self.value(tree.operand))
            case Not():
                found = self.value(tree.operand)
                if found.known:
                    return constant(self.source, not found.constant)
                return Value(f"(not {found.code})")
            case Arithmetic():
                return self._arithmetic(tree)
            case Power():
                return self._power(tree)
            case Compare():
                return self._compare(tree)
            case Logic():
                return self._logic(tree)
            case IfElse():
                return self._if_else(tree)
            case In():
                return self._in(tree)
            case Call():
                return self._call(tree)
            case Known():
                return self._known(tree)
            case Aggregate():
                return fold(self.scope, tree, self._inside)

    def _inside(self, scope: Scope, tree: Tree) -> Value:
        return _Emitter(scope, self.depth).value(tree)

    def _row(self, name: str) -> RowOf:
        if name not in self.scope.rows:
            raise UnsupportedError(name)
        return self.scope.rows[name]

    def _column(self, tree: Column) -> Value:
        row = self._row(tree.row)
        code = self.source.keep(f"{row.code}[{self.source.slot(tree.column)}]")
        return read(self.scope, column_of(row, tree.column, code))

    def _known(self, tree: Known) -> Value:
        if isinstance(tree.operand, Column):
            row = self._row(tree.operand.row)
            found = column_of(row, tree.operand.column, "")
            slot = self.source.slot(tree.operand.column)
            code = f"({row.code}[{slot}] is not M)"
            return Value(code) if found.lacks else constant(self.source, value=True)
        named = self.scope.named(tree.operand.id)
        if named.fails:
            self.source.give_up(f"{named.value.code} is X")
        if named.computed and named.lacks:
            self.source.lack(f"{named.value.code} is M")
        elif named.lacks:
            return Value(f"({named.value.code} is not M)")
        return constant(self.source, value=True)

    def _arithmetic(self, tree: Arithmetic) -> Value:
        left, right = self.value(tree.left), self.value(tree.right)
        kinds = (tree.left.type.kind, tree.right.type.kind)
        if Kind.DATE not in kinds:
            return combine(self.source, tree.op, left, right)
        if kinds == (Kind.DATE, Kind.DATE):
            return Value(self.source.keep(f"D(({left.code} - {right.code}).days)"), places=0)
        operator = OPERATORS[AddDays if tree.op == "+" else SubDays]
        self.source.doubts += 1
        return Value(self.source.keep(f"{self.source.slot(operator)}({left.code}, {right.code})"))

    def _power(self, tree: Power) -> Value:
        base = self.value(tree.base)
        found = constant(self.source, ONE)
        for _ in range(tree.exponent):
            found = combine(self.source, "*", found, base)
        return found

    def _compare(self, tree: Compare) -> Value:
        ordered = any(op not in ("==", "!=") for op in tree.ops)
        left = self._operand(tree.operands[0], ordered=ordered)
        if len(tree.ops) == 1:
            right = self._operand(tree.operands[1], ordered=ordered)
            return self._pair(tree, 0, left, right)
        found = self.source.local()
        self.source.line(f"{found} = True")
        for place in range(len(tree.ops)):
            with self.source.block(f"if {found}"):
                right = self._operand(tree.operands[place + 1], ordered=ordered)
                if place + 1 < len(tree.ops) and not right.known:
                    right = self._kept(right)
                self.source.line(f"{found} = {self._pair(tree, place, left, right).code}")
            left = right
        return Value(found)

    def _kept(self, value: Value) -> Value:
        code = self.source.keep(value.code)
        return Value(code, value.low, value.high, value.places)

    def _operand(self, tree: Tree, *, ordered: bool) -> Value:
        found = self.value(tree)
        if not ordered or tree.type.kind is not Kind.CHOICE:
            return found
        heights = ranks(tree.type)
        if found.known:
            rank = heights.get(cast("str", found.constant))
            return constant(self.source, rank)
        return Value(self.source.keep(f"{self.source.slot(heights)}.get({found.code})"))

    def _pair(self, tree: Compare, place: int, left: Value, right: Value) -> Value:
        op = tree.ops[place]
        one, other = tree.operands[place : place + 2]
        if one.type.kind in NUMERIC and other.type.kind in NUMERIC:
            return compare(self.source, op, left, right)
        code = f"({left.code} {op} {right.code})"
        if op not in ("==", "!=") and Kind.CHOICE in (one.type.kind, other.type.kind):
            code = f"({left.code} is not None and {right.code} is not None and {code})"
        return Value(code)

    def _logic(self, tree: Logic) -> Value:
        first, *others = tree.operands
        found = self.value(first)
        for operand in others:
            with self.source.aside() as lines:
                self.source.depth += 1
                try:
                    right = self.value(operand)
                finally:
                    self.source.depth -= 1
            if not lines:
                found = Value(f"({found.code} {tree.op} {right.code})")
                if len(found.code) > _LONGEST:
                    found = Value(self.source.keep(found.code))
                continue
            name = self.source.keep(found.code)
            with self.source.block(f"if {name if tree.op == 'and' else f'not {name}'}"):
                self.source.add(lines)
                self.source.line(f"{name} = {right.code}")
            found = Value(name)
        return found

    def _if_else(self, tree: IfElse) -> Value:
        test = self.value(tree.test)
        if test.known:
            return self.value(tree.body if test.constant else tree.orelse)
        found = self.source.local()
        sides = []
        for head, side in ((f"if {test.code}", tree.body), ("else", tree.orelse)):
            with self.source.block(head):
                value = self.value(side)
                self.source.line(f"{found} = {value.code}")
            sides.append(value)
        lows = [side.low for side in sides if side.low is not None]
        highs = [side.high for side in sides if side.high is not None]
        places = [side.places for side in sides if side.places is not None]
        both = len(sides)
        return Value(
            found,
            min(lows) if len(lows) == both else None,
            max(highs) if len(highs) == both else None,
            max(places) if len(places) == both else None,
        )

    def _in(self, tree: In) -> Value:
        item = self.value(tree.item)
        numeric = tree.item.type.kind in NUMERIC
        code = f"snap({item.code})" if numeric else item.code
        if tree.container is not None:
            container = self.value(tree.container).code
        else:
            values = (option.value for option in tree.options if isinstance(option, Const))
            options = frozenset(
                snap(value) if isinstance(value, Decimal) else value for value in values
            )
            container = self.source.slot(options)
        return Value(f"({code} {'not in' if tree.negated else 'in'} {container})")

    def _call(self, tree: Call) -> Value:
        function = self.scope.functions.get(tree.function)
        if function is None or function.call is None:
            raise UnsupportedError(tree.function)
        args = [self.value(arg) for arg in tree.args]
        if all(arg.known for arg in args):
            return self._called(function, args)
        if function.plugin == "" and tree.function in ("min", "max"):
            return self._extreme(tree.function, args)
        self.source.doubts += 1
        shown = ", ".join(arg.code for arg in args)
        found = self.source.keep(f"{self.source.slot(function.call)}({shown})")
        low = ZERO if function.plugin == "" and tree.function in ("abs", "sqrt") else None
        return Value(found, low)

    def _called(self, function: Function, args: list[Value]) -> Value:
        """Return what a call of constants gives; where that is a fault, the code gives up."""
        assert function.call is not None  # noqa: S101 - the caller looked
        if function.plugin:
            raise UnsupportedError(function.name)
        try:
            return constant(self.source, function.call(*(arg.constant for arg in args)))
        except (Fault, ArithmeticError):
            self.source.give_up()
            return constant(self.source, None)

    def _extreme(self, name: str, args: list[Value]) -> Value:
        sign = "<" if name == "min" else ">"
        found = self.source.keep(args[0].code)
        for arg in args[1:]:
            self.source.line(f"if {arg.code} {sign} {found}: {found} = {arg.code}")
        lows = [arg.low for arg in args if arg.low is not None]
        highs = [arg.high for arg in args if arg.high is not None]
        places = [arg.places for arg in args if arg.places is not None]
        every = len(args)
        if name == "min":
            low = min(lows) if len(lows) == every else None
            high = min(highs) if highs else None
        else:
            low = max(lows) if lows else None
            high = max(highs) if len(highs) == every else None
        return Value(found, low, high, max(places) if len(places) == every else None)


def column_of(row: RowOf, name: str, code: str) -> Named:
    """Return what is known of a column's value."""
    if not row.columns:
        return Named(Value(code), lacks=True)
    return admitted(row.columns[name], code)
