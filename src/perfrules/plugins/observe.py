"""The hook `perfrules_scored`: what fails there is said in a warning; the result stands."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass

from perfrules.engine.result import Result
from perfrules.errors import PluginWarning
from perfrules.lang.frame import Fault
from perfrules.lang.guard import run
from perfrules.messages import diagnose


@dataclass(frozen=True, slots=True)
class Observer:
    """One plugin's hook; it travels with a program to other processes."""

    plugin: str
    call: Callable[..., object]
    takes_result: bool = True

    def __call__(self, result: Result) -> None:
        """Show *result* to the plugin."""
        args = (result,) if self.takes_result else ()
        try:
            run(self.call, *args, plugin=self.plugin, what="perfrules_scored")
        except Fault as fault:
            problem = diagnose("PRF923", plugin=self.plugin, reason=fault.args_by_name["reason"])
            warnings.warn(PluginWarning(problem), stacklevel=2)
