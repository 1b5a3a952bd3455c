"""What a file of cases is about: a ruleset, or a library whose indicators are tried one by one."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from perfrules.api import read_plan
from perfrules.engine.program import Program
from perfrules.errors import DiagnosedError, UsageError
from perfrules.finder import find
from perfrules.lang.load import load_indicator
from perfrules.lang.plan import Plan
from perfrules.lang.resolve.finder import KINDS
from perfrules.libraries import read_library
from perfrules.messages import diagnose
from perfrules.registry import Registry, listed

if TYPE_CHECKING:
    from perfrules.lang.resolve import Library
    from perfrules.lang.spec.cases import CaseSpec, CasesSpec


@dataclass(slots=True)
class Ruleset:
    """A ruleset whose cases are run."""

    whole: Program

    def program(self, case: "CaseSpec") -> Program:
        """Return what scores a case; PRF663: it asks for what only a library's case can."""
        want = case.want
        given = {
            "indicator": case.indicator,
            "points": case.points,
            "score": want.score if want else None,
            "state": want.state if want else None,
        }
        for key, value in given.items():
            if value is not None:
                raise UsageError((diagnose("PRF663", value=key, ruleset=self.whole.plan.id),))
        return self.whole


@dataclass(slots=True)
class Indicators:
    """A library whose cases are run, each on one of its indicators."""

    library: "Library"
    registry: Registry
    programs: dict[tuple[str, str | None], Program] = field(default_factory=dict)

    def program(self, case: "CaseSpec") -> Program:
        """Return what scores a case; PRF662: it doesn't say which indicator it is about."""
        if case.indicator is None:
            example = next(iter(self.library.indicators), "…")
            raise UsageError((diagnose("PRF662", value=self.library.id, example=example),))
        return self._program(case.indicator, case.points)

    def plan_of(self, name: str) -> Plan:
        """Return the ruleset that holds one indicator alone."""
        return self._program(name, None).plan

    def _program(self, name: str, points: str | None) -> Program:
        key = (name, points)
        if key not in self.programs:
            plan = load_indicator(self.library, *key, self.registry.vocabulary)
            self.programs[key] = Program(plan)
        return self.programs[key]


Loaded: TypeAlias = "Ruleset | Indicators | DiagnosedError"


def load_for(spec: "CasesSpec", path: Path, registry: Registry) -> Loaded:
    """Return what the cases name: a path beside them, or an id found there first."""
    try:
        if "/" in spec.cases or spec.cases.endswith((".yaml", ".yml")):
            return _read(path.parent / spec.cases, registry)
        here = Registry([path.parent])
        for known in (here, registry):
            for kind in KINDS:
                found = find(known, kind, spec.cases, None)
                if found is not None:
                    return _read(found.path, registry)
        return Ruleset(Program(read_plan(spec.cases, registry)))
    except DiagnosedError as error:
        return error


def _read(path: Path, registry: Registry) -> Loaded:
    found = listed(path)
    if found is not None and found.kind == "library":
        return Indicators(read_library(path, registry)[1], registry)
    return Ruleset(Program(read_plan(path, registry)))
