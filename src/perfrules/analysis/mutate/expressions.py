"""Changes inside expressions: a number moved, a comparison flipped, a condition turned round."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from perfrules.analysis.mutate.edit import DROP, Edit, Rename
from perfrules.analysis.mutate.mutant import Mutant
from perfrules.analysis.mutate.own import Own
from perfrules.analysis.mutate.step import stepped
from perfrules.errors import Path, Text
from perfrules.lang.document import Scalar
from perfrules.lang.expr.scope import children
from perfrules.lang.tree import Compare, Const, Expr, Tree
from perfrules.lang.types import Kind

_OPERATOR: Final = re.compile(r">=|<=|≥|≤|>|<|＞|＜")
_FLIPPED: Final = {
    ">": ">=", ">=": ">", "<": "<=", "<=": "<", "≥": ">", "≤": "<", "＞": ">=", "＜": "<=",
}  # fmt: skip
_LIMITS: Final = frozenset({"floor", "cap", "at_most"})
_BOUNDS: Final = {"above": "at_least", "at_least": "above"}
_WORTH: Final = frozenset({"points", "share", "shares", "else", "otherwise", "lose", "then"})


def expression_mutants(own: Own, expr: Expr) -> Iterator[Mutant]:
    """Yield the changes to one expression that is written in the document."""
    path = own.path(expr.where)
    written = own.scalar(path) if path is not None else None
    if path is None or written is None or written != expr.text:
        return
    yield from _numbers(own, path, expr)
    yield from _comparisons(own, path, expr)
    key = path[-1]
    if key in _BOUNDS and isinstance(own.value(path[:-1]), dict):
        yield Mutant(
            "comparison", own.document.span(path, key=True), str(key), _BOUNDS[str(key)],
            (Edit(path, Rename(_BOUNDS[str(key)])),),
            Text(f"写一个恰好等于 {expr.text} 的用例", f"write a case at exactly {expr.text}"),
        )  # fmt: skip
    if key in _LIMITS:
        yield Mutant(
            "limit", own.document.span(path, key=True), f"{key}: {expr.text}", "",
            (Edit(path, DROP),),
            Text(f"写一个超出 {expr.text} 的用例", f"write a case beyond {expr.text}"),
        )  # fmt: skip
    if expr.type.kind is Kind.FLAG and not isinstance(expr.tree, Const):
        turned = f"not ({expr.text})"
        yield Mutant(
            "negated", own.span(path), expr.text, turned,
            (Edit(path, Scalar(turned, quoted=written.quoted)),),
            Text(
                f"写一个 {expr.text} 成立的用例，并写明由此得出的结果",
                f"write a case in which {expr.text} holds, and what follows",
            ),
        )  # fmt: skip


def _trees(tree: Tree) -> Iterator[Tree]:
    waiting = [tree]
    while waiting:
        found = waiting.pop()
        yield found
        waiting += reversed(children(found))


def _numbers(own: Own, path: Path, expr: Expr) -> Iterator[Mutant]:
    for tree in _trees(expr.tree):
        if not isinstance(tree, Const) or not isinstance(tree.value, (Decimal, date)):
            continue
        text = expr.text[tree.start : tree.end]
        for steps in (-1, 1):
            moved = stepped(text, steps)
            if moved is None:
                continue
            worth = bool(_WORTH & set(path)) and isinstance(expr.tree, Const)
            needs = (
                Text(f"写一个得到 {text} 的用例，并写明得分", f"write a case that earns {text}")
                if worth
                else Text(
                    f"写一个取值在 {text} 与 {moved} 之间（含两端）的用例",
                    f"write a case with a value from {text} to {moved}",
                )
            )
            kind = "share" if worth else "threshold"
            yield _inside(own, path, expr, (tree.start, tree.end), moved, kind, needs)


def _comparisons(own: Own, path: Path, expr: Expr) -> Iterator[Mutant]:
    for tree in _trees(expr.tree):
        if not isinstance(tree, Compare):
            continue
        for left, right in zip(tree.operands, tree.operands[1:], strict=False):
            found = _OPERATOR.search(expr.text, left.end, right.start)
            if found is None:
                continue
            one, other = expr.text[left.start : left.end], expr.text[right.start : right.end]
            needs = Text(
                f"写一个 {one} 恰好等于 {other} 的用例", f"write a case with {one} exactly {other}"
            )
            span = (found.start(), found.end())
            yield _inside(own, path, expr, span, _FLIPPED[found[0]], "comparison", needs)


def _inside(
    own: Own, path: Path, expr: Expr, place: tuple[int, int], new: str, kind: str, needs: Text
) -> Mutant:
    start, end = place
    text = expr.text[:start] + new + expr.text[end:]
    written = own.scalar(path)
    assert written is not None  # noqa: S101 - the caller looked
    return Mutant(
        kind, own.document.inner(path, start, end), expr.text, text,
        (Edit(path, Scalar(text, quoted=written.quoted)),), needs,
    )  # fmt: skip
