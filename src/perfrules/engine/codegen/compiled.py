"""A compiled plan: the digits, states and errors of the reference, without its sentences."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import getcontext, setcontext
from operator import itemgetter
from types import MappingProxyType
from typing import Final, TypeAlias, TypeVar, cast

from perfrules.engine.codegen.arithmetic import EXACT, exactly
from perfrules.engine.codegen.build import Made, make
from perfrules.engine.codegen.intake import Take, intake
from perfrules.engine.codegen.runtime import TROUBLE, LackError
from perfrules.engine.codegen.scores import Scores
from perfrules.engine.codegen.settle import scores_of, settled
from perfrules.engine.codegen.shapes import Shapes
from perfrules.engine.codegen.steps import affordable
from perfrules.engine.codegen.straight import Straight, Unsettled, make_straight
from perfrules.engine.codegen.told import Holder, told_by
from perfrules.engine.facts import Facts, admit
from perfrules.engine.facts.problems import Problems
from perfrules.engine.facts.reserved import read_as_of
from perfrules.engine.interpret import interpret
from perfrules.engine.result import Result
from perfrules.engine.unit import Unit
from perfrules.errors import FactsError
from perfrules.lang.frame import Budget
from perfrules.lang.plan import Plan
from perfrules.lang.types import MISSING

Parameters: TypeAlias = Callable[[date | None], Mapping[str, object]]
_Of = TypeVar("_Of")

_SPARE = Budget().left // 2  # steps left over, where a method of the reference took some
_NO_EVIDENCE: Final[Mapping[str, str]] = MappingProxyType({})
_MOST_VARIANTS = 64  # functions kept, one for each set of parameter values


def compile_plan(plan: Plan) -> "Compiled":
    """Return *plan*, ready to be scored without explanations; code is made when first needed."""
    return Compiled(plan)


class Compiled:
    """A plan with the functions made for it: one for each set of values of its parameters.

    Args:
        plan: The checked ruleset.
    """

    __slots__ = (
        *("_hold", "_ids", "_last", "_made", "_ready", "_shapes", "_straight", "_take", "_unpack"),
        "plan",
    )

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._ids = tuple(item.id for item in plan.inputs)
        self._made: dict[tuple[int, ...], tuple[Made | None, Mapping[str, object]]] = {}
        self._shapes = Shapes(plan)
        self._hold = Holder(plan)
        self._take: Take | None = None
        self._straight: dict[tuple[int, ...], tuple[Straight | None, Mapping[str, object]]] = {}
        # The last date of a call that was found good, what stands for it, and the function for it.
        self._ready: tuple[object, object, Straight | None] = (self, None, None)
        self._last: tuple[Mapping[str, object] | None, Made | None] = (None, None)
        self._unpack = itemgetter(*self._ids) if len(self._ids) > 1 else self._few

    def _few(self, values: Mapping[str, object]) -> tuple[object, ...]:
        return tuple(values[name] for name in self._ids)

    def made(self, parameters: Mapping[str, object]) -> Made | None:
        """Return the function for *parameters*, the values of a day; None where there is none."""
        return self._once(self._made, make, parameters)

    def _once(
        self,
        kept: dict[tuple[int, ...], tuple[_Of | None, Mapping[str, object]]],
        call: Callable[[Plan, Mapping[str, object]], _Of | None],
        parameters: Mapping[str, object],
    ) -> _Of | None:
        """Return what is made of the plan with *parameters*, once while it is kept."""
        key = tuple([id(parameters[item.id]) for item in self.plan.parameters])
        found = kept.get(key)
        if found is None:
            if len(kept) >= _MOST_VARIANTS:
                kept.clear()
            # The values are kept with it, so that none of their ids is ever used again.
            found = kept[key] = call(self.plan, parameters), parameters
        return found[0]

    def run(self, facts: Facts, parameters: Mapping[str, object]) -> Scores:
        """Return the scores of one unit.

        Args:
            facts: The admitted values.
            parameters: The value of each parameter on the unit's date.

        Raises:
            FactsError: The unit can't be scored: what `interpret` raises for it.
        """
        found = self.quick(facts, parameters)
        if found is None:
            return scores_of(interpret(self.plan, facts, parameters))
        return found

    def quick(self, facts: Facts, parameters: Mapping[str, object]) -> Scores | None:
        """Return the scores of admitted facts; None where only the reference can tell."""
        if facts.adjust or facts.waive or facts.allow:
            return None
        values = self._unpack(facts.values)
        return exactly(self._answer, values, facts.as_of, parameters, facts.evidence)

    def result(
        self, given: Mapping[str, object], as_of: date | None, parameters_on: Parameters
    ) -> Result:
        """Return the result of one unit; what isn't a number is made when it is asked for.

        Args:
            given: Input ids and reserved keys to values.
            as_of: The date of the call.
            parameters_on: The values of the parameters on a date.

        Raises:
            FactsError: The facts can't be admitted, or the unit can't be scored.
        """
        found = self.attempt(given, as_of, parameters_on)
        if found is not None:
            kept = self._hold(given)
            return told_by(self._shapes, found, kept, as_of, parameters_on)
        facts = admit(self.plan, given, as_of)
        parameters = parameters_on(facts.as_of)
        found = self.quick(facts, parameters)
        if found is None:
            return interpret(self.plan, facts, parameters)
        return told_by(self._shapes, found, {}, as_of, parameters_on, facts)

    def scores(
        self, given: Mapping[str, object], as_of: date | None, parameters_on: Parameters
    ) -> Scores:
        """Return the scores of one unit from its facts, admitted as `admit` does.

        Args:
            given: Input ids and reserved keys to values.
            as_of: The date of the call.
            parameters_on: The values of the parameters on a date.

        Raises:
            FactsError: The facts can't be admitted, or the unit can't be scored.
        """
        found = self.attempt(given, as_of, parameters_on)
        if found is not None:
            return found
        facts = admit(self.plan, given, as_of)
        return self.run(facts, parameters_on(facts.as_of))

    def attempt(
        self, given: Mapping[str, object], as_of: date | None, parameters_on: Parameters
    ) -> Scores | None:
        """Return what `scores` returns; None where it needs admission or the reference."""
        if type(given) is not dict:
            return None
        day, when, straight = self._ready
        outer = getcontext()
        setcontext(EXACT)
        try:
            if day is not as_of or straight is None or "as_of" in given:
                return self._taken(given, as_of, parameters_on)
            found = straight.function(given, when)
            if found is None or type(found) is Scores:
                return found
            values, unsettled = cast("Unsettled", found)
            unit = self._unit(values, as_of, parameters_on(as_of), _NO_EVIDENCE)
            return settled(unit, unsettled, watches=straight.watches)
        except (*TROUBLE, LackError):
            return None
        finally:
            setcontext(outer)

    def _taken(
        self, given: Mapping[str, object], as_of: date | None, parameters_on: Parameters
    ) -> Scores | None:
        """Return the same, of a unit with a date of its own, or one that isn't the last one's."""
        if "as_of" not in given and self._ready[0] is not as_of:
            self._get_ready(as_of, parameters_on)
            if self._ready[0] is as_of and self._ready[2] is not None:
                return self.attempt(given, as_of, parameters_on)
        if self._take is None:
            self._take = intake(self.plan)
        values = self._take(given)
        if values is None:
            return None
        if "as_of" in given or self._ready[0] is not as_of:
            problems = Problems()
            as_of = read_as_of(self.plan, given.get("as_of"), as_of, problems)
            if problems.found:
                return None
        return self._answer(values, as_of, parameters_on(as_of), _NO_EVIDENCE)

    def _get_ready(self, as_of: date | None, parameters_on: Parameters) -> None:
        """Keep the function for the date of a call, which is looked at once, if it is good."""
        problems = Problems()
        found = read_as_of(self.plan, None, as_of, problems)
        if problems.found or found is not as_of:
            return
        try:
            parameters = parameters_on(as_of)
        except FactsError:  # what is wrong with the facts is said first
            return
        when = MISSING if as_of is None else as_of
        self._ready = as_of, when, self._once(self._straight, make_straight, parameters)

    def _answer(
        self,
        values: tuple[object, ...],
        as_of: date | None,
        parameters: Mapping[str, object],
        evidence: Mapping[str, str],
    ) -> Scores | None:
        last, made = self._last
        if last is not parameters:
            made = self.made(parameters)
            self._last = parameters, made
        if made is None or not (made.free or affordable(made.steps, values)):
            return None
        unit = self._unit(values, as_of, parameters, evidence) if made.asks else None
        try:
            found = made.function(values, MISSING if as_of is None else as_of, evidence, unit)
            if unit is not None and unit.budget.left < _SPARE:
                return None
            if isinstance(found, Scores):
                return found
            return settled(
                self._unit(values, as_of, parameters, evidence), found, watches=made.watches
            )
        except (*TROUBLE, LackError):
            return None

    def _unit(
        self,
        values: tuple[object, ...],
        as_of: date | None,
        parameters: Mapping[str, object],
        evidence: Mapping[str, str],
    ) -> Unit:
        """Return the reference's view of the unit."""
        by_id = dict(zip(self._ids, values, strict=True))
        facts = Facts(unit=None, as_of=as_of, values=by_id, evidence=evidence)
        return Unit(self.plan, facts, as_of, parameters, whole=self.plan.total)
