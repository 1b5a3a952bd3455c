"""Folds: a row's place, percentile or part among others, and what a group adds up to."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Final, TypeAlias, cast

from perfrules.analysis.portfolio.allocate import allocate
from perfrules.analysis.portfolio.file import File, Unit
from perfrules.decimals import CONTEXT, ZERO, plain, snap
from perfrules.engine.reason import show_value
from perfrules.lang.frame import Fault, MissingFault
from perfrules.lang.operations import mean, total
from perfrules.lang.portfolio import Fold, Reported
from perfrules.lang.standing import ends, moments, percentile, places
from perfrules.lang.types import Kind

Key: TypeAlias = tuple[object, ...]
Member: TypeAlias = tuple[Unit, object]


def column(file: File, name: str, fold: Fold, drop: Callable[[Unit, Fault], None]) -> None:
    """Give each row that takes part its value of a fold; the others have none.

    Args:
        file: The rows.
        name: The column's name.
        fold: What is computed.
        drop: Takes a row for which a value can't be computed.
    """
    groups = members(file, name, fold, drop)
    file.current = None
    pool = None if fold.form != "allocate" or fold.expr is None else file.value(fold.expr)
    if pool is not None and not groups:
        groups = {(): []}
    for group in groups.values():
        try:
            found = _values(fold, group, pool)
        except Fault as fault:
            fault.where = fault.where or _place(name, fold)
            fault.args_by_name.setdefault("name", name)
            raise
        for (unit, _), value in zip(group, found, strict=True):
            unit.data[name] = value


def _place(name: str, fold: Fold) -> tuple[str | int, ...]:
    return fold.expr.where if fold.expr is not None else ("derive", name)


def members(
    file: File, name: str, fold: Fold, drop: Callable[[Unit, Fault], None]
) -> dict[Key, list[Member]]:
    """Return the rows that take part, by group, each with the value that is folded."""
    groups: dict[Key, list[Member]] = {}
    for unit in file.units:
        file.current = unit
        try:
            if not file.holds(fold.where, name):
                continue
            key = tuple(_snapped(file.value(item)) for item in fold.by)
            source = fold.weight if fold.form == "allocate" else fold.expr
            value = True if source is None else file.value(source)
        except MissingFault as fault:
            file.gap(name, fault)
        except Fault as fault:
            if fault.code == "PRF509":
                raise
            drop(unit, fault)
        else:
            if fold.form == "allocate" and snap(cast("Decimal", value)) < ZERO:
                shown = plain(cast("Decimal", value))
                where = fold.weight.where if fold.weight else None
                drop(unit, Fault("PRF728", where=where, name=name, unit=unit.name, value=shown))
                continue
            groups.setdefault(key, []).append((unit, value))
    return groups


def _snapped(value: object) -> object:
    return snap(value) if isinstance(value, Decimal) else value


def _values(fold: Fold, group: Sequence[Member], pool: object) -> list[object]:
    """Return the value of each member of a group."""
    values = [value for _, value in group]
    if fold.form == "allocate":
        weights = {unit.name: cast("Decimal", value) for unit, value in group}
        parts = allocate(cast("Decimal", pool), weights, fold.digits)
        return [parts[unit.name] for unit, _ in group]
    among = _AMONG.get(fold.form)
    if among is not None:
        return among(cast("list[Decimal]", values), fold)
    return [whole(fold, values)] * len(values)


def whole(fold: Fold, values: Sequence[object]) -> object | None:
    """Return what a group's values come to; None for a mean of nothing."""
    numbers = cast("Sequence[Decimal]", values)
    match fold.form:
        case "count":
            return Decimal(len(values))
        case "sum":
            return total(numbers)
        case "mean":
            return mean(numbers) if numbers else None
        case "any":
            return any(values)
        case _:
            return all(values)


def _ranked(values: Sequence[Decimal], fold: Fold) -> list[object]:
    return [Decimal(place) for place in places(values, descending=fold.descending)]


def _percentiles(values: Sequence[Decimal], fold: Fold) -> list[object]:
    del fold
    ordered = sorted(map(snap, values))
    return [CONTEXT.divide(*percentile(value, ordered)) for value in values]


def _min_max(values: Sequence[Decimal], fold: Fold) -> list[object]:
    del fold
    low, high = ends(values)
    span = CONTEXT.subtract(high, low)
    return [CONTEXT.divide(CONTEXT.subtract(value, low), span) for value in values]


def _z_scores(values: Sequence[Decimal], fold: Fold) -> list[object]:
    del fold
    middle, deviation = moments(values)
    return [CONTEXT.divide(CONTEXT.subtract(value, middle), deviation) for value in values]


_AMONG: Final[Mapping[str, Callable[[Sequence[Decimal], Fold], list[object]]]] = {
    "rank": _ranked,
    "percentile": _percentiles,
    "min_max": _min_max,
    "z_score": _z_scores,
}


def reported(
    file: File, item: Reported, fold: Fold, drop: Callable[[Unit, Fault], None]
) -> object | None:
    """Return what a fold of the report comes to: a value, or one for each group.

    Groups by one choice are all there, best first, empty ones too; others are sorted.
    """
    groups = members(file, item.id, fold, drop)
    file.current = None
    if not fold.by:
        return whole(fold, [value for _, value in groups.get((), [])])
    labels = fold.by[0].type.of if len(fold.by) == 1 else ()
    if labels and fold.by[0].type.kind is Kind.CHOICE:
        keys: list[Key] = [(label,) for label in labels]
    else:
        keys = sorted(groups, key=lambda key: tuple(map(str, key)))
    return {
        " / ".join(_word(part) for part in key): whole(
            fold, [value for _, value in groups.get(key, [])]
        )
        for key in keys
    }


def _word(part: object) -> str:
    return show_value(part).get("zh")
