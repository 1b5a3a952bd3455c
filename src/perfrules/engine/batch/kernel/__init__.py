"""A plan as operations on whole columns.

A binary float is only ever a guess with a bound on its error; what lies within the bound of a
rounding tie, a threshold or a fault is computed again exactly.
"""

from collections.abc import Mapping

from perfrules.engine.batch.scored import BatchScored
from perfrules.engine.batch.vectors import Taken
from perfrules.lang.plan import Plan


class Kernel:
    """What was made of a plan and the parameter values of one day.

    Args:
        plan: The checked ruleset.
        parameters: Each parameter's value on the day.
    """

    def __init__(self, plan: Plan, parameters: Mapping[str, object]) -> None:
        self.plan = plan
        self.parameters = parameters

    def run(self, taken: Taken, *, rates: bool = True) -> BatchScored | None:
        """Return the scores of a batch; None where no unit of this plan can be scored here."""
        del taken, rates
        return None
