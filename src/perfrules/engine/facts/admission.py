"""Admitting the facts of one unit: everything wrong at once, or values that can be trusted."""

from collections import OrderedDict, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from perfrules.engine.facts.earlier import earlier_value
from perfrules.engine.facts.inputs import admit_input
from perfrules.engine.facts.problems import Place, Problems, as_mapping, is_text, place_of
from perfrules.engine.facts.record import Facts
from perfrules.engine.facts.reserved import (
    RESERVED,
    read_adjust,
    read_allow,
    read_as_of,
    read_evidence,
    read_unit,
    read_waive,
)
from perfrules.engine.facts.scalars import unwrapped
from perfrules.errors import FactsError, Text
from perfrules.lang.frame import Fault
from perfrules.lang.plan import InputPlan, Plan
from perfrules.lang.types import MISSING

_MAPPINGS: Final = (dict, OrderedDict, defaultdict)
_WHOLE: Final = Place((), Text("填报数据", "the facts"))


def admit(plan: Plan, given: Mapping[str, object], as_of: date | None = None) -> Facts:
    """Return the facts of one unit, admitted exactly.

    Args:
        plan: The ruleset that asks for them.
        given: Input ids and reserved keys to values; keys that begin with `x-` are notes.
        as_of: The date of the call; the facts' own must agree.

    Raises:
        FactsError: Everything that is wrong, each with its input, row and column.
    """
    problems = Problems()
    if type(given) not in _MAPPINGS:
        problems.add("PRF500", _WHOLE, given)
        raise FactsError(tuple(problems.found))
    _unknown_keys(plan, given, problems)
    defaulted: dict[str, None] = {}
    waived = as_mapping(given.get("waive")) or {}
    values = {
        item.id: _admitted(_needed(item, waived), given, problems, defaulted)
        for item in plan.inputs
    }
    unit = read_unit(given.get("unit"), problems)
    when = read_as_of(plan, given.get("as_of"), as_of, problems)
    adjust = read_adjust(plan, given.get("adjust"), problems)
    waive = read_waive(plan, given.get("waive"), when, problems)
    evidence = read_evidence(plan, given.get("evidence"), problems)
    allow = read_allow(given.get("allow"), problems)
    if problems.found:
        raise FactsError(tuple(problems.found))
    return Facts(
        unit=unit,
        as_of=when,
        values=values,
        adjust=adjust,
        waive=waive,
        evidence=evidence,
        allow=allow,
        defaulted=tuple(defaulted),
        notes=tuple(problems.notes),
    )


def _admitted(
    item: InputPlan,
    given: Mapping[str, object],
    problems: Problems,
    defaulted: dict[str, None],
) -> object:
    """Return one input's value: of an earlier stage's whole result, the field that is asked for."""
    value = given.get(item.id)
    earlier = as_mapping(value) if item.earlier is not None else None
    if earlier is None:
        return admit_input(item, value, problems, defaulted)
    try:
        found = earlier_value(item, earlier, unwrapped(given.get("unit")))
    except Fault as fault:
        problems.fault(fault, place_of(item))
        return MISSING
    if found is MISSING and item.required:
        problems.add("PRF502", place_of(item))
    return found


def _needed(item: InputPlan, waived: Mapping[str, object]) -> InputPlan:
    """Return *item*, not required where nothing but waived indicators reads it.

    Whether a waiver still holds is looked at later: an indicator that is scored after all misses
    its input then.
    """
    if not waived or not item.only_for or item.default is not None:
        return item
    if all(not leaf.isdisjoint(waived) for leaf in item.only_for):
        return replace(item, required=False)
    return item


def _unknown_keys(plan: Plan, given: Mapping[str, object], problems: Problems) -> None:
    """Report every key that names nothing, with the nearest name that does.

    Raises:
        FactsError: A key is no text: looking anything up could run code of the caller's.
    """
    strange = [key for key in given if not is_text(key)]
    if strange:
        for key in strange:
            problems.add("PRF501", _WHOLE, key)
        raise FactsError(tuple(problems.found))
    known = {item.id for item in plan.inputs}
    for key in given:
        if key not in known and key not in RESERVED and not key.startswith("x-"):
            names = (*(item.id for item in plan.inputs), *RESERVED)
            problems.add("PRF501", Place((key,), Text(key, key)), key, known=names)
