"""The words a ruleset may use beyond its own names: scoring methods and functions.

A table is passed from the caller to whoever looks a word up; there is no list behind the scenes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from perfrules.errors import Text
from perfrules.lang.functions import FUNCTIONS, Function
from perfrules.lang.methods import METHODS

if TYPE_CHECKING:
    from perfrules.lang.methods.base import Method
    from perfrules.lang.plan import Plan


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Methods and functions by name; `left_out` says of a word why it can't be used.

    `rulesets` gives the ruleset of an earlier stage (`city.appraisal@1`), where one can be had.
    """

    methods: Mapping[str, "type[Method]"] = field(default_factory=lambda: METHODS)
    functions: Mapping[str, Function] = field(default_factory=lambda: FUNCTIONS)
    left_out: Mapping[str, Text] = field(default_factory=dict)
    rulesets: "Callable[[str], Plan] | None" = None


BUILT_IN: Final = Vocabulary()
