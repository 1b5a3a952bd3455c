"""Expressions: the author's text → a closed, typed tree → a value.

`lex` reads the signs, `parse` the structure (with simpleeval's parser), `typing` checks names and
types and builds the tree, `evaluate` computes its value. This package is the only door to
simpleeval, and nothing of an author's text is ever run as Python.
"""

from perfrules.lang.expr.evaluate import evaluate, watch
from perfrules.lang.expr.faults import LEAF, STATE, STATES, ExprFault, ExprFaults, Later, Names
from perfrules.lang.expr.typing import compile_expr

__all__ = [
    "LEAF",
    "STATE",
    "STATES",
    "ExprFault",
    "ExprFaults",
    "Later",
    "Names",
    "compile_expr",
    "evaluate",
    "watch",
]
