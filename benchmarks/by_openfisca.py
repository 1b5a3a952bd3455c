"""W20 in openfisca-core: a variable a leaf, each a formula over vectors of 32-bit floats."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from benchmarks.workloads import GRADES, LEVELS, kind_of, tree

Vector: TypeAlias = NDArray[Any]
Columns: TypeAlias = dict[str, Vector]

LEAVES = 20
POINTS = 5
PERIOD = "2022-01"
NAMES = ("差", "中", "良", "优")


def inputs() -> list[str]:
    """Return the variables that are given, flags aside."""
    found: list[str] = []
    for place in range(LEAVES):
        name = f"v{place}"
        match kind_of(place, LEAVES):
            case "survey":
                found += [f"{name}_{level}" for level in range(len(LEVELS))]
            case "proportional" if place % 4 == 1:
                found += [name, f"{name}_target"]
            case _:
                found.append(name)
    return found


def columns(given: Mapping[str, Sequence[Any] | Vector]) -> Columns:
    """Return facts as vectors: floats, and whether funds were misused."""
    found = {name: np.asarray(given[name], np.float32) for name in inputs()}
    found["misused"] = np.asarray(given["misused"], np.bool_)
    return found


def system() -> Any:  # noqa: ANN401 - it ships no types
    """Return the system of W20's variables."""
    from openfisca_core.entities import build_entity  # type: ignore[import-not-found,import-untyped,unused-ignore] # noqa: PLC0415 - where it is there
    from openfisca_core.periods import DateUnit  # type: ignore[import-not-found,import-untyped,unused-ignore] # noqa: PLC0415 - as above
    from openfisca_core.taxbenefitsystems import (  # type: ignore[import-not-found,import-untyped,unused-ignore] # noqa: PLC0415 - as above
        TaxBenefitSystem,
    )
    from openfisca_core.variables import Variable  # type: ignore[import-not-found,import-untyped,unused-ignore] # noqa: PLC0415 - as above

    unit = build_entity(key="unit", plural="units", label="a unit", is_person=True)
    made = TaxBenefitSystem([unit])

    def add(name: str, formula: Any = None, kind: type = float) -> None:  # noqa: ANN401 - as above
        body: dict[str, Any] = {
            "value_type": kind, "entity": unit, "definition_period": DateUnit.MONTH, "label": name,
        }  # fmt: skip
        if formula is not None:
            body["formula"] = formula
        made.add_variable(type(name, (Variable,), body))

    for name in inputs():
        add(name)
    add("misused", kind=bool)
    for place in range(LEAVES):
        add(f"l{place}", _leaf(place))
    for first, branches in tree(LEAVES):
        for second, places in branches:
            add(second, _sum([f"l{place}" for place in places]))
        add(first, _sum([second for second, _ in branches]))
    add("total", _sum([first for first, _ in tree(LEAVES)]))
    add("grade", _grade, int)
    add("guarantee", lambda at, period: at("grade", period) == len(NAMES) - 1, bool)
    add("cut", lambda at, period: at("grade", period) <= 1, bool)
    add("rectify", lambda at, period: at("first0", period) / 50 < 0.8, bool)
    return made


def _rounded(value: Vector) -> Vector:
    return np.floor(value * 100 + np.float32(0.5)) / 100


def _leaf(place: int) -> Any:  # noqa: ANN401 - a formula
    name = f"v{place}"
    target = f"{name}_target"
    match kind_of(place, LEAVES):
        case "proportional" if place % 4 == 1:
            return lambda at, period: _rounded(
                POINTS * np.minimum(at(name, period) / at(target, period), 1)
            )
        case "proportional":
            return lambda at, period: _rounded(POINTS * np.minimum(at(name, period) / 900, 1))
        case "reverse":
            return lambda at, period: _rounded(POINTS * np.minimum(60 / at(name, period), 1))
        case "bands":
            return lambda at, period: _bands(at(name, period))
        case "checklist":
            return lambda at, period: _rounded(POINTS / 4 * at(name, period))
        case "deduct":
            return lambda at, period: _rounded(np.maximum(POINTS - at(name, period) * 0.5, 0))
        case _:
            return lambda at, period: _survey(
                [at(f"{name}_{level}", period) for level in range(len(LEVELS))]
            )


def _bands(share: Vector) -> Vector:
    share = share + np.float32(1e-6)  # 0.85 as 32 bits is less than 0.85
    marks = [share >= 0.95, share >= 0.85, share >= 0.70]
    return np.select(marks, [POINTS, POINTS * 0.8, POINTS / 2], 0)


def _survey(counts: Sequence[Vector]) -> Vector:
    pairs = zip(counts, LEVELS.values(), strict=True)
    worth: Vector = np.sum([count * np.float32(value) for count, value in pairs], axis=0)
    return _rounded(POINTS * worth / np.sum(counts, axis=0))


def _sum(names: Sequence[str]) -> Any:  # noqa: ANN401 - a formula
    return lambda at, period: sum(at(name, period) for name in names)


def _grade(at: Any, period: Any) -> Vector:  # noqa: ANN401 - as openfisca calls it
    total = at("total", period)
    earned = sum((total >= at_least).astype(int) for at_least, _ in GRADES[:-1])
    return np.where(at("misused", period), 0, earned)


def score(made: Any, given: Columns) -> Columns:  # noqa: ANN401 - as above
    """Return every leaf, the total, the grade and the decisions of all units."""
    from openfisca_core.simulations import SimulationBuilder  # type: ignore[import-not-found,import-untyped,unused-ignore] # noqa: PLC0415 - where it is there

    run = SimulationBuilder().build_default_simulation(made, count=len(given["misused"]))
    for name, values in given.items():
        run.set_input(name, PERIOD, values)
    wanted = [f"l{place}" for place in range(LEAVES)]
    wanted += [second for _, branches in tree(LEAVES) for second, _ in branches]
    wanted += [first for first, _ in tree(LEAVES)]
    wanted += ["total", "grade", "guarantee", "cut", "rectify"]
    return {name: run.calculate(name, PERIOD) for name in wanted}
