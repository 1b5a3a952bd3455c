"""A seeded search for units: what is reached is shown by one of them, what isn't stays open.

Units are scored by the compiled ruleset; where a condition inside has to be looked at, by the
reference. The same seed and effort try the same units.
"""

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from itertools import product
from typing import Any, Final, TypeAlias

from perfrules.analysis.prove.draw import Drawer, Facts
from perfrules.analysis.prove.gap import Gauge
from perfrules.analysis.prove.world import World
from perfrules.analysis.reads import behind
from perfrules.decimals import ZERO
from perfrules.engine.codegen.scores import Scores
from perfrules.engine.facts import admit
from perfrules.engine.interpret import interpret
from perfrules.engine.program import Program, parameters_on
from perfrules.engine.unit import Unit
from perfrules.errors import FactsError
from perfrules.lang.frame import Fault
from perfrules.lang.types import Kind

Goal: TypeAlias = Callable[[Unit], Decimal]
_EVIDENCE: Final = "evidence"
_ATTEMPTS: Final = 3  # starts of one climb
_KEPT: Final = 24
_WITNESSES: Final = 60
_FEW: Final = 4  # inputs whose ends are tried together
_PASSES: Final = 2
_PASS: Final = 14  # values of one input tried in one pass


@dataclass(slots=True)
class Found:
    """What the search came across: each with the facts that show it."""

    grades: dict[str, Facts] = field(default_factory=dict)
    fired: dict[str, Facts] = field(default_factory=dict)  # gates
    quiet: dict[str, Facts] = field(default_factory=dict)
    follows: dict[str, Facts] = field(default_factory=dict)  # decisions
    spared: dict[str, Facts] = field(default_factory=dict)
    least: dict[str, tuple[Decimal, Facts]] = field(default_factory=dict)  # rates of lines
    most: dict[str, tuple[Decimal, Facts]] = field(default_factory=dict)
    worst: tuple[Decimal, Facts] | None = None
    best: tuple[Decimal, Facts] | None = None
    refused: dict[str, tuple[Facts, FactsError]] = field(default_factory=dict)  # by code and place


