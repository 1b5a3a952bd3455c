"""Bases as the plan holds them."""

from collections.abc import Iterable

from perfrules.lang.plan import Basis
from perfrules.lang.spec.parts import BasisSpec


def basis_plans(specs: Iterable[BasisSpec]) -> tuple[Basis, ...]:
    """Return the bases in order, each with its evidence label."""
    return tuple(Basis(item.document, item.clause, item.evidence, item.note) for item in specs)
