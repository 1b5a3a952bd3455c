"""All that cases can reach in a ruleset, in the order of the document."""

from collections.abc import Iterator
from typing import Final

from perfrules.analysis.coverage.conditions import condition_marks
from perfrules.analysis.coverage.exprs import exprs_in
from perfrules.analysis.coverage.inner import marks_within
from perfrules.analysis.coverage.limits import Limits
from perfrules.analysis.coverage.point import AT, Key, Mark, Point
from perfrules.decimals import ONE, ZERO, plain
from perfrules.errors import Text
from perfrules.lang.plan import Derived, Indicator, Plan

# A key that a node writes, and the state in which its policy shows.
STATES: Final = (
    ("not_applicable", "not_applicable", Text("不适用", "not applicable")),
    ("missing", "missing", Text("缺失", "missing")),
    ("unverified", "unverified", Text("无法核实", "unverified")),
    ("waived", "waived", Text("豁免", "waived")),
)


def points_of(plan: Plan) -> tuple[Point, ...]:
    """Return every point of *plan* that stands in its own file, in the order of the file.

    What a ruleset extends or uses is tried by the cases of the document that wrote it.
    """
    found: dict[Key, Point] = {}
    limits = Limits(plan)
    for mark in _marks(plan):
        if mark.sides is not None:
            possible = limits.possible(mark.sides.left, mark.sides.right)
            if not possible & mark.sides.of:
                continue
        span = plan.places.at(mark.path)
        if span is None or span.file != plan.places.file:
            continue
        if mark.start is not None and mark.end is not None and plan.places.document is not None:
            span = plan.places.document.inner(mark.path, mark.start, mark.end)
        found.setdefault(mark.key, Point(mark.key, mark.kind, span, mark.what, mark.needs))
    ordered = enumerate(found.values())
    return tuple(
        point
        for _, point in sorted(
            ordered, key=lambda item: (item[1].span.line if item[1].span else 0, item[0])
        )
    )


def _marks(plan: Plan) -> Iterator[Mark]:
    for derived in plan.derived:
        yield from _row_marks(derived)
    for top in plan.indicators:
        yield from _node_marks(plan, top)
    yield from _outcome_marks(plan)
    for expr in exprs_in(plan):
        yield from condition_marks(expr)


def _row_marks(derived: Derived) -> Iterator[Mark]:
    for place, row in enumerate(derived.rows):
        text = row.when.text if row.when is not None else "else"
        yield Mark(
            (derived.path, "row", place),
            "row",
            row.when.where if row.when is not None else derived.path,
            Text(
                f"{derived.id} 的第{place + 1}行（{text}）",
                f"row {place + 1} of {derived.id} ({text})",
            ),
            Text(f"使第{place + 1}行被选中", f"let row {place + 1} be chosen"),
        )


def _node_marks(plan: Plan, node: Indicator) -> Iterator[Mark]:
    name = node.id
    for child in node.children:
        yield from _node_marks(plan, child)
    if node.method is not None:
        yield from marks_within(node.method, node.path)
        if node.scored:
            yield from _leaf_marks(node, name)
    written = plan.places.spans
    for key, state, word in STATES:
        applies = key == "not_applicable" and node.applies_when is not None
        if applies or (*node.path, key) in written:
            yield Mark(
                (node.path, "state", state),
                "state",
                (*node.path, key) if (*node.path, key) in written else node.path,
                Text(f"{name} {word.zh}", f"{name} is {word.en}"),
                Text(f"使指标 {name} {word.zh}", f"make {name} {word.en}"),
            )


def _leaf_marks(node: Indicator, name: str) -> Iterator[Mark]:
    assert node.method is not None  # noqa: S101 - the caller looked
    span = node.method.reachable()
    low, high = span if span is not None else (ZERO, ONE)
    told = [("scored", "计分", "is scored")]
    if low < high:
        told.append(("lost", "失分", "loses points"))
        if high >= ONE:
            told.append(("full", "得满分", "gets all points"))
    for key, zh, en in told:
        yield Mark(
            (node.path, key),
            "indicator",
            node.path,
            Text(f"{name} {zh}", f"{name} {en}"),
            Text(f"使指标 {name} {zh}", f"let {name} {_PLAIN[key]}"),
        )


_PLAIN: Final = {"scored": "be scored", "lost": "lose points", "full": "get all points"}


def _outcome_marks(plan: Plan) -> Iterator[Mark]:
    for item in plan.adjustments:
        yield Mark(
            ("adjustments", item.id),
            "adjustment",
            item.score.where,
            Text(f"加减分 {item.id} 不为0", f"the adjustment {item.id} isn't 0"),
            Text(f"使 {item.id} 不为0", f"make {item.id} differ from 0"),
        )
    for gate in plan.gates:
        yield from _both(
            ("gates", gate.id), "gate", gate.when.where, f"门槛 {gate.id}", f"gate {gate.id}"
        )
        if gate.effect in ("cap_total", "cap_grade"):
            yield Mark(
                ("gates", gate.id, "capped"),
                "gate",
                gate.when.where[:-1],
                Text(f"门槛 {gate.id} 压低了结果", f"gate {gate.id} lowers the outcome"),
                Text(
                    f"触发 {gate.id}，且其上限低于原结果", f"let {gate.id} fire below the outcome"
                ),
            )
    for rule in plan.decisions:
        where = rule.when.where if rule.when is not None else ("decisions",)
        if rule.when is not None:
            yield from _both(
                ("decisions", rule.id), "decision", where, f"决定 {rule.id}", f"decision {rule.id}"
            )
    yield from _grade_marks(plan)


def _grade_marks(plan: Plan) -> Iterator[Mark]:
    for place, grade in enumerate(plan.grades):
        path = ("grades", place)
        yield Mark(
            (*path, "given"),
            "grade",
            path,
            Text(f"等级 {grade.name}", f"grade {grade.name}"),
            Text(f"使等级为 {grade.name}", f"let the grade be {grade.name}"),
        )
        if grade.at_least:
            bound = plain(grade.at_least)
            yield Mark(
                (*path, AT),
                "edge",
                (*path, "at_least"),
                Text(
                    f"总分恰好 {bound}（{grade.name}）",
                    f"a total of exactly {bound} ({grade.name})",
                ),
                Text(f"使总分恰好为 {bound}", f"make the total exactly {bound}"),
            )


def _both(key: Key, kind: str, where: tuple[str | int, ...], zh: str, en: str) -> Iterator[Mark]:
    for fired, word_zh, word_en in ((True, "触发", "fires"), (False, "不触发", "doesn't fire")):
        plain_en = "fire" if fired else "not fire"
        yield Mark(
            (*key, fired), kind, where, Text(f"{zh} {word_zh}", f"{en} {word_en}"),
            Text(f"使{zh} {word_zh}", f"let {en} {plain_en}"),
        )  # fmt: skip
