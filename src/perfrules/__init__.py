"""perfrules: exact, explained scoring rules for budget performance management, written in YAML.

Every name is loaded when it is first used, so that a host pays for what it uses and importing this
package reads nothing but Python's own module files.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perfrules._version import __version__
    from perfrules.analysis.comparable import Comparison
    from perfrules.analysis.portfolio import Outcome, Portfolio
    from perfrules.analysis.prove import Proof, prove
    from perfrules.analysis.verify import Verification
    from perfrules.api import (
        check,
        document_schema,
        list_rulesets,
        load,
        load_portfolio,
        loads,
        result_schema,
        score_file,
    )
    from perfrules.comparison import comparable
    from perfrules.engine.program import Program
    from perfrules.engine.result import Line, Rejected, Result, State
    from perfrules.errors import (
        Diagnostic,
        FactsError,
        PerfrulesError,
        PluginError,
        PluginWarning,
        RulesetError,
        Span,
        Text,
        UsageError,
    )
    from perfrules.hookspecs import hookimpl
    from perfrules.lang.extension import Argument, Function, Given, Key, Method, NoValue
    from perfrules.lang.frame import Rated
    from perfrules.registry import Registry
    from perfrules.report.json import to_json
    from perfrules.report.text import to_text
    from perfrules.revision import Difference, diff
    from perfrules.sql import to_schema, to_sql
    from perfrules.testing import CaseReport, check_plugin, run_cases
    from perfrules.verification import verify

__all__ = [
    "Argument",
    "CaseReport",
    "Comparison",
    "Diagnostic",
    "Difference",
    "FactsError",
    "Function",
    "Given",
    "Key",
    "Line",
    "Method",
    "NoValue",
    "Outcome",
    "PerfrulesError",
    "PluginError",
    "PluginWarning",
    "Portfolio",
    "Program",
    "Proof",
    "Rated",
    "Registry",
    "Rejected",
    "Result",
    "RulesetError",
    "Span",
    "State",
    "Text",
    "UsageError",
    "Verification",
    "__version__",
    "check",
    "check_plugin",
    "comparable",
    "diff",
    "document_schema",
    "hookimpl",
    "list_rulesets",
    "load",
    "load_portfolio",
    "loads",
    "prove",
    "result_schema",
    "run_cases",
    "score_file",
    "to_json",
    "to_schema",
    "to_sql",
    "to_text",
    "verify",
]

_HOMES = {
    "Argument": "lang.extension",
    "CaseReport": "testing",
    "Comparison": "analysis.comparable",
    "Diagnostic": "errors",
    "Difference": "revision",
    "FactsError": "errors",
    "Function": "lang.extension",
    "Given": "lang.extension",
    "Key": "lang.extension",
    "Line": "engine.result",
    "Method": "lang.extension",
    "NoValue": "lang.extension",
    "Outcome": "analysis.portfolio",
    "PerfrulesError": "errors",
    "PluginError": "errors",
    "PluginWarning": "errors",
    "Portfolio": "analysis.portfolio",
    "Program": "engine.program",
    "Proof": "analysis.prove",
    "Rated": "lang.frame",
    "Registry": "registry",
    "Rejected": "engine.result",
    "Result": "engine.result",
    "RulesetError": "errors",
    "Span": "errors",
    "State": "engine.result",
    "Text": "errors",
    "UsageError": "errors",
    "Verification": "analysis.verify",
    "__version__": "_version",
    "check": "api",
    "check_plugin": "testing",
    "comparable": "comparison",
    "diff": "revision",
    "document_schema": "api",
    "hookimpl": "hookspecs",
    "list_rulesets": "api",
    "load": "api",
    "load_portfolio": "api",
    "loads": "api",
    "prove": "analysis.prove",
    "result_schema": "api",
    "run_cases": "testing",
    "score_file": "api",
    "to_json": "report.json",
    "to_schema": "sql",
    "to_sql": "sql",
    "to_text": "report.text",
    "verify": "verification",
}


if not TYPE_CHECKING:  # a type checker would take any name for a public one

    def __getattr__(name: str) -> object:
        """Load the module of a public name when the name is first used."""
        home = _HOMES.get(name)
        if home is None:
            raise AttributeError(f"module 'perfrules' has no attribute {name!r}")
        return getattr(import_module(f"perfrules.{home}"), name)


def __dir__() -> list[str]:
    return __all__
