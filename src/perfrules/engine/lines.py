"""From working nodes to a result's lines, each with the sentence that explains its score."""

from decimal import Decimal

from perfrules.decimals import (
    CONTEXT,
    ONE,
    ZERO,
    fixed,
    has_decimals,
    percent,
    plain,
    round_to,
    snap,
)
from perfrules.engine.aggregate import rounding_of
from perfrules.engine.decide import basis_texts
from perfrules.engine.node import Node
from perfrules.engine.result import Line, State
from perfrules.errors import Text
from perfrules.lang.plan import Plan

_DIGITS = 6  # decimals of a score before rounding
RESCALED = Text("不适用指标剔除后的折算", "rescaled without what doesn't apply")
_WORDS = {
    "full": Text("计满分", "full points"),
    "zero": Text("计0分", "no points"),
    "exclude": Text(
        "不计入，上级指标按其余指标的得分率计分", "left out; the rest decides the rate"
    ),
    "redistribute": Text("分值按比例转给同级指标", "points go to the siblings in proportion"),
    "redistribute_equally": Text(
        "分值平均转给同级指标", "points go to the siblings in equal parts"
    ),
}


def line_of(node: Node, plan: Plan) -> Line:
    """Return the line of *node* with its children's; a rescaling is a line of its own."""
    children = [line_of(child, plan) for child in node.children]
    digits = rounding_of(node, plan).digits
    if node.sums:  # not rounded again: it shows the digits of what it adds up
        digits = max((digits, *(child.digits for child in children)))
    if node.rescaled is not None:
        children.append(_rescaling(node, digits))
    return Line(
        id=node.id,
        path=node.path,
        title=node.title,
        points=node.points,
        effective=node.effective if node.points is not None else None,
        weight=node.weight,
        rate=None if node.rate is None else snap(node.rate),
        score=node.score if node.points is not None else None,
        state=node.state,
        because=_because(node, digits),
        digits=digits,
        method=getattr(node.plan.method, "name", None) if node.is_leaf else None,
        category=node.plan.category,
        core=node.plan.core,
        basis=basis_texts(node.plan.basis) if node.row is None else (),
        notes=tuple(node.notes),
        children=tuple(children),
    )


def _rescaling(node: Node, digits: int) -> Line:
    """The line that makes a sum add up where children were left out."""
    assert node.rescaled is not None  # noqa: S101 - the caller looked
    found = CONTEXT.subtract(node.score or ZERO, node.rescaled)
    whole = _shown(node.effective or ZERO)
    possible = ZERO
    for child in node.children:
        if child.counts:
            possible = CONTEXT.add(possible, child.effective or ZERO)
    score = fixed(node.score or ZERO, digits)
    shown = f"{fixed(found, digits)} ÷ {_shown(possible)} × {whole} = {score}"
    return Line(
        id=f"{node.id}.rescaled",
        path=(*node.path, f"{node.id}.rescaled"),
        title=RESCALED,
        points=None,
        effective=None,
        weight=None,
        rate=None,
        score=node.rescaled,
        state=State.SCORED,
        because=Text(shown, shown),
        digits=digits,
    )


def _because(node: Node, digits: int) -> Text:
    if node.zeroed is not None:
        return Text(f"因{node.zeroed}计0分", f"zeroed by {node.zeroed}")
    if node.manual is not None:
        return Text(
            f"人工核定为{fixed(node.manual, digits)}分",
            f"set to {fixed(node.manual, digits)} by hand",
        )
    if node.state is State.INFORMATIONAL:
        if node.plan.for_each is not None and node.row is None and not node.children:
            return Text("表中没有这一类的行", "no rows of this kind")
        return Text("仅供参考，不计分", "for information, not scored")
    if node.state is not State.SCORED:
        return _state_reason(node)
    if node.is_leaf:
        return _leaf(node, digits)
    return _branch(node, digits)


def _state_reason(node: Node) -> Text:
    policy = node.policy
    what = _WORDS.get(policy.policy) or Text(f"分值转给{policy.to}", f"points go to {policy.to}")
    match node.state:
        case State.WAIVED:
            why = Text(f"已豁免：{node.waiver}", f"waived: {node.waiver}")
        case State.MISSING:
            why = Text(f"缺少{node.missing_input}", f"{node.missing_input} is missing")
        case State.UNVERIFIED:
            why = Text("未提供佐证材料，无法核实", "no evidence given, unverified")
        case _ if node.missing_input is not None:
            why = Text(
                f"缺少{node.missing_input}，视为不适用",
                f"{node.missing_input} is missing: not applicable",
            )
        case _:
            why = Text("不适用", "not applicable")
    return Text(f"{why.zh}；{what.zh}", f"{why.en}; {what.en}")


def _leaf(node: Node, digits: int) -> Text:
    rated = node.rated
    assert rated is not None  # noqa: S101 - a scored leaf was rated
    why = rated.because
    if node.score is None or node.effective is None:
        share = percent(node.rate or ZERO, 4)
        return Text(f"{why.zh}；得分率{share}", f"{why.en}; rate {share}")
    points, earned = _shown(node.effective), fixed(node.score, digits)
    raw = node.raw if node.raw is not None else node.score
    shown = _shown(raw)
    if rated.product:
        rounded = (
            Text(f"，计{earned}", f", rounded to {earned}") if snap(raw) != node.score else Text()
        )
        return Text(
            f"{points} × {why.zh} = {shown}{rounded.zh}",
            f"{points} × {why.en} = {shown}{rounded.en}",
        )
    rate = node.rate if node.rate is not None else ZERO
    if snap(rate) in (ZERO, ONE):
        return Text(f"{why.zh}，计{earned}分", f"{why.en}: {earned} points")
    tail = f"{points} × {percent(rate, 4)} = {shown}"
    rounded = Text(f"，计{earned}", f", rounded to {earned}") if snap(raw) != node.score else Text()
    return Text(f"{why.zh}；{tail}{rounded.zh}", f"{why.en}; {tail}{rounded.en}")


def _shown(value: Decimal) -> str:
    """Return points, or a score before rounding, to 6 decimals at most."""
    if has_decimals(value, _DIGITS):
        return plain(value)
    short = round_to(value, _DIGITS, "half_even")
    return plain(short) if short == snap(value) else f"{plain(short)}…"


def _branch(node: Node, digits: int) -> Text:
    parts = [child for child in node.children if child.counts]
    if node.sums:
        if node.score is None:
            return Text("下级指标得分之和", "sum of the scores below")
        terms = " + ".join(fixed(child.score, digits) for child in parts if child.score is not None)
        if node.rescaled is not None:
            sign = "+" if node.rescaled >= 0 else "-"
            terms += f" {sign} {fixed(node.rescaled.copy_abs(), digits)}"
        shown = f"{terms} = {fixed(node.score, digits)}"
        return Text(shown, shown)
    word = {
        "weighted_mean": Text("加权平均", "weighted mean"),
        "geometric_mean": Text("加权几何平均", "weighted geometric mean"),
        "minimum": Text("取最低", "minimum"),
    }[node.plan.aggregate]
    rates = ", ".join(percent(child.rate, 4) for child in parts if child.rate is not None)
    share = percent(node.rate or ZERO, 4)
    return Text(f"{word.zh}（{rates}） = {share}", f"{word.en} ({rates}) = {share}")
