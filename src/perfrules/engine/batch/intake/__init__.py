"""Arrow columns → exact columns: what admission of one unit would give, a batch at a time."""

from perfrules.engine.batch.intake.take import Intake

__all__ = ["Intake"]
