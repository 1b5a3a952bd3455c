"""A portfolio ready to be run: results in, rows, decisions and a report out."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeAlias, TypeVar, cast

from perfrules.analysis.portfolio.evaluate import evaluate_file
from perfrules.analysis.portfolio.facts import join_facts, read_inputs
from perfrules.analysis.portfolio.outcome import Outcome
from perfrules.analysis.portfolio.results import Results, read_results
from perfrules.engine.program import in_force, not_in_force, parameters_on
from perfrules.engine.result import Result
from perfrules.errors import Diagnostic, FactsError, Text, UsageError
from perfrules.lang.frame import Fault
from perfrules.lang.portfolio import PortfolioPlan, Source
from perfrules.messages import diagnose, did_you_mean

Given: TypeAlias = Result | Mapping[str, object]
Facts: TypeAlias = Mapping[str, object]
T = TypeVar("T")


class Portfolio:
    """A checked portfolio, immutable and reusable.

    Args:
        plan: The checked document.
        as_of: The date of the run, needed where parameters are dated.

    Raises:
        UsageError: A parameter has no value on *as_of*, or the portfolio isn't in force then.
    """

    __slots__ = ("as_of", "plan")

    def __init__(self, plan: PortfolioPlan, as_of: date | None = None) -> None:
        self.plan = plan
        self.as_of = as_of
        if as_of is not None:
            try:
                parameters_on(plan, as_of)
            except Fault as fault:
                raise UsageError((plan.places.diagnose(fault),)) from None
            if not in_force(plan, as_of):
                raise UsageError((not_in_force(plan, as_of),))

    def __reduce__(self) -> tuple[type["Portfolio"], tuple[PortfolioPlan, date | None]]:
        return Portfolio, (self.plan, self.as_of)

    def __repr__(self) -> str:
        return f"Portfolio({self.plan.id!r}, version={self.plan.version!r}, as_of={self.as_of})"

    def score(
        self,
        results: Iterable[Given] | Mapping[str, Iterable[Given]],
        facts: Iterable[Facts] | Mapping[str, Iterable[Facts]] = (),
        inputs: Mapping[str, object] | None = None,
    ) -> Outcome:
        """Return the rows of all units and the report of the file.

        Args:
            results: The results of the first source, as `Result` or as their JSON; those of several
                sources by name.
            facts: Each unit's facts with its `unit`, where `r.fact.name` is read; by source too.
            inputs: The portfolio's own inputs, such as the pool.

        Raises:
            FactsError: The whole can't be computed: an input, the pool, the report.
            UsageError: A source isn't given, or one is that the portfolio doesn't have.
        """
        if self.as_of is None and self.plan.needs_as_of:
            raise FactsError(
                (diagnose("PRF524", name=Text("项目组合", "the portfolio"), path=("as_of",)),)
            )
        values, problems = read_inputs(self.plan.inputs, inputs or {})
        if problems.found:
            raise FactsError(tuple(problems.found))
        given = self._by_source(results)
        joined: Mapping[str, Iterable[Facts]] = self._by_source(facts)
        read: dict[str, Results] = {}
        warnings: list[Diagnostic] = []
        for source in self.plan.sources:
            if source.id not in given:
                raise UsageError((diagnose("PRF734", value=source.id, ruleset=source.ruleset),))
            found = read_results(source, given[source.id])
            if source.facts or source.id in joined:
                warnings += join_facts(source, found, joined.get(source.id, ()))
            read[source.id] = found
        try:
            parameters = parameters_on(self.plan, self.as_of)
        except Fault as fault:
            raise FactsError((self.plan.places.diagnose(fault),)) from None
        return evaluate_file(self.plan, self.as_of, {**values, **parameters}, read, tuple(warnings))

    def _by_source(self, given: Iterable[T] | Mapping[str, Iterable[T]]) -> dict[str, Iterable[T]]:
        """Return what was given by source; PRF733 for a name that is none."""
        first = self.plan.rows.id
        if not isinstance(given, Mapping):
            return {first: given}
        if "ruleset" in given or "unit" in given:  # a single result, or one unit's facts
            return {first: [cast("T", given)]}
        known = [source.id for source in self.plan.sources]
        for name in given:
            if name not in known:
                hint = did_you_mean(str(name), known)
                raise UsageError((diagnose("PRF733", value=name, hint=hint),))
        return dict(given)


def source_of(plan: PortfolioPlan, name: str) -> Source:
    """Return a source by name; raise UsageError PRF733 where there is none."""
    for source in plan.sources:
        if source.id == name:
            return source
    hint = did_you_mean(name, [source.id for source in plan.sources])
    raise UsageError((diagnose("PRF733", value=name, hint=hint),))
