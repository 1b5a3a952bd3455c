"""Every change that is tried on a ruleset, in the order of its document."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from perfrules.analysis.mutate.edit import DROP, Edit
from perfrules.analysis.mutate.expressions import expression_mutants
from perfrules.analysis.mutate.mutant import Mutant
from perfrules.analysis.mutate.own import Own
from perfrules.analysis.mutate.step import stepped
from perfrules.errors import Path, Text
from perfrules.lang.document import Document, Scalar
from perfrules.lang.methods.base import MethodPlan
from perfrules.lang.methods.checklist import ChecklistPlan
from perfrules.lang.methods.either import EitherPlan
from perfrules.lang.methods.levels import LevelsPlan
from perfrules.lang.methods.mix import MixPlan
from perfrules.lang.methods.panel import PanelPlan
from perfrules.lang.methods.proportional import ProportionalPlan
from perfrules.lang.methods.scale import Scale
from perfrules.lang.methods.survey import SurveyPlan
from perfrules.lang.methods.target import TargetPlan
from perfrules.lang.plan import Indicator, Plan
from perfrules.lang.tree import Expr

# A policy and what it is swapped for: a word that moves the points elsewhere.
_POLICIES: Final = {
    "exclude": "zero",
    "zero": "full",
    "full": "zero",
    "redistribute": "zero",
    "redistribute_equally": "zero",
}
_MISSING: Final = {"zero": "not_applicable", "not_applicable": "zero", "error": "zero"}
_DIGITS: Final = ("leaf", "total", "digits")


def mutants_of(plan: Plan, document: Document) -> tuple[Mutant, ...]:
    """Return the changes to *document*, the text that *plan* was loaded from.

    What it extends or uses is mutated with the document that wrote it.
    """
    own = Own(plan, document)
    found = [*_all(own)]
    unique = {(item.edits, item.kind): item for item in found}
    return tuple(sorted(unique.values(), key=lambda item: (item.span.line, item.span.column)))


def _all(own: Own) -> Iterator[Mutant]:
    plan = own.plan
    for expr in _deciding(plan):
        yield from expression_mutants(own, expr)
    yield from _moved_points(own, plan.indicators)
    for node in _nodes(plan.indicators):
        yield from _policies(own, node)
        if node.method is not None:
            yield from _method(own, node.method, _score_of(own, node.path))
    yield from _grades(own)
    yield from _gates(own)
    yield from _rounding(own)
    for item in plan.parameters:
        yield from _parameter(own, ("parameters", item.id))


def _nodes(nodes: Sequence[Indicator]) -> Iterator[Indicator]:
    for node in nodes:
        yield node
        yield from _nodes(node.children)


def _deciding(plan: Plan) -> Iterator[Expr]:
    """Yield the expressions whose value a case can ask for; points are moved, never changed alone.

    The sum and day of a decision and a formula that only explains are left out.
    """
    for derived in plan.derived:
        if derived.expr is not None:
            yield derived.expr
        for row in derived.rows:
            yield from (part for part in (row.when, row.then) if isinstance(part, Expr))
    for node in _nodes(plan.indicators):
        yield from _of_node(node)
    for item in plan.adjustments:
        yield item.score
    for gate in plan.gates:
        yield gate.when
        if isinstance(gate.value, Expr):
            yield gate.value
    for rule in plan.decisions:
        if rule.when is not None:
            yield rule.when
    for _, expr in plan.report:
        yield expr


def _of_node(node: Indicator) -> Iterator[Expr]:
    if node.weight is not None:
        yield node.weight
    if node.applies_when is not None:
        yield node.applies_when
    if node.for_each is not None and node.for_each.where is not None:
        yield node.for_each.where
    for finding in node.findings:
        yield finding.when
    if node.method is not None:
        left_out = {id(expr) for expr in (*_only_noted(node.method), *_never_read(node.method))}
        yield from (expr for expr in node.method.reads if id(expr) not in left_out)


def _only_noted(method: MethodPlan) -> tuple[Expr, ...]:
    """Return what only makes a note, which no case can ask for."""
    if isinstance(method, ProportionalPlan) and method.over and method.over.slope is None:
        return (method.over.above,)
    if isinstance(method, SurveyPlan) and method.return_rate is not None:
        return (method.return_rate.expr,)
    return ()


def _never_read(method: MethodPlan) -> Iterator[Expr]:
    """Yield the ends of ranges that no value is chosen from: a level is worth its other end."""
    if isinstance(method, LevelsPlan):
        scale: Scale | None = None if method.chosen is not None else method.scale
    else:
        scale = method.scale if isinstance(method, TargetPlan) else None
    for item in scale.ranges.values() if scale is not None else ():
        if item.low is not None and scale is not None:
            if scale.default == "top":
                yield item.low.expr
            elif scale.default == "bottom":
                yield item.high.expr


def _moved_points(own: Own, nodes: Sequence[Indicator]) -> Iterator[Mutant]:
    """Yield a step of points moved from each indicator to the next one beside it."""
    for node in nodes:
        yield from _moved_points(own, node.children)
    leaves = [node for node in nodes if node.method is not None]
    for place, (one, other) in enumerate(pairwise(leaves)):
        giver, taker = (one, other) if place % 2 else (other, one)
        paths = [own.path((*node.path, "points")) for node in (giver, taker)]
        if paths[0] is None or paths[1] is None:
            continue
        yield from _moved(
            own, "points", (paths[0], paths[1]), (giver.id, taker.id),
            Text(f"写一个 {giver.id} 与 {taker.id} 得分率不同的用例，并写明两项得分",
                 f"write a case with the scores of {giver.id} and {taker.id}"),
        )  # fmt: skip


def _moved(
    own: Own, kind: str, paths: tuple[Path, Path], names: tuple[str, str], needs: Text
) -> Iterator[Mutant]:
    giver, taker = (own.scalar(path) for path in paths)
    if giver is None or taker is None:
        return
    less, more = stepped(giver, -1), stepped(taker, 1)
    if less is None or more is None or len(giver.partition(".")[2]) != len(taker.partition(".")[2]):
        return
    yield Mutant(
        kind, own.span(paths[0]), f"{names[0]} {giver}, {names[1]} {taker}",
        f"{names[0]} {less}, {names[1]} {more}",
        (Edit(paths[0], Scalar(less)), Edit(paths[1], Scalar(more))), needs,
    )  # fmt: skip


def _policies(own: Own, node: Indicator) -> Iterator[Mutant]:
    for key in ("not_applicable", "unverified", "waived", "missing"):
        path = own.path((*node.path, key))
        if path is None:
            continue
        written = own.value(path)
        table = _MISSING if key == "missing" else _POLICIES
        new = table.get(written) if isinstance(written, Scalar) else "zero"
        if new is None:
            continue
        shown = str(written) if isinstance(written, Scalar) else "to"
        yield Mutant(
            "policy", own.span(path), f"{key}: {shown}", f"{key}: {new}",
            (Edit(path, Scalar(new)),),
            Text(f"写一个 {node.id} 处于该状态的用例，并写明总分和得分",
                 f"write a case in which {node.id} is in that state, with the total"),
        )  # fmt: skip


def _score_of(own: Own, path: Path) -> Path:
    """Return where the method of a node is written: with it, or for all below a branch."""
    here = (*path, "score")
    while path and here not in own.plan.places.spans:
        path = path[:-2]
        here = (*path, "each", "score")
    return here


def _method(own: Own, method: MethodPlan, where: Path) -> Iterator[Mutant]:
    """Yield the changes to what a method writes outside expressions; *where* it is written."""
    match method:
        case ChecklistPlan():
            yield from _elements(own, method, (*where, "elements"))
        case MixPlan():
            for place, part in enumerate(method.parts):
                yield from _method(own, part.method, (*where, "of", place, "score"))
        case EitherPlan():
            for place, way in enumerate(method.of):
                yield from _method(own, way.method, (*where, "of", place, "score"))
        case SurveyPlan() | PanelPlan() if method.then is not None:
            yield from _method(own, method.then, (*where, "then"))
        case TargetPlan():
            for kind, inner in method.by.items():
                yield from _method(own, inner, (*where, "by", kind))
            if method.late is not None:
                yield from _method(own, method.late, (*where, "late"))
        case _:
            return


def _elements(own: Own, method: ChecklistPlan, resolved: Path) -> Iterator[Mutant]:
    """Yield a step of an element's worth moved to the next, and each `required` left out."""
    where = own.path(resolved)
    if where is None:
        return
    for place, (one, other) in enumerate(pairwise(method.elements)):
        for key in ("share", "points"):
            needs = Text(
                f"写一个要素“{one.id}”和“{other.id}”只有其一的用例",
                f"write a case with only one of the elements {one.id} and {other.id}",
            )
            paths = (*where, place, key), (*where, place + 1, key)
            yield from _moved(own, "share", paths, (one.id, other.id), needs)
    for place, item in enumerate(method.elements):
        path = (*where, place, "required")
        if item.required and own.scalar(path) is not None:
            yield Mutant(
                "limit", own.span(path), "required: true", "", (Edit(path, DROP),),
                Text(f"写一个只缺要素“{item.id}”的用例", f"write a case without {item.id} alone"),
            )  # fmt: skip


