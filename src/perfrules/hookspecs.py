"""The hooks a plugin may have, and `hookimpl`, which marks them.

A hook is a function at the top of the plugin's module. Each is optional, takes what is written here
or less, and only brings things: what it brings is looked at when the plugin is loaded.
"""

from collections.abc import Iterable
from pathlib import Path

import pluggy

from perfrules.engine.result import Result
from perfrules.lang.extension import Function, Method

PROJECT = "perfrules"
API = 1  # what a plugin's PERFRULES_API says: another number, another set of hooks

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def perfrules_rulesets() -> Iterable[Path]:  # type: ignore[empty-body] # a hook's form
    """Return folders, or single YAML files, of rulesets: absolute paths inside the package."""


@hookspec
def perfrules_libraries() -> Iterable[Path]:  # type: ignore[empty-body] # a hook's form
    """Return folders, or single YAML files, of libraries: absolute paths inside the package."""


@hookspec
def perfrules_methods() -> Iterable[Method]:  # type: ignore[empty-body] # a hook's form
    """Return scoring methods; a name that exists already is a clash."""


@hookspec
def perfrules_functions() -> Iterable[Function]:  # type: ignore[empty-body] # a hook's form
    """Return functions for expressions; a name that exists already is a clash."""


@hookspec
def perfrules_scored(result: Result) -> None:
    """Take note of a result, for an audit log; the result can't be changed and nothing returned.

    Called after each unit that was scored by a program that `perfrules.load` returned, in the
    process and thread that scored it.
    """
