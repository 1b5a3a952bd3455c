"""What two texts have in common that differ in width and spaces only."""

from perfrules.lang.characters import narrowed as fold
from perfrules.lang.characters import same

__all__ = ["fold", "same"]