def _grades(own: Own) -> Iterator[Mutant]:
    for place, grade in enumerate(own.plan.grades):
        path = own.path(("grades", place, "at_least"))
        written = own.scalar(path) if path is not None else None
        if path is None or written is None:
            continue
        for steps in (-1, 1):
            moved = stepped(written, steps)
            if moved is not None:
                yield Mutant(
                    "grade", own.span(path), f"{grade.name} {written}", f"{grade.name} {moved}",
                    (Edit(path, Scalar(moved)),),
                    Text(f"写一个总分在 {written} 与 {moved} 之间的用例，并写明等级",
                         f"write a case with a total from {written} to {moved} and its grade"),
                )  # fmt: skip


def _gates(own: Own) -> Iterator[Mutant]:
    for place, gate in enumerate(own.plan.gates):
        path = own.path(("gates", place))
        if path is not None and gate.effect in ("cap_total", "cap_grade"):
            yield Mutant(
                "limit", own.span(path), f"gate {gate.id}", "", (Edit(path, DROP),),
                Text(f"写一个触发 {gate.id} 的用例", f"write a case in which {gate.id} fires"),
            )  # fmt: skip


def _rounding(own: Own) -> Iterator[Mutant]:
    holders: list[Path] = [("rounding",)]
    holders += [(*node.path, "rounding") for node in _nodes(own.plan.indicators)]
    for holder in holders:
        for key in _DIGITS:
            path = own.path((*holder, key))
            written = own.scalar(path) if path is not None else None
            if path is None or written is None or not written.isdigit():
                continue
            digits = int(written)
            new = str(digits - 1 if digits else 1)
            yield Mutant(
                "rounding", own.span(path), f"{key}: {written}", f"{key}: {new}",
                (Edit(path, Scalar(new)),),
                Text(f"写一个得分有{max(digits, 1)}位小数的用例",
                     f"write a case with a score of {max(digits, 1)} decimals"),
            )  # fmt: skip


def _parameter(own: Own, where: Path) -> Iterator[Mutant]:
    for key in ("value", "values"):
        path = own.path((*where, key))
        if path is None:
            continue
        waiting: list[Path] = [path]
        while waiting:
            here = waiting.pop()
            found = own.value(here)
            if isinstance(found, dict):
                waiting += [(*here, name) for name in reversed(found)]
            elif isinstance(found, Scalar):
                yield from _value(own, here, found)


def _value(own: Own, path: Path, written: Scalar) -> Iterator[Mutant]:
    for steps in (-1, 1):
        moved = stepped(written, steps)
        if moved is not None:
            name = ".".join(str(part) for part in path[1:])
            yield Mutant(
                "parameter", own.span(path), f"{name}: {written}", f"{name}: {moved}",
                (Edit(path, Scalar(moved, quoted=written.quoted)),),
                Text(f"写一个用到 {name} 的用例", f"write a case that depends on {name}"),
            )  # fmt: skip
