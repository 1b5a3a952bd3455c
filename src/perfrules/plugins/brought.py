"""What one plugin brings, looked at and usable."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from perfrules.lang.extension import Function, Method
from perfrules.plugins.report import PluginEntry


@dataclass(frozen=True, slots=True)
class Brought:
    """A plugin's entry in the report, and what it brings; nothing where it is left out."""

    entry: PluginEntry
    plugin: object = None
    rulesets: tuple[Path, ...] = ()
    libraries: tuple[Path, ...] = ()
    methods: tuple[Method, ...] = ()
    functions: tuple[Function, ...] = ()
    scored: Callable[..., object] | None = None
    takes_result: bool = True