class Search:
    """The search in one ruleset.

    Args:
        program: The ruleset.
        world: Its parts by name.
        seed: Where chance begins.
        effort: About how many units are tried.
    """

    def __init__(self, program: Program, world: World, seed: int, effort: int) -> None:
        self.program = program
        self.world = world
        self.seed = seed
        self.effort = effort
        self.tried = 0
        self.scored = 0
        self.found = Found()
        self.pool: list[Facts] = []
        self.base: Facts = {}
        self.calm: tuple[Decimal, Facts] | None = None  # the best unit with the fewest gates
        self.witnesses: list[Facts] = []  # units that a goal was reached with
        self.chance = random.Random(f"{program.plan.id}:{seed}")  # noqa: S311 - no secret
        self.drawer = Drawer(program.plan, self.chance, program.as_of)
        self.gauge = Gauge(world.derived, program.plan.grades)

    def run(self) -> None:
        """Draw units, then climb to the largest and smallest totals and rates."""
        for number in range(max(40, self.effort // 5)):
            facts = self.drawer.facts() if number % 8 else self.drawer.plain()
            if not number % 8 and not self.base:
                self.base = facts
            if self.score(facts) is not None and len(self.pool) < _KEPT:
                self.pool.append(facts)
            if self.tried >= self.effort:
                break
        if self.program.plan.total is not None:
            for sign in (1, -1):
                top = self.climb(partial(_total, sign), self.effort // 4)
                if top is not None:
                    self.pool.append(self._crossed(top, sign))
            self._walk()

    def polish(self, goals: Mapping[str, tuple[Goal, list[str]]]) -> None:
        """Look for the best total once more: indicator by indicator, where one isn't full.

        Args:
            goals: By the id of an indicator, what is near to its being full, and its inputs.
        """
        for _ in range(2):
            if self.found.best is None or self.found.best[0] >= (self.program.plan.total or ZERO):
                return
            top = self._crossed(self.calm[1] if self.calm else self.found.best[1], 1)
            scores = self.score(top)
            for name, (goal, names) in goals.items():
                known = scores is not None and name in scores.ids and scores.line(name).rate
                if known is not False and known is not None and known < 1:
                    self.reach(goal, names, self.effort // 20)
            if self.found.best[0] < (self.program.plan.total or ZERO):
                self.climb(partial(_total, 1), self.effort // 6)

    def _crossed(self, facts: Facts, sign: int) -> Facts:
        """Give each indicator what it had where it did best, or worst, as long as that helps."""
        side = self.found.most if sign > 0 else self.found.least
        for node in self.world.nodes.values():
            known = side.get(node.id)
            if node.method is None or known is None:
                continue
            other = dict(facts)
            for name in behind(self.program.plan, node.method.reads) & set(self.world.inputs):
                _put(other, name, known[1].get(name))
            before, after = self.score(facts), self.score(other)
            if before is not None and after is not None:
                facts = other if _total(sign, after) > _total(sign, before) else facts
        return facts

    def _walk(self) -> None:
        """Go from the best unit to the worst, input by input: the totals between are passed."""
        best, worst = self.found.best, self.found.worst
        if best is None or worst is None:
            return
        names = [item.id for item in self.program.plan.inputs]
        self.chance.shuffle(names)
        facts = dict(best[1])
        for name in names:
            _put(facts, name, worst[1].get(name))
            if self.score(dict(facts)) is not None and len(self.pool) < 2 * _KEPT:
                self.pool.append(dict(facts))

    def score(self, facts: Facts) -> Scores | None:
        """Score a unit and note what it shows; None where it is refused."""
        self.tried += 1
        try:
            scores = self.program.scores(facts)
        except FactsError as error:
            for item in error.diagnostics:
                self.found.refused.setdefault(f"{item.code}@{item.path}", (facts, error))
            return None
        self.scored += 1
        self._note(facts, scores)
        return scores

    def _note(self, facts: Facts, scores: Scores) -> None:  # noqa: C901 - one note after the other
        found, plan = self.found, self.program.plan
        if scores.grade is not None:
            found.grades.setdefault(scores.grade, facts)
        for gate in plan.gates:
            (found.fired if gate.id in scores.gates else found.quiet).setdefault(gate.id, facts)
        for rule in plan.decisions:
            side = found.follows if rule.id in scores.decisions else found.spared
            if rule.id not in scores.undecided:
                side.setdefault(rule.id, facts)
        if scores.total is not None:
            calm = _total(1, scores)
            if self.calm is None or calm > self.calm[0]:
                self.calm = calm, facts
            if found.best is None or scores.total > found.best[0]:
                found.best = scores.total, facts
            if found.worst is None or scores.total < found.worst[0]:
                found.worst = scores.total, facts
        for name, rate in zip(scores.ids, scores.rates, strict=True):
            if rate is None:
                continue
            base = name.partition("[")[0] if name.endswith("]") else name
            low, high = found.least.get(base), found.most.get(base)
            if low is None or rate < low[0]:
                found.least[base] = rate, facts
            if high is None or rate > high[0]:
                found.most[base] = rate, facts

    def climb(self, worth: Callable[[Scores], Decimal], budget: int) -> Facts | None:
        """Return the best unit found by changing one input after the other."""
        if not self.pool:
            return None
        best: tuple[Decimal, Facts] | None = None
        best_known = [] if self.calm is None else [self.calm[1]]
        for facts in (*self.pool[-_ATTEMPTS:], *best_known):
            scores = self.score(facts)
            if scores is not None and (best is None or worth(scores) > best[0]):
                best = worth(scores), facts
        start = self.tried
        still = 0  # passes without a better unit: each tries other values
        while best is not None and still < _PASSES and self.tried - start < budget:
            still += 1
            for name in (*self.world.inputs, _EVIDENCE):
                for value in self._some(name, best[1].get(name)):
                    facts = dict(best[1])
                    if facts.get(name) == value:
                        continue
                    _put(facts, name, value)
                    scores = self.score(facts)
                    if scores is not None and worth(scores) > best[0]:
                        best, still = (worth(scores), facts), 0
                    if self.tried - start >= budget:
                        return best[1]
        return None if best is None else best[1]

    def _some(self, name: str, current: object, *, wide: bool = False) -> list[object]:
        """Return some of the values to be tried of an input; another pass tries others."""
        if name == _EVIDENCE:
            return [self.drawer.evidence(given=given) for given in (True, False)]
        item = self.world.inputs[name]
        most = _PASS * (4 if wide or item.type.kind is Kind.TABLE else 1)
        return self.drawer.some(item, current, most)

    def unit(self, facts: Mapping[str, Any]) -> Unit | None:
        """Return a unit as the reference has evaluated it; None where it is refused."""
        units: list[Unit] = []

        def begin(*args: Any, **named: Any) -> Unit:  # noqa: ANN401 - what a Unit takes
            units.append(Unit(*args, **named))
            return units[-1]

        self.tried += 1
        plan = self.program.plan
        try:
            admitted = admit(plan, facts, self.program.as_of)
            interpret(plan, admitted, parameters_on(plan, admitted.as_of), begin)
        except FactsError as error:
            for item in error.diagnostics:
                self.found.refused.setdefault(f"{item.code}@{item.path}", (dict(facts), error))
            return None
        except Fault:
            return None
        self.scored += 1
        return units[0]

    def reach(self, goal: Goal, names: Iterable[str], budget: int = 120) -> "Near":
        """Return the unit nearest to a goal, changing the inputs in *names* one by one."""
        near = Near()
        best = [] if self.calm is None else [self.calm[1]]
        starts = [*best, self.base, *self.pool[:2], *self.pool[-3:]]
        for facts in starts:
            if self._nearer(near, goal, facts):
                return near
        wanted = [*(set(names) & set(self.world.inputs)), _EVIDENCE]
        wanted.sort()
        start = self.tried
        if near.facts is not None and self._corners(near, goal, wanted):
            return near
        still = 0
        while wanted and near.facts is not None and self.tried - start < budget:
            before = near.gap
            for name in self.chance.sample(wanted, len(wanted)):
                for value in self._some(name, near.facts.get(name), wide=len(wanted) <= _FEW):
                    facts = dict(near.facts)
                    if facts.get(name) == value:
                        continue
                    _put(facts, name, value)
                    if self._nearer(near, goal, facts):
                        return near
                    if self.tried - start >= budget:
                        return near
            if near.gap == before:
                self._shake(near, goal, wanted[:-1] if wanted[-1] == _EVIDENCE else wanted)
                still = still + 1 if near.gap == before else 0
                if still >= (_PASSES if len(wanted) > _PASSES * 2 else _PASSES * 2):
                    break
        return near

    def _corners(self, near: "Near", goal: Goal, wanted: list[str]) -> bool:
        """Try the ends of a few inputs together: what only their sum decides is decided there."""
        items = [self.world.inputs[name] for name in wanted if name in self.world.inputs]
        if not 1 < len(items) <= _FEW:
            return False
        begin = near.facts
        for values in product(*(self.drawer.ends(item) for item in items)):
            facts = dict(begin or {})
            for item, value in zip(items, values, strict=True):
                _put(facts, item.id, value)
            if self._nearer(near, goal, facts):
                return True
        return False

    def _shake(self, near: "Near", goal: Goal, names: list[str]) -> None:
        """Change several inputs at once, where no single change helps."""
        for _ in range(12):
            if near.facts is None or near.gap == ZERO:
                return
            facts = dict(near.facts)
            for name in self.chance.sample(names, min(len(names), 3)):
                if name in self.world.inputs:
                    _put(facts, name, self.drawer.one(self.world.inputs[name]))
            self._nearer(near, goal, facts)

    def _nearer(self, near: "Near", goal: Goal, facts: Facts) -> bool:
        """Try a unit; return whether it is at the goal."""
        unit = self.unit(facts)
        if unit is None:
            return False
        gap = goal(unit)
        if near.gap is None or gap < near.gap:
            near.gap, near.facts = gap, facts
            self.score(facts)
        if near.gap == ZERO and facts is near.facts and len(self.witnesses) < _WITNESSES:
            self.witnesses.append(facts)
        return near.gap == ZERO


@dataclass(slots=True)
class Near:
    """The unit nearest to a goal, and how far from it that is."""

    gap: Decimal | None = None
    facts: Facts | None = None

    @property
    def there(self) -> bool:
        """Whether the goal was reached."""
        return self.gap == ZERO


def _total(sign: int, scores: Scores) -> Decimal:
    # Where totals are equal, the rates decide: the total before a gate or a rounding.
    rates = sum((rate for rate in scores.rates if rate is not None), ZERO)
    fired = len(scores.gates) if sign > 0 else 0
    return sign * (scores.total or ZERO) + sign * rates / 1000 - fired


def _put(facts: Facts, name: str, value: object) -> None:
    if value is None:
        facts.pop(name, None)
    else:
        facts[name] = value
