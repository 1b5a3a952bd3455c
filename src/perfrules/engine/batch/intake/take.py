"""All columns of a batch at once: what the batch holds of each input, and which units are odd."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from perfrules.engine.batch.arrays import either, nulls
from perfrules.engine.batch.intake.readings import Reader
from perfrules.engine.batch.intake.sheets import sheet
from perfrules.engine.batch.intake.surveys import survey
from perfrules.engine.batch.intake.values import values
from perfrules.engine.batch.intake.words import unread
from perfrules.engine.batch.rows import Rows
from perfrules.engine.batch.vectors import Bools, Column, Taken
from perfrules.lang.plan import InputPlan, Plan
from perfrules.lang.types import Kind


@dataclass(slots=True)
class Intake:
    """Admits the batches of one table; what was read once is kept for the next batch.

    Args:
        plan: The checked ruleset.
    """

    plan: Plan
    readers: Mapping[str, Reader] = field(init=False)
    sheets: Mapping[str, Mapping[str, Reader]] = field(init=False)

    def __post_init__(self) -> None:
        self.readers = {item.id: Reader(item) for item in self.plan.inputs}
        self.sheets = {
            item.id: {column.id: Reader(column) for column in item.columns}
            for item in self.plan.inputs
        }

    def take(self, given: Mapping[str, pa.Array | Rows], size: int, odd: Bools | None) -> Taken:
        """Return a batch as far as it can be admitted at once.

        Args:
            given: What there is of each input.
            size: The number of units.
            odd: Units that are odd for another reason.
        """
        columns: dict[str, Column] = {}
        for item in self.plan.inputs:
            found, wrong = self._one(item, given.get(item.id), size)
            odd = either(odd, wrong)
            if found is not None:
                columns[item.id] = found
        return Taken(size, columns, np.zeros(size, np.bool_) if odd is None else odd)

    def _one(
        self, item: InputPlan, given: pa.Array | Rows | None, size: int
    ) -> tuple[Column | None, Bools | None]:
        if given is None:
            given = pa.nulls(size)
        if isinstance(given, Rows):
            if item.type.kind is Kind.TABLE:
                return sheet(item, self.sheets[item.id], given)
            return None, given.odd(item)
        match item.type.kind:
            case Kind.SURVEY:
                return survey(item, given)
            case Kind.TABLE | Kind.PANEL:
                return None, unread(item, nulls(given), size)
            case _:
                return values(self.readers[item.id], given, size)
