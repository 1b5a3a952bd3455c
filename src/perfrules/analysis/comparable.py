"""Whether scores of two rulesets may be put side by side: yes, only common blocks, or no."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Final, Literal, TypeAlias

from perfrules.analysis.reads import exprs, names
from perfrules.decimals import plain, snap
from perfrules.errors import Text
from perfrules.lang.plan import Derived, Indicator, Plan
from perfrules.lang.tree import Expr

Verdict: TypeAlias = Literal["yes", "blocks", "no"]

# Words, places, notes and where a definition came from: with another one it scores the same.
_WORDS: Final = frozenset({
    "title", "basis", "path", "where", "start", "end", "definition", "evidence_text", "findings",
    "note", "category", "column", "points_by", "text", "code", "core", "reason", "optional",
    "required", "only_for", "use",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answer, the blocks that may be compared where it is `blocks`, and why."""

    verdict: Verdict
    blocks: tuple[str, ...] = ()
    reasons: tuple[Text, ...] = ()

    def __bool__(self) -> bool:
        return self.verdict == "yes"

    def json(self) -> dict[str, object]:
        """Return the answer as plain data."""
        return {
            "comparable": self.verdict,
            "blocks": list(self.blocks),
            "reasons": [reason.json() for reason in self.reasons],
        }


def compare_plans(one: Plan, other: Plan) -> Comparison:
    """Return whether the scores of two rulesets may be compared, and which blocks of them.

    Two rulesets of one digest mean the same. Otherwise only a block is scored alike that both mark
    `core: true` under one id, and whose meaning is the same in both with all that it reads.
    """
    if one.digest == other.digest:
        same = Text("两个规则集的评分含义相同", "both rulesets mean the same")
        return Comparison("yes", reasons=(same,))
    reasons = [
        Text(
            f"{_name(one)} 与 {_name(other)} 的评分含义不同",
            f"{_name(one)} and {_name(other)} don't mean the same",
        )
    ]
    mine, theirs = core_blocks(one), core_blocks(other)
    common = [name for name in mine if name in theirs]
    alike = tuple(name for name in common if mine[name] == theirs[name])
    reasons += [
        Text(
            f"共性指标 {name} 在两者中的评分含义不同",
            f"the common block {name} isn't scored alike in both",
        )
        for name in common
        if name not in alike
    ]
    if alike:
        zh, en = "、".join(alike), ", ".join(alike)
        reasons.append(Text(f"共性指标 {zh} 评分相同", f"the common block {en} is scored alike"))
        return Comparison("blocks", alike, tuple(reasons))
    if not common:
        reasons.append(Text("没有相同编号的共性指标", "they have no common block of the same id"))
    return Comparison("no", reasons=tuple(reasons))


def _name(plan: Plan) -> str:
    return f"{plan.id} {plan.version}"


def core_blocks(plan: Plan) -> dict[str, str]:
    """Return the digest of what each topmost `core: true` block means, by its id.

    It covers the block, everything that it reads, the rounding, and vetoes that zero it.
    """
    return {node.id: _digest(plan, node) for node in _topmost(plan.indicators)}


def _topmost(nodes: tuple[Indicator, ...]) -> Iterator[Indicator]:
    for node in nodes:
        if node.core:
            yield node
        else:
            yield from _topmost(node.children)


def _digest(plan: Plan, node: Indicator) -> str:
    meant = _meaning(node)
    vetoes = [
        _meaning(gate.when)
        for gate in plan.gates
        if gate.effect == "zero" and gate.value in {item.id for item in _around(plan, node)}
    ]
    read = [*exprs(node, _WORDS), *(gate.when for gate in plan.gates if gate.effect == "zero")]
    content = {
        "block": meant,
        "rounding": _meaning(plan.rounding),
        "vetoes": vetoes,
        "reads": _read(plan, read if vetoes else list(exprs(node, _WORDS))),
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return f"sha256:{hashlib.sha256(text.encode('utf-8')).hexdigest()}"


def _around(plan: Plan, node: Indicator) -> Iterator[Indicator]:
    """Yield the block's own nodes and those above it: a veto on one of them zeroes it."""
    yield from _below(node)
    for top in plan.indicators:
        yield from (item for item in _below(top) if any(one is node for one in _below(item)))


def _below(node: Indicator) -> Iterator[Indicator]:
    yield node
    for child in node.children:
        yield from _below(child)


def _read(plan: Plan, read: list[Expr]) -> dict[str, object]:
    """Return the meaning of each input, parameter and derived value behind *read*."""
    known: dict[str, object] = {item.id: item for item in plan.inputs}
    known |= {item.id: item for item in plan.parameters}
    known |= {item.id: item for item in plan.derived}
    found: dict[str, object] = {}
    waiting = [name for expr in read for name in names(expr)]
    while waiting:
        name = waiting.pop()
        item = known.get(name)
        if item is None or name in found:
            continue
        found[name] = _meaning(item)
        if isinstance(item, Derived):
            waiting += [below for expr in exprs(item, _WORDS) for below in names(expr)]
    return found


def _meaning(value: object) -> object:
    """Return plan data without words and places, as what JSON can hold."""
    match value:
        case None | bool() | str() | int():
            return value
        case Decimal():
            return plain(snap(value))
        case date():
            return value.isoformat()
        case Enum():
            return value.name
        case Text():
            return None
        case Expr():
            return _meaning(value.tree)
        case frozenset() | set():
            return sorted(map(str, value))
        case tuple() | list():
            return [_meaning(item) for item in value]
        case Mapping():
            return {str(key): _meaning(item) for key, item in value.items()}
        case _ if is_dataclass(value) and not isinstance(value, type):
            kept = [item.name for item in fields(value) if item.name not in _WORDS]
            own = {key: _meaning(getattr(value, key)) for key in kept}
            return {"is": type(value).__name__, **own}
        case _:
            return str(value)
