"""Compiled scoring: a plan becomes one Python function, exact and as fast as one written by hand.

`compile_plan` gives a `Compiled` whose `run` gives `Scores`: the digits, states and errors of
`perfrules.engine.interpret`, which stays the meaning. Its `result` gives a `Result` with those
numbers, whose sentences the reference makes when they are first read.
"""

from perfrules.engine.codegen.compiled import Compiled, compile_plan
from perfrules.engine.codegen.scores import LineScore, Scores

__all__ = ["Compiled", "LineScore", "Scores", "compile_plan"]
