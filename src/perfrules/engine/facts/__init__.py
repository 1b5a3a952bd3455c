"""The caller's values, admitted exactly, once."""

from perfrules.engine.facts.admission import admit
from perfrules.engine.facts.record import Adjust, Allow, Facts, Waiver

__all__ = ["Adjust", "Allow", "Facts", "Waiver", "admit"]
