"""`comparable`: may two results, or the results of two rulesets, be put side by side?"""

import os
from collections.abc import Mapping
from typing import TypeAlias

from perfrules.analysis.comparable import Comparison, compare_plans
from perfrules.api import is_name, read_plan, read_results
from perfrules.engine.program import Program
from perfrules.engine.result import Result
from perfrules.errors import Text, UsageError
from perfrules.lang.plan import Plan
from perfrules.messages import diagnose
from perfrules.registry import Registry

Comparand: TypeAlias = Result | Program | Mapping[str, object] | str | os.PathLike[str]


def comparable(a: Comparand, b: Comparand, *, registry: Registry | None = None) -> Comparison:
    """Return whether *a* and *b* may be compared: yes, only some blocks, or no, with reasons.

    Equal digests mean equal rules. Results of other digests are compared by the rulesets that they
    name, where those are found and still mean what they meant.

    Args:
        a: A result, its JSON, a program, or the name or file of a ruleset or of a result.
        b: The other.
        registry: Where rulesets are found by id.

    Raises:
        UsageError: PRF739, one of them is neither; or its file can't be read.
        RulesetError: One is a ruleset with faults.
    """
    one, other = _about(a, registry), _about(b, registry)
    if one.digest == other.digest:
        same = Text("评分含义相同", "they are scored by rules that mean the same")
        return Comparison("yes", reasons=(same,))
    first, second = one.plan(registry), other.plan(registry)
    if first is None or second is None:
        lacking = [item.shown for item, plan in ((one, first), (other, second)) if plan is None]
        names = "、".join(lacking), ", ".join(lacking)
        return Comparison(
            "no",
            reasons=(
                Text("评分含义不同", "they are scored by rules that don't mean the same"),
                Text(
                    f"找不到 {names[0]} 评分时所用的规则集，无法比较共性指标",
                    f"the ruleset that scored {names[1]} isn't there: no block can be compared",
                ),
            ),
        )
    return compare_plans(first, second)


class _About:
    """What is known of one side: its ruleset's id, version and digest, and the plan if at hand."""

    __slots__ = ("_plan", "digest", "name", "version")

    def __init__(self, name: str, version: str, digest: str, plan: Plan | None = None) -> None:
        self.name = name
        self.version = version
        self.digest = digest
        self._plan = plan

    @property
    def shown(self) -> str:
        return f"{self.name} {self.version}"

    def plan(self, registry: Registry | None) -> Plan | None:
        """Return the ruleset; None where there is none of that meaning."""
        if self._plan is not None:
            return self._plan
        try:
            found = read_plan(f"{self.name}@{self.version}", registry)
        except UsageError:
            return None
        return found if found.digest == self.digest else None


def _about(item: Comparand, registry: Registry | None) -> _About:
    if isinstance(item, Result):
        return _About(item.ruleset, item.version, item.digest)
    if isinstance(item, Program):
        return _of(item.plan)
    if isinstance(item, Mapping):
        return _result(item, str(item.get("unit") or "{…}"))
    name = os.fspath(item)
    if name.endswith((".json", ".jsonl")):
        return _one_of(read_results(name), name)
    if not is_name(item) and not name.endswith((".yaml", ".yml")):
        raise UsageError((diagnose("PRF739", value=name),))
    return _of(read_plan(item, registry))


def _of(plan: Plan) -> _About:
    return _About(plan.id, plan.version, plan.digest, plan)


def _one_of(items: list[object], name: str) -> _About:
    """Return what the results of a file have in common; PRF740 where there are several rulesets."""
    found = {item.digest: item for item in (_result(item, name) for item in items)}
    if len(found) > 1:
        raise UsageError((diagnose("PRF740", value=name, count=len(found)),))
    return next(iter(found.values()))


def _result(item: object, name: str) -> _About:
    about = item.get("ruleset") if isinstance(item, Mapping) else None
    if isinstance(about, Mapping):
        parts = [about.get(key) for key in ("id", "version", "digest")]
        if all(isinstance(part, str) for part in parts):
            return _About(str(parts[0]), str(parts[1]), str(parts[2]))
    raise UsageError((diagnose("PRF739", value=name),))
