"""Tokens → one Python expression node, built by simpleeval's parser from placeholders.

The order of the tokens is checked first, so that a slip has a sentence of its own and nesting is
counted before a parser sees it. What arrives at the parser is a single line of known signs, known
words, `____`, `0000` and `'__'`: no statement, no second expression and no warning can be in it.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from simpleeval import SimpleEval

from perfrules.errors import Text
from perfrules.lang.expr.faults import ExprFault, ExprFaults
from perfrules.lang.expr.lex import LONGEST, Token, lex
from perfrules.lang.expr.order import Order, too_much

MOST_NODES: Final = 200
DEEPEST: Final = 32
_TRIES: Final = 20


@dataclass(frozen=True, slots=True)
class Parsed:
    """The node of an expression, the tokens by place, and the faults that let parsing go on."""

    text: str
    node: ast.expr
    lead: int  # characters before the node's own columns begin
    starts: Mapping[int, Token]
    ends: Mapping[int, Token]
    faults: tuple[ExprFault, ...]

    def span(self, node: ast.expr) -> tuple[int, int]:
        """Return where *node* stands in the text: in ASCII placeholders, bytes are characters."""
        end = node.end_col_offset if node.end_col_offset is not None else node.col_offset + 1
        return node.col_offset + self.lead, end + self.lead


def parse(text: str) -> Parsed:
    """Return the one expression in *text*; raise `ExprFaults` where there is none.

    >>> parse("x > 80%").text
    'x > 80%'
    """
    if len(text) > LONGEST:
        # The length is all that is said of it: nothing looks at the text before this line.
        raise ExprFaults.of([ExprFault("PRF302", 0, 1, {"length": len(text), "longest": LONGEST})])
    if not text.strip():
        raise ExprFaults.of([ExprFault("PRF301", 0, max(1, len(text)))])
    lexed = lex(text)
    order = Order(lexed)
    tokens = order.without_keywords()
    order.signs(tokens)
    if not order.broken:
        order.check(tokens)
    if order.broken:
        raise ExprFaults.of(lexed.faults)
    source = _placeholders(text, tokens)
    node = _parsed(source, text, lexed.faults)
    _bounded(node, text, lexed.faults)
    return Parsed(
        text,
        node,
        len(source) - len(source.lstrip()),
        {token.start: token for token in tokens},
        {token.end: token for token in tokens},
        tuple(lexed.faults),
    )


def _placeholders(text: str, tokens: list[Token]) -> str:
    signs = [" "] * len(text)
    for token in tokens:
        width = token.end - token.start
        if token.kind == "name":
            shown = "_" * width
        elif token.kind == "number":
            shown = "0" * width
        elif token.kind == "text":
            shown = f"'{'_' * (width - 2)}'"
        else:
            shown = token.text
        signs[token.start : token.end] = shown
    return "".join(signs)


def _parsed(source: str, text: str, faults: list[ExprFault]) -> ast.expr:
    lead = len(source) - len(source.lstrip())
    try:
        found = _tree(source)
    except SyntaxError as error:
        start = min(len(text) - 1, max(0, lead + (error.offset or 1) - 1))
        hint = None
        if " if " in source and " else " not in source:
            hint = Text(
                "条件表达式写作 a if 条件 else b", "a choice is written a if condition else b"
            )
        elif "not " in source:
            hint = Text("not 前后请加括号", "put brackets round not …")
        raise ExprFaults.of([*faults, ExprFault("PRF317", start, start + 1, hint=hint)]) from None
    except (RecursionError, MemoryError, ValueError):
        # Only where the host itself is near its recursion limit: our own caps are far below.
        raise ExprFaults.of([*faults, too_much(0, len(text), "嵌套", "nesting", DEEPEST)]) from None
    if not isinstance(found, ast.Expr):
        raise ExprFaults.of([*faults, ExprFault("PRF317", 0, len(text))])
    return found.value


def _tree(source: str) -> Any:  # noqa: ANN401 - simpleeval has no types
    """Return the tree of a source.

    In CPython 3.11 all threads count how deep a tree is in one place: where two turn trees into
    objects at once, either may be told that the count is off. Nothing is wrong with the source.
    """
    for _ in range(_TRIES):
        try:
            return SimpleEval.parse(source)
        except SystemError:
            continue
    return SimpleEval.parse(source)


def _bounded(root: ast.expr, text: str, faults: list[ExprFault]) -> None:
    """Raise where the tree has too many nodes or is too deep; without recursion."""
    count = 0
    todo: list[tuple[ast.AST, int]] = [(root, 1)]
    while todo:
        node, depth = todo.pop()
        if isinstance(node, ast.expr):
            count += 1
        if count > MOST_NODES:
            fault = too_much(
                0,
                len(text),
                "组成部分（名称、数、运算）",
                "parts (names, numbers, operations)",
                MOST_NODES,
            )
            raise ExprFaults.of([*faults, fault])
        if depth > DEEPEST:
            fault = too_much(0, len(text), "嵌套层数", "levels of nesting", DEEPEST)
            raise ExprFaults.of([*faults, fault])
        for child in ast.iter_child_nodes(node):
            todo.append((child, depth + isinstance(child, ast.expr)))  # noqa: PERF401 - plainer
