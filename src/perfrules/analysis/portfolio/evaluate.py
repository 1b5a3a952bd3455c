"""The rows and the report of a file of results: column by column, in the plan's order.

A row for which a value can't be computed is rejected and the rest computed again without it, so
that no place and no part of a pool depends on a row that isn't there.
"""

from collections.abc import Mapping
from datetime import date

from perfrules._version import __version__
from perfrules.analysis.portfolio.file import File, Unit
from perfrules.analysis.portfolio.fold import column as fold_column
from perfrules.analysis.portfolio.fold import reported
from perfrules.analysis.portfolio.outcome import Counted, Outcome, Row
from perfrules.analysis.portfolio.results import Results
from perfrules.engine.choose import derive
from perfrules.engine.decide import basis_texts
from perfrules.engine.reason import show_value
from perfrules.engine.result import DecisionLine, Rejected
from perfrules.errors import Diagnostic, FactsError, Text
from perfrules.lang.frame import Fault, MissingFault
from perfrules.lang.portfolio import Column, Fold, PortfolioPlan
from perfrules.lang.types import MISSING, Type
from perfrules.messages import diagnose

_ROUNDS = 20  # how often rows may drop out before the rest is given up
_UNITS = 5  # that a sentence names
_REASONS = 20  # told where no row is left


class _DroppedError(Exception):
    """Rows for which a value can't be computed, with why."""

    def __init__(self, units: Mapping[str, Fault]) -> None:
        super().__init__(", ".join(units))
        self.units = units


def evaluate_file(
    plan: PortfolioPlan,
    as_of: date | None,
    values: Mapping[str, object],
    read: Mapping[str, Results],
    warnings: tuple[Diagnostic, ...] = (),
) -> Outcome:
    """Return what comes of the results that were read.

    Raises:
        FactsError: The whole can't be computed, or no row is left.
    """
    rejected = [(source.id, item) for source in plan.sources for item in read[source.id].rejected]
    rows = read[plan.rows.id]
    left = list(rows.units)
    for _ in range(_ROUNDS):
        if not left:
            raise FactsError(_none_left(plan.rows.id, rejected))
        file = _file(plan, as_of, values, read, left)
        try:
            return _outcome(file, read, tuple(rejected), warnings)
        except _DroppedError as dropped:
            for unit, fault in dropped.units.items():
                problem = plan.places.diagnose(fault)
                item = Rejected(rows.numbers[unit], unit, (problem,))
                rejected.append((plan.rows.id, item))
            left = [unit for unit in left if unit not in dropped.units]
        except Fault as fault:
            raise FactsError((plan.places.diagnose(fault),)) from None
    raise FactsError((diagnose("PRF737", value=_ROUNDS),))


def _none_left(rows: str, rejected: list[tuple[str, Rejected]]) -> tuple[Diagnostic, ...]:
    """Return that no row is left, with the reasons, each once."""
    own = [item for source, item in rejected if source == rows]
    reasons = [problem for item in own for problem in item.problems]
    return (diagnose("PRF735", count=len(own)), *list(dict.fromkeys(reasons))[:_REASONS])


def _file(
    plan: PortfolioPlan,
    as_of: date | None,
    values: Mapping[str, object],
    read: Mapping[str, Results],
    left: list[str],
) -> File:
    rows = read[plan.rows.id]
    joined = [source.id for source in plan.sources if source.joined]
    units = [
        Unit(
            unit,
            rows.numbers[unit],
            dict(rows.units[unit]),
            {name: read[name].units.get(unit, {}) for name in joined},
        )
        for unit in left
    ]
    others = {source.id: list(read[source.id].units.values()) for source in plan.sources[1:]}
    return File(plan, as_of, values, units, others)


def _outcome(
    file: File,
    read: Mapping[str, Results],
    rejected: tuple[tuple[str, Rejected], ...],
    warnings: tuple[Diagnostic, ...],
) -> Outcome:
    plan = file.plan
    for item in plan.columns:
        _column(file, item)
    decided = _decisions(file)
    report, missing = _report(file)
    types = {item.id: item.type for item in plan.columns}
    ordered = {name: types[name] for name in plan.order}
    return Outcome(
        portfolio=plan.id,
        version=plan.version,
        digest=plan.digest,
        title=plan.title,
        engine=f"perfrules {__version__}",
        as_of=file.as_of,
        sources=tuple(
            Counted(
                source.id,
                source.ruleset,
                source.version,
                source.digest,
                len(file.units) if source is plan.rows else len(read[source.id].units),
            )
            for source in plan.sources
        ),
        inputs={item.id: show_value(file.values[item.id], item.type) for item in plan.inputs},
        types=ordered,
        titles={item.id: item.title for item in plan.columns},
        relative=plan.relative,
        rows=tuple(_row(unit, ordered, decided[unit.name]) for unit in file.units),
        report=report,
        reported={item.id: _shown(report[item.id], item.type) for item in plan.report},
        warnings=(*warnings, *_gaps(file), *missing),
        rejected=rejected,
    )


