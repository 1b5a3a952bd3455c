"""The facts behind `r.fact.name`, joined to results by unit and admitted like a ruleset's own."""

from collections.abc import Iterable, Mapping

from perfrules.analysis.portfolio.results import Results
from perfrules.engine.facts.inputs import admit_input
from perfrules.engine.facts.problems import Place, Problems
from perfrules.engine.facts.reserved import RESERVED
from perfrules.engine.result import Rejected
from perfrules.errors import Diagnostic, Text
from perfrules.lang.plan import InputPlan
from perfrules.lang.portfolio import Source
from perfrules.lang.types import MISSING
from perfrules.messages import diagnose

_SHOWN = 5  # units that a sentence names


def join_facts(
    source: Source, results: Results, given: Iterable[Mapping[str, object]]
) -> list[Diagnostic]:
    """Add each unit's facts to its result; a unit whose facts can't be read is rejected.

    Only facts that the portfolio reads are admitted; those of a unit may come in several parts.
    Facts of units without a result are told by a warning.
    """
    by_unit: dict[str, dict[str, object]] = {}
    problems: dict[str, Problems] = {}
    for part in given:
        unit = str(part.get("unit", ""))
        mine = problems.setdefault(unit, Problems())
        _merge(source, unit, part, by_unit.setdefault(unit, {}), mine)
    for unit in list(results.units):
        found = problems.setdefault(unit, Problems())
        values = _admit(source.facts, by_unit.get(unit, {}), found)
        if found.found:
            del results.units[unit]
            results.rejected.append(Rejected(results.numbers[unit], unit, tuple(found.found)))
        else:
            results.units[unit] |= values
    known = {*results.units, *(item.unit for item in results.rejected)}
    strangers = [unit for unit in by_unit if unit not in known]
    if not strangers:
        return []
    units = "、".join(strangers[:_SHOWN]) + ("…" if len(strangers) > _SHOWN else "")
    return [diagnose("PRF730", name=source.id, count=len(strangers), units=units)]


def _merge(
    source: Source,
    unit: str,
    part: Mapping[str, object],
    into: dict[str, object],
    problems: Problems,
) -> None:
    """Add one part of a unit's facts; PRF501 a name nobody knows, PRF732 one given twice."""
    known = tuple(item.id for item in source.inputs)
    for key, value in part.items():
        if key in RESERVED or key.startswith("x-"):
            continue
        place = Place((key,), Text(key, key))
        if key not in known:
            problems.add("PRF501", place, key, known=(*known, *RESERVED))
        elif key in into:
            problems.add("PRF732", place, unit=unit)
        into[key] = value


def _admit(
    items: Iterable[InputPlan], given: Mapping[str, object], problems: Problems
) -> dict[str, object]:
    defaulted: dict[str, None] = {}
    values = {
        f"fact.{item.id}": admit_input(item, given.get(item.id), problems, defaulted)
        for item in items
    }
    return {path: value for path, value in values.items() if value is not MISSING}


def read_inputs(
    items: Iterable[InputPlan], given: Mapping[str, object]
) -> tuple[dict[str, object], Problems]:
    """Return the values of the portfolio's own inputs, and what is wrong with them."""
    problems = Problems()
    known = {item.id: item for item in items}
    for key in given:
        if key not in known and not key.startswith("x-"):
            problems.add("PRF501", Place((key,), Text(key, key)), key, known=tuple(known))
    defaulted: dict[str, None] = {}
    values = {
        name: admit_input(item, given.get(name), problems, defaulted)
        for name, item in known.items()
    }
    return values, problems
