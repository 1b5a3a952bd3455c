"""A result as text for people."""

from perfrules.engine.render.text import DEPTHS, Depth, next_grade, to_text
from perfrules.engine.render.words import tidy

__all__ = ["DEPTHS", "Depth", "next_grade", "tidy", "to_text"]