def _row(unit: Unit, types: Mapping[str, Type], decisions: tuple[DecisionLine, ...]) -> Row:
    values = {name: unit.data.get(name) for name in types}
    shown = {name: show_value(values[name], kind) for name, kind in types.items()}
    return Row(unit.name, values, shown, decisions)


def _column(file: File, item: Column) -> None:
    """Compute one column of all rows; raise `_DroppedError` with the rows that can't have it."""
    failed: dict[str, Fault] = {}

    def drop(unit: Unit, fault: Fault) -> None:
        failed[unit.name] = fault

    if isinstance(item.rule, Fold):
        fold_column(file, item.id, item.rule, drop)
    else:
        for unit in file.units:
            file.current = unit
            try:
                found = derive(item.rule, file.value)
            except MissingFault as fault:
                file.gap(item.id, fault)
            except Fault as fault:
                if fault.code == "PRF509":
                    raise
                drop(unit, fault)
            else:
                unit.data[item.id] = found
    if failed:
        raise _DroppedError(failed)


def _decisions(file: File) -> dict[str, tuple[DecisionLine, ...]]:
    """Return what follows for each unit."""
    found: dict[str, tuple[DecisionLine, ...]] = {}
    failed: dict[str, Fault] = {}
    for unit in file.units:
        file.current = unit
        try:
            found[unit.name] = tuple(_decided(file))
        except Fault as fault:
            if fault.code == "PRF509":
                raise
            failed[unit.name] = fault
    file.current = None
    if failed:
        raise _DroppedError(failed)
    return found


def _decided(file: File) -> list[DecisionLine]:
    lines: list[DecisionLine] = []
    for rule in file.plan.decisions:
        if not file.holds(rule.when, rule.id):
            continue
        try:
            amount = None if rule.amount is None else file.value(rule.amount)
            due = None if rule.due is None else file.value(rule.due)
        except MissingFault as fault:
            file.gap(rule.id, fault)
            continue
        shown = None
        if rule.amount is not None:
            shown = show_value(amount, rule.amount.type).zh
        lines.append(
            DecisionLine(
                id=rule.id,
                code=rule.code,
                title=rule.title,
                because=file.reason(rule.when),
                amount=shown,
                due=due if isinstance(due, date) else None,
                basis=basis_texts(rule.basis),
            )
        )
        if file.plan.match == "first":
            break
    return lines


def _report(file: File) -> tuple[dict[str, object], list[Diagnostic]]:
    """Return the values of the file, and a warning for each that some result is missing for."""
    found: dict[str, object] = {}
    missing: list[Diagnostic] = []
    failed: dict[str, Fault] = {}

    def drop(unit: Unit, fault: Fault) -> None:
        failed[unit.name] = fault

    for item in file.plan.report:
        file.current = None
        if isinstance(item.rule, Fold):
            found[item.id] = reported(file, item, item.rule, drop)
            continue
        try:
            value = file.value(item.rule)
        except MissingFault as fault:
            value = None
            missing.append(diagnose("PRF736", name=item.id, value=fault.name))
        found[item.id] = None if value is MISSING else value
    if failed:
        raise _DroppedError(failed)
    return found, missing


def _shown(value: object, kind: Type) -> Text:
    """Return a value of the report as people write it; groups one after the other."""
    if not isinstance(value, dict):
        return show_value(value, kind)
    parts = [(name, show_value(item, kind)) for name, item in value.items()]
    return Text(
        "，".join(f"{name} {item.zh}" for name, item in parts) or "（无）",
        ", ".join(f"{name} {item.en}" for name, item in parts) or "(none)",
    )


def _gaps(file: File) -> list[Diagnostic]:
    """Return a warning for each value that some units don't have because their results lack one."""
    found = []
    for (name, value), units in file.gaps.items():
        distinct = list(dict.fromkeys(units))
        shown = "、".join(distinct[:_UNITS]) + ("…" if len(distinct) > _UNITS else "")
        found.append(diagnose("PRF731", name=name, value=value, count=len(distinct), units=shown))
    return found
